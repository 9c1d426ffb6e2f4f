"""Forms of acts on plans and steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from jobpakke.method.step_kinds import EvidenceKind
from jobpakke.packages.models import EndReason, LateReason
from jobpakke.web.forms import ActForm, DayField


def late_field() -> forms.ChoiceField:
    """Why something is registered after its day."""
    return forms.ChoiceField(
        label=_("Why it is registered late"),
        required=False,
        choices=[("", "—"), *((value, capfirst(text)) for value, text in LateReason.choices)],
        help_text=_("Only when the day has passed."),
    )


def employer_field() -> forms.CharField:
    """With whom a job is, where that is nobody of the register."""
    return forms.CharField(
        label=_("Or with another employer"),
        required=False,
        max_length=120,
        help_text=_("Somebody who is not in your register."),
    )


class StartForm(ActForm):
    """The first day of a step."""

    day = DayField(label=_("First day"))
    late = late_field()


class FulfilForm(ActForm):
    """From when the step counts as fulfilled."""

    day = DayField(
        label=_("Fulfilled as of"),
        help_text=_("From this day the step is no longer under way, and the next may start."),
    )
    late = late_field()


class EndForm(ActForm):
    """From when, and why."""

    day = DayField(label=_("Ended as of"), help_text=_("The first day on which the step is no longer under way."))
    reason = forms.ChoiceField(label=_("Reason"), choices=EndReason.choices)
    late = late_field()


class WaiveForm(ActForm):
    """From when, and why."""

    day = DayField(label=_("From"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=400,
        help_text=_("It stays in the history with your name. Write nothing about illness or other private causes."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


_NUMBERS = {
    EvidenceKind.ATTENDANCE.value: _("Attendance in percent"),
    EvidenceKind.CARD_LEVEL.value: _("Level on the card, from 1 to 5"),
}


class EvidenceForm(ActForm):
    """What was shown, and when."""

    day = DayField(label=_("Shown on"))
    meets = forms.ChoiceField(
        label=_("Is the sub-goal met?"),
        choices=(("yes", _("Yes, it is met")), ("no", _("Not yet"))),
        widget=forms.RadioSelect,
        initial="yes",
    )
    shown = forms.IntegerField(required=False, min_value=0)
    remark = forms.CharField(label=_("Remark"), required=False, max_length=400)
    late = late_field()
    corrects = forms.ChoiceField(label=_("Does it correct what was recorded?"), required=False)

    def __init__(
        self, data: QueryDict | None, recorded: Mapping[str, str], initial: dict[str, Any], *, kind: str
    ) -> None:
        super().__init__(data, initial=initial)
        if kind in _NUMBERS:
            self.fields["shown"].label = _NUMBERS[kind]
        else:
            del self.fields["shown"]
        if not recorded:
            del self.fields["corrects"]
            return
        choices = [("", _("No, it is new")), *recorded.items()]
        self.fields["corrects"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


def weeks_field() -> forms.IntegerField:
    """How often somebody looks in; empty means as the rulebook says."""
    return forms.IntegerField(
        label=_("Weeks between check-ins"),
        required=False,
        min_value=1,
        help_text=_("For aftercare only; empty means as the rules say."),
    )
