"""A municipality's own ready-made staircases: the steps against what may be laid, and the verbs with their refusals."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobpakke.history.models import Event
from jobpakke.lib.refusal import Refused
from jobpakke.method.evidence import Demand
from jobpakke.method.rulebook import rulebook
from jobpakke.method.step_kinds import STEP_KINDS, EvidenceKind, StepKind
from jobpakke.packages.models import GoalForm, StaircaseTemplate, Trade
from jobpakke.packages.ready_made import ReadyGoal, ReadyStaircase, ReadyStep, shipped, steps_of, stored
from jobpakke.packages.services import (
    copy_staircase,
    keep_staircase,
    lay_staircase,
    name_staircase,
    retire_staircase,
    shape_staircase,
)
from jobpakke.packages.services.plan.drafting import draft_package
from jobpakke.packages.shaping import added, changed, check_steps, duplicated, moved, removed
from tests.builders import DAY, Cast

kept = partial(check_steps, rules=rulebook(), on=DAY)


def named(title: str, *needs: int, kind: StepKind = StepKind.GUIDANCE, **more: Any) -> ReadyStep:
    return ReadyStep(kind, title, 4, needs=needs, **more)


def asking(demand: Demand) -> ReadyStep:
    return named("a", sub_goals=(ReadyGoal("Kommer", EvidenceKind.ATTENDANCE, demand),))


@st.composite
def chains(draw: st.DrawFn) -> tuple[ReadyStep, ...]:
    """Steps with names of their own, each needing some before it."""
    count = draw(st.integers(1, 7))
    return tuple(
        named(f"t{number}", *sorted(draw(st.sets(st.integers(0, number - 1), max_size=3)) if number else ()))
        for number in range(count)
    )


def by_title(steps: tuple[ReadyStep, ...]) -> dict[str, frozenset[str]]:
    """The twin speaks of titles, which do not change when the numbers do."""
    return {step.title: frozenset(steps[need].title for need in step.needs) for step in steps}


@given(chains(), st.data())
def test_whatever_moves_the_needs_stay(steps: tuple[ReadyStep, ...], data: st.DataObject) -> None:
    number, up = data.draw(st.integers(0, len(steps) - 1)), data.draw(st.booleans())
    first, second = (number - 1, number) if up else (number, number + 1)
    if first < 0 or second >= len(steps):
        assert moved(steps, number, up=up) == steps
    elif first in steps[second].needs:
        with pytest.raises(Refused, match="READY_STEP_BEFORE_ITS_NEEDS"):
            kept(moved(steps, number, up=up))
    else:
        found = moved(steps, number, up=up)
        assert by_title(found) == by_title(steps)
        assert [step.title for step in found[first : second + 1]] == [steps[second].title, steps[first].title]


@given(chains(), st.data())
def test_what_is_removed_was_needed_by_none(steps: tuple[ReadyStep, ...], data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(steps) - 1))
    gone = steps[number].title
    if any(gone in needs for needs in by_title(steps).values()):
        with pytest.raises(Refused, match="READY_STEP_NEEDED"):
            removed(steps, number)
    else:
        left = {title: needs for title, needs in by_title(steps).items() if title != gone}
        assert by_title(removed(steps, number)) == left


@given(chains(), st.data())
def test_a_duplicate_needs_the_same_and_nobody_needs_it(steps: tuple[ReadyStep, ...], data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(steps) - 1))
    found = duplicated(steps, number)
    twin = found[number + 1]
    assert twin == found[number] == steps[number]
    assert by_title(found) == by_title(steps)
    assert not any(number + 1 in step.needs for step in found)


@pytest.mark.parametrize(
    ("step", "code"),
    [
        (named("a", 1), "READY_STEP_BEFORE_ITS_NEEDS"),
        (replace(named("a"), weeks=0), "READY_STEP_WEEKS"),
        (replace(named("a"), weeks=261), "READY_STEP_WEEKS"),
        (replace(named("a"), hours=38.0), "READY_STEP_HOURS"),
        (named("a", sub_goals=(ReadyGoal("Bevis", EvidenceKind.CERTIFICATE),)), "READY_STEP_EVIDENCE"),
        (named("a", sub_goals=2 * (ReadyGoal("Kommer", EvidenceKind.ATTENDANCE),)), "READY_SUB_GOAL_TWICE"),
        (asking(Demand(share=101)), "SHARE_OUT_OF_RANGE"),
        (asking(Demand(level=3)), "DEMAND_OF_ANOTHER_KIND"),
    ],
)
def test_what_no_step_may_be(step: ReadyStep, code: str) -> None:
    with pytest.raises(Refused, match=code):
        kept(changed((named("x"), named("y")), 0, step))
    with pytest.raises(Refused, match=code):
        kept((step,))


def test_no_more_than_a_plan_takes_and_none_that_is_not_there() -> None:
    many = tuple(named(f"t{number}") for number in range(16))
    assert kept(many) == many
    with pytest.raises(Refused, match="READY_STEPS_TOO_MANY"):
        kept(added(many, named("t16")))
    for verb in (removed, duplicated):
        with pytest.raises(Refused, match="READY_STEP_NOT_THERE"):
            verb(many, 16)
    with pytest.raises(Refused, match="READY_STEP_NOT_THERE"):
        moved(many, -1, up=True)


def test_those_that_come_with_the_program_may_be_kept() -> None:
    for staircase in shipped().values():
        assert kept(staircase.steps) == staircase.steps
        assert tuple(steps_of(stored(staircase.steps))) == staircase.steps
        assert staircase.name.startswith(staircase.trade)
    assert {kind for each in shipped().values() for step in each.steps for kind in (step.kind,)} <= set(STEP_KINDS)


SOURCE = next(iter(shipped().values()))


def copied(cast: Cast, name: str = "Vores trappe") -> StaircaseTemplate:
    return copy_staircase(actor=cast.bo, municipality=cast.here, source=SOURCE, name=name, on=DAY)


@pytest.mark.django_db
def test_a_copy_is_named_changed_laid_and_put_away(cast: Cast) -> None:
    row = copied(cast)
    assert (row.trade, row.goal, tuple(steps_of(row.steps))) == (SOURCE.trade, SOURCE.goal, SOURCE.steps)
    common: dict[str, Any] = {"actor": cast.erik, "template": row, "on": DAY}
    words: dict[str, Any] = {"name": "Plejehjem", "trade": "Rengøring", "goal": "Assistent", "form": GoalForm.FLEX}
    name_staircase(seen=0, **words, **common)
    with pytest.raises(Refused, match="CHANGED_MEANWHILE_BY_ANOTHER"):
        name_staircase(seen=0, **words, **common)
    with pytest.raises(Refused, match="CHANGED_MEANWHILE_BY_ANOTHER"):
        shape_staircase(seen=0, steps=SOURCE.steps, **common)
    with pytest.raises(Refused, match="READY_STEP_WEEKS"):
        shape_staircase(seen=1, steps=(replace(SOURCE.steps[0], weeks=0),), **common)
    with pytest.raises(Refused, match="TEXT_NEEDED"):
        shape_staircase(seen=1, steps=(replace(SOURCE.steps[0], title=" "),), **common)
    steps = added(SOURCE.steps, named("Mentor i butikken", kind=StepKind.MENTORING))
    shape_staircase(seen=1, steps=steps, **common)
    row = StaircaseTemplate.objects.get()
    assert (row.name, row.form, row.edits, tuple(steps_of(row.steps))) == ("Plejehjem", "flex", 2, steps)
    version = draft_package(actor=cast.bo, citizen=cast.her, goal_title="Job", form=GoalForm.FLEX, on=DAY)
    own = replace(SOURCE, steps=tuple(steps_of(row.steps)))
    laid = lay_staircase(actor=cast.bo, version=version, staircase=own, starts_on=DAY, on=DAY)
    assert [each.title for each in laid] == [step.title for step in steps]
    retire_staircase(actor=cast.bo, template=row, on=DAY)
    with pytest.raises(Refused, match="CHANGED_MEANWHILE_BY_ANOTHER"):
        shape_staircase(seen=2, steps=steps, **common)
    kinds = list(Event.objects.filter(subject=row.ref).order_by("pk").values_list("kind", flat=True))
    assert kinds == ["staircase_copied", "staircase_changed", "staircase_changed", "staircase_retired"]


@pytest.mark.django_db
def test_two_of_one_name_and_those_of_another_municipality(cast: Cast) -> None:
    row, other = copied(cast), copied(cast, "En anden")
    with pytest.raises(Refused, match="STAIRCASE_NAME_TAKEN"):
        copied(cast)
    words: dict[str, Any] = {"trade": "", "goal": "Job", "form": GoalForm.FLEX, "seen": 0, "on": DAY}
    with pytest.raises(Refused, match="STAIRCASE_NAME_TAKEN"):
        name_staircase(actor=cast.bo, template=other, name=row.name, **words)
    with pytest.raises(Refused, match="ROLE_LACKS_ACT"):
        copy_staircase(actor=cast.dorte, municipality=cast.here, source=SOURCE, name="X", on=DAY)
    with pytest.raises(Refused, match="NOT_FOUND"):
        name_staircase(actor=cast.dorte, template=row, name="X", **words)
    with pytest.raises(Refused, match="NOT_FOUND"):
        shape_staircase(actor=cast.dorte, template=row, steps=SOURCE.steps, seen=0, on=DAY)


@pytest.mark.django_db
def test_a_kept_plan_asks_for_as_much_when_it_is_laid_again(cast: Cast) -> None:
    asked = (
        ReadyGoal("Kommer", EvidenceKind.ATTENDANCE, Demand(share=95)),
        ReadyGoal("Plukker", EvidenceKind.CARD_LEVEL, Demand(level=3, which="Pluk")),
        ReadyGoal("Er glad", EvidenceKind.STATEMENT),
    )
    step = named("Praktik", kind=StepKind.INTERNSHIP, sub_goals=asked)
    source = ReadyStaircase("x", "x", "Lager", GoalForm.ORDINARY.value, (step,))
    version = draft_package(actor=cast.bo, citizen=cast.her, goal_title="Lager", form=GoalForm.ORDINARY, on=DAY)
    lay_staircase(actor=cast.bo, version=version, staircase=source, starts_on=DAY, on=DAY)
    kept = keep_staircase(actor=cast.bo, version=version, name="Vores", on=DAY)
    assert next(steps_of(kept.steps)).sub_goals == asked


def test_what_was_kept_before_sub_goals_said_how_much_can_still_be_read() -> None:
    row = {"kind": "internship", "title": "Praktik", "weeks": 4, "sub_goals": [["Kommer", "attendance"]]}
    assert next(steps_of([row])).sub_goals == (ReadyGoal("Kommer", EvidenceKind.ATTENDANCE),)
    with pytest.raises(ValueError, match="share or level"):
        list(steps_of([{**row, "sub_goals": [{"title": "Kommer", "evidence": "attendance", "demand": {"level": 2}}]}]))


def test_a_goal_without_a_trade_is_counted_as_that_of_the_staircase(cast: Cast) -> None:
    version = draft_package(actor=cast.bo, citizen=cast.her, goal_title="Stuepige", form=GoalForm.ORDINARY, on=DAY)
    for code in ("hotel", "office"):
        lay_staircase(actor=cast.bo, version=version, staircase=shipped()[code], starts_on=DAY, on=DAY)
    version.refresh_from_db()
    assert (version.goal.title, version.goal.trade) == ("Stuepige", "hotel")
    assert {staircase.counted_as for staircase in shipped().values()} - {""} <= set(Trade.values)
