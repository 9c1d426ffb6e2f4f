"""Invented notes of the journal: a word with the citizen or the company about once a month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from jobpakke.demo.lives import NoteLife
from jobpakke.packages.models import CareTopic, NoteKind, Parties, Party

_WORDS = (
    (NoteKind.TALK, Parties.CITIZEN, "Samtale om næste trin. Er glad for kollegerne."),
    (NoteKind.VISIT, Parties.COMPANY, "Besøg på arbejdspladsen sammen med mentor. Det går efter planen."),
    (NoteKind.CALL, Parties.CITIZEN, "Ringede og hørte, hvordan ugen er gået."),
    (NoteKind.CALL, Parties.COMPANY, "Talte med kontaktpersonen om delmålene."),
    (NoteKind.LETTER, Parties.CITIZEN, "Sendte planen og datoen for næste samtale."),
)


def monthly(rng: Random, first: date, last: date) -> tuple[NoteLife, ...]:
    """Conversations from the first day until before the last."""
    found, day = [], first
    while day < last:
        kind, party, text = rng.choice(_WORDS)
        found.append(NoteLife(day, kind, party, text))
        day += timedelta(days=rng.randrange(18, 34))
    return tuple(found)


def one(day: date, text: str = "Samtale om ugen og næste trin.") -> NoteLife:
    """One conversation with the citizen."""
    return NoteLife(day, NoteKind.TALK, Parties.CITIZEN, text)


def interview(day: date) -> NoteLife:
    """A job interview that the law counts."""
    return NoteLife(day, NoteKind.INTERVIEW, Parties.CITIZEN, "Jobsamtale: cv og tre stillinger at søge i denne måned.")


def called(day: date, by: Party, about: CareTopic, text: str) -> NoteLife:
    """A use of aftercare."""
    parties = Parties.COMPANY if by == Party.COMPANY else Parties.CITIZEN
    return NoteLife(day, NoteKind.CALL, parties, text, use=(by, about))


def internal(day: date, text: str) -> NoteLife:
    """A note that only the municipality reads."""
    return NoteLife(day, NoteKind.NOTE, Parties.NOBODY, text, internal=True)


def corrected(note: NoteLife, text: str) -> NoteLife:
    """The same note, which first said something else."""
    return replace(note, text=text, first_text=note.text)
