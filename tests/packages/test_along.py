"""A step gets other days, and what builds on it goes along only when somebody chose so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from jobpakke.history.models import Event
from jobpakke.lib.refusal import Refused
from jobpakke.method.proposals import Wanted
from jobpakke.method.step_kinds import StepKind
from jobpakke.packages.models import HowTold, Party, PlannedStep
from jobpakke.packages.services import (
    accept_proposal,
    change_step,
    extend_step,
    move_step,
    propose_change,
    reopen_plan,
    shorten_step,
    start_step,
)
from jobpakke.packages.services.plan.checks import StepFacts
from jobpakke.packages.services.proposals import Wish
from jobpakke.web.plans.forms import DaysForm
from tests.builders import DAY, Cast, Stairs, agreed, draft

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def days(planned: PlannedStep) -> tuple[date, date]:
    planned.refresh_from_db()
    return planned.starts_on, planned.ends_on


Redate = Callable[..., object]
VERBS: dict[str, tuple[timedelta, Redate]] = {
    "extend": (WEEK, lambda row, end, **more: extend_step(planned=row, ends_on=end, **more)),
    "shorten": (-WEEK, lambda row, end, **more: shorten_step(planned=row, ends_on=end, **more)),
    "move": (
        WEEK,
        lambda row, end, **more: move_step(planned=row, starts_on=row.starts_on + WEEK, ends_on=end, **more),
    ),
    "change": (
        WEEK,
        lambda row, end, **more: change_step(
            planned=row, facts=StepFacts(StepKind.CLARIFICATION, "Afklaring", row.starts_on, end), **more
        ),
    ),
}


@pytest.mark.parametrize("along", [True, False])
@pytest.mark.parametrize("how", VERBS)
def test_each_verb_takes_along_what_builds_on_the_step_when_it_is_told_to(cast: Cast, how: str, along: bool) -> None:
    stairs, (by, verb) = draft(cast.bo, cast.her), VERBS[how]
    was, edits = days(stairs.second), stairs.second.edits
    verb(stairs.first, stairs.first.ends_on + by, actor=cast.bo, seen=stairs.first.edits, on=DAY, along=along)
    moved = by if along else timedelta(0)
    assert days(stairs.second) == (was[0] + moved, was[1] + moved)
    assert stairs.second.edits - edits == int(along)
    of_second = Event.objects.filter(subject=stairs.second.step.ref, kind="step_moved")
    assert of_second.count() == int(along)


def test_who_had_read_the_follower_before_is_told_that_it_moved(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    seen = stairs.second.edits
    first = stairs.first
    arguments: dict[str, Any] = {"actor": cast.bo, "on": DAY}
    extend_step(planned=first, ends_on=first.ends_on + WEEK, seen=first.edits, along=True, **arguments)
    with pytest.raises(Refused, match="CHANGED_MEANWHILE_BY_ANOTHER"):
        extend_step(planned=stairs.second, ends_on=stairs.second.ends_on + 5 * WEEK, seen=seen, **arguments)


def test_a_proposal_that_is_accepted_takes_along_only_what_was_chosen(cast: Cast) -> None:
    for whom, actor, along in ((cast.her, cast.bo, True), (cast.frode, cast.erik, False)):
        stairs = agreed(actor, whom)
        start_step(actor=actor, step=stairs.first.step, started_on=DAY, on=DAY)
        wish = Wish(Wanted.EXTEND, "Mere tid", stairs.first.step, day=stairs.first.ends_on + WEEK)
        proposal = propose_change(
            actor=actor,
            package=stairs.package,
            party=Party.CITIZEN,
            wish=replace(wish),
            made_on=DAY,
            how=HowTold.ON_PHONE,
            on=DAY,
        )
        version = accept_proposal(actor=actor, proposal=proposal, on=DAY, along=along)
        assert version is not None
        second = version.planned_steps.get(step=stairs.second.step)
        assert second.starts_on == stairs.second.starts_on + (WEEK if along else timedelta(0))


@pytest.fixture
def bo(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.bo)
    return client


def typed(stairs: Stairs, last: date, **more: str) -> dict[str, str]:
    words = {"seen": str(stairs.first.edits), "kind": "clarification", "title": "Afklaring"}
    return {**words, "first_day": f"{stairs.first.starts_on}", "last_day": f"{last}", **more}


def test_the_form_of_a_step_asks_first_and_saves_then(cast: Cast, bo: Client) -> None:
    stairs = draft(cast.bo, cast.her)
    stairs.first.refresh_from_db()
    url, was = reverse("edit_step", args=[stairs.first.ref]), days(stairs.second)
    last = stairs.first.ends_on + timedelta(days=6)
    assert 'name="along"' not in bo.get(url).content.decode()
    asked = bo.post(url, typed(stairs, last))
    words = asked.content.decode()
    assert asked.status_code == 422
    assert 'name="along"' in words
    assert "8. maj 2026" in words
    assert days(stairs.first)[1] == last - timedelta(days=6)
    assert bo.post(url, typed(stairs, last, along="yes")).status_code == 302
    assert days(stairs.second) == (was[0] + WEEK, was[1] + WEEK)
    stairs.first.refresh_from_db()
    assert bo.post(url, typed(stairs, last - WEEK, along="no")).status_code == 302
    assert days(stairs.second) == (was[0] + WEEK, was[1] + WEEK)
    stairs.first.refresh_from_db()
    assert bo.post(url, typed(stairs, last - WEEK, title="Ny")).status_code == 302


def test_other_days_for_a_step_of_an_agreed_plan_ask_as_well(cast: Cast, bo: Client) -> None:
    stairs = agreed(cast.bo, cast.her, on=DAY)
    reopen_plan(actor=cast.bo, package=stairs.package, on=DAY)
    start_step(actor=cast.bo, step=stairs.first.step, started_on=DAY, on=DAY)
    url = reverse("change_days", args=[stairs.first.step.ref])
    worded = PlannedStep.objects.get(version__number=2, step=stairs.first.step)
    last = {"last_day": "2027-12-31", "seen": DaysForm.initial_of(worded)["seen"]}
    asked = bo.post(url, last)
    assert asked.status_code == 422
    assert 'name="along"' in asked.content.decode()
    assert bo.post(url, {**last, "along": "yes"}).status_code == 302
    second = PlannedStep.objects.get(version__number=2, step=stairs.second.step)
    assert second.starts_on == date(2028, 1, 1)
