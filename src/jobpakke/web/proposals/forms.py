"""Forms of a proposal: first what it is about, then what is wanted; and the answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from jobpakke.method.proposals import OF_A_STEP, Wanted
from jobpakke.packages.answers import Companies
from jobpakke.packages.models import EndReason, HowTold, Step, WantedChoice
from jobpakke.packages.services.proposals import Wish
from jobpakke.web.forms import ActForm, DayField, hours_field
from jobpakke.web.labels import WEEKDAYS
from jobpakke.web.plans.along import AlongForm
from jobpakke.web.plans.fields import DayTimesField
from jobpakke.web.plans.speaking import choices_of

DAY = timedelta(days=1)


def _capital(choices: Iterable[tuple[Any, Any]]) -> list[tuple[Any, str]]:
    return [(value, str(capfirst(text))) for value, text in choices]


class AboutForm(forms.Form):
    """Which step, and what kind of change."""

    trin = forms.ChoiceField(label=_("What it concerns"), required=False)
    art = forms.ChoiceField(
        label=_("What is proposed"), choices=_capital(WantedChoice.choices), widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, steps: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["art"].choices = _capital(WantedChoice.choices)  # type: ignore[attr-defined]  # a choice field
        self.fields["trin"].choices = [*steps.items(), ("", _("The whole package"))]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A longer step and other hours are of one step."""
        data = super().clean() or {}
        if data.get("art") in {each.value for each in OF_A_STEP} and not data.get("trin"):
            self.add_error("trin", _("Choose the step that it concerns."))
        return data


class ProposalForm(ActForm):
    """Who wants it, why, and when and how it was said."""

    party = forms.ChoiceField(label=_("Who proposes it"))
    reason = forms.CharField(
        label=_("Why, in their own words"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("All three can read it. Write nothing about illness or other private causes."),
    )
    made_on = DayField(label=_("Said on"))
    how = forms.ChoiceField(label=_("How it was said"), widget=forms.RadioSelect)

    wanted: Wanted

    def __init__(self, *args: Any, companies: Companies, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].choices = list(choices_of(companies))  # type: ignore[attr-defined]  # a choice field
        self.fields["how"].choices = _capital(HowTold.choices)  # type: ignore[attr-defined]  # a choice field

    def wish(self, data: Mapping[str, Any], step: Step | None) -> Wish:
        """The cleaned data as the verb wants them."""
        return Wish(self.wanted, data["reason"], step, **self.more(data))

    def more(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """What this kind asks for besides; nothing, unless it says so."""
        return {}


class ExtendForm(ProposalForm):
    """A longer step."""

    wanted = Wanted.EXTEND
    last_day = DayField(label=_("Last day"))
    field_order = ("party", "last_day")

    def more(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """The plan keeps the day after the last."""
        return {"day": data["last_day"] + DAY}


class HoursForm(ProposalForm):
    """Other hours: how many, or when in the week."""

    wanted = Wanted.OTHER_HOURS
    hours = hours_field(_("Hours a week"), min_value=0, help_text=_("Empty: as many as now."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for weekday, name in enumerate(WEEKDAYS):
            self.fields[f"day_{weekday}"] = DayTimesField(weekday, name)
        self.order_fields(["party", "hours", *(f"day_{weekday}" for weekday in range(7))])

    def more(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Hours and times; what is left empty stays as it is."""
        times = frozenset(each for weekday in range(7) for each in data[f"day_{weekday}"])
        return {"weekly_hours": data["hours"], "times": times}


class TaskForm(ProposalForm):
    """Another task."""

    wanted = Wanted.OTHER_TASK
    task = forms.CharField(
        label=_("The task"), max_length=160, help_text=_("What it is to be called in the plan, in a few words.")
    )
    field_order = ("party", "task")

    def more(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """The words."""
        return {"task": data["task"]}


class StopForm(ProposalForm):
    """To stop."""

    wanted = Wanted.STOP
    day = DayField(label=_("First day without it"))
    end_reason = forms.ChoiceField(label=_("Cause"))
    field_order = ("party", "day", "end_reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["end_reason"].choices = _capital(EndReason.choices)  # type: ignore[attr-defined]  # a choice field

    def more(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """From when, and the closed reason."""
        return {"day": data["day"], "end_reason": EndReason(data["end_reason"])}


FORMS: Mapping[Wanted, type[ProposalForm]] = {form.wanted: form for form in (ExtendForm, HoursForm, TaskForm, StopForm)}


class AnswerForm(AlongForm):
    """Yes, no with a reason, or the party has thought better of it."""

    answer = forms.ChoiceField(
        label=_("Answer"),
        choices=(
            ("accept", _("Accept it")),
            ("reject", _("Reject it, with a reason")),
            ("retract", _("The party takes it back")),
        ),
        widget=forms.RadioSelect,
        initial="accept",
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed to reject; the party is told it. Write nothing about illness or other private causes."),
    )
    day = DayField(label=_("Answered on"), help_text=_("What is accepted is accepted today."))


class ToldForm(ActForm):
    """What was told to whom, how and when."""

    told = forms.MultipleChoiceField(label=_("What was told, and to whom"), widget=forms.CheckboxSelectMultiple)
    how = forms.ChoiceField(label=_("How it was told"), widget=forms.RadioSelect)
    day = DayField(label=_("Told on"))

    def __init__(self, *args: Any, choices: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["told"].choices = list(choices)  # type: ignore[attr-defined]  # a choice field
        self.fields["how"].choices = _capital(HowTold.choices)  # type: ignore[attr-defined]  # a choice field
