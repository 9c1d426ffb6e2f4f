"""Weeks of statuses against a person-by-person twin."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from math import log
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobpakke.evaluation.faults import TableFault
from jobpakke.evaluation.faults_curves import CurveFault
from jobpakke.evaluation.sequences import MOST_WEEKS, index_plot, mondays, sequences
from jobpakke.lib.refusal import Refused
from tests.evaluation.lives import FIRST, ORDER, Spell, day, lives, persons, spells_of, status_on
from tests.evaluation.rows import rows_of

WINDOW = {"start": day(0), "end": day(24)}
DEFAULTS = st.sampled_from([None, "none"])


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(1, 60))
def test_mondays_are_the_mondays_of_the_interval(start: date, length: int) -> None:
    days = [start + timedelta(days=number) for number in range(length)]
    expected = [each for each in days if each.weekday() == 0]
    if expected:
        assert mondays(start, start + timedelta(days=length)) == expected
    else:
        with pytest.raises(Refused) as caught:
            mondays(start, start + timedelta(days=length))
        assert caught.value.refusals[0].code == CurveFault.DATES_IN_ORDER


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        (date(2009, 1, 1), date.max, TableFault.OUT_OF_RANGE),
        (date.min, date(2009, 1, 1), TableFault.OUT_OF_RANGE),
        (date(1950, 1, 2), date(1950, 1, 2) + timedelta(weeks=MOST_WEEKS, days=1), CurveFault.TOO_MANY_WEEKS),
    ],
)
def test_weeks_without_end_are_refused_before_they_are_made(start: date, end: date, code: str) -> None:
    for figure in (sequences, index_plot):
        with pytest.raises(Refused) as caught:
            figure(spells_of([]), start=start, end=end)
        assert caught.value.refusals[0].code == code
    assert len(mondays(date(1950, 1, 2), date(1950, 1, 2) + timedelta(weeks=MOST_WEEKS))) == MOST_WEEKS


def weeks() -> list[int]:
    return [(each - FIRST).days for each in mondays(WINDOW["start"], WINDOW["end"])]


@settings(max_examples=15)
@given(lives(), DEFAULTS)
def test_the_distribution_equals_the_twin(found: list[Spell], default: str | None) -> None:
    held = {
        on: Counter(status for person in persons(found) if (status := status_on(found, person, on) or default))
        for on in weeks()
    }
    kinds = {status for counts in held.values() for status in counts}
    rows = rows_of(sequences(spells_of(found), **WINDOW, default_status=default))  # type: ignore[arg-type]
    assert {(row["week"], row["status"]): row["persons"] for row in rows} == {
        (day(on), status): count for on, counts in held.items() for status, count in counts.items()
    }
    for row in rows:
        counts = held[(row["week"] - FIRST).days]
        shares = [count / counts.total() for count in counts.values()]
        assert row["share"] == pytest.approx(row["persons"] / counts.total())
        entropy = -sum(share * log(share) for share in shares) / log(len(kinds)) if len(kinds) > 1 else 0
        assert row["entropy"] == pytest.approx(entropy, abs=1e-12)
        modal = min(counts, key=lambda status: (-counts[status], status))
        assert row["is_modal"] == (row["status"] == modal)


@settings(max_examples=15)
@given(lives())
def test_the_index_plot_holds_every_life_in_order(found: list[Spell]) -> None:
    rows = rows_of(index_plot(spells_of(found), **WINDOW))  # type: ignore[arg-type]
    lines: dict[int, list[str]] = {}
    for row in rows:
        length = (row["end"] - row["start"]).days // 7
        line = lines.setdefault(row["position"], [])
        assert row["start"] == day(weeks()[0]) + timedelta(days=7 * len(line))
        assert not line or line[-1] != row["status"]
        line += [row["status"]] * length

    def place(status: str) -> tuple[int, str]:
        return (ORDER.index(status) if status in ORDER else len(ORDER), status)

    lived = [[status_on(found, person, on) or "none" for on in weeks()] for person in persons(found)]
    assert [lines[number + 1] for number in range(len(lines))] == sorted(
        lived, key=lambda line: [place(status) for status in line]
    )


def test_lines_are_numbered_in_each_group() -> None:
    found: list[Spell] = [("a", "flex_job", 0, None, "x"), ("b", "flex_job", 0, 9, "y"), ("c", "education", 0, 8, "y")]
    rows = rows_of(index_plot(spells_of(found), **WINDOW, by="municipality"))  # type: ignore[arg-type]
    assert [(row["group"], row["position"], row["status"]) for row in rows] == [
        ("x", 1, "flex_job"),
        ("y", 1, "flex_job"),
        ("y", 1, "none"),
        ("y", 2, "education"),
        ("y", 2, "none"),
    ]


def test_a_group_has_its_own_whole() -> None:
    found: list[Spell] = [
        ("a", "flex_job", 0, None, "x"),
        ("b", "flex_job", 0, None, "y"),
        ("c", "education", 0, 30, "y"),
    ]
    rows: list[dict[str, Any]] = rows_of(sequences(spells_of(found), **WINDOW, by="municipality"))  # type: ignore[arg-type]
    first = [row for row in rows if row["week"] == day(0)]
    assert [(row["group"], row["status"], row["share"], row["is_modal"]) for row in first] == [
        ("x", "flex_job", 1.0, True),
        ("y", "education", 0.5, True),
        ("y", "flex_job", 0.5, False),
    ]
    assert [row["entropy"] for row in first] == pytest.approx([0, 1, 1])
