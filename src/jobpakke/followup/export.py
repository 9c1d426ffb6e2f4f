"""The tables as rows of plain cells, and as files. Column names are part of the interface."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping

from jobpakke.access.models import Municipality
from jobpakke.followup.tables import COLUMNS, StatusTable, TargetTable

Cells = list[list[str | int | None]]
"""A header and rows."""

FORMATS: Mapping[str, str] = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
TOTAL = "total"


def status_cells(table: StatusTable) -> Cells:
    """Header, a row a municipality, the total."""
    cells: Cells = [["municipality_code", "municipality", *(column.value for column in COLUMNS), "citizens"]]
    for row in (*table.rows, table.total):
        cells.append([*_place(row.municipality), *row.cells, row.citizens])
    return cells


def target_cells(table: TargetTable) -> Cells:
    """Header, a row a municipality, the total; an unknown target is empty."""
    cells: Cells = [["municipality_code", "municipality", "target", "packages"]]
    for row in (*table.rows, table.total):
        cells.append([*_place(row.municipality), row.target, row.packages])
    return cells


def written(cells: Cells, kind: str) -> str:
    """The cells as ``csv`` or ``json`` (a list of objects)."""
    if kind == "json":
        header, *rows = cells
        objects = [dict(zip((str(name) for name in header), row, strict=True)) for row in rows]
        return json.dumps(objects, ensure_ascii=False, indent=2) + "\n"
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(cells)
    return buffer.getvalue()


def _place(municipality: Municipality | None) -> tuple[str, str]:
    return (TOTAL, "") if municipality is None else (municipality.code, municipality.name)
