"""The results by one more grouping: what a note tells beside its tables by municipality."""

from __future__ import annotations

from dataclasses import dataclass

from jobpakke.followup.arrow import tables
from jobpakke.followup.bands import Bands, bands
from jobpakke.followup.flow import GroupFlow, group_flow
from jobpakke.followup.frozen import read
from jobpakke.followup.groups import Grouping
from jobpakke.followup.hiding import without_small_cells
from jobpakke.followup.lives import grouped
from jobpakke.followup.results import Results
from jobpakke.followup.tables import StatusTable, status_in


@dataclass(frozen=True, slots=True)
class Split:
    """By a grouping. ``status``: None by municipality, which is table 2. ``weeks`` and ``moves``: None where no lives
    are known by this grouping, ``moves`` also without an earlier date. Numbers below ``least`` are hidden; None: none
    are."""

    by: Grouping
    status: StatusTable | None = None
    weeks: Bands | None = None
    moves: GroupFlow | None = None
    least: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell: by this grouping nothing was kept, or is known of that moment."""
        return self.status is None and self.weeks is None


def split_of(results: Results, by: Grouping, *, least: int) -> Split:
    """What is known by the grouping; small numbers (below ``least``) are hidden by any but the municipality.

    Where small numbers are hidden in the results too, nothing is: beside those tables it could give them away. Of what
    was frozen it is the table that was kept; of what was known on an earlier day nothing but the municipality.
    """
    lives = results.lives
    if results.hides:
        return Split(by)
    if results.frozen is not None and by is not Grouping.MUNICIPALITY:
        kept = read(results.frozen)
        return Split(by, kept.groups.get(by), least=kept.least)
    if lives is None or (results.known_on is not None and by is not Grouping.MUNICIPALITY):
        return Split(by)
    lives, on, then = grouped(lives, by), results.on, results.changes.moved.then if results.changes else None
    hidden = None if by is Grouping.MUNICIPALITY else least
    with tables():
        weeks = bands(lives, on=on, least=hidden)
        moves = group_flow(lives, then=then, now=on, least=hidden) if then else None
    status = None if hidden is None else without_small_cells(status_in(lives, on=on), least=hidden)
    return Split(by, status, weeks, moves, hidden)
