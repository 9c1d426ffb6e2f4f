"""Hours of a week: when a step claims somebody's time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from decimal import Decimal


@dataclass(frozen=True, slots=True, order=True)
class WeekTime:
    """Some hours of one weekday (0 is Monday). Raises ValueError when it ends before it starts, or on no such day."""

    weekday: int
    starts: time
    ends: time

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6 or self.ends <= self.starts:
            raise ValueError(f"no hours of a week: day {self.weekday}, {self.starts} to {self.ends}")

    @property
    def hours(self) -> Decimal:
        """How long it lasts."""
        return Decimal(_minutes(self.ends) - _minutes(self.starts)) / 60

    def clashes(self, other: WeekTime) -> bool:
        """Whether both claim a minute of the same day."""
        return self.weekday == other.weekday and self.starts < other.ends and other.starts < self.ends


def hours_of(times: Iterable[WeekTime]) -> Decimal:
    """The sum of the hours."""
    return sum((each.hours for each in times), Decimal(0))


def _minutes(at: time) -> int:
    return 60 * at.hour + at.minute
