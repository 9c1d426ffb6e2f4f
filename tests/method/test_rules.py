"""What the limits are asked of, and sums against a day-by-day twin. Their boundaries: tests/test_every_limit.py."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobpakke.lib.periods import Period
from jobpakke.method.lengths import months_later
from jobpakke.method.rulebook import Entry, Group, Limit, Severity, Verified
from jobpakke.method.ruled import PersonFact, PlannedFact, RuledPlan, WorkplaceFact
from jobpakke.method.rules import (
    RuleRefusal,
    breaches,
    breaches_of_step,
)
from jobpakke.method.step_kinds import STEP_KINDS, StepKind
from jobpakke.method.week import WeekTime
from tests.method.ruled import DAY, HERE, ONE, PERSON, PLACE, RULES, STEP, at, codes, found, lasting, own


def test_an_overdue_step_claims_its_hours_and_its_place_until_today() -> None:
    times = frozenset({WeekTime(0, time(8), time(12))})
    late = replace(lasting(DAY, 10, StepKind.GUIDANCE), times=times, started_on=DAY, workplace=None)
    new = replace(late, ref=UUID(int=2), started_on=None, planned=Period(DAY + timedelta(days=20)))
    for days, expected in ((19, []), (20, ["TIMES_CLASH"] * 2), (21, ["TIMES_CLASH"] * 2)):
        got = found(late, new, on=DAY + timedelta(days=days))
        assert [code for code in codes(got) if code != "START_IN_PAST"] == expected
    plan = RuledPlan(PERSON, (late, new), HERE)
    told_late = breaches(RULES, plan, on=DAY, today=DAY + timedelta(days=20))
    assert codes(list(told_late)) == ["TIMES_CLASH"] * 2


def test_what_takes_place_at_work_says_where_while_it_is_built() -> None:
    for kind in StepKind:
        step = replace(lasting(DAY, 20, kind), workplace=None)
        expected = ["WORKPLACE_MISSING"] if STEP_KINDS[kind].needs_workplace else []
        got = found(step)
        assert codes(got) == expected
        assert all(each.severity is Severity.STOP for each in got)
        assert found(replace(step, started_on=DAY)) == []


def test_hours_without_times_are_told_to_who_works_at_certain_times() -> None:
    step = replace(lasting(DAY, 20, StepKind.GUIDANCE), weekly_hours=Decimal(10))
    written = replace(step, times=frozenset({WeekTime(0, time(8), time(10))}))
    daytime = replace(PERSON, window=(time(8), time(15)))
    assert codes(found(step, person=daytime)) == ["TIMES_NOT_WRITTEN"]
    assert (
        found(written, person=daytime) == found(replace(step, weekly_hours=None), person=daytime) == found(step) == []
    )


@pytest.mark.parametrize("first", [date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 2)])
def test_over_new_year_each_day_is_judged_by_its_own_entry(first: date) -> None:
    """Before 2027 the ratio stops by act 548/2019; what nobody has held against the new act only warns."""
    crowd = {PLACE: at("private", 5, (Period(first, first + timedelta(days=9)),))}
    got = found(lasting(date(2026, 12, 1), 60), places=crowd)
    assert codes(got) == ["SUPPORT_RATIO_PASSED"]
    assert got[0].refusal.args["day"] == first
    assert (got[0].severity, got[0].refusal.args["verified"]) == (
        (Severity.STOP, "yes") if first.year == 2026 else (Severity.WARN, "no")
    )


def test_who_was_there_before_a_limit_began_counts_from_its_first_day() -> None:
    crowd = {PLACE: at("private", 5, (Period(date(2019, 12, 1)),))}
    got = found(lasting(date(2019, 12, 10), 60), places={PLACE: replace(crowd[PLACE], close_family=False)})
    assert [each.refusal.args["day"] for each in got] == [date(2020, 1, 1)]


def test_a_breach_says_what_it_rests_on() -> None:
    common = found(lasting(DAY, 300))[0].refusal.args
    assert (common["verified"], "own_from" in common) == ("yes", False)
    entry = RULES.entry(Limit.INTERNSHIP_LENGTH, on=DAY, group=Group.FAR)
    assert entry is not None
    decided = replace(entry, values={"weeks": 8}, valid=Period(DAY), reason="Byrådet", verified=Verified.OWN)
    own_args = found(lasting(DAY, 60), rules=RULES.with_own([decided]))[0].refusal.args
    assert own_args["own_from"] == DAY


def test_what_begins_early_lasts_as_long_as_was_agreed() -> None:
    long = lasting(DAY + timedelta(weeks=10), 91)
    assert codes(found(replace(long, started_on=DAY), on=DAY)) == []
    late = replace(long, started_on=DAY + timedelta(weeks=12))
    assert late.days.end == long.planned.end


def test_a_length_comes_from_its_entry() -> None:
    assert codes(found(lasting(DAY, 70), rules=own(Limit.INTERNSHIP_LENGTH, weeks=9))) == ["STEP_TOO_LONG"]
    assert codes(found(lasting(DAY, 70), rules=own(Limit.INTERNSHIP_LENGTH, weeks=10))) == []


periods = st.tuples(st.integers(-10, 30), st.integers(1, 20)).map(
    lambda each: Period(DAY + timedelta(days=each[0]), DAY + timedelta(days=each[0] + each[1]))
)


@given(st.lists(periods, max_size=6), st.integers(0, 20))
def test_the_support_ratio_is_asked_on_every_day_of_the_step(others: list[Period], employees: int) -> None:
    places = {PLACE: at("private", employees, tuple(others))}
    step = lasting(DAY, 20, StepKind.WORK_TRIAL)
    allowed = max(1, employees // 5)
    full = [
        day
        for number in range(20)
        if 1 + sum(other.contains(day := DAY + timedelta(days=number)) for other in others) > allowed
    ]
    got = [breach for breach in found(step, places=places) if breach.refusal.code == RuleRefusal.SUPPORT_RATIO_PASSED]
    assert [breach.refusal.args["day"] for breach in got] == full[:1]
    before = replace(step, planned=Period(date(2009, 3, 2), date(2009, 3, 20)))
    assert "SUPPORT_RATIO_PASSED" not in codes(found(before, places=places))


def test_the_support_ratio_needs_to_know_the_workplace_and_counts_supported_kinds_only() -> None:
    unknown = {PLACE: at("private", None)}
    assert codes(found(lasting(DAY, 20), places=unknown)) == ["EMPLOYEES_UNKNOWN"]
    full = {PLACE: at("private", 5, (Period(DAY),))}
    assert codes(found(lasting(DAY, 20), places=full)) == ["SUPPORT_RATIO_PASSED"]
    assert codes(found(lasting(DAY, 20, StepKind.PAID_HOURS), places=full)) == []


steps = st.builds(
    lambda number, period, hours: replace(
        STEP, ref=UUID(int=number), kind=StepKind.GUIDANCE, workplace=None, planned=period, weekly_hours=hours
    ),
    st.integers(1, 4),
    periods,
    st.none() | st.integers(1, 37).map(Decimal),
)


@given(st.lists(steps, min_size=1, max_size=4, unique_by=lambda step: step.ref), st.none() | st.integers(5, 40))
def test_the_hours_of_parallel_steps_are_summed_day_by_day(laid: list[PlannedFact], limit: int | None) -> None:
    person = replace(PERSON, hours_limit=None if limit is None else Decimal(limit))
    got = {
        (breach.step, str(breach.refusal.code), breach.refusal.args["day"])
        for breach in found(*laid, person=person, on=DAY - timedelta(days=30))
    }
    expected = set()
    for step in laid:
        if step.weekly_hours is None:
            continue
        for code, most in (("HOURS_OVER_WEEK", 37), ("HOURS_OVER_CITIZENS_LIMIT", limit)):
            for number in range((step.planned.days or 0) if most is not None else 0):
                day = step.planned.start + timedelta(days=number)
                hours = sum(each.weekly_hours or 0 for each in laid if each.planned.contains(day))
                if most is not None and hours > most:
                    expected.add((step.ref, code, day))
                    break
    assert got == expected


def test_two_steps_do_not_claim_the_same_hours() -> None:
    morning, noon = WeekTime(0, time(8), time(12)), WeekTime(0, time(12), time(15))
    one = replace(STEP, kind=StepKind.GUIDANCE, times=frozenset({morning}))
    two = replace(one, ref=UUID(int=2), planned=Period(DAY + timedelta(days=7), DAY + timedelta(days=14)))
    clash = found(one, two)
    assert codes(clash) == ["TIMES_CLASH", "TIMES_CLASH"]
    assert clash[0].refusal.args["day"] == DAY + timedelta(days=7)
    assert clash[0].severity is Severity.STOP
    assert codes(found(one, replace(two, times=frozenset({noon})))) == []
    assert codes(found(one, replace(two, times=frozenset({replace(morning, weekday=1)})))) == []
    assert codes(found(one, replace(two, planned=Period(STEP.planned.end or DAY, DAY + timedelta(days=60))))) == []
    assert codes(found(one, replace(two, started_on=DAY, ended_on=DAY))) == []


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        (time(8), time(15), []),
        (time(7, 59), time(15), ["TIMES_OUTSIDE_LIMIT"]),
        (time(8), time(15, 1), ["TIMES_OUTSIDE_LIMIT"]),
    ],
)
def test_the_citizens_part_of_the_day_is_kept(starts: time, ends: time, expected: list[str]) -> None:
    person = replace(PERSON, window=(time(8), time(15)))
    assert codes(found(replace(STEP, times=frozenset({WeekTime(2, starts, ends)})), person=person)) == expected


@pytest.mark.parametrize(
    ("born", "years", "months"),
    [
        (date(1940, 1, 10), 65, 0),
        (date(1953, 12, 31), 65, 0),
        (date(1954, 1, 1), 65, 6),
        (date(1954, 7, 1), 66, 0),
        (date(1955, 6, 30), 66, 6),
        (date(1955, 7, 1), 67, 0),
        (date(1962, 12, 31), 67, 0),
        (date(1963, 1, 1), 68, 0),
        (date(1967, 1, 1), 69, 0),
        (date(1971, 1, 1), 70, 0),
    ],
)
def test_pension_age_goes_by_the_day_of_birth_and_warns(born: date, years: int, months: int) -> None:
    reached = months_later(born, 12 * years + months)
    for start, expected in (
        (reached - ONE, []),
        (reached, ["PAST_PENSION_AGE"]),
        (reached + ONE, ["PAST_PENSION_AGE"]),
    ):
        step = replace(STEP, kind=StepKind.GUIDANCE, workplace=None, planned=Period(start, start + timedelta(days=9)))
        got = found(step, person=replace(PERSON, born_on=born))
        assert codes(got) == expected
        assert all(breach.severity is Severity.WARN for breach in got)


@given(st.dates(date(1950, 1, 1), date(2030, 12, 31)), st.integers(-60, 900))
def test_months_later_is_the_same_day_or_the_last_of_the_month(day: date, months: int) -> None:
    later = months_later(day, months)
    assert later.year * 12 + later.month == day.year * 12 + day.month + months
    assert later.day == day.day or (later + ONE).month != later.month
    assert later.day <= day.day


def test_what_has_begun_needs_no_reason_for_its_planned_start() -> None:
    assert codes(found(STEP, on=DAY + ONE)) == ["START_IN_PAST"]
    assert codes(found(replace(STEP, started_on=DAY), on=DAY + ONE)) == []


def test_the_same_person_does_not_go_round_in_the_same_place() -> None:
    before = replace(lasting(date(2025, 1, 6), 140), ref=UUID(int=2))  # twenty weeks
    for days, expected in ((41, []), (42, []), (43, ["SAME_PLACE_AGAIN"])):
        person = replace(PERSON, earlier=(before,))
        assert codes(found(lasting(DAY, days), person=person)) == expected
        elsewhere = replace(PERSON, earlier=(replace(before, workplace=UUID(int=7)),))
        assert codes(found(lasting(DAY, days), person=elsewhere)) == []
    person = replace(PERSON, earlier=(before,))
    long_ago = replace(before, planned=Period(date(2022, 1, 3), date(2023, 3, 2)))
    assert codes(found(lasting(DAY, 43), person=replace(PERSON, earlier=(long_ago,)))) == []
    in_one_plan = found(before, lasting(DAY, 43), on=date(2025, 1, 6))
    assert [str(each.refusal.code) for each in in_one_plan if each.step == STEP.ref] == ["SAME_PLACE_AGAIN"]
    assert codes(found(lasting(DAY, 43, StepKind.WAGE_SUBSIDY), person=person)) == []
    subsidised = replace(PERSON, earlier=(replace(before, kind=StepKind.WAGE_SUBSIDY),))
    assert codes(found(lasting(DAY, 43), person=subsidised)) == []
    nowhere = replace(PERSON, earlier=(replace(before, workplace=None),))
    assert codes(found(replace(lasting(DAY, 43), workplace=None), person=nowhere)) == ["WORKPLACE_MISSING"]


def test_what_has_ended_is_not_judged_any_more_and_one_step_can_be_asked_alone() -> None:
    long = lasting(DAY, 300)
    other = replace(STEP, ref=UUID(int=2), kind=StepKind.GUIDANCE, workplace=None)
    plan = RuledPlan(PERSON, (long, other), HERE)
    assert codes(list(breaches_of_step(RULES, plan, long.ref, on=DAY))) == ["STEP_NEEDS_SPECIAL_NEED"]
    assert breaches_of_step(RULES, plan, other.ref, on=DAY) == ()
    assert found(replace(long, started_on=DAY, ended_on=DAY + timedelta(days=290))) == []


@pytest.mark.parametrize("kind", [StepKind.INTERNSHIP, StepKind.PAID_HOURS])
def test_a_step_begins_and_ends_before_its_workplace_closes(kind: StepKind) -> None:
    step = replace(lasting(DAY, 10, kind), started_on=None)
    last = DAY + timedelta(days=9)
    for closed, expected in (
        (DAY - ONE, ["WORKPLACE_CLOSED"]),
        (DAY, ["WORKPLACE_CLOSED"]),
        (DAY + ONE, ["WORKPLACE_CLOSED"]),
        (last, ["WORKPLACE_CLOSED"]),
        (last + ONE, []),
    ):
        got = found(step, places={PLACE: at("private", 60, closed_on=closed)})
        assert codes(got) == expected
        assert all(breach.severity is Severity.STOP for breach in got)
    there = {PLACE: at("private", 60, closed_on=last + ONE)}
    for begun, expected in ((last, []), (last + ONE, ["WORKPLACE_CLOSED"]), (last + 2 * ONE, ["WORKPLACE_CLOSED"])):
        assert codes(found(replace(step, started_on=begun), places=there, on=begun)) == expected
    assert codes(found(replace(step, started_on=DAY, ended_on=DAY + ONE), places={PLACE: at("private", 60)})) == []
    endless = replace(step, planned=Period(DAY))
    assert codes(found(endless, places=there)) == ["WORKPLACE_CLOSED"]


def test_family_ties_are_declared_where_somebody_is_supported() -> None:
    unsaid, family = {PLACE: WorkplaceFact("private", 60)}, {PLACE: WorkplaceFact("private", 60, close_family=True)}
    for kind in StepKind:
        step = lasting(DAY, 20, kind)
        supported = STEP_KINDS[kind].supported
        assert codes(found(step, places=unsaid)) == (["TIES_NOT_DECLARED"] if supported else [])
        assert codes(found(step, places=family)) == (["TIES_DECLARED"] if supported else [])
        assert codes(found(step)) == []
    assert found(STEP, places=unsaid)[0].severity is Severity.STOP
    assert found(STEP, places=family)[0].severity is Severity.WARN
    assert "Metodens eget" in str(found(STEP, places=unsaid)[0].refusal.args["source"])
    for start, expected in (
        (date(2019, 12, 31), []),
        (date(2020, 1, 1), ["TIES_NOT_DECLARED"]),
        (date(2020, 1, 2), ["TIES_NOT_DECLARED"]),
    ):
        assert codes(found(lasting(start, 20), places=unsaid)) == expected


def test_family_that_is_accepted_is_accepted_for_that_workplace() -> None:
    other = UUID(int=98)
    family = {ref: WorkplaceFact("private", 60, close_family=True) for ref in (PLACE, other)}
    here, there = found(STEP, places=family)[0], found(replace(STEP, workplace=other), places=family)[0]
    assert here.detail != there.detail


NUMBERS: list[tuple[Limit, dict[str, int], PlannedFact, PersonFact]] = [
    (Limit.SUPPORT_RATIO, {"per": 60, "up_to": 60, "per_above": 10, "least": 0}, STEP, PERSON),
    (Limit.WEEKLY_HOURS, {"hours": 19}, replace(STEP, weekly_hours=Decimal(20)), PERSON),
    (Limit.LEAST_AGE, {"years": 60}, STEP, PERSON),
    (Limit.PENSION_AGE, {"months": 40}, STEP, PERSON),
]


@pytest.mark.parametrize(("limit", "values", "step", "person"), NUMBERS)
def test_the_numbers_are_those_of_the_entry(
    limit: Limit, values: dict[str, int], step: PlannedFact, person: PersonFact
) -> None:
    places = {PLACE: at("private", 60, (Period(DAY),))}
    assert found(step, person=person, places=places) == []
    passed = found(step, person=person, places=places, rules=own(limit, **values))
    assert len(passed) == 1
    entry = passed[0].entry
    assert isinstance(entry, Entry)
    assert entry.limit is limit
