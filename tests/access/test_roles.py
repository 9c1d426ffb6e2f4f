"""Roles begin and end on a day; a lost password is replaced; nobody locks themselves or another municipality out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from jobpakke.access.models import Membership, Role, User
from jobpakke.access.policies import Act, may
from jobpakke.access.services import UserRefusal, add_user, end_role, give_role, replace_password
from jobpakke.history.models import Event
from jobpakke.lib.clock import today
from jobpakke.lib.refusal import Refused
from tests.builders import DAY, Cast

pytestmark = pytest.mark.django_db
NEW = "et-langt-nyt-kodeord-9"


@pytest.fixture
def anna(cast: Cast) -> User:
    return User.objects.get(username="anna")


def signed_in(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=name))
    return client


def test_a_role_holds_until_the_day_it_ends_and_no_longer(cast: Cast, anna: User) -> None:
    last = today()
    end_role(actor=anna, user=cast.bo, role=Role.CASEWORKER, municipality=cast.here, on=last)
    assert may(cast.bo, Act.WORK_CASES, cast.her, on=last - timedelta(days=1))
    assert not may(cast.bo, Act.WORK_CASES, cast.her, on=last)
    assert Event.objects.filter(kind="role_ended", about=cast.bo.ref, actor=anna.ref).count() == 1
    assert Membership.objects.filter(user=cast.bo, superseded_at__isnull=False).count() == 1


def test_an_ended_role_can_be_given_again(cast: Cast, anna: User) -> None:
    on = today()
    end_role(actor=anna, user=cast.bo, role=Role.CASEWORKER, municipality=cast.here, on=on)
    give_role(actor=anna, user=cast.bo, role=Role.CASEWORKER, municipality=cast.here, on=on)
    assert may(cast.bo, Act.WORK_CASES, cast.her, on=on)


def test_a_role_that_is_not_held_cannot_end(cast: Cast, anna: User) -> None:
    with pytest.raises(Refused, match=UserRefusal.ROLE_NOT_HELD):
        end_role(actor=anna, user=cast.bo, role=Role.DPO, municipality=cast.here, on=today())


def test_an_administrator_cannot_take_the_role_from_themselves(cast: Cast, anna: User) -> None:
    with pytest.raises(Refused, match=UserRefusal.ROLE_OF_ONESELF):
        end_role(actor=anna, user=anna, role=Role.ADMIN, municipality=cast.here, on=today())
    answer = signed_in("anna").post(reverse("end_role", args=[anna.ref]), {"role": "admin"})
    assert answer.status_code == 422
    assert "Bed en anden administrator" in answer.content.decode()


def test_another_municipality_is_out_of_reach(cast: Cast, anna: User) -> None:
    on = today()
    with pytest.raises(Refused, match="ROLE_LACKS_ACT"):
        end_role(actor=anna, user=cast.dorte, role=Role.CASEWORKER, municipality=cast.there, on=on)
    with pytest.raises(Refused, match="ROLE_LACKS_ACT"):
        give_role(actor=anna, user=cast.dorte, role=Role.ADMIN, municipality=cast.there, on=on)
    with pytest.raises(Refused, match="NOT_FOUND"):
        replace_password(actor=anna, user=cast.dorte, password=NEW, municipality=cast.here, on=on)
    for name in ("user", "give_role", "end_role", "replace_password"):
        assert signed_in("anna").get(reverse(name, args=[cast.dorte.ref])).status_code == 404


def test_the_pages_show_what_was_done(cast: Cast, anna: User) -> None:
    client = signed_in("anna")
    shown = reverse("user", args=[cast.bo.ref])
    assert f"siden {DAY.year}" not in client.get(shown).content.decode()
    assert client.post(reverse("give_role", args=[cast.bo.ref]), {"role": "team_leader"}).status_code == 302
    assert "Teamleder siden" in client.get(shown).content.decode()
    assert client.post(reverse("end_role", args=[cast.bo.ref]), {"role": "caseworker"}).status_code == 302
    page = client.get(shown).content.decode()
    assert "Tidligere roller" in page
    assert page.index("Teamleder siden") < page.index("Tidligere roller") < page.index("Jobkonsulent fra")


def test_a_new_password_works_at_once_and_ends_old_sessions(cast: Cast, anna: User) -> None:
    cast.bo.set_password("det-gamle-kodeord-1")
    cast.bo.save()
    old = Client()
    old.force_login(cast.bo)
    assert old.get(reverse("today")).status_code == 200
    address = reverse("replace_password", args=[cast.bo.ref])
    weak = signed_in("anna").post(address, {"password": "12345"})
    assert weak.status_code == 422
    assert "12345" not in weak.content.decode()
    assert signed_in("anna").post(address, {"password": NEW}).status_code == 302
    assert old.get(reverse("today")).status_code == 302
    assert User.objects.get(pk=cast.bo.pk).check_password(NEW)
    assert Event.objects.filter(kind="password_replaced", about=cast.bo.ref).count() == 1


def test_a_user_has_a_name_of_their_own_that_can_be_typed_and_a_password_that_is_not_guessed(
    cast: Cast, anna: User
) -> None:
    def added(username: str, password: str = NEW) -> None:
        add_user(
            actor=anna,
            username=username,
            full_name="Kim Kofoed",
            password=password,
            role=Role.CASEWORKER,
            municipality=cast.here,
            on=DAY,
        )

    for wrong in ("kim@kommunen", "kim kofoed", "kåre"):
        with pytest.raises(Refused, match="USERNAME_WRONG"):
            added(wrong)
    with pytest.raises(Refused, match="USERNAME_TAKEN"):
        added("bo")
    for weak in ("password1234", "928374651029384756", "kim-kofoed"):
        with pytest.raises(Refused, match="PASSWORD_WEAK"):
            added("kim", weak)
    assert not User.objects.filter(full_name="Kim Kofoed").exists()


def test_a_role_is_held_once(cast: Cast, anna: User) -> None:
    with pytest.raises(Refused, match="ROLE_HELD_ALREADY"):
        give_role(actor=anna, user=cast.bo, role=Role.CASEWORKER, municipality=cast.here, on=today())
    assert Membership.objects.filter(user=cast.bo).count() == 1
