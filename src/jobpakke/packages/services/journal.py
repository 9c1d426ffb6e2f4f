"""Writing in the journal, and correcting what was written. A note is never changed."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import IntegrityError, transaction

from jobpakke.access.models import User
from jobpakke.citizens.access import require_case_work
from jobpakke.citizens.models import Citizen
from jobpakke.history.kinds import AftercareUsed, ContactRecorded, EventKind, NoteCorrected, NoteWritten
from jobpakke.history.services import Happening, record
from jobpakke.lib.refs import new_ref
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.lib.texts import plain
from jobpakke.packages.models import Aftercare, CareTopic, JournalNote, NoteKind, Parties, Party, Visibility
from jobpakke.packages.models.journal import WITH_CITIZEN, search_key
from jobpakke.packages.services.writing import require_not_ahead


class JournalRefusal(StrEnum):
    """Why nothing was written in the journal."""

    NOTE_PARTIES_DO_NOT_FIT = "NOTE_PARTIES_DO_NOT_FIT"
    INTERVIEW_WITHOUT_CITIZEN = "INTERVIEW_WITHOUT_CITIZEN"
    NOTE_UNCHANGED = "NOTE_UNCHANGED"
    NOTE_CORRECTED_ALREADY = "NOTE_CORRECTED_ALREADY"
    USE_OUTSIDE_AFTERCARE = "USE_OUTSIDE_AFTERCARE"
    AFTERCARE_OF_ANOTHER_CITIZEN = "AFTERCARE_OF_ANOTHER_CITIZEN"


@dataclass(frozen=True, slots=True)
class CareUse:
    """That the note tells of a use of aftercare: who called, about what."""

    aftercare: Aftercare
    called_by: Party
    about: CareTopic


@dataclass(frozen=True, slots=True)
class NoteFacts:
    """What a note says."""

    text: str
    held_on: date
    kind: NoteKind = NoteKind.TALK
    parties: Parties = Parties.CITIZEN
    visibility: Visibility = Visibility.PARTIES
    use: CareUse | None = None


@transaction.atomic
def write_note(*, actor: User, citizen: Citizen, facts: NoteFacts, on: date) -> JournalNote:
    """Writes a conversation, or a note without one, in the citizen's journal.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, DATE_AHEAD, NOTE_PARTIES_DO_NOT_FIT, INTERVIEW_WITHOUT_CITIZEN,
            AFTERCARE_OF_ANOTHER_CITIZEN, USE_OUTSIDE_AFTERCARE (starts_on, ends_on), the codes of plain.
    """
    require_case_work(actor, citizen, on=on)
    row = _row(actor, citizen, facts, on=on)
    row.save(force_insert=True)
    record(Happening(_written(facts), actor.ref, row.ref, citizen.ref, facts.held_on))
    if facts.use is not None:
        _record_use(actor, row, facts.use)
    return row


@transaction.atomic
def correct_note(*, actor: User, note: JournalNote, facts: NoteFacts, on: date) -> JournalNote:
    """Writes what a note should have said; the old text stays, struck through. Only the newest of a chain is corrected.

    Raises:
        Refused: as write_note; NOTE_CORRECTED_ALREADY, NOTE_UNCHANGED.
    """
    require_case_work(actor, note.citizen, on=on)
    if JournalNote.objects.filter(replaces=note).exists():
        raise Refused(Refusal(JournalRefusal.NOTE_CORRECTED_ALREADY, {}))
    row = _row(actor, note.citizen, facts, on=on)
    if _said(row) == _said(note):
        raise Refused(Refusal(JournalRefusal.NOTE_UNCHANGED, {}))
    row.replaces, row.chain = note, note.chain
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if not JournalNote.objects.filter(replaces=note).exists():
            raise
        raise Refused(Refusal(JournalRefusal.NOTE_CORRECTED_ALREADY, {})) from error
    record(Happening(NoteCorrected(note.ref), actor.ref, row.ref, note.citizen.ref, on))
    if facts.use is not None and note.aftercare_id != facts.use.aftercare.pk:
        _record_use(actor, row, facts.use)
    return row


def _row(actor: User, citizen: Citizen, facts: NoteFacts, *, on: date) -> JournalNote:
    """The note, checked but not saved."""
    require_not_ahead(facts.held_on, on=on)
    if (facts.kind == NoteKind.NOTE) != (facts.parties == Parties.NOBODY):
        raise Refused(Refusal(JournalRefusal.NOTE_PARTIES_DO_NOT_FIT, {}))
    if facts.kind == NoteKind.INTERVIEW and facts.parties not in WITH_CITIZEN:
        raise Refused(Refusal(JournalRefusal.INTERVIEW_WITHOUT_CITIZEN, {}))
    text, ref, use = plain(facts.text, JournalNote.text.field), new_ref(), facts.use
    if use is not None:
        _check_use(use, citizen, facts.held_on)
    return JournalNote(
        ref=ref,
        chain=ref,
        citizen=citizen,
        kind=facts.kind.value,
        parties=facts.parties.value,
        held_on=facts.held_on,
        text=text,
        search_key=search_key(text),
        visibility=facts.visibility.value,
        aftercare=use.aftercare if use else None,
        called_by=use.called_by.value if use else "",
        about=use.about.value if use else "",
        recorded_by=actor,
    )


def _check_use(use: CareUse, citizen: Citizen, day: date) -> None:
    care = use.aftercare
    if care.package.citizen_id != citizen.pk:
        raise Refused(Refusal(JournalRefusal.AFTERCARE_OF_ANOTHER_CITIZEN, {}))
    ends_on = care.ended_on or care.ends_on
    if not care.starts_on <= day < ends_on:
        raise Refused(Refusal(JournalRefusal.USE_OUTSIDE_AFTERCARE, {"starts_on": care.starts_on, "ends_on": ends_on}))


def _written(facts: NoteFacts) -> EventKind:
    if facts.kind == NoteKind.NOTE:
        return NoteWritten()
    return ContactRecorded(facts.kind.value, facts.parties.value)


def _record_use(actor: User, row: JournalNote, use: CareUse) -> None:
    happened = AftercareUsed(use.called_by.value, use.about.value)
    record(Happening(happened, actor.ref, use.aftercare.ref, row.citizen.ref, row.held_on))


def _said(row: JournalNote) -> tuple[object, ...]:
    fields = ("kind", "parties", "held_on", "text", "visibility", "aftercare_id", "called_by", "about")
    return tuple(getattr(row, name) for name in fields)
