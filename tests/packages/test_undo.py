"""What was recorded by mistake and is taken back: each verb, each refusal, and what is kept of what stood there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from jobpakke.history.models import Event
from jobpakke.lib.refusal import Refused
from jobpakke.method.agreement import CITIZEN
from jobpakke.packages.models import (
    Aftercare,
    Approval,
    BreakReason,
    Commitment,
    Correction,
    CorrectionReason,
    EndReason,
    HowTold,
    Mentorship,
    Outcome,
    Party,
    Step,
    Waiver,
)
from jobpakke.packages.services import (
    agree_aftercare,
    approve_plan,
    assign_mentor,
    confirm_mentor,
    end_aftercare,
    end_package,
    end_step,
    fulfil_step,
    make_commitment,
    propose_plan,
    record_told,
    settle_commitment,
    start_step,
    undo_aftercare_end,
    undo_approval,
    undo_confirmation,
    undo_settlement,
    undo_start,
    undo_waiver,
    waive_gate,
    withdraw_proposal,
)
from jobpakke.packages.services.commitments import Breach
from jobpakke.packages.services.support import FreeMentor
from jobpakke.packages.telling import untold
from tests.builders import DAY, Cast, Stairs, agreed, draft, say_yes

pytestmark = pytest.mark.django_db
WRONG = CorrectionReason.MISTYPED


def day(number: int) -> date:
    return DAY + timedelta(days=number)


def refused(code: str, verb: Callable[..., object], **arguments: Any) -> None:
    before = Event.objects.count(), Correction.objects.count()
    with pytest.raises(Refused, match=code):
        verb(because=WRONG, **arguments)
    assert (Event.objects.count(), Correction.objects.count()) == before


def strangers(cast: Cast, verb: Callable[..., object], **arguments: Any) -> None:
    for actor in (cast.erik, cast.dorte, cast.tove):
        refused("NOT_FOUND|ROLE_LACKS_ACT", verb, actor=actor, on=day(9), **arguments)


@pytest.fixture
def stairs(cast: Cast) -> Stairs:
    return agreed(cast.bo, cast.her)


# -- promises


def promise(cast: Cast, stairs: Stairs) -> Commitment:
    return make_commitment(
        actor=cast.bo, package=stairs.package, party=Party.COMPANY, text="Kursus", due_on=day(20), on=DAY
    )


@pytest.mark.parametrize("kept", [True, False])
def test_a_promise_stands_open_again_and_what_was_said_is_kept(cast: Cast, stairs: Stairs, *, kept: bool) -> None:
    row = promise(cast, stairs)
    refused("COMMITMENT_NOT_SETTLED", undo_settlement, actor=cast.bo, commitment=row, on=day(9))
    breach = None if kept else Breach(Party.CITIZEN, BreakReason.NOT_DONE, "Mødte ikke")
    settle_commitment(actor=cast.bo, commitment=row, kept=kept, breach=breach, settled_on=day(5), on=day(8))
    strangers(cast, undo_settlement, commitment=row)
    stale = Commitment.objects.select_related("package__citizen").get(pk=row.pk)
    read = Commitment.objects.select_related("package__citizen", "settled_by").get(pk=row.pk)
    undo_settlement(actor=cast.bo, commitment=read, because=WRONG, on=day(9))
    fresh = Commitment.objects.get(pk=row.pk)
    assert (fresh.kept_on, fresh.broken_on, fresh.broken_words, fresh.settled_by) == (None, None, "", None)
    assert Commitment.objects.open_on(day(9)).filter(pk=row.pk).exists()
    refused("CHANGED_MEANWHILE_BY_ANOTHER", undo_settlement, actor=cast.bo, commitment=stale, on=day(9))
    was = Correction.objects.get().was
    assert was["settled_by"] == str(cast.bo.ref)
    assert was["broken_words"] == ("" if kept else "Mødte ikke")
    event = Event.objects.get(kind="commitment_unsettled")
    assert (event.data["settled"], event.data["was_on"]) == ("kept" if kept else "broken", day(5).isoformat())
    settle_commitment(actor=cast.bo, commitment=fresh, kept=True, settled_on=day(9), on=day(9))


def test_nobody_is_told_of_a_breach_that_was_none_but_who_heard_of_it_hears_that(cast: Cast, stairs: Stairs) -> None:
    def kinds() -> list[str]:
        return sorted({each.event.kind for each in untold(stairs.package, on=day(9)) if each.about == "Kursus"})

    row = promise(cast, stairs)
    for told in (False, True):
        breach = Breach(Party.COMPANY, BreakReason.NO_ROOM)
        settle_commitment(actor=cast.bo, commitment=row, kept=False, breach=breach, settled_on=day(5), on=day(8))
        assert "commitment_broken" in kinds()
        if told:
            broken = Event.objects.filter(kind="commitment_broken").order_by("-pk")[0]
            record_told(
                actor=cast.bo,
                package=stairs.package,
                told=[(broken.ref, CITIZEN)],
                how=HowTold.ON_PHONE,
                told_on=day(8),
                on=day(8),
            )
        undo_settlement(actor=cast.bo, commitment=row, because=WRONG, on=day(9))
        assert "commitment_broken" not in kinds()
        assert ("commitment_unsettled" in kinds()) is told


# -- dispensations


def waived(cast: Cast, stairs: Stairs, number: int = 5) -> Waiver:
    waive_gate(actor=cast.bo, step=stairs.first.step, given_on=day(number), reason="Lærte det hjemme", on=day(number))
    return Waiver.objects.select_related("step__package__citizen", "given_by").get()


def second(stairs: Stairs) -> Step:
    return Step.objects.select_related("package__citizen").get(pk=stairs.second.step_id)


def test_a_dispensation_is_taken_back_while_nothing_stands_on_it(cast: Cast, stairs: Stairs) -> None:
    row = waived(cast, stairs)
    strangers(cast, undo_waiver, waiver=row)
    start_step(actor=cast.bo, step=second(stairs), started_on=day(7), on=day(7))
    refused("FOLLOWER_STANDS_ON_WAIVER", undo_waiver, actor=cast.bo, waiver=row, on=day(9))
    undo_start(actor=cast.bo, step=second(stairs), because=WRONG, on=day(9))
    undo_waiver(actor=cast.bo, waiver=row, because=WRONG, on=day(9))
    assert not Waiver.objects.exists()
    was = Correction.objects.get().was
    assert (was["reason"], was["given_by"], was["given_on"]) == (
        "Lærte det hjemme",
        str(cast.bo.ref),
        day(5).isoformat(),
    )
    event = Event.objects.get(kind="gate_waiver_undone", subject=stairs.first.step.ref)
    assert event.data == {"was_on": day(5).isoformat(), "because": "mistyped"}
    refused("NOT_WAIVED", undo_waiver, actor=cast.bo, waiver=row, on=day(9))
    with pytest.raises(Refused, match="STEP_NOT_FULFILLED"):
        start_step(actor=cast.bo, step=second(stairs), started_on=day(9), on=day(9))
    waived(cast, stairs, 9)


def test_a_step_that_was_fulfilled_by_dispensation_keeps_it(cast: Cast, stairs: Stairs) -> None:
    start_step(actor=cast.bo, step=stairs.first.step, started_on=day(1), on=day(1))
    row = waived(cast, stairs)
    fulfil_step(actor=cast.bo, step=stairs.first.step, fulfilled_on=day(6), on=day(6))
    refused("FULFILMENT_STANDS_ON_WAIVER", undo_waiver, actor=cast.bo, waiver=row, on=day(9))


def test_a_step_that_ended_otherwise_gives_its_dispensation_back(cast: Cast, stairs: Stairs) -> None:
    start_step(actor=cast.bo, step=stairs.first.step, started_on=day(1), on=day(1))
    end_step(actor=cast.bo, step=stairs.first.step, ended_on=day(4), reason=EndReason.ABSENCE, on=day(4))
    row = waived(cast, stairs)
    undo_waiver(actor=cast.bo, waiver=row, because=WRONG, on=day(9))
    assert not Waiver.objects.exists()


def test_a_dispensation_that_another_changed_stays(cast: Cast, stairs: Stairs) -> None:
    row = waived(cast, stairs)
    Waiver.objects.filter(pk=row.pk).update(reason="Andet")
    refused("CHANGED_MEANWHILE_BY_ANOTHER", undo_waiver, actor=cast.bo, waiver=row, on=day(9))


# -- a party's yes


def test_a_yes_is_taken_out_while_the_plan_is_a_proposal(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    propose_plan(actor=cast.bo, version=stairs.version, on=DAY)
    say_yes(cast.bo, stairs.version, DAY, Party.CITIZEN)
    say_yes(cast.bo, stairs.version, DAY, Party.COMPANY)
    row = read_yes(Party.COMPANY)
    strangers(cast, undo_approval, approval=row)
    undo_approval(actor=cast.bo, approval=row, because=WRONG, on=day(1))
    assert list(Approval.objects.values_list("party", flat=True)) == ["citizen"]
    with pytest.raises(Refused, match="MUNICIPALITY_APPROVES_LAST"):
        approve_plan(actor=cast.bo, version=stairs.version, party=Party.MUNICIPALITY, given_on=day(1), on=day(1))
    was = Correction.objects.get().was
    assert (was["party"], was["on_behalf_reason"], was["recorded_by"]) == (
        "company",
        "signed_on_paper",
        str(cast.bo.ref),
    )
    event = Event.objects.get(kind="plan_approval_undone", subject=stairs.version.ref)
    assert (event.data["party"], event.data["was_on"]) == ("company", DAY.isoformat())
    refused("CHANGED_MEANWHILE_BY_ANOTHER", undo_approval, actor=cast.bo, approval=row, on=day(1))
    say_yes(cast.bo, stairs.version, day(1), Party.COMPANY)


def test_a_yes_to_what_was_agreed_or_taken_back_stays(cast: Cast, stairs: Stairs) -> None:
    for party in Party:
        refused("PLAN_AGREED_ALREADY", undo_approval, actor=cast.bo, approval=read_yes(party), on=day(1))
    other = draft(cast.erik, cast.frode)
    propose_plan(actor=cast.erik, version=other.version, on=DAY)
    say_yes(cast.erik, other.version, DAY, Party.CITIZEN)
    withdraw_proposal(actor=cast.erik, version=other.version, on=DAY)
    row = Approval.objects.select_related("version__package__citizen").get(version=other.version)
    refused("PLAN_WITHDRAWN", undo_approval, actor=cast.erik, approval=row, on=day(1))


def read_yes(party: Party) -> Approval:
    return Approval.objects.select_related("version__package__citizen", "recorded_by").get(party=party)


# -- a mentor's confirmation


def mentor(cast: Cast, stairs: Stairs) -> Mentorship:
    return assign_mentor(
        actor=cast.bo,
        step=stairs.first.step,
        mentor=FreeMentor("Lis Lund", Party.COMPANY),
        starts_on=DAY,
        confidentiality_on=None,
        on=DAY,
    )


def test_a_confirmation_is_taken_out_until_the_step_begins(cast: Cast, stairs: Stairs) -> None:
    row = mentor(cast, stairs)
    refused("MENTOR_NOT_CONFIRMED", undo_confirmation, actor=cast.bo, mentorship=row, on=day(4))
    confirm_mentor(actor=cast.bo, mentorship=row, confirmed_on=day(3), on=day(3))
    assert Mentorship.objects.get().starts_on == day(3)
    strangers(cast, undo_confirmation, mentorship=row)
    stale = Mentorship.objects.select_related("step__package__citizen").get()
    undo_confirmation(actor=cast.bo, mentorship=row, because=WRONG, on=day(4))
    found = Mentorship.objects.get()
    assert (found.confidentiality_on, found.starts_on) == (None, DAY), "it had waited for the confirmation"
    refused("CHANGED_MEANWHILE_BY_ANOTHER", undo_confirmation, actor=cast.bo, mentorship=stale, on=day(4))
    with pytest.raises(Refused, match="MENTOR_UNCONFIRMED"):
        start_step(actor=cast.bo, step=stairs.first.step, started_on=day(4), on=day(4))
    confirm_mentor(actor=cast.bo, mentorship=row, confirmed_on=day(1), on=day(4))
    start_step(actor=cast.bo, step=stairs.first.step, started_on=day(4), on=day(4))
    begun = Mentorship.objects.select_related("step__package__citizen").get()
    refused("MENTOR_STEP_BEGUN", undo_confirmation, actor=cast.bo, mentorship=begun, on=day(4))
    event = Event.objects.get(kind="mentor_unconfirmed", subject=stairs.first.step.ref)
    assert event.data == {"mentor": str(row.ref), "was_on": day(3).isoformat(), "because": "mistyped"}


def test_a_first_day_that_did_not_wait_stays(cast: Cast, stairs: Stairs) -> None:
    row = mentor(cast, stairs)
    Mentorship.objects.update(starts_on=day(10))
    row.starts_on = day(10)
    confirm_mentor(actor=cast.bo, mentorship=row, confirmed_on=day(3), on=day(3))
    undo_confirmation(actor=cast.bo, mentorship=row, because=WRONG, on=day(4))
    assert Mentorship.objects.get().starts_on == day(10)


# -- the end of aftercare


def test_aftercare_goes_on_unless_another_agreement_followed(cast: Cast, stairs: Stairs) -> None:
    end_package(actor=cast.bo, package=stairs.package, ended_on=day(1), outcome=Outcome.ORDINARY_JOB, on=day(1))
    package = stairs.package
    care = agree_aftercare(actor=cast.bo, package=package, starts_on=day(1), ends_on=day(300), on=day(1))
    refused("AFTERCARE_NOT_ENDED", undo_aftercare_end, actor=cast.bo, aftercare=care, on=day(9))
    end_aftercare(actor=cast.bo, aftercare=care, ended_on=day(5), on=day(5))
    strangers(cast, undo_aftercare_end, aftercare=care)
    stale = Aftercare.objects.select_related("package__citizen").get()
    undo_aftercare_end(actor=cast.bo, aftercare=care, because=WRONG, on=day(9))
    assert Aftercare.objects.running_on(day(9)).exists()
    refused("CHANGED_MEANWHILE_BY_ANOTHER", undo_aftercare_end, actor=cast.bo, aftercare=stale, on=day(9))
    event = Event.objects.get(kind="aftercare_end_undone", subject=care.ref)
    assert event.data == {"was_on": day(5).isoformat(), "until": day(300).isoformat(), "because": "mistyped"}
    end_aftercare(actor=cast.bo, aftercare=care, ended_on=day(9), on=day(9))
    agree_aftercare(actor=cast.bo, package=package, starts_on=day(20), ends_on=day(90), on=day(9))
    refused("AFTERCARE_RESUMED_SINCE", undo_aftercare_end, actor=cast.bo, aftercare=care, on=day(9))
