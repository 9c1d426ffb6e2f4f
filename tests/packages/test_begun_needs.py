"""A change of the plan lets nothing that has begun come after what is not fulfilled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from jobpakke.lib.refusal import Refused
from jobpakke.method.step_kinds import StepKind
from jobpakke.packages.models import CorrectionReason, Party, PlannedStep, PlanVersion
from jobpakke.packages.services import (
    change_step,
    fulfil_step,
    lay_step,
    propose_plan,
    record_evidence,
    reopen_plan,
    start_step,
    undo_end,
    waive_gate,
    withdraw_proposal,
)
from jobpakke.packages.services.plan.checks import StepFacts
from tests.builders import DAY, Cast, Stairs, approve, draft, say_yes

pytestmark = pytest.mark.django_db
CODE = "STEP_BEGUN_STAYS_ON_ITS_NEEDS"
SOON, LATER = DAY + timedelta(days=5), DAY + timedelta(days=10)
BESIDE = StepFacts(StepKind.GUIDANCE, "Ved siden af", DAY, DAY + timedelta(days=90))


class Begun:
    """The staircase of two, and a step beside it that waits for neither and has begun."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.stairs: Stairs = draft(cast.bo, cast.her)
        self.beside = lay_step(actor=cast.bo, version=self.stairs.version, facts=BESIDE, on=DAY).step
        approve(cast.bo, self.stairs.version, DAY)

    def start(self, on: date = SOON) -> None:
        start_step(actor=self.cast.bo, step=self.beside, started_on=on, on=on)

    def fulfil_first(self) -> None:
        common: dict[str, Any] = {"actor": self.cast.bo, "on": SOON}
        first, goal = self.stairs.first.step, self.stairs.goal
        start_step(step=first, started_on=SOON, **common)
        goal.step.refresh_from_db()
        record_evidence(sub_goal=goal, shown_on=SOON, meets=True, **common)
        fulfil_step(step=first, fulfilled_on=SOON, **common)

    def reopened(self, on: date = LATER) -> PlanVersion:
        return reopen_plan(actor=self.cast.bo, package=self.stairs.package, on=on)

    def need_first(self, version: PlanVersion, on: date = LATER) -> PlannedStep:
        planned = version.planned_steps.select_related("step", "version__package__citizen").get(step=self.beside)
        facts = replace(BESIDE, needs=(self.stairs.first.step,))
        return change_step(actor=self.cast.bo, planned=planned, facts=facts, seen=planned.edits, on=on)

    def propose(self, version: PlanVersion, on: date = LATER) -> None:
        propose_plan(actor=self.cast.bo, version=version, reason="Ny rækkefølge", on=on)

    def say_yes(self, version: PlanVersion, on: date = LATER) -> None:
        for party in Party:
            say_yes(self.cast.bo, version, on, party)


@pytest.fixture
def begun(cast: Cast) -> Begun:
    return Begun(cast)


def test_it_is_refused_while_one_words_the_step(begun: Begun) -> None:
    begun.start()
    version = begun.reopened()
    with pytest.raises(Refused, match=f"^{CODE}$") as refused:
        begun.need_first(version)
    assert refused.value.refusals[0].args == {
        "step": begun.beside.ref,
        "other": begun.stairs.first.step.ref,
        "started_on": SOON,
    }
    assert not version.planned_steps.get(step=begun.beside).needs.exists()


def test_what_is_fulfilled_or_dispensed_from_can_stand_before_it(begun: Begun) -> None:
    begun.start()
    begun.fulfil_first()
    version = begun.reopened()
    begun.need_first(version)
    begun.propose(version)
    begun.say_yes(version)
    version.refresh_from_db()
    assert version.effective_on == LATER


def test_a_dispensation_is_enough(begun: Begun) -> None:
    begun.start()
    waive_gate(actor=begun.cast.bo, step=begun.stairs.first.step, given_on=SOON, reason="Kan det", on=SOON)
    begun.need_first(begun.reopened())


def test_it_is_refused_when_the_step_has_begun_since_it_was_worded(begun: Begun) -> None:
    version = begun.reopened()
    begun.need_first(version)
    begun.start()
    with pytest.raises(Refused, match=f"^{CODE}$"):
        begun.propose(version)


def test_it_is_refused_when_the_step_has_begun_since_it_was_proposed(begun: Begun) -> None:
    version = begun.reopened(DAY)
    begun.need_first(version, DAY)
    begun.propose(version, DAY)
    begun.start(DAY)
    with pytest.raises(Refused, match=f"^{CODE}$"):
        begun.say_yes(version, DAY)
    version.refresh_from_db()
    assert version.effective_on is None
    withdraw_proposal(actor=begun.cast.bo, version=version, on=DAY)


def test_it_is_refused_when_the_end_of_what_it_needs_was_undone_since(begun: Begun) -> None:
    begun.start()
    begun.fulfil_first()
    version = begun.reopened()
    begun.need_first(version)
    begun.propose(version)
    begun.stairs.first.step.refresh_from_db()
    undo_end(actor=begun.cast.bo, step=begun.stairs.first.step, because=CorrectionReason.MISTYPED, on=LATER)
    with pytest.raises(Refused, match=f"^{CODE}$"):
        begun.say_yes(version)
