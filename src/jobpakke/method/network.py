"""Courses of the network: how many seats of a run are left, and which runs are extra."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jobpakke.lib.periods import Period
from jobpakke.lib.refs import Ref


@dataclass(frozen=True, slots=True)
class RunFacts:
    """One run of a course: announced on a day, to begin on another, with so many seats, each held over a period.

    ``called_off_on``: the first day on which it was not to be held any more.
    """

    ref: Ref
    opened_on: date
    starts_on: date
    seats: int
    held: tuple[Period, ...] = ()
    called_off_on: date | None = None

    def is_held(self, *, on: date) -> bool:
        """Whether it had been announced by the day, and not called off."""
        return self.opened_on <= on and (self.called_off_on is None or on < self.called_off_on)

    def taken(self, *, on: date) -> int:
        """How many hold a seat on the day."""
        return sum(period.contains(on) for period in self.held)

    def left(self, *, on: date) -> int:
        """How many seats nobody holds on the day."""
        return max(self.seats - self.taken(on=on), 0)


def extra_runs(runs: Sequence[RunFacts]) -> tuple[RunFacts, ...]:
    """The runs of one course, in the order they were announced in, that were announced because there was no room: on
    that day another was still to begin, and no such run had a seat left (system.md, rule 10). A run after the earlier
    ones have begun is the next round of the course, and not extra."""
    return tuple(run for place, run in enumerate(runs) if _had_no_room(runs[:place], run.opened_on))


def _had_no_room(earlier: Sequence[RunFacts], day: date) -> bool:
    to_come = [run for run in earlier if run.is_held(on=day) and run.starts_on >= day]
    return bool(to_come) and all(run.left(on=day) == 0 for run in to_come)
