"""Recording and ending wishes, limits and qualifications; target group; name and address protection."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from jobpakke.access.policies import Act
from jobpakke.citizens import services
from jobpakke.citizens.groups import groups_mark, target_groups
from jobpakke.citizens.models import (
    Citizen,
    Limit,
    LimitKind,
    Qualification,
    TargetGroupMembership,
    TargetGroupScheme,
    Wish,
)
from jobpakke.packages.rules import rules_of
from jobpakke.web.acting import ActPage, act
from jobpakke.web.citizens.forms import PROTECTIONS
from jobpakke.web.citizens.pages import look_up, noted
from jobpakke.web.forms import ActForm, DayField, SeenForm, hours_field
from jobpakke.web.http import Visitor, page, seen_or_404
from jobpakke.web.labels import label

form_page = require_http_methods(["GET", "HEAD", "POST"])
PROTECTED = {"unknown": None, "no": False, "yes": True}


class WishForm(ActForm):
    """A wish in the citizen's words."""

    text = forms.CharField(
        label=gettext_lazy("What the citizen wants"),
        max_length=200,
        help_text=gettext_lazy("A function, a trade or a workplace, in the citizen's own words."),
    )


class LimitForm(ActForm):
    """What cannot be, never why."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What it is about"), choices=[(value, capfirst(text)) for value, text in LimitKind.choices]
    )
    text = forms.CharField(
        label=gettext_lazy("What cannot be"),
        max_length=200,
        help_text=gettext_lazy(
            "Only what the work must take into account; never an illness, a belief or another cause."
        ),
    )
    hours = hours_field(gettext_lazy("At most so many hours a week"))
    free_from = forms.TimeField(label=gettext_lazy("Not before"), required=False, input_formats=["%H:%M", "%H.%M"])
    free_to = forms.TimeField(label=gettext_lazy("Not after"), required=False, input_formats=["%H:%M", "%H.%M"])

    def clean(self) -> dict[str, Any]:
        """Both times, or none."""
        data = super().clean() or {}
        if bool(data.get("free_from")) != bool(data.get("free_to")):
            self.add_error("free_to", _("Write both times, for example 8.00 and 15.00, or none of them."))
        return data


class QualificationForm(ActForm):
    """Something learned."""

    text = forms.CharField(
        label=gettext_lazy("What the citizen has learned"),
        max_length=200,
        help_text=gettext_lazy("Schooling, a trade, a certificate, a language."),
    )


class GroupForm(SeenForm):
    """A group of a scheme, as one choice."""

    group = forms.ChoiceField(
        label=gettext_lazy("Target group"),
        choices=lambda: [
            (f"{scheme.value}:{group}", f"{capfirst(scheme.label)}: {label(group)}")
            for scheme in reversed(TargetGroupScheme)
            for group in TargetGroupMembership.GROUPS[scheme]
        ],
    )


class ProtectionForm(SeenForm):
    """Whether name and address are protected."""

    protection = forms.ChoiceField(
        label=gettext_lazy("Name and address protection"), choices=PROTECTIONS, widget=forms.RadioSelect
    )


class EndForm(ActForm):
    """The first day on which it no longer holds."""

    day = DayField(label=gettext_lazy("No longer from"))


@form_page
@page(Act.WORK_CASES)
def wish(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """A new wish."""
    found = look_up(who, ref, "record_wish")

    def verb(data: dict[str, Any]) -> None:
        services.record_wish(actor=who.user, citizen=found, text=data["text"], on=who.viewing.today)

    return act(request, WishForm(request.POST or None), verb, _words(found, _("Record a wish")))


@form_page
@page(Act.WORK_CASES)
def limit(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """A new limit."""
    found = look_up(who, ref, "record_limit")

    def verb(data: dict[str, Any]) -> None:
        services.record_limit(
            actor=who.user,
            citizen=found,
            kind=LimitKind(data["kind"]),
            text=data["text"],
            hours=data["hours"],
            window=(data["free_from"], data["free_to"]) if data["free_from"] else None,
            on=who.viewing.today,
            rules=rules_of(found.municipality_id, on=who.viewing.today),
        )

    return act(request, LimitForm(request.POST or None), verb, _words(found, _("Record a limit")))


@form_page
@page(Act.WORK_CASES)
def qualification(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Something learned."""
    found = look_up(who, ref, "record_qualification")

    def verb(data: dict[str, Any]) -> None:
        services.record_qualification(actor=who.user, citizen=found, text=data["text"], on=who.viewing.today)

    return act(request, QualificationForm(request.POST or None), verb, _words(found, _("Record a qualification")))


@form_page
@page(Act.WORK_CASES)
def group(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """The target group from today on."""
    found, today = look_up(who, ref, "set_target_group"), who.viewing.today
    held = target_groups(found, on=today)

    def verb(data: dict[str, Any]) -> None:
        scheme, _colon, chosen = data["group"].partition(":")
        services.set_target_group(
            actor=who.user,
            citizen=found,
            scheme=TargetGroupScheme(scheme),
            group=chosen,
            seen=data["seen"],
            on=today,
        )

    newest = max(held, key=lambda row: (row.starts_on, row.pk), default=None)
    now = {"seen": groups_mark(held), "group": f"{newest.scheme}:{newest.group}" if newest else ""}
    return act(request, GroupForm(request.POST or None, held=now), verb, _words(found, _("Set the target group")))


@form_page
@page(Act.WORK_CASES)
def protection(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Name and address protection."""
    found = look_up(who, ref, "change_protection")

    def verb(data: dict[str, Any]) -> None:
        services.change_protection(
            actor=who.user,
            citizen=found,
            protected=PROTECTED[data["protection"]],
            seen=data["seen"],
            on=who.viewing.today,
        )

    form = ProtectionForm(request.POST or None, held={"protection": found.protection, "seen": found.protection})
    return act(request, form, verb, _words(found, _("Change the protection")))


@form_page
@page(Act.WORK_CASES)
def end_wish(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """A wish that no longer holds."""
    row = _fact(who, Wish.objects.all(), ref, "end_wish")

    def verb(data: dict[str, Any]) -> None:
        services.end_wish(actor=who.user, wish=row, ended_on=data["day"], on=who.viewing.today)

    return _ending(request, who, row, verb)


@form_page
@page(Act.WORK_CASES)
def end_limit(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """A limit that no longer holds."""
    row = _fact(who, Limit.objects.all(), ref, "end_limit")

    def verb(data: dict[str, Any]) -> None:
        services.end_limit(actor=who.user, limit=row, ended_on=data["day"], on=who.viewing.today)

    return _ending(request, who, row, verb)


@form_page
@page(Act.WORK_CASES)
def end_qualification(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """A qualification that no longer holds."""
    row = _fact(who, Qualification.objects.all(), ref, "end_qualification")

    def verb(data: dict[str, Any]) -> None:
        services.end_qualification(actor=who.user, qualification=row, ended_on=data["day"], on=who.viewing.today)

    return _ending(request, who, row, verb)


def _fact(who: Visitor, rows: Any, ref: UUID, page_name: str) -> Any:
    seen = Citizen.objects.visible_to(who.user, on=who.viewing.today)
    row = seen_or_404(rows.filter(citizen__in=seen.values("pk")).select_related("citizen"), ref)
    noted(who, row.citizen, page_name)
    return row


def _ending(
    request: HttpRequest,
    who: Visitor,
    row: Wish | Limit | Qualification,
    verb: Callable[[dict[str, Any]], None],
) -> HttpResponse:
    form = EndForm(request.POST or None, initial={"day": who.viewing.today})
    return act(request, form, verb, _words(row.citizen, _("It no longer holds"), about=row.text))


def _words(found: Citizen, heading: str, *, about: str = "") -> ActPage:
    return ActPage(
        heading=heading,
        submit=_("Save"),
        done=_("It is saved."),
        back=reverse("about", args=[found.ref]),
        back_label=found.name,
        about=about,
    )
