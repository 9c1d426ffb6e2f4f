"""Moves between statuses, into and out of jobs, and back on benefit: against day-by-day twins."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobpakke.evaluation.faults_curves import CurveFault
from jobpakke.evaluation.incidence import incidence
from jobpakke.evaluation.transitions import DAYS_A_MONTH, after_first_job, relapse, transitions, turnover
from jobpakke.lib.refusal import Refused
from tests.evaluation.lives import (
    Spell,
    counted,
    day,
    group_at,
    lives_and_days,
    persons,
    spells_of,
    status_on,
    statuses_on,
    stretches_of,
)
from tests.evaluation.rows import rows_of, select

JOBS = ("flex_job", "ordinary_job")
BENEFITS = ("cash_benefit",)


@settings(max_examples=15)
@given(lives_and_days())
def test_moves_between_two_dates_equal_the_twin(drawn: tuple[list[Spell], int, int]) -> None:
    found, *days = drawn
    moves: Counter[tuple[str, str]] = Counter()
    for person in persons(found):
        pair = [status_on(found, person, on) for on in days]
        if any(pair):
            moves[pair[0] or "none", pair[1] or "none"] += 1
    rows = rows_of(transitions(spells_of(found), start=day(days[0]), end=day(days[1])))
    assert counted(rows, "from_status", "to_status") == moves
    for row in rows:
        whole = sum(persons for (status, _), persons in moves.items() if status == row["from_status"])
        assert row["share"] == row["persons"] / whole


@settings(max_examples=15)
@given(lives_and_days())
def test_groups_of_moves_add_up_to_all(drawn: tuple[list[Spell], int, int]) -> None:
    found, first, last = drawn[0], day(drawn[1]), day(drawn[2])
    whole = counted(rows_of(transitions(spells_of(found), start=first, end=last)), "from_status", "to_status")
    parts: Counter[Any] = Counter()
    for row in rows_of(transitions(spells_of(found), start=first, end=last, by="municipality")):
        assert row["group"] in {"x", "y"}
        parts[row["from_status"], row["to_status"]] += row["persons"]
    assert parts == whole


@settings(max_examples=15)
@given(lives_and_days())
def test_into_and_out_of_jobs_equals_the_twin_and_adds_up(drawn: tuple[list[Spell], int, int]) -> None:
    found, first, last = drawn
    expected: Counter[tuple[str, str, str]] = Counter()
    for person in persons(found):
        for start, end in stretches_of(found, person, JOBS):
            group = group_at(found, person, start, JOBS)
            expected[group, "at_start", ""] += start <= first and (end is None or end > first)
            expected[group, "at_end", ""] += start <= last and (end is None or end > last)
            if first < start <= last:
                expected[group, "entered", status_on(found, person, start - 1) or "none"] += 1
            if end is not None and first < end <= last:
                expected[group, "left", status_on(found, person, end) or "none"] += 1
    rows = rows_of(turnover(spells_of(found), start=day(first), end=day(last), by="municipality"))
    assert counted(rows, "group", "movement", "status") == expected
    for group in {row["group"] for row in rows}:
        sums = {
            name: sum(row["persons"] for row in select(rows, group=group, movement=name))
            for name in ("at_start", "entered", "left", "at_end")
        }
        assert sums["at_start"] + sums["entered"] - sums["left"] == sums["at_end"]


def back_on(found: list[Spell], person: str, origin: int, on: int) -> int | None:
    for each in range(origin, on + 1):
        held = statuses_on(found, person, each)
        if held & set(BENEFITS) and not held & set(JOBS):
            return each
    return None


@settings(max_examples=15)
@given(lives_and_days(), st.sampled_from(["start", "end"]))
def test_the_way_back_to_benefit_equals_the_twin(drawn: tuple[list[Spell], int, int], clock: str) -> None:
    found, _, on = drawn
    expected = []
    for person in persons(found):
        for start, end in stretches_of(found, person, JOBS)[:1]:
            origin = start if clock == "start" else end
            if origin is not None and origin <= on:
                back = back_on(found, person, origin, on)
                lasted = (on if back is None else back) - origin
                expected.append((float(lasted), int(back is not None), group_at(found, person, start, JOBS)))
    followed = after_first_job(
        spells_of(found), on=day(on), clock=clock, jobs=JOBS, benefits=BENEFITS, by="municipality"
    )
    ours = [(row["duration"], row["event"], row["group"]) for row in rows_of(followed)]
    assert sorted(ours) == sorted(expected)


def test_relapse_is_kaplan_meier_at_the_months() -> None:
    found: list[Spell] = [
        ("a", "ordinary_job", 0, 5, "x"),
        ("a", "cash_benefit", 10, None, "x"),  # back after 5 days
        ("b", "ordinary_job", 0, 6, "x"),  # never back: censored
        ("c", "ordinary_job", 0, 5, "x"),
        ("c", "cash_benefit", 0, None, "x"),  # supplementary benefit runs on: back at once
        ("d", "ordinary_job", 30, 75, "x"),  # censored after 5 days
        ("e", "cash_benefit", 0, None, "x"),  # never had a job
    ]
    rows = rows_of(relapse(spells_of(found), on=day(80), months=(6, 1)))
    assert [(row["months"], row["persons"], row["at_risk"], row["back"]) for row in rows] == [
        (1, 4, 1, 2),
        (6, 4, 0, 2),
    ]
    followed = after_first_job(spells_of(found), on=day(80), jobs=JOBS, benefits=BENEFITS)
    (same,) = rows_of(incidence(followed, cause="any", at=(DAYS_A_MONTH,)))
    assert [rows[0][name] for name in ("share", "se", "lower", "upper")] == [
        same[name] for name in ("cif", "se", "lower", "upper")
    ]
    assert rows[0]["share"] == pytest.approx(0.5)


SPELLS: list[Spell] = [("a", "flex_job", 5, 6, "x"), ("a", "cash_benefit", 6, 9, "x")]
REFUSALS: list[tuple[Any, dict[str, Any], CurveFault]] = [
    (transitions, {"start": day(2), "end": day(2)}, CurveFault.DATES_IN_ORDER),
    (turnover, {"start": day(2), "end": day(1)}, CurveFault.DATES_IN_ORDER),
    (turnover, {"start": day(1), "end": day(2), "statuses": ("fleks",)}, CurveFault.UNKNOWN_STATUS),
    (relapse, {"on": day(9), "benefits": ("dagpenge",)}, CurveFault.UNKNOWN_STATUS),
    (relapse, {"on": day(9), "benefits": ("flex_job",)}, CurveFault.TWO_STATUSES),
    (relapse, {"on": day(1)}, CurveFault.NO_PERSONS),
]


@pytest.mark.parametrize(("figure", "asked", "code"), REFUSALS)
def test_what_cannot_be_told_is_refused(figure: Any, asked: dict[str, Any], code: CurveFault) -> None:
    with pytest.raises(Refused) as caught:
        figure(spells_of(SPELLS), **asked)
    assert [refusal.code for refusal in caught.value.refusals] == [code]
