"""Family at the workplace: declared before a plan is proposed, newest counts, accepted with a reason."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from jobpakke.companies.models import Workplace
from jobpakke.companies.services import close_workplace, reopen_workplace
from jobpakke.history.models import Event
from jobpakke.lib.clock import today
from jobpakke.lib.refusal import Refused
from jobpakke.method.step_kinds import StepKind
from jobpakke.packages.facts import plan_of_version
from jobpakke.packages.models import PlannedStep, PlanVersion, TiesDeclared
from jobpakke.packages.rules import check_plan
from jobpakke.packages.services import accept_warning, declare_ties, lay_step, propose_plan, start_step
from jobpakke.packages.services.plan.checks import StepFacts
from tests.builders import DAY, Cast, approve, draft, workplace

pytestmark = pytest.mark.django_db


def practice(cast: Cast, version: PlanVersion, place: Workplace, start: date = DAY) -> PlannedStep:
    facts = StepFacts(StepKind.INTERNSHIP, "Praktik", start, start + timedelta(weeks=4), workplace=place)
    return lay_step(actor=cast.bo, version=version, facts=facts, on=start)


def standing(version: PlanVersion) -> list[str]:
    return [str(each.refusal.code) for each in check_plan(plan_of_version(version), on=DAY).standing]


def test_a_plan_is_proposed_when_it_is_declared_that_nobody_is_family(cast: Cast) -> None:
    place, stairs = workplace(cast.bo, cast.here), draft(cast.bo, cast.her)
    laid = practice(cast, stairs.version, place)
    with pytest.raises(Refused, match=r"^TIES_NOT_DECLARED$"):
        propose_plan(actor=cast.bo, version=stairs.version, on=DAY)
    with pytest.raises(Refused, match="RULE_STOPS"):
        accept_warning(
            actor=cast.bo, version=stairs.version, step=laid.step.ref, code="TIES_NOT_DECLARED", reason="x", on=DAY
        )
    declare_ties(actor=cast.bo, version=stairs.version, close_family={place.ref: False}, on=DAY)
    declare_ties(actor=cast.bo, version=stairs.version, close_family={place.ref: False}, on=DAY)
    row = TiesDeclared.objects.get()
    event = Event.objects.get(kind="family_ties_declared")
    assert (event.subject, event.about, event.data) == (row.ref, cast.her.ref, {"workplace": str(place.ref)})
    with pytest.raises(IntegrityError), transaction.atomic():
        TiesDeclared.objects.update(close_family=True)
    propose_plan(actor=cast.bo, version=stairs.version, on=DAY)


def test_family_warns_until_it_is_accepted_and_the_newest_word_counts(cast: Cast) -> None:
    place, stairs = workplace(cast.bo, cast.here), draft(cast.bo, cast.her)
    laid = practice(cast, stairs.version, place)
    for related, expected in ((True, ["TIES_DECLARED"]), (False, []), (True, ["TIES_DECLARED"])):
        declare_ties(actor=cast.bo, version=stairs.version, close_family={place.ref: related}, on=DAY)
        assert standing(stairs.version) == expected
    with pytest.raises(Refused, match="TIES_DECLARED, WARNINGS_STAND"):
        propose_plan(actor=cast.bo, version=stairs.version, on=DAY)
    accept_warning(
        actor=cast.bo, version=stairs.version, step=laid.step.ref, code="TIES_DECLARED", reason="Eneste sted", on=DAY
    )
    propose_plan(actor=cast.bo, version=stairs.version, on=DAY)


def test_it_is_declared_by_the_own_caseworker_for_a_workplace_of_the_plan(cast: Cast) -> None:
    place, stairs = workplace(cast.bo, cast.here), draft(cast.bo, cast.her)
    with pytest.raises(Refused, match="TIES_OF_ANOTHER_PLACE"):
        declare_ties(actor=cast.bo, version=stairs.version, close_family={place.ref: False}, on=DAY)
    practice(cast, stairs.version, place)
    for actor, code in ((cast.erik, "NOT_FOUND"), (cast.tove, "ROLE_LACKS_ACT")):
        with pytest.raises(Refused, match=code):
            declare_ties(actor=actor, version=stairs.version, close_family={place.ref: False}, on=DAY)
    assert not TiesDeclared.objects.exists()


def test_it_is_asked_on_the_page_of_the_plan(cast: Cast) -> None:
    place, stairs = workplace(cast.bo, cast.here), draft(cast.bo, cast.her, on=today())
    practice(cast, stairs.version, place, today())
    bo = Client()
    bo.force_login(cast.bo)
    plan, asked = (reverse(name, args=[stairs.version.ref]) for name in ("plan", "declare_ties"))
    assert f'href="{asked}">Erklær' in bo.get(plan).content.decode()
    assert bo.post(asked, {}).status_code == 422
    assert bo.post(asked, {str(place.ref): "yes"}).status_code == 302
    shown = bo.get(plan).content.decode()
    assert "regel=TIES_DECLARED" in shown
    assert ">Erklær" not in shown
    assert bo.post(asked, {str(place.ref): "no"}).status_code == 302
    assert "TIES_DECLARED" not in bo.get(plan).content.decode()


@pytest.mark.parametrize(("days", "stops"), [(-1, True), (0, True), (1, True), (28, False)])
def test_nobody_is_planned_or_begins_at_a_workplace_that_has_closed(cast: Cast, days: int, stops: bool) -> None:
    place, stairs = workplace(cast.bo, cast.here), draft(cast.bo, cast.her)
    laid = practice(cast, stairs.version, place)
    declare_ties(actor=cast.bo, version=stairs.version, close_family={place.ref: False}, on=DAY)
    closed = DAY + timedelta(days=days)
    close_workplace(actor=cast.bo, workplace=place, closed_on=closed, on=DAY)
    if stops:
        with pytest.raises(Refused, match=r"^WORKPLACE_CLOSED$"):
            propose_plan(actor=cast.bo, version=stairs.version, on=DAY)
        reopen_workplace(actor=cast.bo, workplace=place, on=DAY)
    approve(cast.bo, stairs.version, DAY)
    if stops:
        close_workplace(actor=cast.bo, workplace=place, closed_on=closed, on=DAY)
        with pytest.raises(Refused, match=r"^WORKPLACE_CLOSED$"):
            start_step(actor=cast.bo, step=laid.step, started_on=DAY, on=DAY)
    else:
        start_step(actor=cast.bo, step=laid.step, started_on=DAY, on=DAY)
