"""When a forgotten draft is announced and removed, against counting day by day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from jobpakke.method.forgotten import fading

DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(DAYS, st.integers(1, 30), st.integers(0, 40))
def test_as_many_untouched_days_as_the_weeks_have(touched_on: date, weeks: int, before: int) -> None:
    found = fading(touched_on, weeks=weeks, announced_weeks=before)
    untouched = 0
    while untouched < 7 * weeks:
        untouched += 1
    assert (found.removed_on - touched_on).days == untouched
    told = [
        day for n in range(7 * weeks + 1) if (found.removed_on - (day := touched_on + timedelta(n))).days <= 7 * before
    ]
    assert found.announced_on == told[0]


def test_announced_after_twelve_weeks_and_removed_two_later() -> None:
    found = fading(date(2026, 3, 2), weeks=14, announced_weeks=2)
    assert (found.announced_on, found.removed_on) == (date(2026, 5, 25), date(2026, 6, 8))
