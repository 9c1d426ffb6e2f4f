"""Job interviews (*jobsamtaler*): how many somebody near the labour market is to have in a package's first months.

The law names a number and a time, not when in that time. The method spreads them evenly over it, so that they do not
pile up at its end.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from jobpakke.method.lengths import months_later
from jobpakke.method.rulebook import Group, Limit, Rulebook


@dataclass(frozen=True, slots=True)
class Interviews:
    """What is asked of a package: ``least`` interviews in ``[opened_on, until)``, and how many were
    ``held`` by a day."""

    opened_on: date
    until: date
    least: int
    held: int

    @property
    def last(self) -> date:
        """The last day of the time."""
        return self.until - timedelta(days=1)

    @property
    def next_due(self) -> date | None:
        """The day by which the next one is to be held; None when all have been."""
        if self.held >= self.least:
            return None
        return self.opened_on + (self.until - self.opened_on) * (self.held + 1) // self.least

    def due_on(self, on: date) -> date | None:
        """Since when one has been due on a date within the time; None where none is."""
        due = self.next_due
        return due if due is not None and due <= on < self.until else None


def interviews(rules: Rulebook, *, opened_on: date, near: bool, held: int) -> Interviews | None:
    """What the rulebook asks of a package that began on a day; None where it asks nothing. Source: the reform of 2026,
    phase 1."""
    entry = rules.entry(Limit.JOB_INTERVIEWS, on=opened_on, group=Group.CLOSE if near else Group.FAR)
    if entry is None:
        return None
    return Interviews(opened_on, months_later(opened_on, entry["months"]), entry["least"], held)
