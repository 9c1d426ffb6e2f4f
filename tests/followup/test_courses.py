"""Tables, moves, curves and bands against looking at each person on each day."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobpakke.followup.bands import LONGEST, bands
from jobpakke.followup.course_files import band_cells, curve_cells, flow_cells
from jobpakke.followup.first_jobs import CAUSES, JOBS, WEEKS, CurveRow, first_jobs, wait_of
from jobpakke.followup.flow import State, Turnover, flow, turned
from jobpakke.followup.groups import Grouping
from jobpakke.followup.jobs import jobs_in
from jobpakke.followup.lives import FollowedLife, Lives
from jobpakke.followup.tables import COLUMNS, status_in
from jobpakke.followup.whose import EVERYONE
from jobpakke.method.status import SELF_SUPPORT, LabourMarketStatus
from tests.followup.lives import FIRST, PLACES, SPAN, days, last_told, lives, place_on, raw_status, told_status

ASKED = {1, 2}
DAY = timedelta(days=1)


def counted(known: Lives, on: date) -> list[FollowedLife]:
    return [life for life in known.every if place_on(life, on) in ASKED]


@settings(max_examples=40)
@given(known=lives(), on=days)
def test_a_status_table_looks_at_each_person_on_the_day(known: Lives, on: date) -> None:
    table = status_in(known, on=on)
    for row, place in zip(table.rows, PLACES, strict=True):
        theirs = [told_status(life, on) for life in known.every if place_on(life, on) == place.pk]
        assert row.municipality == place
        assert row.cells == tuple(theirs.count(status) for status in COLUMNS)
    assert table.total.citizens == len(counted(known, on))


@settings(max_examples=40)
@given(known=lives(Grouping.GOAL), on=days)
def test_by_another_grouping_the_same_people_count(known: Lives, on: date) -> None:
    table, whole = status_in(known, on=on), status_in(known, on=on, by=Grouping.MUNICIPALITY)
    assert table.total.counts == whole.total.counts
    assert [row.group for row in table.rows] == [
        code
        for code in ("ordinary", "flex", "")
        if any(known.groups.on(life.citizen, on) == code for life in counted(known, on))
    ]
    for row in table.rows:
        theirs = [
            told_status(life, on) for life in counted(known, on) if known.groups.on(life.citizen, on) == row.group
        ]
        assert row.cells == tuple(theirs.count(status) for status in COLUMNS)


@settings(max_examples=15)
@given(known=lives(), then=days, apart=st.integers(1, 90))
def test_moves_are_the_pairs_of_what_both_tables_say(known: Lives, then: date, apart: int) -> None:
    now = then + timedelta(days=apart)
    found = flow(known, then=then, now=now)
    pairs: Counter[tuple[State, State]] = Counter()
    for life in known.every:
        ends = [told_status(life, on) if place_on(life, on) in ASKED else None for on in (then, now)]
        if ends != [None, None]:
            pairs[ends[0], ends[1]] += 1
    assert dict(found.counts) == dict(pairs)
    for on, side in ((then, found.from_), (now, found.to)):
        assert {status: side(status) for status in COLUMNS} == dict(status_in(known, on=on).total.counts)
    assert sum(int(str(row[-1])) for row in flow_cells(found)[1:]) == sum(pairs.values())


@settings(max_examples=15)
@given(known=lives(), then=days, apart=st.integers(1, 90))
def test_turnover_looks_at_each_person_on_each_day(known: Lives, then: date, apart: int) -> None:
    now = then + timedelta(days=apart)
    entered = left = 0
    for life in known.every:
        for number in range(1, apart + 1):
            ends = [then + timedelta(days=number - 1), then + timedelta(days=number)]
            if all(place_on(life, on) in ASKED for on in ends):
                before, after = (told_status(life, on) in SELF_SUPPORT for on in ends)
                entered += after and not before
                left += before and not after
    assert turned(known, then=then, now=now) == Turnover(entered, left)


def job_and_back(life: FollowedLife, on: date) -> tuple[int, bool] | None:
    """Days from the first job that began to the first day on cash benefit after it, or to the last told; whether it
    was that day. None without a job."""
    began = life.packages[0].on
    last = max(began, last_told(life, on))
    day = began
    while day <= last and all(raw_status(life, each) in JOBS for each in (day - DAY, day)):
        day += DAY
    while day <= last and raw_status(life, day) not in JOBS:
        day += DAY
    if day > last:
        return None
    started = day
    while day <= last and raw_status(life, day) is not LabourMarketStatus.CASH_BENEFIT:
        day += DAY
    return ((day - started).days, True) if day <= last else ((last - started).days, False)


@settings(max_examples=12)
@given(known=lives(), on=days, months=st.sampled_from([(1,), (1, 3)]))
def test_relapse_looks_at_each_person_on_each_day(known: Lives, on: date, months: tuple[int, ...]) -> None:
    found = jobs_in(known, on=on, months=months)
    courses = [(course, life) for life in counted(known, on) if (course := job_and_back(life, on))]
    assert found.reached == len(courses)
    assert found.without == sum(told_status(life, on) not in JOBS for _, life in courses)
    waits = [(length, JOBS[0] if is_back else None) for (length, is_back), _ in courses]
    asked = {month: month * 365.25 / 12 for month in months}
    followed = {month: sum(length >= at for length, _ in waits) for month, at in asked.items()}
    assert [each.months for each in found.relapse] == [month for month in months if followed[month]]
    for each in found.relapse:
        at = asked[each.months]
        assert each.at_risk == followed[each.months]
        assert each.persons == sum(length <= at and event is not None for length, event in waits)
        assert each.back.share == pytest.approx(float(aalen_johansen(waits, JOBS[0], int(at))), abs=1e-12)


def waited(life: FollowedLife, on: date) -> tuple[int, LabourMarketStatus | None]:
    """Day by day from the first package on, until something of CAUSES holds."""
    began = life.packages[0].on
    last = max(began, last_told(life, on))
    day = began
    while day <= last:
        status = raw_status(life, day, active=False)
        if status in CAUSES:
            return (day - began).days, status
        day += DAY
    return (last - began).days, None


@settings(max_examples=40)
@given(known=lives(), on=days)
def test_a_wait_ends_on_the_first_day_with_a_cause(known: Lives, on: date) -> None:
    for life in counted(known, on):
        wait = wait_of(life, on=on)
        assert (wait.days, wait.cause) == waited(life, on)


def aalen_johansen(waits: list[tuple[int, LabourMarketStatus | None]], cause: LabourMarketStatus, at: int) -> Fraction:
    """As the textbook sums it."""
    survival, share = Fraction(1), Fraction(0)
    for time in sorted({length for length, _ in waits if length <= at}):
        at_risk = sum(length >= time for length, _ in waits)
        ended = [event for length, event in waits if length == time and event]
        share += survival * Fraction(ended.count(cause), at_risk)
        survival *= 1 - Fraction(len(ended), at_risk)
    return share


def check_row(row: CurveRow, waits: list[tuple[int, LabourMarketStatus | None]]) -> None:
    at = 7 * row.weeks
    assert row.at_risk == sum(length >= at for length, _ in waits)
    for cause, estimate in zip(CAUSES, row.estimates, strict=True):
        if row.at_risk == 0:
            assert estimate is None
        else:
            assert estimate is not None
            assert estimate.share == pytest.approx(float(aalen_johansen(waits, cause, at)), abs=1e-12)


@settings(max_examples=15)
@given(known=lives())
def test_curves_are_aalen_and_johansens_for_everybody_and_each_municipality(known: Lives) -> None:
    on = FIRST + timedelta(days=SPAN)
    found = first_jobs(known, on=on, least=None)
    people = counted(known, on)
    assert found.persons == len(people)
    for row in found.rows:
        theirs = [life for life in people if row.whose.is_everyone or str(place_on(life, on)) == row.whose.code]
        check_row(row, [waited(life, on) for life in theirs])
    codes = {EVERYONE, *(str(place_on(life, on)) for life in people)} if people else set()
    assert [(row.whose.code, row.weeks) for row in found.rows] == [
        (code, weeks) for code in (EVERYONE, "1", "2") if code in codes for weeks in WEEKS
    ]
    assert len(curve_cells(found)) == 1 + len(found.rows) * len(CAUSES)


@settings(max_examples=8)
@given(known=lives(), on=days)
def test_bands_look_at_each_person_each_week(known: Lives, on: date) -> None:
    found = bands(known, on=on, least=None).weeks
    assert [band.week for band in found] == list(range(LONGEST + 1))
    for band in found[: SPAN // 7 + 2]:
        statuses: Counter[LabourMarketStatus] = Counter()
        for life in counted(known, on):
            began = life.packages[0].on
            day = began + timedelta(days=7 * band.week)
            if day <= max(began, last_told(life, on)):
                statuses[raw_status(life, day)] += 1
        assert dict(band.counts) == dict(statuses)
        assert band.persons == statuses.total()
    assert all(band.persons == 0 for band in found[SPAN // 7 + 2 :])
    assert len(band_cells(found)) == LONGEST + 2
