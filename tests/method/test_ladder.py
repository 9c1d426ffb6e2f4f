"""The staircase against a twin that goes through the days one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobpakke.lib.periods import Period
from jobpakke.lib.refusal import Refused
from jobpakke.method.ladder import (
    Ending,
    Ladder,
    StepFact,
    StepState,
    SubGoalFact,
    levels,
    missing,
    state_on,
    states_on,
    why_not_end,
    why_not_fulfil,
    why_not_start,
    why_not_waive,
)
from jobpakke.method.step_kinds import StepKind
from tests.days import ALL, days
from tests.method.facts import staircases


class Twin:
    """Plays the events of each day in order and keeps the state in sets."""

    def __init__(self, steps: tuple[StepFact, ...], until: date) -> None:
        self.steps = {step.ref: step for step in steps}
        self.running: set[UUID] = set()
        self.done: set[UUID] = set()
        self.failed: set[UUID] = set()
        self.waived: set[UUID] = set()
        self.met: set[UUID] = set()
        for day in (day for day in ALL if day <= until):
            for step in steps:
                self._play(step, day)

    def _play(self, step: StepFact, day: date) -> None:
        self.met |= {goal.ref for goal in step.sub_goals if goal.met_on == day}
        if step.started_on == day:
            self.running.add(step.ref)
        if step.ended_on == day:
            self.running.discard(step.ref)
            (self.done if step.ending is Ending.FULFILLED else self.failed).add(step.ref)
        if step.waived_on == day:
            self.waived.add(step.ref)

    def lacks(self, ref: UUID) -> set[tuple[UUID, UUID | None]]:
        found: set[tuple[UUID, UUID | None]] = set()
        for need in self.steps[ref].needs:
            if need not in self.done and need not in self.waived:
                found.add((need, None))
                found |= {(need, goal.ref) for goal in self.steps[need].sub_goals if goal.ref not in self.met}
        return found

    def state(self, ref: UUID) -> StepState:
        held = (
            (self.done, StepState.FULFILLED),
            (self.running, StepState.UNDER_WAY),
            (self.waived, StepState.WAIVED),
            (self.failed, StepState.ENDED_UNFULFILLED),
        )
        for refs, state in held:
            if ref in refs:
                return state
        return StepState.PLANNED if self.lacks(ref) else StepState.READY


@given(staircases(), days())
def test_states_and_what_is_missing_equal_the_twin(steps: tuple[StepFact, ...], on: date) -> None:
    # Within the calendar only: the twin knows no later day.
    steps = tuple(
        replace(step, ended_on=None, ending=None) if step.ended_on and step.ended_on > ALL[-1] else step
        for step in steps
    )
    ladder, twin = Ladder(steps), Twin(steps, on)
    assert states_on(ladder, on=on) == {ref: twin.state(ref) for ref in twin.steps}
    for ref in twin.steps:
        assert {(lack.step, lack.sub_goal) for lack in missing(ladder, ref, on=on)} == twin.lacks(ref)


@given(staircases(), days())
def test_an_untouched_step_may_start_exactly_when_nothing_is_missing(steps: tuple[StepFact, ...], on: date) -> None:
    for step in steps:
        fresh = replace(step, started_on=None, ended_on=None, ending=None, waived_on=None)
        ladder = Ladder(fresh if each.ref == step.ref else each for each in steps)
        assert (not why_not_start(ladder, step.ref, on=on)) == (
            not Twin(tuple(ladder.steps.values()), on).lacks(step.ref)
        )


@given(staircases(), days())
def test_whoever_has_begun_ended_or_been_waived_does_not_start(steps: tuple[StepFact, ...], on: date) -> None:
    ladder = Ladder(steps)
    for step in steps:
        if step.started_on or step.waived_on:
            own, *gate = why_not_start(ladder, step.ref, on=on)
            assert own.code in {"ALREADY_ENDED", "ALREADY_STARTED", "STEP_WAIVED"}
            assert gate == [lack.refusal for lack in missing(ladder, step.ref, on=on)]


@given(staircases(), days())
def test_fulfilling_takes_a_step_under_way_with_every_sub_goal_met_or_waived(
    steps: tuple[StepFact, ...], on: date
) -> None:
    ladder = Ladder(steps)
    for step in steps:
        running = step.started_on is not None and step.started_on <= on and step.ended_on is None
        met = all(goal.met_on and goal.met_on <= on for goal in step.sub_goals)
        waived = step.waived_on is not None and step.waived_on <= on
        assert (not why_not_end(ladder, step.ref, on=on)) == running
        assert (not why_not_fulfil(ladder, step.ref, on=on)) == (running and (met or waived))


@given(staircases())
def test_a_level_is_the_longest_way_down(steps: tuple[StepFact, ...]) -> None:
    by_ref = {step.ref: step for step in steps}

    def height(ref: UUID) -> int:
        return max((height(need) + 1 for need in by_ref[ref].needs), default=0)

    assert levels(Ladder(steps)) == {ref: height(ref) for ref in by_ref}


@given(st.integers(2, 5))
def test_a_circle_is_refused(length: int) -> None:
    steps = [plain(number, needs=[(number + 1) % length]) for number in range(length)]
    with pytest.raises(Refused, match="STEPS_GO_IN_CIRCLE"):
        Ladder(steps)


def plain(number: int, needs: list[int] | None = None) -> StepFact:
    return StepFact(
        UUID(int=number),
        StepKind.GUIDANCE,
        Period(ALL[0], ALL[5]),
        needs=frozenset(UUID(int=need) for need in needs or []),
    )


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        ([plain(1), plain(1)], "STEP_TWICE"),
        ([plain(1, needs=[2])], "STEP_UNKNOWN"),
        ([plain(1, needs=[1])], "STEPS_GO_IN_CIRCLE"),
        ([replace(plain(1), ended_on=ALL[3], ending=Ending.FULFILLED)], "STEP_FACTS_CONTRADICT"),
        ([replace(plain(1), started_on=ALL[3], ended_on=ALL[2], ending=Ending.FULFILLED)], "STEP_FACTS_CONTRADICT"),
        ([replace(plain(1), started_on=ALL[3], ended_on=ALL[4])], "STEP_FACTS_CONTRADICT"),
    ],
)
def test_what_is_no_staircase_is_refused(steps: list[StepFact], code: str) -> None:
    with pytest.raises(Refused, match=code):
        Ladder(steps)


def test_three_steps_climbed() -> None:
    goal = SubGoalFact(UUID(int=9), ALL[4])
    first = replace(plain(1), started_on=ALL[0], ended_on=ALL[5], ending=Ending.FULFILLED, sub_goals=(goal,))
    second, third = plain(2, needs=[1]), plain(3, needs=[2])
    ladder = Ladder([third, second, first])
    assert [code.code for code in why_not_start(ladder, second.ref, on=ALL[3])] == [
        "SUB_GOAL_NOT_MET",
        "STEP_NOT_FULFILLED",
    ]
    assert [code.code for code in why_not_start(ladder, second.ref, on=ALL[4])] == ["STEP_NOT_FULFILLED"]
    assert not why_not_start(ladder, second.ref, on=ALL[5])
    assert state_on(ladder, third.ref, on=ALL[9]) is StepState.PLANNED
    assert why_not_waive(ladder, first.ref, on=ALL[9])[0].code == "NOTHING_TO_WAIVE"
    assert not why_not_waive(ladder, second.ref, on=ALL[9])
    waived = Ladder([third, replace(second, waived_on=ALL[6]), first])
    assert why_not_waive(waived, second.ref, on=ALL[9])[0].code == "WAIVED_ALREADY"
    assert state_on(waived, third.ref, on=ALL[6]) is StepState.READY


def test_a_step_that_the_plan_of_the_day_does_not_have_is_refused() -> None:
    ladder = Ladder([plain(1)])
    for why_not in (why_not_start, why_not_fulfil, why_not_end, why_not_waive):
        assert [refusal.code for refusal in why_not(ladder, UUID(int=2), on=ALL[0])] == ["STEP_NOT_IN_PLAN"]
