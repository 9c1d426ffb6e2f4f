"""What was free when a plan was proposed is asked for again at the last yes."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from jobpakke.citizens.models import Citizen, LimitKind
from jobpakke.citizens.services import record_limit
from jobpakke.companies.models import Workplace
from jobpakke.lib.refusal import Refused
from jobpakke.method.step_kinds import StepKind
from jobpakke.packages.models import GoalForm, Party, PlanVersion
from jobpakke.packages.services import declare_ties, lay_step, propose_plan, start_step
from jobpakke.packages.services.plan.checks import StepFacts
from jobpakke.packages.services.plan.drafting import draft_package
from tests.builders import DAY, SINCE, Cast, citizen, say_yes, workplace

pytestmark = pytest.mark.django_db


def proposed(cast: Cast, whom: Citizen, place: Workplace) -> PlanVersion:
    """Thirty hours a week at the place, with the yes of citizen and company."""
    version = draft_package(actor=cast.bo, citizen=whom, goal_title="Job", form=GoalForm.ORDINARY, on=DAY)
    last = DAY + timedelta(weeks=4)
    facts = StepFacts(StepKind.INTERNSHIP, "Praktik", DAY, last, workplace=place, weekly_hours=Decimal(30))
    lay_step(actor=cast.bo, version=version, facts=facts, on=DAY)
    declare_ties(actor=cast.bo, version=version, close_family={place.ref: False}, on=DAY)
    propose_plan(actor=cast.bo, version=version, on=DAY)
    for party in (Party.CITIZEN, Party.COMPANY):
        say_yes(cast.bo, version, DAY, party)
    return version


@pytest.fixture
def place(cast: Cast) -> Workplace:
    """With room for one."""
    row = workplace(cast.bo, cast.here)
    row.details.update(ordinary_employees=5)
    return row


def test_of_two_plans_for_one_place_the_first_is_agreed_and_can_start(cast: Cast, place: Workplace) -> None:
    other = citizen(cast.bo, cast.here, "Hanne", "640173-1004")
    first, second = proposed(cast, cast.her, place), proposed(cast, other, place)
    say_yes(cast.bo, first, DAY, Party.MUNICIPALITY)
    with pytest.raises(Refused, match="SUPPORT_RATIO_PASSED"):
        say_yes(cast.bo, second, DAY, Party.MUNICIPALITY)
    assert start_step(actor=cast.bo, step=first.planned_steps.get().step, started_on=DAY, on=DAY).started_on == DAY


def test_a_limit_recorded_since_the_proposal_is_held(cast: Cast, place: Workplace) -> None:
    version = proposed(cast, cast.her, place)
    record_limit(actor=cast.bo, citizen=cast.her, kind=LimitKind.HOURS, text="10 timer", hours=Decimal(10), on=SINCE)
    with pytest.raises(Refused, match="HOURS_OVER_CITIZENS_LIMIT"):
        say_yes(cast.bo, version, DAY, Party.MUNICIPALITY)
