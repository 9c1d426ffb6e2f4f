"""A full week and a number of steps of a municipality's own: what is refused then, from their day on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from jobpakke.citizens.models import StatusSpell
from jobpakke.citizens.services.status import end_status
from jobpakke.lib.clock import today
from jobpakke.lib.refusal import Refused
from jobpakke.method.proposals import Wanted
from jobpakke.method.rulebook import Limit, Severity
from jobpakke.method.step_kinds import StepKind
from jobpakke.packages.facts import plan_of_version
from jobpakke.packages.models import HowTold, Job, Outcome, Party, PlannedStep
from jobpakke.packages.ready_made import shipped
from jobpakke.packages.rules import check_plan
from jobpakke.packages.services import (
    conclude_package,
    copy_staircase,
    lay_step,
    override_rule,
    propose_change,
    shape_staircase,
)
from jobpakke.packages.services.ending import Ending
from jobpakke.packages.services.plan.checks import StepFacts
from jobpakke.packages.services.proposals import Wish
from tests.builders import DAY, Cast, agreed, draft

pytestmark = pytest.mark.django_db
FACTS = StepFacts(StepKind.GUIDANCE, "Vejledning", DAY, DAY + timedelta(days=28))


def own(cast: Cast, limit: Limit, severity: Severity = Severity.STOP, **values: int) -> None:
    override_rule(
        actor=cast.anna,
        municipality=cast.here,
        limit=limit,
        values=values,
        severity=severity,
        starts_on=DAY,
        reason="Byrådet",
        on=DAY,
    )


@pytest.mark.parametrize("most", [30, 37, 40])
def test_a_step_takes_at_most_the_full_week(cast: Cast, most: int) -> None:
    if most != 37:  # noqa: PLR2004  # as everywhere
        own(cast, Limit.WEEKLY_HOURS, hours=most)
    version = draft(cast.bo, cast.her).version
    with pytest.raises(Refused, match="STEP_HOURS_OUT_OF_RANGE") as refused:
        lay_step(actor=cast.bo, version=version, facts=replace(FACTS, weekly_hours=Decimal(most + 1)), on=DAY)
    assert refused.value.refusals[0].args["most"] == most
    lay_step(actor=cast.bo, version=version, facts=replace(FACTS, weekly_hours=Decimal(most)), on=DAY)
    assert check_plan(plan_of_version(version), on=DAY).breaches == ()


def test_before_its_day_and_elsewhere_the_common_week_holds(cast: Cast) -> None:
    own(cast, Limit.WEEKLY_HOURS, hours=30)
    early = replace(FACTS, starts_on=DAY - timedelta(days=1), weekly_hours=Decimal(31))
    lay_step(actor=cast.bo, version=draft(cast.bo, cast.her).version, facts=early, on=DAY)
    there = draft(cast.dorte, cast.gerda).version
    lay_step(actor=cast.dorte, version=there, facts=replace(FACTS, weekly_hours=Decimal(31)), on=DAY)


def test_a_week_that_only_warns_lets_one_write_more_and_says_so(cast: Cast) -> None:
    own(cast, Limit.WEEKLY_HOURS, Severity.WARN, hours=30)
    version = draft(cast.bo, cast.her).version
    lay_step(actor=cast.bo, version=version, facts=replace(FACTS, weekly_hours=Decimal(31)), on=DAY)
    (breach,) = check_plan(plan_of_version(version), on=DAY).breaches
    assert (str(breach.refusal.code), breach.severity) == ("HOURS_OVER_WEEK", Severity.WARN)
    assert breach.refusal.args["most"] == 30  # noqa: PLR2004  # as above


def test_so_do_a_proposal_a_ready_made_staircase_and_a_job(cast: Cast) -> None:
    own(cast, Limit.WEEKLY_HOURS, hours=40)
    stairs = agreed(cast.bo, cast.her)
    common: dict[str, Any] = {"party": Party.CITIZEN, "made_on": DAY, "how": HowTold.ON_PHONE, "on": DAY}
    wish = Wish(Wanted.OTHER_HOURS, "Jeg kan mere", step=stairs.first.step, weekly_hours=Decimal(41))
    with pytest.raises(Refused, match="STEP_HOURS_OUT_OF_RANGE"):
        propose_change(actor=cast.bo, package=stairs.package, wish=wish, **common)
    propose_change(actor=cast.bo, package=stairs.package, wish=replace(wish, weekly_hours=Decimal(40)), **common)
    source = next(iter(shipped().values()))
    kept = copy_staircase(actor=cast.bo, municipality=cast.here, source=source, name="Vores", on=DAY)
    for hours, refused in ((41.0, True), (40.0, False)):
        steps = (replace(source.steps[0], hours=hours),)
        if refused:
            with pytest.raises(Refused, match="READY_STEP_HOURS"):
                shape_staircase(actor=cast.bo, template=kept, steps=steps, seen=kept.edits, on=DAY)
        else:
            shape_staircase(actor=cast.bo, template=kept, steps=steps, seen=kept.edits, on=DAY)
    ending = Ending(DAY, Outcome.ORDINARY_JOB, job_title="Receptionist", weekly_hours=Decimal(41))
    with pytest.raises(Refused, match="STATUS_HOURS_OUT_OF_RANGE"):
        conclude_package(actor=cast.bo, package=stairs.package, ending=ending, on=DAY)
    stairs.package.refresh_from_db()
    full = replace(ending, weekly_hours=Decimal(40))
    conclude_package(actor=cast.bo, package=stairs.package, ending=full, on=DAY)
    assert Job.objects.get().weekly_hours == StatusSpell.objects.get().weekly_hours == 40  # noqa: PLR2004


@pytest.mark.parametrize("has_own", [True, False])
def test_the_pages_ask_by_the_municipalitys_own_week(cast: Cast, client: Client, has_own: bool) -> None:
    if has_own:
        own(cast, Limit.WEEKLY_HOURS, hours=40)
    client.force_login(cast.bo)
    expected = 302 if has_own else 422
    limit = {"kind": "hours", "text": "Højst 40 timer", "hours": "40"}
    assert client.post(reverse("record_limit", args=[cast.her.ref]), limit).status_code == expected
    status = {"status": "ordinary_job", "starts_on": today().isoformat(), "weekly_hours": "40"}
    assert client.post(reverse("record_status", args=[cast.her.ref]), status).status_code == expected


def test_a_status_whose_hours_were_right_when_it_was_recorded_ends(cast: Cast, client: Client) -> None:
    own(cast, Limit.WEEKLY_HOURS, hours=40)
    client.force_login(cast.bo)
    status = {"status": "ordinary_job", "starts_on": DAY.isoformat(), "weekly_hours": "40"}
    client.post(reverse("record_status", args=[cast.her.ref]), status)
    spell = StatusSpell.objects.get()
    end_status(actor=cast.bo, spell=spell, ended_on=DAY + timedelta(days=9), on=DAY + timedelta(days=9))
    assert StatusSpell.objects.current().get().weekly_hours == 40  # noqa: PLR2004  # as above


def test_a_plan_takes_no_more_steps_than_the_municipality_says(cast: Cast) -> None:
    own(cast, Limit.PLAN_STEPS, steps=3)
    version = draft(cast.bo, cast.her).version
    lay_step(actor=cast.bo, version=version, facts=FACTS, on=DAY)
    with pytest.raises(Refused, match="PLAN_TOO_LONG") as refused:
        lay_step(actor=cast.bo, version=version, facts=FACTS, on=DAY)
    assert refused.value.refusals[0].args["most"] == version.planned_steps.count() == 3  # noqa: PLR2004
    with pytest.raises(Refused, match="RULE_VALUE_OUT_OF_RANGE"):
        own(cast, Limit.PLAN_STEPS, steps=17)


@pytest.mark.parametrize("hours", [Decimal(0), Decimal("168.1")])
def test_the_database_holds_what_no_week_has(cast: Cast, hours: Decimal) -> None:
    row = draft(cast.bo, cast.her).first
    PlannedStep.objects.filter(pk=row.pk).update(weekly_hours=Decimal(168))
    with pytest.raises(IntegrityError), transaction.atomic():
        PlannedStep.objects.filter(pk=row.pk).update(weekly_hours=hours)
