"""A party proposes a change: taken, refused, replaced, and answered once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from jobpakke.lib.refusal import Refused
from jobpakke.method.proposals import ProposalState, Wanted, waiting
from jobpakke.method.week import WeekTime
from jobpakke.packages.models import EndReason, HowTold, JobPackage, Outcome, Party, Proposal
from jobpakke.packages.proposals import made_here, proposal_fact, standing, with_made_here, with_standing
from jobpakke.packages.services import (
    accept_proposal,
    discard_draft,
    end_package,
    end_step,
    propose_change,
    propose_plan,
    reject_proposal,
    remove_step,
    reopen_plan,
    retract_proposal,
    start_step,
    withdraw_proposal,
)
from jobpakke.packages.services.proposals import Wish
from tests.builders import DAY, Cast, Stairs, agreed, approve, draft

pytestmark = pytest.mark.django_db
LONGER = Wish(Wanted.EXTEND, "Mere tid", day=DAY + timedelta(days=90))
HOURS = Wish(Wanted.OTHER_HOURS, "Skal hente børn", weekly_hours=Decimal(20))
TASK = Wish(Wanted.OTHER_TASK, "Vil i butik", task="Butik")
STOP = Wish(Wanted.STOP, "Vil noget andet", day=DAY + timedelta(days=9), end_reason=EndReason.CITIZEN_WITHDREW)


def day(number: int) -> date:
    return DAY + timedelta(days=number)


@pytest.fixture
def stairs(cast: Cast) -> Stairs:
    found = agreed(cast.bo, cast.her)
    start_step(actor=cast.bo, step=found.first.step, started_on=DAY, on=DAY)
    return found


Propose = Callable[..., Proposal]


@pytest.fixture
def propose(cast: Cast, stairs: Stairs) -> Propose:
    def made(wish: Wish, party: Party = Party.CITIZEN, made_on: date = DAY, on: date | None = None) -> Proposal:
        about = wish if wish.step or wish.wanted is Wanted.OTHER_TASK else replace(wish, step=stairs.first.step)
        arguments: dict[str, Any] = {"actor": cast.bo, "package": stairs.package, "how": HowTold.ON_PHONE}
        return propose_change(party=party, wish=about, made_on=made_on, on=on or made_on, **arguments)

    return made


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (replace(LONGER, day=day(60)), "PROPOSAL_NOT_LATER"),
        (replace(HOURS, weekly_hours=None), "PROPOSAL_SAME_HOURS"),
        (replace(HOURS, weekly_hours=Decimal(38)), "STEP_HOURS_OUT_OF_RANGE"),
        (replace(HOURS, weekly_hours=Decimal(0)), "STEP_HOURS_OUT_OF_RANGE"),
        (
            replace(HOURS, weekly_hours=Decimal(2), times=frozenset({WeekTime(0, time(8), time(12))})),
            "STEP_TIMES_PASS_HOURS",
        ),
        (
            replace(HOURS, times=frozenset({WeekTime(0, time(8), time(12)), WeekTime(0, time(9), time(10))})),
            "STEP_TIMES_TWICE",
        ),
        (replace(TASK, task=" "), "TEXT_NEEDED"),
        (replace(TASK, reason=""), "TEXT_NEEDED"),
        (replace(TASK, task="x" * 161), "TEXT_TOO_LONG"),
        (replace(STOP, day=day(-1)), "PROPOSAL_STOP_BEFORE_START"),
        (replace(STOP, day=day(60)), "PROPOSAL_STOP_AFTER_END"),
    ],
)
def test_what_makes_no_sense_is_refused(propose: Propose, wish: Wish, code: str) -> None:
    with pytest.raises(Refused, match=code):
        propose(wish)
    assert not Proposal.objects.exists()


def test_of_whom_when_and_of_which_step(cast: Cast, stairs: Stairs, propose: Propose) -> None:
    with pytest.raises(Refused, match="PROPOSAL_BY_MUNICIPALITY"):
        propose(TASK, Party.MUNICIPALITY)
    with pytest.raises(Refused, match="DATE_AHEAD"):
        propose(TASK, made_on=day(1), on=DAY)
    with pytest.raises(Refused, match="PACKAGE_NOT_OPEN"):
        propose(TASK, made_on=day(-1), on=DAY)
    other = agreed(cast.erik, cast.frode)
    with pytest.raises(Refused, match="PROPOSAL_STEP_NOT_IN_PLAN"):
        propose(replace(LONGER, step=other.first.step))
    with pytest.raises(Refused, match="PROPOSAL_STOP_BEFORE_START"):
        propose(replace(STOP, step=stairs.second.step))
    with pytest.raises(Refused, match="PROPOSAL_STOP_IN_PAST"):
        propose(replace(STOP, day=day(2)), made_on=day(3))
    with pytest.raises(Refused, match="PROPOSAL_ENDS_IN_PAST"):
        propose(replace(LONGER, day=day(70)), made_on=day(70))
    arguments: dict[str, Any] = {"party": Party.CITIZEN, "made_on": DAY, "how": HowTold.ON_PHONE, "on": DAY}
    with pytest.raises(Refused, match="PROPOSAL_WITHOUT_STEP"):
        propose_change(actor=cast.bo, package=stairs.package, wish=LONGER, **arguments)
    for stranger in (cast.erik, cast.dorte):
        with pytest.raises(Refused, match="NOT_FOUND"):
            propose_change(actor=stranger, package=stairs.package, wish=TASK, **arguments)
    with pytest.raises(Refused, match="ROLE_LACKS_ACT"):
        propose_change(actor=cast.tove, package=stairs.package, wish=TASK, **arguments)


def test_only_a_running_package_and_a_step_that_goes_on(cast: Cast, stairs: Stairs, propose: Propose) -> None:
    stopped = propose(STOP)
    longer = propose(LONGER)
    end_step(actor=cast.bo, step=stairs.first.step, ended_on=day(3), reason=EndReason.ABSENCE, on=day(3))
    with pytest.raises(Refused, match="PROPOSAL_STEP_ENDED"):
        propose(replace(LONGER, day=day(99)), Party.COMPANY, day(4))
    for waits in (stopped, longer):
        fresh = Proposal.objects.get(pk=waits.pk)
        with pytest.raises(Refused, match="PROPOSAL_STEP_ENDED"):
            accept_proposal(actor=cast.bo, proposal=fresh, on=day(4))
    end_package(actor=cast.bo, package=stairs.package, ended_on=day(5), outcome=Outcome.NO_JOB, on=day(5))
    with pytest.raises(Refused, match="PACKAGE_NOT_RUNNING"):
        propose(TASK, made_on=day(4), on=day(6))
    with pytest.raises(Refused, match="PACKAGE_NOT_RUNNING"):
        accept_proposal(actor=cast.bo, proposal=longer, on=day(6))
    drafted = draft(cast.erik, cast.frode)
    with pytest.raises(Refused, match="PACKAGE_NOT_RUNNING"):
        propose_change(
            actor=cast.erik,
            package=drafted.package,
            party=Party.CITIZEN,
            wish=TASK,
            made_on=DAY,
            how=HowTold.AT_MEETING,
            on=DAY,
        )


def test_a_newer_one_replaces_the_open_one_of_its_party_step_and_kind(propose: Propose) -> None:
    first, other = propose(LONGER), propose(LONGER, Party.COMPANY)
    second = propose(replace(LONGER, day=day(95)), made_on=day(2))
    first.refresh_from_db()
    assert (first.answer, first.answered_on) == (ProposalState.REPLACED, day(2))
    assert second.replaces == first
    assert set(Proposal.objects.filter(answered_on=None)) == {other, second}
    with pytest.raises(Refused, match="PROPOSAL_NEWER_STANDS"):
        propose(LONGER, made_on=DAY, on=day(3))
    row = Proposal.objects.get(pk=second.pk)
    row.pk, row.replaces = None, None
    row.ref = other.package.ref
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_it_is_answered_once_and_the_second_is_told(cast: Cast, propose: Propose) -> None:
    made = propose(LONGER, made_on=day(1))
    read_before = Proposal.objects.select_related("package__citizen", "step").get(pk=made.pk)
    arguments: dict[str, Any] = {"actor": cast.bo, "proposal": made, "on": day(3)}
    with pytest.raises(Refused, match="PROPOSAL_REJECTED_WITHOUT_REASON"):
        reject_proposal(reason=" ", answered_on=day(2), **arguments)
    with pytest.raises(Refused, match="PROPOSAL_ANSWERED_BEFORE_MADE"):
        reject_proposal(reason="Nej", answered_on=DAY, **arguments)
    for verb in (reject_proposal, retract_proposal):
        with pytest.raises(Refused, match="DATE_AHEAD"):
            verb(reason="Nej", answered_on=day(4), **arguments)
    with pytest.raises(Refused, match="TEXT_TOO_LONG"):
        retract_proposal(reason="x" * 401, answered_on=day(2), **arguments)
    reject_proposal(reason="Nej", answered_on=day(2), **arguments)
    again: dict[str, Any] = {"actor": cast.bo, "proposal": read_before, "on": day(3)}
    for act in (
        lambda: accept_proposal(**again),
        lambda: reject_proposal(reason="Nej", answered_on=day(3), **again),
        lambda: retract_proposal(answered_on=day(3), **again),
    ):
        with pytest.raises(Refused, match="PROPOSAL_ANSWERED_ALREADY"):
            act()
    made.refresh_from_db()
    assert (made.answer, made.answer_reason, made.answered_by) == (ProposalState.REJECTED, "Nej", cast.bo)


def test_accepting_makes_the_change_in_one_draft_and_nothing_takes_effect(
    cast: Cast, stairs: Stairs, propose: Propose
) -> None:
    made = [propose(LONGER), propose(HOURS, Party.COMPANY), propose(replace(TASK, step=stairs.first.step))]
    versions = {accept_proposal(actor=cast.bo, proposal=each, on=DAY) for each in made}
    assert len(versions) == 1
    version = versions.pop()
    assert version is not None
    assert (version.effective_on, version.proposed_on) == (None, None)
    planned = version.planned_steps.get(step=stairs.first.step)
    assert (planned.ends_on, planned.weekly_hours, planned.title) == (day(90), Decimal(20), "Butik")
    held = stairs.version.planned_steps.get(step=stairs.first.step)
    assert (held.ends_on, held.weekly_hours) == (day(60), None)
    read = with_made_here(type(version).objects.filter(pk=version.pk)).get()
    assert {each.ref for each in made_here(read)} == {each.ref for each in made}
    propose_plan(actor=cast.bo, version=version, reason="Aftalt", on=DAY)
    late = propose(replace(HOURS, weekly_hours=Decimal(15)))
    with pytest.raises(Refused, match="PLAN_ASKED_ABOUT"):
        accept_proposal(actor=cast.bo, proposal=late, on=DAY)
    again = withdraw_proposal(actor=cast.bo, version=version, on=DAY)
    assert set(again.proposals.all()) == set(made)
    assert accept_proposal(actor=cast.bo, proposal=late, on=DAY) == again
    discard_draft(actor=cast.bo, version=again, on=DAY)
    made[0].refresh_from_db()
    assert (made[0].answer, made[0].led_to) == (ProposalState.ACCEPTED, None)


def test_of_the_whole_package_opens_a_draft_without_a_change(cast: Cast, stairs: Stairs, propose: Propose) -> None:
    version = accept_proposal(actor=cast.bo, proposal=propose(TASK), on=DAY)
    assert version is not None
    assert version.planned_steps.count() == stairs.version.planned_steps.count()


def test_a_draft_without_the_step_is_no_place_for_the_change(cast: Cast, stairs: Stairs, propose: Propose) -> None:
    made = propose(replace(HOURS, step=stairs.second.step))
    version = reopen_plan(actor=cast.bo, package=stairs.package, on=DAY)
    remove_step(actor=cast.bo, planned=version.planned_steps.get(step=stairs.second.step), on=DAY)
    with pytest.raises(Refused, match="PROPOSAL_STEP_LEFT_DRAFT"):
        accept_proposal(actor=cast.bo, proposal=made, on=DAY)
    made.refresh_from_db()
    assert made.answered_on is None


def test_a_stop_that_was_agreed_stands_until_the_step_has_ended(cast: Cast, stairs: Stairs, propose: Propose) -> None:
    made = propose(STOP)
    assert accept_proposal(actor=cast.bo, proposal=made, on=day(1)) is None
    assert not stairs.package.versions.unsettled().exists()
    stairs.first.step.refresh_from_db()
    assert stairs.first.step.ended_on is None
    assert [(each.ref, each.agreed) for each in read_standing(stairs, day(20))] == [(made.ref, True)]
    end_step(actor=cast.bo, step=stairs.first.step, ended_on=day(9), reason=EndReason.CITIZEN_WITHDREW, on=day(9))
    assert read_standing(stairs, day(9)) == []
    assert read_standing(stairs, day(8)) != []


def read_standing(stairs: Stairs, on: date) -> list[Any]:
    package = with_standing(JobPackage.objects.filter(pk=stairs.package.pk), on=on).get()
    return list(standing(package, on=on))


def test_what_waits_in_sql_is_what_waits_in_the_method(cast: Cast, stairs: Stairs, propose: Propose) -> None:
    propose(replace(LONGER, day=day(91)), Party.COMPANY, day(1))
    hours = replace(HOURS, times=frozenset({WeekTime(4, time(8), time(11, 30))}))
    retract_proposal(actor=cast.bo, proposal=propose(hours, made_on=day(2)), answered_on=day(5), on=day(5))
    propose(TASK, made_on=day(3))
    propose(replace(LONGER, day=day(99)), Party.COMPANY, day(6))
    JobPackage.objects.filter(pk=stairs.package.pk).update(ended_on=day(7), outcome=Outcome.OTHER)
    for on in (day(number) for number in range(9)):
        rows = list(Proposal.objects.select_related("step", "package"))
        expected = [each.ref for each in waiting(map(proposal_fact, rows), on=on)]
        assert set(Proposal.objects.waiting_on(on).values_list("ref", flat=True)) == set(expected)
        found = read_standing(stairs, on)
        assert [each.ref for each in found] == expected
        for each in found:
            row = next(row for row in rows if row.ref == each.ref)
            kept = (each.step, each.day, each.weekly_hours, each.task, each.made_on)
            assert kept == (row.step_id, row.day, row.weekly_hours, row.task, row.made_on)
            assert len(each.times) == len(row.times)
    approve(cast.bo, reopen_and_change(cast, stairs), day(7))


def reopen_and_change(cast: Cast, stairs: Stairs) -> Any:
    """A change that the municipality makes itself leaves the proposals waiting."""
    from jobpakke.packages.services import extend_step

    version = reopen_plan(actor=cast.bo, package=stairs.package, on=day(7))
    planned = version.planned_steps.get(step=stairs.second.step)
    extend_step(actor=cast.bo, planned=planned, ends_on=day(200), seen=planned.edits, on=day(7))
    assert Proposal.objects.filter(answered_on=None).count() == 2
    return version
