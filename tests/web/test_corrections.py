"""The pages on which one says that something was agreed on paper, or was recorded wrongly."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from jobpakke.lib.clock import today
from jobpakke.packages.models import EndReason, JobPackage, Outcome, PlanVersion, Step
from jobpakke.packages.services import agree_aftercare, end_package, end_step, extend_aftercare, start_step
from tests.builders import Cast, Stairs, agreed, draft

pytestmark = pytest.mark.django_db
AGO = timedelta(days=30)


@pytest.fixture
def bo(client: Client, cast: Cast) -> Client:
    client.force_login(cast.bo)
    return client


@pytest.fixture
def stairs(cast: Cast) -> Stairs:
    found = agreed(cast.bo, cast.her, today() - AGO)
    began = today() - timedelta(days=20)
    start_step(actor=cast.bo, step=found.first.step, started_on=began, on=began)
    return found


def test_the_first_day_of_a_step_is_corrected_from_the_staircase(bo: Client, cast: Cast, stairs: Stairs) -> None:
    step = stairs.first.step
    url = reverse("correct_step", args=[step.ref])
    assert url in bo.get(reverse("citizen", args=[cast.her.ref])).content.decode()
    shown = bo.get(url).content.decode()
    assert "Den første dag er en anden" in shown
    assert "Det er ikke begyndt" in shown
    assert "Det er ikke opfyldt" not in shown
    missing = bo.post(url, {"what": "start", "because": "mistyped"})
    assert (missing.status_code, "Skriv den rigtige dag" in missing.content.decode()) == (422, True)
    early = bo.post(url, {"what": "start", "day": today() - 2 * AGO, "because": "mistyped"})
    assert early.status_code == 422
    right = today() - timedelta(days=18)
    assert bo.post(url, {"what": "start", "day": right, "because": "mistyped"}).status_code == 302
    assert Step.objects.get(pk=step.pk).started_on == right
    told = bo.get(reverse("history", args=[cast.her.ref])).content.decode()
    assert "Første dag i “Afklaring” blev rettet; der stod" in told
    assert "en tastefejl" in told
    assert bo.post(url, {"what": "no_start", "because": "never_happened"}).status_code == 302
    assert "Det er ikke registreret som begyndt" in bo.get(url).content.decode()


def test_a_last_day_and_an_end_that_was_none(bo: Client, cast: Cast, stairs: Stairs) -> None:
    step = stairs.first.step
    over = today() - timedelta(days=5)
    end_step(actor=cast.bo, step=step, ended_on=over, reason=EndReason.ABSENCE, on=over)
    url = reverse("correct_step", args=[step.ref])
    assert "Det er ikke sluttet" in bo.get(url).content.decode()
    assert bo.post(url, {"what": "end", "day": today(), "because": "told_wrong"}).status_code == 302
    assert Step.objects.get(pk=step.pk).ended_on == today()
    assert bo.post(url, {"what": "no_end", "because": "elsewhere"}).status_code == 302
    assert Step.objects.get(pk=step.pk).ended_on is None


def test_the_end_of_a_package_is_undone_from_the_citizens_page(bo: Client, cast: Cast) -> None:
    package = agreed(cast.bo, cast.her, today() - AGO).package
    end_package(actor=cast.bo, package=package, ended_on=today(), outcome=Outcome.NO_JOB, on=today())
    url = reverse("undo_package_end", args=[package.ref])
    assert url in bo.get(reverse("citizen", args=[cast.her.ref])).content.decode()
    assert bo.post(url, {"because": "mistyped"}).status_code == 302
    assert JobPackage.objects.get(pk=package.pk).ended_on is None


def test_an_end_whose_aftercare_was_extended_stays(bo: Client, cast: Cast) -> None:
    package = agreed(cast.bo, cast.her, today() - AGO).package
    end_package(actor=cast.bo, package=package, ended_on=today(), outcome=Outcome.ORDINARY_JOB, on=today())
    until = today() + timedelta(days=90)
    care = agree_aftercare(actor=cast.bo, package=package, starts_on=today(), ends_on=until, on=today())
    later = until + timedelta(days=30)
    extend_aftercare(actor=cast.bo, aftercare=care, ends_on=later, reason="Nye vagter", on=today())
    refused = bo.post(reverse("undo_package_end", args=[package.ref]), {"because": "mistyped"})
    assert (refused.status_code, "blev forlænget" in refused.content.decode()) == (422, True)
    assert JobPackage.objects.get(pk=package.pk).ended_on == today()


def test_a_draft_that_lay_on_paper(bo: Client, cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her, today())
    url, plan = reverse("tell_paper", args=[stairs.version.ref]), reverse("plan", args=[stairs.version.ref])
    assert url in bo.get(plan).content.decode()
    silent = bo.post(url, {"day": today() - AGO, "late": ""})
    assert (silent.status_code, "Vælg, hvorfor" in silent.content.decode()) == (422, True)
    assert bo.post(url, {"day": today() - AGO, "late": "no_system"}).status_code == 302
    assert "På papir siden" in bo.get(plan).content.decode()
    assert "tæller som foreslået" in bo.get(reverse("propose_plan", args=[stairs.version.ref])).content.decode()
    seen = PlanVersion.objects.get().edits
    assert bo.post(reverse("propose_plan", args=[stairs.version.ref]), {"seen": seen}).status_code == 302
    assert PlanVersion.objects.get().proposed_on == today() - AGO
    approving = bo.get(reverse("approve_plan", args=[stairs.version.ref]) + "?part=citizen").content.decode()
    assert f'value="{today() - AGO}"' in approving
