"""Tables as known at an earlier moment: the same as were shown then, whatever was recorded since."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobpakke.access.models import Role
from jobpakke.citizens.models import Citizen, Status, StatusSpell, TransferGround
from jobpakke.citizens.services import accept_transfer, correct_status, end_status, record_status
from jobpakke.citizens.services.status import StatusFacts
from jobpakke.followup.known import end_of, first_recorded_at
from jobpakke.followup.tables import status_at, targets_by
from jobpakke.packages.models import EndReason, LateReason, Outcome, Programme, Step, SubGoal
from jobpakke.packages.services import end_package, end_step, fulfil_step, record_evidence, start_step, transfer_case
from jobpakke.packages.services.moving import Move
from tests.builders import DAY, Cast, agreed, user
from tests.followup.conftest import Clock

pytestmark = pytest.mark.django_db
D = [DAY + timedelta(days=10 * number) for number in range(12)]
Told = dict[date, Any]


def told(programme: Programme, known_at: datetime | None = None) -> Told:
    """Both tables on every day, in figures."""
    found: Told = {}
    for on in D:
        status = status_at(programme, on=on, known_at=known_at)
        targets = targets_by(programme, on=on, known_at=known_at)
        found[on] = ([row.cells for row in status.rows], [row.packages for row in targets.rows])
    return found


def story(cast: Cast, programme: Programme) -> list[tuple[date, Callable[[], object]]]:
    """Everything that moves a figure, on the day it is recorded: in time, late, corrected, handed away."""
    tina = user("tina", Role.TEAM_LEADER, cast.there)
    bo: dict[str, Any] = {"actor": cast.bo}
    made: dict[str, Any] = {}

    def keep(name: str, value: object) -> None:
        made[name] = value

    def current() -> StatusSpell:
        return StatusSpell.objects.current().select_related("citizen").get(citizen=cast.her, status="flex_job")

    def first_step() -> Step:
        return Step.objects.select_related("package__citizen").get(pk=made["hers"].first.step.pk)

    def goal() -> SubGoal:
        return SubGoal.objects.get(pk=made["hers"].goal.pk)

    def job(status: Status, start: date, end: date | None = None) -> StatusFacts:
        return StatusFacts(status, start, end)

    return [
        (D[1], lambda: keep("hers", agreed(cast.bo, cast.her, D[0], programme))),
        (
            D[3],
            lambda: start_step(step=first_step(), started_on=D[1], late_reason=LateReason.FORGOTTEN, on=D[3], **bo),
        ),
        (D[4], lambda: keep("his", agreed(cast.erik, cast.frode, D[4], programme))),
        (D[4], lambda: record_evidence(sub_goal=goal(), shown_on=D[4], meets=True, on=D[4], **bo)),
        (D[6], lambda: fulfil_step(step=first_step(), fulfilled_on=D[5], on=D[6], **bo)),
        (
            D[7],
            lambda: end_package(package=first_step().package, ended_on=D[6], outcome=Outcome.FLEX_JOB, on=D[7], **bo),
        ),
        (D[7], lambda: record_status(citizen=cast.her, facts=job(Status.FLEX_JOB, D[2]), on=D[7], **bo)),
        (D[8], lambda: correct_status(spell=current(), facts=job(Status.FLEX_JOB, D[6]), on=D[8], **bo)),
        (D[8], lambda: end_status(spell=current(), ended_on=D[8], on=D[8], **bo)),
        (D[8], lambda: keep("again", agreed(cast.bo, cast.her, D[8], programme))),
        (D[8], lambda: start_step(step=made["again"].first.step, started_on=D[8], on=D[8], **bo)),
        (D[9], lambda: end_step(step=made["again"].first.step, ended_on=D[9], reason=EndReason.ABSENCE, on=D[9], **bo)),
        (
            D[10],
            lambda: keep(
                "offer",
                transfer_case(
                    citizen=Citizen.objects.get(pk=cast.her.pk),
                    move=Move(cast.there, D[9], TransferGround.ACT),
                    on=D[10],
                    **bo,
                ),
            ),
        ),
        (
            D[11],
            lambda: accept_transfer(actor=tina, transfer=made["offer"], caseworker=cast.dorte, on=D[11]),
        ),
        (
            D[11],
            lambda: record_status(
                actor=cast.dorte,
                citizen=Citizen.objects.get(pk=cast.her.pk),
                facts=job(Status.ORDINARY_JOB, D[9]),
                on=D[11],
            ),
        ),
    ]


def test_each_earlier_moment_shows_what_was_shown_then(clock: Clock, cast: Cast, programme: Programme) -> None:
    shown = [(clock.read(), told(programme))]
    for day, act in story(cast, programme):
        clock.at(day)
        act()
        shown.append((clock.read(), told(programme)))
    changes = sum(one[1] != other[1] for one, other in zip(shown, shown[1:], strict=False))
    assert changes >= 10, "the story moves the figures"
    for moment, then in shown:
        assert told(programme, known_at=moment) == then
    assert told(programme, known_at=clock.read()) == told(programme)


def test_known_on_a_day_is_known_at_its_end_in_denmark() -> None:
    assert end_of(date(2026, 3, 2)).isoformat() == "2026-03-02T22:59:59.999999+00:00"
    assert end_of(date(2026, 7, 2)).isoformat() == "2026-07-02T21:59:59.999999+00:00"


def test_before_anything_was_recorded_nothing_is_known(clock: Clock, cast: Cast, programme: Programme) -> None:
    assert first_recorded_at(programme) is None
    clock.at(D[3])
    agreed(cast.bo, cast.her, D[0], programme)
    first = first_recorded_at(programme)
    assert first is not None
    assert first.date() == D[3]
    early = status_at(programme, on=D[5], known_at=end_of(D[2]))
    assert early.total.citizens == targets_by(programme, on=D[5], known_at=end_of(D[2])).total.packages == 0
    assert status_at(programme, on=D[5], known_at=end_of(D[3])).total.citizens == 1


def test_the_questions_are_as_few_for_many(clock: Clock, cast: Cast, programme: Programme) -> None:
    counts = []
    for whom, caseworker in ((cast.her, cast.bo), (cast.frode, cast.erik), (cast.gerda, cast.dorte)):
        agreed(caseworker, whom, DAY, programme)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            status_at(programme, on=DAY, known_at=clock.read())
            targets_by(programme, on=DAY, known_at=clock.read())
        counts.append(len(queries))
    assert counts == [7, 7, 7]
