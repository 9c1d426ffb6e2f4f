"""``jobpakke evaluate``: figures from files, in every form, and refusals in one line."""

from __future__ import annotations

import csv
import io
import json
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from jobpakke.cli import main
from jobpakke.evaluation.faults import SENTENCES, TableFault
from jobpakke.evaluation.figure import Figure
from jobpakke.evaluation.figures import FIGURES
from jobpakke.evaluation.writing import csv_text, json_text
from tests.cli.shell import jobpakke, one_line, refusal

SPELLS = """person_id,status,start,end,municipality
a,ordinary_job,2009-01-01,,Århus
b,cash_benefit,2009-01-01,2009-06-01,Slagelse
b,flex_job,2009-06-01,,Slagelse
"""
ASKED = ("--on", "2009-07-01", "--on", "2009-01-01", "--by", "municipality")


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "spells.csv"
    path.write_text(SPELLS, encoding="utf-8")
    return str(path)


def test_a_figure_in_every_form(file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["evaluate", "status-at", file, *ASKED]
    assert main([*command, "--format", "csv"]) == 0
    lines = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(lines) == 12
    assert [line["persons"] for line in lines if line["on"] == "2009-07-01"] == ["0", "1", "0", "1", "0", "0"]
    assert main([*command, "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [{name: str(value) for name, value in row.items()} for row in told] == lines
    assert main(command) == 0
    header, *body = capsys.readouterr().out.splitlines()
    assert header.split() == ["on", "municipality", "status", "persons"]
    assert [line.split() for line in body] == [list(line.values()) for line in lines]
    out = tmp_path / "answer.parquet"
    assert main([*command, "--format", "parquet", "--out", str(out), "--progress"]) == 0
    assert pq.read_table(out).num_rows == 12
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("terminal", "asked", "expected"),
    [(True, [], True), (False, [], False), (True, ["--no-progress"], False), (False, ["--progress"], True)],
)
def test_a_bar_is_shown_on_a_terminal_or_where_it_is_asked_for(
    file: str, monkeypatch: pytest.MonkeyPatch, terminal: bool, asked: list[str], expected: bool
) -> None:
    seen: list[bool] = []

    def shown(_backend: object, *, wanted: bool) -> AbstractContextManager[None]:
        seen.append(wanted)
        return nullcontext()

    monkeypatch.setattr("jobpakke.evaluation.progress.shown", shown)
    monkeypatch.setattr("sys.stderr.isatty", lambda: terminal)
    assert main(["evaluate", "status-at", file, *ASKED, *asked]) == 0
    assert seen == [expected]


def test_the_installed_command_writes_a_file(file: str, tmp_path: Path) -> None:
    out = tmp_path / "answer.csv"
    done = jobpakke(
        "evaluate", "self-support", file, "--on", "2009-07-01", "--format", "csv", "--out", str(out), folder=tmp_path
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert out.read_text("utf-8").splitlines()[1].startswith("2009-07-01,2,2,1.0,")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--on", "01-07-2009"], "'01-07-2009' is not a date"),
        (["--on", "9999-12-31"], "--on: 9999-12-31 is outside 1900-01-01 to 2199-12-31"),
        (["--on", "0001-01-01"], "--on: 0001-01-01 is outside 1900-01-01"),
        (["--on", "2009-07-01", "--by", "kommune"], "lacks the column kommune; it has: person_id, status"),
        (["--on", "2009-07-01", "--by", "status"], "needs the name status itself"),
        (["--on", "2009-07-01", "--precedence", "flex_job,jobb"], "no spell has the status jobb; the table has: cash_"),
        (["--on", "2009-07-01", "--precedence", ""], "--precedence: name at least one"),
        (["--on", "2009-07-01", "--format", "parquet"], "--out"),
        (["--on", "2009-07-01", "--out", "no/such/folder"], "cannot write no/such/folder"),
        (["--on", "2009-07-01", "--format", "parquet", "--out", "no/such/folder"], "cannot write no/such/folder"),
        (["--on", "2009-07-01", "--engine", "postgres"], "--url"),
        (["--on", "2009-07-01", "--weekly"], "y_YYWW"),
        (["--on", "2009-07-01", "--population", "none.csv"], "no file none.csv"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    file: str, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main(["evaluate", "status-at", file, *arguments]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert said in one_line(told.err)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--problems", "spells.csv"),
        ("--out", "../{}/spells.csv", "--format", "csv"),
        ("--out", "codes.csv", "--weekly", "--codes", "codes.csv"),
        ("--out", "same.csv", "--problems", "same.csv"),
    ],
)
def test_nothing_that_is_read_is_written_over(
    file: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("codes.csv").write_text("code,status\n", encoding="utf-8")
    asked = [each.format(tmp_path.name) for each in arguments]
    assert main(["evaluate", "status-at", file, "--on", "2009-07-01", *asked]) == 2
    assert f"{arguments[0]} would overwrite" in one_line(capsys.readouterr().err)
    assert Path(file).read_text(encoding="utf-8") == SPELLS
    assert sorted(path.name for path in tmp_path.iterdir()) == ["codes.csv", "spells.csv"]


def test_a_number_that_is_none_is_nothing_in_a_file() -> None:
    rows = pa.table({"share": [0.5, float("nan"), float("inf"), None]})
    assert json.loads(json_text(rows)) == [{"share": 0.5}, *[{"share": None}] * 3]
    assert csv_text(rows).split("\n")[1:4] == ["0.5", '""', '""']


@pytest.mark.parametrize("level", ["x", "2", "nan", "inf"])
def test_a_number_is_a_number(file: str, capsys: pytest.CaptureFixture[str], level: str) -> None:
    assert main(["evaluate", "self-support", file, "--on", "2009-07-01", "--level", level]) == 2
    assert "--level" in one_line(capsys.readouterr().err)


def test_a_misspelt_numerator_is_not_nobody(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["evaluate", "self-support", file, "--on", "2009-07-01", "--numerator"]
    assert main([*command, "ordinary"]) == 2
    assert "no spell has the status ordinary" in one_line(capsys.readouterr().err)
    for known in ("disability_pension", "resting,flex_job"):
        assert main([*command, known, "--default-status", "resting", "--precedence", "in_package,resting"]) == 0
    capsys.readouterr()


def test_bad_rows_are_listed_and_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text(SPELLS + "c,x,2009-13-01,,X\n,x,2009-01-01,,X\n", encoding="utf-8")
    arguments = ("evaluate", "status-at", "bad.csv", "--on", "2009-07-01", "--problems", "problems.csv")
    line = refusal(jobpakke(*arguments, folder=tmp_path))
    assert "2 faults; the first: row 5, column start is not a date" in line
    assert len((tmp_path / "problems.csv").read_text("utf-8").splitlines()) == 3


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.name)
def test_every_figure_has_its_help_with_an_example(figure: Figure, capsys: pytest.CaptureFixture[str]) -> None:
    name = figure.name
    with pytest.raises(SystemExit) as stopped:
        main(["evaluate", name, "--help"])
    assert stopped.value.code == 0
    told = " ".join(capsys.readouterr().out.split())
    assert f"Example: jobpakke evaluate {name} " in told


def test_every_figure_says_what_it_is() -> None:
    assert len({figure.name for figure in FIGURES}) == len(FIGURES)
    for figure in FIGURES:
        assert len((figure.load().__doc__ or "").splitlines()) > 3, figure.name
        assert figure.example.startswith(f"jobpakke evaluate {figure.name} ")


def test_every_fault_has_a_sentence() -> None:
    assert set(TableFault) <= set(SENTENCES)
