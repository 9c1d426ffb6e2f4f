"""A citizen who moves to another municipality: offering the case, taking it over, sending it back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.db.models import Case, Count, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from jobpakke.access.models import Membership, Municipality, Role, User
from jobpakke.access.policies import Act
from jobpakke.access.services import log_lookups
from jobpakke.citizens import services
from jobpakke.citizens.models import CaseTransfer, TransferGround
from jobpakke.packages.models import JobPackage
from jobpakke.packages.open_ends import open_ends
from jobpakke.packages.services import transfer_case
from jobpakke.packages.services.moving import Move
from jobpakke.web.acting import ActPage, Section, act
from jobpakke.web.citizens.pages import look_up, noted
from jobpakke.web.forms import ActForm, DayField
from jobpakke.web.http import Visitor, page, seen_or_404
from jobpakke.web.labels import label
from jobpakke.web.steps.consequences import settled

form_page = require_http_methods(["GET", "HEAD", "POST"])
PROTECTED = gettext_lazy("A protected citizen")


class MoveForm(ActForm):
    """Where to, when, and what lets the data go there."""

    receiver = forms.ChoiceField(label=gettext_lazy("The citizen has moved to"))
    day = DayField(
        label=gettext_lazy("Moved on"),
        help_text=gettext_lazy("The first day in the other municipality; the package ends, and the status begins."),
    )
    ground = forms.ChoiceField(
        label=gettext_lazy("Why the case may be sent there"),
        choices=[(value, capfirst(text)) for value, text in TransferGround.choices],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=gettext_lazy("A note to who takes over"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    end_steps = forms.BooleanField(label=gettext_lazy("End the steps under way that day"), required=False)

    def __init__(self, data: Any, *, places: list[tuple[str, str]], steps: bool, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["receiver"].choices = [("", "—"), *places]  # type: ignore[attr-defined]  # a choice field
        if not steps:
            del self.fields["end_steps"]


class CaseworkerForm(ActForm):
    """Who gets the case."""

    caseworker = forms.ChoiceField(label=gettext_lazy("Who takes over"))


class ReasonForm(ActForm):
    """Why the case is sent back."""

    reason = forms.CharField(
        label=gettext_lazy("Why it is sent back"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The other municipality reads it."),
    )


@form_page
@page(Act.WORK_CASES)
def transfer(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """What ends when the citizen has moved, and where the case is offered."""
    citizen, today = look_up(who, ref, "transfer_case"), who.viewing.today
    package = JobPackage.objects.filter(citizen=citizen, ended_on__isnull=True).first()
    ends = open_ends(package, on=today) if package else None
    places = {place.code: place for place in Municipality.objects.exclude(pk=citizen.municipality_id)}

    def verb(data: dict[str, Any]) -> None:
        move = Move(
            receiver=places[data["receiver"]],
            moved_on=data["day"],
            ground=TransferGround(data["ground"]),
            note=data["note"],
            end_steps=data.get("end_steps", False),
        )
        transfer_case(actor=who.user, citizen=citizen, move=move, on=today)

    named = sorted(((code, place.name) for code, place in places.items()), key=lambda each: each[1])
    form = MoveForm(request.POST or None, places=named, steps=bool(ends and ends.steps), initial={"day": today})
    words = ActPage(
        heading=_("The citizen has moved"),
        submit=_("Offer the case to the other municipality"),
        done=_("The case is offered. It stays yours until the other municipality accepts it."),
        back=reverse("citizen", args=[citizen.ref]),
        back_label=citizen.name,
        sections=(
            Section(_("What must end first"), _steps_first(ends.steps if ends else ())),
            Section(_("What ends"), (*_what_ends(package), *(settled(ends, on=today) if ends else ()))),
            Section(_("What follows"), _what_follows()),
        ),
    )
    return act(request, form, verb, words)


def _steps_first(steps: tuple[str, ...]) -> tuple[str, ...]:
    if not steps:
        return ()
    how = _("Tick below to end them that day with the reason “moved”, or fulfil or end them yourself first.")
    return (*steps, how)


def _what_ends(package: JobPackage | None) -> tuple[str, ...]:
    if package is None or package.opened_on is None:
        return (_("From the day, the status is “other: moved to another municipality”."),)
    return (
        _("The package ends with the outcome “other reason: moved”. That is not undone if the case is sent back."),
        _("From the day, the status is “other: moved to another municipality”."),
    )


def _what_follows() -> tuple[str, ...]:
    return (
        _("The case is offered with its packages, conversations and history; a team leader there accepts it or not."),
        _("Until then it is yours. From then on you and your municipality no longer see the citizen."),
        _("In the follow-up the package stays with your municipality, and the citizen counts as moved."),
    )


@require_safe
@page(Act.SEE_CASES)
def sent(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """A case that was offered: where, and what they answered."""
    rows = CaseTransfer.objects.visible_to(who.user, on=who.viewing.today)
    row = seen_or_404(rows.select_related("citizen", "sender", "receiver", "sent_by", "answered_by"), ref)
    noted(who, row.citizen, "sent_case")
    return render(request, "cases/sent.html", {"row": row, "name": name_of(row)})


@require_safe
@page(Act.RECEIVE_CASES)
def offers(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Cases that other municipalities have offered: those that wait first, then the newest."""
    asked = CaseTransfer.objects.offered_to(who.user, on=who.viewing.today)
    waiting = Case(When(answered_by__isnull=True, then=0), default=1)
    ordered = asked.select_related("citizen", "sender").order_by(waiting, "-sent_on", "-pk")
    rows = Paginator(ordered, 50).get_page(request.GET.get("side"))
    named = (row.citizen for row in rows if row.citizen.address_protected is False)
    log_lookups(actor=who.user, citizens=named, page="offered_cases")
    return render(request, "cases/offers.html", {"rows": [(row, name_of(row)) for row in rows], "page": rows})


@form_page
@page(Act.RECEIVE_CASES)
def accept(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Takes a case over by giving it a caseworker."""
    row, today = _offer(who, ref, "accept_transfer"), who.viewing.today
    held = Membership.objects.on(today).filter(role=Role.CASEWORKER, municipality=row.receiver_id)
    choices = held.filter(user__is_active=True).order_by("user__full_name")

    def verb(data: dict[str, Any]) -> None:
        caseworker = User.objects.get(ref=data["caseworker"])
        services.accept_transfer(actor=who.user, transfer=row, caseworker=caseworker, on=today)

    form = CaseworkerForm(request.POST or None)
    named = [(str(ref), name) for ref, name in choices.values_list("user__ref", "user__full_name")]
    form.fields["caseworker"].choices = [("", "—"), *named]  # type: ignore[attr-defined]  # a choice field
    words = ActPage(
        heading=_("Take the case over"),
        submit=_("Take it over"),
        done=_("The case is taken over, and its new job consultant is told."),
        back=reverse("offered_cases"),
        back_label=_("Received cases"),
        about=name_of(row),
        sections=(Section(_("What comes"), _comes(row)), Section(_("What follows"), _taken())),
    )
    return act(request, form, verb, words)


def _comes(row: CaseTransfer) -> tuple[str, ...]:
    counted = JobPackage.objects.filter(citizen=row.citizen_id).aggregate(count=Count("pk"))["count"]
    day = date_format(row.moved_on, "DATE_FORMAT")
    said = [
        _("From %(place)s; moved on %(day)s.") % {"place": row.sender.name, "day": day},
        ngettext("%(count)s job package so far.", "%(count)s job packages so far.", counted) % {"count": counted},
        _("Why it may be sent: %(ground)s.") % {"ground": label(row.ground)},
    ]
    if row.note:
        said.append(_("Note from %(name)s: %(note)s") % {"name": row.sent_by.full_name, "note": row.note})
    return tuple(said)


def _taken() -> tuple[str, ...]:
    return (
        _("The new job consultant sees the whole case; the municipality that sent it no longer does."),
        _("The status “moved” ends today: here the citizen needs a plan."),
    )


@form_page
@page(Act.RECEIVE_CASES)
def send_back(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Sends a case back with a reason."""
    row = _offer(who, ref, "return_transfer")

    def verb(data: dict[str, Any]) -> None:
        services.return_transfer(actor=who.user, transfer=row, reason=data["reason"], on=who.viewing.today)

    words = ActPage(
        heading=_("Send the case back"),
        submit=_("Send it back"),
        done=_("The case is sent back."),
        back=reverse("offered_cases"),
        back_label=_("Received cases"),
        about=name_of(row),
    )
    return act(request, ReasonForm(request.POST or None), verb, words)


def name_of(row: CaseTransfer) -> str:
    """The citizen's name for who is asked; not a protected one's, nor when the case was sent back."""
    if row.citizen.address_protected is not False:
        return str(PROTECTED)
    return row.citizen.name


def _offer(who: Visitor, ref: UUID, page_name: str) -> CaseTransfer:
    rows = CaseTransfer.objects.offered_to(who.user, on=who.viewing.today)
    row = seen_or_404(rows.select_related("citizen", "sender", "receiver", "sent_by"), ref)
    noted(who, row.citizen, page_name)
    return row
