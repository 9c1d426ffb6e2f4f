"""From draft to agreement and on to the next version."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from jobpakke.companies.services import name_mentor
from jobpakke.continuity.caseload import caseload
from jobpakke.continuity.findings import FindingKind, findings
from jobpakke.lib.refusal import Refused
from jobpakke.packages.facts import plan_of
from jobpakke.packages.models import EndReason, GoalForm, JobPackage, Outcome, Party, PlanVersion, Step
from jobpakke.packages.models.package import OnBehalfReason
from jobpakke.packages.services import (
    approve_plan,
    assign_mentor,
    change_goal,
    discard_draft,
    draft_package,
    duplicate_step,
    end_package,
    end_step,
    extend_step,
    make_commitment,
    place_step,
    propose_plan,
    remove_step,
    reopen_plan,
    start_step,
    waive_gate,
    withdraw_proposal,
)
from tests.builders import DAY, Cast, agreed, approve, draft, say_yes, workplace

pytestmark = pytest.mark.django_db
PAPER = OnBehalfReason.SIGNED_ON_PAPER


def day(number: int) -> date:
    return DAY + timedelta(days=number)


def test_one_package_at_a_time(cast: Cast) -> None:
    draft(cast.bo, cast.her)
    with pytest.raises(Refused, match="PACKAGE_OPEN_ALREADY"):
        draft_package(actor=cast.bo, citizen=cast.her, goal_title="To", form=GoalForm.FLEX, on=DAY)


def test_the_three_say_yes_the_municipality_last(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    arguments: dict[str, Any] = {"actor": cast.bo, "version": stairs.version, "given_on": DAY, "on": DAY}
    with pytest.raises(Refused, match="PLAN_NOT_PROPOSED"):
        approve_plan(party=Party.CITIZEN, on_behalf_reason=PAPER, **arguments)
    propose_plan(actor=cast.bo, version=stairs.version, on=DAY)
    with pytest.raises(Refused, match="MUNICIPALITY_APPROVES_LAST"):
        approve_plan(party=Party.MUNICIPALITY, **arguments)
    with pytest.raises(Refused, match="ON_BEHALF_REASON_MISSING"):
        approve_plan(party=Party.CITIZEN, **arguments)
    with pytest.raises(Refused, match="APPROVED_BEFORE_PROPOSED"):
        approve_plan(party=Party.CITIZEN, on_behalf_reason=PAPER, **{**arguments, "given_on": day(-1)})
    with pytest.raises(Refused, match="DATE_AHEAD"):
        approve_plan(party=Party.CITIZEN, on_behalf_reason=PAPER, **{**arguments, "given_on": day(1)})
    approve_plan(party=Party.CITIZEN, on_behalf_reason=PAPER, **arguments)
    with pytest.raises(Refused, match="PARTY_SAID_YES_ALREADY"):
        approve_plan(party=Party.CITIZEN, on_behalf_reason=PAPER, **arguments)
    approve_plan(party=Party.COMPANY, on_behalf_reason=PAPER, **{**arguments, "given_on": day(3), "on": day(3)})
    with pytest.raises(Refused, match="ON_BEHALF_NOT_ALLOWED"):
        approve_plan(party=Party.MUNICIPALITY, on_behalf_reason=PAPER, **arguments)
    with pytest.raises(Refused, match="APPROVED_BEFORE_PROPOSED"):
        approve_plan(party=Party.MUNICIPALITY, **{**arguments, "on": day(3)})
    assert JobPackage.objects.get().opened_on is None
    approve_plan(party=Party.MUNICIPALITY, **{**arguments, "given_on": day(3), "on": day(3)})
    assert JobPackage.objects.get().opened_on == day(3)
    assert PlanVersion.objects.get().effective_on == day(3)
    with pytest.raises(Refused, match="PLAN_AGREED_ALREADY"):
        approve_plan(party=Party.MUNICIPALITY, **arguments)


def test_nothing_is_proposed_without_steps(cast: Cast) -> None:
    version = draft_package(actor=cast.bo, citizen=cast.her, goal_title="Butik", form=GoalForm.FLEX, on=DAY)
    with pytest.raises(Refused, match="PLAN_WITHOUT_STEPS"):
        propose_plan(actor=cast.bo, version=version, on=DAY)


def test_who_read_an_older_draft_proposes_nothing(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    seen = PlanVersion.objects.get().edits
    place_step(actor=cast.bo, planned=stairs.first, up=False, on=DAY)
    with pytest.raises(Refused, match="CHANGED_MEANWHILE_BY_ANOTHER"):
        propose_plan(actor=cast.bo, version=stairs.version, seen=seen, on=DAY)
    propose_plan(actor=cast.bo, version=stairs.version, seen=seen + 1, on=DAY)


def test_a_proposal_taken_back_keeps_its_answers_and_the_new_one_has_none(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    propose_plan(actor=cast.bo, version=stairs.version, on=DAY)
    say_yes(cast.bo, stairs.version, DAY, Party.CITIZEN)
    say_yes(cast.bo, stairs.version, DAY, Party.COMPANY)
    second = withdraw_proposal(actor=cast.bo, version=stairs.version, on=day(2))
    with pytest.raises(Refused, match="PLAN_WITHDRAWN"):
        say_yes(cast.bo, stairs.version, day(2), Party.MUNICIPALITY)
    with pytest.raises(Refused, match="PLAN_WITHDRAWN"):
        withdraw_proposal(actor=cast.bo, version=stairs.version, on=day(2))
    assert stairs.version.approvals.count() == 2
    assert not second.approvals.exists()
    assert {row.step_id for row in second.planned_steps.all()} == {stairs.first.step_id, stairs.second.step_id}
    shown = plan_of(stairs.package, on=day(2))
    assert shown.version == second
    assert plan_of(stairs.package, on=day(1)).version == stairs.version


def test_the_agreed_plan_holds_until_the_next_is_agreed_by_all_three(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    start_step(actor=cast.bo, step=stairs.first.step, started_on=DAY, on=DAY)
    version = reopen_plan(actor=cast.bo, package=stairs.package, on=day(5))
    with pytest.raises(Refused, match="PLAN_BEING_CHANGED"):
        reopen_plan(actor=cast.bo, package=stairs.package, on=day(5))
    row = version.planned_steps.get(step=stairs.first.step)
    end = row.ends_on
    extend_step(actor=cast.bo, planned=row, ends_on=end + timedelta(days=30), seen=row.edits, on=day(5))
    with pytest.raises(Refused, match="PLAN_WITHOUT_REASON"):
        propose_plan(actor=cast.bo, version=version, on=day(5))
    propose_plan(actor=cast.bo, version=version, on=day(6), reason="Mere tid til delmålet")
    say_yes(cast.bo, version, day(6), Party.CITIZEN)
    say_yes(cast.bo, version, day(6), Party.COMPANY)
    assert plan_of(stairs.package, on=day(7)).planned[0].ends_on == end
    say_yes(cast.bo, version, day(7), Party.MUNICIPALITY)
    assert plan_of(stairs.package, on=day(7)).planned[0].ends_on == end + timedelta(days=30)
    assert plan_of(stairs.package, on=day(6)).planned[0].ends_on == end
    assert JobPackage.objects.get(pk=stairs.package.pk).opened_on == DAY


def test_a_change_changes_something_that_binds(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    version = reopen_plan(actor=cast.bo, package=stairs.package, on=DAY)
    place_step(actor=cast.bo, planned=version.planned_steps.get(step=stairs.first.step), up=False, on=DAY)
    with pytest.raises(Refused, match="NOTHING_CHANGED"):
        propose_plan(actor=cast.bo, version=version, on=DAY, reason="Orden")
    change_goal(actor=cast.bo, version=version, title="Gartner", form=GoalForm.ORDINARY, on=DAY)
    propose_plan(actor=cast.bo, version=version, on=DAY, reason="Et andet mål")


def test_a_step_that_began_meanwhile_is_not_left_out(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    version = reopen_plan(actor=cast.bo, package=stairs.package, on=DAY)
    second = version.planned_steps.get(step=stairs.second.step)
    remove_step(actor=cast.bo, planned=second, on=DAY)
    propose_plan(actor=cast.bo, version=version, on=DAY, reason="Kortere vej")
    say_yes(cast.bo, version, DAY, Party.CITIZEN)
    say_yes(cast.bo, version, DAY, Party.COMPANY)
    Step.objects.filter(pk=stairs.second.step_id).update(started_on=DAY)
    with pytest.raises(Refused, match="BEGUN_STEP_LEFT_OUT") as refused:
        say_yes(cast.bo, version, DAY, Party.MUNICIPALITY)
    assert refused.value.refusals[0].args["steps"] == ("Vejledning",)
    assert PlanVersion.objects.get(pk=version.pk).effective_on is None
    assert not version.approvals.filter(party=Party.MUNICIPALITY).exists()


def test_only_what_was_agreed_and_runs_is_reopened(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    with pytest.raises(Refused, match="PLAN_NEVER_AGREED"):
        reopen_plan(actor=cast.bo, package=stairs.package, on=DAY)
    assert stairs.package.versions.count() == 1
    approve(cast.bo, stairs.version, DAY)
    end_package(actor=cast.bo, package=stairs.package, ended_on=day(1), outcome=Outcome.NO_JOB, on=day(1))
    with pytest.raises(Refused, match="PACKAGE_NOT_RUNNING"):
        reopen_plan(actor=cast.bo, package=stairs.package, on=day(2))


def test_a_draft_that_is_thrown_away_leaves_what_was_agreed(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    version = reopen_plan(actor=cast.bo, package=stairs.package, on=DAY)
    discard_draft(actor=cast.bo, version=version, on=DAY)
    assert list(PlanVersion.objects.all()) == [stairs.version]
    assert stairs.version.planned_steps.count() == 2
    start_step(actor=cast.bo, step=stairs.first.step, started_on=DAY, on=DAY)
    with pytest.raises(Refused, match="PLAN_AGREED_ALREADY"):
        discard_draft(actor=cast.bo, version=stairs.version, on=DAY)


def test_the_first_draft_takes_its_package_along(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    discard_draft(actor=cast.bo, version=stairs.version, on=DAY)
    assert not JobPackage.objects.exists()
    assert not Step.objects.exists()
    draft(cast.bo, cast.her)


def test_a_proposal_taken_back_is_never_removed(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    propose_plan(actor=cast.bo, version=stairs.version, on=DAY)
    second = withdraw_proposal(actor=cast.bo, version=stairs.version, on=DAY)
    discard_draft(actor=cast.bo, version=second, on=DAY)
    assert PlanVersion.objects.get() == stairs.version
    assert stairs.version.planned_steps.count() == 2


def test_a_package_that_was_never_agreed_is_taken_up_again_by_the_next_draft(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    propose_plan(actor=cast.bo, version=stairs.version, on=DAY)
    discard_draft(actor=cast.bo, version=withdraw_proposal(actor=cast.bo, version=stairs.version, on=DAY), on=DAY)
    package = JobPackage.objects.idle().get()
    assert package == stairs.package
    again = draft_package(actor=cast.bo, citizen=cast.her, goal_title="Nyt mål", form=GoalForm.FLEX, on=DAY)
    assert (again.package, again.number, again.planned_steps.count()) == (package, 2, 0)
    assert not JobPackage.objects.idle().exists()
    with pytest.raises(Refused, match="PACKAGE_OPEN_ALREADY"):
        draft_package(actor=cast.bo, citizen=cast.her, goal_title="To", form=GoalForm.FLEX, on=DAY)


def test_a_draft_that_somebody_promised_something_for_leaves_its_package_waiting(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    promise = make_commitment(
        actor=cast.bo, package=stairs.package, party=Party.COMPANY, text="Kursus", due_on=day(9), on=DAY
    )
    discard_draft(actor=cast.bo, version=stairs.version, on=DAY)
    assert list(stairs.package.commitments.all()) == [promise]
    (case,) = caseload(cast.bo, today=DAY, on=DAY)
    assert case.running is None
    assert [finding.kind for finding in findings([case], on=DAY)] == [FindingKind.NO_PACKAGE]


def test_a_mentor_of_a_step_that_leaves_the_draft_leaves_with_it(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    mentor = name_mentor(actor=cast.bo, workplace=workplace(cast.bo, cast.here), name="Inger", on=DAY)
    for planned in (stairs.first, stairs.second):
        first = planned.starts_on
        assign_mentor(actor=cast.bo, step=planned.step, mentor=mentor, starts_on=first, confidentiality_on=DAY, on=DAY)
    remove_step(actor=cast.bo, planned=stairs.second, on=DAY)
    assert list(mentor.mentorships.values_list("step", flat=True)) == [stairs.first.step_id]
    discard_draft(actor=cast.bo, version=stairs.version, on=DAY)
    assert not mentor.mentorships.exists()
    assert not JobPackage.objects.exists()


def test_a_step_that_is_only_drafted_is_not_acted_on(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    version = reopen_plan(actor=cast.bo, package=stairs.package, on=DAY)
    added = duplicate_step(actor=cast.bo, planned=version.planned_steps.get(step=stairs.first.step), on=DAY)
    for verb in (
        lambda: start_step(actor=cast.bo, step=added.step, started_on=DAY, on=DAY),
        lambda: end_step(actor=cast.bo, step=added.step, ended_on=DAY, reason=EndReason.ABSENCE, on=DAY),
        lambda: waive_gate(actor=cast.bo, step=added.step, given_on=DAY, reason="Aftalt", on=DAY),
    ):
        with pytest.raises(Refused, match="STEP_NOT_IN_PLAN"):
            verb()
