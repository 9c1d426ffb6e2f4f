"""A page of a day that has passed: how it was, no acts, and every link keeps the day."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jobpakke.companies.models import NeedReason, Sector
from jobpakke.companies.services import (
    add_function,
    add_workplace,
    change_workplace,
    close_workplace,
    name_mentor,
    record_need,
    reopen_workplace,
)
from jobpakke.lib.clock import today
from jobpakke.method.step_kinds import EvidenceKind, StepKind
from jobpakke.packages.models import DraftWording, Evidence, GoalForm, JobPackage, Party, PlanVersion
from jobpakke.packages.services import (
    add_sub_goal,
    change_goal,
    change_step,
    discard_draft,
    draft_package,
    lay_commitment,
    lay_step,
    record_evidence,
    remove_commitment,
    remove_step,
    reopen_plan,
    start_step,
)
from jobpakke.packages.services.plan.checks import StepFacts
from tests.builders import Cast, Stairs, agreed, approve, draft, shared, workplace
from tests.web.test_pages import client, text
from tests.web.test_queries import MOST_QUERIES

pytestmark = pytest.mark.django_db
ACTS = ("Begynd en jobpakke", "Skriv i journalen", "Afslut pakken", "Start<", "Andre dage", "Registrér en status")


@pytest.fixture
def stairs(cast: Cast) -> Stairs:
    since = today() - timedelta(days=60)
    found = agreed(cast.bo, cast.her, since)
    start_step(actor=cast.bo, step=found.first.step, started_on=since, on=since)
    return found


@pytest.fixture
def bo() -> Client:
    return client("bo")


def test_it_says_which_day_and_offers_no_act(cast: Cast, stairs: Stairs, bo: Client) -> None:
    url = reverse("citizen", args=[cast.her.ref])
    now = text(bo.get(url))
    assert "Afslut pakken" in now
    assert "Siden viser, hvordan det var" not in now
    for day in (today() - timedelta(days=30), today() - timedelta(days=90)):
        page = text(bo.get(url, {"on": day.isoformat()}))
        assert "Siden viser, hvordan det var" in page
        assert "Tilbage til i dag" in page
        assert not [act for act in ACTS if act in page]
    other = text(bo.get(reverse("citizen", args=[cast.her.ref]), {"on": (today() + timedelta(days=9)).isoformat()}))
    assert "Andre dage" in other, "one may plan ahead"


@pytest.mark.parametrize("name", ["citizen", "journal", "progress", "about", "history"])
def test_links_keep_the_day(cast: Cast, stairs: Stairs, bo: Client, name: str) -> None:
    day = (today() - timedelta(days=30)).isoformat()
    page = text(bo.get(reverse(name, args=[cast.her.ref]), {"on": day}))
    for tab in ("citizen", "journal", "progress", "about", "history"):
        assert f'href="{reverse(tab, args=[cast.her.ref])}?on={day}"' in page, tab
    links = re.findall(r'<(?:a|img)[^>]*(?:href|src)="(/(?:borgere|pakker|planer|journal|eftervaern)/[^"]*)"', page)
    assert not [link for link in links if f"on={day}" not in link]
    assert f"?on={day}" not in text(bo.get(reverse(name, args=[cast.her.ref])))


def test_the_date_bar_keeps_the_rest_of_the_address(cast: Cast, bo: Client) -> None:
    page = text(bo.get(reverse("citizens"), {"on": "2026-01-02", "state": "open", "q": "As"}))
    bar = page.partition('class="dato ')[2]
    back = re.search(r'name="next"\s+value="([^"]*)"', bar)
    assert back
    assert back[1].replace("&amp;", "&") == reverse("citizens") + "?state=open&q=As"
    done = bo.post(reverse("choose_date"), {"on": "2026-01-03", "next": back[1].replace("&amp;", "&")})
    assert done.headers["Location"] == reverse("citizens") + "?state=open&q=As"


@pytest.mark.parametrize("wrong", ["2026-13-45", "i-gaar", "1066-10-14"])
def test_a_wrong_date_is_told(cast: Cast, bo: Client, wrong: str) -> None:
    page = text(bo.get(reverse("citizens"), {"on": wrong}))
    assert "Datoen i adressen kan ikke læses" in page
    assert "Du ser i dag" in page
    said = text(bo.post(reverse("choose_date"), {"on": wrong, "next": reverse("citizens")}, follow=True))
    assert "Datoen kan ikke læses" in said


def test_a_later_correction_of_evidence_does_not_change_how_it_was(cast: Cast, stairs: Stairs, bo: Client) -> None:
    shown, corrected = today() - timedelta(days=40), today() - timedelta(days=20)
    first = record_evidence(actor=cast.bo, sub_goal=stairs.goal, meets=True, shown_on=shown, on=shown)
    second = record_evidence(
        actor=cast.bo, sub_goal=stairs.goal, meets=False, shown_on=shown, on=corrected, replaces=first
    )
    _recorded(Evidence.objects.filter(pk=second.pk), corrected)
    url = reverse("citizen", args=[cast.her.ref])
    assert "delmaal__et--naaet" in text(bo.get(url, {"on": (corrected - timedelta(days=1)).isoformat()}))
    assert "delmaal__et--naaet" not in text(bo.get(url, {"on": corrected.isoformat()}))
    assert "delmaal__et--naaet" not in text(bo.get(url))


def _recorded(rows: QuerySet[Evidence], day: object) -> None:
    moment = datetime.combine(day, datetime.min.time(), ZoneInfo("Europe/Copenhagen"))  # type: ignore[arg-type]
    rows.update(recorded_at=moment + timedelta(hours=9))


def test_nothing_is_ready_in_a_draft(cast: Cast, bo: Client) -> None:
    on = today()
    version = draft_package(actor=cast.bo, citizen=cast.her, goal_title="Gartner", form=GoalForm.ORDINARY, on=on)
    facts = StepFacts(StepKind.GUIDANCE, "Samtaler", on, on + timedelta(days=30))
    lay_step(actor=cast.bo, version=version, facts=facts, on=on)
    page = text(bo.get(reverse("citizen", args=[cast.her.ref])))
    assert "Planlagt" in page
    assert ">Klar<" not in page
    assert "trin--ready" not in page


def test_a_past_page_of_a_company_offers_no_act(cast: Cast, bo: Client) -> None:
    place = workplace(cast.bo, cast.here)
    url = reverse("company", args=[place.company.ref])
    assert "Ret arbejdspladsen" in text(bo.get(url)) or "arbejdspladsen" in text(bo.get(url))
    page = text(bo.get(url, {"on": (today() - timedelta(days=5)).isoformat()}))
    assert reverse("change_workplace", args=[place.ref]) not in page


def test_a_past_page_of_a_company_shows_what_had_been_told(cast: Cast, bo: Client) -> None:
    place = workplace(cast.bo, cast.here)
    common: dict[str, Any] = {"actor": cast.bo, "on": ago(10)}
    function = add_function(workplace=place, title="SENERE FUNKTION", **common)
    record_need(function=function, reason=NeedReason.GROWTH, wanted_from=today(), **common)
    name_mentor(workplace=place, name="SENERE MENTOR", **common)
    add_workplace(company=place.company, p_number="9900000019", name="SENERE STED", sector=Sector.PRIVATE, **common)
    change_workplace(workplace=place, contact_name="NY", contact_phone="", ordinary_employees=9, **common)
    url = reverse("company", args=[place.company.ref])
    before, after = (text(bo.get(url, {"on": ago(days).isoformat()})) for days in (11, 10))
    for words in ("SENERE FUNKTION", "SENERE MENTOR", "SENERE STED", "vækst"):
        assert words not in before
        assert words in after
    assert "Else Rask" in before
    assert "50 ansatte" in before
    assert "Else Rask" not in after
    assert "NY" in after
    assert "9 ansatte" in after


def test_a_past_page_of_a_company_says_where_the_contact_person_of_then_is_not_kept(cast: Cast, bo: Client) -> None:
    place = workplace(cast.bo, cast.here)
    place.details.update(starts_on=ago(10))
    url = reverse("company", args=[place.company.ref])
    before, after = (text(bo.get(url, {"on": ago(days).isoformat()})) for days in (11, 10))
    assert "hvem det var før, er ikke gemt" in before
    assert "hvem det var før, er ikke gemt" not in after
    assert "Else Rask" in before
    assert "Else Rask" in after


def test_a_past_page_of_a_company_shows_the_closing_that_had_been_told(cast: Cast, bo: Client) -> None:
    place = workplace(cast.bo, cast.here)
    url = reverse("company", args=[place.company.ref])

    def shown(days: int) -> str:
        found = text(bo.get(url, {"on": ago(days).isoformat()}))
        return " ".join(re.sub(r"<[^>]+>", " ", found.partition("<h2>")[2].partition("undertitel")[0]).split())

    close_workplace(actor=cast.bo, workplace=place, closed_on=ago(20), on=ago(30))
    assert "luk" not in shown(31).lower(), "not announced yet"
    assert "Lukker" in shown(30)
    assert "Lukket" in shown(20)
    reopen_workplace(actor=cast.bo, workplace=place, on=ago(10))
    assert "Lukket" in shown(11), "what was taken back later stood"
    assert "luk" not in shown(10).lower()
    close_workplace(actor=cast.bo, workplace=place, closed_on=ago(8), on=ago(5))
    assert "luk" not in shown(9).lower()
    for days in (8, 6):
        assert "Lukket" in shown(days), "nobody was there"
        assert "vi fik det at vide" in shown(days)
    for days in (5, 0):
        assert "Lukket" in shown(days)
        assert "vi fik det at vide" not in shown(days)


@pytest.mark.parametrize(
    ("who", "name", "dated"),
    [
        ("bo", "today", True),
        ("bo", "companies", False),
        ("finn", "followup", False),
        ("finn", "frozen_follow_ups", False),
        ("dan", "access_log", False),
        ("anna", "rules", True),
    ],
)
def test_a_day_is_offered_where_it_changes_something(cast: Cast, who: str, name: str, dated: bool) -> None:
    assert ("Vælg en anden dato" in text(client(who).get(reverse(name)))) is dated


def ago(days: int) -> date:
    return today() - timedelta(days=days)


@pytest.fixture
def reworked(cast: Cast) -> Stairs:
    """Drafted forty days ago; thirty days ago a step, a sub-goal and a promise were laid, and the first was renamed."""
    found = draft(cast.bo, cast.her, ago(40))
    version = found.version
    common: dict[str, Any] = {"actor": cast.bo, "on": ago(30)}
    facts = StepFacts(StepKind.GUIDANCE, "SENERE TRIN", ago(30), today(), needs=(found.second.step,))
    lay_step(version=version, facts=facts, **common)
    add_sub_goal(planned=found.second, title="SENERE DELMÅL", evidence_kind=EvidenceKind.STATEMENT, **common)
    lay_commitment(version=version, party=Party.COMPANY, text="SENERE TILSAGN", due_on=today(), **common)
    first = version.planned_steps.select_related("step", "version__package__citizen").get(pk=found.first.pk)
    renamed = StepFacts(StepKind.CLARIFICATION, "OMDØBT", first.starts_on, first.ends_on)
    change_step(planned=first, facts=renamed, seen=first.edits, **common)
    return found


NOTICE = "Kladden blev ændret efter denne dag, senest"
LATER = ("SENERE TRIN", "SENERE DELMÅL", "SENERE TILSAGN")


def test_a_past_page_of_a_draft_leaves_out_what_was_laid_later(cast: Cast, reworked: Stairs, bo: Client) -> None:
    citizen, plan = reverse("citizen", args=[cast.her.ref]), reverse("plan", args=[reworked.version.ref])
    for url in (citizen, plan):
        before = text(bo.get(url, {"on": ago(31).isoformat()}))
        assert not [words for words in LATER if words in before]
        assert NOTICE not in before
        assert "OMDØBT" not in before
        assert "Afklaring" in before
        assert "Vejledning" in before
        for day in (ago(30), ago(1)):
            after = text(bo.get(url, {"on": day.isoformat()}))
            assert "SENERE TRIN" in after
            assert "SENERE DELMÅL" in after
            assert NOTICE not in after
        assert NOTICE not in text(bo.get(url))
    assert "SENERE TILSAGN" in text(bo.get(plan, {"on": ago(30).isoformat()}))
    history = reverse("history", args=[cast.her.ref])
    assert "nævnes med de ord, det har nu" in text(bo.get(history, {"on": ago(31).isoformat()}))
    assert "nævnes med de ord, det har nu" not in text(bo.get(history))


def test_a_plan_that_was_in_effect_shows_all_of_it_also_what_was_entered_later(
    cast: Cast, reworked: Stairs, bo: Client
) -> None:
    PlanVersion.objects.filter(pk=reworked.version.pk).update(proposed_on=ago(39), effective_on=ago(39))
    JobPackage.objects.filter(pk=reworked.package.pk).update(opened_on=ago(39))
    for name, ref in (("citizen", cast.her.ref), ("plan", reworked.version.ref)):
        page = text(bo.get(reverse(name, args=[ref]), {"on": ago(31).isoformat()}))
        assert "SENERE TRIN" in page
        assert NOTICE not in page
        page = text(bo.get(reverse(name, args=[ref]), {"on": ago(40).isoformat()}))
        assert "SENERE TRIN" not in page
        assert "OMDØBT" not in page
        assert NOTICE not in page


def test_a_past_page_of_a_draft_whose_words_were_not_kept_says_so(cast: Cast, reworked: Stairs, bo: Client) -> None:
    DraftWording.objects.all().delete()
    for name, ref in (("citizen", cast.her.ref), ("plan", reworked.version.ref)):
        page = text(bo.get(reverse(name, args=[ref]), {"on": ago(31).isoformat()}))
        assert not [words for words in LATER if words in page]
        assert NOTICE in page
        assert "OMDØBT" in page, "the words of now, as the page says"


def test_a_past_page_of_a_draft_shows_goal_order_and_what_was_taken_out_since(cast: Cast, bo: Client) -> None:
    found = draft(cast.bo, cast.her, ago(40))
    version = PlanVersion.objects.select_related("package__citizen", "goal").get(pk=found.version.pk)
    place = workplace(cast.bo, cast.here)
    facts = StepFacts(StepKind.GUIDANCE, "TAGET UD", ago(40), today(), workplace=place)
    gone = lay_step(actor=cast.bo, version=version, facts=facts, on=ago(40))
    promise = lay_commitment(
        actor=cast.bo, version=version, party=Party.COMPANY, text="TAGET TILBAGE", due_on=today(), on=ago(40)
    )
    remove_step(actor=cast.bo, planned=gone, on=ago(30))
    remove_commitment(actor=cast.bo, commitment=promise, on=ago(30))
    change_goal(actor=cast.bo, version=version, title="NYT MÅL", form=GoalForm.FLEX, on=ago(20))
    lay_step(actor=cast.bo, version=version, facts=replace(facts, title="LAGT TIL", workplace=None), on=ago(10))
    plan, citizen = reverse("plan", args=[version.ref]), reverse("citizen", args=[cast.her.ref])
    words = ("TAGET UD", place.name, "Leder på hotel", "NYT MÅL", "LAGT TIL")
    said = {
        40: {"TAGET UD", place.name, "Leder på hotel"},
        31: {"TAGET UD", place.name, "Leder på hotel"},
        30: {"Leder på hotel"},
        21: {"Leder på hotel"},
        20: {"NYT MÅL"},
        11: {"NYT MÅL"},
        10: {"NYT MÅL", "LAGT TIL"},
        0: {"NYT MÅL", "LAGT TIL"},
    }
    for days, shown in said.items():
        for url in (plan, citizen):
            page = text(bo.get(url, {"on": ago(days).isoformat()}))
            assert {each for each in words if each in page} == shown, (days, url)
            assert NOTICE not in page
        assert ("TAGET TILBAGE" in text(bo.get(plan, {"on": ago(days).isoformat()}))) is (days > 30)
    discard_draft(actor=cast.bo, version=version, on=today())
    assert not DraftWording.objects.exists()


def test_a_draft_of_a_change_leaves_out_what_was_laid_later(cast: Cast, stairs: Stairs, bo: Client) -> None:
    version = reopen_plan(actor=cast.bo, package=stairs.package, on=ago(20))
    facts = StepFacts(StepKind.GUIDANCE, "SENERE TRIN", ago(10), today())
    lay_step(actor=cast.bo, version=version, facts=facts, on=ago(10))
    url = reverse("plan", args=[version.ref])
    before = text(bo.get(url, {"on": ago(15).isoformat()}))
    assert "SENERE TRIN" not in before
    assert "Afklaring" in before
    assert NOTICE not in before
    assert "SENERE TRIN" in text(bo.get(url, {"on": ago(10).isoformat()}))


def test_a_past_page_shows_what_was_ended_by_then_as_it_was_named_then(cast: Cast, stairs: Stairs, bo: Client) -> None:
    version = reopen_plan(actor=cast.bo, package=stairs.package, on=ago(20))
    first = version.planned_steps.select_related("step", "version__package__citizen").get(step=stairs.first.step)
    renamed = StepFacts(StepKind.CLARIFICATION, "OMDØBT", first.starts_on, first.ends_on)
    change_step(actor=cast.bo, planned=first, facts=renamed, seen=first.edits, on=ago(20))
    approve(cast.bo, version, ago(10))
    url = reverse("citizen", args=[cast.her.ref])
    assert "OMDØBT" not in text(bo.get(url, {"on": ago(11).isoformat()}))
    assert "OMDØBT" in text(bo.get(url, {"on": ago(10).isoformat()}))


def test_a_past_page_of_a_plan_names_the_contact_person_of_then(cast: Cast, bo: Client) -> None:
    place = workplace(cast.bo, cast.here)
    version = shared(cast.bo, cast.her, [place], ago(40)).version
    change_workplace(
        actor=cast.bo, workplace=place, contact_name="NY LEDER", contact_phone="1", ordinary_employees=9, on=ago(20)
    )
    url = reverse("plan", args=[version.ref])
    before, after = (text(bo.get(url, {"on": ago(days).isoformat()})) for days in (21, 20))
    assert f"Else Rask ({place.name})" in before
    assert "NY LEDER" not in before
    assert f"NY LEDER, 1 ({place.name})" in after
    assert "Else Rask" not in after
    assert "NY LEDER" in text(bo.get(url))


def test_a_past_page_takes_as_few_queries_as_one_of_today(cast: Cast, bo: Client) -> None:
    place = workplace(cast.bo, cast.here)
    version = shared(cast.bo, cast.her, [place], ago(40)).version
    approve(cast.bo, version, ago(40))
    rows = (("citizen", cast.her.ref), ("plan", version.ref), ("company", place.company.ref))
    for name, ref in rows:
        with CaptureQueriesContext(connection) as asked:
            bo.get(reverse(name, args=[ref]), {"on": ago(20).isoformat()})
        assert len(asked) <= MOST_QUERIES, name
