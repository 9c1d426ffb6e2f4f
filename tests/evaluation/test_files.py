"""What is in a file is read whole or refused: every kind of bad input, by row and column."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from ibis.backends import BaseBackend

from jobpakke.evaluation.checks import MOST, WORDS, RowFault
from jobpakke.evaluation.durations import median_duration
from jobpakke.evaluation.engines import engine
from jobpakke.evaluation.faults import sentence
from jobpakke.evaluation.files import load
from jobpakke.evaluation.layouts import DURATIONS, PERSONS, SPELLS, Layout
from jobpakke.evaluation.status_at import status_at
from jobpakke.lib.refusal import Refused
from tests.evaluation.tables import values

HEADER = "person_id,status,start,end\n"
GOOD = [("a", "x", date(2009, 1, 1), None), ("b", "y å", date(2009, 1, 1), date(2009, 6, 1))]


@pytest.fixture(scope="module")
def duck() -> Iterator[BaseBackend]:
    with engine() as backend:
        yield backend


def put(folder: Path, text: str | bytes, name: str = "spells.csv") -> str:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


def listed(listing: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(listing.read_text("utf-8").splitlines()))


def refusal(duck: BaseBackend, file: str, layout: Layout = SPELLS, **more: Any) -> str:
    with pytest.raises(Refused) as caught:
        load(duck, file, layout, **more)
    told = sentence(caught.value)
    assert "\n" not in told
    return f"{caught.value.refusals[0].code}: {told}"


@pytest.mark.parametrize(
    "text",
    [
        HEADER + "a,x,2009-01-01,\nb,y å,2009-01-01,2009-06-01\n",
        "\ufeffperson_id,status,start,end\r\na,x,2009-01-01,\r\nb,y å,2009-01-01,2009-06-01\r\n",
        "Person_ID;Status;START;End\na;x;2009-01-01;\nb;y å;2009-01-01;2009-06-01\n",
        "end\tstart\tnote\tstatus\tperson_id\n\t2009-01-01\t?\tx\ta\n2009-06-01\t2009-01-01\t\ty å\tb\n",
        'person_id|status|start|end\n"a"| x |2009-01-01|""\nb|"y å"|2009-01-01|2009-06-01',
    ],
    ids=["comma", "byte order mark", "semicolon", "tab and another order", "bar and quotation marks"],
)
def test_the_usual_ways_to_write_it(duck: BaseBackend, tmp_path: Path, text: str) -> None:
    found = load(duck, put(tmp_path, text), SPELLS)
    assert values(duck, found.order_by("person_id")) == GOOD
    packed = put(tmp_path, gzip.compress(text.encode()), "spells.csv.gz")
    assert values(duck, load(duck, packed, SPELLS).order_by("person_id")) == GOOD


@pytest.mark.parametrize("kind", [pa.date32(), pa.timestamp("us"), pa.string()])
def test_parquet_with_dates_of_any_kind(duck: BaseBackend, tmp_path: Path, kind: pa.DataType) -> None:
    ends = pa.array([None, date(2009, 6, 1)], pa.date32()).cast(kind)
    table = pa.table({"person_id": [7, 8], "status": ["x", "y"], "start": ends.fill_null(ends[1]), "end": ends})
    path = str(tmp_path / "spells.parquet")
    pq.write_table(table, path)
    found = values(duck, load(duck, path, SPELLS).order_by("person_id"))
    assert found == [("7", "x", date(2009, 6, 1), None), ("8", "y", date(2009, 6, 1), date(2009, 6, 1))]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "EMPTY_FILE"),
        ("\ufeff\n", "EMPTY_FILE"),
        ("person_id:status:start:end\n", "WRONG_DELIMITER"),
        ("person_id,status,start,start,end\n", "DUPLICATE_COLUMN"),
        ("person_id,status,start,Start,end\n", "DUPLICATE_COLUMN"),
        ("person_id,status,start\na,x,2009-01-01\n", "MISSING_COLUMN"),
        (b"\x00\x01\x02\xff", "UNREADABLE_FILE"),
        (b"person_id\x00,status", "UNREADABLE_FILE"),
        ("person_id,status,start,end\n".encode("utf-16"), "UNREADABLE_FILE"),
    ],
)
def test_a_file_that_is_no_table_of_spells(duck: BaseBackend, tmp_path: Path, text: str | bytes, code: str) -> None:
    assert refusal(duck, put(tmp_path, text)).startswith(code)


def test_what_is_no_file(duck: BaseBackend, tmp_path: Path) -> None:
    assert refusal(duck, str(tmp_path)).startswith("NOT_A_FILE")
    assert refusal(duck, str(tmp_path / "none.csv")).startswith("NO_SUCH_FILE")
    assert refusal(duck, put(tmp_path, "a", "spells.xlsx")).startswith("UNKNOWN_FILE_KIND")
    assert refusal(duck, put(tmp_path, "no parquet", "spells.parquet")).startswith("UNREADABLE_FILE")
    assert refusal(duck, put(tmp_path, b"no gzip", "spells.csv.gz")).startswith("UNREADABLE_FILE")


@pytest.mark.parametrize(
    ("line", "column", "fault"),
    [
        (",x,2009-01-01,", "person_id", RowFault.EMPTY),
        ("  ,x,2009-01-01,", "person_id", RowFault.EMPTY),
        ("a,,2009-01-01,", "status", RowFault.EMPTY),
        ("a,x,,", "start", RowFault.EMPTY),
        ("a,x,2009-02-30,", "start", RowFault.NOT_A_DATE),
        ("a,x,01-02-2009,", "start", RowFault.NOT_A_DATE),
        ("a,x,2009-01-01,2009-1-2", "end", RowFault.NOT_A_DATE),
        ("a,x,2009-01-01,2008-12-31", "end", RowFault.END_BEFORE_START),
        ("a,x,2009-01-01", "", RowFault.BROKEN_LINE),
        ("a,x,2009-01-01,,5", "", RowFault.BROKEN_LINE),
        ("z,x,2009-01-03,", "start", RowFault.OVERLAP),
    ],
)
def test_a_row_that_cannot_be_used(duck: BaseBackend, tmp_path: Path, line: str, column: str, fault: RowFault) -> None:
    text = f"{HEADER}y,x,2009-01-01,\nz,x,2009-01-01,2009-01-05\n{line}\nz,y,2009-01-01,\n"
    listing = tmp_path / "problems.csv"
    told = refusal(duck, put(tmp_path, text), problems=str(listing), is_strict=True)
    assert told.startswith("BAD_ROWS")
    assert "row 4" in told
    (found,) = listed(listing)
    assert (found["row"], found["column"], found["fault"]) == ("4", column, fault.value)
    assert WORDS[fault] in found["problem"]


def test_all_bad_rows_are_told_up_to_a_thousand_and_no_number_of_a_person(duck: BaseBackend, tmp_path: Path) -> None:
    bad = "".join(f"0101801234,x,0101{number:06},\n" for number in range(MOST + 5))
    listing = tmp_path / "problems.csv"
    told = refusal(duck, put(tmp_path, HEADER + "short\n" + bad), problems=str(listing))
    assert f"{MOST + 6} faults" in told
    found = listed(listing)
    assert [int(each["row"]) for each in found] == list(range(2, MOST + 2))
    assert "9999999999" in told + found[1]["problem"]
    assert "0101801234" not in listing.read_text("utf-8") + told


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["line feed", "carriage return"])
@pytest.mark.parametrize("packed", [False, True])
def test_rows_are_counted_as_a_spreadsheet_counts_them(
    duck: BaseBackend, tmp_path: Path, end: str, *, packed: bool
) -> None:
    lines = [HEADER.strip(), "a,x,2009-01-01,", "", "b,x,2009-13-01,", "", "", "c,x", f'"d{end}{end}e",x,2009-01-01,']
    lines += ["", "f,,2009-01-01,", "g,x,2009-01-01,", "h,x,2009-02-30,", ""]
    text, listing = end.join(lines).encode(), tmp_path / "problems.csv"
    file = put(tmp_path, gzip.compress(text), "spells.csv.gz") if packed else put(tmp_path, text)
    assert "4 faults; the first: row 4, column start is not a date" in refusal(duck, file, problems=str(listing))
    assert [(row["row"], row["column"]) for row in listed(listing)] == [
        ("4", "start"),
        ("7", ""),
        ("10", "status"),
        ("12", "start"),
    ]


def test_an_empty_line_of_a_single_column_is_a_row(duck: BaseBackend, tmp_path: Path) -> None:
    assert "the first: row 3, column person_id is empty" in refusal(duck, put(tmp_path, "person_id\na\n\nb\n"), PERSONS)


def test_latin_letters_are_told_by_their_row(duck: BaseBackend, tmp_path: Path) -> None:
    told = refusal(duck, put(tmp_path, HEADER.encode() + b"a,x,2009-01-01,\nb,\xe6,2009-01-01,\n"))
    assert "row 3" in told
    assert WORDS[RowFault.NOT_UTF8] in told


def test_spells_that_overlap_are_taken_together_and_counted(duck: BaseBackend, tmp_path: Path) -> None:
    counted: list[int] = []
    file = put(tmp_path, f"{HEADER}a,x,2009-01-01,2009-03-01\na,x,2009-02-01,2009-04-01\nb,x,2009-01-01,\n")
    table = load(duck, file, SPELLS, tell=counted.append)
    assert counted == [1]
    on = [date(2009, 2, 15), date(2009, 3, 15)]
    assert values(duck, status_at(table, on)) == [(on[0], "x", 2), (on[1], "x", 2)]
    assert values(duck, median_duration(table, statuses=["x"], on=date(2009, 5, 1)))[0][1] == 2


def test_an_empty_spell_overlaps_nothing(duck: BaseBackend, tmp_path: Path) -> None:
    text = HEADER + "a,x,2009-01-01,\na,x,2009-02-01,2009-02-01\na,y,2009-02-01,\n"
    assert len(values(duck, load(duck, put(tmp_path, text), SPELLS))) == 3


def test_durations_with_a_decimal_comma(duck: BaseBackend, tmp_path: Path) -> None:
    found = load(duck, put(tmp_path, "duration;event\n1,5;0\n2;1.0\n"), DURATIONS)
    assert values(duck, found) == [(1.5, 0, None, None), (2.0, 1, None, None)]
    for line, fault in [
        ("nan;0", "number"),
        ("x;0", "number"),
        ("1;0,5", "whole"),
        ("-1;0", "below"),
        ("1;-1", "below"),
    ]:
        told = refusal(duck, put(tmp_path, f"duration;event\n{line}\n"), DURATIONS)
        assert fault in told


def test_parquet_of_other_types_is_refused(duck: BaseBackend, tmp_path: Path) -> None:
    path = str(tmp_path / "spells.parquet")
    one = {"person_id": ["a"], "status": ["x"], "start": [date(2009, 1, 1)]}
    pq.write_table(pa.table({**one, "end": [17]}), path)
    assert refusal(duck, path).startswith("WRONG_TYPE")
    pq.write_table(pa.table({**one, "end": [datetime(2009, 1, 2, 3)]}), path)  # noqa: DTZ001  # as files hold it
    assert WORDS[RowFault.HAS_TIME] in refusal(duck, path)


def test_a_listing_that_cannot_be_written(duck: BaseBackend, tmp_path: Path) -> None:
    file = put(tmp_path, HEADER + "a,x,,\n")
    assert refusal(duck, file, problems=str(tmp_path / "no" / "p.csv")).startswith("CANNOT_WRITE")
