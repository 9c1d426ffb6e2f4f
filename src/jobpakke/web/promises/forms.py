"""Forms of a promise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from jobpakke.method.changes import Field
from jobpakke.packages.answers import Companies
from jobpakke.packages.models import BreakReason, Party, Step
from jobpakke.packages.services.commitments import Breach, Condition
from jobpakke.web.effects import say_effects
from jobpakke.web.forms import ActForm, DayField
from jobpakke.web.plans.speaking import choices_of


class PromiseForm(ActForm):
    """Who promises what, by when: a day, or when a step is fulfilled."""

    party = forms.ChoiceField(label=_("Who promises"))
    text = forms.CharField(label=_("What is promised"), max_length=200)
    due_on = DayField(label=_("By"), required=False, help_text=_("Empty when it depends on a step."))
    step = forms.ChoiceField(
        label=_("When this step is fulfilled"),
        required=False,
        help_text=_("The promise waits for the step; its day is counted from the day the step is fulfilled."),
    )
    days_after = forms.IntegerField(label=_("Days after the step"), required=False, min_value=0, max_value=1000)

    def __init__(self, *args: Any, steps: Mapping[str, str], companies: Companies, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].choices = [*choices_of(companies, municipality=True)]  # type: ignore[attr-defined]
        self.fields["step"].choices = [("", "—"), *steps.items()]  # type: ignore[attr-defined]  # a choice field
        say_effects(self, {"text": Field.COMMITMENT})

    @staticmethod
    def condition(data: Mapping[str, Any], steps: Mapping[str, Step]) -> Condition | None:
        """The step it depends on, if one was chosen."""
        return Condition(steps[data["step"]], data["days_after"] or 0) if data["step"] else None


class LaidForm(ActForm):
    """Who promises what, by when, as part of a plan that is still being made."""

    party = forms.ChoiceField(label=_("Who promises"))
    text = forms.CharField(label=_("What is promised"), max_length=200)
    due_on = DayField(label=_("By"))

    def __init__(self, *args: Any, companies: Companies, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].choices = [*choices_of(companies, municipality=True)]  # type: ignore[attr-defined]


class SettleForm(ActForm):
    """Kept or broken, and when; broken also by whom and why."""

    kept = forms.ChoiceField(
        label=_("Was the promise kept?"),
        choices=(("yes", _("Yes, it was kept")), ("no", _("No, it was broken"))),
        widget=forms.RadioSelect,
        initial="yes",
    )
    day = DayField(label=_("Date"))
    broken_by = forms.ChoiceField(
        label=_("Broken by"),
        required=False,
        help_text=_("Only when it was broken. Another party, when its act made the promise impossible to keep."),
    )
    because = forms.ChoiceField(label=_("Why it was broken"), required=False)
    words = forms.CharField(
        label=_("More about it"),
        required=False,
        max_length=200,
        help_text=_("Write nothing about illness or other private causes."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("broken_by", Party.choices), ("because", BreakReason.choices)):
            capital = [(value, capfirst(text)) for value, text in choices]
            self.fields[name].choices = [("", "—"), *capital]  # type: ignore[attr-defined]  # a choice field

    @staticmethod
    def breach(data: Mapping[str, Any]) -> Breach | None:
        """By whom and why it was broken; None when either is not said."""
        if not data["broken_by"] or not data["because"]:
            return None
        return Breach(Party(data["broken_by"]), BreakReason(data["because"]), data["words"])


class MoveForm(ActForm):
    """A later day."""

    day = DayField(label=_("The later day"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("It stays beside the promise. Write nothing about illness or other private causes."),
    )
