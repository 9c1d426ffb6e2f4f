"""Rows that cannot be used: found by the engine, told by row and column, all of them before anything is computed."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import ibis
from ibis.expr.types import BooleanValue, Table

from jobpakke.evaluation.faults import TableFault, refused
from jobpakke.evaluation.layouts import Layout
from jobpakke.evaluation.reach import FOR_EVER

MOST = 1000
"""So many rows are listed; more are counted."""
ROW = "row_"


class RowFault(StrEnum):
    """What is wrong with a row."""

    BROKEN_LINE = "BROKEN_LINE"
    NOT_UTF8 = "NOT_UTF8"
    EMPTY = "EMPTY"
    NOT_A_DATE = "NOT_A_DATE"
    NOT_A_NUMBER = "NOT_A_NUMBER"
    NOT_WHOLE = "NOT_WHOLE"
    HAS_TIME = "HAS_TIME"
    TOO_SMALL = "TOO_SMALL"
    END_BEFORE_START = "END_BEFORE_START"
    OVERLAP = "OVERLAP"
    TWICE = "TWICE"


WORDS = {
    RowFault.BROKEN_LINE: "has too few or too many columns, or a quotation mark that is not closed",
    RowFault.NOT_UTF8: "is not UTF-8 text",
    RowFault.EMPTY: "is empty",
    RowFault.NOT_A_DATE: "is not a date YYYY-MM-DD",
    RowFault.NOT_A_NUMBER: "is not a number",
    RowFault.NOT_WHOLE: "is not a whole number",
    RowFault.HAS_TIME: "has a time of day",
    RowFault.TOO_SMALL: "is below what is possible",
    RowFault.END_BEFORE_START: "is before start",
    RowFault.OVERLAP: "lies within an earlier spell of the same kind",
    RowFault.TWICE: "stands in two rows",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault. ``row``: as a spreadsheet counts, the header being 1; 0 where rows have no number. ``shape``: the
    value with 9 for each digit and a for each letter, so that no number of a person is repeated."""

    row: int
    column: str
    fault: RowFault
    shape: str = ""

    @property
    def words(self) -> str:
        """What is wrong, with the column."""
        shape = f" ({self.shape})" if self.shape else ""
        return f"{f'column {self.column} ' if self.column else ''}{WORDS[self.fault]}{shape}"


def problems_of(table: Table, layout: Layout, *, apart: bool = True, told: Collection[str] = ()) -> Table:
    """Rows that break what the layout says: `row_`, `column`, `fault`. The table has its types already.

    ``told``: columns of which it is known where they are empty; ``apart``: look for overlaps."""
    row = table[ROW] if ROW in table.columns else ibis.literal(0, "int64")
    table = table.mutate(**{ROW: row.cast("int64")})
    found = [_among(table, predicate, column, fault) for predicate, column, fault in _rules(table, layout, told)]
    if apart and layout.apart and layout.has_interval:
        late = _overlapping(table, layout)
        found.append(_among(late, late.before_ends > late.start, "start", RowFault.OVERLAP))
    if not found:  # a layout that asks for nothing
        return _among(table, ibis.literal(False), "", RowFault.EMPTY)  # noqa: FBT003
    return ibis.union(found[0], *found[1:]) if len(found) > 1 else found[0]


Rule = tuple[BooleanValue, str, RowFault]


def _rules(table: Table, layout: Layout, told: Collection[str]) -> Iterable[Rule]:
    for column in layout.columns:
        if column.name not in table.columns:
            continue
        if not column.nullable and column.name not in told:
            yield table[column.name].isnull(), column.name, RowFault.EMPTY
        if column.least is not None:
            yield table[column.name] < column.least, column.name, RowFault.TOO_SMALL
    if layout.has_interval:
        yield table.end < table.start, "end", RowFault.END_BEFORE_START


def _among(table: Table, predicate: BooleanValue, column: str, fault: RowFault) -> Table:
    found = table.filter(predicate)
    return found.select(**{ROW: found[ROW]}, column=ibis.literal(column), fault=ibis.literal(fault.value))


def _overlapping(table: Table, layout: Layout) -> Table:
    """Rows with the latest end of the rows before them in the same person and status."""
    lasting = table.filter(table.start.notnull() & (table.end.isnull() | (table.end > table.start)))
    closed = lasting.mutate(closes=lasting.end.fill_null(FOR_EVER))
    before = ibis.window(group_by=list(layout.apart), order_by=["start", ROW], preceding=(None, 1))
    return closed.mutate(before_ends=closed.closes.max().over(before))


def refuse(file: str, problems: Sequence[Problem], *, count: int, listing: str | None, overlaps: str) -> None:
    """Refused: BAD_ROWS, when there is any; CANNOT_WRITE. ``listing``: where to write them all; ``overlaps``: what
    to do about spells that overlap."""
    if not problems:
        return
    told = sorted(problems, key=lambda each: (each.row, each.column, each.fault))[:MOST]
    if listing:
        _write(listing, told)
    more = f", of which {len(told)} are listed" if count > len(told) else ""
    where = f"see {listing}" if listing else "write them all to a file with --problems FILE"
    if overlaps and any(each.fault is RowFault.OVERLAP for each in told):
        where += f"; {overlaps}"
    first = told[0]
    raise refused(
        TableFault.BAD_ROWS,
        file=file,
        count=f"{count} {'fault' if count == 1 else 'faults'}{more}",
        row=first.row or "(without number)",
        problem=first.words,
        listing=where,
    )


def _write(listing: str, problems: Sequence[Problem]) -> None:
    try:
        with Path(listing).open("w", encoding="utf-8", newline="") as opened:
            rows = csv.writer(opened, lineterminator="\n")
            rows.writerow(["row", "column", "fault", "problem"])
            rows.writerows((each.row, each.column, each.fault.value, each.words) for each in problems)
    except OSError as error:
        raise refused(TableFault.CANNOT_WRITE, file=listing, reason=error.strerror) from error
