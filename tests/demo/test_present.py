"""Today's caseload has every kind of finding and every state of a step, and the same lives each time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobpakke.access.models import User
from jobpakke.continuity.caseload import caseload
from jobpakke.continuity.findings import OF_LEADERS, FindingKind, findings
from jobpakke.demo import present, vip2
from jobpakke.demo.check import check_package
from jobpakke.method.ladder import StepState, states_on
from jobpakke.packages.facts import plan_of, plans
from jobpakke.packages.models import JobPackage, Step
from jobpakke.packages.rules import check_plan
from tests.demo.conftest import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo"), pytest.mark.usefixtures("demo")]


@pytest.mark.parametrize("who", ["bo", "erik"])
def test_every_kind_of_finding_occurs(who: str) -> None:
    found = findings(caseload(User.objects.get(username=who), today=TODAY, on=TODAY), on=TODAY)
    assert {finding.kind for finding in found} == set(FindingKind) - OF_LEADERS
    ranks = [list(FindingKind).index(finding.kind) for finding in found]
    assert ranks == sorted(ranks)


def test_no_open_package_of_today_breaks_a_rule_that_stops() -> None:
    packages = JobPackage.objects.filter(ended_on=None, drafted_on__gt=TODAY - timedelta(days=700))
    assert len(packages) > 50
    broken = [each for package in packages for each in check_plan(plan_of(package, on=TODAY), on=TODAY).breaches]
    assert {str(breach.refusal.code) for breach in broken} == {"START_IN_PAST", "STEP_NEEDS_ASSESSMENT"}


def test_every_state_of_a_step_occurs() -> None:
    shown = plans(JobPackage.objects.filter(ended_on=None, opened_on__isnull=False), on=TODAY)
    states = {state for plan in shown.values() for state in states_on(plan.ladder, on=TODAY).values()}
    assert states == set(StepState)


def test_under_way_in_sql_is_under_way_in_the_method() -> None:
    for on in (date(2008, 9, 1), date(2009, 9, 1), TODAY):
        shown = plans(JobPackage.objects.all(), on=on)
        refs = {
            ref
            for plan in shown.values()
            for ref, state in states_on(plan.ladder, on=on).items()
            if state is StepState.UNDER_WAY
        }
        assert set(Step.objects.under_way_on(on).values_list("ref", flat=True)) == refs


def test_a_caseload_takes_the_same_queries_however_large() -> None:
    counts = set()
    for who in ("bo", "tove"):
        user = User.objects.get(username=who)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            findings(caseload(user, today=TODAY, on=TODAY), on=TODAY)
        counts.add(len(queries))
    assert counts == {7}


def test_the_same_lives_each_time_and_all_of_them_pass_the_checks() -> None:
    assert list(present.lives(TODAY)) == list(present.lives(TODAY))
    assert list(vip2.lives()) == list(vip2.lives())
    for life in (*present.lives(date(2028, 2, 29)), *vip2.lives()):
        for package in life.packages:
            check_package(package)
