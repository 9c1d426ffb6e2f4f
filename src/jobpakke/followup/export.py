"""The tables as rows of plain cells, and as files. Column names are part of the interface."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping

from jobpakke.access.models import Municipality
from jobpakke.followup.groups import Grouping
from jobpakke.followup.tables import COLUMNS, StatusRow, StatusTable, TargetTable
from jobpakke.lib.texts import harmless

Cells = list[list[str | int | float | None]]
"""A header and rows."""

FORMATS: Mapping[str, str] = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
TOTAL = "total"
UNKNOWN = "unknown"
"""Instead of the code of a group, of those of whom none is recorded."""


def status_cells(table: StatusTable) -> Cells:
    """Header, a row a municipality (or another group), the total; what must not be shown is empty."""
    cells: Cells = [[*_whose(table.by), *(column.value for column in COLUMNS), "citizens"]]
    for row in (*table.rows, table.total):
        cells.append([*_who(table, row), *row.shown, row.shown_citizens])
    return cells


def rate_cells(table: StatusTable) -> Cells:
    """Self-support by row and in total, with Wilson's 95 % interval as shares of 1; empty where it must not be shown,
    or of nobody."""
    cells: Cells = [[*_whose(table.by), "self_supporting", "citizens", "rate", "low", "high"]]
    for row in (*table.rows, table.total):
        rate, interval = row.self_support_rate, row.interval
        if row.hides_rate or rate is None or interval is None:
            cells.append([*_who(table, row), None, row.shown_citizens, None, None, None])
        else:
            cells.append([*_who(table, row), row.self_supporting, row.citizens, float(rate), *interval])
    return cells


def target_cells(table: TargetTable) -> Cells:
    """Header, a row a municipality, the total; an unknown target is empty, and so is what must not be shown."""
    cells: Cells = [["municipality_code", "municipality", "target", "packages"]]
    for row in (*table.rows, table.total):
        cells.append([*_place(row.municipality), row.target, row.shown])
    return cells


def written(cells: Cells, kind: str) -> str:
    """The cells as ``csv``, in which no text begins a formula, or ``json`` (a list of objects)."""
    if kind == "json":
        header, *rows = cells
        objects = [dict(zip((str(name) for name in header), row, strict=True)) for row in rows]
        return json.dumps(objects, ensure_ascii=False, indent=2) + "\n"
    buffer = io.StringIO()
    harmless_cells = ([harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in cells)
    csv.writer(buffer, lineterminator="\n").writerows(harmless_cells)
    return buffer.getvalue()


def _whose(by: Grouping) -> list[str]:
    return ["municipality_code", "municipality"] if by is Grouping.MUNICIPALITY else [by.value]


def _who(table: StatusTable, row: StatusRow) -> tuple[str, ...]:
    if table.by is Grouping.MUNICIPALITY:
        return _place(row.municipality)
    return (TOTAL,) if row is table.total else (row.group or UNKNOWN,)


def _place(municipality: Municipality | None) -> tuple[str, str]:
    return (TOTAL, "") if municipality is None else (municipality.code, municipality.name)
