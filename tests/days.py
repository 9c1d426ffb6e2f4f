"""A small calendar of days, in which every rule can be followed day by day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from hypothesis import strategies as st

from jobpakke.lib.periods import Period

FIRST = date(2026, 1, 1)
ALL = tuple(FIRST + timedelta(days=number) for number in range(40))


def days() -> st.SearchStrategy[date]:
    """A day of the calendar."""
    return st.sampled_from(ALL)


@st.composite
def periods(draw: st.DrawFn, *, bounded: bool = False) -> Period:
    """A period that starts in the calendar; empty and (unless bounded) open ones too."""
    start = draw(days())
    length = draw(st.integers(0, 20))
    if not bounded and draw(st.booleans()):
        return Period(start)
    return Period(start, start + timedelta(days=length))


def days_of(parts: Iterable[Period]) -> set[date]:
    """The days of the calendar that are in one of the periods."""
    found = list(parts)
    return {day for day in ALL if any(part.contains(day) for part in found)}
