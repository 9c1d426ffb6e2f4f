"""Small tables, random and fixed, and what an expression says of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import ibis
from hypothesis import strategies as st
from ibis.expr.types import Table

from jobpakke.evaluation.layouts import ACTIVITIES, PACKAGES, SPELLS, STUDY, TARGETS
from jobpakke.evaluation.spells import Row, table_of

DUCKDB = ibis.duckdb.connect()
DAY = date(2009, 1, 1)
STATUSES = ("cash_benefit", "flex_job", "in_package", "ordinary_job", "other", "zz")
days = st.integers(0, 40).map(lambda number: DAY + timedelta(days=number))
ends = st.one_of(st.none(), days)
persons = st.sampled_from("abcd")
groups = st.sampled_from(["", "X", "Y", "Å"])


def _forward(row: Row) -> bool:
    start, end = row[2], row[3]
    return end is None or (isinstance(start, date) and isinstance(end, date) and start <= end)


spell_rows = st.lists(
    st.tuples(persons, st.sampled_from(STATUSES), days, ends, groups).filter(_forward), min_size=1, max_size=12
)
"""Spells that may overlap, also within a status; persons in several groups."""


def rows(table: Table) -> list[tuple[Any, ...]]:
    """The rows as DuckDB gives them, in their order."""
    return values(DUCKDB, table)


def values(backend: Any, table: Table) -> list[tuple[Any, ...]]:
    """The rows as an engine gives them, in their order."""
    found = backend.to_pyarrow(table)
    return [tuple(row.values()) for row in found.to_pylist()]


def spells(of: list[Row]) -> Table:
    """Spells with one group column, `place`."""
    return table_of(of, SPELLS, "place")


SPELLS_2009 = spells(
    [
        ("a", "ordinary_job", date(2009, 1, 1), None, "Århus"),
        ("b", "cash_benefit", date(2009, 1, 1), date(2009, 6, 1), "Slagelse"),
        ("b", "flex_job", date(2009, 6, 1), date(2010, 1, 1), "Slagelse"),
        ("c", "other", date(2009, 3, 1), date(2009, 9, 2), "Zealand"),
        ("c", "in_package", date(2009, 3, 1), date(2009, 9, 1), "Aabenraa"),
        ("d", "zz", date(2008, 3, 1), date(2008, 9, 1), None),
    ]
)
PACKAGES_2009 = table_of(
    [
        ("a", "1", date(2009, 1, 1), date(2009, 12, 31), "X"),
        ("b", "2", date(2009, 1, 1), None, "Y"),
        ("b", "3", date(2009, 5, 1), date(2009, 5, 1), "Y"),
    ],
    PACKAGES,
    "place",
)
ACTIVITIES_2009 = table_of(
    [
        ("1", date(2009, 1, 10), date(2009, 2, 1)),
        ("1", date(2009, 1, 15), date(2009, 3, 1)),
        ("1", date(2009, 6, 1), None),
        ("9", date(2009, 6, 1), None),
    ],
    ACTIVITIES,
)
TARGETS_2009 = table_of([(5, "X"), (None, "Z"), (0, "W")], TARGETS, "place")
STUDY_2009 = table_of(
    [
        (str(number * 7 % 3 % 2), str(number % 5 + number // 6), str(20 + number * 11 % 17), "ab"[number % 2])
        for number in range(24)
    ],
    STUDY,
    "treated",
    "outcome",
    "age",
    "place",
)
"""A treatment, what came of it, a number and a text beside."""
