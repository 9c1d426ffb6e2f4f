"""Small cells of a grouped table are hidden, with what would give them away; by municipality nothing is."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from jobpakke.evaluation.disclosure import THRESHOLD, TOTAL, CountTable, safe
from jobpakke.followup.export import rate_cells, status_cells
from jobpakke.followup.groups import Grouping
from jobpakke.followup.hiding import least_shown, without_small_cells
from jobpakke.followup.tables import CITIZENS, COLUMNS, StatusRow, StatusTable
from jobpakke.method.status import SELF_SUPPORT
from jobpakke.web.followup.words import rate_text
from tests.followup.lives import PLACES

ON = date(2009, 9, 1)
SMALL = least_shown([], on=ON)
CODES = ("ordinary", "flex", "")
numbers = st.sampled_from([0, 0, 1, 2, 4, 5, 7, 20])


def table_of(counts: list[list[int]], by: Grouping = Grouping.GOAL) -> StatusTable:
    rows = [
        StatusRow(None, dict(zip(COLUMNS, line, strict=True)), code) for line, code in zip(counts, CODES, strict=False)
    ]
    total = {status: sum(row.counts[status] for row in rows) for status in COLUMNS}
    return StatusTable(ON, tuple(rows), StatusRow(None, total), by)


def test_the_threshold_is_that_of_the_evaluation() -> None:
    assert SMALL == THRESHOLD


@settings(max_examples=25)
@given(counts=st.lists(st.lists(numbers, min_size=6, max_size=6), min_size=1, max_size=3))
def test_no_hidden_number_can_be_worked_out(counts: list[list[int]]) -> None:
    table = without_small_cells(table_of(counts), least=SMALL)
    hidden = set()
    for row, place in [*((row, row.group) for row in table.rows), (table.total, TOTAL)]:
        for status, number, shown in zip(COLUMNS, row.cells, row.shown, strict=True):
            assert shown == (None if status in row.hidden else number)
            assert shown is None or not 0 < shown < SMALL
            assert shown is not None or number > 0
        assert row.shown_citizens is None or row.shown_citizens == 0 or row.shown_citizens >= SMALL
        assert row.hides_rate == bool({*SELF_SUPPORT, CITIZENS} & row.hidden)
        hidden |= {(place, TOTAL if name == CITIZENS else str(name)) for name in row.hidden}
    whole: dict[tuple[str, ...], int] = {
        (row.group, status.value): row.counts[status] for row in table.rows for status in COLUMNS
    }
    assert safe([CountTable((table.by.value, "status"), whole)], [hidden])


def test_what_is_hidden_is_in_no_file_and_no_rate() -> None:
    table = without_small_cells(table_of([[20, 3, 7, 7, 0, 0], [20, 7, 7, 7, 0, 0]]), least=SMALL)
    assert table.rows[0].shown[1] is None
    assert [row[2] for row in status_cells(table)] == ["flex_job", None, None, 10]
    assert [row[0] for row in status_cells(table)] == ["goal", "ordinary", "flex", "total"]
    assert rate_cells(table)[1] == ["ordinary", None, 37, None, None, None]
    assert rate_text(table.rows[0]) in {"hidden", "skjult"}
    assert rate_cells(table)[3][:4] == ["total", 50, 78, 50 / 78]


def test_a_municipality_sees_its_own_small_numbers() -> None:
    row = StatusRow(PLACES[0], dict.fromkeys(COLUMNS, 1))
    table = StatusTable(ON, (row,), StatusRow(None, dict.fromkeys(COLUMNS, 1)))
    assert without_small_cells(table, least=SMALL) == table
    empty = table_of([])
    assert without_small_cells(empty, least=SMALL) == empty
