"""Each finding on the day before it holds, the day it begins, and after it has been mended."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from jobpakke.citizens.models import OtherReason, Status, TargetGroupScheme
from jobpakke.citizens.services import record_status, set_target_group
from jobpakke.citizens.services.status import StatusFacts
from jobpakke.continuity.caseload import caseload
from jobpakke.continuity.findings import FindingKind, findings
from jobpakke.method.lengths import months_later
from jobpakke.method.progress import Answerer
from jobpakke.method.rulebook import Limit, Severity
from jobpakke.packages.models import (
    Aftercare,
    CareTopic,
    EndReason,
    JobPackage,
    JournalNote,
    NoteKind,
    Outcome,
    Parties,
    Party,
    ProgressMeasure,
)
from jobpakke.packages.questionnaires import newest_shipped
from jobpakke.packages.services import (
    agree_aftercare,
    correct_measure,
    correct_note,
    end_aftercare,
    end_package,
    end_step,
    fulfil_step,
    make_commitment,
    override_rule,
    propose_plan,
    record_evidence,
    record_measure,
    settle_commitment,
    start_step,
    write_note,
)
from jobpakke.packages.services.journal import CareUse, NoteFacts
from tests.builders import DAY, Cast, agreed, approve, draft, say_yes

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
    assert found(cast, day(7 * 12 - 1)) == {FindingKind.PLAN_DRAFT: DAY}
    assert found(cast, day(7 * 12)) == {FindingKind.DRAFT_FADING: day(7 * 14)}
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


def talk(cast: Cast, on: date, parties: Parties = Parties.CITIZEN, kind: NoteKind = NoteKind.CALL) -> JournalNote:
    return write_note(actor=cast.bo, citizen=cast.her, facts=NoteFacts("Hej", on, kind, parties), on=on)


def test_four_weeks_without_a_conversation_with_the_citizen(cast: Cast) -> None:
    agreed(cast.bo, cast.her)
    assert FindingKind.NO_CONTACT not in found(cast, day(27))
    assert FindingKind.NO_CONTACT in found(cast, day(28))
    talk(cast, day(20), Parties.COMPANY)
    talk(cast, day(20), Parties.NOBODY, NoteKind.NOTE)
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


def in_job(cast: Cast, until: date | None = None) -> JobPackage:
    """A package that led to a job on day 10, which perhaps ended."""
    package = agreed(cast.bo, cast.her).package
    facts = StatusFacts(Status.ORDINARY_JOB, day(10), until)
    record_status(actor=cast.bo, citizen=cast.her, facts=facts, on=day(10))
    return end_package(actor=cast.bo, package=package, ended_on=day(10), outcome=Outcome.ORDINARY_JOB, on=day(10))


def cared_for(cast: Cast, package: JobPackage, until: date) -> Aftercare:
    arguments = {"actor": cast.bo, "package": package, "starts_on": day(10), "on": day(10)}
    return agree_aftercare(ends_on=until, every_weeks=4, **arguments)  # type: ignore[arg-type]  # the same for all


def test_a_lost_job_is_a_relapse_for_some_months(cast: Cast) -> None:
    in_job(cast, until=day(40))
    assert FindingKind.RELAPSE not in found(cast, day(39))
    assert found(cast, day(40)) == {FindingKind.RELAPSE: day(40)}
    last = months_later(day(40), 6) - timedelta(days=1)
    assert set(found(cast, last)) == {FindingKind.RELAPSE}
    assert set(found(cast, last + timedelta(days=1))) == {FindingKind.NO_PACKAGE}
    reason = StatusFacts(Status.OTHER, day(41), None, OtherReason.TREATMENT)
    record_status(actor=cast.bo, citizen=cast.her, facts=reason, on=day(41))
    assert found(cast, day(41)) == {}


def test_a_relapse_is_followed_as_long_as_its_aftercare_runs(cast: Cast) -> None:
    cared_for(cast, in_job(cast, until=day(40)), until=day(400))
    assert FindingKind.RELAPSE in found(cast, day(399))
    assert set(found(cast, day(400))) == {FindingKind.NO_PACKAGE}


def test_a_new_package_mends_a_relapse_and_its_end_is_no_relapse_again(cast: Cast) -> None:
    in_job(cast, until=day(40))
    stairs = draft(cast.bo, cast.her, day(50))
    assert set(found(cast, day(50))) == {FindingKind.PLAN_DRAFT}
    approve(cast.bo, stairs.version, day(50))
    end_package(actor=cast.bo, package=stairs.package, ended_on=day(60), outcome=Outcome.NO_JOB, on=day(60))
    assert found(cast, day(61)) == {FindingKind.NO_PACKAGE: day(60)}


def test_checks_of_aftercare_follow_their_plan_until_it_ends(cast: Cast) -> None:
    care = cared_for(cast, in_job(cast), until=day(100))
    assert found(cast, day(23)) == {}
    assert found(cast, day(24)) == {FindingKind.AFTERCARE_CHECK: day(24)}
    talk(cast, day(24), Parties.COMPANY)
    assert FindingKind.AFTERCARE_CHECK in found(cast, day(24))
    talk(cast, day(30))
    assert found(cast, day(57)) == {}
    assert found(cast, day(90)) == {FindingKind.AFTERCARE_CHECK: day(58)}
    use = CareUse(care, Party.COMPANY, CareTopic.TASKS)
    facts = NoteFacts("Nyt", day(90), NoteKind.CALL, Parties.COMPANY, use=use)
    write_note(actor=cast.bo, citizen=cast.her, facts=facts, on=day(90))
    assert found(cast, day(91)) == {}
    assert found(cast, day(100)) == {}


def test_checks_stop_when_aftercare_ends_by_wish_and_go_on_beside_a_new_package(cast: Cast) -> None:
    care = cared_for(cast, in_job(cast, until=day(20)), until=day(400))
    draft(cast.bo, cast.her, day(21))
    assert FindingKind.AFTERCARE_CHECK in found(cast, day(30))
    end_aftercare(actor=cast.bo, aftercare=care, ended_on=day(31), on=day(31))
    assert FindingKind.AFTERCARE_CHECK in found(cast, day(30))
    assert FindingKind.AFTERCARE_CHECK not in found(cast, day(31))


def test_a_corrected_conversation_counts_as_it_stands_corrected(cast: Cast) -> None:
    agreed(cast.bo, cast.her)
    first = talk(cast, day(20))
    nobody = NoteFacts("Ringede forgæves", day(20), NoteKind.NOTE, Parties.NOBODY)
    correct_note(actor=cast.bo, note=first, facts=nobody, on=day(20))
    assert FindingKind.NO_CONTACT in found(cast, day(28))


def test_progress_is_due_for_whoever_has_not_answered_for_a_third_of_a_year(cast: Cast) -> None:
    agreed(cast.bo, cast.her)
    kind = FindingKind.PROGRESS_DUE

    def waiting(on: date) -> tuple[Answerer, ...]:
        rows = findings(caseload(cast.bo, today=on, on=on), on=on)
        return next((row.answerers for row in rows if row.kind is kind), ())

    def answer(by: Answerer, on: date) -> None:
        record_measure(
            actor=cast.bo,
            citizen=cast.her,
            questionnaire=newest_shipped(by),
            points={"turns_up": 3},
            answered_on=on,
            on=on,
        )

    assert waiting(day(27)) == ()
    assert (found(cast, day(28))[kind], waiting(day(28))) == (day(28), tuple(Answerer))
    answer(Answerer.CITIZEN, day(30))
    assert (found(cast, day(30))[kind], waiting(day(30))) == (day(28), (Answerer.CASEWORKER,))
    answer(Answerer.CASEWORKER, day(31))
    assert waiting(day(30 + 13 * 7 - 1)) == ()
    assert waiting(day(30 + 13 * 7)) == (Answerer.CITIZEN,)
    override_rule(
        actor=cast.anna,
        municipality=cast.here,
        limit=Limit.PROGRESS_EVERY,
        values={"weeks": 6},
        severity=Severity.WARN,
        starts_on=DAY,
        reason="Oftere",
        on=DAY,
    )
    assert waiting(day(30 + 6 * 7)) == (Answerer.CITIZEN,)
    assert found(cast, day(31 + 6 * 7))[kind] == day(30 + 6 * 7)
    correct_measure(
        actor=cast.bo,
        measure=ProgressMeasure.objects.get(by="citizen"),
        points={"turns_up": 3},
        answered_on=day(20),
        on=day(31),
    )
    assert found(cast, day(31 + 6 * 7))[kind] == day(20 + 6 * 7)


def test_a_municipalitys_own_limit_for_conversations_counts(cast: Cast) -> None:
    agreed(cast.bo, cast.her)
    agreed(cast.dorte, cast.gerda)
    override_rule(
        actor=cast.anna,
        municipality=cast.here,
        limit=Limit.CONTACT_EVERY,
        values={"days": 14},
        severity=Severity.WARN,
        starts_on=DAY,
        reason="Tættere kontakt",
        on=DAY,
    )
    assert FindingKind.NO_CONTACT not in found(cast, day(13))
    assert found(cast, day(14))[FindingKind.NO_CONTACT] == day(14)
    theirs = findings(caseload(cast.dorte, today=day(14), on=day(14)), on=day(14))
    assert FindingKind.NO_CONTACT not in {finding.kind for finding in theirs}


def test_job_interviews_are_asked_of_somebody_near_the_labour_market_in_the_first_six_months(cast: Cast) -> None:
    kind, opened_on = FindingKind.INTERVIEW_DUE, date(2026, 8, 3)
    drafted_on = opened_on - timedelta(days=10)
    version = draft(cast.bo, cast.her, drafted_on).version
    propose_plan(actor=cast.bo, version=version, on=drafted_on)
    for party in (Party.CITIZEN, Party.COMPANY):
        say_yes(cast.bo, version, drafted_on, party)
    say_yes(cast.bo, version, opened_on, Party.MUNICIPALITY)

    def held(on: date) -> JournalNote:
        return talk(cast, on, kind=NoteKind.INTERVIEW)

    held(opened_on - timedelta(days=1))  # before the package began: none of those that are counted
    due = [opened_on + timedelta(days=number) for number in (46, 92, 138, 184)]
    assert kind not in found(cast, due[0])
    set_target_group(
        actor=cast.bo, citizen=cast.her, scheme=TargetGroupScheme.READINESS, group="job_ready", on=opened_on
    )
    assert kind not in found(cast, due[0] - timedelta(days=1))
    assert found(cast, due[0])[kind] == due[0]
    talk(cast, due[0], kind=NoteKind.VISIT)
    assert found(cast, due[0])[kind] == due[0]
    note = held(due[0])
    assert kind not in found(cast, due[0])
    assert found(cast, due[1])[kind] == due[1]
    held(due[1])
    held(due[1] + timedelta(days=1))
    assert kind not in found(cast, due[2])
    correct_note(actor=cast.bo, note=note, facts=NoteFacts("Kom ikke", due[0], NoteKind.CALL), on=due[2])
    assert found(cast, due[2])[kind] == due[2]
