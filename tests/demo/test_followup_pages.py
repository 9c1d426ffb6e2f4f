"""The follow-up's pages on the demonstration: the printed figures with their rates, groups, a second date, courses."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jobpakke.access.models import User
from jobpakke.followup.flow import flow, turned
from jobpakke.followup.groups import Grouping
from jobpakke.followup.lives import lives_of
from jobpakke.followup.tables import status_at
from jobpakke.packages.models import Programme

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
COUNTED, ON = date(2009, 4, 30), date(2009, 9, 1)
CHOICE = f"?programme=VIP2&on={ON}"
SPACE = "\u00a0"


@pytest.fixture
def finn() -> Client:
    cache.clear()
    found = Client()
    found.force_login(User.objects.get(username="finn"))
    return found


def text(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode()).replace(SPACE, " ")


def test_the_derived_figures_stand_on_the_page(finn: Client) -> None:
    page = text(finn.get(reverse("followup") + CHOICE))
    assert "38 % 1. september 2009: 121 af 320 borgere" in page
    assert "Århus 60 %, Aabenraa 56 %, Slagelse 41 %" in page
    assert "16 % (10–26) inden for 6 måneder og 20 % (12–33) inden for 12 måneder" in page
    for rate in ("38 % (33–43)", "60 % (47–71)", "56 % (43–67)", "41 % (28–55)", "24 % (14–37)", "19 % (12–27)"):
        assert f"<td>{rate}</td>" in page
    rates = finn.get(reverse("followup_download") + f"{CHOICE}&tabel=rates&format=json").json()
    assert rates[-1]["self_supporting"] == 121
    assert rates[-1]["rate"] == pytest.approx(0.378125)
    assert (rates[-1]["low"], rates[-1]["high"]) == pytest.approx((0.32674, 0.43240), abs=1e-5)


def test_a_second_date_says_what_has_changed(finn: Client) -> None:
    programme = Programme.objects.get(code="VIP2")
    before, now = status_at(programme, on=COUNTED), status_at(programme, on=ON)
    lives = lives_of(programme, until=ON)
    moved, jobs = flow(lives, then=COUNTED, now=ON), turned(lives, then=COUNTED, now=ON)
    assert (jobs.entered, jobs.left) == (59, 11)
    new = moved.begun_in_jobs
    gained = now.total.self_supporting - before.total.self_supporting
    assert jobs.entered - jobs.left <= gained <= jobs.entered - jobs.left + new
    assert moved.begun == 17
    page = text(finn.get(reverse("followup") + f"{CHOICE}&before={COUNTED}"))
    told = "Siden 30. april 2009: 59 gange er nogen kommet i job, og 11 gange ud af et job igen. 17 er nye siden da"
    assert told in page
    assert "og er 38 %." in page
    assert told in text(finn.get(reverse("followup") + CHOICE)), "the last frozen one, where nothing else is asked for"
    assert told not in text(finn.get(reverse("followup") + f"{CHOICE}&before="))
    refused = text(finn.get(reverse("followup") + f"{CHOICE}&before={ON}"))
    assert "skal ligge før den anden" in refused


@pytest.mark.usefixtures("_drawings_by_the_rules")
def test_groups_keep_the_total_and_hide_small_numbers(finn: Client) -> None:
    named_so = {Grouping.GOAL: "Fleksjob", Grouping.TRADE: "Rengøring", Grouping.TEAM: "Århus: Team Nord"}
    for by, named in named_so.items():
        page = text(finn.get(reverse("followup") + f"{CHOICE}&by={by}"))
        assert "<td>38 % (33–43)</td>" in page
        assert named in page
        assert "Tal fra 1 til 4 er skjult" in page
        rows = finn.get(reverse("followup_download") + f"{CHOICE}&by={by}&format=json").json()
        numbers = [value for row in rows for value in row.values() if isinstance(value, int)]
        assert rows[-1]["citizens"] == 320
        assert not {1, 2, 3, 4} & set(numbers)
        picture = finn.get(reverse("followup_chart") + f"{CHOICE}&by={by}")
        assert picture.headers["Content-Type"] == "image/svg+xml"
    assert "skjult" in text(finn.get(reverse("followup") + f"{CHOICE}&by={Grouping.SECTOR}"))
    assert finn.get(reverse("followup") + f"{CHOICE}&by=eye_colour").status_code == 404


@pytest.mark.once
@pytest.mark.usefixtures("_drawings_by_the_rules")
@pytest.mark.parametrize("by", [Grouping.MUNICIPALITY, Grouping.TRADE])
def test_courses_have_drawings_tables_and_files(finn: Client, by: Grouping) -> None:
    chosen = f"{CHOICE}&by={by}&before={COUNTED}"
    page = text(finn.get(reverse("followup_courses") + chosen))
    assert page.count("<img") == page.count('class="diagram"') == 4
    hidden = "Grupperne er for små" in page
    assert page.count("<caption>") == 5 - hidden
    assert hidden == (by is Grouping.TRADE), "of the moves alone"
    assert "<td>18 % (14–22)</td>" in page
    for drawing in ("kurver", "baand", "baand-grupper", "skift"):
        picture = finn.get(reverse("followup_course_chart") + f"{chosen}&tabel={drawing}")
        assert picture.headers["Content-Type"] == "image/svg+xml"
        assert picture.content.lstrip().startswith(b"<svg")
        assert b"<script" not in picture.content
        rows = finn.get(reverse("followup_course_download") + f"{chosen}&tabel={drawing}&format=json").json()
        assert rows
    assert sum(row["persons"] for row in rows) == 320
    moves = finn.get(reverse("followup_course_download") + f"{chosen}&tabel=skift-grupper&format=json").json()
    assert {row["persons"] for row in moves} == {None} if hidden else sum(row["persons"] for row in moves) == 320
    for name in ("followup_course_chart", "followup_course_download"):
        assert finn.get(reverse(name) + f"{chosen}&tabel=andet").status_code == 404


def test_without_an_earlier_date_there_is_no_flow(finn: Client) -> None:
    page = text(finn.get(reverse("followup_courses") + "?programme=DRIFT&on=2026-11-02"))
    assert "Vælg en tidligere dato" in page
    url = reverse("followup_course_chart") + "?programme=DRIFT&on=2026-11-02&tabel=skift"
    assert finn.get(url).status_code == 404
    assert "Ingen har begyndt en pakke" in text(finn.get(reverse("followup_courses") + "?programme=VIP2&on=2007-01-01"))


@pytest.mark.parametrize("name", ["followup", "followup_courses"])
def test_every_choice_takes_few_queries(finn: Client, name: str) -> None:
    counts = {}
    for by in (Grouping.MUNICIPALITY, Grouping.TEAM):
        with CaptureQueriesContext(connection) as queries:
            finn.get(reverse(name) + f"{CHOICE}&by={by}&before={COUNTED}")
        counts[by] = len(queries)
    assert max(counts.values()) <= 12, counts
