"""Tables from files: checked whole, by the engine, before anything is computed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import ibis
from ibis.backends import BaseBackend
from ibis.common.exceptions import TableNotFound
from ibis.expr.types import Table
from ibis.util import gen_name

from jobpakke.evaluation import weekly
from jobpakke.evaluation.checks import MOST, ROW, Problem, RowFault, problems_of, refuse
from jobpakke.evaluation.engines import local
from jobpakke.evaluation.faults import TableFault, refused
from jobpakke.evaluation.headers import empty_rows
from jobpakke.evaluation.layouts import SPELLS, Layout
from jobpakke.evaluation.merging import merged
from jobpakke.evaluation.reading import Raw, check_columns, misread, raw_of, read_from_text, readable, rejected, typed
from jobpakke.evaluation.shipping import ship
from jobpakke.evaluation.spells import TYPES


def load(
    backend: BaseBackend,
    file: str,
    layout: Layout,
    *,
    problems: str | None = None,
    codes: str | None = None,
    is_weekly: bool = False,
    merging: Callable[[int], None] | None = None,
) -> Table:
    """The table of the layout in a file, or, on a database or a cluster, the table of that name.

    CSV (comma, semicolon, tab or |; UTF-8) or Parquet. Every row is checked first; what is wrong is told by row and
    column, up to 1,000 rows in the file ``problems``, and nothing is used. ``is_weekly``: the file is a weekly register
    (see ``weekly``), ``codes`` its code map. ``merging``: spells that overlap are taken as one (see ``merged``), and it
    is called with how many were taken into another; without it they are a fault. Refused: every TableFault about a file
    or a table.
    """
    if backend.name != "duckdb" and not Path(file).exists():
        return _named(backend, file, layout, merging)
    if backend.name == "duckdb":
        return _read(backend, file, layout, problems, codes, is_weekly=is_weekly, merging=merging)
    with TemporaryDirectory(prefix="jobpakke-") as folder, closing(local(folder=folder).con) as con:
        reader = ibis.duckdb.from_connection(con)
        table = _read(reader, file, layout, problems, codes, is_weekly=is_weekly, merging=merging)
        return ship(reader, table, backend, name=gen_name("jobpakke"), folder=folder)


Merging = Callable[[int], None] | None


def _read(
    backend: BaseBackend,
    file: str,
    layout: Layout,
    listing: str | None,
    codes: str | None,
    *,
    is_weekly: bool,
    merging: Merging,
) -> Table:
    con: duckdb.DuckDBPyConnection = backend.con
    name = gen_name("jobpakke").lower()
    if is_weekly:
        raw = raw_of(con, file, f"{name}_raw", needed=("person_id", "y_YYWW"), keep=())
        wrong = weekly.make(con, raw, layout, name, codes=codes)
        table = backend.table(name)
        _check(backend, raw, table, layout, listing=listing, found=wrong, apart=False)
        return table.drop(ROW)
    required = tuple(column.name for column in layout.columns if not column.optional)
    raw = raw_of(con, file, f"{name}_raw", needed=required, keep=[column.name for column in layout.columns])
    check_columns(raw, layout)
    con.execute(f"CREATE {'TABLE' if raw.is_csv else 'VIEW'} {name} AS {typed(raw, layout)}")
    table = backend.table(name)
    with readable(file):
        found = misread(con, raw, layout)
        _check(backend, raw, table, layout, listing=listing, found=found, apart=merging is None)
        if merging is not None:
            table = _merged(table, merging)
            _check(backend, raw, table, layout, listing=listing, found=([], 0), is_merged=True)
    if raw.is_csv:
        con.execute(f"DROP TABLE {raw.name}")
    return table.drop(ROW)


def _merged(table: Table, merging: Callable[[int], None]) -> Table:
    one = merged(table)
    before, after = (int(each.count().to_pyarrow().as_py()) for each in (table, one))
    merging(before - after)
    return one


Found = tuple[list[Problem], int]


def _check(
    backend: BaseBackend,
    raw: Raw,
    table: Table,
    layout: Layout,
    *,
    listing: str | None,
    found: Found,
    apart: bool = True,
    is_merged: bool = False,
) -> None:
    """``found``: faults found already, and how many there are in all. Refused: BAD_ROWS."""
    wrong, count = found
    lines = rejected(backend.con, raw)
    faults = problems_of(table, layout, apart=apart, told=read_from_text(raw, layout)).distinct()
    rows = faults.order_by(ROW, "column").limit(MOST).to_pyarrow().to_pylist()
    more = [Problem(row[ROW], row["column"], RowFault(row["fault"])) for row in rows]
    count += len(lines) + (len(rows) if len(rows) < MOST else int(faults.count().to_pyarrow().as_py()))
    refuse(
        raw.file,
        [*lines, *_shifted([*wrong, *more], raw, lines)],
        count=count,
        listing=listing,
        overlaps=_overlaps(layout, is_merged=is_merged),
    )


def _overlaps(layout: Layout, *, is_merged: bool) -> str:
    if layout.name != SPELLS.name:
        return ""
    return "they differ in a column to group by" if is_merged else "--merge takes spells that overlap as one"


def _shifted(problems: list[Problem], raw: Raw, lines: list[Problem]) -> list[Problem]:
    """Rows are counted without the lines that are empty or could not be read; this counts them in."""
    if not problems or not raw.is_csv:
        return problems
    passed = {line.row for line in lines}
    if len(raw.types) > 1:  # an empty line of one column is a row
        passed |= set(empty_rows(raw.file, raw.delimiter, until=max(each.row for each in problems) + len(lines)))
    before = [row - number for number, row in enumerate(sorted(passed))]
    return [replace(each, row=each.row + bisect_right(before, each.row)) for each in problems]


def _named(backend: BaseBackend, name: str, layout: Layout, merging: Merging) -> Table:
    """A table of the database, or a Parquet folder of a cluster. Refused: NO_SUCH_TABLE, MISSING_COLUMN, ..."""
    table = _found(backend, name)
    for column in layout.columns:
        if column.name not in table.columns:
            if column.optional:
                continue
            has = ", ".join(table.columns)
            raise refused(TableFault.MISSING_COLUMN, file=name, missing=column.name, columns=has)
        kind, needed = str(table[column.name].type()), TYPES[column.kind]
        if kind.startswith("timestamp") or (kind.startswith("string") and needed == "date"):
            raise refused(
                TableFault.WRONG_TYPE, column=column.name, file=name, found=kind, needed=f"a {column.kind.value}"
            )
    columns: dict[str, Any] = {
        column.name: table[column.name].cast(TYPES[column.kind])
        for column in layout.columns
        if column.name in table.columns
    }
    table = table.select(**columns)
    if merging is not None:
        table = _merged(table.mutate(**{ROW: ibis.literal(0, "int64")}), merging).drop(ROW)
    faults = problems_of(table, layout).group_by("column", "fault").agg(rows=lambda each: each.count())
    rows = faults.order_by("column", "fault").to_pyarrow().to_pylist()
    wrong = [Problem(0, row["column"], RowFault(row["fault"])) for row in rows]
    refuse(
        name,
        wrong,
        count=sum(row["rows"] for row in rows),
        listing=None,
        overlaps=_overlaps(layout, is_merged=merging is not None),
    )
    return table


def _found(backend: BaseBackend, name: str) -> Table:
    if backend.name == "pyspark" and ("/" in name or name.endswith(".parquet")):
        return backend.read_parquet(name)
    *database, table = name.split(".")
    try:
        found = backend.table(table, database=".".join(database) or None)
    except TableNotFound as error:
        raise refused(TableFault.NO_SUCH_TABLE, table=name) from error
    if backend.name != "postgres":
        return found
    texts = [column for column, kind in found.schema().items() if kind.is_string()]
    collated = ", ".join(
        f'"{column}" COLLATE "C" AS "{column}"' if column in texts else f'"{column}"' for column in found.columns
    )
    where = ".".join(f'"{part}"' for part in name.split("."))
    return backend.sql(f"SELECT {collated} FROM {where}")  # noqa: S608  # names of the catalogue
