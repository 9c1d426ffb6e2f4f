"""Small cells of a table that is grouped by anything but the municipality are hidden, and what would give them away.

By municipality nothing is hidden unless the reader asks for it: its own may see it. ``hidden_together`` is for tables
that leave the house. How few are few is one number for all that is shown at once, ``least_shown``, handed through.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from jobpakke.followup.groups import Grouping
from jobpakke.followup.tables import CITIZENS, COLUMNS, StatusRow, StatusTable, TargetRow, TargetTable
from jobpakke.method.rulebook import Limit, rulebook
from jobpakke.packages.rules import rulebooks

if TYPE_CHECKING:
    from jobpakke.evaluation.disclosure import Place

SPARE = 100.0
"""A total is hidden only where nothing else will do: the reader may know it from elsewhere, and wants it most."""
_FURTHER, _EARLY, _SINCE = "further", "early", "since"


def least_shown(municipalities: Iterable[int], *, on: date) -> int:
    """Fewer persons than this are hidden in tables of these municipalities (by key) that are shown on a day, whatever
    day they are of: one more than the small count of the rulebook, or of the one that hides most by its own. One query.
    """
    books = rulebooks(municipalities).values() or [rulebook()]
    return 1 + max(book.value(Limit.SMALL_COUNTS, "most", on=on) for book in books)


def without_small_cells(table: StatusTable, *, least: int) -> StatusTable:
    """The table with what must not be shown marked in its rows; by municipality nothing is: its own may see it.

    The cells come from ``evaluation.disclosure.hide`` on the table alone. A reader who also has the table by
    municipality knows the totals by status from there.
    """
    if table.by is Grouping.MUNICIPALITY or not table.rows:
        return table
    from jobpakke.evaluation.disclosure import CountTable, hide

    counts: dict[tuple[str, ...], int] = {
        (row.group, status.value): row.counts[status] for row in table.rows for status in COLUMNS
    }
    (found,) = hide([CountTable((table.by.value, "status"), counts)], threshold=least, spare=SPARE).tables
    rows = tuple(_marked(row, row.group, found) for row in table.rows)
    return replace(table, rows=rows, total=_marked(table.total, None, found))


def hidden_together(
    status: StatusTable, targets: TargetTable, counted: TargetTable | None = None, *, least: int
) -> tuple[StatusTable, TargetTable, TargetTable | None]:
    """Tables 1 and 2 by municipality, printed together, with what must not be shown marked in all of them.

    What ties them: packages are citizens and their further packages; packages by now are those by the day of counting
    (``counted``) and those since. Packages beyond a citizen's first, and those since, are cells like any other.
    """
    from jobpakke.evaluation.disclosure import CountTable, hide

    codes = [row.municipality.code for row in status.rows if row.municipality]
    cells: dict[tuple[str, ...], int] = {}
    for code, row, started in zip(codes, status.rows, targets.rows, strict=True):
        cells |= {(code, column.value): row.counts[column] for column in COLUMNS}
        cells[code, _FURTHER] = started.packages - row.citizens
    if not cells:
        return status, targets, counted
    tables = [CountTable(("municipality", "status"), cells)]
    if counted is not None:
        begun: dict[tuple[str, ...], int] = {}
        for code, before, after in zip(codes, counted.rows, targets.rows, strict=True):
            begun |= {(code, _EARLY): before.packages, (code, _SINCE): after.packages - before.packages}
        tables.append(CountTable(("municipality", "begun"), begun))
    found = hide(tables, threshold=least, spare=SPARE).tables
    places = [*codes, None]
    now = {place for place in places if (place, None) in found[0]}
    early = {place for place in places if counted is not None and (place, _EARLY) in found[1]}
    return (
        _with(status, codes, found[0]),
        _packages(targets, codes, now),
        None if counted is None else _packages(counted, codes, early),
    )


def _with(table: StatusTable, codes: list[str], found: Collection[Place]) -> StatusTable:
    rows = tuple(_marked(row, code, found) for row, code in zip(table.rows, codes, strict=True))
    return replace(table, rows=rows, total=_marked(table.total, None, found))


def _marked(row: StatusRow, place: str | None, found: Collection[Place]) -> StatusRow:
    """Citizens are hidden where the packages are, or those beyond the first: of two of the three comes the third."""
    hidden = {status for status in COLUMNS if (place, status.value) in found}
    whole = {(place, None), (place, _FURTHER)} & set(found)
    return replace(row, hidden=frozenset({*hidden, CITIZENS} if whole else hidden))


def _packages(table: TargetTable, codes: list[str], hidden: Collection[str | None]) -> TargetTable:
    def marked(row: TargetRow, place: str | None) -> TargetRow:
        return replace(row, is_hidden=place in hidden)

    rows = tuple(marked(row, code) for row, code in zip(table.rows, codes, strict=True))
    return replace(table, rows=rows, total=marked(table.total, None))
