"""A figure's table on a screen or in a file."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from math import isfinite
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from ibis.backends import BaseBackend
from ibis.expr.types import Table

from jobpakke.evaluation.faults import TableFault, refused


def made(table: Table, kind: str, out: str | None, *, backend: BaseBackend, title: str) -> Callable[[], None]:
    """Makes it as table (plain in a file), csv, json or parquet; what is given back writes or shows it, once no bar
    stands on the screen any more. Refused: CANNOT_WRITE, NEEDS_OUT.
    """
    if kind == "parquet":
        if out is None:
            raise refused(TableFault.NEEDS_OUT)
        _parquet(table, out, backend)
        return lambda: None
    rows = backend.to_pyarrow(table)
    if kind == "table" and out is None and sys.stdout.isatty():
        return lambda: _rich(rows, title)
    text = {"csv": csv_text, "json": json_text, "table": plain_text}[kind](rows)
    return lambda: _put(text, out)


def csv_text(rows: pa.Table) -> str:
    """Comma-separated with a header; a date is YYYY-MM-DD, nothing is empty."""
    buffer = io.StringIO()
    lines = csv.writer(buffer, lineterminator="\n")
    lines.writerow(rows.column_names)
    lines.writerows([_cell(value) for value in row] for row in _rows(rows))
    return buffer.getvalue()


def json_text(rows: pa.Table) -> str:
    """A list of objects; a date is YYYY-MM-DD, nothing is null."""
    objects = [{name: _known(value) for name, value in row.items()} for row in rows.to_pylist()]
    return json.dumps(objects, ensure_ascii=False, indent=2, default=str, allow_nan=False) + "\n"


def plain_text(rows: pa.Table) -> str:
    """Columns under each other; numbers to the right."""
    cells = [rows.column_names, *([_cell(value) for value in row] for row in _rows(rows))]
    widths = [max(len(line[place]) for line in cells) for place in range(rows.num_columns)]
    right = [_is_number(kind) for kind in rows.schema.types]
    lines = (
        "  ".join(
            cell.rjust(width) if is_right else cell.ljust(width)
            for cell, width, is_right in zip(line, widths, right, strict=True)
        ).rstrip()
        for line in cells
    )
    return "\n".join(lines) + "\n"


def _rich(rows: pa.Table, title: str) -> None:
    from rich.console import Console
    from rich.table import Table as Shown
    from rich.text import Text

    shown = Shown(title=title)
    for name, kind in zip(rows.column_names, rows.schema.types, strict=True):
        shown.add_column(Text(name), justify="right" if _is_number(kind) else "left")
    for row in _rows(rows):
        shown.add_row(*(Text(_cell(value)) for value in row))
    Console().print(shown)


def _rows(rows: pa.Table) -> list[tuple[Any, ...]]:
    return list(zip(*(column.to_pylist() for column in rows.columns), strict=True))


def _known(value: object) -> object:
    """A number that is none (NaN, or beyond all numbers) is nothing: JSON has no word for it."""
    return None if isinstance(value, float) and not isfinite(value) else value


def _cell(value: object) -> str:
    value = _known(value)
    return "" if value is None else repr(value) if isinstance(value, float) else str(value)


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind))


def _put(text: str, out: str | None) -> None:
    try:
        if out is None:
            sys.stdout.flush()
            sys.stdout.buffer.write(text.encode())
            sys.stdout.flush()
        else:
            Path(out).write_text(text, encoding="utf-8")
    except OSError as error:
        raise refused(TableFault.CANNOT_WRITE, file=out or "the answer", reason=error.strerror) from error


def _parquet(table: Table, out: str, backend: BaseBackend) -> None:
    """In batches: the answer may be larger than the memory."""
    try:
        Path(out).touch()
        if backend.name == "duckdb":
            backend.to_parquet(table, out)
            return
        batches = backend.to_pyarrow_batches(table)
        with pq.ParquetWriter(out, batches.schema) as writer:
            for batch in batches:
                writer.write_batch(batch)
    except OSError as error:
        raise refused(TableFault.CANNOT_WRITE, file=out, reason=error.strerror or str(error)) from error
