"""How long something lasts: what really counts of a step, what an entry allows, and parts that are one run together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from jobpakke.lib.periods import Period, clip
from jobpakke.method.rulebook import RANGES, Entry, Limit, Rulebook, Severity

_DAY = timedelta(days=1)


def days_taken(planned: Period, *, started_on: date | None, ended_on: date | None, today: date | None) -> Period:
    """From the first day, real or planned, to the end.

    What begins before its day lasts as long as was agreed. What is under way past its planned end is not over: it
    lasts until somebody ends it, so ``today`` (None: nobody asks) is the last day known.
    """
    start, end = started_on or planned.start, ended_on or planned.end
    if ended_on is None and end is not None:
        end -= max(planned.start - start, timedelta(0))
        if started_on is not None and today is not None:
            end = max(end, today + _DAY)
    return Period(start, end if end is None else max(end, start))


@dataclass(frozen=True, slots=True)
class RunUp:
    """The run that leads up to something: its first day, and how many days of it lie before."""

    since: date
    days: int


def run_up(days: Period, parts: Iterable[Period], *, gap: timedelta) -> RunUp:
    """What lies before ``days`` without a longer gap than ``gap`` between one part and the next.

    Days that several parts share count once, and so does what goes on beside ``days``.
    """
    since, used = days.start, 0
    for part in reversed(clip(parts, Period(date.min, days.start))):
        if part.end is None or since - part.end > gap:
            break
        since, used = part.start, used + (part.days or 0)
    return RunUp(since, used)


def longest(entry: Entry, start: date) -> date:
    """The first day that is too late for something that begins on a day and lasts as long as an entry allows."""
    if "weeks" in entry.values:
        return start + timedelta(weeks=entry["weeks"])
    return months_later(start, entry["months"])


def most_steps(rules: Rulebook, *, on: date) -> int:
    """How many steps a plan may have on a day: the rulebook's where it stops, else what a page can show."""
    entry = rules.entry(Limit.PLAN_STEPS, on=on)
    return entry["steps"] if entry is not None and entry.severity is Severity.STOP else RANGES["steps"][1]


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    after = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), after - _DAY)
