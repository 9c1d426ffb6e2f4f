"""Spells: a status a person has from start up to, not including, end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import ibis
from ibis.expr.types import Table

from jobpakke.evaluation.faults import TableFault, refused
from jobpakke.evaluation.layouts import SPELLS, Kind, Layout

TYPES = {Kind.TEXT: "string", Kind.DATE: "date", Kind.NUMBER: "float64", Kind.WHOLE: "int64"}
Row = tuple[str | date | float | int | None, ...]


def schema(layout: Layout, *groups: str) -> ibis.Schema:
    """The columns of a table of the layout, with group columns of text."""
    return ibis.schema({column.name: TYPES[column.kind] for column in layout.with_groups(*groups).columns})


def table_of(rows: list[Row], layout: Layout = SPELLS, *groups: str) -> Table:
    """A table from rows in the order of the layout's columns: for tests, and for whoever has the rows in hand."""
    return ibis.memtable(rows, schema=schema(layout, *groups))


def groups_of(by: Sequence[str], *taken: str) -> list[str]:
    """The columns to group by, each once. Refused: RESERVED_COLUMN, for a name that the figure itself needs
    (``taken``, or one that ends with an underscore)."""
    found = list(dict.fromkeys(by))
    for name in found:
        if name in taken or name.endswith("_"):
            raise refused(TableFault.RESERVED_COLUMN, column=name)
    return found


def as_recorded(spells: Table, *, by: Sequence[str] = ()) -> Table:
    """The spells themselves, checked: what a weekly register says as spells, or a file in another format.

    Columns: `person_id`, `status`, `start`, `end`, the columns of `by`; in order of person, start and status.
    """
    own = ["person_id", "status", "start", "end"]
    columns = [*own, *groups_of(by, *own)]
    return spells.select(columns).order_by("person_id", "start", "status")
