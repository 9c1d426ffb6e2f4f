"""Forms of a municipality's own ready-made staircases."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobpakke.access.models import Municipality
from jobpakke.method.evidence import WHOLE, Demand
from jobpakke.method.step_kinds import EvidenceKind, StepKind
from jobpakke.method.week import HOURS_OF_A_WEEK
from jobpakke.packages.models import GoalForm
from jobpakke.packages.models.steps import EvidenceKindChoice
from jobpakke.packages.ready_made import ReadyGoal, ReadyStep
from jobpakke.packages.shaping import MOST_WEEKS
from jobpakke.web.forms import ActForm, hours_field
from jobpakke.web.plans.forms import kinds

_EMPTY_ROWS = 2
_EVIDENCE = [(value, str(capfirst(text))) for value, text in EvidenceKindChoice.choices]


class CopyForm(ActForm):
    """What the copy is called, and whose it is where one works in several municipalities."""

    name = forms.CharField(label=gettext_lazy("What the staircase is called"), max_length=120)
    place = forms.ChoiceField(label=gettext_lazy("Municipality"))

    def __init__(self, *args: Any, places: Sequence[Municipality], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [(each.code, each.name) for each in places]  # type: ignore[attr-defined]
        if len(places) == 1:
            del self.fields["place"]


class NameForm(ActForm):
    """What a staircase is called, for which trade, and where it leads."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label=gettext_lazy("What the staircase is called"), max_length=120)
    trade = forms.CharField(label=gettext_lazy("Trade"), max_length=60, required=False)
    goal = forms.CharField(label=gettext_lazy("Job goal"), max_length=160)
    form = forms.ChoiceField(
        label=gettext_lazy("Form of employment"),
        choices=[(value, capfirst(text)) for value, text in GoalForm.choices],
    )


class ReadyStepForm(ActForm):
    """Everything of one step. Sub-goals stand in rows, two of them empty; an emptied row is left out."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of step"), choices=kinds)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=160)
    weeks = forms.IntegerField(label=gettext_lazy("Weeks"), min_value=1, max_value=MOST_WEEKS, initial=13)
    hours = hours_field(gettext_lazy("Hours a week"), min_value=Decimal("0.1"), max_value=HOURS_OF_A_WEEK)
    needs = forms.MultipleChoiceField(
        label=gettext_lazy("Must be fulfilled first"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any, *, before: Sequence[ReadyStep], step: ReadyStep | None, seen: int) -> None:
        goals = step.sub_goals if step else ()
        self.rows = len(goals) + _EMPTY_ROWS
        super().__init__(data, initial={"seen": seen, **_initial(before, step)})
        self.fields["needs"].choices = [  # type: ignore[attr-defined]  # a choice field
            (str(number), each.title) for number, each in enumerate(before)
        ]
        if not before:
            del self.fields["needs"]
        for row in range(self.rows):
            goal = goals[row] if row < len(goals) else ReadyGoal("", EvidenceKind.STATEMENT)
            words = {"number": row + 1}
            self.fields[f"goal_{row}"] = forms.CharField(
                label=_("Sub-goal %(number)s") % words, required=False, max_length=160, initial=goal.title
            )
            self.fields[f"shown_{row}"] = forms.ChoiceField(
                label=_("Sub-goal %(number)s is shown by") % words,
                required=False,
                choices=_EVIDENCE,
                initial=goal.evidence.value,
            )
            self.fields[f"least_{row}"] = forms.IntegerField(
                label=_("Sub-goal %(number)s, at least") % words,
                required=False,
                min_value=1,
                max_value=WHOLE,
                initial=goal.demand.least,
                help_text=_("Attendance in percent, or the level on a competence card."),
            )
            self.fields[f"which_{row}"] = forms.CharField(
                label=_("Sub-goal %(number)s, which one") % words,
                required=False,
                max_length=120,
                initial=goal.demand.which,
            )

    def step(self, data: dict[str, Any]) -> ReadyStep:
        """The cleaned data as a step."""
        return ReadyStep(
            kind=StepKind(data["kind"]),
            title=data["title"],
            weeks=data["weeks"],
            hours=None if data["hours"] is None else float(data["hours"]),
            needs=tuple(sorted(int(need) for need in data.get("needs", ()))),
            sub_goals=tuple(_goal(data, row) for row in range(self.rows) if data[f"goal_{row}"].strip()),
        )


def _goal(data: dict[str, Any], row: int) -> ReadyGoal:
    kind = EvidenceKind(data[f"shown_{row}"] or EvidenceKind.STATEMENT)
    least, which = data[f"least_{row}"], data[f"which_{row}"]
    level = kind is EvidenceKind.CARD_LEVEL
    return ReadyGoal(data[f"goal_{row}"], kind, Demand(None if level else least, least if level else None, which))


def _initial(before: Sequence[ReadyStep], step: ReadyStep | None) -> dict[str, Any]:
    if step is None:
        return {"needs": [str(len(before) - 1)] if before else []}
    return {
        "kind": step.kind.value,
        "title": step.title,
        "weeks": step.weeks,
        "hours": None if step.hours is None else Decimal(str(step.hours)),
        "needs": [str(need) for need in step.needs],
    }
