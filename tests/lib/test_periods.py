"""Periods against sets of days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobpakke.lib.periods import Period, clip, merge, subtract
from tests.days import ALL, days_of, periods

WHOLE = Period(ALL[5], ALL[-5])


@given(st.lists(periods()))
def test_merge_keeps_the_days_and_leaves_gaps_between(parts: list[Period]) -> None:
    found = merge(parts)
    assert days_of(found) == days_of(parts)
    ends = [period.end for period in found[:-1]]
    assert all(end is not None and end < later.start for end, later in zip(ends, found[1:], strict=True))


@given(st.lists(periods()))
def test_clip_and_subtract_share_out_the_whole(parts: list[Period]) -> None:
    inside, outside = days_of(clip(parts, WHOLE)), days_of(subtract(WHOLE, parts))
    assert inside == days_of(parts) & days_of([WHOLE])
    assert inside | outside == days_of([WHOLE])
    assert not inside & outside


@given(periods(), periods())
def test_intersect_holds_the_days_of_both(one: Period, other: Period) -> None:
    both = one.intersect(other)
    assert days_of([both] if both else []) == days_of([one]) & days_of([other])


def test_an_end_before_the_start_is_refused() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        Period(date(2026, 2, 1), date(2026, 1, 31))


def test_half_open() -> None:
    period = Period(ALL[0], ALL[0] + timedelta(days=2))
    assert (period.days, period.is_empty) == (2, False)
    assert period.contains(ALL[1])
    assert not period.contains(ALL[2])
    assert Period(ALL[0], ALL[0]).is_empty
