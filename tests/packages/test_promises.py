"""What is promised: made, moved to a later day, waiting for a step, kept and broken."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from jobpakke.history.guards import APPEND_ONLY
from jobpakke.lib.refusal import Refused
from jobpakke.method.commitments import CommitmentFact, CommitmentState, Moved, due_day, state_on
from jobpakke.packages.models import BreakReason, Commitment, CommitmentMove, EndReason, Outcome, Party
from jobpakke.packages.promises import promise_fact, promise_state
from jobpakke.packages.services import (
    end_package,
    end_step,
    fulfil_step,
    make_commitment,
    move_commitment,
    record_evidence,
    reopen_plan,
    settle_commitment,
    start_step,
)
from jobpakke.packages.services.commitments import Breach, Condition
from tests.builders import DAY, Cast, Stairs, agreed

pytestmark = pytest.mark.django_db


def day(number: int) -> date:
    return DAY + timedelta(days=number)


@pytest.fixture
def stairs(cast: Cast) -> Stairs:
    found = agreed(cast.bo, cast.her)
    start_step(actor=cast.bo, step=found.first.step, started_on=DAY, on=DAY)
    return found


def promised(cast: Cast, stairs: Stairs, **more: Any) -> Commitment:
    how = more or {"due_on": day(20)}
    return make_commitment(actor=cast.bo, package=stairs.package, party=Party.COMPANY, text="Job", on=DAY, **how)


def test_by_a_day_or_when_a_step_is_fulfilled(cast: Cast, stairs: Stairs) -> None:
    for wrong in ({"due_on": None}, {"due_on": day(3), "condition": Condition(stairs.first.step)}):
        with pytest.raises(Refused, match="COMMITMENT_WITHOUT_DAY"):
            promised(cast, stairs, **wrong)
    with pytest.raises(Refused, match="COMMITMENT_DUE_BEFORE_MADE"):
        promised(cast, stairs, due_on=day(-1))
    other = agreed(cast.erik, cast.frode)
    with pytest.raises(Refused, match="STEP_OF_ANOTHER_PACKAGE"):
        promised(cast, stairs, condition=Condition(other.first.step))
    version = reopen_plan(actor=cast.bo, package=stairs.package, on=DAY)
    fresh = version.planned_steps.get(step=stairs.second.step)
    from jobpakke.packages.services import duplicate_step

    only_drafted = duplicate_step(actor=cast.bo, planned=fresh, on=DAY).step
    with pytest.raises(Refused, match="COMMITMENT_STEP_NOT_AGREED"):
        promised(cast, stairs, condition=Condition(only_drafted))
    end_step(actor=cast.bo, step=stairs.first.step, ended_on=day(1), reason=EndReason.ABSENCE, on=day(1))
    with pytest.raises(Refused, match="COMMITMENT_STEP_ENDED"):
        promised(cast, stairs, condition=Condition(stairs.first.step))


def test_kept_says_who_recorded_it_and_broken_by_whom_and_why(cast: Cast, stairs: Stairs) -> None:
    one, other = promised(cast, stairs), promised(cast, stairs, due_on=day(9))
    breach = Breach(Party.CITIZEN, BreakReason.NEED_GONE, "Flyttede fra byen")
    arguments: dict[str, Any] = {"actor": cast.bo, "settled_on": day(5), "on": day(5)}
    with pytest.raises(Refused, match="BROKEN_WITHOUT_REASON"):
        settle_commitment(commitment=one, kept=False, **arguments)
    with pytest.raises(Refused, match="COMMITMENT_KEPT_BY_WHOM"):
        settle_commitment(commitment=one, kept=True, breach=breach, **arguments)
    with pytest.raises(Refused, match="COMMITMENT_SETTLED_BEFORE_MADE"):
        settle_commitment(commitment=one, kept=True, **{**arguments, "settled_on": day(-1)})
    with pytest.raises(Refused, match="DATE_AHEAD"):
        settle_commitment(commitment=one, kept=True, **{**arguments, "settled_on": day(6)})
    settle_commitment(commitment=one, kept=True, **arguments)
    settle_commitment(commitment=other, kept=False, breach=breach, **arguments)
    for row in (one, other):
        row.refresh_from_db()
        assert row.settled_by == cast.bo
        with pytest.raises(Refused, match="COMMITMENT_SETTLED_ALREADY"):
            settle_commitment(commitment=row, kept=True, **arguments)
        with pytest.raises(Refused, match="COMMITMENT_SETTLED_ALREADY"):
            move_commitment(actor=cast.bo, commitment=row, due_on=day(90), reason="Senere", on=day(6))
    assert (other.broken_by, other.broken_because, other.broken_words) == ("citizen", "need_gone", "Flyttede fra byen")
    with pytest.raises(IntegrityError), transaction.atomic():
        Commitment.objects.filter(pk=one.pk).update(kept_on=None, broken_on=day(5))


def test_a_later_day_leaves_the_old_one_readable(cast: Cast, stairs: Stairs) -> None:
    row = promised(cast, stairs)
    arguments: dict[str, Any] = {"actor": cast.bo, "commitment": row}
    for due, on in ((day(20), day(5)), (day(25), day(25))):
        with pytest.raises(Refused, match="COMMITMENT_NOT_LATER"):
            move_commitment(due_on=due, reason="Senere", on=on, **arguments)
    with pytest.raises(Refused, match="TEXT_NEEDED"):
        move_commitment(due_on=day(30), reason=" ", on=day(5), **arguments)
    stale = Commitment.objects.select_related("package__citizen").get(pk=row.pk)
    move_commitment(due_on=day(30), reason="Holdet er flyttet", on=day(5), **arguments)
    with pytest.raises(Refused, match="CHANGED_MEANWHILE_BY_ANOTHER"):
        move_commitment(actor=cast.bo, commitment=stale, due_on=day(40), reason="Igen", on=day(6))
    move_commitment(due_on=day(40), reason="Igen", on=day(8), **arguments)
    fact = CommitmentFact(made_on=DAY, due_on=day(20), moves=(Moved(day(5), day(30)), Moved(day(8), day(40))))
    for number in range(45):
        read = Commitment.objects.as_of(day(number)).get(pk=row.pk)
        assert promise_state(read, on=day(number)) == (
            state_on(fact, on=day(number)),
            due_day(fact, on=day(number)),
        ), number
    assert Commitment.objects.as_of(day(50)).get(pk=row.pk).due_first == day(20)
    with pytest.raises(IntegrityError, match=APPEND_ONLY), transaction.atomic():
        CommitmentMove.objects.update(reason="Andet")


def test_on_condition_it_waits_and_then_counts_from_the_step(cast: Cast, stairs: Stairs) -> None:
    row = promised(cast, stairs, condition=Condition(stairs.first.step, 10))
    with pytest.raises(Refused, match="COMMITMENT_WAITS"):
        move_commitment(actor=cast.bo, commitment=row, due_on=day(90), reason="Senere", on=day(2))
    stairs.goal.step = stairs.first.step
    stairs.goal.step.refresh_from_db()
    record_evidence(actor=cast.bo, sub_goal=stairs.goal, shown_on=day(4), meets=True, on=day(4))
    fulfil_step(actor=cast.bo, step=stairs.goal.step, fulfilled_on=day(5), on=day(5))
    move_commitment(actor=cast.bo, commitment=row, due_on=day(25), reason="Ferie", on=day(9))
    fact = CommitmentFact(made_on=DAY, waits=True, days_after=10, reached_on=day(5), moves=(Moved(day(9), day(25)),))
    seen = set()
    for number in range(30):
        read = Commitment.objects.as_of(day(number)).get(pk=row.pk)
        state = state_on(fact, on=day(number))
        assert promise_state(read, on=day(number)) == (state, due_day(fact, on=day(number))), number
        seen.add(state)
    states = CommitmentState
    assert seen == {states.WAITING, states.OPEN, states.DUE_SOON, states.LATE}
    assert promise_fact(Commitment.objects.as_of(day(6)).get(pk=row.pk)).reached_on == day(5)


def test_none_is_made_in_a_package_that_has_ended(cast: Cast, stairs: Stairs) -> None:
    end_step(actor=cast.bo, step=stairs.first.step, ended_on=day(1), reason=EndReason.ABSENCE, on=day(1))
    end_package(actor=cast.bo, package=stairs.package, ended_on=day(2), outcome=Outcome.NO_JOB, on=day(2))
    new = {"package": stairs.package, "party": Party.COMPANY, "text": "Job", "due_on": day(9)}
    with pytest.raises(Refused, match="PACKAGE_NOT_RUNNING"):
        make_commitment(actor=cast.bo, on=day(2), **new)  # type: ignore[arg-type]
