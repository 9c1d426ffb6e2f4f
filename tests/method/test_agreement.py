"""Who says yes to a plan and when it is agreed, against a twin that asks each company for itself."""

from __future__ import annotations

from datetime import date
from itertools import chain
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from jobpakke.method.agreement import CITIZEN, MUNICIPALITY, AtWork, Voice, companies_of, has_its_turn, lacking, voices
from jobpakke.method.parties import Side
from tests.days import days

ALL = [UUID(int=number) for number in range(1, 5)]
NOBODY: list[UUID | None] = [None]
refs = st.sampled_from(ALL)
steps = st.lists(st.builds(AtWork, refs, st.none() | days()), max_size=5)
goals = st.none() | refs
spoken = st.sampled_from([CITIZEN, MUNICIPALITY]) | st.builds(Voice, st.just(Side.COMPANY), goals)
said = st.sets(spoken, max_size=5)


def is_asked(company: UUID | None, at_work: list[AtWork], goal: UUID | None, given_: set[Voice], on: date) -> bool:
    """In plain words: it said yes, or has a step that is not over; or no company has or did, and it is the goal's."""
    if Voice(Side.COMPANY, company) in given_:
        return True
    not_over = [step for step in at_work if step.ended_on is None or on < step.ended_on]
    if not_over:
        return any(step.company == company for step in not_over)
    return company == goal and all(each.side is not Side.COMPANY for each in given_)


@given(steps, goals, said, days())
def test_everybody_whom_it_concerns_is_asked_once_and_the_municipality_last(
    at_work: list[AtWork], goal: UUID | None, given_: set[Voice], on: date
) -> None:
    asked = voices(at_work, goal, given_, on=on)
    assert len(asked) == len(set(asked)) >= 3, "there is always a citizen, a company and a municipality"
    assert (asked[0], asked[-1]) == (CITIZEN, MUNICIPALITY)
    assert {each.side for each in asked[1:-1]} == {Side.COMPANY}
    for company in chain(ALL, NOBODY):
        expected = is_asked(company, at_work, goal, given_, on)
        assert (Voice(Side.COMPANY, company) in asked) == expected, company


@given(steps, goals, days())
def test_the_companies_it_concerns_are_those_asked_when_nobody_has_answered(
    at_work: list[AtWork], goal: UUID | None, on: date
) -> None:
    asked = voices(at_work, goal, (), on=on)
    assert {each.company for each in asked[1:-1]} == companies_of(at_work, goal, on=on)


@given(steps, goals, said, st.randoms(use_true_random=False), days())
def test_whoever_has_its_turn_says_yes_until_nobody_is_left_and_the_municipality_was_last(
    at_work: list[AtWork], goal: UUID | None, given_: set[Voice], rng: object, on: date
) -> None:
    answered = given_ - {MUNICIPALITY}
    while lacking(voices(at_work, goal, answered, on=on), answered):
        asked = voices(at_work, goal, answered, on=on)
        open_ = [each for each in asked if has_its_turn(each, asked, answered)]
        assert open_, "somebody can always answer"
        assert not set(open_) & answered
        assert (MUNICIPALITY in open_) == (set(asked) - answered == {MUNICIPALITY})
        answered.add(rng.choice(open_))  # type: ignore[attr-defined]  # a Random
    assert MUNICIPALITY in answered
    assert CITIZEN in answered
    for step in at_work:
        if step.goes_on(on=on):
            assert Voice(Side.COMPANY, step.company) in answered
    assert any(each.side is Side.COMPANY for each in answered)


@given(steps, goals, said, days(), days())
def test_time_asks_nobody_more_but_whom_a_step_that_is_over_leaves(
    at_work: list[AtWork], goal: UUID | None, given_: set[Voice], one: date, other: date
) -> None:
    """Steps only come to be over: who was asked first and answered is asked still, and nobody new but the goal's."""
    first, last = sorted((one, other))
    before, after = (set(voices(at_work, goal, given_, on=on)) for on in (first, last))
    assert after - before <= {Voice(Side.COMPANY, goal)}
