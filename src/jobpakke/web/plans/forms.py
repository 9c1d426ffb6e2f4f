"""Forms of a plan. The last day of a step is written as people say it; the plan keeps the day after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobpakke.lib.marks import mark
from jobpakke.lib.refusal import Refused
from jobpakke.method.changes import Field
from jobpakke.method.evidence import LEAST_LEVEL, MOST_LEVEL, WHOLE
from jobpakke.method.step_kinds import STEP_KINDS, EvidenceKind, StepKind
from jobpakke.method.week import HOURS_OF_A_WEEK
from jobpakke.packages.facts import Plan
from jobpakke.packages.models import GoalForm, JobGoal, PlannedStep, Trade
from jobpakke.packages.models.steps import EvidenceKindChoice, StepKindChoice
from jobpakke.packages.services.plan.checks import StepFacts
from jobpakke.packages.wording import times_of
from jobpakke.web.effects import say_effects
from jobpakke.web.forms import MEANWHILE, ActForm, DayField, SeenForm, hours_field
from jobpakke.web.labels import WEEKDAYS
from jobpakke.web.plans.along import AlongForm
from jobpakke.web.plans.fields import (
    DayTimesField,
    FindField,
    SuggestInput,
    function_field,
    function_name,
    place_field,
    place_name,
    written,
)

DAY = timedelta(days=1)


_GOAL_FIELDS = {
    "title": Field.GOAL_TITLE,
    "form": Field.GOAL_FORM,
    "workplace": Field.GOAL_WORKPLACE,
    "function": Field.GOAL_FUNCTION,
}
_STEP_FIELDS = {
    "title": Field.STEP_TITLE,
    "first_day": Field.STEP_DAYS,
    "last_day": Field.STEP_DAYS,
    "hours": Field.STEP_HOURS,
    "workplace": Field.STEP_WORKPLACE,
    "needs": Field.STEP_NEEDS,
}


def kinds() -> list[tuple[str, str]]:
    """Kinds of step, as one chooses among them."""
    return [(value, str(capfirst(label))) for value, label in StepKindChoice.choices]


class PlanGoalForm(SeenForm):
    """Where a plan leads."""

    title = forms.CharField(
        label=gettext_lazy("Job goal"),
        max_length=160,
        help_text=gettext_lazy("In plain words, for example: cleaning assistant at the nursing home."),
    )
    form = forms.ChoiceField(label=gettext_lazy("Form of employment"), choices=GoalForm.choices)
    workplace = place_field(gettext_lazy("Workplace"), gettext_lazy("A name or a P number; empty while it is open."))
    function = function_field(gettext_lazy("Function at the workplace"))
    trade = forms.ChoiceField(
        label=gettext_lazy("Trade"),
        required=False,
        help_text=gettext_lazy("How the goal is counted in the follow-up. It is no part of what is agreed."),
    )

    def __init__(self, *args: Any, places: Any, functions: Any, agreed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        find(self, "workplace", places)
        find(self, "function", functions)
        self.fields["form"].choices = [(value, str(capfirst(label))) for value, label in GoalForm.choices]  # type: ignore[attr-defined]
        self.fields["trade"].choices = [  # type: ignore[attr-defined]
            ("", gettext_lazy("not said")),
            *((value, str(capfirst(label))) for value, label in Trade.choices),
        ]
        if agreed:
            say_effects(self, _GOAL_FIELDS)

    @staticmethod
    def initial_of(goal: JobGoal) -> dict[str, Any]:
        """What the goal of a version says now."""
        return {
            "seen": goal.mark,
            "title": goal.title,
            "form": goal.form,
            "workplace": place_name(goal.workplace) if goal.workplace else "",
            "function": function_name(goal.function) if goal.function else "",
            "trade": goal.trade,
        }


def find(form: forms.Form, name: str, rows: Any) -> None:
    """Lets a field of the form find among rows, and suggest them."""
    field = form.fields[name]
    assert isinstance(field, FindField)  # noqa: S101  # the form's own field
    field.rows = rows
    field.widget = SuggestInput()
    field.widget.suggestions = field.suggestions


class AddStepForm(ActForm):
    """A step in one line: what, where in the staircase, for how long."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of step"), choices=kinds)
    title = forms.CharField(
        label=gettext_lazy("Title"), required=False, max_length=160, help_text=gettext_lazy("Empty: the kind.")
    )
    goal = forms.CharField(
        label=gettext_lazy("Sub-goal"),
        required=False,
        max_length=160,
        help_text=gettext_lazy("Shown by a statement; can be changed."),
    )
    where = forms.ChoiceField(label=gettext_lazy("Place in the staircase"))
    weeks = forms.IntegerField(label=gettext_lazy("Weeks"), min_value=1, max_value=260, initial=13)
    hours = hours_field(gettext_lazy("Hours a week"), min_value=0, max_value=HOURS_OF_A_WEEK)
    day = DayField(
        label=gettext_lazy("First day"), required=False, help_text=gettext_lazy("Empty: as soon as it can be.")
    )
    workplace = place_field(
        gettext_lazy("Workplace"), gettext_lazy("Empty: the workplace of the goal, where the kind takes place at work.")
    )

    def __init__(self, *args: Any, plan: Plan, places: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan, self.on = plan, on
        field = self.fields["workplace"]
        assert isinstance(field, FindField)  # noqa: S101  # the form's own field
        field.rows = places
        self.fields["where"].choices = list(self._places())  # type: ignore[attr-defined]  # a choice field
        self.initial.setdefault("where", f"after:{plan.planned[-1].ref}" if plan.planned else "foot")

    def _places(self) -> Iterable[tuple[str, str]]:
        rows = list(enumerate(self.plan.planned, start=1))
        for number, row in reversed(rows):
            yield f"after:{row.ref}", _("After %(number)s. %(step)s") % {"number": number, "step": row.title}
            yield f"beside:{row.ref}", _("Beside %(number)s. %(step)s") % {"number": number, "step": row.title}
        yield "foot", _("At the foot of the staircase")

    def facts(self, data: Mapping[str, Any]) -> StepFacts:
        """The cleaned data as the verb wants them."""
        relation, _colon, ref = data["where"].partition(":")
        other = next((row for row in self.plan.planned if str(row.ref) == ref), None)
        needs, begins = self._begins(relation, other)
        starts_on = data["day"] or begins
        kind = StepKind(data["kind"])
        goal = self.plan.version.goal if self.plan.version else None
        at_work = STEP_KINDS[kind].needs_workplace
        return StepFacts(
            kind=kind,
            title=data["title"] or str(capfirst(StepKindChoice(kind).label)),
            starts_on=starts_on,
            ends_on=starts_on + timedelta(weeks=data["weeks"]),
            weekly_hours=data["hours"],
            workplace=data["workplace"] or (goal.workplace if goal and at_work else None),
            needs=needs,
        )

    def _begins(self, relation: str, other: PlannedStep | None) -> tuple[tuple[Any, ...], date]:
        if other is None:
            return (), self.on
        if relation == "after":
            return (other.step,), other.ends_on
        by_ref = {row.step.ref: row.step for row in self.plan.planned}
        fact = next(fact for fact in self.plan.steps if fact.ref == other.step.ref)
        return tuple(by_ref[ref] for ref in fact.needs if ref in by_ref), other.starts_on


class StepForm(AlongForm, SeenForm):
    """Everything a plan says of one step."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of step"), choices=kinds)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=160)
    first_day = DayField(label=gettext_lazy("First day"))
    last_day = DayField(label=gettext_lazy("Last day"))
    workplace = place_field(gettext_lazy("Workplace"), gettext_lazy("A name or a P number."))
    hours = hours_field(gettext_lazy("Hours a week"), min_value=0, max_value=HOURS_OF_A_WEEK)
    needs = forms.MultipleChoiceField(
        label=gettext_lazy("Must be fulfilled first"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, plan: Plan, planned: PlannedStep, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan, self.planned = plan, planned
        find(self, "workplace", places)
        others = [row for row in plan.planned if row.pk != planned.pk]
        self.fields["needs"].choices = [(str(row.step.ref), row.title) for row in others]  # type: ignore[attr-defined]
        if not others:
            del self.fields["needs"]
        for weekday, label in enumerate(WEEKDAYS):
            self.fields[f"day_{weekday}"] = DayTimesField(weekday, label)
        if plan.package.opened_on is not None:
            say_effects(self, _STEP_FIELDS)

    def week(self) -> list[forms.BoundField]:
        """The fields of the seven days."""
        return [self[f"day_{weekday}"] for weekday in range(7)]

    def main(self) -> list[forms.BoundField]:
        """The other fields."""
        return [field for field in self.visible_fields() if not field.name.startswith("day_")]

    @staticmethod
    def initial_of(planned: PlannedStep, plan: Plan) -> dict[str, Any]:
        """What the plan says of the step now."""
        fact = next(fact for fact in plan.steps if fact.ref == planned.step.ref)
        times = times_of(planned)
        return {
            "seen": planned.edits,
            "kind": planned.step.kind,
            "title": planned.title,
            "first_day": planned.starts_on,
            "last_day": planned.ends_on - DAY,
            "workplace": place_name(planned.workplace) if planned.workplace else "",
            "hours": planned.weekly_hours,
            "needs": [str(ref) for ref in fact.needs],
            **{f"day_{day}": written(each for each in times if each.weekday == day) for day in range(7)},
        }

    def facts(self, data: Mapping[str, Any]) -> StepFacts:
        """The cleaned data as the verb wants them."""
        wanted = set(data.get("needs", ()))
        return StepFacts(
            kind=StepKind(data["kind"]),
            title=data["title"],
            starts_on=data["first_day"],
            ends_on=data["last_day"] + DAY,
            weekly_hours=data["hours"],
            workplace=data["workplace"],
            needs=tuple(row.step for row in self.plan.planned if str(row.step.ref) in wanted),
            times=frozenset(each for day in range(7) for each in data[f"day_{day}"]),
        )


class SubGoalForm(ActForm):
    """What must be reached, and what shows it."""

    title = forms.CharField(label=gettext_lazy("Sub-goal"), max_length=160)
    evidence = forms.ChoiceField(label=gettext_lazy("Shown by"))
    which = forms.CharField(
        label=gettext_lazy("Which one"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Which module, certificate or skill, or who signs; empty where the sub-goal says it."),
    )
    share = forms.IntegerField(
        label=gettext_lazy("Attendance in percent, at least"),
        required=False,
        min_value=1,
        max_value=WHOLE,
        help_text=gettext_lazy("For attendance only."),
    )
    level = forms.IntegerField(
        label=gettext_lazy("Level on the card, at least"),
        required=False,
        min_value=LEAST_LEVEL,
        max_value=MOST_LEVEL,
        help_text=gettext_lazy("For a level on a competence card only, from 1 to 5."),
    )

    def __init__(self, *args: Any, kind: str, agreed: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "delmaal_%s")  # it stands on the page of the step's own form
        super().__init__(*args, **kwargs)
        allowed = STEP_KINDS[StepKind(kind)].evidence_kinds
        self.fields["evidence"].choices = [  # type: ignore[attr-defined]  # a choice field
            (value, str(capfirst(label)))
            for value, label in EvidenceKindChoice.choices
            if EvidenceKind(value) in allowed
        ]
        if EvidenceKind.ATTENDANCE not in allowed:
            del self.fields["share"]
        if EvidenceKind.CARD_LEVEL not in allowed:
            del self.fields["level"]
        if agreed:
            say_effects(self, {"title": Field.SUB_GOAL_ADDED})


class StateForm(ActForm):
    """Nothing but which state of the plan one had read; when somebody else changed it meanwhile, the page shows what
    stands now, and pressing again then means it."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, *, now: int, **kwargs: Any) -> None:
        super().__init__(data, initial={"seen": now, **kwargs.pop("initial", {})}, **kwargs)
        self.now = now

    def refused(self, refused: Refused) -> None:
        """What is sent next has been read."""
        if any(MEANWHILE in str(refusal.code) for refusal in refused.refusals):
            self.data = self.data.copy()  # type: ignore[attr-defined]  # what was posted, with what stands now
            self.data["seen"] = str(self.now)  # type: ignore[index]


class LayForm(StateForm):
    """A ready-made staircase and its first day."""

    staircase = forms.ChoiceField(label=gettext_lazy("Ready-made staircase"))
    day = DayField(label=gettext_lazy("First day"))

    def __init__(self, *args: Any, choices: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "trappe_%s")  # it stands beside the form of one step
        super().__init__(*args, **kwargs)
        self.fields["staircase"].choices = list(choices)  # type: ignore[attr-defined]  # a choice field


class KeepForm(ActForm):
    """What to call a staircase that is kept."""

    name = forms.CharField(
        label=gettext_lazy("What the staircase is called"),
        max_length=120,
        help_text=gettext_lazy(
            "The steps, weeks, hours and sub-goals are kept; not the citizen, the days or the workplace."
        ),
    )


class DaysForm(AlongForm, SeenForm):
    """Other days for a step of an agreed plan."""

    first_day = DayField(label=gettext_lazy("First day"))
    last_day = DayField(label=gettext_lazy("Last day"))

    def __init__(self, *args: Any, begun: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if begun:
            del self.fields["first_day"]
        say_effects(self, _STEP_FIELDS)

    @staticmethod
    def initial_of(planned: PlannedStep) -> dict[str, Any]:
        """The days as they are worded now."""
        days = {"first_day": planned.starts_on, "last_day": planned.ends_on - DAY}
        return {"seen": mark(*days.values()), **days}
