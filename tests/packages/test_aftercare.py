"""Aftercare is extended with a reason, and taken up again as another agreement beside the first."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from jobpakke.history.models import Event
from jobpakke.lib.clock import today
from jobpakke.lib.refusal import Refused
from jobpakke.method.lengths import months_later
from jobpakke.packages.aftercare import care_of, with_aftercare
from jobpakke.packages.models import Aftercare, AftercareExtension, Job, JobPackage, Outcome
from jobpakke.packages.services import agree_aftercare, end_aftercare, end_package, extend_aftercare
from tests.builders import DAY, Cast, agreed
from tests.web.test_pages import client, text

pytestmark = pytest.mark.django_db
JOB = DAY + timedelta(days=10)
UNTIL = DAY + timedelta(days=200)
LATEST = months_later(JOB, 60)


@pytest.fixture
def package(cast: Cast) -> JobPackage:
    found = agreed(cast.bo, cast.her).package
    end_package(actor=cast.bo, package=found, ended_on=JOB, outcome=Outcome.ORDINARY_JOB, on=JOB)
    return found


@pytest.fixture
def care(cast: Cast, package: JobPackage) -> Aftercare:
    return agree_aftercare(actor=cast.bo, package=package, starts_on=JOB, ends_on=UNTIL, on=JOB)


def held(package: JobPackage, on: date) -> Aftercare | None:
    return care_of(with_aftercare(JobPackage.objects.filter(pk=package.pk), on=on).get())


def test_it_is_extended_and_the_day_before_stays(cast: Cast, package: JobPackage, care: Aftercare) -> None:
    on, later = JOB + timedelta(days=100), UNTIL + timedelta(days=60)
    extend_aftercare(actor=cast.bo, aftercare=care, ends_on=later, reason=" Nyt skift ", on=on)
    row = AftercareExtension.objects.get()
    assert (row.was_until, row.until, row.reason, row.extended_by) == (UNTIL, later, "Nyt skift", cast.bo)
    now, then = held(package, on), held(package, on - timedelta(days=1))
    assert now
    assert then
    assert (then.ends_on, now.ends_on) == (UNTIL, later)
    assert now.ref == care.ref
    event = Event.objects.get(kind="aftercare_extended")
    assert event.data == {"was_on": UNTIL.isoformat(), "until": later.isoformat()}
    extend_aftercare(actor=cast.bo, aftercare=care, ends_on=LATEST, reason="Til grænsen", on=on)
    assert held(package, on - timedelta(days=1)).ends_on == UNTIL  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"ends_on": UNTIL}, "AFTERCARE_NOT_LATER"),
        ({"ends_on": UNTIL - timedelta(days=1)}, "AFTERCARE_NOT_LATER"),
        ({"ends_on": LATEST + timedelta(days=1)}, "AFTERCARE_TOO_LONG"),
        ({"on": UNTIL}, "AFTERCARE_OVER"),
        ({"reason": " "}, "TEXT_NEEDED"),
    ],
)
def test_what_is_refused_of_an_extension(cast: Cast, care: Aftercare, changes: dict[str, Any], code: str) -> None:
    facts = {"ends_on": UNTIL + timedelta(days=9), "reason": "Behov", "on": JOB + timedelta(days=9), **changes}
    with pytest.raises(Refused, match=code):
        extend_aftercare(actor=cast.bo, aftercare=care, **facts)
    with pytest.raises(Refused, match="NOT_FOUND"):
        extend_aftercare(actor=cast.dorte, aftercare=care, **facts)
    assert not AftercareExtension.objects.exists()


def test_two_at_once_and_what_has_ended_is_not_extended(cast: Cast, care: Aftercare) -> None:
    older = Aftercare.objects.select_related("package__citizen").get(pk=care.pk)
    facts: dict[str, Any] = {"reason": "Behov", "on": JOB + timedelta(days=9)}
    extend_aftercare(actor=cast.bo, aftercare=care, ends_on=UNTIL + timedelta(days=9), **facts)
    with pytest.raises(Refused, match="CHANGED_MEANWHILE_BY_ANOTHER"):
        extend_aftercare(actor=cast.bo, aftercare=older, ends_on=UNTIL + timedelta(days=20), **facts)
    end_aftercare(actor=cast.bo, aftercare=care, ended_on=JOB + timedelta(days=8), on=JOB + timedelta(days=9))
    with pytest.raises(Refused, match="AFTERCARE_OVER"):
        extend_aftercare(actor=cast.bo, aftercare=care, ends_on=UNTIL + timedelta(days=20), **facts)


def test_it_is_taken_up_again_within_five_years_of_the_job(cast: Cast, package: JobPackage, care: Aftercare) -> None:
    ended, again = JOB + timedelta(days=50), JOB + timedelta(days=90)
    facts: dict[str, Any] = {"actor": cast.bo, "package": package, "on": again}
    with pytest.raises(Refused, match="AFTERCARE_AGREED_ALREADY"):
        agree_aftercare(starts_on=again, ends_on=UNTIL, **facts)
    end_aftercare(actor=cast.bo, aftercare=care, ended_on=ended, on=ended)
    with pytest.raises(Refused, match="AFTERCARE_TOO_LONG"):
        agree_aftercare(starts_on=again, ends_on=LATEST + timedelta(days=1), **facts)
    with pytest.raises(Refused, match="AFTERCARE_AGREED_ALREADY"):
        agree_aftercare(starts_on=ended - timedelta(days=1), ends_on=LATEST, **facts)
    second = agree_aftercare(starts_on=again, ends_on=LATEST, **facts)
    care.refresh_from_db()
    assert (care.number, care.ended_on, care.ends_on, second.number) == (1, ended, UNTIL, 2)
    first, now = held(package, ended), held(package, again)
    assert first
    assert now
    assert (first.ref, now.ref) == (care.ref, second.ref)
    assert held(package, JOB - timedelta(days=1)) is None
    assert Event.objects.filter(kind="aftercare_resumed", subject=second.ref).count() == 1


def test_the_limit_counts_from_the_jobs_first_day(cast: Cast, package: JobPackage) -> None:
    begins = JOB + timedelta(days=30)
    Job.objects.create(package=package, title="Kok", starts_on=begins)
    facts: dict[str, Any] = {"actor": cast.bo, "package": package, "starts_on": begins, "on": JOB}
    with pytest.raises(Refused, match="AFTERCARE_TOO_LONG"):
        agree_aftercare(ends_on=months_later(begins, 60) + timedelta(days=1), **facts)
    agree_aftercare(ends_on=months_later(begins, 60), **facts)


@pytest.fixture
def bo() -> Client:
    return client("bo")


def test_on_the_pages(cast: Cast, bo: Client) -> None:
    now = today()
    job = now - timedelta(days=100)
    package = agreed(cast.bo, cast.her, now - timedelta(days=120)).package
    end_package(actor=cast.bo, package=package, ended_on=job, outcome=Outcome.ORDINARY_JOB, on=job)
    end = now + timedelta(days=30)
    care = agree_aftercare(actor=cast.bo, package=package, starts_on=job, ends_on=end, on=job)
    url, extend = reverse("aftercare", args=[care.ref]), reverse("extend_aftercare", args=[care.ref])
    assert extend in text(bo.get(url))
    assert "Efterværnet kan vare indtil" in text(bo.get(extend))
    refused = bo.post(extend, {"day": end.isoformat(), "reason": "Nye vagter"})
    assert refused.status_code == 422
    assert "Vælg en senere dag" in text(refused)
    assert "Nye vagter" in text(refused)
    later = (end + timedelta(days=90)).isoformat()
    assert bo.post(extend, {"day": later, "reason": "Nye vagter"}).status_code == 302
    page = text(bo.get(url))
    assert "Forlænget" in page
    assert "Nye vagter" in page
    assert "Nye vagter" not in text(bo.get(url, {"on": (now - timedelta(days=1)).isoformat()}))
    stop = reverse("end_aftercare", args=[care.ref])
    assert bo.post(stop, {"day": (now - timedelta(days=3)).isoformat()}).status_code == 302
    again = reverse("agree_aftercare", args=[package.ref])
    assert again in text(bo.get(url))
    assert again in text(bo.get(reverse("citizen", args=[cast.her.ref])))
    data = {"starts_on": now.isoformat(), "day": (now + timedelta(days=200)).isoformat(), "weeks": ""}
    assert bo.post(again, data).status_code == 302
    second = Aftercare.objects.get(package=package, number=2)
    citizen = text(bo.get(reverse("citizen", args=[cast.her.ref])))
    assert reverse("aftercare", args=[second.ref]) in citizen
    assert "Tag efterværnet op igen" not in citizen
    assert "Andre aftaler om efterværn" in text(bo.get(url))
    history = text(bo.get(reverse("history", args=[cast.her.ref])))
    assert "blev taget op igen" in history
    assert "blev forlænget indtil" in history
