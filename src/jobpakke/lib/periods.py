"""Half-open intervals of days, ``[start, end)``; an end of None is open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Period:
    """The days from ``start`` up to, not including, ``end``. Raises ValueError when the end is before the start."""

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise ValueError(f"the period ends {self.end} before it starts {self.start}")

    @property
    def is_empty(self) -> bool:
        """Whether it holds no day at all."""
        return self.end == self.start

    @property
    def days(self) -> int | None:
        """How many days it holds; None when open."""
        return None if self.end is None else (self.end - self.start).days

    def contains(self, on: date) -> bool:
        """Whether the day is in it."""
        return self.start <= on and (self.end is None or on < self.end)

    def intersect(self, other: Period) -> Period | None:
        """The days in both; None when there is none."""
        start = max(self.start, other.start)
        end = _earlier(self.end, other.end)
        return Period(start, end) if end is None or start < end else None


def merge(periods: Iterable[Period]) -> list[Period]:
    """The same days as few periods in order: overlapping and touching ones joined, empty ones dropped."""
    found: list[Period] = []
    for period in sorted((each for each in periods if not each.is_empty), key=lambda each: each.start):
        last = found[-1] if found else None
        if last is not None and (last.end is None or period.start <= last.end):
            found[-1] = Period(last.start, _later(last.end, period.end))
        else:
            found.append(period)
    return found


def clip(periods: Iterable[Period], within: Period) -> list[Period]:
    """The parts of the periods that lie within another, merged."""
    return merge(part for period in periods if (part := period.intersect(within)) is not None)


def subtract(whole: Period, parts: Iterable[Period]) -> list[Period]:
    """The days of the whole that are in none of the parts."""
    found: list[Period] = []
    start = whole.start
    for part in clip(parts, whole):
        if start < part.start:
            found.append(Period(start, part.start))
        if part.end is None:
            return found
        start = part.end
    if whole.end is None or start < whole.end:
        found.append(Period(start, whole.end))
    return found


def _earlier(one: date | None, other: date | None) -> date | None:
    if one is None or other is None:
        return one or other
    return min(one, other)


def _later(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)
