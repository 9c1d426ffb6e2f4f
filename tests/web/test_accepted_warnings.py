"""A warning accepted with a reason stays on the page of the plan: with who and when, whatever the plan breaks today."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from jobpakke.packages.models import AcceptedWarning, EndReason, Outcome, PlanVersion
from jobpakke.packages.services import (
    accept_warning,
    end_package,
    end_step,
    extend_step,
    propose_plan,
    start_step,
    withdraw_proposal,
)
from tests.builders import DAY, Cast, Stairs, approve, draft, workplace
from tests.packages.test_rules import practice
from tests.web.test_pages import client, text
from tests.web.test_queries import MOST_QUERIES, measured

pytestmark = pytest.mark.django_db
REASON = "Konkret vurdering af 2. marts"
EARLIER = "Accepteret tidligere, med en begrundelse"


@pytest.fixture
def stairs(cast: Cast) -> Stairs:
    """With an internship of 14 weeks, for which the warning is accepted."""
    found = draft(cast.bo, cast.her)
    laid = practice(cast, found.version, 14, workplace(cast.bo, cast.here))
    accept_warning(
        actor=cast.bo,
        version=found.version,
        step=laid.step.ref,
        code="STEP_NEEDS_ASSESSMENT",
        reason=REASON,
        on=DAY,
    )
    return found


def rules(version: PlanVersion, on: date | None = None) -> str:
    page = text(client("bo").get(reverse("plan", args=[version.ref]), {"on": on.isoformat()} if on else {}))
    return page.partition("<h2>Regler</h2>")[2].partition("</section>")[0]


def test_while_the_plan_breaks_it_it_stands_with_the_rule(cast: Cast, stairs: Stairs) -> None:
    shown = rules(stairs.version, DAY)
    assert shown.count(REASON) == 1
    assert "(Bo, 2. marts 2026)" in shown
    assert EARLIER not in shown


def test_when_the_plan_breaks_more_the_old_reason_is_still_there(cast: Cast, stairs: Stairs) -> None:
    laid = stairs.version.planned_steps.get(title="Praktik")
    extend_step(actor=cast.bo, planned=laid, ends_on=DAY + timedelta(weeks=27), seen=laid.edits, on=DAY)
    shown = rules(stairs.version, DAY)
    assert "Advarer" in shown
    assert "Praktik: " in shown.partition(EARLIER)[2]
    assert REASON in shown.partition(EARLIER)[2]


def test_it_stays_when_the_step_and_the_package_have_ended(cast: Cast, stairs: Stairs) -> None:
    approve(cast.bo, stairs.version, DAY)
    step = stairs.version.planned_steps.get(title="Praktik").step
    start_step(actor=cast.bo, step=step, started_on=DAY, on=DAY)
    over = DAY + timedelta(days=30)
    end_step(actor=cast.bo, step=step, ended_on=over, reason=EndReason.GOT_JOB, on=over)
    assert REASON in rules(stairs.version, over)
    end_package(actor=cast.bo, package=stairs.package, ended_on=over, outcome=Outcome.NO_JOB, on=over)
    shown = rules(stairs.version)
    assert "(Bo, 2. marts 2026)" in shown.partition(EARLIER)[2]
    assert shown.count(REASON) == 1


def test_it_stays_with_a_proposal_that_was_taken_back(cast: Cast, stairs: Stairs) -> None:
    propose_plan(actor=cast.bo, version=stairs.version, on=DAY)
    withdraw_proposal(actor=cast.bo, version=stairs.version, on=DAY)
    assert REASON in rules(stairs.version).partition(EARLIER)[2]


def test_many_take_no_more_queries_than_one(cast: Cast, stairs: Stairs) -> None:
    url, row = reverse("plan", args=[stairs.version.ref]), AcceptedWarning.objects.get()
    one = measured("bo", url)
    for number in range(5):
        accept_warning(
            actor=cast.bo, version=stairs.version, step=row.step, code=row.code, reason=f"Grund {number}", on=DAY
        )
    assert measured("bo", url) == one <= MOST_QUERIES
    shown = rules(stairs.version, DAY)
    assert shown.index("Grund 4") < shown.index(EARLIER) < shown.index(REASON) < shown.index("Grund 3")
