"""A gap: drawn as a missing tread where it lies, and mended from I dag by one press."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from jobpakke.citizens.models import OtherReason, Status
from jobpakke.citizens.services import record_status
from jobpakke.citizens.services.status import StatusFacts
from jobpakke.lib.clock import today
from jobpakke.packages.facts import plan_of
from jobpakke.packages.models import EndReason, LateReason, Party, PlanVersion
from jobpakke.packages.services import end_step, make_commitment, start_step
from jobpakke.web.staircase import Staircase, staircase
from tests.builders import Cast, Stairs, agreed
from tests.web.test_pages import client, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def stairs(cast: Cast) -> Stairs:
    """The first step began ten days ago; the second waits for it."""
    since = today() - timedelta(days=10)
    found = agreed(cast.bo, cast.her, since)
    start_step(actor=cast.bo, step=found.first.step, started_on=since, on=since)
    return found


def give_up(cast: Cast, stairs: Stairs) -> None:
    """Since two days nothing is under way, and nothing can start."""
    two_days_ago = today() - timedelta(days=2)
    end_step(
        actor=cast.bo,
        step=stairs.first.step,
        ended_on=two_days_ago,
        reason=EndReason.ABSENCE,
        late_reason=LateReason.TOLD_LATE,
        on=today(),
    )


def drawn(stairs: Stairs) -> Staircase:
    found = staircase(plan_of(stairs.package, on=today()), on=today(), working=True)
    assert found is not None
    return found


def test_a_gap_of_today_stands_where_today_is(cast: Cast, stairs: Stairs) -> None:
    assert [level.hole for level in drawn(stairs).levels] == [None, None]
    give_up(cast, stairs)
    first, second = drawn(stairs).levels
    assert first.hole is None
    assert second.hole is not None
    assert (second.hole.first_day, second.hole.now) == (today() - timedelta(days=2), True)
    assert "Intet er i gang" in text(client("bo").get(reverse("citizen", args=[cast.her.ref])))


def test_days_after_the_last_step_are_missing_before_the_goal(stairs: Stairs) -> None:
    found = drawn(stairs)
    ends_on = max(row.ends_on for row in stairs.version.planned_steps.all())
    assert all(level.hole is None for level in found.levels)
    assert found.hole is not None
    assert (found.hole.first_day, found.hole.last_day, found.hole.now) == (ends_on, None, False)


def test_today_is_marked_when_nothing_need_be_under_way(cast: Cast, stairs: Stairs) -> None:
    assert not any(level.today for level in drawn(stairs).levels), "the step under way says so itself"
    give_up(cast, stairs)
    assert not any(level.today for level in drawn(stairs).levels), "the hole says so itself"
    away = StatusFacts(Status.OTHER, today() - timedelta(days=2), reason=OtherReason.TREATMENT)
    record_status(actor=cast.bo, citizen=cast.her, facts=away, on=today())
    assert [level.today for level in drawn(stairs).levels] == [False, True]
    assert "intet trin er i gang" in text(client("bo").get(reverse("citizen", args=[cast.her.ref])))


def test_i_dag_counts_people_and_not_rows(cast: Cast, stairs: Stairs) -> None:
    give_up(cast, stairs)
    make_commitment(actor=cast.bo, package=stairs.package, party=Party.COMPANY, text="Svar", due_on=today(), on=today())
    shown = client("bo").get(reverse("today")).context["shown"]
    assert len(shown.rows) > shown.people == 1


def test_the_draft_that_fills_it_is_one_press_away(cast: Cast, stairs: Stairs) -> None:
    give_up(cast, stairs)
    bo, reopen = client("bo"), reverse("reopen_plan", args=[stairs.package.ref])
    assert f'action="{reopen}"' in text(bo.get(reverse("today")))
    assert f'action="{reopen}"' not in text(client("tove").get(reverse("today")))
    bo.post(reopen)
    draft = PlanVersion.objects.unsettled().get(package=stairs.package)
    page = text(bo.get(reverse("today")))
    assert f'action="{reopen}"' not in page
    assert reverse("plan", args=[draft.ref]) in page
