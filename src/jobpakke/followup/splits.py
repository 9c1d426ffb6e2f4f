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
    was frozen the status is the table that was kept.
    """
    if results.hides:
        return Split(by)
    kept, least = _kept(results, by, least)
    if results.lives is None:
        return Split(by, kept, least=None if kept is None else least)
    lives, on = grouped(results.lives, by), results.on
    then = results.changes.moved.then if results.changes else None
    hidden = None if by is Grouping.MUNICIPALITY else least
    with tables():
        weeks = bands(lives, on=on, least=hidden)
        moves = group_flow(lives, then=then, now=on, least=hidden) if then else None
    if kept is None and hidden is not None:
        kept = without_small_cells(status_in(lives, on=on), least=hidden)
    return Split(by, kept, weeks, moves, hidden)


def _kept(results: Results, by: Grouping, least: int) -> tuple[StatusTable | None, int]:
    """The status table that was frozen by the grouping, where one was, and below which number it hides; else what is
    hidden now."""
    if results.frozen is None or by is Grouping.MUNICIPALITY:
        return None, least
    frozen = read(results.frozen)
    return frozen.groups.get(by), least if frozen.least is None else frozen.least
