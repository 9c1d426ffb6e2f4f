"""The staircase of a printed plan: its rows from the foot to the goal, the same in a sentence, and its table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobpakke.method.ladder import StepState, levels, states_on
from jobpakke.packages.facts import Plan
from jobpakke.packages.models import JobGoal, PlannedStep
from jobpakke.web.evidence import shown_by
from jobpakke.web.labels import STATE, label
from jobpakke.web.plans.pages import times_in_words
from jobpakke.web.print.paper import PrintedStep, Stair

_DRAWN = {StepState.PLANNED: "ahead", StepState.READY: "ahead", StepState.UNDER_WAY: "now"}
_MOST_IN_DRAWING = 44
_DAY = timedelta(days=1)


def stairs_of(plan: Plan, goal: JobGoal, *, on: date) -> tuple[tuple[Stair, ...], int]:
    """The rows of the drawing from the foot to the goal, and how many levels lie under the goal."""
    states, heights = states_on(plan.ladder, on=on), levels(plan.ladder)
    rows = sorted(enumerate(plan.planned, start=1), key=lambda each: (heights[each[1].step.ref], each[0]))
    drawn = [_stair(number, row, heights[row.step.ref], states[row.step.ref]) for number, row in rows]
    most = max(heights.values(), default=-1) + 1
    place = f" · {goal.workplace.name}" if goal.workplace else ""
    top = Stair(most, _("Goal"), short(goal.title), short(f"{label(goal.form)}{place}"), "ahead")
    return (*drawn, top), most


def _stair(number: int, row: PlannedStep, level: int, state: StepState) -> Stair:
    note = f"{short_days(row)} · {STATE[state]}" if state is not StepState.PLANNED else short_days(row)
    return Stair(level, str(number), short(row.title), note, _DRAWN.get(state, "past"))


def in_words(plan: Plan, goal: JobGoal) -> str:
    """What the drawing shows, for who cannot see it."""
    heights = levels(plan.ladder)
    most = max(heights.values(), default=-1) + 1
    told = [
        ngettext("A staircase with %(count)s level.", "A staircase with %(count)s levels.", most) % {"count": most},
        *_told_levels(plan, heights, most),
        _("At the top: the goal, “%(goal)s”.") % {"goal": goal.title},
    ]
    return " ".join(told)


def _told_levels(plan: Plan, heights: dict[UUID, int], most: int) -> Iterator[str]:
    for level in range(most):
        here = [
            f"{number}. {row.title}"
            for number, row in enumerate(plan.planned, start=1)
            if heights[row.step.ref] == level
        ]
        yield _("Level %(level)s: %(steps)s.") % {"level": level + 1, "steps": "; ".join(here)}


def table_of(plan: Plan) -> tuple[PrintedStep, ...]:
    """The steps in their order, with everything the plan says of each."""
    numbers = {row.step.ref: number for number, row in enumerate(plan.planned, start=1)}
    facts = {fact.ref: fact for fact in plan.steps}
    return tuple(
        PrintedStep(
            number=numbers[row.step.ref],
            title=row.title,
            kind=" · ".join([label(row.step.kind), *([row.workplace.name] if row.workplace else [])]),
            first_day=date_format(row.starts_on, "DATE_FORMAT"),
            last_day=date_format(row.ends_on - _DAY, "DATE_FORMAT"),
            hours=str(localize(row.weekly_hours.normalize())) if row.weekly_hours else "–",
            times=times_in_words(row),
            needs=", ".join(str(each) for each in sorted(numbers[ref] for ref in facts[row.step.ref].needs)) or "–",
            goals=tuple(
                _("%(goal)s (shown by: %(evidence)s)") % {"goal": each.title, "evidence": shown_by(each)}
                for each in plan.sub_goals.get(row.step_id, ())
            ),
        )
        for row in plan.planned
    )


def short_days(row: PlannedStep) -> str:
    """First and last day of a planned step, with the months abbreviated."""
    return (
        f"{date_format(row.starts_on, 'MEDIUM_DATE_FORMAT')} – {date_format(row.ends_on - _DAY, 'MEDIUM_DATE_FORMAT')}"
    )


def short(text: str) -> str:
    """A text that fits in the drawing; the table has all of it."""
    return text if len(text) <= _MOST_IN_DRAWING else f"{text[: _MOST_IN_DRAWING - 1].rstrip()}…"
