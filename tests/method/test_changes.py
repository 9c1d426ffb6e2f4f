"""Differences between two wordings against a twin that looks at every field of every step; what may not change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from jobpakke.lib.periods import Period
from jobpakke.method.changes import (
    EFFECTS,
    Change,
    Effect,
    Field,
    PlanWording,
    StepWording,
    difference,
    is_material,
    why_not_change,
    why_not_need,
    why_not_remove,
)
from jobpakke.method.ladder import Ending, Ladder, StepFact, SubGoalFact
from jobpakke.method.schedule import holes, too_early
from jobpakke.method.step_kinds import StepKind
from jobpakke.method.week import WeekTime, hours_of
from tests.days import days as some_days
from tests.method.facts import staircases

DAY = date(2026, 3, 2)
refs = st.integers(1, 4).map(lambda number: UUID(int=number))
days = st.integers(0, 40).map(lambda number: DAY + timedelta(days=number))
periods = st.tuples(days, st.integers(1, 20)).map(lambda each: Period(each[0], each[0] + timedelta(days=each[1])))
clock = st.tuples(st.integers(0, 6), st.integers(0, 22), st.integers(1, 3)).map(
    lambda each: WeekTime(each[0], time(each[1]), time(min(23, each[1] + each[2])))
)
steps = st.builds(
    StepWording,
    ref=refs,
    title=st.sampled_from("ABC"),
    planned=periods,
    weekly_hours=st.none() | st.sampled_from([Decimal(10), Decimal(20)]),
    times=st.frozensets(clock, max_size=2),
    workplace=st.none() | refs,
    needs=st.frozensets(refs, max_size=2),
    sub_goals=st.frozensets(refs, max_size=3),
)
plans = st.builds(
    PlanWording,
    goal_title=st.sampled_from("XY"),
    goal_form=st.sampled_from(["ordinary", "flex"]),
    goal_workplace=st.none() | refs,
    goal_function=st.none() | refs,
    steps=st.lists(steps, unique_by=lambda step: step.ref, max_size=4).map(tuple),
)


def applied(old: PlanWording, changes: tuple[Change, ...]) -> tuple[dict[str, object], dict[UUID, dict[str, object]]]:
    """The twin: the old wording with every change carried out, as plain dictionaries."""
    goal: dict[str, object] = {
        "goal_title": old.goal_title,
        "goal_form": old.goal_form,
        "goal_workplace": old.goal_workplace,
        "goal_function": old.goal_function,
    }
    names = {
        Field.STEP_TITLE: "title",
        Field.STEP_DAYS: "planned",
        Field.STEP_HOURS: "weekly_hours",
        Field.STEP_TIMES: "times",
        Field.STEP_WORKPLACE: "workplace",
        Field.STEP_NEEDS: "needs",
    }
    rows = {step.ref: plain(step) for step in old.steps}
    for change in changes:
        if change.step is None and change.field is not Field.POSITION:
            assert goal[change.field.value] == change.was
            goal[change.field.value] = change.now
        elif change.step is None:
            continue
        elif change.field is Field.STEP_REMOVED:
            del rows[change.step]
        elif change.field is Field.STEP_ADDED:
            assert change.step not in rows
            rows[change.step] = {"added": change.now}
        elif change.field is Field.SUB_GOAL_REMOVED:
            rows[change.step]["sub_goals"] -= {change.was}  # type: ignore[operator]
        elif change.field is Field.SUB_GOAL_ADDED:
            rows[change.step]["sub_goals"] |= {change.now}  # type: ignore[operator]
        else:
            assert rows[change.step][names[change.field]] == change.was
            rows[change.step][names[change.field]] = change.now
    return goal, rows


def plain(step: StepWording) -> dict[str, object]:
    return {
        "title": step.title,
        "planned": step.planned,
        "weekly_hours": step.weekly_hours,
        "times": step.times,
        "workplace": step.workplace,
        "needs": step.needs,
        "sub_goals": set(step.sub_goals),
    }


@given(plans, plans)
def test_the_old_wording_with_its_differences_is_the_new_one(old: PlanWording, new: PlanWording) -> None:
    changes = difference(old, new)
    goal, rows = applied(old, changes)
    assert goal == {name: getattr(new, name) for name in goal}
    before = {step.ref for step in old.steps}
    expected = {step.ref: plain(step) if step.ref in before else {"added": step.planned} for step in new.steps}
    assert rows == expected
    kept_old = [step.ref for step in old.steps if step.ref in expected]
    kept_new = [step.ref for step in new.steps if step.ref in before]
    assert any(change.field is Field.POSITION for change in changes) == (kept_old != kept_new)


@given(plans)
def test_nothing_differs_from_itself_and_order_alone_binds_nobody(plan: PlanWording) -> None:
    assert difference(plan, plan) == ()
    turned = replace(plan, steps=plan.steps[::-1])
    assert not is_material(difference(plan, turned))


def test_every_field_has_an_effect_and_what_a_version_holds_is_approved() -> None:
    assert set(EFFECTS) == set(Field)
    silent = {field for field, effect in EFFECTS.items() if effect is Effect.SILENT}
    beside = {field for field, effect in EFFECTS.items() if effect in (Effect.NOTIFY, Effect.ACKNOWLEDGE)}
    assert silent == {Field.POSITION}
    assert beside == {
        Field.MENTOR,
        Field.COMMITMENT,
        Field.CONTACT_PERSON,
        Field.CASEWORKER,
        Field.COMPANY_LEFT,
    }


FACT = StepFact(UUID(int=1), StepKind.GUIDANCE, Period(DAY, DAY + timedelta(days=30)))


@given(
    started=st.none() | days,
    ended=st.booleans(),
    shown=st.lists(days, max_size=2),
    new=periods,
    on=days,
)
def test_what_may_change_of_the_days(
    started: date | None, ended: bool, shown: list[date], new: Period, on: date
) -> None:
    goals = tuple(SubGoalFact(UUID(int=10 + number), each) for number, each in enumerate(shown))
    fact = replace(FACT, started_on=started, sub_goals=goals if started else ())
    if started and ended:
        fact = replace(fact, ended_on=started)
    codes = {str(refusal.code) for refusal in why_not_change(fact, new, on=on)}
    expected: set[str] = set()
    if fact.ended_on is not None:
        expected = {"STEP_ENDED_STAYS"}
    elif started is not None:
        if new.start != fact.planned.start:
            expected.add("STEP_BEGUN_STAYS")
        past = [each for each in shown if each >= (new.end or on)]
        gone = started <= on and new.end is not None and new.end <= on
        if new.end != fact.planned.end and (past or gone):
            expected.add("SHORTENED_PAST_THE_FACTS")
    assert codes == expected
    assert bool(why_not_remove(fact)) == (started is not None)


@given(st.lists(periods, max_size=4), days)
def test_holes_are_the_days_ahead_on_which_nothing_is_planned(planned: list[Period], on: date) -> None:
    facts = [replace(FACT, ref=UUID(int=number), planned=each) for number, each in enumerate(planned, start=1)]
    everything = {each.start + timedelta(days=number) for each in planned for number in range(each.days or 0)}
    expected = {
        day
        for number in range(80)
        if (day := DAY + timedelta(days=number)) >= on
        and everything
        and min(everything) <= day <= max(everything)
        and day not in everything
    }
    found = {hole.start + timedelta(days=number) for hole in holes(facts, on=on) for number in range(hole.days or 0)}
    assert found == expected


@given(st.lists(st.tuples(periods, st.booleans()), min_size=2, max_size=4))
def test_too_early_is_before_the_end_of_what_it_needs(laid: list[tuple[Period, bool]]) -> None:
    facts = []
    for number, (period, begun) in enumerate(laid, start=1):
        needs = frozenset({UUID(int=number - 1)}) if number > 1 else frozenset[UUID]()
        fact = replace(FACT, ref=UUID(int=number), planned=period, needs=needs)
        facts.append(replace(fact, started_on=period.start) if begun else fact)
    expected = {
        now.ref
        for before, now in zip(facts, facts[1:], strict=False)
        if now.started_on is None and before.planned.end and now.planned.start < before.planned.end
    }
    assert {each.step for each in too_early(facts)} == expected


@given(clock, clock)
def test_times_clash_when_they_share_a_minute(one: WeekTime, other: WeekTime) -> None:
    def minutes(each: WeekTime) -> set[tuple[int, int]]:
        return {
            (each.weekday, minute)
            for minute in range(24 * 60)
            if each.starts <= time(minute // 60, minute % 60) < each.ends
        }

    assert one.clashes(other) == bool(minutes(one) & minutes(other))
    assert hours_of([one, other]) * 60 == len(minutes(one)) + len(minutes(other))


@given(staircases(), some_days())
def test_what_has_begun_comes_after_nothing_that_is_not_fulfilled(steps: tuple[StepFact, ...], on: date) -> None:
    """The twin looks at each step that is needed, on the later of the two days."""
    by_ref = {step.ref: step for step in steps}

    def passed(need: StepFact, day: date) -> bool:
        fulfilled_on = need.ended_on if need.ending is Ending.FULFILLED else None
        return any(each is not None and each <= day for each in (fulfilled_on, need.waived_on))

    for step in steps:
        day = max(on, step.started_on or on)
        wanting = {need for need in step.needs if step.started_on and not passed(by_ref[need], day)}
        refused = why_not_need(Ladder(steps), step.ref, on=on)
        assert {each.args["other"] for each in refused} == wanting
        assert len(refused) == len(wanting)
