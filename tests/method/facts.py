"""Strategies for staircases."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from hypothesis import strategies as st

from jobpakke.method.ladder import Ending, StepFact, SubGoalFact
from jobpakke.method.step_kinds import StepKind
from tests.days import days, periods


@st.composite
def step_facts(draw: st.DrawFn, number: int) -> StepFact:
    """A step that may need any of those before it."""
    needs = draw(st.frozensets(st.integers(0, number - 1), max_size=2)) if number else frozenset()
    goals = tuple(
        SubGoalFact(UUID(int=1000 * number + index), draw(st.none() | days()))
        for index in range(draw(st.integers(0, 2)))
    )
    started_on = draw(st.none() | days())
    ended_on = draw(st.none() | st.integers(0, 15)) if started_on else None
    planned = draw(periods(bounded=True))
    return StepFact(
        ref=UUID(int=number),
        kind=draw(st.sampled_from(StepKind)),
        planned=planned,
        started_on=started_on,
        ended_on=started_on + timedelta(days=ended_on) if started_on and ended_on is not None else None,
        ending=draw(st.sampled_from(Ending)) if ended_on is not None else None,
        needs=frozenset(UUID(int=need) for need in needs),
        sub_goals=goals,
        waived_on=draw(st.none() | days()),
    )


@st.composite
def staircases(draw: st.DrawFn) -> tuple[StepFact, ...]:
    """Up to five steps without circles, in any order."""
    steps = [draw(step_facts(number)) for number in range(draw(st.integers(1, 5)))]
    return tuple(draw(st.permutations(steps)))
