"""Spells: a status a person has from start up to, not including, end."""

from __future__ import annotations

from datetime import date

import ibis
from ibis.expr.types import Table

from jobpakke.evaluation.layouts import SPELLS, Kind, Layout

TYPES = {Kind.TEXT: "string", Kind.DATE: "date", Kind.NUMBER: "float64", Kind.WHOLE: "int64"}
Row = tuple[str | date | float | int | None, ...]


def schema(layout: Layout, *groups: str) -> ibis.Schema:
    """The columns of a table of the layout, with group columns of text."""
    return ibis.schema({column.name: TYPES[column.kind] for column in layout.with_groups(*groups).columns})


def table_of(rows: list[Row], layout: Layout = SPELLS, *groups: str) -> Table:
    """A table from rows in the order of the layout's columns: for tests, and for whoever has the rows in hand."""
    return ibis.memtable(rows, schema=schema(layout, *groups))
