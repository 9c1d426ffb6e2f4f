"""Each limit on the day before, the day of and the day after its boundary, and sums against a day-by-day twin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from functools import partial
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobpakke.lib.periods import Period
from jobpakke.lib.refs import Ref
from jobpakke.method.lengths import RunUp, days_taken, months_later, run_up
from jobpakke.method.rulebook import Entry, Group, Limit, Rulebook, Severity, Verified, rulebook
from jobpakke.method.rules import (
    Breach,
    PersonFact,
    PlannedFact,
    RuledPlan,
    RuleRefusal,
    WorkplaceFact,
    allowed_supported,
    breaches,
    breaches_of_step,
)
from jobpakke.method.step_kinds import STEP_KINDS, StepKind
from jobpakke.method.week import WeekTime

DAY = date(2026, 3, 2)
RULES = rulebook()
at = partial(WorkplaceFact, close_family=False)
"""A workplace where it has been declared that nobody is family."""
PLACE = UUID(int=99)
HERE: Mapping[Ref, WorkplaceFact] = {PLACE: at("private", 60)}
PERSON = PersonFact(born_on=date(1980, 5, 17))
STEP = PlannedFact(UUID(int=1), StepKind.INTERNSHIP, Period(DAY, DAY + timedelta(weeks=4)), workplace=PLACE)
ONE = timedelta(days=1)


def found(
    *steps: PlannedFact,
    person: PersonFact = PERSON,
    places: Mapping[Ref, WorkplaceFact] = HERE,
    on: date | None = None,
    rules: Rulebook = RULES,
) -> list[Breach]:
    asked = on or min(step.days.start for step in steps)
    return list(breaches(rules, RuledPlan(person, steps, places), on=asked))


def codes(all_found: list[Breach]) -> list[str]:
    return [str(breach.refusal.code) for breach in all_found]


def own(limit: Limit, **values: int) -> Rulebook:
    """A municipality's own numbers instead of every common entry of a limit."""
    return RULES.with_own([replace(entry, values=values) for entry in RULES.entries if entry.limit is limit])


def lasting(start: date, days: int, kind: StepKind = StepKind.INTERNSHIP) -> PlannedFact:
    return replace(STEP, kind=kind, planned=Period(start, start + timedelta(days=days)))


@pytest.mark.parametrize("start", [date(2009, 2, 2), DAY, date(2027, 2, 1)])
def test_an_internship_near_the_labour_market_lasts_four_weeks(start: date) -> None:
    near = replace(PERSON, group=Group.CLOSE)
    assert [codes(found(lasting(start, 28 + more), person=near)) for more in (-1, 0, 1)] == [[], [], ["STEP_TOO_LONG"]]
    severity = found(lasting(start, 29), person=near)[0].severity
    assert severity is (Severity.STOP if start.year == 2026 else Severity.WARN)


@pytest.mark.parametrize("start", [DAY, date(2027, 2, 1)])
def test_an_internship_far_from_it_asks_for_an_assessment_and_then_for_a_special_need(start: date) -> None:
    expected = {91: [], 92: ["STEP_NEEDS_ASSESSMENT"], 182: ["STEP_NEEDS_ASSESSMENT"], 183: ["STEP_NEEDS_SPECIAL_NEED"]}
    for group in (Group.FAR, None):
        person = replace(PERSON, group=group)
        assert {days: codes(found(lasting(start, days), person=person)) for days in expected} == expected
    breach = found(lasting(start, 183))[0]
    assert breach.severity is Severity.WARN
    assert breach.entry is not None
    assert "548/2019" in breach.entry.source
    assert breach.refusal.args["latest"] == start + timedelta(days=181)


def test_the_internship_of_vip2_lasts_thirteen_weeks() -> None:
    start = date(2009, 2, 2)
    assert [codes(found(lasting(start, days))) for days in (91, 92)] == [[], ["STEP_TOO_LONG"]]


@pytest.mark.parametrize(
    ("start", "group", "sector", "months"),
    [
        (date(2009, 2, 2), Group.FAR, "public", 12),
        (date(2026, 3, 2), Group.FAR, "public", 6),
        (date(2026, 3, 2), Group.CLOSE, "private", 6),
        (date(2026, 3, 2), Group.CLOSE, "public", 4),
        (date(2027, 3, 2), Group.CLOSE, "public", 4),
    ],
)
def test_a_wage_subsidy_lasts_some_months(start: date, group: Group, sector: str, months: int) -> None:
    last = months_later(start, months)
    places = {PLACE: at(sector, 60)}
    person = replace(PERSON, group=group)
    for end, expected in ((last - ONE, []), (last, []), (last + ONE, ["SUBSIDY_AFTER_ITS_END"])):
        step = replace(STEP, kind=StepKind.WAGE_SUBSIDY, planned=Period(start, end))
        assert codes(found(step, person=person, places=places)) == expected


@pytest.mark.parametrize("start", [DAY, date(2027, 2, 1)])
def test_a_work_trial_lasts_as_long_as_an_internship_far_from_the_labour_market(start: date) -> None:
    assessed, special = "STEP_NEEDS_ASSESSMENT", "STEP_NEEDS_SPECIAL_NEED"
    expected = {90: [], 91: [], 92: [assessed], 182: [assessed], 183: [special]}
    for group in (Group.CLOSE, Group.FAR, None):
        person = replace(PERSON, group=group)
        got = {days: found(lasting(start, days, StepKind.WORK_TRIAL), person=person) for days in expected}
        assert {days: codes(each) for days, each in got.items()} == expected
        assert all(each.severity is Severity.WARN for each in got[183])


def test_of_a_work_trial_before_2020_no_length_is_known() -> None:
    for start, expected in (
        (date(2009, 2, 2), []),
        (date(2019, 12, 31), []),
        (date(2020, 1, 1), ["STEP_NEEDS_SPECIAL_NEED"]),
        (date(2020, 1, 2), ["STEP_NEEDS_SPECIAL_NEED"]),
    ):
        person = replace(PERSON, group=Group.CLOSE)
        assert codes(found(lasting(start, 365, StepKind.WORK_TRIAL), person=person)) == expected


@pytest.mark.parametrize("gap", [0, 27, 28, 29])
@pytest.mark.parametrize("start", [date(2009, 2, 2), DAY, date(2027, 2, 1)])
def test_parts_at_one_workplace_are_one_run_with_at_most_four_weeks_between_them(start: date, gap: int) -> None:
    first = replace(lasting(start, 91), ref=UUID(int=2))
    second = lasting(start + timedelta(days=91 + gap), 1)
    too_long = "PARTS_TOO_LONG" if start.year == 2009 else "PARTS_NEED_ASSESSMENT"
    got = [each for each in found(first, second) if str(each.refusal.code) != "SAME_PLACE_AGAIN"]
    assert codes(got) == ([too_long] if gap <= 28 else [])
    for each in got:
        assert each.step == second.ref
        assert each.refusal.args["run_from"] == start
        assert each.refusal.args["run_until"] == second.planned.start - ONE
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


@pytest.mark.parametrize("start", [date(2009, 2, 2), DAY, date(2027, 2, 1)])
def test_hours_without_times_are_told_to_who_works_at_certain_times(start: date) -> None:
    step = replace(lasting(start, 20, StepKind.GUIDANCE), weekly_hours=Decimal(10))
    written = replace(step, times=frozenset({WeekTime(0, time(8), time(10))}))
    daytime = replace(PERSON, window=(time(8), time(15)))
    got = found(step, person=daytime)
    assert codes(got) == ["TIMES_NOT_WRITTEN"]
    assert got[0].severity is Severity.WARN
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


@pytest.mark.parametrize(
    ("employees", "allowed"),
    [(0, 1), (4, 1), (5, 1), (9, 1), (10, 2), (49, 9), (50, 10), (59, 10), (60, 11), (70, 12), (500, 55)],
)
def test_one_in_five_up_to_fifty_then_one_in_ten(employees: int, allowed: int) -> None:
    entry = RULES.entry(Limit.SUPPORT_RATIO, on=DAY)
    assert entry is not None
    assert allowed_supported(entry, employees) == allowed


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


def test_a_workplace_has_somebody_to_ask() -> None:
    assert codes(found(STEP, places={PLACE: at("private", 60, has_contact=False)})) == ["CONTACT_PERSON_MISSING"]


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


@pytest.mark.parametrize("year", [2009, 2026, 2027])
def test_eighteen_on_the_first_day(year: int) -> None:
    start = date(year, 3, 2)
    step = replace(STEP, kind=StepKind.GUIDANCE, workplace=None, planned=Period(start, start + timedelta(days=20)))
    for born, expected in (
        (date(year - 18, 3, 1), []),
        (date(year - 18, 3, 2), []),
        (date(year - 18, 3, 3), ["UNDER_AGE"]),
    ):
        assert codes(found(step, person=replace(PERSON, born_on=born))) == expected


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


def test_a_planned_start_in_the_past_asks_for_a_reason() -> None:
    for on, expected in ((DAY - ONE, []), (DAY, []), (DAY + ONE, ["START_IN_PAST"])):
        assert codes(found(STEP, on=on)) == expected
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
