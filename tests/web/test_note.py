"""The note on its page: what stands there, what one writes into it, and the file one takes along."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from jobpakke.citizens.models import Status
from jobpakke.citizens.services import record_status
from jobpakke.citizens.services.status import StatusFacts
from jobpakke.followup.frozen import intact
from jobpakke.followup.models import FollowUp
from jobpakke.followup.services import freeze_follow_up
from jobpakke.lib.clock import today
from jobpakke.packages.models import HowTold, Programme
from jobpakke.packages.models.package import OnBehalfReason
from jobpakke.packages.services import consent_to_story, open_programme, withdraw_story_consent, write_story
from jobpakke.web.note.facts import facts
from tests.builders import DAY, Cast, agreed
from tests.followup.counts import counted
from tests.web.test_pages import client, text

pytestmark = pytest.mark.django_db
MAKE = {"own": "", "after": "results", "lang": "da", "format": "html"}


@pytest.fixture
def programme(cast: Cast) -> Programme:
    """One package here that began; a second municipality takes part."""
    targets = [(cast.here, 1), (cast.there, 2)]
    programme = open_programme(actor=None, code="P", name="P", starts_on=DAY, ends_on=None, targets=targets, on=DAY)
    agreed(cast.bo, cast.her, programme=programme)
    return programme


def test_a_role_in_one_municipality_gets_a_note_of_that_one(programme: Programme) -> None:
    page = client("finn").get(f"{reverse('followup_note')}?programme=P&on={DAY}")
    assert "Opfølgning på jobpakkerne i P" in text(page)
    assert "Århus" in text(page)
    assert "Aabenraa" not in text(page)
    assert "1 pakke er sat i gang" in text(page)


def test_the_file_has_what_one_wrote_as_text(programme: Programme) -> None:
    address = f"{reverse('followup_note')}?programme=P&on={DAY}"
    answer = client("finn").post(address, {**MAKE, "own": "Et <b>ord</b>\r\n\r\nog et til"})
    assert answer.headers["Content-Disposition"] == f'attachment; filename="p-{DAY}-da.html"'
    assert "<p>Et &lt;b&gt;ord&lt;/b&gt;</p>" in text(answer)
    assert "<p>og et til</p>" in text(answer)
    for kind in ("pdf", "xlsx", "docx"):
        assert client("finn").post(address, {**MAKE, "format": kind}).content[:2] in {b"%P", b"PK"}


@pytest.mark.parametrize("own", ["x" * 4001, "lyd\x07"], ids=["too long", "a bell"])
def test_a_text_that_cannot_stand_there_is_explained_and_kept(programme: Programme, own: str) -> None:
    answer = client("finn").post(f"{reverse('followup_note')}?programme=P&on={DAY}", {**MAKE, "own": own})
    assert answer.status_code == 422
    assert own in text(answer)
    assert "Det blev ikke gemt" in text(answer)


@pytest.mark.parametrize("header", ["2009M11;2009M12", "2026M02;2026M03"])
def test_counts_outside_the_programmes_time_make_no_chapter(cast: Cast, programme: Programme, header: str) -> None:
    counted(None, "Århus;A;100;110", on=DAY, header=f"OMRÅDE;YDELSESTYPE;{header}")
    found = facts(programme, on=DAY + timedelta(days=100))
    assert found.beside is None
    assert "Arbejdsmarkedet omkring</h2>" not in text(
        client("finn").get(f"{reverse('followup_note')}?programme=P&on={DAY}")
    )


def test_the_chapter_of_context_says_until_when_counts_go(cast: Cast, programme: Programme) -> None:
    counted(None, "Århus;A;100;110", "Århus;B;5;..", on=DAY, header="OMRÅDE;YDELSESTYPE;2026M03;2026M04")
    page = text(client("finn").get(f"{reverse('followup_note')}?programme=P&on={DAY + timedelta(days=100)}"))
    assert "Fra marts 2026 til april 2026 er antallet af modtagere" in page
    assert "Tallene slutter med april 2026: der er ingen frem til 10. juni 2026." in page


def test_a_job_that_ended_is_reached_and_lost(cast: Cast, programme: Programme) -> None:
    began, ended = DAY + timedelta(days=30), DAY + timedelta(days=60)
    job = StatusFacts(status=Status.ORDINARY_JOB, starts_on=began, ends_on=ended)
    record_status(actor=cast.bo, citizen=cast.her, facts=job, on=ended)
    for on, reached, without in [(began - timedelta(days=1), 0, 0), (began, 1, 0), (ended, 1, 1)]:
        jobs = facts(programme, on=on).results.jobs
        assert jobs is not None
        assert (jobs.reached, jobs.without) == (reached, without), on


def test_a_job_before_the_package_was_not_reached_by_it(cast: Cast, programme: Programme) -> None:
    before = DAY - timedelta(days=30)
    job = StatusFacts(status=Status.ORDINARY_JOB, starts_on=before, ends_on=DAY)
    record_status(actor=cast.bo, citizen=cast.her, facts=job, on=DAY)
    jobs = facts(programme, on=DAY).results.jobs
    assert jobs is not None
    assert jobs.reached == 0


def test_the_stories_stand_before_the_method_until_the_consent_is_taken_back(cast: Cast, programme: Programme) -> None:
    package = cast.her.packages.get()
    words = "Et <b>afsnit</b>.\n\n=1+1 og #let"
    story = write_story(actor=cast.bo, package=package, told_as="Noor", text=words, seen=0, on=DAY)
    address = f"{reverse('followup_note')}?programme=P&on={DAY}"
    frozen = freeze_follow_up(actor=cast.finn, programme=programme, cut_off_on=DAY, on=today())
    finn, asked = client("finn"), {**MAKE, "stories": "on"}
    for answer in (finn.get(address), finn.post(address, asked)):
        assert "Casefortællinger</h2>" not in text(answer)
    how = OnBehalfReason.SAID_AT_MEETING
    consent_to_story(actor=cast.bo, story=story, given_on=DAY, on_behalf_reason=how, on=DAY)
    page = text(finn.get(address))
    assert page.index("Casefortællinger</h2>") < page.index("Noor</h3>") < page.index("Sådan er tallene gjort op</h2>")
    assert '<div lang="da">' in page
    assert "<p>Et &lt;b&gt;afsnit&lt;/b&gt;.</p>" in page
    assert "Asta" not in page
    assert "Noor</h3>" in text(finn.post(address, asked))
    assert "Noor</h3>" not in text(finn.post(address, MAKE)), "without them where one does not tick"
    english = text(finn.post(address, {**asked, "lang": "en"}))
    assert "They are in Danish: the consent is to those very words." in english
    assert "Noor</h3>" not in text(finn.get(f"{reverse('followup_note')}?programme=P&on={DAY - timedelta(days=1)}"))
    withdraw_story_consent(actor=cast.bo, story=story, withdrawn_on=today(), how=HowTold.IN_WRITING, on=today())
    for answer in (finn.get(address), finn.post(address, asked)):
        assert "Noor" not in text(answer)
    kept = FollowUp.objects.get(pk=frozen.pk)
    assert (bytes(kept.content), kept.sha256) == (bytes(frozen.content), frozen.sha256)
    assert intact(kept)


def test_a_note_of_what_was_frozen_is_the_same_after_a_correction(cast: Cast, programme: Programme) -> None:
    later = DAY + timedelta(days=60)
    frozen = freeze_follow_up(actor=cast.finn, programme=programme, cut_off_on=later, on=today())
    address = f"{reverse('followup_note')}?frosset={frozen.ref}"
    finn = client("finn")
    before = finn.post(address, MAKE)
    job = StatusFacts(status=Status.ORDINARY_JOB, starts_on=DAY + timedelta(days=30))
    record_status(actor=cast.bo, citizen=cast.her, facts=job, on=later)
    after = finn.post(address, MAKE)
    assert before.content == after.content
    assert frozen.sha256 in text(after)
    assert "0 af 1 borgere har et" in text(after)
    page = text(finn.get(address))
    assert f"diagram.svg?frosset={frozen.ref}" in page
    assert reverse("frozen_follow_up", args=[frozen.ref]) in page
    drawn = [
        finn.get(f"{reverse('followup_chart')}?{query}").content for query in (f"frosset={frozen.ref}", f"on={later}")
    ]
    assert drawn[0] != drawn[1]
    assert client("finn").get(f"{reverse('followup_note')}?frosset={today()}").status_code == 404


def test_a_note_as_known_on_a_day_has_nothing_that_was_recorded_later(cast: Cast, programme: Programme) -> None:
    address = f"{reverse('followup_note')}?programme=P&on={DAY}&kendt="
    finn, yesterday = client("finn"), today() - timedelta(days=1)
    assert "1 pakke er sat i gang" in text(finn.get(f"{address}{today()}"))
    page = text(finn.get(f"{address}{yesterday}"))
    assert "0 pakker er sat i gang" in page
    assert "Intet, der er registreret eller rettet efter" in page
    table = finn.get(f"{reverse('followup_download')}?programme=P&on={DAY}&kendt={yesterday}&tabel=targets&format=json")
    assert table.json()[-1]["packages"] == 0
