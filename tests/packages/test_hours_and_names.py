"""What is written otherwise is counted all the same: hours by their times, and work at a workplace by its place."""

from __future__ import annotations

from datetime import time, timedelta
from decimal import Decimal

import pytest

from jobpakke.citizens.models import LimitKind
from jobpakke.citizens.services import record_limit
from jobpakke.companies.models import Workplace
from jobpakke.method.step_kinds import StepKind
from jobpakke.method.week import WeekTime
from jobpakke.packages.facts import plan_of_version
from jobpakke.packages.models import GoalForm, PlanVersion
from jobpakke.packages.rules import check_plan, supported_places
from jobpakke.packages.services import lay_step
from jobpakke.packages.services.plan.checks import StepFacts
from jobpakke.packages.services.plan.drafting import draft_package
from tests.builders import DAY, SINCE, Cast, workplace

pytestmark = pytest.mark.django_db
MONTH = timedelta(weeks=4)


@pytest.fixture
def version(cast: Cast) -> PlanVersion:
    return draft_package(actor=cast.bo, citizen=cast.her, goal_title="Job", form=GoalForm.ORDINARY, on=DAY)


def broken(version: PlanVersion) -> list[str]:
    return [str(each.refusal.code) for each in check_plan(plan_of_version(version), on=DAY).breaches]


def week(first: int, last: int, days: int) -> frozenset[WeekTime]:
    return frozenset(WeekTime(day, time(first), time(last)) for day in range(days))


@pytest.mark.parametrize(
    ("days", "codes"), [(1, []), (2, []), (3, ["HOURS_OVER_CITIZENS_LIMIT"])], ids=["5 h", "10 h", "15 h"]
)
def test_hours_written_as_times_alone_count_for_the_citizens_limit(
    cast: Cast, version: PlanVersion, days: int, codes: list[str]
) -> None:
    record_limit(actor=cast.bo, citizen=cast.her, kind=LimitKind.HOURS, text="10 timer", hours=Decimal(10), on=SINCE)
    facts = StepFacts(StepKind.GUIDANCE, "Vejledning", DAY, DAY + MONTH, times=week(8, 13, days))
    lay_step(actor=cast.bo, version=version, facts=facts, on=DAY)
    assert broken(version) == codes


def test_two_steps_with_times_alone_are_added_up_for_the_week(cast: Cast, version: PlanVersion) -> None:
    for title, first, last in (("Morgen", 6, 10), ("Dag", 10, 14)):
        facts = StepFacts(StepKind.GUIDANCE, title, DAY, DAY + MONTH, times=week(first, last, 5))
        lay_step(actor=cast.bo, version=version, facts=facts, on=DAY)
    assert set(broken(version)) == {"HOURS_OVER_WEEK"}


@pytest.mark.parametrize("kind", [StepKind.OWN_WORDS, StepKind.CLARIFICATION])
def test_unpaid_work_is_an_internship_whatever_it_is_called(cast: Cast, version: PlanVersion, kind: StepKind) -> None:
    def lay(weeks: int, place: Workplace | None) -> list[str]:
        facts = StepFacts(kind, f"{weeks} uger", DAY, DAY + timedelta(weeks=weeks), workplace=place)
        planned = lay_step(actor=cast.bo, version=version, facts=facts, on=DAY)
        found, places = broken(version), supported_places(plan_of_version(version))
        assert set(places) == ({place.ref} if place else set())
        planned.delete()
        return found

    place = workplace(cast.bo, cast.here)
    assert lay(200, None) == []
    assert lay(13, place) == ["TIES_NOT_DECLARED"]
    assert lay(14, place) == ["STEP_NEEDS_ASSESSMENT", "TIES_NOT_DECLARED"]
