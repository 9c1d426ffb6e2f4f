"""Each finding on the day before it holds, the day it begins, and after it has been mended."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from jobpakke.citizens.models import Status
from jobpakke.citizens.services import record_status
from jobpakke.citizens.services.status import StatusFacts
from jobpakke.continuity.caseload import caseload
from jobpakke.continuity.findings import FindingKind, findings
from jobpakke.packages.models import ContactKind, EndReason, Outcome, Party
from jobpakke.packages.services import (
    end_package,
    end_step,
    fulfil_step,
    make_commitment,
    propose_plan,
    record_contact,
    record_evidence,
    settle_commitment,
    start_step,
)
from tests.builders import DAY, Cast, agreed, draft, say_yes

pytestmark = pytest.mark.django_db


def found(cast: Cast, on: date) -> dict[FindingKind, date]:
    rows = findings(caseload(cast.bo, today=on, on=on), on=on)
    return {row.kind: row.day for row in rows}


def day(number: int) -> date:
    return DAY + timedelta(days=number)


def test_no_package_until_there_is_a_plan_which_waits_until_agreed(cast: Cast) -> None:
    assert set(found(cast, DAY)) == {FindingKind.NO_PACKAGE}
    stairs = draft(cast.bo, cast.her)
    assert found(cast, DAY) == {FindingKind.PLAN_DRAFT: DAY}
    assert found(cast, day(7 * 10 - 1)) == {FindingKind.PLAN_DRAFT: DAY}
    assert found(cast, day(7 * 10)) == {FindingKind.DRAFT_FADING: day(7 * 12)}
    propose_plan(actor=cast.bo, version=stairs.version, on=DAY)
    assert found(cast, day(100)) == {FindingKind.PLAN_UNANSWERED: DAY}
    say_yes(cast.bo, stairs.version, DAY, Party.CITIZEN)
    assert set(found(cast, DAY)) == {FindingKind.PLAN_UNANSWERED}
    say_yes(cast.bo, stairs.version, DAY, Party.COMPANY)
    assert found(cast, DAY) == {FindingKind.PLAN_WAITING: DAY}
    say_yes(cast.bo, stairs.version, DAY, Party.MUNICIPALITY)
    start_step(actor=cast.bo, step=stairs.first.step, started_on=DAY, on=DAY)
    assert found(cast, DAY) == {}


def test_a_gap_now_names_the_step_that_mends_it(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    rows = findings(caseload(cast.bo, today=DAY, on=DAY), on=DAY)
    assert [(row.kind, row.step) for row in rows] == [(FindingKind.GAP_NOW, stairs.first)]
    start_step(actor=cast.bo, step=stairs.first.step, started_on=DAY, on=DAY)
    end_step(actor=cast.bo, step=stairs.first.step, ended_on=day(5), reason=EndReason.ABSENCE, on=day(5))
    assert FindingKind.GAP_NOW not in found(cast, day(4))
    assert found(cast, day(6))[FindingKind.GAP_NOW] == day(5)


def test_a_gap_ahead_shows_thirty_days_before(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    step = start_step(actor=cast.bo, step=stairs.first.step, started_on=DAY, on=DAY)
    stairs.goal.step = step
    record_evidence(actor=cast.bo, sub_goal=stairs.goal, shown_on=day(50), meets=True, on=day(50))
    fulfil_step(actor=cast.bo, step=step, fulfilled_on=day(60), on=day(60))
    start_step(actor=cast.bo, step=stairs.second.step, started_on=day(60), on=day(60))
    # Both steps are planned end to end, for 120 days in all.
    assert FindingKind.GAP_AHEAD not in found(cast, day(89))
    assert found(cast, day(90))[FindingKind.GAP_AHEAD] == day(120)
    # Past its planned end, the step itself is what needs somebody: one row, not two.
    assert FindingKind.GAP_AHEAD not in found(cast, day(120))
    assert FindingKind.STEP_OVERDUE in found(cast, day(120))


def test_a_gate_that_can_open_and_a_step_that_can_start(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    step = start_step(actor=cast.bo, step=stairs.first.step, started_on=DAY, on=DAY)
    stairs.goal.step = step
    record_evidence(actor=cast.bo, sub_goal=stairs.goal, shown_on=day(20), meets=True, on=day(20))
    assert FindingKind.GATE_READY not in found(cast, day(19))
    assert found(cast, day(20))[FindingKind.GATE_READY] == day(20)
    fulfil_step(actor=cast.bo, step=step, fulfilled_on=day(21), on=day(21))
    assert FindingKind.GATE_READY not in found(cast, day(21))
    rows = findings(caseload(cast.bo, today=day(60), on=day(60)), on=day(60))
    assert (FindingKind.GAP_NOW, stairs.second) in [(row.kind, row.step) for row in rows]


def test_past_its_end(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    start_step(actor=cast.bo, step=stairs.first.step, started_on=DAY, on=DAY)
    assert FindingKind.STEP_OVERDUE not in found(cast, day(59))
    assert found(cast, day(60))[FindingKind.STEP_OVERDUE] == day(60)


def test_a_promise_is_due_a_week_ahead(cast: Cast) -> None:
    package = agreed(cast.bo, cast.her).package
    promise = make_commitment(
        actor=cast.bo, package=package, party=Party.COMPANY, text="Kursus", due_on=day(20), on=DAY
    )
    assert FindingKind.COMMITMENT_DUE not in found(cast, day(12))
    assert FindingKind.COMMITMENT_DUE in found(cast, day(13))
    settle_commitment(actor=cast.bo, commitment=promise, kept=True, settled_on=day(14), on=day(14))
    assert FindingKind.COMMITMENT_DUE in found(cast, day(13))
    assert FindingKind.COMMITMENT_DUE not in found(cast, day(14))


def talk(cast: Cast, on: date, party: Party = Party.CITIZEN) -> None:
    record_contact(actor=cast.bo, citizen=cast.her, kind=ContactKind.CALL, party=party, held_on=on, text="Hej", on=on)


def test_four_weeks_without_a_conversation_with_the_citizen(cast: Cast) -> None:
    agreed(cast.bo, cast.her)
    assert FindingKind.NO_CONTACT not in found(cast, day(27))
    assert FindingKind.NO_CONTACT in found(cast, day(28))
    talk(cast, day(20), Party.COMPANY)
    assert FindingKind.NO_CONTACT in found(cast, day(28))
    talk(cast, day(20))
    assert FindingKind.NO_CONTACT not in found(cast, day(28))
    assert found(cast, day(48))[FindingKind.NO_CONTACT] == day(48)


def test_the_first_talk_after_the_job_began(cast: Cast) -> None:
    package = agreed(cast.bo, cast.her).package
    record_status(actor=cast.bo, citizen=cast.her, facts=StatusFacts(Status.FLEX_JOB, day(10)), on=day(10))
    end_package(actor=cast.bo, package=package, ended_on=day(10), outcome=Outcome.FLEX_JOB, on=day(10))
    assert found(cast, day(23)) == {}
    assert found(cast, day(24)) == {FindingKind.AFTERCARE_CHECK: day(24)}
    talk(cast, day(24))
    assert found(cast, day(24)) == {}


def test_a_lost_job_is_found_the_same_day(cast: Cast) -> None:
    package = agreed(cast.bo, cast.her).package
    facts = StatusFacts(Status.ORDINARY_JOB, day(10), day(40))
    record_status(actor=cast.bo, citizen=cast.her, facts=facts, on=day(10))
    end_package(actor=cast.bo, package=package, ended_on=day(10), outcome=Outcome.ORDINARY_JOB, on=day(10))
    assert FindingKind.NO_PACKAGE not in found(cast, day(39))
    assert FindingKind.NO_PACKAGE in found(cast, day(40))
