"""A colleague is in one team of a municipality at a time, from a day to a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from jobpakke.access.models import Team, TeamMembership, User
from jobpakke.access.services import UserRefusal, put_in_team
from jobpakke.history.models import Event
from jobpakke.lib.clock import today
from jobpakke.lib.refusal import Refused
from tests.access.test_roles import signed_in
from tests.builders import DAY, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(cast: Cast) -> User:
    return User.objects.get(username="anna")


def team_of(user: User, on: date) -> list[str]:
    return list(TeamMembership.objects.on(on).filter(user=user).values_list("team__name", flat=True))


def test_one_is_in_the_team_until_one_comes_into_another_or_none(cast: Cast, anna: User) -> None:
    later, last = DAY + timedelta(days=10), DAY + timedelta(days=20)
    for day, name in ((DAY, "Nord"), (later, "Syd"), (last, "")):
        put_in_team(actor=anna, user=cast.bo, municipality=cast.here, team=name, on=day)
    before = DAY - timedelta(days=1)
    assert [team_of(cast.bo, day) for day in (before, DAY, later, last)] == [[], ["Nord"], ["Syd"], []]
    put_in_team(actor=anna, user=cast.erik, municipality=cast.here, team="Nord", on=DAY)
    assert Team.objects.count() == 2
    assert Event.objects.filter(kind="team_changed", about=cast.bo.ref, actor=anna.ref).count() == 3


def test_what_is_so_already_and_who_is_not_here_are_refused(cast: Cast, anna: User) -> None:
    later = DAY + timedelta(days=10)
    put_in_team(actor=anna, user=cast.bo, municipality=cast.here, team="Nord", on=later)
    for user, place, name, on, code in (
        (cast.bo, cast.here, "Nord", later, UserRefusal.TEAM_ALREADY),
        (cast.erik, cast.here, "", later, UserRefusal.TEAM_ALREADY),
        (cast.bo, cast.here, "Syd", DAY, UserRefusal.TEAM_SET_AHEAD),
        (cast.dorte, cast.here, "Syd", DAY, "NOT_FOUND"),
        (cast.dorte, cast.there, "Syd", DAY, "ROLE_LACKS_ACT"),
    ):
        with pytest.raises(Refused, match=code):
            put_in_team(actor=anna, user=user, municipality=place, team=name, on=on)
    assert list(Team.objects.values_list("name", flat=True)) == ["Nord"]


def test_the_page_of_a_colleague_says_the_team(cast: Cast, anna: User) -> None:
    client, address = signed_in("anna"), reverse("put_in_team", args=[cast.bo.ref])
    assert client.post(address, {"team": "Nord"}).status_code == 302
    assert "Team: Nord, siden" in client.get(reverse("user", args=[cast.bo.ref])).content.decode()
    form = client.get(address).content.decode()
    assert "Team her: Nord." in form
    assert client.post(address, {"team": "Nord"}).status_code == 422
    assert team_of(cast.bo, today()) == ["Nord"]
    assert client.get(reverse("put_in_team", args=[cast.dorte.ref])).status_code == 404
