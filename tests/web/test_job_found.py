"""The job that a package led to stands at the top of its staircase, and the goal counts as reached only by its form."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from jobpakke.lib.clock import today
from jobpakke.packages.models import GoalForm, JobGoal, JobPackage, Outcome
from jobpakke.packages.services import conclude_package
from jobpakke.packages.services.ending import Ending
from jobpakke.web.top import _REACHED_BY
from tests.builders import Cast, Stairs, agreed, workplace
from tests.web.test_pages import client, text

pytestmark = pytest.mark.django_db
FLEX = Ending(
    today(),
    Outcome.FLEX_JOB,
    job_title="Zebrapasser",
    employer="Zirkus Zampano",
    weekly_hours=Decimal("17.5"),
    job_starts_on=today(),
)


@pytest.fixture
def stairs(cast: Cast) -> Stairs:
    return agreed(cast.bo, cast.her, today() - timedelta(days=60))


def conclude(cast: Cast, stairs: Stairs, ending: Ending) -> None:
    conclude_package(actor=cast.bo, package=JobPackage.objects.get(pk=stairs.package.pk), ending=ending, on=today())


def top(cast: Cast, stairs: Stairs, name: str = "citizen", on: str = "") -> str:
    args = [cast.her.ref] if name == "citizen" else [stairs.version.ref]
    page = text(client("bo").get(reverse(name, args=args), {"on": on} if on else {}))
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition('<div class="maal')[2].partition("</div>")[0]).split())


@pytest.mark.parametrize("name", ["citizen", "plan"])
def test_another_job_is_shown_beside_the_goal_and_not_as_the_goal(cast: Cast, stairs: Stairs, name: str) -> None:
    goal = stairs.version.goal
    conclude(cast, stairs, FLEX)
    shown = top(cast, stairs, name)
    for words in ("Et andet job end målet", "Zebrapasser", "Fleksjob", "Zirkus Zampano", "17,5 timer om ugen", "fra "):
        assert words in shown
    assert f"Målet var: {goal.title}, ordinært job" in shown
    assert "Målet er nået" not in shown
    before = top(cast, stairs, name, (today() - timedelta(days=1)).isoformat())
    assert "Zebrapasser" not in before
    assert goal.title in before


def test_the_goal_is_reached_by_its_form_and_said_when_the_job_is_called_otherwise(cast: Cast, stairs: Stairs) -> None:
    place = workplace(cast.bo, cast.here)
    conclude(cast, stairs, replace(FLEX, outcome=Outcome.ORDINARY_JOB, employer="", workplace=place))
    shown = top(cast, stairs)
    assert "Målet er nået" in shown
    assert place.name in shown
    assert "Målet var" in shown


def test_a_job_just_as_agreed_needs_no_second_mention(cast: Cast, stairs: Stairs) -> None:
    goal = stairs.version.goal
    ending = Ending(today(), Outcome.ORDINARY_JOB, job_title=goal.title, workplace=goal.workplace)
    conclude(cast, stairs, ending)
    shown = top(cast, stairs)
    assert "Målet er nået" in shown
    assert "Målet var" not in shown
    assert "timer om ugen" not in shown


@pytest.mark.parametrize("outcome", [Outcome.PENSION, Outcome.NO_JOB])
def test_an_end_without_a_job_leaves_the_goal_where_it_was(cast: Cast, stairs: Stairs, outcome: Outcome) -> None:
    conclude(cast, stairs, Ending(today(), outcome))
    shown = top(cast, stairs)
    assert shown.startswith('"> Mål ')
    assert stairs.version.goal.title in shown


@pytest.mark.parametrize("outcome", [Outcome.ORDINARY_JOB, Outcome.FLEX_JOB])
@pytest.mark.parametrize("form", list(GoalForm))
def test_a_goal_is_reached_by_the_job_of_its_form_alone(
    cast: Cast, stairs: Stairs, form: GoalForm, outcome: Outcome
) -> None:
    JobGoal.objects.filter(pk=stairs.version.goal.pk).update(form=form)
    conclude(cast, stairs, replace(FLEX, outcome=outcome))
    fits = (form, outcome) in {(GoalForm.ORDINARY, Outcome.ORDINARY_JOB), (GoalForm.FLEX, Outcome.FLEX_JOB)}
    assert ("Målet er nået" in top(cast, stairs)) is fits


def test_each_form_of_a_goal_is_reached_by_one_outcome() -> None:
    assert set(_REACHED_BY) == set(GoalForm)
