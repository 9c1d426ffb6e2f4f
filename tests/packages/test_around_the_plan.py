"""Ending a package; promises, aftercare, programmes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from jobpakke.lib.refusal import Refused
from jobpakke.method.step_kinds import StepKind
from jobpakke.packages.models import CorrectionReason, Outcome, Party, PlanVersion, Step, Waiver
from jobpakke.packages.models.package import OnBehalfReason
from jobpakke.packages.services import (
    agree_aftercare,
    end_package,
    lay_step,
    make_commitment,
    open_programme,
    propose_plan,
    reopen_plan,
    settle_commitment,
    start_step,
    undo_waiver,
    waive_gate,
)
from jobpakke.packages.services.plan.checks import StepFacts
from tests.builders import DAY, Cast, agreed, draft, say_yes

pytestmark = pytest.mark.django_db
PAPER = OnBehalfReason.SIGNED_ON_PAPER
LATER = DAY + timedelta(days=10)


def test_a_package_ends_when_its_steps_have(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    start_step(actor=cast.bo, step=stairs.first.step, started_on=DAY, on=DAY)
    arguments: dict[str, Any] = {"actor": cast.bo, "package": stairs.package, "outcome": Outcome.NO_JOB, "on": LATER}
    with pytest.raises(Refused, match="STEP_STILL_UNDER_WAY"):
        end_package(ended_on=LATER, **arguments)
    other = agreed(cast.erik, cast.frode)
    end_package(actor=cast.erik, package=other.package, ended_on=LATER, outcome=Outcome.NO_JOB, on=LATER)
    with pytest.raises(Refused, match="PACKAGE_NOT_OPEN"):
        end_package(actor=cast.erik, package=other.package, ended_on=LATER, outcome=Outcome.NO_JOB, on=LATER)
    draft(cast.erik, cast.frode, LATER)


def test_a_package_ends_no_sooner_than_its_newest_plan_took_effect(cast: Cast) -> None:
    stairs, later = agreed(cast.bo, cast.her), LATER + timedelta(days=5)
    version = reopen_plan(actor=cast.bo, package=stairs.package, on=DAY)
    add_step(cast, version)
    propose_plan(actor=cast.bo, version=version, reason="Mere tid", on=DAY)
    for party in Party:
        say_yes(cast.bo, version, LATER, party)
    arguments: dict[str, Any] = {"actor": cast.bo, "package": stairs.package, "outcome": Outcome.NO_JOB, "on": later}
    with pytest.raises(Refused, match="^ENDED_BEFORE_ITS_PLAN$") as refused:
        end_package(ended_on=LATER - timedelta(days=1), **arguments)
    assert refused.value.refusals[0].args["effective_on"] == LATER
    end_package(ended_on=LATER, **arguments)
    assert stairs.package.ended_on == LATER


def test_a_package_ends_no_sooner_than_what_was_given_in_it(cast: Cast) -> None:
    stairs, before = agreed(cast.bo, cast.her), LATER - timedelta(days=1)
    arguments: dict[str, Any] = {"actor": cast.bo, "package": stairs.package, "outcome": Outcome.NO_JOB, "on": LATER}
    waive_gate(actor=cast.bo, step=stairs.first.step, given_on=LATER, reason="Kan det", on=LATER)
    with pytest.raises(Refused, match="^ENDED_BEFORE_ITS_WAIVER$") as refused:
        end_package(ended_on=before, **arguments)
    assert refused.value.refusals[0].args["given_on"] == LATER
    waiver = Waiver.objects.select_related("step__package__citizen", "given_by").get()
    undo_waiver(actor=cast.bo, waiver=waiver, because=CorrectionReason.MISTYPED, on=LATER)
    promise = make_commitment(
        actor=cast.bo, package=stairs.package, party=Party.COMPANY, text="Kursus", due_on=LATER, on=LATER
    )
    with pytest.raises(Refused, match="^ENDED_BEFORE_ITS_PROMISE$") as refused:
        end_package(ended_on=before, **arguments)
    assert refused.value.refusals[0].args["made_on"] == LATER
    settle_commitment(actor=cast.bo, commitment=promise, kept=True, settled_on=LATER, on=LATER)
    end_package(ended_on=before, **arguments)


def test_a_package_ends_on_the_day_of_what_was_given_in_it(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    waive_gate(actor=cast.bo, step=stairs.first.step, given_on=LATER, reason="Kan det", on=LATER)
    make_commitment(actor=cast.bo, package=stairs.package, party=Party.COMPANY, text="A", due_on=LATER, on=LATER)
    end_package(actor=cast.bo, package=stairs.package, ended_on=LATER, outcome=Outcome.NO_JOB, on=LATER)
    assert stairs.package.ended_on == LATER
    step = Step.objects.select_related("package__citizen").get(pk=stairs.second.step_id)
    with pytest.raises(Refused, match="PACKAGE_NOT_OPEN"):
        waive_gate(actor=cast.bo, step=step, given_on=LATER, reason="Kan det", on=LATER + timedelta(days=1))


def test_a_plan_that_never_took_effect_holds_no_end_back(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    reopen_plan(actor=cast.bo, package=stairs.package, on=LATER)
    end_package(actor=cast.bo, package=stairs.package, ended_on=DAY, outcome=Outcome.NO_JOB, on=LATER)
    assert stairs.package.ended_on == DAY


def add_step(cast: Cast, version: PlanVersion) -> None:
    facts = StepFacts(StepKind.GUIDANCE, "Mere vejledning", LATER, LATER + timedelta(days=9))
    lay_step(actor=cast.bo, version=version, facts=facts, on=DAY)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "code"),
    [
        (DAY, LATER, "AFTERCARE_BEFORE_END"),
        (LATER, LATER, "AFTERCARE_DATES_REVERSED"),
        (LATER, date(2031, 3, 13), "AFTERCARE_TOO_LONG"),
        (LATER, date(2031, 3, 12), None),
        (LATER, date(2031, 3, 11), None),
    ],
)
def test_aftercare_up_to_five_years(cast: Cast, starts_on: date, ends_on: date, code: str | None) -> None:
    package = agreed(cast.bo, cast.her).package
    end_package(actor=cast.bo, package=package, ended_on=LATER, outcome=Outcome.ORDINARY_JOB, on=LATER)
    arguments: dict[str, Any] = {"actor": cast.bo, "package": package, "on": LATER}
    if code:
        with pytest.raises(Refused, match=code):
            agree_aftercare(starts_on=starts_on, ends_on=ends_on, **arguments)
        return
    agree_aftercare(starts_on=starts_on, ends_on=ends_on, **arguments)
    with pytest.raises(Refused, match="AFTERCARE_AGREED_ALREADY"):
        agree_aftercare(starts_on=starts_on, ends_on=ends_on, **arguments)


def test_programmes(cast: Cast) -> None:
    arguments: dict[str, Any] = {"code": "P", "name": "P", "starts_on": DAY, "on": DAY}
    here, both = [(cast.here, 10)], [(cast.here, 10), (cast.there, None)]
    with pytest.raises(Refused, match="ROLE_LACKS_ACT"):
        open_programme(actor=cast.anna, ends_on=None, targets=both, **arguments)
    with pytest.raises(Refused, match="PROGRAMME_DATES_REVERSED"):
        open_programme(actor=cast.anna, ends_on=DAY, targets=here, **arguments)
    with pytest.raises(Refused, match="PROGRAMME_WITHOUT_MUNICIPALITY"):
        open_programme(actor=None, ends_on=None, targets=[], **arguments)
    open_programme(actor=cast.anna, ends_on=None, targets=here, **arguments)
    with pytest.raises(Refused, match="PROGRAMME_KNOWN_ALREADY"):
        open_programme(actor=None, ends_on=None, targets=both, **arguments)
