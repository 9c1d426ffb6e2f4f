"""Small cells are hidden, and enough others that nobody can work them out from the totals.

Primary: a cell of 1 to ``threshold - 1`` persons. Secondary: others, as few persons as possible, so that every hidden
cell could hold another number and everything published still add up. Zeros are published: that nobody is in a cell
tells nothing about anybody who is, and a zero hides nobody else. Hence a reader knows that a hidden cell holds at least
one person, and is taken to know it here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

import ibis
import numpy as np
from ibis.expr.types import Table
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack

from jobpakke.evaluation.faults import refused
from jobpakke.evaluation.faults_curves import CurveFault

THRESHOLD = 5
MOST = 2
"""How far a cell is moved when another filling is sought: further ones are not tried, which only hides more."""
TOTAL = None
"""In the place of a value: all of them together."""

Place = tuple[str | None, ...]
"""A cell's value in each dimension, TOTAL for all."""
Cell = tuple[str, frozenset[tuple[str, str]]]
"""Whom a cell counts, the same in every table: the population and the values of the dimensions."""
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CountTable:
    """Persons by one or more dimensions. ``counts``: the inner cells; a cell that is not there holds 0.

    ``population`` says who is counted (a date, a filter): only tables with the same population share cells and totals.
    ``totals``: whether the totals are published.
    """

    dimensions: tuple[str, ...]
    counts: Mapping[tuple[str, ...], int]
    population: str = ""
    totals: bool = True

    def values(self, place: int) -> list[str]:
        """The values of a dimension that occur, in order."""
        return sorted({inner[place] for inner in self.counts})

    def places(self) -> list[Place]:
        """Every cell, totals among them, also where a total is not published."""
        return list(product(*([*self.values(place), TOTAL] for place in range(len(self.dimensions)))))

    def printed(self) -> list[Place]:
        """The cells that are published, if not hidden."""
        return [place for place in self.places() if self.totals or TOTAL not in place]

    def count(self, place: Place) -> int:
        """How many persons are in a cell."""
        return sum(
            number
            for inner, number in self.counts.items()
            if all(value in {TOTAL, mine} for value, mine in zip(place, inner, strict=True))
        )

    def cell(self, place: Place) -> Cell:
        """What the cell is called across tables."""
        pairs = ((name, value) for name, value in zip(self.dimensions, place, strict=True) if value is not None)
        return self.population, frozenset(pairs)


@dataclass(frozen=True, slots=True)
class Hidden:
    """What must not be printed, a set of places for each table in order; ``primary`` counts the small cells."""

    tables: tuple[frozenset[Place], ...]
    primary: int
    secondary: int


def hide(tables: Sequence[CountTable], *, threshold: int = THRESHOLD, spare: float = 1.0) -> Hidden:
    """The cells of all the tables, printed together, that must be hidden.

    What a reader knows: a whole number >= 1 in each hidden cell, every published number, and that each total is the sum
    of its parts (in every table, for every dimension; a total is one number wherever it is printed). A hidden cell is
    safe when other whole numbers fit all that and differ in it. For each small cell that is not safe yet, a
    mixed-integer programme (HiGHS by SciPy) finds the cheapest further cells, each at 1 + its persons, that let it
    differ (a total at ``spare`` times as much: with 100, totals are hidden only where nothing else will do); those then
    differ with it, so they are safe too. Last, cells that turned out not to be needed are given
    back. The result is safe in whatever order; it is the least for one small cell, and nearly for several.

    A share or mean computed from a hidden cell must be hidden too: that is the caller's part.

    Refused: BAD_THRESHOLD, TABLES_DISAGREE (a shared cell has two numbers), NEGATIVE_COUNT.
    """
    if threshold < 1:
        raise refused(CurveFault.BAD_THRESHOLD, value=threshold)
    system = _System.of(tables)
    small = [place for place, number in enumerate(system.counts) if 0 < number < threshold]
    hidden = _protected(system, small, spare)
    names = {system.cells[place] for place in hidden}
    found = tuple(frozenset(place for place in each.printed() if each.cell(place) in names) for each in tables)
    printed = {system.cells[place] for place in hidden if place not in system.unprinted}
    primary = len(printed & {system.cells[place] for place in small})
    return Hidden(found, primary, len(printed) - primary)


def safe(tables: Sequence[CountTable], hidden: Sequence[Iterable[Place]]) -> bool:
    """Whether each hidden cell could hold another number: the reader's side, for checking what somebody hid by hand."""
    system = _System.of(tables)
    names = {each.cell(place) for each, places in zip(tables, hidden, strict=True) for place in places}
    free = {place for place, cell in enumerate(system.cells) if cell in names} | system.unprinted
    return _all_safe(system, free - system.unprinted)


def pinned(tables: Sequence[CountTable], hidden: Sequence[Iterable[Place]], *, threshold: int = THRESHOLD) -> bool:
    """Whether a hidden cell of 1 to ``threshold - 1`` could hold no other number, for a reader who knows all the rest,
    every total too. Of what was hidden by hand: zeros may be among it, and the reader does not know which they are."""
    system = _System.of(tables)
    names = {each.cell(place) for each, places in zip(tables, hidden, strict=True) for place in places}
    free = {place for place, cell in enumerate(system.cells) if cell in names}
    unsafe = {place for place in free if 0 < system.counts[place] < threshold}
    while unsafe:
        shift = system.shift(min(unsafe), free, zeros=True)
        if shift is None:
            return True
        unsafe -= set(np.flatnonzero(shift).tolist())
    return False


def protected(table: Table, *, dimensions: Sequence[str], count: str = "persons", threshold: int = THRESHOLD) -> Table:
    """One table ready to print: its cells and totals (a total has an empty value), what must be hidden left empty.

    Columns: the dimensions, ``count``'s column, ``hidden``. For tables printed together ask ``hide`` for all at once.
    Refused: BAD_THRESHOLD, NEGATIVE_COUNT.
    """
    counts: dict[tuple[str, ...], int] = {}
    for row in table.select(*dimensions, count).to_pyarrow().to_pylist():
        inner = tuple(str(row[name] or "") for name in dimensions)
        counts[inner] = counts.get(inner, 0) + int(row[count])
    whole = CountTable(tuple(dimensions), counts)
    (hidden,) = hide([whole], threshold=threshold).tables
    rows = [
        (*place, None if place in hidden else whole.count(place), place in hidden)
        for place in sorted(whole.places(), key=lambda each: [(value is TOTAL, value or "") for value in each])
    ]
    types = {**dict.fromkeys(dimensions, "string"), count: "int64", "hidden": "boolean"}
    return ibis.memtable(rows, schema=ibis.schema(types))


@dataclass(frozen=True, slots=True)
class _System:
    """Cells as columns, totals as rows: ``sums @ counts == 0``. ``unprinted``: totals that no table prints."""

    cells: list[Cell]
    counts: NDArray[np.int64]
    sums: csr_array
    unprinted: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, tables: Sequence[CountTable]) -> _System:
        counts, printed = _counted(tables)
        number_of = {cell: number for number, cell in enumerate(counts)}
        sums = {total: parts for table in tables for total, parts in _sums(table, number_of)}
        entries = [
            (row, column, sign)
            for row, ((total, _), parts) in enumerate(sums.items())
            for column, sign in [(total, -1.0), *((part, 1.0) for part in parts)]
        ]
        rows, columns, signs = zip(*entries, strict=True) if entries else ((), (), ())
        matrix = csr_array((signs, (rows, columns)), shape=(len(sums), len(counts)), dtype=float)
        unprinted = {number_of[cell] for cell in counts if cell not in printed}
        return cls(list(counts), np.array(list(counts.values()), dtype=np.int64), matrix, unprinted)

    def shift(
        self, place: int, free: set[int], cost: Floats | None = None, *, zeros: bool = False
    ) -> NDArray[np.int64] | None:
        """Whole numbers to add to the counts, not 0 at ``place``, so that all still adds up; None if there are none.

        Only the cells in ``free`` move, and with ``cost`` the others that hold anybody, as cheaply as can be. They hold
        at least 1, or with ``zeros`` 0.
        """
        both = [self._shift(place, sign, free, cost, zeros=zeros) for sign in (1, -1)]
        found = [each for each in both if each is not None]
        return min(found, key=lambda each: each[0])[1] if found else None

    def _shift(
        self, place: int, sign: int, free: set[int], cost: Floats | None, *, zeros: bool
    ) -> tuple[float, NDArray[np.int64]] | None:
        size = len(self.cells)
        moves = np.zeros(size, dtype=bool)
        moves[list(free)] = True
        if cost is not None:
            moves |= self.counts > 0
        inner = np.array(sorted(free - self.unprinted), dtype=np.int64)
        least = 1 if not zeros and (self.counts[inner] > 0).all() else 0
        low = np.where(moves, np.maximum(least - self.counts, -MOST), 0).astype(float)
        beside = sorted(self.unprinted)
        low[beside] = np.maximum(-self.counts[beside], -MOST)
        high = np.where(moves, float(MOST), 0.0)
        low[place], high[place] = (1, high[place]) if sign > 0 else (low[place], -1)
        if low[place] > high[place]:
            return None
        price = np.zeros(size) if cost is None else np.where(np.isin(np.arange(size), list(free)), 0.0, cost)
        return self._cheapest(low, high, price)

    def _cheapest(self, low: Floats, high: Floats, price: Floats) -> tuple[float, NDArray[np.int64]] | None:
        """The shift within the bounds whose moved cells cost least: a whole variable says whether each is moved."""
        size = len(price)
        paid = np.flatnonzero((price > 0) & (high > low))
        pick = csr_array((np.ones(len(paid)), (np.arange(len(paid)), paid)), shape=(len(paid), size))
        flag = csr_array((np.ones(len(paid)), (np.arange(len(paid)), np.arange(len(paid)))), shape=(len(paid),) * 2)
        nothing = csr_array((self.sums.shape[0], len(paid)))
        constraints = [LinearConstraint(hstack([self.sums, nothing]), 0, 0)]
        if len(paid):
            constraints += [
                LinearConstraint(hstack([pick, -flag.multiply(high[paid])]), -np.inf, 0),
                LinearConstraint(hstack([pick, -flag.multiply(low[paid])]), 0, np.inf),
            ]
        solved = milp(
            np.concatenate((np.full(size, 0.0), price[paid])),
            integrality=np.ones(size + len(paid)),
            bounds=Bounds(np.concatenate((low, np.zeros(len(paid)))), np.concatenate((high, np.ones(len(paid))))),
            constraints=constraints,
        )
        if solved.x is None:
            return None
        shift = np.rint(solved.x[:size]).astype(np.int64)
        return float(price[np.flatnonzero(shift)].sum()), shift


def _counted(tables: Sequence[CountTable]) -> tuple[dict[Cell, int], set[Cell]]:
    """Each cell's persons, and the cells that some table prints."""
    counts: dict[Cell, int] = {}
    printed: set[Cell] = set()
    for table in tables:
        for place in table.places():
            cell, number = table.cell(place), table.count(place)
            if number < 0:
                raise refused(CurveFault.NEGATIVE_COUNT, cell=_shown(cell), count=number)
            if counts.setdefault(cell, number) != number:
                raise refused(CurveFault.TABLES_DISAGREE, cell=_shown(cell), one=counts[cell], other=number)
        printed |= {table.cell(place) for place in table.printed()}
    return counts, printed


def _sums(table: CountTable, number_of: Mapping[Cell, int]) -> Iterable[tuple[tuple[int, str], list[int]]]:
    """Each total with the parts it is the sum of, once for each dimension it sums over."""
    for place in table.places():
        for position, value in enumerate(place):
            if value is not TOTAL:
                continue
            parts = [(*place[:position], each, *place[position + 1 :]) for each in table.values(position)]
            yield (
                (number_of[table.cell(place)], table.dimensions[position]),
                [number_of[table.cell(part)] for part in parts],
            )


def _protected(system: _System, small: Sequence[int], spare: float) -> set[int]:
    """The small cells and the further ones that keep them safe."""
    cost: Floats = 1.0 + system.counts.astype(np.float64)
    totals = (system.sums < 0).nonzero()[1]
    cost[totals] *= spare
    hidden, unsafe = set(small) | system.unprinted, set(small)
    for place in sorted(small, key=lambda each: (-system.counts[each], each)):
        if place in unsafe:
            shift = system.shift(place, hidden, cost)
            if shift is None:  # cannot be: one person more in the cell and in all its totals always adds up
                raise AssertionError(_shown(system.cells[place]))
            moved = set(np.flatnonzero(shift).tolist())
            hidden |= moved
            unsafe -= moved
    return _given_back(system, set(small), (hidden - system.unprinted) | set(small), cost)


def _given_back(system: _System, small: set[int], hidden: set[int], cost: Floats) -> set[int]:
    """Without the further cells that all the hidden ones are safe without; the dearest is tried first."""
    for place in sorted(hidden - small, key=lambda each: (-cost[each], each)):
        fewer = hidden - {place}
        if _all_safe(system, fewer):
            hidden = fewer
    return hidden


def _all_safe(system: _System, hidden: set[int]) -> bool:
    free, unsafe = hidden | system.unprinted, set(hidden)
    while unsafe:
        shift = system.shift(min(unsafe), free)
        if shift is None:
            return False
        unsafe -= set(np.flatnonzero(shift).tolist())
    return True


def _shown(cell: Cell) -> str:
    population, pairs = cell
    return ", ".join([*([population] if population else []), *(f"{name}={value}" for name, value in sorted(pairs))])
