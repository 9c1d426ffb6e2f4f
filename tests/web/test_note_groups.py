"""A note told by one more grouping: what it says, what it leaves out, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from jobpakke.followup.groups import Grouping
from jobpakke.followup.services import freeze_follow_up
from jobpakke.followup.splits import split_of
from jobpakke.lib.clock import today
from jobpakke.method.rulebook import Limit, Severity
from jobpakke.packages.models import Programme
from jobpakke.packages.services import open_programme, override_rule
from jobpakke.print.document import Prose
from jobpakke.web.note.facts import facts
from jobpakke.web.note.groups import group_parts
from tests.builders import DAY, Cast, agreed
from tests.web.test_pages import client, text

pytestmark = pytest.mark.django_db
LATER = DAY + timedelta(days=60)
MAKE = {"own": "", "after": "results", "lang": "da", "format": "html", "by": "goal"}
ADDRESS = f"?programme=P&on={LATER}&before={DAY}"


@pytest.fixture
def programme(cast: Cast) -> Programme:
    targets = [(cast.here, 1)]
    found = open_programme(actor=None, code="P", name="P", starts_on=DAY, ends_on=None, targets=targets, on=DAY)
    agreed(cast.bo, cast.her, programme=found)
    agreed(cast.erik, cast.frode, programme=found)
    return found


def made(query: str = ADDRESS, **asked: str) -> str:
    return text(client("finn").post(reverse("followup_note") + query, {**MAKE, **asked}))


def test_it_has_the_status_the_weeks_and_the_moves_of_each_group(cast: Cast, programme: Programme) -> None:
    assert "Efter gruppe</h2>" not in made(by="")
    small = made()
    assert "Arbejdsmarkedsstatus efter jobmål" in small
    assert "Grupperne er for små" in small
    values: dict[str, Any] = {"limit": Limit.SMALL_COUNTS, "values": {"most": 0}, "severity": Severity.STOP}
    override_rule(actor=cast.anna, municipality=cast.here, **values, starts_on=today(), reason="Egen", on=today())
    page = made()
    for told in ("Tabel 5: Arbejdsmarkedsstatus efter jobmål", "Tabel 6: Andelen", "Tabel 7: Borgerne pr. 1. maj 2026"):
        assert told in page, told
    assert "er skjult" not in page
    own = made(by="municipality")
    assert "Tabel 5: Andelen" in own
    assert "Tabel 6: Borgerne" in own
    shown = text(client("finn").get(reverse("followup_note") + f"{ADDRESS}&by=goal"))
    assert '<option value="goal" selected>' in shown


def test_where_it_would_give_something_away_or_is_not_known_it_says_so(cast: Cast, programme: Programme) -> None:
    hidden = made(hide_small="on")
    assert "Her fortælles intet efter jobmål. Hvor små tal er skjult" in hidden
    assert "Arbejdsmarkedsstatus efter" not in hidden
    results = facts(programme, on=LATER).results
    nothing = group_parts(
        split_of(replace(results, lives=None), Grouping.GOAL, least=5), first=5, hides=False, draws=False
    )
    assert [type(part) for part in nothing] == [Prose]
    assert split_of(results.hiding_small(least=5), Grouping.GOAL, least=5).is_empty


def test_of_what_was_known_on_a_day_it_has_the_groups_of_then(cast: Cast, programme: Programme) -> None:
    assert "Arbejdsmarkedsstatus efter jobmål" in made(f"{ADDRESS}&kendt={today()}")
    assert "Tabel 5: Andelen" in made(f"{ADDRESS}&kendt={today()}", by="municipality")
    asked = f"?programme=P&on={LATER}&known={today()}"
    page = text(client("finn").get(reverse("follow_up_known") + f"{asked}&by=goal"))
    assert "Også grupperne er, som de var kendt dengang" in page
    assert "Tal fra 1 til 4 er skjult" in page
    assert client("finn").get(reverse("follow_up_known") + f"{asked}&by=color").status_code == 404
    by = f"?programme=P&on={LATER}&kendt={today()}&by=goal"
    header, *rows = text(client("finn").get(reverse("followup_download") + by)).splitlines()
    assert header.startswith("goal,")
    assert [row.partition(",")[0] for row in rows] == ["ordinary", "total"]
    for address in ("followup_chart", "followup_course_chart"):
        assert client("finn").get(reverse(address) + by).headers["Content-Type"] == "image/svg+xml"


def test_of_what_was_frozen_it_has_the_table_that_was_kept(cast: Cast, programme: Programme) -> None:
    frozen = freeze_follow_up(actor=cast.finn, programme=programme, cut_off_on=LATER, on=today())
    page = made(f"?frosset={frozen.ref}")
    assert "Arbejdsmarkedsstatus efter jobmål" in page
    assert "Tal fra 1 til 4 er skjult" in page
    kept = text(client("finn").get(reverse("frozen_follow_up", args=[frozen.ref]) + "?by=goal"))
    assert "Ordinært job" in kept
    assert "skjult" in kept
    chart = client("finn").get(reverse("followup_course_chart") + f"?frosset={frozen.ref}&tabel=kurver")
    assert chart.headers["Content-Type"] == "image/svg+xml"
