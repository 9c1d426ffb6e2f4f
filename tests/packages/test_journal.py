"""The journal: written, corrected, searched; what is never changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from jobpakke.history.models import Event
from jobpakke.lib.refusal import Refused
from jobpakke.packages.models import Aftercare, CareTopic, JournalNote, NoteKind, Parties, Party, Visibility
from jobpakke.packages.services import correct_note, end_aftercare, write_note
from jobpakke.packages.services.journal import CareUse, NoteFacts
from tests.builders import DAY, Cast, agreed

pytestmark = pytest.mark.django_db
LATER = DAY + timedelta(days=30)
HELLO = NoteFacts("Hej", DAY)


def write(cast: Cast, facts: NoteFacts = HELLO, on: date = DAY) -> JournalNote:
    return write_note(actor=cast.bo, citizen=cast.her, facts=facts, on=on)


def cared(cast: Cast) -> Aftercare:
    package = agreed(cast.bo, cast.her).package
    return Aftercare.objects.create(package=package, starts_on=DAY, ends_on=LATER)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"text": " \n"}, "TEXT_NEEDED"),
        ({"text": "x" * 4001}, "TEXT_TOO_LONG"),
        ({"text": "a\x00b"}, "TEXT_NOT_PLAIN"),
        ({"held_on": LATER}, "DATE_AHEAD"),
        ({"kind": NoteKind.NOTE}, "NOTE_PARTIES_DO_NOT_FIT"),
        ({"parties": Parties.NOBODY}, "NOTE_PARTIES_DO_NOT_FIT"),
        ({"kind": NoteKind.INTERVIEW, "parties": Parties.COMPANY}, "INTERVIEW_WITHOUT_CITIZEN"),
    ],
)
def test_what_is_not_written(cast: Cast, change: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused, match=code):
        write(cast, replace(HELLO, **change))
    row = write(cast)
    with pytest.raises(Refused, match=code):
        correct_note(actor=cast.bo, note=row, facts=replace(HELLO, **change), on=DAY)
    assert JournalNote.objects.count() == 1


def test_only_the_own_caseworker_writes(cast: Cast) -> None:
    row = write(cast)
    for actor, code in ((cast.erik, "NOT_FOUND"), (cast.tove, "ROLE_LACKS_ACT")):
        with pytest.raises(Refused, match=code):
            write_note(actor=actor, citizen=cast.her, facts=HELLO, on=DAY)
        with pytest.raises(Refused, match=code):
            correct_note(actor=actor, note=row, facts=replace(HELLO, text="Nej"), on=DAY)


def test_a_correction_replaces_and_the_old_text_stays(cast: Cast) -> None:
    first = write(cast)
    second = correct_note(actor=cast.bo, note=first, facts=replace(HELLO, text="Hej igen"), on=LATER)
    third = correct_note(actor=cast.bo, note=second, facts=replace(HELLO, text="Goddag"), on=LATER)
    assert list(JournalNote.objects.newest()) == [third]
    assert set(JournalNote.objects.filter(chain=first.chain)) == {first, second, third}
    assert Event.objects.filter(kind="note_corrected").count() == 2
    with pytest.raises(Refused, match="NOTE_UNCHANGED"):
        correct_note(actor=cast.bo, note=third, facts=replace(HELLO, text="Goddag"), on=LATER)
    for older in (first, second):
        with pytest.raises(Refused, match="NOTE_CORRECTED_ALREADY"):
            correct_note(actor=cast.bo, note=older, facts=replace(HELLO, text="Min"), on=LATER)


def test_of_two_corrections_at_once_the_second_is_refused(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    first = write(cast)
    correct_note(actor=cast.bo, note=first, facts=replace(HELLO, text="Den første"), on=DAY)
    answers = iter([False, True])

    class Blind:
        """As the second saw it: no correction yet when asked, one when saved."""

        def exists(self) -> bool:
            return next(answers)

    plain = JournalNote.objects.filter
    monkeypatch.setattr(
        type(JournalNote.objects), "filter", lambda _self, **asked: Blind() if "replaces" in asked else plain(**asked)
    )
    with pytest.raises(Refused, match="NOTE_CORRECTED_ALREADY"):
        correct_note(actor=cast.bo, note=first, facts=replace(HELLO, text="Den anden"), on=DAY)


def test_the_database_changes_and_deletes_no_note(cast: Cast) -> None:
    row = write(cast)
    for change in (
        lambda: JournalNote.objects.filter(pk=row.pk).update(text="Nej"),
        lambda: JournalNote.objects.filter(pk=row.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    with pytest.raises(IntegrityError), transaction.atomic():
        JournalNote.objects.create(
            chain=row.chain,
            citizen=cast.her,
            kind="call",
            parties="citizen",
            held_on=DAY,
            text="x",
            recorded_by=cast.bo,
        )


def test_which_notes_are_contacts_and_which_are_shown(cast: Cast) -> None:
    spoken = write(cast)
    both = write(cast, replace(HELLO, parties=Parties.BOTH, visibility=Visibility.INTERNAL))
    company = write(cast, replace(HELLO, parties=Parties.COMPANY))
    note = write(cast, replace(HELLO, kind=NoteKind.NOTE, parties=Parties.NOBODY))
    rows = JournalNote.objects
    assert set(rows.contacts()) == {spoken, both, company}
    assert set(rows.with_citizen()) == {spoken, both}
    assert set(rows.shown_to_parties()) == {spoken, company, note}
    assert set(rows.visible_to(cast.tove, on=DAY)) == {spoken, both, company, note}
    assert not rows.visible_to(cast.erik, on=DAY).exists()


def test_words_are_found_as_danish_folds_them(cast: Cast) -> None:
    row = write(cast, replace(HELLO, text="Ønsker flere timer på Ærø; aarhus, café & 50 % løn"))
    write(cast, replace(HELLO, text="Noget andet"))
    for words in ("ønsker", "ÆRØ", "Århus", "cafe", "flere ønsk", "50", "tim lø", " & "):
        assert row in JournalNote.objects.worded(words), words
    for words in ("nsker", "ærø andet", "ti_er", "r%"):
        assert row not in JournalNote.objects.worded(words), words


def test_use_of_aftercare_is_of_the_citizens_own_and_in_its_days(cast: Cast) -> None:
    care = cared(cast)
    use = CareUse(care, Party.COMPANY, CareTopic.TASKS)
    facts = replace(HELLO, use=use, parties=Parties.COMPANY)
    row = write(cast, facts)
    assert set(JournalNote.objects.check_ins()) == {row}
    assert Event.objects.filter(kind="aftercare_used").count() == 1
    correct_note(actor=cast.bo, note=row, facts=replace(facts, text="Rettet"), on=DAY)
    assert Event.objects.filter(kind="aftercare_used").count() == 1
    with pytest.raises(Refused, match="AFTERCARE_OF_ANOTHER_CITIZEN"):
        write_note(actor=cast.erik, citizen=cast.frode, facts=facts, on=DAY)
    with pytest.raises(Refused, match="USE_OUTSIDE_AFTERCARE"):
        write(cast, replace(facts, held_on=DAY - timedelta(days=1)))
    end_aftercare(actor=cast.bo, aftercare=care, ended_on=DAY + timedelta(days=5), on=LATER)
    with pytest.raises(Refused, match="USE_OUTSIDE_AFTERCARE"):
        write(cast, replace(facts, held_on=DAY + timedelta(days=5)), on=LATER)
