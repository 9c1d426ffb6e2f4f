"""Today's caseload has every kind of finding and every state of a step, and the same lives each time."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext

from jobpakke.access.models import User
from jobpakke.citizens.models import StatusSpell
from jobpakke.continuity.caseload import caseload
from jobpakke.continuity.findings import OF_LEADERS, FindingKind, findings
from jobpakke.demo import present, vip2
from jobpakke.demo.check import check_package
from jobpakke.demo.ground import TODAY_CODE
from jobpakke.lib.periods import Period
from jobpakke.method.aftercare import relapsed_on
from jobpakke.method.ladder import StepState, states_on
from jobpakke.method.status import LabourMarketStatus, SpellFact
from jobpakke.method.stories import StoryState, state_of
from jobpakke.packages.facts import plan_of, plans
from jobpakke.packages.models import Aftercare, CaseStory, JobPackage, JournalNote, ProgressMeasure, Step, Visibility
from jobpakke.packages.rules import check_plan
from jobpakke.packages.telling import untold
from jobpakke.web.aftercare.pages import Point, care_page
from tests.demo.conftest import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


@pytest.mark.parametrize("who", ["bo", "erik"])
def test_every_kind_of_finding_occurs(who: str) -> None:
    found = findings(caseload(User.objects.get(username=who), today=TODAY, on=TODAY), on=TODAY)
    assert {finding.kind for finding in found} == set(FindingKind) - OF_LEADERS
    ranks = [list(FindingKind).index(finding.kind) for finding in found]
    assert ranks == sorted(ranks)


@pytest.mark.parametrize("who", ["bo", "erik"])
def test_a_plan_of_two_companies_waits_for_the_second(who: str) -> None:
    found = findings(caseload(User.objects.get(username=who), today=TODAY, on=TODAY), on=TODAY)
    waiting = [each for each in found if each.kind is FindingKind.PLAN_UNANSWERED and len(each.unanswered) == 1]
    assert [bool(each.unanswered[0].name) for each in waiting] == [True]


def test_a_plan_of_two_companies_runs_and_one_is_still_to_be_told() -> None:
    rows = JobPackage.objects.filter(ended_on=None, opened_on__isnull=False).select_related("citizen")
    shared = rows.annotate(companies=Count("versions__approvals__company", distinct=True)).get(companies__gt=1)
    left = untold(shared, on=TODAY)
    assert [each.company != "" for each in left] == [True]


def test_no_open_package_of_today_breaks_a_rule_that_stops() -> None:
    packages = JobPackage.objects.filter(ended_on=None, drafted_on__gt=TODAY - timedelta(days=700))
    assert len(packages) > 50
    broken = [each for package in packages for each in check_plan(plan_of(package, on=TODAY), on=TODAY).breaches]
    assert {str(breach.refusal.code) for breach in broken} == {
        "START_IN_PAST",
        "STEP_NEEDS_ASSESSMENT",
        "TIES_NOT_DECLARED",
    }
    proposed = [package for package in packages if package.versions.filter(proposed_on__isnull=False).exists()]
    stopped = [each for package in proposed for each in check_plan(plan_of(package, on=TODAY), on=TODAY).breaches]
    assert "TIES_NOT_DECLARED" not in {str(breach.refusal.code) for breach in stopped}


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
        with CaptureQueriesContext(connection) as queries:
            findings(caseload(user, today=TODAY, on=TODAY), on=TODAY)
        counts.add(len(queries))
    assert counts == {8}


def test_relapse_in_sql_is_relapse_in_the_method() -> None:
    spells: dict[int, list[SpellFact]] = defaultdict(list)
    for spell in StatusSpell.objects.current():
        spells[spell.citizen_id].append(
            SpellFact(LabourMarketStatus(spell.status), Period(spell.starts_on, spell.ends_on))
        )
    for on in (TODAY, TODAY - timedelta(days=90)):
        cases = caseload(User.objects.get(username="tove"), today=TODAY, on=on)
        found = {case.citizen.pk: case.relapsed_on for case in cases}
        assert found == {pk: relapsed_on(spells[pk], on=on) for pk in found}
        assert any(found.values())


def test_aftercare_is_alive_in_every_way() -> None:
    seen = [care_page(row, on=TODAY) for row in Aftercare.objects.select_related("package__citizen")]
    assert {moment.point for page in seen for moment in page.moments} == set(Point)
    assert any(page.ended_on for page in seen)
    assert any(page.uses for page in seen if page.runs)
    assert JournalNote.objects.filter(replaces__isnull=False).exists()
    assert JournalNote.objects.filter(visibility=Visibility.INTERNAL).exists()


def test_the_same_lives_each_time_and_all_of_them_pass_the_checks() -> None:
    assert list(present.lives(TODAY)) == list(present.lives(TODAY))
    assert list(vip2.lives()) == list(vip2.lives())
    for life in (*present.lives(date(2028, 2, 29)), *vip2.lives()):
        for package in life.packages:
            check_package(package)


def test_the_caseload_is_measured_by_both_with_some_late_and_some_not_begun() -> None:
    counted = {
        (citizen, by): count
        for citizen, by, count in ProgressMeasure.objects.order_by()
        .filter(answered_on__gt=TODAY - timedelta(days=700))
        .values_list("citizen", "by")
        .annotate(count=Count("pk"))
    }
    assert max(counted.values()) >= 4
    assert {by for (_citizen, by), count in counted.items() if count >= 2} == {"citizen", "caseworker"}
    rows = findings(caseload(User.objects.get(username="bo"), today=TODAY, on=TODAY), on=TODAY)
    due = [row.answerers for row in rows if row.kind is FindingKind.PROGRESS_DUE]
    assert {len(each) for each in due} == {1, 2}
    assert len(due) < 20


def test_one_story_of_today_waits_for_consent_and_one_is_a_draft() -> None:
    rows = CaseStory.objects.filter(package__programme__code=TODAY_CODE).select_related("asking")
    states = [state_of(row.fact(), on=TODAY) for row in rows.prefetch_related("consents").order_by("pk")]
    assert states == [StoryState.AWAITING, StoryState.DRAFT]
    assert not CaseStory.objects.told_in(of=TODAY, made_on=TODAY).filter(package__programme__code=TODAY_CODE).exists()
