"""What builds on a step goes along with it: held against a twin that tries day by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from jobpakke.lib.periods import Period
from jobpakke.lib.refs import Ref
from jobpakke.method.followers import moved_along
from jobpakke.method.ladder import Ending, StepFact
from jobpakke.method.step_kinds import StepKind

DAY = date(2026, 3, 2)


def day(number: int) -> date:
    return DAY + timedelta(days=number)


def step(number: int, first: int, length: int, *needs: int) -> StepFact:
    return StepFact(
        UUID(int=number),
        StepKind.GUIDANCE,
        Period(day(first), day(first + length)),
        needs=frozenset(UUID(int=need) for need in needs),
    )


@st.composite
def staircases(draw: st.DrawFn) -> list[StepFact]:
    """Each step may need those before it; some have begun, some have ended."""
    found = []
    for number in range(draw(st.integers(1, 6))):
        needs = draw(st.sets(st.integers(0, number - 1))) if number else set()
        fact = step(number, draw(st.integers(-10, 60)), draw(st.integers(1, 20)), *sorted(needs))
        state = draw(st.sampled_from(["planned", "planned", "planned", "begun", "ended"]))
        if state != "planned":
            fact = replace(fact, started_on=fact.planned.start)
        if state == "ended":
            fact = replace(fact, ended_on=fact.planned.end, ending=Ending.FULFILLED)
        found.append(fact)
    return found


def twin(steps: list[StepFact], moved: Ref, end: date, *, on: date) -> dict[Ref, Period]:
    """Moves each follower one day at a time, as long as a day more is right."""
    by_ref = {each.ref: each for each in steps}
    was = by_ref[moved].planned.end
    assert was is not None
    by = (end - was).days
    days = {each.ref: each.planned for each in steps} | {moved: Period(by_ref[moved].planned.start, end)}
    going = {moved}
    for each in steps:  # each needs only those before it
        if each.ref == moved or not going & each.needs or each.started_on:
            continue
        going.add(each.ref)
        start, asked = each.planned.start, abs(by)
        while asked:
            next_start = start + timedelta(days=1 if by > 0 else -1)
            if by < 0 and (next_start < on or any((days[need].end or on) > next_start for need in each.needs)):
                break
            start, asked = next_start, asked - 1
        shift = start - each.planned.start
        assert each.planned.end is not None
        days[each.ref] = Period(start, each.planned.end + shift)
    return {ref: period for ref, period in days.items() if ref != moved and period != by_ref[ref].planned}


@given(steps=staircases(), pick=st.integers(0, 5), by=st.integers(-15, 15), today=st.integers(-10, 40))
def test_followers_move_as_day_by_day(steps: list[StepFact], pick: int, by: int, today: int) -> None:
    chosen = steps[pick % len(steps)]
    assert chosen.planned.end is not None
    end = max(chosen.planned.end + timedelta(days=by), chosen.planned.start)
    got = moved_along(steps, chosen.ref, Period(chosen.planned.start, end), on=day(today))
    assert got == twin(steps, chosen.ref, end, on=day(today))
    for ref, period in got.items():
        old = next(each for each in steps if each.ref == ref)
        assert (old.started_on, old.ended_on) == (None, None)
        assert period.days == old.planned.days


def test_the_day_before_of_and_after() -> None:
    """A step that ends one day later, as before, one day earlier."""
    steps = [step(0, 0, 10), step(1, 10, 5, 0), step(2, 20, 5, 1), step(3, 10, 5)]
    for more in (-1, 0, 1):
        got = moved_along(steps, steps[0].ref, Period(day(0), day(10 + more)), on=day(-1))
        expected = {} if more == 0 else {each.ref: each.planned.start + timedelta(days=more) for each in steps[1:3]}
        assert {ref: period.start for ref, period in got.items()} == expected
    for year in (2009, 2026, 2027):
        first = replace(steps[0], planned=Period(date(year - 1, 12, 22), date(year, 1, 1)))
        after = replace(steps[1], planned=Period(date(year, 1, 1), date(year, 1, 6)))
        got = moved_along([first, after], first.ref, Period(first.planned.start, date(year, 1, 2)), on=DAY)
        assert got == {after.ref: Period(date(year, 1, 2), date(year, 1, 7))}
