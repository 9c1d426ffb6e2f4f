"""The pages of frozen follow-ups: freezing, reading, comparing, as known on an earlier day."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jobpakke.access.models import Role, User
from jobpakke.citizens.models import Status, StatusSpell
from jobpakke.citizens.services import correct_status, record_status
from jobpakke.citizens.services.status import StatusFacts
from jobpakke.followup.models import FollowUp
from jobpakke.followup.services import freeze_follow_up
from jobpakke.history.guards import remove
from jobpakke.lib.clock import today
from jobpakke.packages.models import Programme
from jobpakke.packages.services import open_programme
from tests.builders import DAY, Cast, agreed, user

pytestmark = pytest.mark.django_db
WORDS = {"day": DAY.isoformat(), "note": "Til notatet"}


@pytest.fixture
def programme(cast: Cast) -> Programme:
    found = open_programme(
        actor=None, code="P", name="P", starts_on=DAY, ends_on=None, targets=[(cast.here, 3)], on=DAY
    )
    agreed(cast.bo, cast.her, DAY, found)
    return found


@pytest.fixture
def frozen(cast: Cast, programme: Programme) -> FollowUp:
    return freeze_follow_up(actor=cast.finn, programme=programme, cut_off_on=DAY, on=today(), note="Til notatet")


def client(name: str) -> Client:
    found = Client()
    found.force_login(User.objects.get(username=name))
    return found


def text(response: Any) -> str:
    return str(response.content.decode())


def test_freezing_leads_to_what_was_frozen(cast: Cast, programme: Programme) -> None:
    finn = client("finn")
    empty = text(finn.get(reverse("frozen_follow_ups")))
    assert "Ingen endnu" in empty
    assert reverse("freeze_follow_up") in empty
    assert "Den dækker: Århus." in text(finn.get(reverse("freeze_follow_up") + f"?programme=P&on={DAY}"))
    response = finn.post(reverse("freeze_follow_up") + "?programme=P", WORDS, follow=True)
    made = FollowUp.objects.get()
    shown = text(response)
    assert response.redirect_chain == [(reverse("frozen_follow_up", args=[made.ref]), 302)]
    for words in ("Opfølgningen er frosset.", made.sha256, "Til notatet", "2. marts 2026", "af Finn", "Århus"):
        assert words in shown
    assert str(made.ref) in text(finn.get(reverse("frozen_follow_ups")))


def test_a_day_ahead_is_refused_and_nothing_typed_is_lost(cast: Cast, programme: Programme) -> None:
    ahead = today() + timedelta(days=1)
    response = client("finn").post(reverse("freeze_follow_up"), {**WORDS, "day": ahead.isoformat()})
    assert response.status_code == 422
    assert "ligger ude i fremtiden" in text(response)
    assert "Til notatet" in text(response)
    assert not FollowUp.objects.exists()


def test_a_team_leader_reads_and_does_not_freeze(cast: Cast, frozen: FollowUp) -> None:
    tove = client("tove")
    assert reverse("freeze_follow_up") not in text(tove.get(reverse("frozen_follow_ups")))
    assert tove.post(reverse("freeze_follow_up"), WORDS).status_code == 403
    assert tove.get(reverse("frozen_follow_up", args=[frozen.ref])).status_code == 200


def test_the_bytes_are_given_out_as_they_are_and_hold_no_citizen(cast: Cast, frozen: FollowUp) -> None:
    response = client("finn").get(reverse("frozen_follow_up_download", args=[frozen.ref]))
    assert response.content == bytes(frozen.content)
    assert hashlib.sha256(response.content).hexdigest() == frozen.sha256
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Content-Disposition"] == 'attachment; filename="p-frosset-2026-03-02.json"'


def test_no_page_shows_where_one_citizen_counts(cast: Cast, frozen: FollowUp) -> None:
    finn = client("finn")
    pages = [
        reverse("frozen_follow_ups"),
        reverse("frozen_follow_up", args=[frozen.ref]),
        reverse("frozen_follow_up_download", args=[frozen.ref]),
        reverse("compare_follow_ups") + f"?before={frozen.ref}&after=now",
        reverse("follow_up_known") + f"?known={today()}",
    ]
    package = cast.her.packages.get()
    for page in pages:
        for secret in (cast.her.ref, package.ref, cast.her.given_name, cast.her.family_name):
            assert str(secret) not in text(finn.get(page)), page


def test_a_follow_up_elsewhere_is_not_found(cast: Cast, frozen: FollowUp) -> None:
    """vera evaluates another municipality, with a follow-up of her own."""
    vera = user("vera", Role.EVALUATOR, cast.there)
    other = open_programme(
        actor=None, code="Q", name="Q", starts_on=DAY, ends_on=None, targets=[(cast.there, 1)], on=DAY
    )
    own = freeze_follow_up(actor=vera, programme=other, cut_off_on=DAY, on=today())
    hers = client("vera")
    assert hers.get(reverse("frozen_follow_up", args=[own.ref])).status_code == 200
    for name in ("frozen_follow_up", "frozen_follow_up_download"):
        assert hers.get(reverse(name, args=[frozen.ref])).status_code == 404
    compare = reverse("compare_follow_ups")
    for asked in (f"?before={frozen.ref}", f"?before={own.ref}&after={frozen.ref}", "?before=x", "?programme=P"):
        assert hers.get(compare + asked).status_code == 404, asked
    assert hers.get(reverse("frozen_follow_ups") + "?programme=P").status_code == 404
    assert hers.get(reverse("follow_up_known") + "?programme=P").status_code == 404


def test_what_was_tampered_with_is_not_shown(cast: Cast, frozen: FollowUp) -> None:
    remove(connection)
    FollowUp.objects.filter(pk=frozen.pk).update(note="Pænere")
    finn = client("finn")
    pages = (
        reverse("frozen_follow_up", args=[frozen.ref]),
        reverse("frozen_follow_up_download", args=[frozen.ref]),
        reverse("compare_follow_ups") + f"?before={frozen.ref}&after=now",
    )
    for page in pages:
        response = finn.get(page)
        assert response.status_code == 409
        assert "ikke længere, som den blev frosset" in text(response)
        assert frozen.sha256 in text(response)


def test_comparing_says_each_difference_with_its_reason(cast: Cast, frozen: FollowUp) -> None:
    finn, compare = client("finn"), reverse("compare_follow_ups")
    assert str(frozen.ref) in text(finn.get(compare))
    with_now = f"{compare}?before={frozen.ref}&after=now"
    assert "Ingen forskel: De to siger det samme" in text(finn.get(with_now))
    record_status(actor=cast.bo, citizen=cast.her, facts=StatusFacts(Status.FLEX_JOB, DAY), on=DAY)
    shown = text(finn.get(with_now))
    assert "Ingen forskel" not in shown
    assert "Senere registrering" in shown
    for cells in ("<td>0</td><td>1</td><td><strong>+1</strong></td><td>–</td><td>+1</td><td>–</td>",):
        assert cells in "".join(line.strip() for line in shown.splitlines())
    second = freeze_follow_up(actor=cast.finn, programme=frozen.programme, cut_off_on=DAY, on=today())
    spell = StatusSpell.objects.current().get(citizen=cast.her)
    correct_status(actor=cast.bo, spell=spell, facts=StatusFacts(Status.ORDINARY_JOB, DAY), on=DAY)
    corrected = "".join(
        line.strip() for line in text(finn.get(f"{compare}?before={second.ref}&after=now")).splitlines()
    )
    assert '<td class="tekst">Rettet oplysning</td><td>1</td>' in corrected
    either_way = [
        finn.get(f"{compare}?before={one}&after={other}")
        for one, other in ((frozen.ref, second.ref), (second.ref, frozen.ref))
    ]
    assert len({text(page).partition("<h2>")[2] for page in either_way}) == 1
    rows = finn.get(f"{compare}?before={frozen.ref}&after={second.ref}&format=json").json()
    assert {row["table"] for row in rows} == {"status", "packages"}
    assert sum(row["difference"] for row in rows if row["table"] == "status") == 0
    assert finn.get(f"{compare}?before={frozen.ref}&after={second.ref}&format=exe").status_code == 404
    assert "den samme opfølgning" in text(finn.get(f"{compare}?before={second.ref}&after={second.ref}"))


def test_two_programmes_are_not_compared(cast: Cast, frozen: FollowUp) -> None:
    other = open_programme(
        actor=None, code="Q", name="Q", starts_on=DAY, ends_on=None, targets=[(cast.here, 1)], on=DAY
    )
    second = freeze_follow_up(actor=cast.finn, programme=other, cut_off_on=DAY, on=today())
    page = client("finn").get(reverse("compare_follow_ups") + f"?before={frozen.ref}&after={second.ref}")
    assert "hvert sit projekt" in text(page)


def test_as_known_on_a_day_before_anything_was_recorded_says_so(cast: Cast, programme: Programme) -> None:
    finn, known = client("finn"), reverse("follow_up_known")
    early = text(finn.get(f"{known}?programme=P&on={DAY}&known={today() - timedelta(days=1)}"))
    assert "var intet af dette projekt registreret her" in early
    assert "<caption>" not in early
    late = text(finn.get(f"{known}?programme=P&on={DAY}&known={today()}"))
    assert "som det var kendt den" in late
    assert late.count("<caption>") == 2
    open_programme(actor=None, code="Q", name="Q", starts_on=DAY, ends_on=None, targets=[(cast.here, 1)], on=DAY)
    assert "registreret her endnu" in text(finn.get(f"{known}?programme=Q"))


def test_without_a_programme_the_pages_say_what_will_be_here(cast: Cast) -> None:
    finn = client("finn")
    for name in ("frozen_follow_ups", "compare_follow_ups", "follow_up_known"):
        assert "Ingen af dine kommuner" in text(finn.get(reverse(name)))
    assert finn.get(reverse("freeze_follow_up")).status_code == 404


def test_the_pages_take_the_same_few_queries_for_two_and_for_many(cast: Cast, frozen: FollowUp) -> None:
    finn = client("finn")
    before, second = (
        frozen,
        freeze_follow_up(actor=cast.finn, programme=frozen.programme, cut_off_on=DAY + timedelta(days=1), on=today()),
    )
    pages: tuple[Callable[[], str], ...] = (
        lambda: reverse("frozen_follow_ups"),
        lambda: reverse("frozen_follow_up", args=[before.ref]),
        lambda: reverse("freeze_follow_up"),
        lambda: reverse("compare_follow_ups") + f"?before={before.ref}&after={second.ref}",
        lambda: reverse("compare_follow_ups") + f"?before={before.ref}&after=now",
        lambda: reverse("follow_up_known") + f"?known={today()}",
    )

    def asked() -> list[int]:
        found = []
        for page in pages:
            with CaptureQueriesContext(connection) as queries:
                assert finn.get(page()).status_code == 200
            found.append(len(queries))
        return found

    record_status(actor=cast.bo, citizen=cast.her, facts=StatusFacts(Status.FLEX_JOB, DAY), on=DAY)
    few = asked()
    agreed(cast.erik, cast.frode, DAY, frozen.programme)
    for day in range(60):
        freeze_follow_up(
            actor=cast.finn,
            programme=frozen.programme,
            cut_off_on=DAY + timedelta(days=day),
            on=today(),
            note="x" * 900,
        )
    assert asked() == few
    assert max(few) <= 12, few
