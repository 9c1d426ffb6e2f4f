"""What was agreed and happened on paper, entered later with its true days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from jobpakke.followup.standings import standings
from jobpakke.history.models import Event
from jobpakke.lib.refusal import Refused
from jobpakke.method.status import LabourMarketStatus
from jobpakke.method.step_kinds import EvidenceKind, StepKind
from jobpakke.packages.facts import plan_of_version
from jobpakke.packages.models import EndReason, GoalForm, LateReason, Outcome, Party, PlanVersion, Programme
from jobpakke.packages.models.package import OnBehalfReason
from jobpakke.packages.rules import check_plan
from jobpakke.packages.services import (
    add_sub_goal,
    approve_plan,
    draft_package,
    end_package,
    end_step,
    fulfil_step,
    lay_step,
    propose_plan,
    record_evidence,
    reopen_plan,
    start_step,
    tell_paper,
    withdraw_proposal,
)
from jobpakke.packages.services.plan.checks import StepFacts
from tests.builders import DAY, Cast, Stairs, agreed, draft
from tests.clocks import Clock

pytestmark = pytest.mark.django_db
TODAY = DAY + timedelta(days=120)
LATE = LateReason.TOLD_LATE


def day(number: int) -> date:
    return DAY + timedelta(days=number)


def on_paper(cast: Cast, programme: Programme | None = None) -> Stairs:
    """Drafted today with the days of then, and told to have lain on paper on the day."""
    version = draft_package(
        actor=cast.bo,
        citizen=cast.her,
        goal_title="Leder på hotel",
        form=GoalForm.ORDINARY,
        programme=programme,
        on=TODAY,
    )
    stairs = _laid(cast, version)
    tell_paper(actor=cast.bo, version=version, paper_on=DAY, late_reason=LATE, on=TODAY)
    return stairs


def _laid(cast: Cast, version: PlanVersion) -> Stairs:
    first = lay_step(
        actor=cast.bo, version=version, facts=StepFacts(StepKind.GUIDANCE, "Samtaler", day(3), day(60)), on=TODAY
    )
    second = lay_step(
        actor=cast.bo,
        version=version,
        facts=StepFacts(StepKind.CLARIFICATION, "Afklaring", day(60), day(140), needs=(first.step,)),
        on=TODAY,
    )
    goals = [
        add_sub_goal(actor=cast.bo, planned=row, title="Mål", evidence_kind=EvidenceKind.STATEMENT, on=TODAY)
        for row in (first, second)
    ]
    return Stairs(version.package, version, first, second, *goals)


def yes(cast: Cast, version: PlanVersion, party: Party, given_on: date) -> None:
    behalf = None if party == Party.MUNICIPALITY else OnBehalfReason.SIGNED_ON_PAPER
    approve_plan(actor=cast.bo, version=version, party=party, given_on=given_on, on_behalf_reason=behalf, on=TODAY)


def test_a_whole_life_with_its_true_days(clock: Clock, cast: Cast, programme: Programme) -> None:
    clock.at(TODAY)
    stairs = on_paper(cast, programme)
    propose_plan(actor=cast.bo, version=stairs.version, on=TODAY)
    assert PlanVersion.objects.get().proposed_on == DAY
    with pytest.raises(Refused, match="APPROVED_BEFORE_PROPOSED"):
        yes(cast, stairs.version, Party.CITIZEN, day(-1))
    with pytest.raises(Refused, match="MUNICIPALITY_APPROVES_LAST"):
        yes(cast, stairs.version, Party.MUNICIPALITY, day(2))
    yes(cast, stairs.version, Party.CITIZEN, day(1))
    yes(cast, stairs.version, Party.COMPANY, day(2))
    with pytest.raises(Refused, match="APPROVED_BEFORE_PROPOSED"):
        yes(cast, stairs.version, Party.MUNICIPALITY, day(1))
    yes(cast, stairs.version, Party.MUNICIPALITY, day(2))
    stairs.package.refresh_from_db()
    assert stairs.package.opened_on == day(2)
    climbed(cast, stairs)
    assert cell(programme, day(2)) == LabourMarketStatus.CASH_BENEFIT
    assert {cell(programme, day(number)) for number in (3, 69, 70, 99)} == {LabourMarketStatus.IN_PACKAGE}
    assert cell(programme, day(100)) == LabourMarketStatus.CASH_BENEFIT
    assert not standings(programme, on=day(50), known_at=datetime(2026, 6, 29, tzinfo=UTC)).citizens
    proposed = Event.objects.get(kind="plan_proposed")
    assert (proposed.effective_on, proposed.data["late"]) == (DAY, "told_late")


def cell(programme: Programme, on: date) -> str:
    return next(iter(standings(programme, on=on).citizens.values())).cell[-1]


def climbed(cast: Cast, stairs: Stairs) -> None:
    common: dict[str, Any] = {"actor": cast.bo, "on": TODAY}
    first, second = stairs.first.step, stairs.second.step
    with pytest.raises(Refused, match="STARTED_LATE_WITHOUT_REASON"):
        start_step(step=first, started_on=day(3), **common)
    start_step(step=first, started_on=day(3), late_reason=LATE, **common)
    stairs.goal.step.refresh_from_db()
    shown = record_evidence(sub_goal=stairs.goal, shown_on=day(60), meets=True, late_reason=LATE, **common)
    assert shown.late_reason == LATE
    with pytest.raises(Refused, match="ENDED_LATE_WITHOUT_REASON"):
        fulfil_step(step=first, fulfilled_on=day(70), **common)
    with pytest.raises(Refused, match="SUB_GOAL_NOT_MET"):
        fulfil_step(step=first, fulfilled_on=day(59), late_reason=LATE, **common)
    fulfil_step(step=first, fulfilled_on=day(70), late_reason=LATE, **common)
    with pytest.raises(Refused, match="STEP_NOT_FULFILLED"):
        start_step(step=second, started_on=day(69), late_reason=LATE, **common)
    start_step(step=second, started_on=day(70), late_reason=LATE, **common)
    with pytest.raises(Refused, match="ENDED_LATE_WITHOUT_REASON"):
        end_step(step=second, ended_on=day(100), reason=EndReason.ABSENCE, **common)
    end_step(step=second, ended_on=day(100), reason=EndReason.ABSENCE, late_reason=LATE, **common)
    first.refresh_from_db()
    assert (first.late_reason, first.end_late_reason) == (LATE, LATE)
    kinds = ("step_started", "step_fulfilled", "step_ended", "evidence_recorded")
    assert {each.data["late"] for each in Event.objects.filter(kind__in=kinds)} == {"told_late"}


def test_the_paper_has_a_day_that_can_be_and_a_reason(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her, TODAY)
    common: dict[str, Any] = {"actor": cast.bo, "version": stairs.version, "on": TODAY}
    with pytest.raises(Refused, match="PAPER_WITHOUT_REASON"):
        tell_paper(paper_on=DAY, **common)
    with pytest.raises(Refused, match="DATE_AHEAD"):
        tell_paper(paper_on=TODAY + timedelta(days=1), late_reason=LATE, **common)
    tell_paper(paper_on=DAY, late_reason=LATE, **common)
    tell_paper(paper_on=None, late_reason=LATE, **common)
    stairs.version.refresh_from_db()
    assert (stairs.version.paper_on, stairs.version.late_reason) == (None, "")
    propose_plan(actor=cast.bo, version=stairs.version, on=TODAY)
    with pytest.raises(Refused, match="PLAN_PROPOSED"):
        tell_paper(paper_on=DAY, late_reason=LATE, **common)


def test_the_database_keeps_day_and_reason_together(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    for columns in ({"paper_on": DAY}, {"late_reason": LATE}):
        with pytest.raises(IntegrityError, match="planversion_paper"), transaction.atomic():
            PlanVersion.objects.filter(pk=stairs.version.pk).update(**columns)


def test_a_change_on_paper_comes_after_what_it_changes(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her, DAY)
    version = reopen_plan(actor=cast.bo, package=stairs.package, on=TODAY)
    with pytest.raises(Refused, match="PAPER_BEFORE_AGREED"):
        tell_paper(actor=cast.bo, version=version, paper_on=day(-1), late_reason=LATE, on=TODAY)
    tell_paper(actor=cast.bo, version=version, paper_on=day(10), late_reason=LATE, on=TODAY)


def test_a_package_on_paper_comes_after_the_one_before(cast: Cast) -> None:
    before = agreed(cast.bo, cast.her, DAY)
    end_package(actor=cast.bo, package=before.package, ended_on=day(20), outcome=Outcome.NO_JOB, on=day(20))
    stairs = draft(cast.bo, cast.her, TODAY)
    with pytest.raises(Refused, match="PAPER_IN_PACKAGE_BEFORE"):
        tell_paper(actor=cast.bo, version=stairs.version, paper_on=day(19), late_reason=LATE, on=TODAY)
    tell_paper(actor=cast.bo, version=stairs.version, paper_on=day(20), late_reason=LATE, on=TODAY)


def test_a_proposal_taken_back_keeps_the_day_of_the_paper(cast: Cast) -> None:
    stairs = on_paper(cast)
    propose_plan(actor=cast.bo, version=stairs.version, on=TODAY)
    again = withdraw_proposal(actor=cast.bo, version=stairs.version, on=TODAY)
    again.refresh_from_db()
    assert (again.paper_on, again.late_reason) == (DAY, LATE)


def test_the_rules_are_those_of_the_day_of_the_paper(cast: Cast) -> None:
    stairs = on_paper(cast)
    codes = {str(each.refusal.code) for each in check_plan(plan_of_version(stairs.version), on=TODAY).breaches}
    assert "START_IN_PAST" in codes
    propose_plan(actor=cast.bo, version=stairs.version, on=TODAY)
