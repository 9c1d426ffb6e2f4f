"""The journal and the aftercare on their pages: back where one came from, nothing typed lost, both texts shown."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from jobpakke.access.models import User
from jobpakke.citizens.models import Status
from jobpakke.citizens.services import record_status
from jobpakke.citizens.services.status import StatusFacts
from jobpakke.lib.clock import today
from jobpakke.packages.models import Aftercare, JournalNote, NoteKind, Outcome, Parties
from jobpakke.packages.services import agree_aftercare, end_package, write_note
from jobpakke.packages.services.journal import NoteFacts
from jobpakke.web.journal.pages import fair_share
from tests.builders import DAY, Cast, agreed

pytestmark = pytest.mark.django_db
TYPED = {"kind": "talk", "parties": "citizen", "visibility": "parties"}


@pytest.fixture
def bo(cast: Cast) -> Client:
    client = Client()
    client.force_login(User.objects.get(username="bo"))
    return client


def typed(text: str, **more: str) -> dict[str, str]:
    return {**TYPED, "text": text, "day": today().isoformat(), **more}


@pytest.mark.parametrize("tab", ["citizen", "journal", "about", "history"])
def test_one_field_on_every_tab_and_back_to_it(cast: Cast, bo: Client, tab: str) -> None:
    here = reverse(tab, args=[cast.her.ref])
    assert f'value="{here}"' in bo.get(here).content.decode()
    done = bo.post(reverse("write_note", args=[cast.her.ref]), typed("Hej", back=here))
    assert (done.status_code, done.headers["Location"]) == (302, here)


@pytest.mark.parametrize(
    "evil", ["https://example.org/", "//example.org/borgere/", "/findes-ikke/", "javascript:1", ""]
)
def test_one_is_never_led_elsewhere(cast: Cast, bo: Client, evil: str) -> None:
    done = bo.post(reverse("write_note", args=[cast.her.ref]), typed("Hej", back=evil))
    assert done.headers["Location"] == reverse("journal", args=[cast.her.ref])


def test_nothing_typed_is_lost_on_refusal(cast: Cast, bo: Client) -> None:
    data = typed("Skal blive stående", day="2999-01-01", visibility="internal")
    refused = bo.post(reverse("write_note", args=[cast.her.ref]), data)
    text = refused.content.decode()
    assert refused.status_code == 422
    assert "Skal blive stående" in text
    assert 'value="internal" selected' in text


def test_a_note_without_a_conversation_is_with_nobody(cast: Cast, bo: Client) -> None:
    bo.post(reverse("write_note", args=[cast.her.ref]), typed("Ringet forgæves", kind="note"))
    row = JournalNote.objects.get()
    assert (row.kind, row.parties) == (NoteKind.NOTE, Parties.NOBODY)


def test_a_correction_and_who_comes_second_sees_both_texts(cast: Cast, bo: Client) -> None:
    row = write_note(actor=cast.bo, citizen=cast.her, facts=NoteFacts("Første ord", today()), on=today())
    url = reverse("correct_note", args=[row.ref])
    assert bo.post(url, typed("Den enes ord")).status_code == 302
    second = bo.post(url, typed("Den andens ord"))
    text = second.content.decode()
    assert second.status_code == 422
    assert "Den enes ord" in text
    assert "Den andens ord" in text
    newest = JournalNote.objects.newest().get()
    assert f'action="{reverse("correct_note", args=[newest.ref])}"' in text
    assert bo.get(url).headers["Location"] == reverse("correct_note", args=[newest.ref])
    page = bo.get(reverse("journal", args=[cast.her.ref])).content.decode()
    assert page.count("Den enes ord") == 1
    assert "<del>Første ord</del>" in page


def test_searching_by_words_kind_author_and_days(cast: Cast, bo: Client) -> None:
    for number, text in enumerate(("Ønsker flere timer", "Besøg i butikken", "Intern aftale")):
        facts = NoteFacts(text, DAY + timedelta(days=number), kind=NoteKind.VISIT if number == 1 else NoteKind.TALK)
        write_note(actor=cast.bo, citizen=cast.her, facts=facts, on=today())
    url = reverse("journal", args=[cast.her.ref])

    def shown(**asked: str) -> list[str]:
        lines = bo.get(url, asked).context["lines"]
        return [line.text for line in lines]

    assert shown(q="øns tim") == ["Ønsker flere timer"]
    assert shown(kind="visit") == ["Besøg i butikken"]
    assert len(shown(kind="contacts", by=str(cast.bo.ref))) == 3
    assert shown(start=(DAY + timedelta(days=1)).isoformat(), end=(DAY + timedelta(days=1)).isoformat()) == [
        "Besøg i butikken"
    ]
    assert shown(q="nej") == []
    assert len(shown(by="vrøvl", start="i går", kind="%")) == 3


def test_a_cpr_number_never_reaches_an_address(cast: Cast, bo: Client) -> None:
    url = reverse("search_journal", args=[cast.her.ref])
    for words in ("610170-1001", "om 6101701001 og mere"):
        assert "6101" not in bo.post(url, {"q": words}).headers["Location"]
    assert bo.post(url, {"q": "timer", "kind": "call"}).headers["Location"].endswith("?q=timer&kind=call")


def relapsed(cast: Cast) -> Aftercare:
    """A job with aftercare, lost again."""
    package = agreed(cast.bo, cast.her).package
    job, lost = DAY + timedelta(days=10), DAY + timedelta(days=40)
    record_status(actor=cast.bo, citizen=cast.her, facts=StatusFacts(Status.ORDINARY_JOB, job, lost), on=job)
    end_package(actor=cast.bo, package=package, ended_on=job, outcome=Outcome.ORDINARY_JOB, on=job)
    return agree_aftercare(actor=cast.bo, package=package, starts_on=job, ends_on=date(2029, 1, 1), on=job)


def test_a_second_package_after_relapse_stands_apart_and_the_first_aftercare_stays(cast: Cast, bo: Client) -> None:
    care = relapsed(cast)
    on = {"on": (DAY + timedelta(days=45)).isoformat()}
    row = bo.get(reverse("today"), on).content.decode()
    assert "Tilbagefald" in row
    assert reverse("new_package", args=[cast.her.ref]) not in row, "a day that has passed offers no acts"
    agreed(cast.bo, cast.her, DAY + timedelta(days=50))
    page = bo.get(reverse("citizen", args=[cast.her.ref])).content.decode()
    assert page.count('<section class="pakke"') == 2
    assert reverse("aftercare", args=[care.ref]) in page
    assert bo.get(reverse("aftercare", args=[care.ref])).status_code == 200


def test_use_is_marked_counted_and_drawn(cast: Cast, bo: Client) -> None:
    care = relapsed(cast)
    url = reverse("write_note", args=[cast.her.ref])
    half = bo.post(url, typed("Ringede", called_by="citizen", about=""))
    assert half.status_code == 422
    assert bo.post(url, typed("Ringede om vagter", called_by="citizen", about="hours_and_shifts")).status_code == 302
    assert JournalNote.objects.get().aftercare == care
    assert "brugt 1 gang, den" in bo.get(reverse("citizen", args=[cast.her.ref])).content.decode()
    page = bo.get(reverse("aftercare", args=[care.ref])).content.decode()
    assert "Ringede om vagter" in page
    assert 'href="#m-used"' in page
    assert "Opfølgning sprunget over" in page


def test_long_notes_share_the_room_and_short_ones_stay_whole() -> None:
    assert fair_share([10, 10], 100) == 10
    assert fair_share([10, 500, 500], 110) == 50
    assert fair_share([], 7) == 7


def test_a_note_is_no_contact_unless_one_says_so(cast: Cast, bo: Client) -> None:
    page = bo.get(reverse("citizen", args=[cast.her.ref])).content.decode()
    assert '<option value="note" selected>' in page
    url = reverse("write_note", args=[cast.her.ref])
    quick = {"kind": "note", "parties": "citizen", "visibility": "parties", "day": today().isoformat(), "text": "Hej"}
    assert bo.post(url, quick).status_code == 302
    assert not JournalNote.objects.with_citizen().exists(), "the first key, or Enter, saves a note"
    assert bo.post(url, {**quick, "gem": "samtale"}).status_code == 302
    row = JournalNote.objects.with_citizen().get()
    assert (row.kind, row.parties) == ("talk", "citizen")
    chosen = {**quick, "kind": "visit", "parties": "both"}
    for more in ({}, {"gem": "samtale"}):
        assert bo.post(url, {**chosen, **more}).status_code == 302
        last = JournalNote.objects.latest("pk")
        assert (last.kind, last.parties) == ("visit", "both"), "what was chosen stays"
    refused = bo.post(url, {**quick, "gem": "samtale", "text": ""}).content.decode()
    assert '<option value="talk" selected>' in refused
    assert '<option value="talk" selected>' in bo.get(url, {"som": "samtale"}).content.decode()


def test_a_use_of_aftercare_is_a_conversation(cast: Cast, bo: Client) -> None:
    now = today()
    job = now - timedelta(days=40)
    package = agreed(cast.bo, cast.her, job - timedelta(days=9)).package
    end_package(actor=cast.bo, package=package, ended_on=job, outcome=Outcome.ORDINARY_JOB, on=job)
    agree_aftercare(actor=cast.bo, package=package, starts_on=job, ends_on=now + timedelta(days=99), on=job)
    url = reverse("write_note", args=[cast.her.ref])
    refused = bo.post(url, typed("Ringede", kind="note", called_by="citizen", about="tasks"))
    assert refused.status_code == 422
    assert "Vælg, hvordan den foregik" in refused.content.decode()
    assert bo.post(url, typed("Ringede", called_by="citizen", about="tasks")).status_code == 302
