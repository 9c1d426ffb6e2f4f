"""Spells that overlap, taken as one, against looking at each day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from ibis.backends import BaseBackend

from jobpakke.cli import main
from jobpakke.evaluation.engines import engine
from jobpakke.evaluation.files import load
from jobpakke.evaluation.layouts import SPELLS
from jobpakke.evaluation.merging import merged
from jobpakke.evaluation.spells import Row, table_of
from jobpakke.lib.refusal import Refused
from tests.evaluation.tables import DAY, rows, spell_rows

HEADER = "person_id,status,start,end,place\n"
OVERLAPPING = HEADER + "a,x,2009-01-01,2009-02-01,P\na,x,2009-01-20,,P\nb,x,2009-01-01,2009-01-05,P\n"
OF_TWO_PLACES = OVERLAPPING + "b,x,2009-01-03,2009-01-09,Q\n"
LAST = DAY + timedelta(days=60)


@pytest.fixture(scope="module")
def duck() -> Iterator[BaseBackend]:
    with engine() as backend:
        yield backend


def held(of: list[Row]) -> Counter[tuple[Row, date]]:
    """How many spells of the same person, status and place hold on each day."""
    found: Counter[tuple[Row, date]] = Counter()
    for person, status, start, end, place in of:
        assert isinstance(start, date)
        day, stop = start, end if isinstance(end, date) else LAST
        while day < stop:
            found[(person, status, place), day] += 1
            day += timedelta(days=1)
    return found


@settings(max_examples=40)
@given(of=spell_rows)
def test_each_day_is_held_once_and_no_day_is_won_or_lost(of: list[Row]) -> None:
    one = rows(merged(table_of(of, SPELLS, "place").mutate(row_=0)).drop("row_"))
    assert set(held(one)) == set(held(of))
    assert set(held(one).values()) <= {1}
    lasting = [row for row in one if row[2] != row[3]]
    assert {row[2] for row in lasting} <= {row[2] for row in of}, "a spell begins where one began"


def test_spells_that_only_touch_stay_two() -> None:
    touching: list[Row] = [("a", "x", DAY, LAST), ("a", "x", LAST, None)]
    assert sorted(rows(merged(table_of(touching).mutate(row_=0)).drop("row_"))) == touching


def test_a_file_is_refused_or_taken_as_one(duck: BaseBackend, tmp_path: Path) -> None:
    file = tmp_path / "spells.csv"
    file.write_text(OVERLAPPING, encoding="utf-8")
    with pytest.raises(Refused, match="BAD_ROWS"):
        load(duck, str(file), SPELLS)
    told: list[int] = []
    assert duck.to_pyarrow(load(duck, str(file), SPELLS, merging=told.append)).num_rows == 2
    assert told == [1]


def test_on_the_command_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "spells.csv"
    file.write_text(OF_TWO_PLACES, encoding="utf-8")
    assert main(["evaluate", "spells", str(file)]) == 2
    assert "--merge takes spells that overlap as one" in capsys.readouterr().err
    assert main(["evaluate", "spells", str(file), "--merge", "--format", "csv"]) == 0
    told = capsys.readouterr()
    assert told.out == "person_id,status,start,end\na,x,2009-01-01,\nb,x,2009-01-01,2009-01-09\n"
    assert told.err == "jobpakke: spells taken as one with another that they overlapped: 2\n"
    assert main(["evaluate", "spells", str(file), "--merge", "--by", "place"]) == 2
    told = capsys.readouterr()
    assert "row 5, column start" in told.err
    assert "they differ in a column to group by" in told.err
