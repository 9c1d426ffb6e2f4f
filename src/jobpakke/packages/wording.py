"""Rows of a plan version as the wording that method.changes compares."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time

from jobpakke.lib.marks import mark
from jobpakke.lib.periods import Period
from jobpakke.method.changes import PlanWording, StepWording
from jobpakke.method.week import WeekTime
from jobpakke.packages.facts import Plan
from jobpakke.packages.models import PlannedStep


def times_of(row: PlannedStep) -> frozenset[WeekTime]:
    """The hours of the week that a planned step claims."""
    return frozenset(
        WeekTime(weekday, time.fromisoformat(starts), time.fromisoformat(ends)) for weekday, starts, ends in row.times
    )


def stored_times(times: Iterable[WeekTime]) -> list[tuple[int, str, str]]:
    """The same as a planned step keeps them."""
    return [(each.weekday, f"{each.starts:%H:%M}", f"{each.ends:%H:%M}") for each in sorted(times)]


def order_mark(rows: Iterable[PlannedStep]) -> str:
    """Tells one order of a plan's steps from another; short, for it stands beside each step of the page."""
    return mark(*(row.ref for row in rows))[:8]


def wording(plan: Plan) -> PlanWording | None:
    """What a plan says; None for a plan without a version."""
    if plan.version is None:
        return None
    goal = plan.version.goal
    facts = {fact.ref: fact for fact in plan.steps}
    return PlanWording(
        goal_title=goal.title,
        goal_form=goal.form,
        goal_workplace=goal.workplace.ref if goal.workplace else None,
        goal_function=goal.function.ref if goal.function else None,
        steps=tuple(
            StepWording(
                ref=row.step.ref,
                title=row.title,
                planned=Period(row.starts_on, row.ends_on),
                weekly_hours=row.weekly_hours,
                times=times_of(row),
                workplace=row.workplace.ref if row.workplace else None,
                needs=facts[row.step.ref].needs,
                sub_goals=frozenset(goal.ref for goal in plan.sub_goals.get(row.step_id, ())),
            )
            for row in plan.planned
        ),
    )
