"""How few are few is the municipality's own to say: its limit reaches every table, sentence and file that hides."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from jobpakke.access.models import Municipality, Role
from jobpakke.access.services import give_role
from jobpakke.followup.hiding import least_shown
from jobpakke.lib.clock import today
from jobpakke.method.rulebook import Limit, Severity
from jobpakke.packages.services import open_programme, override_rule
from jobpakke.web.followup.words import hidden_note
from tests.builders import DAY, SINCE, Cast, agreed
from tests.web.test_pages import client, text

pytestmark = pytest.mark.django_db
MAKE = {"own": "", "after": "results", "lang": "da", "format": "html", "hide_small": "on"}


@pytest.fixture(autouse=True)
def _programme(cast: Cast) -> None:
    """Two packages here and one there."""
    targets = [(cast.here, 1), (cast.there, 2)]
    programme = open_programme(actor=None, code="P", name="P", starts_on=DAY, ends_on=None, targets=targets, on=DAY)
    for caseworker, citizen in ((cast.bo, cast.her), (cast.erik, cast.frode), (cast.dorte, cast.gerda)):
        agreed(caseworker, citizen, programme=programme)


def own(cast: Cast, place: Municipality, most: int) -> None:
    """Its own from today, whatever day the tables are of."""
    if place != cast.here:
        give_role(actor=None, user=cast.anna, role=Role.ADMIN, municipality=place, on=SINCE)
    wanted: dict[str, Any] = {"limit": Limit.SMALL_COUNTS, "values": {"most": most}, "severity": Severity.STOP}
    override_rule(actor=cast.anna, municipality=place, **wanted, starts_on=today(), reason="Egen praksis", on=today())


def told() -> tuple[list[Any], str, list[Any], str]:
    """By the goal: the citizens of the table's file, the page, the curves' numbers that wait, the note for anybody."""
    finn, asked = client("finn"), f"?programme=P&on={DAY}&by=goal"
    rows = finn.get(reverse("followup_download") + f"{asked}&format=json").json()
    curves = finn.get(reverse("followup_course_download") + f"{asked}&tabel=kurver&format=json").json()
    page = text(finn.get(reverse("followup") + asked))
    note = text(finn.post(reverse("followup_note") + f"?programme=P&on={DAY}", MAKE))
    return [row["citizens"] for row in rows], page, [row["at_risk"] for row in curves if row["weeks"] == 13], note


def test_a_municipality_that_hides_nothing_sees_its_numbers_and_one_that_hides_more_prevails(cast: Cast) -> None:
    citizens, page, _waiting, note = told()
    assert citizens == [None, None]
    assert "Tal fra 1 til 4 er skjult" in page
    assert "2 pakker er sat i gang" not in note
    assert "Tal fra 1 til 4 er skjult" in note
    own(cast, cast.here, 0)
    citizens, page, _waiting, note = told()
    assert citizens == [2, 2]
    assert "er skjult, og andre" not in page + note
    assert "2 pakker er sat i gang" in note
    give_role(actor=None, user=cast.finn, role=Role.EVALUATOR, municipality=cast.there, on=SINCE)
    assert told()[0] == [None, None], "the other municipality has no limit of its own"
    own(cast, cast.there, 2)
    citizens, page, _waiting, note = told()
    assert citizens == [3, 3]
    assert "Tal fra 1 til 2 er skjult" in page
    assert "3 pakker er sat i gang" in note


def test_it_is_that_of_the_day_on_which_the_tables_are_shown(cast: Cast) -> None:
    own(cast, cast.here, 9)
    keys = [cast.here.pk, cast.there.pk]
    assert [least_shown(keys, on=on) for on in (today() - timedelta(days=1), today())] == [5, 10]
    assert least_shown([], on=today()) == 5
    assert [hidden_note(least) != "" for least in (1, 2, 5)] == [False, True, True]
