"""Pages of cases that change hands: nothing typed is lost, no protected name shown, other municipalities shut out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from jobpakke.access.models import Role, User
from jobpakke.citizens.models import CaseAssignment, CaseTransfer, Citizen, HandOver, OtherReason, StatusSpell
from jobpakke.lib.clock import today
from jobpakke.packages.models import JobPackage, Outcome, Party
from jobpakke.packages.services import make_commitment, reopen_plan, start_step
from tests.builders import Cast, agreed, citizen, user

pytestmark = pytest.mark.django_db


def client(name: str) -> Client:
    found = Client()
    found.force_login(User.objects.get(username=name))
    return found


def text(response: Any) -> str:
    return str(response.content.decode())


def of(giver: User) -> str:
    return f"{reverse('hand_over')}?fra={giver.ref}"


def test_a_team_leader_hands_over_some_all_and_the_protected_unseen(cast: Cast) -> None:
    hidden = citizen(cast.bo, cast.here, "Hemmelig", "640173-1004", protected=True)
    other = citizen(cast.bo, cast.here, "Olga", "650174-1005")
    tove, url = client("tove"), of(cast.bo)
    page = text(tove.get(url))
    assert "Asta Testesen" in page
    assert "Hemmelig" not in page
    assert "Også 1 beskyttet borger" in page
    data = {"whom": "chosen", "receiver": cast.erik.ref, "day": today().isoformat(), "note": "Ring først"}
    refused = tove.post(url, data)
    assert refused.status_code == 422
    assert "Ingen sag er valgt" in text(refused)
    assert "Ring først" in text(refused)
    past = {**data, "chosen": [cast.her.ref], "day": (today() - timedelta(days=1)).isoformat()}
    refused = tove.post(url, past)
    assert "er passeret" in text(refused)
    assert "checked" in text(refused).split("Asta Testesen")[0]
    done = tove.post(url, {**data, "chosen": [cast.her.ref]}, follow=True)
    assert "1 sag går til Erik" in text(done)
    assert not HandOver.objects.filter(citizen__in=[other, hidden]).exists()
    tove.post(url, {**data, "whom": "all", "hidden": "on"})
    held = CaseAssignment.objects.on(today()).filter(caseworker=cast.erik)
    assert {row.citizen for row in held} == {cast.her, cast.frode, other, hidden}
    again = tove.post(url, {**data, "chosen": [cast.her.ref]})
    assert "Nogen ændrede dette" in text(again) or again.status_code == 422


def test_a_caseworker_hands_over_own_cases_only(cast: Cast) -> None:
    page = text(client("bo").get(of(cast.erik)))
    assert "Overdrag dine sager" in page
    assert "Asta Testesen" in page
    assert "Frode" not in page
    data = {"whom": "chosen", "receiver": cast.erik.ref, "day": today().isoformat(), "chosen": [cast.frode.ref]}
    assert client("bo").post(of(cast.bo), data).status_code == 422
    assert client("tove").get(f"{reverse('hand_over')}?fra={cast.dorte.ref}").status_code == 404
    assert not HandOver.objects.exists()


def test_nobodys_protected_case_is_named_nowhere(cast: Cast) -> None:
    citizen(cast.bo, cast.here, "Hemmelig", "640173-1004", protected=None)
    User.objects.filter(pk=cast.bo.pk).update(is_active=False)
    tove = client("tove")
    for url in (reverse("today"), reverse("hand_over"), f"{reverse('hand_over')}?fra=ingen"):
        page = text(tove.get(url))
        assert "Hemmelig" not in page
    assert "En beskyttet borger" in text(tove.get(reverse("today")))
    data = {"whom": "all", "hidden": "on", "receiver": cast.erik.ref, "day": today().isoformat()}
    tove.post(f"{reverse('hand_over')}?fra=ingen", data)
    assert "Hemmelig" in text(client("erik").get(reverse("today")))
    assert "Ingen jobkonsulent" not in text(tove.get(reverse("today")))


def test_the_receiver_reads_and_acknowledges(cast: Cast) -> None:
    agreed(cast.bo, cast.her)
    data = {"whom": "all", "receiver": cast.erik.ref, "day": today().isoformat(), "note": "Ring <først>"}
    client("bo").post(of(cast.bo), data)
    row, erik = HandOver.objects.get(), client("erik")
    assert "Modtaget fra Bo" in text(erik.get(reverse("today")))
    assert "Sagen kom til dig fra Bo" in text(erik.get(reverse("citizen", args=[cast.her.ref])))
    url = reverse("received_case", args=[row.ref])
    page = text(erik.get(url))
    assert "Ring &lt;først&gt;" in page
    assert "Intet i gang" in page
    for stranger in ("bo", "dorte"):
        assert client(stranger).post(url).status_code == 404
    assert client("tove").post(url).status_code == 403
    erik.post(url)
    assert "Modtaget fra Bo" not in text(erik.get(reverse("today")))
    assert "Sagen blev overdraget fra Bo til Erik" in text(erik.get(reverse("history", args=[cast.her.ref])))


def test_moving_from_page_to_page(cast: Cast) -> None:
    user("tina", Role.TEAM_LEADER, cast.there)
    stairs = agreed(cast.bo, cast.her, today())
    start_step(actor=cast.bo, step=stairs.first.step, started_on=today(), on=today())
    url, bo, tina = reverse("transfer_case", args=[cast.her.ref]), client("bo"), client("tina")
    assert "Afklaring" in text(bo.get(url))
    data = {"receiver": "0580", "day": today().isoformat(), "ground": "consent", "note": "Flyttede til sin søn"}
    refused = bo.post(url, data)
    assert refused.status_code == 422
    assert "Flyttede til sin søn" in text(refused)
    assert bo.post(url, {**data, "end_steps": "on"}).status_code == 302
    assert "Sagen har været tilbudt Aabenraa" in text(bo.get(reverse("citizen", args=[cast.her.ref])))
    row = CaseTransfer.objects.get()
    assert tina.get(reverse("citizen", args=[cast.her.ref])).status_code == 404
    assert "Asta Testesen" in text(tina.get(reverse("today")))
    answer = reverse("accept_transfer", args=[row.ref])
    assert "Flyttede til sin søn" in text(tina.get(answer))
    assert client("tove").get(answer).status_code == 404
    tina.post(answer, {"caseworker": cast.dorte.ref})
    dorte = client("dorte")
    for name, ref in (("citizen", cast.her.ref), ("plan", stairs.version.ref), ("versions", stairs.package.ref)):
        assert dorte.get(reverse(name, args=[ref])).status_code == 200
        for former in ("bo", "tove"):
            assert client(former).get(reverse(name, args=[ref])).status_code == 404
    assert "Sagen kom til dig fra Bo" in text(dorte.get(reverse("citizen", args=[cast.her.ref])))
    assert bo.get(reverse("sent_case", args=[row.ref])).status_code == 404


def test_a_protected_citizen_is_offered_and_sent_back_without_a_name(cast: Cast) -> None:
    Citizen.objects.filter(pk=cast.gerda.pk).update(address_protected=None)
    data = {"receiver": "0751", "day": today().isoformat(), "ground": "act"}
    client("dorte").post(reverse("transfer_case", args=[cast.gerda.ref]), data)
    row, tove = CaseTransfer.objects.get(), client("tove")
    urls = [reverse("today"), reverse("offered_cases"), *(reverse(n, args=[row.ref]) for n in NAMES)]
    for url in urls:
        assert "Gerda" not in text(tove.get(url))
    tove.post(reverse("return_transfer", args=[row.ref]), {"reason": "Bor ikke her"})
    page = text(client("dorte").get(reverse("sent_case", args=[row.ref])))
    assert "Bor ikke her" in page
    assert "Bor ikke her" in text(tove.get(reverse("offered_cases")))


NAMES = ("accept_transfer", "return_transfer", "sent_case")


@pytest.mark.parametrize("outcome", list(Outcome))
@pytest.mark.parametrize("reason", [None, *OtherReason])
def test_every_outcome_and_reason_is_reached_by_the_form(
    cast: Cast, outcome: Outcome, reason: OtherReason | None
) -> None:
    stairs = agreed(cast.bo, cast.her, today())
    data = {"outcome": outcome, "day": today().isoformat(), "title": "Medhjælper", "reason": reason or ""}
    response = client("bo").post(reverse("conclude_package", args=[stairs.package.ref]), data)
    fits = (outcome == Outcome.OTHER) == (reason is not None)
    assert response.status_code == (302 if fits else 422)
    assert JobPackage.objects.get().outcome == (outcome if fits else "")
    if fits and reason:
        assert StatusSpell.objects.get().reason == reason


def test_what_the_end_settles_stands_on_the_page_before(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her, today())
    make_commitment(
        actor=cast.bo, package=stairs.package, party=Party.COMPANY, text="Kursus", due_on=today(), on=today()
    )
    reopen_plan(actor=cast.bo, package=stairs.package, on=today())
    url = reverse("conclude_package", args=[stairs.package.ref])
    page = text(client("bo").get(url))
    assert "Kladden til version 2 smides væk" in page
    assert "Tilsagnet står ved magt: Virksomheden, Kursus" in page
    data = {"outcome": "ordinary_job", "day": today().isoformat(), "title": "Kok", "hours": "38"}
    refused = client("bo").post(url, data)
    assert refused.status_code == 422
    assert "højst 37" in text(refused)
    later = (today() + timedelta(days=9)).isoformat()
    client("bo").post(url, {**data, "hours": "37", "employer": "Rederiet", "job_day": later})
    assert "Jobbet begynder om 9 dage" in text(client("bo").get(reverse("today")))
