"""What came between two follow-ups: for each cell before, after and the difference, and why the people in it moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

Cell = tuple[str, ...]
"""Where somebody counts: of a citizen the municipality and the status, of a package the municipality."""


class Reason(StrEnum):
    """Why somebody counts in another cell than before."""

    NEW_FACT = "new_fact"
    LATER_REGISTRATION = "later_registration"
    CORRECTED_FACT = "corrected_fact"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one counts on a date, and the refs of the recorded facts that hold then and put one there."""

    cell: Cell
    facts: frozenset[str] = frozenset()


Standings = Mapping[str, Standing]
"""Everybody who counts, by ref."""


@dataclass(frozen=True, slots=True)
class Move:
    """How many went from one cell to another for one reason. None: they did not count there, or no longer do."""

    source: Cell | None
    target: Cell | None
    reason: Reason
    count: int


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell: how many before and after, and how many came and went for each reason."""

    cell: Cell
    before: int
    after: int
    came: Mapping[Reason, int]
    went: Mapping[Reason, int]

    @property
    def difference(self) -> int:
        """After less before: what came less what went."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every cell in which anybody counts, in order, and the moves between them."""

    cells: tuple[CellChange, ...]
    moves: tuple[Move, ...]

    @property
    def is_alike(self) -> bool:
        """Whether nobody moved."""
        return not self.moves


def compare(before: Standings, then: Standings, after: Standings, *, corrected: Collection[str] = ()) -> Comparison:
    """Takes the way from one follow-up to the other in two stages, so that each move has exactly one reason.

    ``then`` stands between the two: the date of ``before``, with the knowledge of ``after``.

    - From ``before`` to ``then`` the date is the same and knowledge alone differs. Who moves does so for a *corrected
      fact* when a fact that holds in one of the two and not in the other is among ``corrected`` (refs of rows that a
      correction closed or opened), else for a *later registration*: it had happened, and was recorded afterwards.
    - From ``then`` to ``after`` knowledge is the same and the date alone differs: a *new fact*, of the days between.

    Who moves in both stages makes two moves, through the cell between. So in every cell
    ``difference == came - went``, summed over the reasons.
    """
    moves = Counter(_moves(before, then, after, frozenset(corrected)))
    found = tuple(Move(source, target, reason, moves[source, target, reason]) for source, target, reason in _in(moves))
    counts = (_counts(before), _counts(after))
    cells = {cell for part in counts for cell in part} | {
        cell for move in found for cell in (move.source, move.target) if cell is not None
    }
    return Comparison(tuple(_change(cell, counts, found) for cell in sorted(cells)), found)


_Step = tuple[Cell | None, Cell | None, Reason]


def _moves(before: Standings, then: Standings, after: Standings, corrected: frozenset[str]) -> Iterator[_Step]:
    for ref in before.keys() | then.keys():
        source, target = _cell(before, ref), _cell(then, ref)
        if source != target:
            changed = _facts(before, ref) ^ _facts(then, ref)
            reason = Reason.CORRECTED_FACT if changed & corrected else Reason.LATER_REGISTRATION
            yield source, target, reason
    for ref in then.keys() | after.keys():
        source, target = _cell(then, ref), _cell(after, ref)
        if source != target:
            yield source, target, Reason.NEW_FACT


def _cell(standings: Standings, ref: str) -> Cell | None:
    return standings[ref].cell if ref in standings else None


def _facts(standings: Standings, ref: str) -> frozenset[str]:
    return standings[ref].facts if ref in standings else frozenset()


def _in(moves: Iterable[_Step]) -> list[_Step]:
    """Those that did not count before first, then by cell."""
    return sorted(moves, key=lambda move: (move[0] or (), move[1] or (), move[2]))


def _counts(standings: Standings) -> Counter[Cell]:
    return Counter(standing.cell for standing in standings.values())


def _change(cell: Cell, counts: tuple[Counter[Cell], Counter[Cell]], moves: Iterable[Move]) -> CellChange:
    came, went = Counter[Reason](), Counter[Reason]()
    for move in moves:
        if move.target == cell:
            came[move.reason] += move.count
        if move.source == cell:
            went[move.reason] += move.count
    return CellChange(cell, counts[0][cell], counts[1][cell], came, went)
