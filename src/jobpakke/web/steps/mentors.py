"""The mentors of a step: who they are, and each act on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from jobpakke.access.policies import Act
from jobpakke.companies.models import Mentor, Workplace
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.method.changes import Field
from jobpakke.method.mentors import MentorRefusal
from jobpakke.packages import services
from jobpakke.packages.mentors import newest_wording
from jobpakke.packages.models import LateReason, Mentorship, Party, PlannedStep, Step
from jobpakke.packages.services.support import FreeMentor, MentorDays, was_agreed
from jobpakke.web.acting import ActPage, act
from jobpakke.web.citizens.pages import noted
from jobpakke.web.effects import say_effects
from jobpakke.web.forms import ActForm, DayField
from jobpakke.web.http import Visitor, page, seen_or_404
from jobpakke.web.labels import label

form_page = require_http_methods(["GET", "HEAD", "POST"])


class MentorForm(ActForm):
    """A colleague, or somebody named freely; from when, until when, and when confidentiality was confirmed."""

    mentor = forms.ChoiceField(label=gettext_lazy("A colleague"), required=False)
    name = forms.CharField(
        label=gettext_lazy("Or somebody else: name"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("For mentor support without a workplace, for example."),
    )
    contact = forms.CharField(label=gettext_lazy("E-mail or telephone"), max_length=120, required=False)
    party = forms.ChoiceField(
        label=gettext_lazy("Belongs to"),
        required=False,
        choices=[("", "—"), *Party.choices],
    )
    starts_on = DayField(label=gettext_lazy("First day"))
    last_day = DayField(
        label=gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Empty: as long as the step lasts.")
    )
    confidentiality_on = DayField(
        label=gettext_lazy("Confirmed confidentiality on"),
        required=False,
        help_text=gettext_lazy("On the first day at the latest. It can wait until the step begins, but no longer."),
    )
    late = forms.ChoiceField(
        label=gettext_lazy("Why it is registered late"),
        required=False,
        choices=[("", "—"), *LateReason.choices],
        help_text=gettext_lazy("Only when the step is under way and the first day has passed."),
    )

    def __init__(self, data: QueryDict | None, colleagues: Mapping[str, Mentor], initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.colleagues = colleagues
        named = [(key, f"{each.name}, {each.workplace.name}") for key, each in colleagues.items()]
        self.fields["mentor"].choices = [("", "—"), *named]  # type: ignore[attr-defined]  # a ChoiceField

    def who(self, data: Mapping[str, Any]) -> Mentor | FreeMentor:
        """The colleague, else the other person. Raises Refused (MENTOR_NOBODY: neither, or both, or no party)."""
        chosen, name, party = self.colleagues.get(data["mentor"]), data["name"].strip(), data["party"]
        if chosen is not None and not name:
            return chosen
        if chosen is not None or not name or not party:
            raise Refused(Refusal(MentorRefusal.MENTOR_NOBODY, {}))
        return FreeMentor(name, Party(party), data["contact"])

    def days(self, data: Mapping[str, Any]) -> MentorDays:
        """From when, until when, and the rest of what is asked about days."""
        last = data["last_day"]
        return MentorDays(
            starts_on=data["starts_on"],
            ends_on=last + timedelta(days=1) if last else None,
            confidentiality_on=data["confidentiality_on"],
            late_reason=LateReason(data["late"]) if data["late"] else None,
        )


class EndMentorForm(ActForm):
    """From when the mentor is none any more."""

    day = DayField(
        label=gettext_lazy("Ends as of"), help_text=gettext_lazy("The first day without this mentor; it may lie ahead.")
    )


class ConfirmForm(ActForm):
    """When confidentiality was confirmed."""

    day = DayField(label=gettext_lazy("Confirmed confidentiality on"))


class RemoveForm(ActForm):
    """Nothing to fill in."""


@dataclass(frozen=True, slots=True)
class MentorLine:
    """A mentor of the step and what can be done about them."""

    who: str
    where: str
    contact: str
    first_day: date
    last_day: date | None
    confirmed_on: date | None
    acts: tuple[tuple[str, str], ...]


@require_safe
@page(Act.WORK_CASES)
def mentors(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Who is mentor of the step, or is to be."""
    step, today = _step(who, ref, "step_mentors"), who.viewing.today
    agreed, row = was_agreed(step), newest_wording(step)
    rows = Mentorship.objects.filter(step=step).called().select_related("mentor").order_by("starts_on", "pk")
    context = {
        "citizen": step.package.citizen,
        "step": step,
        "title": row.title if row else "",
        "back": _plan_url(step, row) if not agreed else "",
        "lines": tuple(_line(each, agreed=agreed, on=today) for each in rows),
        "over": step.ended_on is not None,
        "agreed": agreed,
    }
    return render(request, "steps/mentors.html", context)


def _line(row: Mentorship, *, agreed: bool, on: date) -> MentorLine:
    acts: list[tuple[str, str]] = []
    over = row.ends_on is not None and row.ends_on <= on
    if row.confidentiality_on is None:
        acts.append((_("Confidentiality is confirmed"), "confirm_mentor"))
    elif row.step.started_on is None:
        acts.append((_("Correct the confirmation"), "undo_confirmation"))
    if not over and row.step.ended_on is None:
        acts.append((_("Replace"), "replace_mentor"))
        acts.append((_("End"), "end_mentor") if agreed else (_("Remove"), "remove_mentor"))
    return MentorLine(
        who=row.who,
        where=row.place or label(row.party),
        contact=row.mentor.phone if row.mentor else row.contact,
        first_day=row.starts_on,
        last_day=row.ends_on - timedelta(days=1) if row.ends_on else None,
        confirmed_on=row.confidentiality_on,
        acts=tuple((words, reverse(name, args=[row.ref])) for words, name in acts),
    )


@form_page
@page(Act.WORK_CASES)
def assign(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Names a mentor of the step."""
    step, today = _step(who, ref, "assign_mentor"), who.viewing.today
    form = _form(request, step, today)

    def verb(data: dict[str, Any]) -> None:
        days = form.days(data)
        services.assign_mentor(
            actor=who.user,
            step=step,
            mentor=form.who(data),
            starts_on=days.starts_on,
            ends_on=days.ends_on,
            confidentiality_on=days.confidentiality_on,
            late_reason=days.late_reason,
            on=today,
        )

    return act(request, form, verb, _words(step, _("Give the step a mentor"), _("The mentor is recorded.")))


@form_page
@page(Act.WORK_CASES)
def replace(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Another mentor in the place of one."""
    row, today = _mentorship(who, ref, "replace_mentor"), who.viewing.today
    form = _form(request, row.step, today, leaves=row)

    def verb(data: dict[str, Any]) -> None:
        services.replace_mentor(actor=who.user, mentorship=row, mentor=form.who(data), days=form.days(data), on=today)

    lines = (_("%(mentor)s stops on the day the new mentor begins.") % {"mentor": row.who},)
    words = _words(row.step, _("Replace the mentor"), _("The step has another mentor."), lines)
    return act(request, form, verb, words)


@form_page
@page(Act.WORK_CASES)
def end(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """The mentor stops."""
    row, today = _mentorship(who, ref, "end_mentor"), who.viewing.today

    def verb(data: dict[str, Any]) -> None:
        services.end_mentor(actor=who.user, mentorship=row, ended_on=data["day"], on=today)

    form = EndMentorForm(request.POST or None, initial={"day": today})
    say_effects(form, {"day": Field.MENTOR})
    return act(request, form, verb, _words(row.step, _("End the mentor's support"), _("The mentor stops."), (row.who,)))


@form_page
@page(Act.WORK_CASES)
def confirm(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """The mentor has confirmed confidentiality."""
    row, today = _mentorship(who, ref, "confirm_mentor"), who.viewing.today

    def verb(data: dict[str, Any]) -> None:
        services.confirm_mentor(actor=who.user, mentorship=row, confirmed_on=data["day"], on=today)

    form = ConfirmForm(request.POST or None, initial={"day": today})
    words = _words(row.step, _("Confidentiality is confirmed"), _("The confirmation is recorded."), (row.who,))
    return act(request, form, verb, words)


@form_page
@page(Act.WORK_CASES)
def remove(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """The mentor leaves a plan that is still being made."""
    row, today = _mentorship(who, ref, "remove_mentor"), who.viewing.today

    def verb(_data: dict[str, Any]) -> None:
        services.remove_mentor(actor=who.user, mentorship=row, on=today)

    form = RemoveForm(request.POST if request.method == "POST" else None)
    words = _words(row.step, _("Take the mentor out of the draft"), _("The mentor is taken out."), (row.who,))
    return act(request, form, verb, words)


def _form(request: HttpRequest, step: Step, today: date, leaves: Mentorship | None = None) -> MentorForm:
    """It suggests the step's first day, or today when that has passed; for another's place, today."""
    row = newest_wording(step)
    first = step.started_on or (row.starts_on if row else today)
    initial = {"starts_on": max(first, today) if step.started_on or leaves else first}
    form = MentorForm(request.POST or None, _colleagues(step, row, today), initial)
    if was_agreed(step):
        say_effects(form, {"mentor": Field.MENTOR})
    return form


def _colleagues(step: Step, row: PlannedStep | None, today: date) -> dict[str, Mentor]:
    """Named as mentors at the workplaces of the plan: the step's own, when it has one; they must not have closed."""
    places = Workplace.objects.open_on(today).filter(company__municipality=step.package.municipality_id)
    if row is not None and row.workplace_id is not None:
        places = places.filter(pk=row.workplace_id)
    elif row is not None:
        there = Q(planned_steps__version=row.version_id) | Q(goals__versions=row.version_id)
        places = places.filter(there)
    found = Mentor.objects.filter(workplace__in=places.values("pk")).select_related("workplace__company")
    return {str(each.ref): each for each in found}


def _plan_url(step: Step, row: PlannedStep | None) -> str:
    if row is None:
        return reverse("citizen", args=[step.package.citizen.ref])
    return reverse("plan", args=[row.version.ref]) + f"#trin-{row.ref}"


def _step(who: Visitor, ref: UUID, page_name: str) -> Step:
    rows = Step.objects.visible_to(who.user, on=who.viewing.today).select_related("package__citizen")
    step = seen_or_404(rows, ref)
    noted(who, step.package.citizen, page_name)
    return step


def _mentorship(who: Visitor, ref: UUID, page_name: str) -> Mentorship:
    rows = Mentorship.objects.visible_to(who.user, on=who.viewing.today).called()
    row = seen_or_404(rows.select_related("mentor", "step__package__citizen"), ref)
    noted(who, row.step.package.citizen, page_name)
    return row


def _words(step: Step, heading: str, done: str, lines: tuple[str, ...] = ()) -> ActPage:
    row = newest_wording(step)
    return ActPage(
        heading=heading,
        submit=_("Save"),
        done=done,
        back=reverse("step_mentors", args=[step.ref]),
        back_label=_("The step's mentors"),
        about=row.title if row else "",
        lines=lines,
    )
