"""An ended package is locked some years after it, its aftercare and its registration are over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from jobpakke.lib.clock import today
from jobpakke.lib.refusal import Refused
from jobpakke.method.lengths import months_later
from jobpakke.method.rulebook import Limit, Severity
from jobpakke.packages.models import CorrectionReason, JobPackage, Outcome, Party
from jobpakke.packages.retention import locked_since
from jobpakke.packages.services import (
    agree_aftercare,
    end_package,
    make_commitment,
    override_rule,
    settle_commitment,
    undo_package_end,
)
from tests.builders import DAY as FIRST
from tests.builders import Cast, agreed

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def ended(cast: Cast) -> JobPackage:
    """A package with a promise, ended today."""
    package = agreed(cast.bo, cast.her, today()).package
    make_commitment(actor=cast.bo, package=package, party=Party.COMPANY, text="Kursus", due_on=today(), on=today())
    end_package(actor=cast.bo, package=package, outcome=Outcome.ORDINARY_JOB, ended_on=today(), on=today())
    package.refresh_from_db()
    return package


def test_locked_from_the_day_five_years_after(cast: Cast, ended: JobPackage) -> None:
    locked = months_later(today(), 60)
    assert locked_since(ended, on=locked - DAY) is None
    assert locked_since(ended, on=locked) == locked_since(ended, on=locked + DAY) == locked
    promise = ended.commitments.get()
    for on in (locked, locked + DAY):
        with pytest.raises(Refused, match="PACKAGE_LOCKED"):
            settle_commitment(actor=cast.bo, commitment=promise, kept=True, settled_on=today(), on=on)
        with pytest.raises(Refused, match="PACKAGE_LOCKED"):
            undo_package_end(actor=cast.bo, package=ended, because=CorrectionReason.MISTYPED, on=on)
    settle_commitment(actor=cast.bo, commitment=promise, kept=True, settled_on=today(), on=locked - DAY)


def test_the_time_runs_from_the_end_of_the_aftercare(cast: Cast, ended: JobPackage) -> None:
    until = today() + timedelta(days=300)
    agree_aftercare(actor=cast.bo, package=ended, starts_on=today(), ends_on=until, on=today())
    locked = months_later(until, 60)
    assert locked_since(ended, on=locked - DAY) is None
    assert locked_since(ended, on=locked) == locked


def test_the_time_runs_from_the_registration_of_what_was_registered_late(cast: Cast) -> None:
    package = agreed(cast.bo, cast.her, FIRST).package
    end_package(actor=cast.bo, package=package, outcome=Outcome.ORDINARY_JOB, ended_on=FIRST + DAY, on=today())
    package.refresh_from_db()
    locked = months_later(today(), 60)
    assert months_later(FIRST + DAY, 60) < locked
    assert locked_since(package, on=locked - DAY) is None
    assert locked_since(package, on=locked) == locked
    undo_package_end(actor=cast.bo, package=package, because=CorrectionReason.MISTYPED, on=today())
    assert locked_since(package, on=locked) is None


def test_a_municipalitys_own_time_counts(cast: Cast, ended: JobPackage) -> None:
    override_rule(
        actor=cast.anna,
        municipality=cast.here,
        limit=Limit.RETENTION,
        values={"years": 2},
        severity=Severity.STOP,
        starts_on=today(),
        reason="Egen politik",
        on=today(),
    )
    locked = months_later(today(), 24)
    assert locked_since(ended, on=locked - DAY) is None
    assert locked_since(ended, on=locked) == locked


def test_the_page_of_a_locked_package_says_so_and_offers_no_act(
    cast: Cast, ended: JobPackage, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(cast.bo)
    acts = (reverse("undo_package_end", args=[ended.ref]), reverse("agree_aftercare", args=[ended.ref]))

    def shown() -> tuple[bool, list[bool]]:
        text = client.get(reverse("citizen", args=[cast.her.ref])).content.decode()
        return "Låst siden" in text, [act in text for act in acts]

    assert shown() == (False, [True, True])
    monkeypatch.setattr("jobpakke.packages.retention.months_later", lambda day, _months: day)
    assert shown() == (True, [False, False])
    refused = client.post(acts[0], {"because": CorrectionReason.MISTYPED})
    assert refused.status_code == 422
    assert "låst siden" in refused.content.decode()
