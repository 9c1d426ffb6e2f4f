"""How long steps last, and runs against a day-by-day twin. Their boundaries: tests/test_every_limit.py."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobpakke.lib.periods import Period
from jobpakke.method.lengths import RunUp, days_taken, months_later, run_up
from jobpakke.method.rulebook import Group, Severity
from jobpakke.method.step_kinds import StepKind
from tests.method.ruled import DAY, ONE, PERSON, PLACE, at, codes, found, lasting


def test_a_length_says_where_it_comes_from_until_when_one_may_stay_and_how_much_longer_with_a_special_need() -> None:
    assert found(lasting(DAY, 92))[0].refusal.args["latest"] == DAY + timedelta(days=90)
    for person in (PERSON, replace(PERSON, group=None)):
        (breach,) = found(lasting(DAY, 183), person=person)
        assert breach.entry is not None
        assert "548/2019" in breach.entry.source
        assert (breach.refusal.args["latest"], breach.refusal.args["more"]) == (DAY + timedelta(days=181), 13)


def test_of_a_work_trial_before_2020_no_length_is_known() -> None:
    for start, expected in (
        (date(2009, 2, 2), []),
        (date(2019, 12, 31), []),
        (date(2020, 1, 1), ["STEP_NEEDS_SPECIAL_NEED"]),
        (date(2020, 1, 2), ["STEP_NEEDS_SPECIAL_NEED"]),
    ):
        person = replace(PERSON, group=Group.CLOSE)
        assert codes(found(lasting(start, 365, StepKind.WORK_TRIAL), person=person)) == expected


@pytest.mark.parametrize("gap", [0, 28])
def test_parts_of_one_kind_at_one_workplace_are_one_run(gap: int) -> None:
    first = replace(lasting(DAY, 91), ref=UUID(int=2))
    second = lasting(DAY + timedelta(days=91 + gap), 1)
    (got,) = found(first, second)
    assert (str(got.refusal.code), got.step) == ("PARTS_NEED_ASSESSMENT", second.ref)
    assert (got.refusal.args["run_from"], got.refusal.args["run_until"]) == (DAY, second.planned.start - ONE)
    elsewhere = {PLACE: at("private", 60), UUID(int=98): at("private", 60)}
    assert codes(found(replace(first, workplace=UUID(int=98)), second, places=elsewhere)) == []
    assert "PARTS" not in "".join(codes(found(replace(first, kind=StepKind.WORK_TRIAL), second)))


def test_four_times_thirteen_weeks_are_told_whoever_laid_them() -> None:
    parts = [replace(lasting(DAY + timedelta(weeks=13 * number), 91), ref=UUID(int=number + 1)) for number in range(4)]
    told = {each.step: str(each.refusal.code) for each in found(*parts) if "PARTS" in str(each.refusal.code)}
    special = "PARTS_NEED_SPECIAL_NEED"
    assert [told.get(each.ref) for each in parts] == [None, "PARTS_NEED_ASSESSMENT", special, special]
    before = replace(PERSON, earlier=tuple(parts[:3]))
    assert special in codes(found(parts[3], person=before))
    loose = replace(parts[3], workplace=None)
    assert "PARTS" not in "".join(codes(found(loose, person=replace(before, earlier=(replace(loose, ref=PLACE),)))))


def test_near_the_labour_market_parts_stop_as_one_step_would() -> None:
    near = replace(PERSON, group=Group.CLOSE, earlier=(replace(lasting(DAY - timedelta(weeks=2), 14), ref=PLACE),))
    assert [codes(found(lasting(DAY, days), person=near)) for days in (13, 14, 15)] == [[], [], ["PARTS_TOO_LONG"]]
    assert found(lasting(DAY, 15), person=near)[0].severity is Severity.STOP


@pytest.mark.parametrize("start", [date(2009, 6, 1), date(2026, 6, 1), date(2027, 6, 1)])
def test_a_subsidy_after_the_subsidys_end_is_told_as_such(start: date) -> None:
    months = 12 if start.year == 2009 else 6
    used = replace(lasting(start, 0, StepKind.WAGE_SUBSIDY), planned=Period(start, months_later(start, months) - ONE))
    again = replace(used, ref=UUID(int=2), planned=Period(used.planned.end or start, months_later(start, months)))
    assert codes(found(used, again)) == []
    day_more = replace(again, planned=Period(again.planned.start, months_later(start, months) + ONE))
    got = found(used, day_more)
    assert codes(got) == ["SUBSIDY_AFTER_ITS_END"]
    assert got[0].refusal.args["run_until"] == months_later(start, months) - ONE
    assert got[0].refusal.args["run_from"] == start


placements = st.tuples(st.integers(0, 120), st.integers(1, 40))


@given(st.lists(placements, max_size=5), st.integers(0, 30))
def test_a_run_is_found_as_by_going_back_day_by_day(laid: list[tuple[int, int]], gap: int) -> None:
    parts = [Period(DAY + timedelta(days=first), DAY + timedelta(days=first + length)) for first, length in laid]
    days = Period(DAY + timedelta(days=100), DAY + timedelta(days=110))
    day, empty, since, used = days.start - ONE, 0, days.start, 0
    while empty <= gap:
        if any(part.contains(day) for part in parts):
            since, used, empty = day, used + 1, 0
        else:
            empty += 1
        day -= ONE
    assert run_up(days, parts, gap=timedelta(days=gap)) == RunUp(since, used)


@given(
    planned=st.tuples(st.integers(0, 20), st.integers(1, 20)),
    started=st.none() | st.integers(-5, 25),
    ended=st.none() | st.integers(-5, 50),
    today=st.none() | st.integers(0, 50),
)
def test_what_is_under_way_past_its_planned_end_is_not_over(
    planned: tuple[int, int], started: int | None, ended: int | None, today: int | None
) -> None:
    def day(number: int) -> date:
        return DAY + timedelta(days=number)

    first, length = planned
    taken = days_taken(
        Period(day(first), day(first + length)),
        started_on=None if started is None else day(started),
        ended_on=None if ended is None else day(ended),
        today=None if today is None else day(today),
    )
    begins = first if started is None else started
    over = begins + length if begins < first else first + length
    for number in range(-10, 80):
        if ended is not None:
            there = begins <= number < ended
        else:
            under_way = started is not None and today is not None
            there = begins <= number < over or (under_way and begins <= number <= (today or 0))
        assert taken.contains(day(number)) is there, number
