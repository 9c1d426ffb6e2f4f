"""Laying the steps of a draft: what is refused, what two at once may do, and that what was agreed stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from jobpakke.companies.models import Sector
from jobpakke.companies.services import add_workplace, register_company
from jobpakke.lib.refusal import Refused
from jobpakke.method.step_kinds import EvidenceKind, StepKind
from jobpakke.method.week import WeekTime
from jobpakke.packages.models import EndReason, PlannedStep, Step, SubGoal
from jobpakke.packages.services import (
    add_sub_goal,
    change_step,
    declare_ties,
    duplicate_step,
    end_step,
    extend_step,
    lay_step,
    move_step,
    place_step,
    propose_plan,
    record_evidence,
    remove_step,
    remove_sub_goal,
    reopen_plan,
    shorten_step,
    start_step,
)
from jobpakke.packages.services.plan.checks import StepFacts
from jobpakke.packages.wording import times_of
from tests.builders import DAY, MOST_STEPS, Cast, agreed, draft, workplace

pytestmark = pytest.mark.django_db
LATER = DAY + timedelta(days=10)
TALKS = StepFacts(StepKind.GUIDANCE, "Samtaler", DAY, LATER)
MORNING = WeekTime(0, time(8), time(12))


def day(number: int) -> date:
    return DAY + timedelta(days=number)


def facts_of(planned: PlannedStep, **changes: Any) -> StepFacts:
    plain = StepFacts(
        kind=StepKind(planned.step.kind),
        title=planned.title,
        starts_on=planned.starts_on,
        ends_on=planned.ends_on,
        weekly_hours=planned.weekly_hours,
        workplace=planned.workplace,
        needs=tuple(planned.needs.all()),
        times=times_of(planned),
    )
    return replace(plain, **changes)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"ends_on": DAY}, "STEP_DATES_REVERSED"),
        ({"weekly_hours": Decimal("37.5")}, "STEP_HOURS_OUT_OF_RANGE"),
        ({"weekly_hours": Decimal(0)}, "STEP_HOURS_OUT_OF_RANGE"),
        ({"title": " "}, "TEXT_NEEDED"),
        ({"title": "a" * 161}, "TEXT_TOO_LONG"),
        ({"times": frozenset({MORNING, WeekTime(0, time(11), time(13))})}, "STEP_TIMES_TWICE"),
        ({"times": frozenset({MORNING}), "weekly_hours": Decimal("3.9")}, "STEP_TIMES_PASS_HOURS"),
    ],
)
def test_a_step_that_is_refused(cast: Cast, changes: dict[str, Any], code: str) -> None:
    stairs = draft(cast.bo, cast.her)
    with pytest.raises(Refused, match=code):
        lay_step(actor=cast.bo, version=stairs.version, facts=replace(TALKS, **changes), on=DAY)
    assert stairs.version.planned_steps.count() == 2
    with pytest.raises(Refused, match=code):
        change_step(
            actor=cast.bo,
            planned=stairs.first,
            facts=facts_of(stairs.first, **changes),
            seen=stairs.first.edits,
            on=DAY,
        )


def test_times_that_fill_the_hours_are_kept(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    facts = replace(TALKS, times=frozenset({MORNING}), weekly_hours=Decimal(4))
    laid = lay_step(actor=cast.bo, version=stairs.version, facts=facts, on=DAY)
    laid.refresh_from_db()
    assert times_of(laid) == {MORNING}


def test_a_step_depends_on_its_own_package_only_and_never_in_a_circle(cast: Cast) -> None:
    stairs, other = draft(cast.bo, cast.her), draft(cast.erik, cast.frode)
    with pytest.raises(Refused, match="STEP_OF_ANOTHER_PACKAGE"):
        lay_step(actor=cast.bo, version=stairs.version, facts=replace(TALKS, needs=(other.first.step,)), on=DAY)
    circle = facts_of(stairs.first, needs=(stairs.second.step,))
    with pytest.raises(Refused, match="STEPS_GO_IN_CIRCLE"):
        change_step(actor=cast.bo, planned=stairs.first, facts=circle, seen=stairs.first.edits, on=DAY)
    assert list(PlannedStep.objects.get(pk=stairs.first.pk).needs.all()) == []


def test_a_workplace_of_another_municipality_is_refused(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    company = register_company(actor=cast.dorte, municipality=cast.there, cvr="99100028", name="Der", on=DAY)
    place = add_workplace(
        actor=cast.dorte, company=company, p_number="9900000009", name="Der", sector=Sector.PUBLIC, on=DAY
    )
    with pytest.raises(Refused, match="PLACE_OF_ANOTHER_MUNICIPALITY"):
        lay_step(actor=cast.bo, version=stairs.version, facts=replace(TALKS, workplace=place), on=DAY)


def test_the_place_may_be_open_in_a_draft_but_not_in_a_proposal(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    practice = replace(TALKS, kind=StepKind.INTERNSHIP, title="Praktik")
    laid = lay_step(actor=cast.bo, version=stairs.version, facts=practice, on=DAY)
    with pytest.raises(Refused, match="PLACES_OPEN") as refused:
        propose_plan(actor=cast.bo, version=stairs.version, on=DAY)
    assert refused.value.refusals[0].args["steps"] == ("Praktik",)
    place = workplace(cast.bo, cast.here)
    change_step(actor=cast.bo, planned=laid, facts=facts_of(laid, workplace=place), seen=laid.edits, on=DAY)
    declare_ties(actor=cast.bo, version=stairs.version, close_family={place.ref: False}, on=DAY)
    propose_plan(actor=cast.bo, version=stairs.version, on=DAY)


def test_who_read_an_older_text_changes_nothing(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    seen = stairs.first.edits
    change_step(actor=cast.bo, planned=stairs.first, facts=facts_of(stairs.first, title="Ny"), seen=seen, on=DAY)
    with pytest.raises(Refused, match="CHANGED_MEANWHILE_BY_ANOTHER"):
        change_step(actor=cast.bo, planned=stairs.first, facts=facts_of(stairs.first, title="To"), seen=seen, on=DAY)
    read = stairs.second.edits
    add_sub_goal(actor=cast.bo, planned=stairs.second, title="X", evidence_kind=EvidenceKind.STATEMENT, on=DAY)
    with pytest.raises(Refused, match="CHANGED_MEANWHILE_BY_ANOTHER"):
        extend_step(actor=cast.bo, planned=stairs.second, ends_on=day(200), seen=read, on=DAY)
    assert PlannedStep.objects.get(pk=stairs.first.pk).title == "Ny"


def test_a_proposal_stands_still(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    propose_plan(actor=cast.bo, version=stairs.version, on=DAY)
    first = stairs.first
    for verb in (
        lambda: lay_step(actor=cast.bo, version=stairs.version, facts=TALKS, on=DAY),
        lambda: change_step(actor=cast.bo, planned=first, facts=facts_of(first), seen=first.edits, on=DAY),
        lambda: duplicate_step(actor=cast.bo, planned=first, on=DAY),
        lambda: remove_step(actor=cast.bo, planned=stairs.second, on=DAY),
        lambda: place_step(actor=cast.bo, planned=first, up=False, on=DAY),
        lambda: extend_step(actor=cast.bo, planned=first, ends_on=day(90), seen=first.edits, on=DAY),
        lambda: remove_sub_goal(actor=cast.bo, planned=first, goal=stairs.goal, on=DAY),
        lambda: propose_plan(actor=cast.bo, version=stairs.version, on=DAY),
    ):
        with pytest.raises(Refused, match="PLAN_PROPOSED"):
            verb()


def test_extend_shorten_and_move_do_what_they_say(cast: Cast) -> None:
    planned = draft(cast.bo, cast.her).first
    end = planned.ends_on
    with pytest.raises(Refused, match="NOT_LATER"):
        extend_step(actor=cast.bo, planned=planned, ends_on=end, seen=planned.edits, on=DAY)
    extend_step(actor=cast.bo, planned=planned, ends_on=end + timedelta(days=1), seen=planned.edits, on=DAY)
    with pytest.raises(Refused, match="NOT_EARLIER"):
        shorten_step(actor=cast.bo, planned=planned, ends_on=end + timedelta(days=1), seen=planned.edits, on=DAY)
    shorten_step(actor=cast.bo, planned=planned, ends_on=end, seen=planned.edits, on=DAY)
    with pytest.raises(Refused, match="STEP_DATES_REVERSED"):
        shorten_step(actor=cast.bo, planned=planned, ends_on=DAY, seen=planned.edits, on=DAY)
    with pytest.raises(Refused, match="STEP_DATES_REVERSED"):
        move_step(actor=cast.bo, planned=planned, starts_on=LATER, ends_on=LATER, seen=planned.edits, on=DAY)
    move_step(actor=cast.bo, planned=planned, starts_on=day(1), ends_on=LATER, seen=planned.edits, on=DAY)
    planned.refresh_from_db()
    assert (planned.starts_on, planned.ends_on) == (day(1), LATER)


def test_what_has_happened_is_not_planned_away(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    start_step(actor=cast.bo, step=stairs.first.step, started_on=DAY, on=DAY)
    record_evidence(actor=cast.bo, sub_goal=stairs.goal, shown_on=day(5), meets=True, on=day(5))
    version = reopen_plan(actor=cast.bo, package=stairs.package, on=day(6))
    row = version.planned_steps.get(step=stairs.first.step)
    with pytest.raises(Refused, match="STEP_BEGUN_STAYS"):
        remove_step(actor=cast.bo, planned=row, on=day(6))
    with pytest.raises(Refused, match="STEP_BEGUN_STAYS"):
        move_step(actor=cast.bo, planned=row, starts_on=day(1), ends_on=day(60), seen=row.edits, on=day(6))
    with pytest.raises(Refused, match="SHORTENED_PAST_THE_FACTS"):
        shorten_step(actor=cast.bo, planned=row, ends_on=day(6), seen=row.edits, on=day(6))
    shorten_step(actor=cast.bo, planned=row, ends_on=day(7), seen=row.edits, on=day(6))
    end_step(actor=cast.bo, step=stairs.first.step, ended_on=day(6), reason=EndReason.ABSENCE, on=day(6))
    row.refresh_from_db()
    with pytest.raises(Refused, match="STEP_ENDED_STAYS"):
        extend_step(actor=cast.bo, planned=row, ends_on=day(90), seen=row.edits, on=day(8))
    row.step.refresh_from_db()
    with pytest.raises(Refused, match="STEP_ENDED_STAYS"):
        add_sub_goal(actor=cast.bo, planned=row, title="Ny", evidence_kind=EvidenceKind.STATEMENT, on=day(8))


def test_a_step_is_repeated_with_sub_goals_of_its_own(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    copy = duplicate_step(actor=cast.bo, planned=stairs.first, on=DAY)
    assert copy.step_id != stairs.first.step_id
    assert (copy.starts_on, copy.ends_on) == (stairs.first.ends_on, stairs.first.ends_on + timedelta(days=60))
    [goal] = copy.sub_goals.all()
    assert goal.title == stairs.goal.title
    assert goal.pk != stairs.goal.pk


def test_steps_change_places_and_stop_at_the_ends(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)

    def order() -> list[int]:
        return list(stairs.version.planned_steps.order_by("position").values_list("pk", flat=True))

    before = order()
    place_step(actor=cast.bo, planned=stairs.first, up=True, on=DAY)
    assert order() == before
    place_step(actor=cast.bo, planned=stairs.first, up=False, on=DAY)
    assert order() == before[::-1]


def test_a_step_that_others_need_is_not_removed_and_one_that_is_leaves_nothing(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    with pytest.raises(Refused, match="STEP_NEEDED") as refused:
        remove_step(actor=cast.bo, planned=stairs.first, on=DAY)
    assert refused.value.refusals[0].args["by"] == ("Vejledning",)
    remove_step(actor=cast.bo, planned=stairs.second, on=DAY)
    assert Step.objects.count() == 1
    assert SubGoal.objects.count() == 1


def test_what_leaves_a_draft_stays_in_the_agreed_version(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    version = reopen_plan(actor=cast.bo, package=stairs.package, on=day(1))
    row = version.planned_steps.get(step=stairs.second.step)
    remove_sub_goal(actor=cast.bo, planned=row, goal=stairs.second_goal, on=day(1))
    with pytest.raises(Refused, match="SUB_GOAL_NOT_HERE"):
        remove_sub_goal(actor=cast.bo, planned=row, goal=stairs.second_goal, on=day(1))
    remove_step(actor=cast.bo, planned=row, on=day(1))
    assert list(stairs.second.sub_goals.all()) == [stairs.second_goal]
    assert stairs.version.planned_steps.count() == 2


def test_the_kind_of_an_agreed_step_stays_and_that_of_a_new_one_does_not(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    facts = facts_of(stairs.first, kind=StepKind.GUIDANCE)
    change_step(actor=cast.bo, planned=stairs.first, facts=facts, seen=stairs.first.edits, on=DAY)
    assert Step.objects.get(pk=stairs.first.step_id).kind == "guidance"
    other = agreed(cast.erik, cast.frode)
    version = reopen_plan(actor=cast.erik, package=other.package, on=DAY)
    row = version.planned_steps.get(step=other.first.step)
    with pytest.raises(Refused, match="STEP_KIND_STAYS"):
        change_step(actor=cast.erik, planned=row, facts=facts_of(row, kind=StepKind.GUIDANCE), seen=row.edits, on=DAY)


def test_evidence_fits_the_kind_of_step_and_a_sub_goal_stands_once(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    with pytest.raises(Refused, match="EVIDENCE_KIND_NOT_ALLOWED"):
        add_sub_goal(
            actor=cast.bo, planned=stairs.first, title="Modul", evidence_kind=EvidenceKind.LANGUAGE_MODULE, on=DAY
        )
    with pytest.raises(Refused, match="SUB_GOAL_TWICE"):
        add_sub_goal(
            actor=cast.bo,
            planned=stairs.first,
            title=stairs.goal.title.upper(),
            evidence_kind=EvidenceKind.STATEMENT,
            on=DAY,
        )


def test_a_plan_has_an_end(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    for number in range(MOST_STEPS - 2):
        lay_step(actor=cast.bo, version=stairs.version, facts=replace(TALKS, title=f"Nr {number}"), on=DAY)
    with pytest.raises(Refused, match="PLAN_TOO_LONG"):
        lay_step(actor=cast.bo, version=stairs.version, facts=TALKS, on=DAY)


def test_a_step_is_laid_with_its_first_sub_goal_or_not_at_all(cast: Cast) -> None:
    version = draft(cast.bo, cast.her).version
    facts = StepFacts(StepKind.UPSKILLING, "Kursus", day(0), day(14))
    planned = lay_step(actor=cast.bo, version=version, facts=facts, goal=" Har beviset ", on=DAY)
    assert [(goal.title, goal.evidence_kind) for goal in planned.sub_goals.all()] == [("Har beviset", "statement")]
    with pytest.raises(Refused, match="TEXT_NOT_PLAIN"):
        lay_step(actor=cast.bo, version=version, facts=facts, goal="Har\x00beviset", on=DAY)
    assert version.planned_steps.filter(title="Kursus").count() == 1
