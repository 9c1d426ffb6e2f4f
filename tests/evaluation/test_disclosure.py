"""Hidden cells against a reader who tries every filling."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobpakke.evaluation.disclosure import Cell, CountTable, Place, hide, protected, safe
from jobpakke.evaluation.faults_curves import CurveFault
from jobpakke.lib.refusal import Refused
from tests.evaluation.rows import rows_of, table

SMALL = 3
"""The threshold of the small worlds a reader can try out."""


@st.composite
def grids(draw: st.DrawFn, rows: int = 3, columns: int = 2, most: int = 6) -> CountTable:
    height, width = draw(st.integers(1, rows)), draw(st.integers(1, columns))
    counts: dict[tuple[str, ...], int] = {
        (f"r{row}", f"c{column}"): draw(st.integers(0, most)) for row in range(height) for column in range(width)
    }
    return CountTable(("row", "column"), counts, totals=draw(st.booleans()))


class Reader:
    """Knows what is printed, that a hidden cell holds somebody, and how totals come about; tries every filling."""

    def __init__(self, tables: Sequence[CountTable], hidden: Sequence[frozenset[Place]]) -> None:
        self.tables, self.hidden = tables, hidden

    def fillings(self, joint: CountTable, *, within: int) -> Iterator[dict[tuple[str, ...], int]]:
        """The fillings of the inner cells of ``joint``, each this near the truth, that show the same tables."""
        inner = list(joint.counts)
        ranges = [
            [joint.counts[place]]
            if self._printed(place, joint)
            else range(max(joint.counts[place] - within, 0), joint.counts[place] + within + 1)
            for place in inner
        ]
        for numbers in product(*ranges):
            filled = CountTable(joint.dimensions, dict(zip(inner, numbers, strict=True)))
            if self._fits(joint, filled):
                yield dict(filled.counts)

    def _printed(self, place: tuple[str, ...], joint: CountTable) -> bool:
        return any(
            each.dimensions == joint.dimensions and place not in hidden
            for each, hidden in zip(self.tables, self.hidden, strict=True)
        )

    def _fits(self, joint: CountTable, filled: CountTable) -> bool:
        for each, hidden in zip(self.tables, self.hidden, strict=True):
            for place in each.places():
                if None in place and not each.totals:
                    continue
                number = filled.count(spread(each, place, joint))
                if (place in hidden and number < 1) or (place not in hidden and number != each.count(place)):
                    return False
        return True


def spread(each: CountTable, place: Place, joint: CountTable) -> Place:
    """A place of one table as a place of the table of all dimensions."""
    values = dict(zip(each.dimensions, place, strict=True))
    return tuple(values.get(name) for name in joint.dimensions)


def pinned(tables: Sequence[CountTable], hidden: Sequence[frozenset[Place]], joint: CountTable) -> set[Cell]:
    """The hidden cells, and small totals that are not printed, for which no filling was found but the true one."""
    secret = {
        each.cell(place): spread(each, place, joint)
        for each, places in zip(tables, hidden, strict=True)
        for place in {*places, *(place for place in each.places() if 0 < each.count(place) < SMALL)}
    }
    left = set(secret)
    for within in (1, 2):
        for filling in Reader(tables, hidden).fillings(joint, within=within):
            filled = CountTable(joint.dimensions, filling)
            left -= {cell for cell in left if filled.count(secret[cell]) != joint.count(secret[cell])}
            if not left:
                return left
    return left


@settings(max_examples=60)
@given(grids())
def test_a_reader_who_tries_every_filling_pins_no_hidden_cell(grid: CountTable) -> None:
    found = hide([grid], threshold=SMALL)
    assert pinned([grid], found.tables, grid) == set()
    small = {place for place in grid.printed() if 0 < grid.count(place) < SMALL}
    assert small <= found.tables[0]
    assert found.primary == len(small)
    assert found.secondary == len(found.tables[0]) - len(small)
    assert all(grid.count(place) > 0 for place in found.tables[0])
    assert safe([grid], found.tables)


@settings(max_examples=40)
@given(st.lists(st.integers(0, 4), min_size=8, max_size=8), st.booleans(), st.booleans())
def test_tables_that_share_totals_are_hidden_together(numbers: list[int], first: bool, second: bool) -> None:
    """Two tables of the same persons, by sex and by age, each with status; a reader knows both."""
    places = list(product(("f", "m"), ("young", "old"), ("job", "benefit")))
    joint = CountTable(("sex", "age", "status"), dict(zip(places, numbers, strict=True)))

    def margin(name: str, *, totals: bool) -> CountTable:
        kept = [joint.dimensions.index(each) for each in (name, "status")]
        counts: dict[tuple[str, ...], int] = {}
        for place, number in joint.counts.items():
            inner = tuple(place[each] for each in kept)
            counts[inner] = counts.get(inner, 0) + number
        return CountTable((name, "status"), counts, totals=totals)

    tables = [margin("sex", totals=first), margin("age", totals=second)]
    found = hide(tables, threshold=SMALL)
    assert pinned(tables, found.tables, joint) == set()
    shared = [{each.cell(place) for place in hidden} for each, hidden in zip(tables, found.tables, strict=True)]
    both = [{each.cell(place) for place in each.printed()} for each in tables]
    assert shared[0] & both[1] == shared[1] & both[0]


@settings(max_examples=30)
@given(st.lists(st.integers(5, 40), min_size=6, max_size=6), st.sampled_from([0, 1, 5]))
def test_where_nothing_is_small_nothing_is_hidden(numbers: list[int], threshold: int) -> None:
    grid = CountTable(("a", "b"), dict(zip(product("xyz", "pq"), [0, *numbers[1:]], strict=True)))
    found = hide([grid], threshold=max(threshold, 1))
    assert (found.tables, found.primary, found.secondary) == ((frozenset(),), 0, 0)


def test_one_small_cell_costs_the_least_rectangle() -> None:
    rows = {"a": (3, 20, 9), "b": (8, 30, 7), "c": (40, 50, 60)}
    grid = CountTable(
        ("row", "column"), {(name, str(place)): n for name, line in rows.items() for place, n in enumerate(line)}
    )
    found = hide([grid])
    assert found.tables[0] == {("a", "0"), ("a", "2"), ("b", "0"), ("b", "2")}
    assert (found.primary, found.secondary) == (1, 3)


def test_totals_can_be_spared() -> None:
    rows = {"a": (20, 3, 8), "b": (20, 11, 0)}
    grid = CountTable(
        ("row", "column"), {(name, str(place)): n for name, line in rows.items() for place, n in enumerate(line)}
    )
    (cheapest,), (spared,) = hide([grid]).tables, hide([grid], spare=100).tables
    assert any(None in place for place in cheapest)
    assert spared == {("a", "0"), ("a", "1"), ("b", "0"), ("b", "1")}
    assert safe([grid], [spared])


def test_a_zero_is_printed_and_hides_nobody() -> None:
    grid = CountTable(("row", "column"), {("a", "0"): 2, ("a", "1"): 0, ("b", "0"): 9, ("b", "1"): 30})
    (hidden,) = hide([grid]).tables
    assert ("a", "1") not in hidden
    assert {("a", "0"), ("a", None)} <= hidden
    assert safe([grid], [hidden])


def test_what_was_hidden_by_hand_is_judged() -> None:
    grid = CountTable(("row", "column"), {("a", "0"): 2, ("a", "1"): 9, ("b", "0"): 9, ("b", "1"): 30})
    assert not safe([grid], [{("a", "0")}])
    assert not safe([grid], [{("a", "0"), ("a", "1"), ("b", "0")}])
    assert safe([grid], [{("a", "0"), ("a", "1"), ("b", "0"), ("b", "1")}])
    assert safe([grid], [set()])


def test_two_ones_that_add_up_to_a_printed_two_are_not_safe() -> None:
    """Each must hold somebody, so each holds one: the total has to go too."""
    grid = CountTable(("row",), {("a",): 1, ("b",): 1, ("c",): 0})
    assert not safe([grid], [{("a",), ("b",)}])
    assert hide([grid], threshold=2).tables[0] == {("a",), ("b",), (None,)}


def test_different_populations_share_nothing() -> None:
    first = CountTable(("row",), {("a",): 2, ("b",): 9, ("c",): 30}, population="2009-09-01")
    second = CountTable(("row",), {("a",): 7, ("b",): 9, ("c",): 30}, population="2010-09-01")
    hidden = hide([first, second]).tables
    assert hidden == (frozenset({("a",), ("b",)}), frozenset())


def test_a_large_note_is_hidden_quickly_and_safely() -> None:
    counts: dict[tuple[str, ...], int] = {
        (f"m{row:02}", f"s{column}"): (row * 7 + column * 13) % 23 for row in range(40) for column in range(6)
    }
    by_status = CountTable(("municipality", "status"), counts)
    found = hide([by_status])
    assert found.primary == sum(0 < by_status.count(place) < 5 for place in by_status.places())
    assert safe([by_status], found.tables)
    assert 0 < found.secondary < found.primary


def test_one_table_ready_to_print() -> None:
    rows = rows_of(
        protected(
            table({"status": ["job", "job", "benefit"], "sex": ["f", "m", "f"]})
            .mutate(persons=3)
            .union(table({"status": ["benefit"], "sex": ["m"]}).mutate(persons=20)),
            dimensions=("status", "sex"),
        )
    )
    shown = {(row["status"], row["sex"]): row["persons"] for row in rows}
    assert shown[None, None] == 29
    assert shown["job", "f"] is None
    assert all((row["persons"] is None) == row["hidden"] for row in rows)
    assert len(rows) == 9


def test_refusals() -> None:
    grid = CountTable(("row",), {("a",): 2})
    for tables, threshold, code in (
        ([grid], 0, CurveFault.BAD_THRESHOLD),
        ([grid, CountTable(("row",), {("a",): 3})], 5, CurveFault.TABLES_DISAGREE),
        ([CountTable(("row",), {("a",): -1})], 5, CurveFault.NEGATIVE_COUNT),
    ):
        with pytest.raises(Refused) as caught:
            hide(tables, threshold=threshold)
        assert [refusal.code for refusal in caught.value.refusals] == [code]
