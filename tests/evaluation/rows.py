"""Small tables of durations and spells for the tests of curves, and their answers as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ibis
import pyarrow as pa
from ibis.expr.types import Table

TYPES = {"duration": pa.float64(), "entry": pa.float64(), "event": pa.int64(), "start": pa.date32(), "end": pa.date32()}
Row = dict[str, Any]


def table(columns: Mapping[str, Sequence[Any]]) -> Table:
    """A table of columns; names tell the types, others are text."""
    return ibis.memtable(
        pa.table({name: pa.array(list(values), TYPES.get(name, pa.string())) for name, values in columns.items()})
    )


def rows_of(found: Table) -> list[Row]:
    """Every row as a dict, in the order of the table."""
    listed: list[Row] = found.to_pyarrow().to_pylist()
    return listed


def select(rows: list[Row], **wanted: object) -> list[Row]:
    """The rows whose columns hold these values."""
    return [row for row in rows if all(row[name] == value for name, value in wanted.items())]
