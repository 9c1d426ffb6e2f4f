"""``jobpakke followup``: the published tables in three formats, and one line for what cannot be printed."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from jobpakke.cli import main
from tests.cli.shell import one_line
from tests.demo.test_vip2 import TABLE_1, TABLE_2

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "own_folder")]
Capture = pytest.CaptureFixture[str]

STATUS = ["--on", "2009-09-01"]
TARGETS = ["--table", "targets", "--on", "2009-04-30"]
TABLES = pytest.mark.parametrize(
    ("arguments", "published"), [(STATUS, TABLE_2), (TARGETS, TABLE_1)], ids=["status", "targets"]
)
FORMATS = pytest.mark.parametrize("kind", ["table", "csv", "json"])


def printed(capsys: Capture, *arguments: str) -> str:
    assert main(["followup", "VIP2", *arguments]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    return captured.out


def refused(capsys: Capture, *arguments: str) -> str:
    assert main(["followup", *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    return one_line(captured.err)


@TABLES
def test_csv_is_the_published_table(capsys: Capture, arguments: list[str], published: str) -> None:
    assert printed(capsys, *arguments, "--format", "csv") == published


def test_the_packages_of_september_against_the_targets(capsys: Capture) -> None:
    text = printed(capsys, "--table", "targets", "--on", "2009-09-01", "--format", "csv")
    *rows, total = csv.DictReader(io.StringIO(text))
    assert [int(row["packages"]) for row in rows] == [61, 97, 49, 61, 62]
    assert (total["municipality_code"], total["packages"]) == ("total", "330")


@TABLES
def test_json_has_the_same_numbers_as_numbers(capsys: Capture, arguments: list[str], published: str) -> None:
    rows = json.loads(printed(capsys, *arguments, "--format", "json"))
    texts = [{name: "" if cell is None else str(cell) for name, cell in row.items()} for row in rows]
    assert texts == list(csv.DictReader(io.StringIO(published)))
    for row in rows:
        numbers = [cell for name, cell in row.items() if not name.startswith("municipality")]
        assert all(type(number) is int for number in numbers if number is not None)


def test_json_says_null_for_a_target_that_was_not_set(capsys: Capture) -> None:
    rows = json.loads(printed(capsys, *TARGETS, "--format", "json"))
    assert [row["target"] for row in rows] == [25, 10, None, None, 77, 112]


@TABLES
def test_the_table_for_the_eye_is_aligned(capsys: Capture, arguments: list[str], published: str) -> None:
    text = printed(capsys, *arguments, "--format", "table")
    lines = text.splitlines()
    cells = [[cell for cell in row if cell] for row in csv.reader(io.StringIO(published))]
    assert [re.split(r" {2,}", line) for line in lines] == cells
    assert len({len(line) for line in lines}) == 1
    assert len({line.index(f"  {row[1]}") for line, row in zip(lines[:-1], cells[:-1], strict=True)}) == 1


def test_the_table_of_status_for_the_eye_is_what_one_gets_unasked(capsys: Capture) -> None:
    plain = printed(capsys, *STATUS)
    assert plain == printed(capsys, *STATUS, "--table", "status", "--format", "table")


@FORMATS
@TABLES
def test_a_file_gets_the_same_bytes_as_the_screen(
    capsys: Capture, tmp_path: Path, arguments: list[str], published: str, kind: str
) -> None:
    shown = printed(capsys, *arguments, "--format", kind)
    file = tmp_path / "tabel.txt"
    file.write_text("an older and longer file\n" * 1000, encoding="utf-8")
    assert printed(capsys, *arguments, "--format", kind, "--out", str(file)) == ""
    assert file.read_bytes() == shown.encode()
    assert "Århus" in shown


def test_an_unknown_programme_is_answered_with_the_known_ones(capsys: Capture) -> None:
    line = refused(capsys, "VIP9", *STATUS)
    assert "'VIP9'" in line
    assert "VIP2, DRIFT" in line


@pytest.mark.parametrize(
    "written", ["1.9.2009", "2009-02-30", "20090901", "2009-W36-2", "2009-9-1", " 2009-09-01", "", "today"]
)
def test_a_date_has_one_form(capsys: Capture, written: str) -> None:
    line = refused(capsys, "VIP2", "--on", written)
    assert repr(written) in line
    assert "YYYY-MM-DD" in line


@FORMATS
@pytest.mark.parametrize("where", ["missing/tabel.csv", "."], ids=["in no folder", "a folder itself"])
def test_a_file_that_cannot_be_written(capsys: Capture, tmp_path: Path, where: str, kind: str) -> None:
    out = str(tmp_path / where)
    assert out in refused(capsys, "VIP2", *STATUS, "--format", kind, "--out", out)
    assert list(tmp_path.iterdir()) == []
