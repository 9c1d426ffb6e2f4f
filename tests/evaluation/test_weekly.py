"""The weekly register against reading it week by week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ibis.backends import BaseBackend

from jobpakke.evaluation.engines import engine
from jobpakke.evaluation.files import load
from jobpakke.evaluation.layouts import SPELLS
from jobpakke.evaluation.weekly import code_map
from jobpakke.lib.refusal import Refused
from tests.evaluation.tables import values

MONDAY = date(2008, 12, 15)
MAP = {"1": "x", "2": "x", "3": "y"}


@pytest.fixture(scope="module")
def duck() -> Iterator[BaseBackend]:
    with engine() as backend:
        yield backend


def week(number: int) -> str:
    year, of_year, _ = (MONDAY + timedelta(weeks=number)).isocalendar()
    return f"y_{year % 100:02}{of_year:02}"


def put(folder: Path, text: str, name: str = "register.csv") -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def twin(person: str, codes: list[str]) -> Iterator[tuple[Any, ...]]:
    """Weeks in a row with one status; a week without one ends them."""
    for status, weeks in groupby(enumerate(codes), key=lambda each: MAP.get(each[1])):
        numbers = [number for number, _ in weeks]
        if status is not None:
            start, end = (MONDAY + timedelta(weeks=each) for each in (numbers[0], numbers[-1] + 1))
            yield (person, status, start, end, person.upper())


@settings(max_examples=25)
@given(of=st.lists(st.lists(st.sampled_from(["", "1", "2", "3", " 3 ", "1.0"]), min_size=5, max_size=5), max_size=4))
def test_weeks_become_spells(duck: BaseBackend, tmp_path: Path, of: list[list[str]]) -> None:
    names = [week(number) for number in range(5)]
    assert names == ["y_0851", "y_0852", "y_0901", "y_0902", "y_0903"]
    order = [3, 0, 4, 1, 2]  # columns may stand in any order
    lines = [",".join([*(names[each] for each in order), "person_id", "place"])]
    lines += [",".join([*(codes[each] for each in order), f"p{row}", f"P{row}"]) for row, codes in enumerate(of)]
    codes = put(tmp_path, "code,status\n" + "".join(f"{code},{status}\n" for code, status in MAP.items()), "codes.csv")
    file = put(tmp_path, "\n".join(lines) + "\n")
    table = load(duck, file, SPELLS.with_groups("place"), codes=codes, is_weekly=True)
    plain = [[code.strip().removesuffix(".0") for code in each] for each in of]
    expected = [spell for row, each in enumerate(plain) for spell in twin(f"p{row}", each)]
    assert values(duck, table.order_by("person_id", "start")) == expected


def test_the_shipped_map_names_the_danish_groups(duck: BaseBackend, tmp_path: Path) -> None:
    shipped = code_map(None)
    groups = {"730": "cash_benefit", "111": "unemployment_benefit", "771": "flex_job", "783": "disability_pension"}
    assert {code: shipped[code] for code in groups} == groups
    file = put(tmp_path, "person_id,y_0901,y_0902\na,,412\n")
    found = values(duck, load(duck, file, SPELLS, is_weekly=True).order_by("start"))
    assert [row[1] for row in found] == [shipped[""], shipped["*"]] == ["self_support", "other"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("person_id,week\na,1\n", "NO_WEEKS"),
        ("id,y_0901\na,1\n", "MISSING_COLUMN"),
        ("person_id,y_0853\na,1\n", "WRONG_WEEKS"),
        ("person_id,y_0900\na,1\n", "WRONG_WEEKS"),
        ("person_id,y_0901,y_0903\na,1,1\n", "WRONG_WEEKS"),
        ("person_id,y_0901\na,9\n", "UNKNOWN_CODES"),
        ("person_id,y_0901\na,1\nb,1\na,3\n", "BAD_ROWS"),
        ("person_id,y_0901\n,1\n", "BAD_ROWS"),
        ("person_id,y_0901\na,1,2\n", "BAD_ROWS"),
    ],
)
def test_a_register_that_cannot_be_used(duck: BaseBackend, tmp_path: Path, text: str, code: str) -> None:
    codes = put(tmp_path, "code;status\n1;x\n3;y\n", "codes.csv")
    with pytest.raises(Refused, match=code):
        load(duck, put(tmp_path, text), SPELLS, codes=codes, is_weekly=True)


@pytest.mark.parametrize(
    "text", ["", "code,status\n", "kode,status\n1,x\n", "code,status\n1,\n", "code,status\n1,x\n1,y\n"]
)
def test_a_code_map_that_cannot_be_used(tmp_path: Path, text: str) -> None:
    with pytest.raises(Refused, match="WRONG_CODE_MAP"):
        code_map(put(tmp_path, text, "codes.csv"))


def test_a_code_map_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="WRONG_CODE_MAP"):
        code_map(str(tmp_path / "none.csv"))
