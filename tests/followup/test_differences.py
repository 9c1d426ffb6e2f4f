"""Two follow-ups beside each other, from what the verbs recorded between them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from jobpakke.access.models import Role
from jobpakke.access.services import give_role
from jobpakke.citizens.models import Citizen, Status, StatusSpell
from jobpakke.citizens.services import correct_status, end_status, record_status
from jobpakke.citizens.services.status import StatusFacts
from jobpakke.followup.differences import differences, in_order
from jobpakke.followup.models import FollowUp
from jobpakke.followup.services import freeze_follow_up
from jobpakke.method.comparison import Comparison, Reason
from jobpakke.packages.models import LateReason, Programme
from jobpakke.packages.services import start_step
from tests.builders import DAY, SINCE, Cast, Stairs, agreed
from tests.clocks import Clock

pytestmark = pytest.mark.django_db
LATER = DAY + timedelta(days=30)
LAST = DAY + timedelta(days=60)


@pytest.fixture
def first(clock: Clock, cast: Cast, programme: Programme) -> FollowUp:
    """Her in a flex job, Frode with nothing; frozen on the day."""
    agreed(cast.bo, cast.her, DAY, programme)
    agreed(cast.erik, cast.frode, DAY, programme)
    job(cast, Status.FLEX_JOB)
    clock.at(DAY)
    return freeze(cast, programme, DAY)


def freeze(cast: Cast, programme: Programme, day: Any, on: Any = LAST) -> FollowUp:
    return freeze_follow_up(actor=cast.finn, programme=programme, cut_off_on=day, on=on)


def job(cast: Cast, status: Status, start: Any = DAY, whom: Citizen | None = None) -> StatusSpell:
    actor = cast.erik if whom == cast.frode else cast.bo
    return record_status(actor=actor, citizen=whom or cast.her, facts=StatusFacts(status, start), on=LAST)


def spell(cast: Cast) -> StatusSpell:
    return StatusSpell.objects.current().select_related("citizen").get(citizen=cast.her)


def moves(comparison: Comparison) -> list[tuple[str, str, Reason, int]]:
    return [
        (move.source[-1] if move.source else "", move.target[-1] if move.target else "", move.reason, move.count)
        for move in comparison.moves
    ]


def explained(comparison: Comparison) -> bool:
    return all(cell.difference == sum(cell.came.values()) - sum(cell.went.values()) for cell in comparison.cells)


def test_nothing_since_is_no_difference(first: FollowUp) -> None:
    found = differences(first, None)
    assert found.is_alike
    assert (found.places, found.is_narrowed) == (("0751",), False)
    assert [(cell.cell, cell.before, cell.after) for cell in found.by_place.cells] == [
        (("0751", "cash_benefit"), 1, 1),
        (("0751", "flex_job"), 1, 1),
    ]


def test_a_correction(clock: Clock, cast: Cast, first: FollowUp) -> None:
    clock.at(LATER)
    correct_status(actor=cast.bo, spell=spell(cast), facts=StatusFacts(Status.ORDINARY_JOB, DAY), on=LATER)
    found = differences(first, None)
    assert moves(found.by_status) == [("flex_job", "ordinary_job", Reason.CORRECTED_FACT, 1)]
    assert not found.is_alike
    assert found.packages.is_alike


def test_a_correction_that_lets_a_job_begin_after_the_date(clock: Clock, cast: Cast, first: FollowUp) -> None:
    clock.at(LATER)
    correct_status(actor=cast.bo, spell=spell(cast), facts=StatusFacts(Status.FLEX_JOB, LATER), on=LATER)
    assert moves(differences(first, None).by_status) == [("flex_job", "cash_benefit", Reason.CORRECTED_FACT, 1)]
    second = freeze(cast, first.programme, LATER)
    found = differences(*in_order(second, first))
    assert moves(found.by_status) == [
        ("cash_benefit", "flex_job", Reason.NEW_FACT, 1),
        ("flex_job", "cash_benefit", Reason.CORRECTED_FACT, 1),
    ]
    assert explained(found.by_status)


def test_an_end_that_was_recorded_late_is_no_correction(clock: Clock, cast: Cast, first: FollowUp) -> None:
    fresh = freeze(cast, first.programme, DAY + timedelta(days=1))
    clock.at(LATER)
    end_status(actor=cast.bo, spell=spell(cast), ended_on=DAY + timedelta(days=1), on=LATER)
    assert differences(first, None).is_alike
    assert moves(differences(fresh, None).by_status) == [("flex_job", "cash_benefit", Reason.LATER_REGISTRATION, 1)]
    correct_status(actor=cast.bo, spell=spell(cast), facts=StatusFacts(Status.ORDINARY_JOB, DAY), on=LATER)
    assert moves(differences(first, None).by_status) == [("flex_job", "ordinary_job", Reason.CORRECTED_FACT, 1)]


def test_a_job_that_was_recorded_late(clock: Clock, cast: Cast, first: FollowUp) -> None:
    clock.at(LATER)
    job(cast, Status.ORDINARY_JOB, DAY - timedelta(days=3), cast.frode)
    found = differences(first, None)
    assert moves(found.by_status) == [("cash_benefit", "ordinary_job", Reason.LATER_REGISTRATION, 1)]


def test_a_step_and_a_package_recorded_late(clock: Clock, cast: Cast, programme: Programme) -> None:
    stairs: Stairs = agreed(cast.bo, cast.her, DAY, programme)
    before = freeze(cast, programme, DAY)
    clock.at(LATER)
    start_step(actor=cast.bo, step=stairs.first.step, started_on=DAY, late_reason=LateReason.TOLD_LATE, on=LATER)
    agreed(cast.erik, cast.frode, DAY, programme)
    found = differences(before, None)
    assert moves(found.by_status) == [
        ("", "cash_benefit", Reason.LATER_REGISTRATION, 1),
        ("cash_benefit", "in_package", Reason.LATER_REGISTRATION, 1),
    ]
    assert moves(found.packages) == [("", "0751", Reason.LATER_REGISTRATION, 1)]
    assert moves(found.citizens) == [("", "0751", Reason.LATER_REGISTRATION, 1)]


def test_new_facts_between_two_dates(clock: Clock, cast: Cast, first: FollowUp, programme: Programme) -> None:
    clock.at(LATER)
    job(cast, Status.ORDINARY_JOB, DAY + timedelta(days=5), cast.frode)
    end_status(actor=cast.bo, spell=spell(cast), ended_on=DAY + timedelta(days=9), on=LATER)
    second = freeze(cast, programme, LATER)
    assert differences(first, None).is_alike
    found = differences(first, second)
    assert moves(found.by_status) == [
        ("cash_benefit", "ordinary_job", Reason.NEW_FACT, 1),
        ("flex_job", "cash_benefit", Reason.NEW_FACT, 1),
    ]
    assert explained(found.by_place)
    assert found.packages.is_alike


def test_both_dates_frozen_at_once_differ_by_new_facts_alone(clock: Clock, cast: Cast, first: FollowUp) -> None:
    clock.at(LATER)
    job(cast, Status.ORDINARY_JOB, DAY + timedelta(days=5), cast.frode)
    later, earlier = (freeze(cast, first.programme, day) for day in (LATER, DAY))
    assert in_order(later, earlier) == (earlier, later)
    found = differences(earlier, later)
    assert {move.reason for move in found.by_place.moves} == {Reason.NEW_FACT}
    assert moves(found.by_status) == [("cash_benefit", "ordinary_job", Reason.NEW_FACT, 1)]


def test_only_what_both_cover_is_compared(clock: Clock, cast: Cast, first: FollowUp) -> None:
    give_role(actor=None, user=cast.finn, role=Role.EVALUATOR, municipality=cast.there, on=SINCE)
    clock.at(LATER)
    agreed(cast.dorte, cast.gerda, DAY, first.programme)
    both = freeze(cast, first.programme, DAY)
    found = differences(first, both)
    assert (found.places, found.is_narrowed, found.is_alike) == (("0751",), True, True)
    assert differences(both, None).places == ("0751", "0580")
