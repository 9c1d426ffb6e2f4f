"""What those who keep a network do: who joins and leaves, runs and their seats, newsletters."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jobpakke.access.policies import Act
from jobpakke.network.models import Ambassador, Ambassadorship, CourseRun, CourseSeat
from jobpakke.network.reach import courses
from jobpakke.network.services import (
    call_off_run,
    give_up_seat,
    join_network,
    leave_network,
    open_run,
    record_newsletter,
    take_seat,
)
from jobpakke.packages.models import Programme
from jobpakke.web.acting import ActPage, act
from jobpakke.web.followup.wording import day_text
from jobpakke.web.http import Visitor, page
from jobpakke.web.network.forms import (
    CallOffForm,
    Choices,
    JoinForm,
    LeaveForm,
    NewsletterForm,
    RunForm,
    SeatForm,
)
from jobpakke.web.network.pages import ambassador_or_404, back_to, programme_asked, programmes_of, run_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@page(Act.KEEP_NETWORK)
def join(request: HttpRequest, who: Visitor) -> HttpResponse:
    """A new ambassador, with a seat on a run where one is asked for."""
    programme, today = _programme(request, who), who.viewing.today
    runs = _with_room(programme, who)
    form = JoinForm(request.POST or None, initial={"joined_on": today}, runs=[(ref, text) for ref, text, _run in runs])

    def verb(data: dict[str, Any]) -> None:
        with transaction.atomic():
            said = {name: data[name] for name in ("name", "municipality", "organisation", "email", "joined_on")}
            person = join_network(actor=who.user, programme=programme, on=today, **said)
            run = next((run for ref, _text, run in runs if ref == data["run"]), None)
            if run is not None:
                seat_from = max(data["joined_on"], run.opened_on)
                take_seat(actor=who.user, run=run, ambassador=person, taken_on=seat_from, on=today)

    words = _words(programme, _("A new ambassador"), _("Add"), _("The ambassador was added."))
    return act(request, form, verb, words)


@require_http_methods(["GET", "HEAD", "POST"])
@page(Act.KEEP_NETWORK)
def leave(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """An ambassador stops; or the day on which they did is corrected."""
    person, today = ambassador_or_404(who, ref), who.viewing.today

    def verb(data: dict[str, Any]) -> None:
        leave_network(actor=who.user, ambassador=person, left_on=data["left_on"], on=today)

    words = ActPage(
        heading=_("%(name)s stops") % {"name": person.name},
        submit=_("Save"),
        done=_("%(name)s is no ambassador any more. Seats on runs still to come are free again.")
        % {"name": person.name},
        back=reverse("ambassador", args=[person.ref]),
        back_label=person.name,
    )
    return act(request, LeaveForm(request.POST or None, initial={"left_on": today}), verb, words)


@require_http_methods(["GET", "HEAD", "POST"])
@page(Act.KEEP_NETWORK)
def new_run(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Announces a run; of a course that is full it is an extra one."""
    programme, today = _programme(request, who), who.viewing.today
    initial = {"opened_on": today, "title": request.GET.get("kursus", "")}

    def verb(data: dict[str, Any]) -> None:
        open_run(actor=who.user, programme=programme, on=today, **data)

    words = _words(programme, _("A new run"), _("Announce"), _("The run was announced."))
    return act(request, RunForm(request.POST or None, initial=initial), verb, words)


@require_http_methods(["GET", "HEAD", "POST"])
@page(Act.KEEP_NETWORK)
def enrol(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Gives an ambassador a seat."""
    run, today = run_or_404(who, ref), who.viewing.today
    seated = CourseSeat.objects.on(today).filter(run=run)
    members = Ambassadorship.objects.on(today).filter(ambassador__programme=run.course.programme)
    people = Ambassador.objects.filter(pk__in=members.values("ambassador")).exclude(pk__in=seated.values("ambassador"))
    found = _people(people)

    def verb(data: dict[str, Any]) -> None:
        person = found[data["ambassador"]]
        take_seat(actor=who.user, run=run, ambassador=person, taken_on=data["day"], on=today)

    words = _run_words(run, _("A seat on the run"), _("Give the seat"), _("The seat was given."))
    form = SeatForm(request.POST or None, people=_named(found), initial={"day": today})
    return act(request, form, verb, words)


@require_http_methods(["GET", "HEAD", "POST"])
@page(Act.KEEP_NETWORK)
def withdraw(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """An ambassador gives a seat up."""
    run, today = run_or_404(who, ref), who.viewing.today
    seated = CourseSeat.objects.on(today).filter(run=run)
    found = _people(Ambassador.objects.filter(pk__in=seated.values("ambassador")))

    def verb(data: dict[str, Any]) -> None:
        person = found[data["ambassador"]]
        give_up_seat(actor=who.user, run=run, ambassador=person, given_up_on=data["day"], on=today)

    words = _run_words(run, _("A seat is given up"), _("Save"), _("The seat is free again."))
    form = SeatForm(request.POST or None, people=_named(found), initial={"day": today})
    return act(request, form, verb, words)


@require_http_methods(["GET", "HEAD", "POST"])
@page(Act.KEEP_NETWORK)
def call_off(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """The run is not held."""
    run, today = run_or_404(who, ref), who.viewing.today

    def verb(data: dict[str, Any]) -> None:
        call_off_run(actor=who.user, run=run, called_off_on=data["called_off_on"], on=today)

    about = _(
        "Whoever has a seat must be told; the program does not write to them. It cannot be undone: announce it anew."
    )
    words = _run_words(run, _("Call the run off"), _("Call off"), _("The run was called off."), about)
    return act(request, CallOffForm(request.POST or None, initial={"called_off_on": today}), verb, words)


@require_http_methods(["GET", "HEAD", "POST"])
@page(Act.KEEP_NETWORK)
def newsletter(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Records a newsletter that was sent."""
    programme, today = _programme(request, who), who.viewing.today

    def verb(data: dict[str, Any]) -> None:
        record_newsletter(actor=who.user, programme=programme, on=today, **data)

    words = _words(programme, _("A newsletter was sent"), _("Save"), _("The newsletter was recorded."))
    return act(request, NewsletterForm(request.POST or None, initial={"sent_on": today}), verb, words)


def _programme(request: HttpRequest, who: Visitor) -> Programme:
    """Raises Http404 where the address asks for one that the visitor may not keep the network of, or there is none."""
    found = programme_asked(programmes_of(who, Act.KEEP_NETWORK), request.GET.get("programme"))
    if found is None:
        raise Http404
    return found


def _with_room(programme: Programme, who: Visitor) -> list[tuple[str, str, CourseRun]]:
    """The runs still to come that have a seat left: ref, name, row."""
    today = who.viewing.today
    return [
        (str(row.ref), _named_run(row), row)
        for course in courses(programme, on=today)
        for facts, row in zip(course.runs, course.rows, strict=True)
        if row.starts_on >= today and facts.left(on=today)
    ]


def _people(rows: Any) -> dict[str, Ambassador]:
    ordered = rows.select_related("organisation").order_by("sort_key", "organisation__sort_key")
    return {str(person.ref): person for person in ordered}


def _named(people: dict[str, Ambassador]) -> Choices:
    return [(ref, f"{person.name}, {person.organisation.name}") for ref, person in people.items()]


def _named_run(run: CourseRun) -> str:
    return f"{run.course.title}, {day_text(run.starts_on)}"


def _words(programme: Programme, heading: str, submit: str, done: str) -> ActPage:
    return ActPage(
        heading=f"{heading}: {programme.code}",
        submit=submit,
        done=done,
        back=back_to(programme),
        back_label=_("The network"),
    )


def _run_words(run: CourseRun, heading: str, submit: str, done: str, about: str = "") -> ActPage:
    return ActPage(
        heading=heading,
        submit=submit,
        done=done,
        back=reverse("course_run", args=[run.ref]),
        back_label=_named_run(run),
        about=about,
    )
