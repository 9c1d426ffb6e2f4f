"""Hours of a week: when a step claims somebody's time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from jobpakke.method.rulebook import Limit, Rulebook, Severity

HOURS_OF_A_WEEK = 168
"""More nobody has, whatever a rule says."""


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


def most_hours(rules: Rulebook, *, on: date) -> int:
    """How many hours of a week one activity, job or limit may say on a day: the rulebook's full week where it stops;
    where it only warns, or says nothing, all there are."""
    entry = rules.entry(Limit.WEEKLY_HOURS, on=on)
    return entry["hours"] if entry is not None and entry.severity is Severity.STOP else HOURS_OF_A_WEEK


def _minutes(at: time) -> int:
    return 60 * at.hour + at.minute
