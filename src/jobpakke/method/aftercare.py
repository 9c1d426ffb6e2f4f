"""Aftercare by plan: when somebody looks in, what was held and missed; and falling back on benefit.

The first check is due some days after the start; each talk closes the round that is open, and the next check is due
one interval after it. A check that nobody holds stays due for one interval; then it counts as missed, and the next one
is due.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jobpakke.lib.periods import Period
from jobpakke.method.status import SELF_SUPPORT, SpellFact


class CheckState(StrEnum):
    """What became of a check, or will."""

    HELD = "held"
    MISSED = "missed"
    DUE = "due"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Care:
    """The agreed days and the rhythm. Raises ValueError when the interval is not positive."""

    days: Period
    first_after: timedelta
    every: timedelta

    def __post_init__(self) -> None:
        if self.every <= timedelta() or self.first_after < timedelta():
            raise ValueError(f"checks every {self.every}, the first after {self.first_after}")

    @property
    def first_due(self) -> date:
        """When the first check is due: never later than one interval after the start."""
        return self.days.start + min(self.first_after, self.every)

    def after(self, talk: date | None) -> date:
        """When the next check is due after a talk; the first one without."""
        return self.first_due if talk is None else talk + self.every


@dataclass(frozen=True, slots=True)
class Check:
    """One round: when it was due, what became of it, and when it was held."""

    due_on: date
    state: CheckState
    held_on: date | None = None

    @property
    def day(self) -> date:
        """Where it stands on a line of days."""
        return self.held_on or self.due_on


def next_check(care: Care, talks: Iterable[date], *, on: date) -> date | None:
    """The first day since the last talk on which a check is due: it may have passed. None: the aftercare has ended by
    the date, or ends before the check is due."""
    if care.days.end is not None and on >= care.days.end:
        return None
    due = care.after(max(_within(care, talks, on=on), default=None))
    return due if care.days.end is None or due < care.days.end else None


def checks(care: Care, talks: Iterable[date], *, on: date) -> tuple[Check, ...]:
    """Every check up to the date and the one that comes next, in order of days."""
    found: list[Check] = []
    last: date | None = None
    for talk in sorted(set(_within(care, talks, on=on))):
        due = care.after(last)
        missed = _missed(care, due, by=talk)
        found += missed
        found.append(Check(due + len(missed) * care.every, CheckState.HELD, talk))
        last = talk
    due = care.after(last)
    missed = _missed(care, due, by=on)
    found += missed
    due += len(missed) * care.every
    if care.days.end is None or due < care.days.end:
        over = care.days.end is not None and on >= care.days.end
        found.append(Check(due, CheckState.MISSED if over else CheckState.DUE if due <= on else CheckState.AHEAD))
    return tuple(found)


def _within(care: Care, talks: Iterable[date], *, on: date) -> Iterator[date]:
    return (talk for talk in talks if talk <= on and care.days.contains(talk))


def _missed(care: Care, due: date, *, by: date) -> list[Check]:
    """The rounds that had run out by the day, the first of them due on a day."""
    until = by if care.days.end is None else min(by, care.days.end)
    rounds = max((until - due) // care.every, 0)
    return [Check(due + number * care.every, CheckState.MISSED) for number in range(rounds)]


def relapsed_on(spells: Iterable[SpellFact], *, on: date) -> date | None:
    """The day self-support ended, where no recorded status holds on the date; None for everybody else."""
    known = [spell for spell in spells if spell.period.start <= on and not spell.period.is_empty]
    if any(spell.period.contains(on) for spell in known):
        return None
    ends = (spell.period.end for spell in known if spell.status in SELF_SUPPORT)
    return max((end for end in ends if end is not None), default=None)
