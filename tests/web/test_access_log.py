"""The log of look-ups: lists are in it, a protected name is not, and one citizen's look-ups can be told apart."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from jobpakke.access.models import AccessLog, User
from tests.builders import Cast, citizen

pytestmark = pytest.mark.django_db


def page(who: str, url: str) -> str:
    client = Client()
    client.force_login(User.objects.get(username=who))
    return str(client.get(url).content.decode())


@pytest.mark.parametrize(("name", "who"), [("citizens", "bo"), ("today", "bo"), ("hand_over", "bo")])
def test_everybody_named_in_a_list_is_logged_once(cast: Cast, name: str, who: str) -> None:
    hidden = citizen(cast.bo, cast.here, "Hemmelig", "640173-1004", protected=True)
    assert "Testesen" in page(who, reverse(name))
    logged = AccessLog.objects.filter(page=name, user__username=who)
    assert set(logged.values_list("citizen", flat=True)) >= {cast.her.ref, hidden.ref}
    assert len(set(logged.values_list("citizen", flat=True))) == logged.count()


def test_who_is_not_named_is_not_logged(cast: Cast) -> None:
    hidden = citizen(cast.bo, cast.here, "Hemmelig", "640173-1004", protected=True)
    assert "Hemmelig" not in page("tove", reverse("citizens"))
    assert not AccessLog.objects.filter(citizen=hidden.ref).exists()
    assert AccessLog.objects.filter(citizen=cast.her.ref, user=cast.tove, page="citizens").exists()


def test_the_log_names_no_protected_citizen_and_tells_them_apart(cast: Cast) -> None:
    hidden = citizen(cast.bo, cast.here, "Hemmelig", "640173-1004", protected=True)
    for each in (hidden, cast.her):
        page("bo", reverse("citizen", args=[each.ref]))
    log = page("dan", reverse("access_log"))
    assert "Hemmelig" not in log
    assert f"Beskyttet borger {str(hidden.ref)[-6:]}" in log
    assert "Asta Testesen" in log


def test_the_log_of_one_citizen_has_the_lists_and_of_all_has_them_when_asked(cast: Cast) -> None:
    page("bo", reverse("citizens"))
    page("bo", reverse("citizen", args=[cast.her.ref]))
    page("erik", reverse("citizens"))
    url = reverse("access_log")
    assert "Listen over borgere" not in page("dan", url)
    assert "Listen over borgere" in page("dan", f"{url}?lister=1")
    hers = page("dan", f"{url}?borger={cast.her.ref}&lister=1")
    assert "Kun om Asta Testesen" in hers
    assert "Frode" not in hers
    bos = page("dan", f"{url}?bruger={cast.bo.ref}&lister=1")
    assert "Kun af Bo" in bos
    assert "Erik" not in bos.split("<tbody>")[1]
    assert "Ingen har slået op" in page("dan", f"{url}?borger={cast.erik.ref}")
    assert "Kun" not in page("dan", f"{url}?borger=ingen").split("<tbody>")[0].split("<h1>")[1]
