"""A gate says what it lacks, also under what has begun; and what is over can be corrected from the staircase."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from jobpakke.lib.clock import today
from jobpakke.lib.refusal import Refused
from jobpakke.packages.facts import plan_of
from jobpakke.packages.models import EndReason, Evidence, Outcome, PlannedStep, Step
from jobpakke.packages.services import (
    end_package,
    end_step,
    fulfil_step,
    record_evidence,
    start_step,
    waive_gate,
)
from jobpakke.web.staircase import Level, staircase
from tests.builders import Cast, Stairs, agreed
from tests.web.test_pages import client, text

pytestmark = pytest.mark.django_db


def ago(days: int) -> date:
    return today() - timedelta(days=days)


@pytest.fixture
def stairs(cast: Cast) -> Stairs:
    """The first step began twenty days ago."""
    found = agreed(cast.bo, cast.her, ago(20))
    start_step(actor=cast.bo, step=found.first.step, started_on=ago(20), on=ago(20))
    return found


def second_level(stairs: Stairs) -> Level:
    found = staircase(plan_of(stairs.package, on=today()), on=today(), working=True)
    assert found is not None
    return found.levels[1]


def page(cast: Cast) -> str:
    return text(client("bo").get(reverse("citizen", args=[cast.her.ref])))


def shown(cast: Cast, stairs: Stairs, meets: bool = True) -> None:  # noqa: FBT001, FBT002
    goal = stairs.first.step.sub_goals.select_related("step__package__citizen").get()
    record_evidence(actor=cast.bo, sub_goal=goal, meets=meets, shown_on=ago(9), on=ago(9))


def test_a_gate_is_open_only_when_nothing_is_missing(cast: Cast, stairs: Stairs) -> None:
    level = second_level(stairs)
    assert (level.missing, level.begun_without, level.open) == ((stairs.goal.title,), (), False)
    Step.objects.filter(pk=stairs.second.step_id).update(started_on=ago(3))  # as it was before that was refused
    level = second_level(stairs)
    assert (level.missing, level.begun_without, level.open) == ((), (stairs.goal.title,), False)
    found = page(cast)
    assert "Er begyndt, selv om dette mangler" in found
    assert "Lågen er åben" not in found
    waive_gate(actor=cast.bo, step=stairs.first.step, given_on=ago(2), reason="Kan det", on=ago(2))
    assert second_level(stairs).open
    assert "Lågen er åben" in page(cast)


def test_a_step_that_was_passed_over_has_no_open_gate_before_it(cast: Cast, stairs: Stairs) -> None:
    waive_gate(actor=cast.bo, step=stairs.second.step, given_on=ago(2), reason="Kan det", on=ago(2))
    level = second_level(stairs)
    assert (level.missing, level.begun_without, level.open) == ((), (), False)


def test_the_evidence_of_a_fulfilled_step_is_corrected_from_the_staircase(cast: Cast, stairs: Stairs) -> None:
    url = reverse("record_evidence", args=[stairs.goal.ref])
    shown(cast, stairs)
    fulfil_step(actor=cast.bo, step=stairs.first.step, fulfilled_on=ago(5), on=ago(5))
    assert url in page(cast)
    told = text(client("bo").get(url))
    assert "Beviset kan rettes, så længe delmålet var nået til den dag" in told
    recorded = Evidence.objects.get()
    common = {"day": ago(5).isoformat(), "corrects": str(recorded.ref)}
    refused = client("bo").post(url, {**common, "meets": "no"})
    assert (refused.status_code, "Trinnet blev opfyldt fra" in text(refused)) == (422, True)
    assert client("bo").post(url, {**common, "meets": "yes"}).status_code == 302
    assert Evidence.objects.counting().get().shown_on == ago(5)
    end_package(actor=cast.bo, package=stairs.package, ended_on=ago(2), outcome=Outcome.NO_JOB, on=ago(2))
    assert url in page(cast), "also when the package is over"
    past = client("bo").get(reverse("citizen", args=[cast.her.ref]), {"on": ago(1).isoformat()})
    assert url not in text(past)


def test_what_was_not_met_when_a_step_ended_is_offered_nothing(cast: Cast, stairs: Stairs) -> None:
    url = reverse("record_evidence", args=[stairs.goal.ref])
    end_step(actor=cast.bo, step=stairs.first.step, ended_on=ago(5), reason=EndReason.ABSENCE, on=ago(5))
    assert url not in page(cast)
    assert "Trinnet sluttede" in text(client("bo").get(url))


def test_nothing_shown_after_the_package_is_evidence_in_it(cast: Cast, stairs: Stairs) -> None:
    end_step(actor=cast.bo, step=stairs.first.step, ended_on=ago(5), reason=EndReason.ABSENCE, on=ago(5))
    end_package(actor=cast.bo, package=stairs.package, ended_on=ago(2), outcome=Outcome.NO_JOB, on=ago(2))
    row = PlannedStep.objects.get(pk=stairs.first.pk)
    goal = row.step.sub_goals.select_related("step__package__citizen").get()
    with pytest.raises(Refused, match="EVIDENCE_AFTER_PACKAGE"):
        record_evidence(actor=cast.bo, sub_goal=goal, meets=True, shown_on=ago(1), on=today())
    record_evidence(actor=cast.bo, sub_goal=goal, meets=True, shown_on=ago(2), on=today())
