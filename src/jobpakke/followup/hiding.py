"""Small cells of a table that is grouped by anything but the municipality are hidden, and what would give them away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from jobpakke.followup.groups import Grouping
from jobpakke.followup.tables import CITIZENS, COLUMNS, StatusRow, StatusTable
from jobpakke.method.rulebook import Limit, rulebook


def least_shown(*, on: date) -> int:
    """Fewer persons than this are not shown in a table of the day: one more than the rulebook's small count."""
    return rulebook().value(Limit.SMALL_COUNTS, "most", on=on) + 1


def without_small_cells(table: StatusTable) -> StatusTable:
    """The table with what must not be shown marked in its rows; by municipality nothing is: its own may see it.

    The cells come from ``evaluation.disclosure.hide`` on the table alone. A reader who also has the table by
    municipality knows the totals by status from there.
    """
    if table.by is Grouping.MUNICIPALITY or not table.rows:
        return table
    from jobpakke.evaluation.disclosure import TOTAL, CountTable, hide

    counts: dict[tuple[str, ...], int] = {
        (row.group, status.value): row.counts[status] for row in table.rows for status in COLUMNS
    }
    (found,) = hide([CountTable((table.by.value, "status"), counts)], threshold=least_shown(on=table.on)).tables

    def marked(row: StatusRow, group: str | None) -> StatusRow:
        hidden = {status for place, status in found if place == group and status is not TOTAL}
        return replace(row, hidden=frozenset(hidden | ({CITIZENS} if (group, TOTAL) in found else set())))

    rows = tuple(marked(row, row.group) for row in table.rows)
    return replace(table, rows=rows, total=marked(table.total, TOTAL))
