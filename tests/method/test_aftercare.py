"""The plan of check-ins against a twin that lives through the aftercare day by day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobpakke.lib.periods import Period
from jobpakke.method.aftercare import Care, Check, CheckState, checks, next_check, relapsed_on
from jobpakke.method.status import SELF_SUPPORT, LabourMarketStatus, SpellFact
from tests.days import ALL, FIRST, days, periods

DAY = timedelta(days=1)
TALKS = st.lists(days(), max_size=6)


@st.composite
def cares(draw: st.DrawFn) -> Care:
    first, every = draw(st.integers(0, 9)), draw(st.integers(1, 9))
    return Care(draw(periods()), first * DAY, every * DAY)


def lived(care: Care, talks: list[date], on: date) -> tuple[list[Check], date | None]:
    """Every check by the date, and the day since which (or on which) the next one is due."""
    found: list[Check] = []
    waiting = due = min(care.days.start + care.first_after, care.days.start + care.every)
    day = care.days.start
    while day <= on and care.days.contains(day):
        if day == due + care.every:
            found.append(Check(due, CheckState.MISSED))
            due = day
        if day in talks:
            found.append(Check(due, CheckState.HELD, day))
            waiting = due = day + care.every
        day += DAY
    over = care.days.end is not None and on >= care.days.end
    if over and care.days.end == due + care.every:
        found.append(Check(due, CheckState.MISSED))
        due += care.every
    fits = care.days.end is None or due < care.days.end
    if fits:
        found.append(Check(due, CheckState.MISSED if over else CheckState.DUE if due <= on else CheckState.AHEAD))
    return found, waiting if not over and (care.days.end is None or waiting < care.days.end) else None


@given(cares(), TALKS, days())
def test_the_plan_equals_the_twin(care: Care, talks: list[date], on: date) -> None:
    found, waiting = lived(care, talks, on)
    assert list(checks(care, talks, on=on)) == found
    assert next_check(care, talks, on=on) == waiting


@given(cares(), TALKS, days())
def test_the_order_of_the_talks_and_those_ahead_do_not_matter(care: Care, talks: list[date], on: date) -> None:
    known = [talk for talk in talks if talk <= on]
    assert checks(care, reversed(known), on=on) == checks(care, talks, on=on)
    line = [check.day for check in checks(care, talks, on=on)]
    assert line == sorted(line)


def test_a_call_in_between_moves_the_next_check() -> None:
    care = Care(Period(FIRST, FIRST + 100 * DAY), 14 * DAY, 28 * DAY)
    assert next_check(care, [], on=FIRST) == FIRST + 14 * DAY
    assert next_check(care, [FIRST + 3 * DAY], on=FIRST + 3 * DAY) == FIRST + 31 * DAY
    assert next_check(care, [], on=FIRST + 60 * DAY) == FIRST + 14 * DAY
    states = [check.state for check in checks(care, [FIRST + 50 * DAY], on=FIRST + 60 * DAY)]
    assert states == [CheckState.MISSED, CheckState.HELD, CheckState.AHEAD]
    assert next_check(care, [FIRST + 90 * DAY], on=FIRST + 91 * DAY) is None
    assert next_check(care, [], on=FIRST + 100 * DAY) is None


def test_a_plan_without_rhythm_is_none() -> None:
    with pytest.raises(ValueError, match="checks every"):
        Care(Period(FIRST), DAY, timedelta())


SPELLS = st.lists(st.builds(SpellFact, st.sampled_from(LabourMarketStatus), periods()), max_size=4)


@given(SPELLS, days())
def test_relapse_equals_looking_back_day_by_day(spells: list[SpellFact], on: date) -> None:
    def statuses(day: date) -> set[LabourMarketStatus]:
        return {spell.status for spell in spells if spell.period.contains(day)}

    last = next((day for day in reversed(ALL) if day < on and statuses(day) & SELF_SUPPORT), None)
    expected = last + DAY if last is not None and not statuses(on) else None
    assert relapsed_on(spells, on=on) == expected
