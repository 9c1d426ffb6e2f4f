"""Durations of spells against a day-by-day twin; medians against lifelines and R."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter
from lifelines.datasets import load_lung, load_waltons
from lifelines.utils import median_survival_times

from jobpakke.evaluation.durations import durations, median_duration, quantiles
from jobpakke.evaluation.faults_curves import CurveFault
from jobpakke.evaluation.lines import days_in
from jobpakke.lib.refusal import Refused
from tests.evaluation.lives import (
    Spell,
    day,
    group_at,
    lives,
    lives_and_days,
    persons,
    spells_of,
    status_on,
    stretches_of,
)
from tests.evaluation.rows import rows_of, table

JOBS = ("flex_job", "ordinary_job")


def twin(found: Sequence[Spell], on: int, since: int | None) -> list[tuple[Any, ...]]:
    """(duration, next status, group, entry) of each stretch."""
    rows = []
    for person in persons(found):
        for start, end in stretches_of(found, person, JOBS):
            if start > on or (since is not None and end is not None and end <= since):
                continue
            ended = end is not None and end <= on
            after = status_on(found, person, end) or "none" if ended and end is not None else None
            entry = since - start if since is not None and start < since else None
            last = end if ended and end is not None else on
            rows.append((last - start, after, group_at(found, person, start, JOBS), entry))
    return sorted(rows, key=repr)


@settings(max_examples=15)
@given(lives_and_days(), st.booleans())
def test_durations_equal_the_twin(drawn: tuple[list[Spell], int, int], late: bool) -> None:
    found, first, on = drawn
    since = first if late else None
    lasted = durations(
        spells_of(found), statuses=JOBS, on=day(on), since=None if since is None else day(since), by="municipality"
    )
    rows = rows_of(lasted)
    ours = [(row["duration"], row["next_status"], row["group"], row.get("entry")) for row in rows]
    assert sorted(ours, key=repr) == sorted(
        [(float(a), b, c, d if d is None else float(d)) for a, b, c, d in twin(found, on, since)], key=repr
    )
    names = sorted({row["next_status"] for row in rows} - {None})
    assert all(row["event"] == (names.index(row["next_status"]) + 1 if row["next_status"] else 0) for row in rows)


def test_from_one_job_straight_into_the_next_is_no_end() -> None:
    found: list[Spell] = [
        ("a", "flex_job", 0, 5, "x"),
        ("a", "ordinary_job", 5, 9, "y"),
        ("a", "cash_benefit", 9, 12, "x"),
    ]
    assert rows_of(durations(spells_of(found), statuses=JOBS, on=day(20))) == [
        {"duration": 9.0, "event": 1, "next_status": "cash_benefit", "group": "all"}
    ]
    assert rows_of(durations(spells_of(found), statuses=("flex_job",), on=day(20))) == [
        {"duration": 5.0, "event": 1, "next_status": "ordinary_job", "group": "all"}
    ]


@pytest.mark.parametrize("level", [0.9, 0.95])
def test_the_median_and_its_interval_agree_with_lifelines(level: float) -> None:
    data = load_waltons()
    lasted = table(
        {"duration": list(data["T"].astype(float)), "event": list(data["E"]), "group": list(data["group"].astype(str))}
    )
    for row in rows_of(quantiles(lasted, level=level)):
        part = data[data["group"] == row["group"]]
        fitted = KaplanMeierFitter(alpha=1 - level).fit(part["T"], part["E"])
        bounds = median_survival_times(fitted.confidence_interval_)
        assert row["days"] == fitted.median_survival_time_
        assert [row["lower"], row["upper"]] == sorted(bounds.iloc[0])
        assert (row["spells"], row["ended"]) == (len(part), part["E"].sum())


@pytest.mark.parametrize(("share", "known"), [(0.25, (170, 144, 194)), (0.5, (310, 284, 361))])
def test_quantiles_agree_with_r(share: float, known: tuple[int, int, int]) -> None:
    """R 4.2, survival 3.5-3: quantile(survfit(Surv(time, status) ~ 1, lung, conf.type = "log-log"))."""
    data = load_lung()
    lasted = table({"duration": list(data.time.astype(float)), "event": list(data.status.astype(int))})
    (row,) = rows_of(quantiles(lasted, share=share))
    assert (row["days"], row["lower"], row["upper"]) == known


def test_a_median_that_is_not_reached_is_empty() -> None:
    (row,) = rows_of(quantiles(table({"duration": [1, 2, 3], "event": [1, 0, 0]})))
    assert (row["days"], row["upper"]) == (None, None)


def test_the_median_straight_from_spells() -> None:
    found: list[Spell] = [("a", "flex_job", 0, 5, "x"), ("b", "flex_job", 0, 9, "x"), ("c", "flex_job", 0, None, "x")]
    (row,) = rows_of(median_duration(spells_of(found), statuses=("flex_job",), on=day(20), by="municipality"))
    assert (row["group"], row["spells"], row["ended"], row["days"]) == ("x", 3, 2, 9)


SPELLS: list[Spell] = [("a", "flex_job", 5, 6, "x")]
REFUSALS: list[tuple[dict[str, Any], CurveFault]] = [
    ({"statuses": ("fleks",), "on": day(9)}, CurveFault.UNKNOWN_STATUS),
    ({"statuses": (), "on": day(9)}, CurveFault.UNKNOWN_STATUS),
    ({"statuses": ("flex_job",), "on": day(9), "since": day(9)}, CurveFault.DATES_IN_ORDER),
    ({"statuses": ("flex_job",), "on": day(9), "share": 1.0}, CurveFault.BAD_SHARE),
    ({"statuses": ("flex_job",), "on": day(9), "level": 0.0}, CurveFault.BAD_LEVEL),
    ({"statuses": ("flex_job",), "on": date(2000, 1, 1)}, CurveFault.NO_PERSONS),
]


@pytest.mark.parametrize(("asked", "code"), REFUSALS)
def test_what_has_no_median_is_refused(asked: dict[str, Any], code: CurveFault) -> None:
    with pytest.raises(Refused) as caught:
        median_duration(spells_of(SPELLS), **asked)
    assert [refusal.code for refusal in caught.value.refusals] == [code]


@settings(max_examples=15)
@given(lives())
def test_the_days_that_spells_tell_of(found: list[Spell]) -> None:
    starts = [start for _, _, start, _, _ in found]
    ends = [end - 1 for _, _, _, end, _ in found if end is not None]
    assert days_in(spells_of(found)) == (day(min(starts)), day(max([*starts, *ends])))
