"""Forms about citizens."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jobpakke.citizens.models import OtherReason, Status
from jobpakke.citizens.services.status import StatusFacts
from jobpakke.web.forms import ActForm, DayField, SeenForm, hours_field


class SearchForm(forms.Form):
    """Search, filter and sort of the list; nothing in it is ever wrong, only ignored."""

    use_required_attribute = False

    q = forms.CharField(label=_("Name or CPR number"), required=False, max_length=80)
    state = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=(
            ("", _("Everybody")),
            ("open", _("In a package")),
            ("none", _("Without a package")),
            ("job", _("In a job")),
        ),
    )
    sort = forms.ChoiceField(
        label=_("Sort by"),
        required=False,
        choices=(("", _("Name")), ("spoken", _("Longest since a conversation")), ("opened", _("Newest package"))),
    )


class StatusForm(SeenForm):
    """A labour-market status over an interval; the last day is the last on which it holds."""

    seen = forms.UUIDField(required=False, widget=forms.HiddenInput)
    status = forms.ChoiceField(label=_("Status"), choices=Status.choices)
    starts_on = DayField(label=_("From"))
    ends_on = DayField(
        label=_("Until"),
        required=False,
        help_text=_("The first day on which it no longer holds; empty while it goes on."),
    )
    reason = forms.ChoiceField(
        label=_("Reason"),
        required=False,
        choices=[("", "—"), *OtherReason.choices],
        help_text=_("Only for the status “other”."),
    )
    weekly_hours = hours_field(_("Hours a week"))

    @staticmethod
    def facts(data: dict[str, Any]) -> StatusFacts:
        """The cleaned data as the verb wants them."""
        return StatusFacts(
            status=Status(data["status"]),
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            reason=OtherReason(data["reason"]) if data["reason"] else None,
            weekly_hours=data["weekly_hours"],
        )


class EndStatusForm(ActForm):
    """When a status ended."""

    day = DayField(label=_("Ended as of"), help_text=_("The first day on which it no longer holds."))


PROTECTIONS = (("unknown", _("Not known (counts as protected)")), ("no", _("No")), ("yes", _("Yes")))


class RegisterForm(ActForm):
    """A new citizen."""

    cpr = forms.CharField(
        label=_("CPR number"),
        max_length=20,
        help_text=_("Ten digits."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    given_name = forms.CharField(label=_("Given name"), max_length=80)
    family_name = forms.CharField(label=_("Family name"), max_length=80)
    phone = forms.CharField(label=_("Phone"), required=False, max_length=20)
    protection = forms.ChoiceField(
        label=_("Name and address protection"),
        choices=PROTECTIONS,
    )
