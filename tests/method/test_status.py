"""The status line against the status day by day."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from jobpakke.lib.periods import Period
from jobpakke.method.status import PRECEDENCE, LabourMarketStatus, SpellFact, status_line, status_on
from tests.days import ALL, days, periods

STORED = [
    LabourMarketStatus.DISABILITY_PENSION,
    LabourMarketStatus.ORDINARY_JOB,
    LabourMarketStatus.FLEX_JOB,
    LabourMarketStatus.OTHER,
]
spells = st.lists(st.builds(SpellFact, st.sampled_from(STORED), periods()), max_size=4)
activities = st.lists(periods(), max_size=3)
WITHIN = Period(ALL[3], ALL[-3])


def by_hand(held: list[SpellFact], busy: list[Period], day: date) -> LabourMarketStatus:
    """The precedence written out as one says it."""
    holding = {spell.status for spell in held if spell.period.contains(day)}
    if LabourMarketStatus.DISABILITY_PENSION in holding:
        return LabourMarketStatus.DISABILITY_PENSION
    if LabourMarketStatus.ORDINARY_JOB in holding:
        return LabourMarketStatus.ORDINARY_JOB
    if LabourMarketStatus.FLEX_JOB in holding:
        return LabourMarketStatus.FLEX_JOB
    if any(period.contains(day) for period in busy):
        return LabourMarketStatus.IN_PACKAGE
    if LabourMarketStatus.OTHER in holding:
        return LabourMarketStatus.OTHER
    return LabourMarketStatus.CASH_BENEFIT


@given(spells, activities, days())
def test_one_day(held: list[SpellFact], busy: list[Period], on: date) -> None:
    assert status_on(held, busy, on=on) is by_hand(held, busy, on)


@given(spells, activities)
def test_the_line_is_the_days_joined(held: list[SpellFact], busy: list[Period]) -> None:
    line = status_line(held, busy, within=WITHIN)
    for day in (day for day in ALL if WITHIN.contains(day)):
        assert [status for period, status in line if period.contains(day)] == [by_hand(held, busy, day)]
    assert line[0][0].start == WITHIN.start
    assert line[-1][0].end == WITHIN.end
    for (one, status), (other, next_status) in zip(line, line[1:], strict=False):
        assert one.end == other.start
        assert status is not next_status


def test_every_status_has_a_rank() -> None:
    assert set(PRECEDENCE) == set(LabourMarketStatus)
