"""Two people on one form: the later one is told, sees both texts, and chooses; nothing is overwritten silently."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from jobpakke.citizens.models import Citizen, Status, StatusSpell, TargetGroupScheme, Wish
from jobpakke.citizens.services import record_status, record_wish, set_target_group
from jobpakke.citizens.services.status import StatusFacts
from jobpakke.companies.models import WorkplaceDetails
from jobpakke.lib.clock import today
from jobpakke.packages.models import JobGoal, PlanVersion
from jobpakke.packages.services import reopen_plan
from tests.builders import Cast, Stairs, agreed, workplace
from tests.web.test_pages import client, text

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Race:
    """A form opened once, then sent by two: who comes second, and what came of it."""

    url: str
    first: dict[str, str]
    second: dict[str, str]

    def run(self, bo: Client, shown: tuple[str, str]) -> None:
        """The first is saved; the second sees ``shown`` (theirs, mine), and saving again is their own choice."""
        opened = seen(text(bo.get(self.url)))
        assert bo.post(self.url, {**self.first, "seen": opened}).status_code == 302
        refused = bo.post(self.url, {**self.second, "seen": opened})
        page = text(refused)
        assert refused.status_code == 422
        assert "Begge tekster" in page
        theirs, mine = shown
        assert re.search(rf"{theirs}</td>\s*<td[^>]*>{mine}</td>", page), (theirs, mine)
        assert seen(page) != opened
        assert bo.post(self.url, {**self.second, "seen": seen(page)}).status_code == 302
        forged = bo.post(self.url, self.first)
        assert forged.status_code == 422, "without the mark nobody has read anything"


def seen(page: str) -> str:
    """What the form carries."""
    found = re.search(r'name="seen" value="([^"]*)"', page)
    assert found, "the form does not carry what was seen"
    return found[1]


@pytest.fixture
def stairs(cast: Cast) -> Stairs:
    return agreed(cast.bo, cast.her, today() - timedelta(days=14))


def test_the_goal_of_a_draft(cast: Cast, stairs: Stairs) -> None:
    draft = reopen_plan(actor=cast.bo, package=stairs.package, on=today())
    url = reverse("plan_goal", args=[draft.ref])
    same = {"form": "ordinary", "workplace": "", "function": ""}
    Race(url, {**same, "title": "Kok"}, {**same, "title": "Gartner", "trade": "outdoors"}).run(
        client("bo"), ("Kok", "Gartner")
    )
    goal = PlanVersion.objects.get(pk=draft.pk).goal
    assert (goal.title, goal.trade) == ("Gartner", "outdoors")
    assert JobGoal.objects.filter(title="Kok").exists(), "what the other wrote is not lost"


def test_the_contact_of_a_workplace(cast: Cast) -> None:
    place = workplace(cast.bo, cast.here)
    url = reverse("change_workplace", args=[place.ref])
    one = {"ordinary_employees": "50", "contact_name": "Ny Kontakt", "contact_phone": "1"}
    other = {"ordinary_employees": "50", "contact_name": "Else Rask", "contact_phone": "2"}
    opened = seen(text(client("bo").get(url)))
    assert client("erik").post(url, {**one, "seen": opened}).status_code == 302
    refused = client("bo").post(url, {**other, "seen": opened})
    assert refused.status_code == 422
    assert "Ny Kontakt" in text(refused)
    assert 'value="Else Rask"' in text(refused), "what was typed stays"
    assert WorkplaceDetails.objects.as_of(today()).get(workplace=place).contact_name == "Ny Kontakt"
    assert client("bo").post(url, {**other, "seen": seen(text(refused))}).status_code == 302
    assert WorkplaceDetails.objects.as_of(today()).get(workplace=place).contact_phone == "2"


def test_the_days_of_a_step(cast: Cast, stairs: Stairs) -> None:
    url, first = reverse("change_days", args=[stairs.second.step.ref]), stairs.second.starts_on
    days = [(stairs.second.ends_on + timedelta(days=more)).isoformat() for more in (7, 14)]
    one, other = ({"first_day": first.isoformat(), "last_day": day} for day in days)
    bo = client("bo")
    opened = seen(text(bo.get(url)))
    assert bo.post(url, {**one, "seen": opened}).status_code == 302
    refused = bo.post(url, {**other, "seen": opened})
    assert refused.status_code == 422
    assert "Begge tekster" in text(refused)
    assert bo.post(url, {**other, "seen": seen(text(refused))}).status_code == 302


def test_name_and_address_protection(cast: Cast) -> None:
    url = reverse("change_protection", args=[cast.her.ref])
    race = Race(url, {"protection": "yes"}, {"protection": "unknown"})
    race.run(client("bo"), ("Ja", "[^<]+"))
    assert Citizen.objects.get(pk=cast.her.pk).address_protected is None


def test_the_target_group(cast: Cast) -> None:
    set_target_group(actor=cast.bo, citizen=cast.her, scheme=TargetGroupScheme.READINESS, group="job_ready", on=today())
    url = reverse("set_target_group", args=[cast.her.ref])
    bo = client("bo")
    opened = seen(text(bo.get(url)))
    assert bo.post(url, {"group": "readiness:activity_ready", "seen": opened}).status_code == 302
    refused = bo.post(url, {"group": "match_group:3", "seen": opened})
    assert refused.status_code == 422
    assert "Begge tekster" in text(refused)
    assert bo.post(url, {"group": "match_group:3", "seen": seen(text(refused))}).status_code == 302


def test_a_status_that_another_corrected_meanwhile_is_not_gone(cast: Cast) -> None:
    begun = today() - timedelta(days=30)
    facts = StatusFacts(Status.ORDINARY_JOB, begun)
    spell = record_status(actor=cast.bo, citizen=cast.her, facts=facts, on=today())
    url = reverse("correct_status", args=[spell.ref])
    same = {"starts_on": begun.isoformat(), "ends_on": "", "reason": ""}
    one, other = (
        {**same, "status": "flex_job", "weekly_hours": "12"},
        {**same, "status": "flex_job", "weekly_hours": "20"},
    )
    bo = client("bo")
    opened = seen(text(bo.get(url)))
    assert bo.post(url, {**one, "seen": opened}).status_code == 302
    refused = bo.post(url, {**other, "seen": opened})
    assert refused.status_code == 422
    assert "12" in text(refused)
    assert bo.post(url, {**other, "seen": seen(text(refused))}).status_code == 302
    assert StatusSpell.objects.current().get().weekly_hours == 20
    assert StatusSpell.objects.count() == 3, "each text stays readable"


def test_a_fact_that_another_ended_meanwhile_says_so(cast: Cast) -> None:
    wish = record_wish(actor=cast.bo, citizen=cast.her, text="Butik", on=today() - timedelta(days=9))
    url, bo = reverse("end_wish", args=[wish.ref]), client("bo")
    day = (today() - timedelta(days=2)).isoformat()
    assert bo.post(url, {"day": day}).status_code == 302
    refused = bo.post(url, {"day": today().isoformat()})
    assert refused.status_code == 422
    assert "allerede" in text(refused)
    assert Wish.objects.current().get().ends_on == today() - timedelta(days=2)
