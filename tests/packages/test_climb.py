"""Start, evidence, fulfil, end, waive: each refusal and what is left behind."""

from __future__ import annotations

from datetime import timedelta

import pytest

from jobpakke.history.models import Event
from jobpakke.lib.refusal import Refused
from jobpakke.packages.models import CorrectionReason, EndReason, Evidence, Step
from jobpakke.packages.services import (
    end_step,
    fulfil_step,
    record_evidence,
    start_step,
    undo_end,
    undo_start,
    waive_gate,
)
from tests.builders import DAY, Cast, Stairs, agreed, draft

pytestmark = pytest.mark.django_db
LATER = DAY + timedelta(days=10)


@pytest.fixture
def stairs(cast: Cast) -> Stairs:
    return agreed(cast.bo, cast.her)


def start(cast: Cast, step: Step, days: int = 0) -> None:
    day = DAY + timedelta(days=days)
    start_step(actor=cast.bo, step=step, started_on=day, on=day)


def test_the_second_step_waits_for_the_first(cast: Cast, stairs: Stairs) -> None:
    start(cast, stairs.first.step)
    with pytest.raises(Refused) as refused:
        start(cast, stairs.second.step, 5)
    assert [each.code for each in refused.value.refusals] == ["SUB_GOAL_NOT_MET", "STEP_NOT_FULFILLED"]
    assert refused.value.refusals[0].args == {"step": stairs.first.step.ref, "sub_goal": stairs.goal.ref}
    with pytest.raises(Refused, match="SUB_GOAL_NOT_MET"):
        fulfil_step(actor=cast.bo, step=stairs.first.step, fulfilled_on=LATER, on=LATER)
    record_evidence(actor=cast.bo, sub_goal=stairs.goal, shown_on=LATER, meets=True, on=LATER)
    fulfil_step(actor=cast.bo, step=stairs.first.step, fulfilled_on=LATER, on=LATER)
    start(cast, stairs.second.step, 10)
    kinds = list(Event.objects.filter(about=cast.her.ref).order_by("pk").values_list("kind", flat=True))
    assert kinds[-4:] == ["step_started", "evidence_recorded", "step_fulfilled", "step_started"]


def test_evidence_that_does_not_meet_opens_nothing_and_is_corrected_by_a_new_record(cast: Cast, stairs: Stairs) -> None:
    start(cast, stairs.first.step)
    goal = stairs.goal
    goal.step.refresh_from_db()
    wrong = record_evidence(actor=cast.bo, sub_goal=goal, shown_on=LATER, meets=True, on=LATER)
    right = record_evidence(actor=cast.bo, sub_goal=goal, shown_on=LATER, meets=False, replaces=wrong, on=LATER)
    with pytest.raises(Refused, match="SUB_GOAL_NOT_MET"):
        fulfil_step(actor=cast.bo, step=stairs.first.step, fulfilled_on=LATER, on=LATER)
    with pytest.raises(Refused, match="EVIDENCE_REPLACED_ALREADY"):
        record_evidence(actor=cast.bo, sub_goal=goal, shown_on=LATER, meets=True, replaces=wrong, on=LATER)
    stairs.second_goal.step.started_on = DAY
    with pytest.raises(Refused, match="EVIDENCE_OF_ANOTHER_SUB_GOAL"):
        record_evidence(actor=cast.bo, sub_goal=stairs.second_goal, shown_on=DAY, meets=True, replaces=right, on=LATER)


def test_evidence_under_a_fulfilled_step_is_corrected_after_its_end_is_undone(cast: Cast, stairs: Stairs) -> None:
    start(cast, stairs.first.step)
    goal = stairs.goal
    goal.step.refresh_from_db()
    shown = record_evidence(actor=cast.bo, sub_goal=goal, shown_on=LATER, meets=True, on=LATER)
    fulfil_step(actor=cast.bo, step=stairs.first.step, fulfilled_on=LATER, on=LATER)
    start(cast, stairs.second.step, 10)
    after, common = LATER + timedelta(days=1), {"actor": cast.bo, "sub_goal": goal}
    for wrong in ({"shown_on": LATER, "meets": False}, {"shown_on": after, "meets": True}):
        with pytest.raises(Refused, match="FULFILMENT_STANDS_FIRST"):
            record_evidence(replaces=shown, on=after, **common, **wrong)  # type: ignore[arg-type]
    assert Evidence.objects.count() == 1
    right = record_evidence(replaces=shown, shown_on=DAY, meets=True, on=after, **common)  # type: ignore[arg-type]
    record_evidence(shown_on=after, meets=False, on=after, **common)  # type: ignore[arg-type]
    undo = {"actor": cast.bo, "because": CorrectionReason.MISTYPED, "on": after}
    with pytest.raises(Refused, match="FOLLOWER_STANDS_FIRST"):
        undo_end(step=stairs.first.step, **undo)  # type: ignore[arg-type]
    undo_start(step=stairs.second.step, **undo)  # type: ignore[arg-type]
    undo_end(step=stairs.first.step, **undo)  # type: ignore[arg-type]
    record_evidence(replaces=right, shown_on=DAY, meets=False, on=after, **common)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="SUB_GOAL_NOT_MET"):
        fulfil_step(actor=cast.bo, step=Step.objects.get(pk=stairs.first.step_id), fulfilled_on=after, on=after)


def test_evidence_comes_after_the_start_and_not_from_the_future(cast: Cast, stairs: Stairs) -> None:
    with pytest.raises(Refused, match="EVIDENCE_BEFORE_STEP"):
        record_evidence(actor=cast.bo, sub_goal=stairs.goal, shown_on=LATER, meets=True, on=LATER)
    start(cast, stairs.first.step, 5)
    stairs.goal.step.refresh_from_db()
    with pytest.raises(Refused, match="EVIDENCE_BEFORE_STEP"):
        record_evidence(actor=cast.bo, sub_goal=stairs.goal, shown_on=DAY, meets=True, on=LATER)
    with pytest.raises(Refused, match="DATE_AHEAD"):
        record_evidence(actor=cast.bo, sub_goal=stairs.goal, shown_on=LATER, meets=True, on=DAY)


def test_a_step_starts_once_and_ends_once(cast: Cast, stairs: Stairs) -> None:
    step = stairs.first.step
    stale = Step.objects.get(pk=step.pk)
    start(cast, step)
    with pytest.raises(Refused, match="ALREADY_STARTED"):
        start(cast, stale, 1)
    end_step(actor=cast.bo, step=step, ended_on=LATER, reason=EndReason.NOT_REACHED, on=LATER)
    with pytest.raises(Refused, match="ALREADY_ENDED"):
        end_step(actor=cast.bo, step=step, ended_on=LATER, reason=EndReason.NOT_REACHED, on=LATER)
    with pytest.raises(Refused, match="ALREADY_ENDED"):
        start(cast, step, 11)


def test_two_who_end_the_same_step_at_once(cast: Cast, stairs: Stairs, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second has read the step before the first wrote: compare and swap tells it so."""
    step = stairs.first.step
    start(cast, step)
    monkeypatch.setattr("jobpakke.packages.services.climb.why_not_end", lambda *_, **__: ())
    end_step(actor=cast.bo, step=step, ended_on=LATER, reason=EndReason.NOT_REACHED, on=LATER)
    with pytest.raises(Refused, match="CHANGED_MEANWHILE_BY_ANOTHER"):
        end_step(actor=cast.bo, step=step, ended_on=LATER, reason=EndReason.OTHER_PATH, on=LATER)


def test_nothing_starts_before_agreement_after_the_end_or_ahead(cast: Cast) -> None:
    waiting = draft(cast.erik, cast.frode)
    with pytest.raises(Refused, match="PACKAGE_NOT_OPEN"):
        start_step(actor=cast.erik, step=waiting.first.step, started_on=DAY, on=DAY)
    open_one = agreed(cast.bo, cast.her)
    with pytest.raises(Refused, match="PACKAGE_NOT_OPEN"):
        start_step(actor=cast.bo, step=open_one.first.step, started_on=DAY - timedelta(days=1), on=DAY)
    with pytest.raises(Refused, match="DATE_AHEAD"):
        start_step(actor=cast.bo, step=open_one.first.step, started_on=LATER, on=DAY)


def test_not_under_way_is_neither_fulfilled_nor_ended(cast: Cast, stairs: Stairs) -> None:
    for verb, extra in (
        (fulfil_step, {"fulfilled_on": DAY}),
        (end_step, {"ended_on": DAY, "reason": EndReason.ABSENCE}),
    ):
        with pytest.raises(Refused, match="NOT_UNDER_WAY"):
            verb(actor=cast.bo, step=stairs.first.step, on=DAY, **extra)


def test_a_waiver_opens_the_gate_and_takes_a_reason(cast: Cast, stairs: Stairs) -> None:
    start(cast, stairs.first.step)
    with pytest.raises(Refused, match="TEXT_NEEDED"):
        waive_gate(actor=cast.bo, step=stairs.first.step, given_on=DAY, reason=" ", on=DAY)
    waiver = waive_gate(actor=cast.bo, step=stairs.first.step, given_on=DAY, reason="Vises i næste trin", on=DAY)
    assert waiver.given_as == "caseworker"
    with pytest.raises(Refused, match="WAIVED_ALREADY"):
        waive_gate(actor=cast.bo, step=stairs.first.step, given_on=DAY, reason="Igen", on=DAY)
    start(cast, stairs.second.step, 1)
    fulfil_step(actor=cast.bo, step=stairs.first.step, fulfilled_on=LATER, on=LATER)


@pytest.mark.parametrize("stranger", ["erik", "dorte", "finn", "tove", "dan", "anna", "asta", "carla"])
def test_only_the_own_caseworker_acts(cast: Cast, stairs: Stairs, stranger: str) -> None:
    with pytest.raises(Refused, match="NOT_FOUND|ROLE_LACKS_ACT"):
        start_step(actor=getattr(cast, stranger), step=stairs.first.step, started_on=DAY, on=DAY)
    stairs.first.step.refresh_from_db()
    assert stairs.first.step.started_on is None
