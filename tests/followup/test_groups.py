"""In which group somebody is on a day, read from what is recorded, in one query."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobpakke.access.services import put_in_team
from jobpakke.citizens.models import TargetGroupScheme
from jobpakke.citizens.services import hand_over, set_target_group
from jobpakke.followup.groups import UNKNOWN, Grouping, Groups
from jobpakke.followup.lives import lives_of
from jobpakke.followup.tables import StatusTable, status_at
from jobpakke.method.status import LabourMarketStatus
from jobpakke.packages.models import GoalForm, JobGoal, PlanVersion, Programme, Trade
from jobpakke.packages.services import open_programme, reopen_plan
from tests.builders import DAY, Cast, agreed, workplace

pytestmark = pytest.mark.django_db
LATER = DAY + timedelta(days=30)


@pytest.fixture
def programme(cast: Cast) -> Programme:
    return open_programme(actor=None, code="P", name="P", starts_on=DAY, ends_on=None, targets=[(cast.here, 1)], on=DAY)


def counts(table: StatusTable) -> dict[str, int]:
    assert table.total.citizens == sum(row.citizens for row in table.rows)
    return {row.group: row.citizens for row in table.rows}


def test_by_target_group_on_the_date(cast: Cast, programme: Programme) -> None:
    agreed(cast.bo, cast.her, programme=programme)
    agreed(cast.erik, cast.frode, programme=programme)
    for scheme, group, on in (
        (TargetGroupScheme.MATCH_GROUP, "3", DAY - timedelta(days=1)),
        (TargetGroupScheme.READINESS, "activity_ready", DAY - timedelta(days=1)),
        (TargetGroupScheme.READINESS, "job_ready", LATER),
    ):
        set_target_group(actor=cast.bo, citizen=cast.her, scheme=scheme, group=group, on=on)
    by = Grouping.TARGET_GROUP
    assert counts(status_at(programme, on=DAY, by=by)) == {"readiness:activity_ready": 1, UNKNOWN: 1}
    assert counts(status_at(programme, on=LATER, by=by)) == {"readiness:job_ready": 1, UNKNOWN: 1}
    assert status_at(programme, on=DAY).rows[0].counts[LabourMarketStatus.CASH_BENEFIT] == 2


def test_by_the_goal_and_its_sector_in_the_plan_in_effect(cast: Cast, programme: Programme) -> None:
    stairs = agreed(cast.bo, cast.her, programme=programme)
    version = reopen_plan(actor=cast.bo, package=stairs.package, on=LATER)
    assert counts(status_at(programme, on=LATER, by=Grouping.GOAL)) == {"ordinary": 1}
    place = workplace(cast.bo, cast.here)
    other = JobGoal.objects.create(title="Kok", form=GoalForm.FLEX, workplace=place)
    PlanVersion.objects.filter(pk=version.pk).update(goal=other, proposed_on=LATER, effective_on=LATER)
    assert counts(status_at(programme, on=DAY, by=Grouping.GOAL)) == {"ordinary": 1}
    assert counts(status_at(programme, on=LATER, by=Grouping.GOAL)) == {"flex": 1}
    assert counts(status_at(programme, on=DAY, by=Grouping.SECTOR)) == {UNKNOWN: 1}
    assert counts(status_at(programme, on=LATER, by=Grouping.SECTOR)) == {"private": 1}


def test_by_the_trade_of_the_goal(cast: Cast, programme: Programme) -> None:
    stairs = agreed(cast.bo, cast.her, programme=programme)
    assert counts(status_at(programme, on=LATER, by=Grouping.TRADE)) == {UNKNOWN: 1}
    JobGoal.objects.filter(versions__package=stairs.package).update(trade=Trade.KITCHEN)
    assert counts(status_at(programme, on=LATER, by=Grouping.TRADE)) == {"kitchen": 1}


def test_by_the_team_that_the_job_consultant_was_in_on_the_date(cast: Cast, programme: Programme) -> None:
    agreed(cast.bo, cast.her, programme=programme)
    agreed(cast.erik, cast.frode, programme=programme)
    for user, name, on in ((cast.bo, "Nord", DAY), (cast.bo, "Syd", LATER), (cast.erik, "Syd", DAY)):
        put_in_team(actor=None, user=user, municipality=cast.here, team=name, on=on)
    assert counts(status_at(programme, on=DAY, by=Grouping.TEAM)) == {"Århus: Nord": 1, "Århus: Syd": 1}
    assert counts(status_at(programme, on=LATER, by=Grouping.TEAM)) == {"Århus: Syd": 2}


def test_a_case_that_is_handed_over_leaves_the_team_with_it(cast: Cast, programme: Programme) -> None:
    agreed(cast.bo, cast.her, programme=programme)
    put_in_team(actor=None, user=cast.bo, municipality=cast.here, team="Nord", on=DAY)
    hand_over(actor=cast.bo, citizens=[cast.her], giver=cast.bo, receiver=cast.erik, starts_on=LATER, on=LATER)
    assert counts(status_at(programme, on=DAY, by=Grouping.TEAM)) == {"Århus: Nord": 1}
    assert counts(status_at(programme, on=LATER, by=Grouping.TEAM)) == {UNKNOWN: 1}


def test_groups_stand_in_the_order_of_their_list() -> None:
    assert Groups(Grouping.GOAL).in_order(["", "flex", "ordinary"]) == ["ordinary", "flex", ""]
    found = ["readiness:job_ready", "match_category:5", "match_category:4"]
    assert Groups(Grouping.TARGET_GROUP).in_order(found) == [found[2], found[1], found[0]]


@pytest.mark.parametrize(("by", "most"), [(Grouping.MUNICIPALITY, 5), (Grouping.TRADE, 6), (Grouping.TEAM, 7)])
def test_lives_are_read_in_so_many_queries(cast: Cast, programme: Programme, by: Grouping, most: int) -> None:
    agreed(cast.bo, cast.her, programme=programme)
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            lives_of(programme, until=LATER, by=by)
        assert len(queries) == most
        if not cast.frode.packages.exists():
            agreed(cast.erik, cast.frode, programme=programme)
