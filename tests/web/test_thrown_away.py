"""Nobody throws away what somebody else has written since the page was opened."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from jobpakke.lib.clock import today
from jobpakke.method.step_kinds import EvidenceKind
from jobpakke.packages.models import PlannedStep, PlanVersion
from jobpakke.packages.services import add_sub_goal
from tests.builders import Cast, Stairs, draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def stairs(cast: Cast, client: Client) -> Stairs:
    client.force_login(cast.bo)
    return draft(cast.bo, cast.her, today())


def write_meanwhile(cast: Cast, stairs: Stairs) -> None:
    row = PlannedStep.objects.get(pk=stairs.second.pk)
    add_sub_goal(actor=cast.bo, planned=row, title="Nyt delmål", evidence_kind=EvidenceKind.STATEMENT, on=today())


def test_a_step_that_somebody_else_has_changed_is_not_removed(cast: Cast, stairs: Stairs, client: Client) -> None:
    url = reverse("arrange_step", args=[stairs.second.ref])
    seen = PlannedStep.objects.get(pk=stairs.second.pk).edits
    assert f'name="seen" value="{seen}"' in client.get(reverse("plan", args=[stairs.version.ref])).content.decode()
    write_meanwhile(cast, stairs)
    for old in ({"seen": seen}, {}, {"seen": "9" * 40}):
        answer = client.post(url, {"act": "remove", **old}, follow=True)
        assert "Nyt delmål" in answer.content.decode()
        assert "En anden har ændret" in answer.content.decode()
    newest = PlannedStep.objects.get(pk=stairs.second.pk).edits
    assert client.post(url, {"act": "remove", "seen": newest}).status_code == 302
    assert not PlannedStep.objects.filter(pk=stairs.second.pk).exists()


def test_a_draft_that_somebody_else_has_changed_is_not_thrown_away(cast: Cast, stairs: Stairs, client: Client) -> None:
    url = reverse("discard_draft", args=[stairs.version.ref])
    seen = client.get(url).context["form"].initial["seen"]
    write_meanwhile(cast, stairs)
    assert client.post(url, {"seen": seen}).status_code == 422
    assert PlanVersion.objects.filter(pk=stairs.version.pk).exists()
    newest = client.get(url).context["form"].initial["seen"]
    assert client.post(url, {"seen": newest}).status_code == 302
    assert not PlanVersion.objects.filter(pk=stairs.version.pk).exists()
