"""Signed copies on the pages: filed, opened, withdrawn, removed; and what is too much to send."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from jobpakke.access.models import AccessLog
from jobpakke.lib.clock import today
from jobpakke.packages.models import Party, PlanVersion, SealedBytes, SignedCopy
from jobpakke.packages.sealing import seal
from jobpakke.packages.services import propose_plan
from jobpakke.web.sentences import SENTENCES
from tests.builders import Cast, draft
from tests.packages.papers import pdf, with_script

pytestmark = pytest.mark.django_db


def upload(content: bytes = b"", name: str = "Asta 010170-1234.exe") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or pdf(), "text/html")


@pytest.fixture
def version(cast: Cast) -> PlanVersion:
    stairs = draft(cast.bo, cast.her, today())
    propose_plan(actor=cast.bo, version=stairs.version, on=today())
    return stairs.version


@pytest.fixture
def bo(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.bo)
    return client


def form(**changes: Any) -> dict[str, Any]:
    return {"scan": upload(), "parties": ["citizen"], "day": today().isoformat(), **changes}


def test_a_copy_is_filed_opened_withdrawn_and_removed(bo: Client, version: PlanVersion) -> None:
    url = reverse("signed_copies", args=[version.ref])
    assert bo.post(url, form()).headers["Location"] == url
    copy = SignedCopy.objects.get()
    assert copy.file_name == "Asta.pdf"
    answer = bo.get(reverse("signed_copy", args=[copy.ref]))
    assert answer.content == pdf()
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="underskrevet-version-1.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert AccessLog.objects.filter(page="signed_copy").count() == 1
    assert bo.post(reverse("withdraw_signed_copy", args=[copy.ref]), {"reason": "Det forkerte ark"}).status_code == 302
    page = bo.get(url).content.decode()
    assert "Det forkerte ark" in page
    assert "Trukket tilbage" in page
    assert bo.post(reverse("wipe_signed_copy", args=[copy.ref]), {"reason": "En andens papir"}).status_code == 302
    assert bo.get(reverse("signed_copy", args=[copy.ref])).status_code == 404
    assert "En andens papir" in bo.get(url).content.decode()


def test_a_refusal_says_why_and_keeps_what_was_chosen(bo: Client, version: PlanVersion) -> None:
    url = reverse("signed_copies", args=[version.ref])
    answer = bo.post(url, form(scan=upload(with_script()), parties=["company"]))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "rummer et program" in page
    assert 'value="company" checked' in page
    assert bo.post(url, form(parties=[])).status_code == 422
    assert bo.post(url, {}).status_code == 422
    assert not SignedCopy.objects.exists()


def test_only_the_own_caseworker_files(cast: Cast, version: PlanVersion) -> None:
    for person, status in ((cast.tove, 403), (cast.erik, 404), (cast.dorte, 404)):
        client = Client()
        client.force_login(person)
        assert client.post(reverse("signed_copies", args=[version.ref]), form()).status_code == status
    assert not SignedCopy.objects.exists()


def test_a_yes_on_paper_takes_its_scan_along_and_the_plan_shows_it(bo: Client, version: PlanVersion) -> None:
    url = reverse("approve_plan", args=[version.ref]) + "?part=citizen"
    data = {"day": today().isoformat(), "how": "said_at_meeting", "scan": upload()}
    answer = bo.post(url, data)
    assert answer.status_code == 422
    assert "underskrevet på papir" in answer.content.decode()
    assert not version.approvals.exists()
    assert bo.post(url, {**data, "how": "signed_on_paper", "scan": upload()}).status_code == 302
    copy = SignedCopy.objects.get()
    assert copy.parties == (Party.CITIZEN,)
    plan = bo.get(reverse("plan", args=[version.ref])).content.decode()
    assert plan.count(reverse("signed_copy", args=[copy.ref])) == 1
    bo.post(reverse("withdraw_signed_copy", args=[copy.ref]), {"reason": "Forkert"})
    assert reverse("signed_copy", args=[copy.ref]) not in bo.get(reverse("plan", args=[version.ref])).content.decode()
    assert (
        bo.post(url.replace("citizen", "company"), {"day": today().isoformat(), "how": "signed_on_paper"}).status_code
        == 302
    )


def test_other_bytes_than_those_filed_are_not_given_out(bo: Client, version: PlanVersion) -> None:
    bo.post(reverse("signed_copies", args=[version.ref]), form())
    url = reverse("signed_copy", args=[SignedCopy.objects.get().ref])
    for token in (seal(b"something else"), b"no token"):
        SealedBytes.objects.update(token=token)
        answer = bo.get(url)
        assert answer.status_code == 409
        assert str(SENTENCES["COPY_CANNOT_BE_OPENED"]) in unescape(answer.content.decode())


def test_a_draft_shows_no_form(bo: Client, cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her, today())
    url = reverse("signed_copies", args=[stairs.version.ref])
    assert b"multipart" not in bo.get(url).content
    assert bo.post(url, form(day=(today() - timedelta(days=1)).isoformat())).status_code == 422


@pytest.mark.parametrize(("signed_in", "megabytes", "status"), [(True, 13, 413), (False, 2, 413), (True, 2, 404)])
def test_too_much_is_refused_before_it_is_read(cast: Cast, signed_in: bool, megabytes: int, status: int) -> None:
    client = Client()
    if signed_in:
        client.force_login(cast.bo)

    class Unread:
        def read(self, *_size: int) -> bytes:
            raise AssertionError("it was read")

        readline = read

    url = "/findes-ikke/"
    sent: dict[str, Any] = {"CONTENT_LENGTH": str(megabytes * 1024**2), "wsgi.input": Unread()}
    answer = client.generic("POST", url, b"", **sent)
    assert answer.status_code == status
