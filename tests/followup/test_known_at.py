"""Tables as known at an earlier moment: the same as were shown then, whatever was recorded since."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobpakke.access.models import Role, User
from jobpakke.citizens.models import CaseTransfer, Citizen, Status, StatusSpell, TransferGround
from jobpakke.citizens.services import accept_transfer, correct_status, end_status, record_status
from jobpakke.citizens.services.status import StatusFacts
from jobpakke.followup.known import first_recorded_at
from jobpakke.followup.lives import lives_of
from jobpakke.followup.standings import standings
from jobpakke.followup.tables import status_at, targets_by
from jobpakke.lib.clock import end_of
from jobpakke.packages.models import EndReason, LateReason, Outcome, Programme, Step, SubGoal
from jobpakke.packages.services import end_package, end_step, fulfil_step, record_evidence, start_step, transfer_case
from jobpakke.packages.services.moving import Move
from tests.builders import DAY, Cast, agreed, user
from tests.clocks import Clock
from tests.followup.known import tables_known

pytestmark = pytest.mark.django_db
D = [DAY + timedelta(days=10 * number) for number in range(12)]
LOOKED_AT = (D[0], D[2], D[5], D[6], D[9], D[11])
Told = dict[date, Any]
Acts = Iterator[tuple[date, Callable[[], object]]]


def told(programme: Programme, known_at: datetime | None = None) -> Told:
    """Both tables on some days, in figures."""
    found: Told = {}
    for on in LOOKED_AT:
        if known_at is None:
            status, targets = status_at(programme, on=on), targets_by(programme, on=on)
        else:
            status, targets = tables_known(programme, on=on, known_at=known_at)
        found[on] = ([row.cells for row in status.rows], [row.packages for row in targets.rows])
    return found


def lived(programme: Programme, known_at: datetime | None = None) -> Told:
    """What the courses, the jobs and the moves are made of, on two days."""
    found: Told = {}
    for on in (D[6], D[11]):
        for life in lives_of(programme, until=on, known_at=known_at).every:
            spells = sorted((each.period.start, each.period.end or D[11], each.status) for each in life.spells)
            told = (life.packages, spells, sorted(life.activities, key=lambda each: each.start), life.moves)
            found.setdefault(on, {})[life.citizen] = told
    return found


class Story:
    """Everything that moves a figure, with the day it is recorded: in time, late, corrected, handed away."""

    def __init__(self, cast: Cast, programme: Programme) -> None:
        self.cast, self.programme = cast, programme
        self.tina = user("tina", Role.TEAM_LEADER, cast.there)
        self.bo: dict[str, Any] = {"actor": cast.bo}

    @property
    def her(self) -> Citizen:
        return Citizen.objects.get(pk=self.cast.her.pk)

    @property
    def spell(self) -> StatusSpell:
        return StatusSpell.objects.current().select_related("citizen").get(citizen=self.cast.her, status="flex_job")

    def step(self, package: int = 0) -> Step:
        steps = Step.objects.filter(package__citizen=self.cast.her).order_by("package", "pk")
        return steps.select_related("package__citizen")[2 * package]

    def job(self, actor: User, status: Status, start: date, on: date) -> None:
        record_status(actor=actor, citizen=self.her, facts=StatusFacts(status, start), on=on)

    def first(self) -> Acts:
        """A package from its agreement to its end, most of it recorded late."""
        late, bo = LateReason.FORGOTTEN, self.bo
        yield D[1], lambda: agreed(self.cast.bo, self.cast.her, D[0], self.programme)
        yield D[3], lambda: start_step(step=self.step(), started_on=D[1], late_reason=late, on=D[3], **bo)
        yield D[4], lambda: agreed(self.cast.erik, self.cast.frode, D[4], self.programme)
        goal = SubGoal.objects.filter(step=self.step())
        yield D[4], lambda: record_evidence(sub_goal=goal.get(), shown_on=D[4], meets=True, on=D[4], **bo)
        yield D[6], lambda: fulfil_step(step=self.step(), fulfilled_on=D[5], late_reason=late, on=D[6], **bo)
        ended: dict[str, Any] = {"ended_on": D[6], "outcome": Outcome.FLEX_JOB, "on": D[7]}
        yield D[7], lambda: end_package(package=self.step().package, **ended, **bo)
        yield D[7], lambda: self.job(self.cast.bo, Status.FLEX_JOB, D[2], D[7])

    def then(self) -> Acts:
        """The job is corrected and ends, a second package begins, the case goes to another municipality."""
        cast, bo, begins = self.cast, self.bo, StatusFacts(Status.FLEX_JOB, D[6])
        yield D[8], lambda: correct_status(spell=self.spell, facts=begins, on=D[8], **bo)
        yield D[8], lambda: end_status(spell=self.spell, ended_on=D[8], on=D[8], **bo)
        yield D[8], lambda: agreed(cast.bo, cast.her, D[8], self.programme)
        yield D[8], lambda: start_step(step=self.step(1), started_on=D[8], on=D[8], **bo)
        reason = EndReason.ABSENCE
        yield D[9], lambda: end_step(step=self.step(1), ended_on=D[9], reason=reason, on=D[9], **bo)
        move = Move(cast.there, D[9], TransferGround.ACT)
        yield D[10], lambda: transfer_case(citizen=self.her, move=move, on=D[10], **bo)
        taken: dict[str, Any] = {"actor": self.tina, "caseworker": cast.dorte, "on": D[11]}
        yield D[11], lambda: accept_transfer(transfer=CaseTransfer.objects.get(), **taken)
        yield D[11], lambda: self.job(cast.dorte, Status.ORDINARY_JOB, D[9], D[11])


def test_each_earlier_moment_shows_what_was_shown_then(clock: Clock, cast: Cast, programme: Programme) -> None:
    shown = [(clock.read(), told(programme), lived(programme))]
    story = Story(cast, programme)
    for day, act in chain(story.first(), story.then()):
        clock.at(day)
        act()
        shown.append((clock.read(), told(programme), lived(programme)))
    changes = sum(one[1] != other[1] for one, other in zip(shown, shown[1:], strict=False))
    assert changes >= 10, "the story moves the figures"
    for moment, then, lives in shown:
        assert told(programme, known_at=moment) == then
        assert lived(programme, known_at=moment) == lives
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
    status, targets = tables_known(programme, on=D[5], known_at=end_of(D[2]))
    assert status.total.citizens == targets.total.packages == 0
    assert tables_known(programme, on=D[5], known_at=end_of(D[3]))[0].total.citizens == 1


def test_the_questions_are_as_few_for_many(clock: Clock, cast: Cast, programme: Programme) -> None:
    counts = []
    for whom, caseworker in ((cast.her, cast.bo), (cast.frode, cast.erik), (cast.gerda, cast.dorte)):
        agreed(caseworker, whom, DAY, programme)
        with CaptureQueriesContext(connection) as queries:
            standings(programme, on=DAY, known_at=clock.read())
        counts.append(len(queries))
    assert counts == [4, 4, 4]
