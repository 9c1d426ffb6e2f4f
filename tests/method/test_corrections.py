"""Corrections against a twin that plays the corrected life again, day by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobpakke.lib.periods import Period
from jobpakke.method.corrections import (
    reended,
    why_not_reend,
    why_not_restart,
    why_not_under,
    why_not_unend,
    why_not_unmeet,
    why_not_unstart,
    why_not_unwaive,
    why_not_unwaive_under,
)
from jobpakke.method.ladder import Ending, Ladder, StepFact, SubGoalFact, why_not_fulfil, why_not_start
from jobpakke.method.step_kinds import StepKind
from tests.days import days
from tests.method.facts import staircases

A, B, GOAL = UUID(int=1), UUID(int=2), UUID(int=9)
PLANNED = Period(date(2026, 1, 1), date(2026, 2, 1))


def day(number: int) -> date:
    return date(2026, 1, number)


def step(ref: UUID = A, **facts: object) -> StepFact:
    return replace(StepFact(ref, StepKind.GUIDANCE, PLANNED), **facts)  # type: ignore[arg-type]


def codes(found: tuple[object, ...]) -> list[str]:
    return [str(each.code) for each in found]  # type: ignore[attr-defined]


OVER = step(started_on=day(3), ended_on=day(9), ending=Ending.FULFILLED, sub_goals=(SubGoalFact(GOAL, day(7)),))


@pytest.mark.parametrize(
    ("fact", "to", "shown_on", "expected"),
    [
        (step(), day(4), None, ["NOT_BEGUN"]),
        (OVER, day(3), None, ["NOTHING_TO_CORRECT"]),
        (OVER, day(10), None, ["START_AFTER_END"]),
        (OVER, day(9), None, []),
        (OVER, day(8), day(7), ["START_AFTER_EVIDENCE"]),
        (OVER, day(7), day(7), []),
    ],
)
def test_a_first_day(fact: StepFact, to: date, shown_on: date | None, expected: list[str]) -> None:
    assert codes(why_not_restart(Ladder([fact]), A, to, shown_on=shown_on)) == expected


def test_a_first_day_before_the_gate_or_the_plan() -> None:
    ladder = Ladder([OVER, step(B, started_on=day(12), needs=frozenset({A}))])
    assert codes(why_not_restart(ladder, B, day(8), shown_on=None)) == ["STEP_NOT_FULFILLED"]
    assert codes(why_not_restart(ladder, B, day(6), shown_on=None)) == ["SUB_GOAL_NOT_MET", "STEP_NOT_FULFILLED"]
    assert codes(why_not_restart(ladder, B, day(9), shown_on=None)) == []
    assert codes(why_not_restart(ladder, UUID(int=5), day(9), shown_on=None)) == ["STEP_NOT_IN_PLAN"]


@pytest.mark.parametrize(
    ("fact", "to", "expected"),
    [
        (step(started_on=day(3)), day(4), ["NOT_OVER"]),
        (OVER, day(9), ["NOTHING_TO_CORRECT"]),
        (OVER, day(2), ["END_BEFORE_START"]),
        (OVER, day(6), ["SUB_GOAL_NOT_MET"]),
        (OVER, day(7), []),
        (replace(OVER, waived_on=day(4)), day(6), []),
        (replace(OVER, waived_on=day(7)), day(6), ["SUB_GOAL_NOT_MET"]),
        (replace(OVER, ending=Ending.UNFULFILLED), day(4), []),
    ],
)
def test_a_last_day(fact: StepFact, to: date, expected: list[str]) -> None:
    assert codes(why_not_reend(fact, to)) == expected


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (OVER, []),
        (replace(OVER, sub_goals=(SubGoalFact(GOAL),)), ["FULFILMENT_STANDS_FIRST"]),
        (replace(OVER, sub_goals=(SubGoalFact(GOAL, day(9)),)), []),
        (replace(OVER, sub_goals=(SubGoalFact(GOAL, day(10)),)), ["FULFILMENT_STANDS_FIRST"]),
        (replace(OVER, sub_goals=(SubGoalFact(GOAL),), waived_on=day(9)), []),
        (replace(OVER, sub_goals=(SubGoalFact(GOAL),), waived_on=day(10)), ["FULFILMENT_STANDS_FIRST"]),
        (replace(OVER, sub_goals=(SubGoalFact(UUID(int=8)), SubGoalFact(GOAL, day(7)))), []),
        (replace(OVER, sub_goals=()), []),
        (replace(OVER, sub_goals=(SubGoalFact(GOAL),), ending=Ending.UNFULFILLED), []),
        (step(started_on=day(3), sub_goals=(SubGoalFact(GOAL),)), []),
    ],
)
def test_evidence_under_what_was_fulfilled(fact: StepFact, expected: list[str]) -> None:
    assert codes(why_not_unmeet(fact, GOAL)) == expected


def test_what_never_was() -> None:
    assert codes(why_not_unstart(step(), evidence=False)) == ["NOT_BEGUN"]
    assert codes(why_not_unstart(OVER, evidence=False)) == ["END_STANDS_FIRST"]
    assert codes(why_not_unstart(step(started_on=day(3)), evidence=True)) == ["EVIDENCE_STANDS_FIRST"]
    assert codes(why_not_unstart(step(started_on=day(3)), evidence=False)) == []
    assert codes(why_not_unend(step(started_on=day(3)))) == ["NOT_OVER"]
    assert codes(why_not_unend(OVER)) == []


def played(ladder: Ladder, told: StepFact, ref: UUID) -> tuple[object, ...]:
    """The twin: the follower, not begun, asks to start in the corrected life."""
    life = [told if each.ref == told.ref else each for each in ladder.steps.values()]
    fresh = [
        replace(each, started_on=None, ended_on=None, ending=None, waived_on=None) if each.ref == ref else each
        for each in life
    ]
    begun = ladder.steps[ref].started_on
    assert begun is not None
    return why_not_start(Ladder(fresh), ref, on=begun)


@given(staircases(), days(), st.booleans(), st.data())
def test_whatever_began_lawfully_must_still_have_been_lawful(
    steps: tuple[StepFact, ...], to: date, never: bool, data: st.DataObject
) -> None:
    ladder = Ladder(steps)
    over = [each for each in steps if each.ended_on is not None]
    if not over:
        return
    fact = data.draw(st.sampled_from(over))
    told = reended(fact, None if never or to < (fact.started_on or to) else to)
    for follower in steps:
        if follower.started_on is None or follower.ref == fact.ref:
            continue
        was, now = (not played(ladder, each, follower.ref) for each in (fact, told))
        refused = why_not_under(ladder, told, follower)
        assert bool(refused) == (was and not now)


@given(staircases(), days())
def test_a_last_day_is_one_on_which_the_step_could_have_been_fulfilled(steps: tuple[StepFact, ...], to: date) -> None:
    for fact in steps:
        if fact.ending is not Ending.FULFILLED or to == fact.ended_on:
            continue
        under_way = Ladder(reended(fact, None) if each.ref == fact.ref else each for each in steps)
        assert bool(why_not_reend(fact, to)) == bool(why_not_fulfil(under_way, fact.ref, on=to))


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (step(), ["NOT_WAIVED"]),
        (step(waived_on=day(4)), []),
        (replace(OVER, waived_on=day(4)), []),
        (replace(OVER, waived_on=day(9), sub_goals=(SubGoalFact(GOAL),)), ["FULFILMENT_STANDS_ON_WAIVER"]),
        (replace(OVER, waived_on=day(9), sub_goals=(SubGoalFact(GOAL, day(10)),)), ["FULFILMENT_STANDS_ON_WAIVER"]),
        (replace(OVER, waived_on=day(9), sub_goals=(SubGoalFact(GOAL, day(9)),)), []),
        (replace(OVER, waived_on=day(10), sub_goals=(SubGoalFact(GOAL),)), []),
        (replace(OVER, waived_on=day(4), sub_goals=(SubGoalFact(GOAL),), ending=Ending.UNFULFILLED), []),
    ],
)
def test_a_dispensation_that_was_none(fact: StepFact, expected: list[str]) -> None:
    assert codes(why_not_unwaive(fact)) == expected


def could_start(steps: tuple[StepFact, ...], ref: UUID, on: date) -> bool:
    """The twin: the step, as if it had no past of its own, asks to start on the day."""
    past: dict[str, Any] = {"started_on": None, "ended_on": None, "ending": None, "waived_on": None}
    fresh = [replace(each, **past) if each.ref == ref else each for each in steps]
    return not why_not_start(Ladder(fresh), ref, on=on)


@given(staircases(), days(), st.data())
def test_a_step_stands_on_a_dispensation_when_it_could_not_start_without(
    steps: tuple[StepFact, ...], on: date, data: st.DataObject
) -> None:
    waived = data.draw(st.sampled_from(steps)).ref
    without = tuple(replace(each, waived_on=None) if each.ref == waived else each for each in steps)
    for follower in steps:
        found = why_not_unwaive_under(Ladder(steps), waived, follower.ref, on=on)
        stands = could_start(steps, follower.ref, on) and not could_start(without, follower.ref, on)
        assert bool(found) is (follower.started_on is not None and stands)


def test_a_dispensation_of_a_step_that_is_not_in_the_plan_holds_nothing() -> None:
    ladder = Ladder([step(B, started_on=day(3))])
    assert why_not_unwaive_under(ladder, A, B, on=day(4)) == ()
    assert why_not_unwaive_under(Ladder([step(waived_on=day(1))]), A, B, on=day(4)) == ()
