"""Groups as they were known at an earlier moment: the same as were shown then, whatever was recorded since."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobpakke.access.models import User
from jobpakke.access.services import put_in_team
from jobpakke.citizens.models import Citizen, TargetGroupScheme
from jobpakke.citizens.services import hand_over, set_target_group
from jobpakke.followup.groups import Grouping
from jobpakke.followup.lives import grouped, lives_of
from jobpakke.followup.results import results_frozen, results_known
from jobpakke.followup.services import freeze_follow_up
from jobpakke.followup.splits import split_of
from jobpakke.followup.tables import status_in
from jobpakke.packages.models import GoalForm, JobPackage, Programme, Step, Trade
from jobpakke.packages.services import change_goal, reopen_plan, start_step
from tests.builders import DAY, Cast, agreed, approve, workplace
from tests.clocks import Clock

pytestmark = pytest.mark.django_db
D = [DAY + timedelta(days=10 * number) for number in range(6)]
Acts = Iterator[tuple[date, Callable[[], object]]]
OTHERS = [by for by in Grouping if by is not Grouping.MUNICIPALITY]


def shown(programme: Programme, known_at: datetime | None = None) -> dict[tuple[Grouping, date], Any]:
    """The status table by each grouping on some days, in figures."""
    found: dict[tuple[Grouping, date], Any] = {}
    for by in OTHERS:
        for on in (D[3], D[5]):
            table = status_in(lives_of(programme, until=on, by=by, known_at=known_at), on=on)
            found[by, on] = [(row.group, row.cells) for row in table.rows]
    return found


def story(cast: Cast, programme: Programme) -> Acts:
    """Everything that moves somebody between groups, in time and late."""
    bo: dict[str, Any] = {"actor": cast.bo}

    def group(whom: Citizen, actor: User, code: str, on: date) -> None:
        set_target_group(actor=actor, citizen=whom, scheme=TargetGroupScheme.READINESS, group=code, on=on)

    def team(user: User, name: str, on: date) -> None:
        put_in_team(actor=None, user=user, municipality=cast.here, team=name, on=on)

    def other_goal() -> None:
        version = reopen_plan(package=JobPackage.objects.get(citizen=cast.her), on=D[3], **bo)
        place = workplace(cast.bo, cast.here)
        words: dict[str, Any] = {"title": "Kok", "form": GoalForm.FLEX, "workplace": place, "trade": Trade.KITCHEN}
        change_goal(version=version, on=D[3], **words, **bo)
        approve(cast.bo, version, D[3])

    yield D[0], lambda: agreed(cast.bo, cast.her, D[0], programme)
    yield (
        D[0],
        lambda: start_step(step=Step.objects.filter(package__citizen=cast.her)[0], started_on=D[0], on=D[0], **bo),
    )
    yield D[1], lambda: agreed(cast.erik, cast.frode, D[0], programme)
    yield D[1], lambda: group(cast.her, cast.bo, "activity_ready", D[0])
    yield D[2], lambda: team(cast.bo, "Nord", D[1])
    yield D[3], other_goal
    yield D[3], lambda: group(cast.frode, cast.erik, "activity_ready", D[2])
    yield D[4], lambda: group(cast.her, cast.bo, "job_ready", D[3])
    yield D[4], lambda: team(cast.bo, "Syd", D[4])
    yield D[5], lambda: hand_over(citizens=[cast.her], giver=cast.bo, receiver=cast.erik, starts_on=D[5], on=D[5], **bo)


def test_each_earlier_moment_shows_the_groups_of_then(clock: Clock, cast: Cast, programme: Programme) -> None:
    moments = []
    for day, act in story(cast, programme):
        clock.at(day)
        act()
        moments.append((clock.read(), shown(programme)))
    changed = {by for one, other in zip(moments, moments[1:], strict=False) for by, on in one[1] if one[1] != other[1]}
    assert changed == set(OTHERS)
    moved = sum(one[1] != other[1] for one, other in zip(moments, moments[1:], strict=False))
    assert moved == len(moments) - 1, "each act moves somebody"
    for moment, then in moments:
        assert shown(programme, known_at=moment) == then


def test_what_was_frozen_or_known_then_is_split_as_it_was(clock: Clock, cast: Cast, programme: Programme) -> None:
    *before, last = story(cast, programme)
    for day, act in before:
        clock.at(day)
        act()
    row = freeze_follow_up(actor=cast.finn, programme=programme, cut_off_on=D[4], on=D[4])
    then = {by: status_in(lives_of(programme, until=D[4], by=by), on=D[4]) for by in OTHERS}
    clock.at(last[0])
    last[1]()
    put_in_team(actor=None, user=cast.bo, municipality=cast.here, team="", on=D[5])
    frozen, known = results_frozen(row), results_known(programme, on=D[4], known_on=D[4])
    assert frozen.lives is not None
    for by in (Grouping.TARGET_GROUP, Grouping.TRADE, Grouping.TEAM):
        kept, told = split_of(frozen, by, least=2), split_of(known, by, least=2)
        assert kept.status is not None
        assert told.status is not None
        for status in (kept.status, told.status):
            assert [(each.group, each.cells) for each in status.rows] == [
                (each.group, each.cells) for each in then[by].rows
            ]
        assert kept.weeks is not None
        assert kept.weeks == split_of(known, by, least=kept.least or 1).weeks
        again = status_in(grouped(frozen.lives, by), on=D[4])
        assert [(each.group, each.cells) for each in again.rows] == [
            (each.group, each.cells) for each in kept.status.rows
        ]


def test_the_questions_are_as_few_for_many(clock: Clock, cast: Cast, programme: Programme) -> None:
    counts: dict[Grouping, list[int]] = {by: [] for by in OTHERS}
    for whom, caseworker in ((cast.her, cast.bo), (cast.frode, cast.erik), (cast.gerda, cast.dorte)):
        agreed(caseworker, whom, DAY, programme)
        for by in OTHERS:
            with CaptureQueriesContext(connection) as queries:
                lives_of(programme, until=DAY, by=by, known_at=clock.read())
            counts[by].append(len(queries))
    assert counts == {by: [7 if by is Grouping.TEAM else 6] * 3 for by in OTHERS}
