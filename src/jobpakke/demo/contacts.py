"""Invented contacts: a word with the citizen or the company about once a month."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from jobpakke.demo.lives import ContactLife
from jobpakke.packages.models import ContactKind, Party

_WORDS = (
    (ContactKind.TALK, Party.CITIZEN, "Samtale om næste trin. Er glad for kollegerne."),
    (ContactKind.VISIT, Party.COMPANY, "Besøg på arbejdspladsen sammen med mentor. Det går efter planen."),
    (ContactKind.CALL, Party.CITIZEN, "Ringede og hørte, hvordan ugen er gået."),
    (ContactKind.CALL, Party.COMPANY, "Talte med kontaktpersonen om delmålene."),
    (ContactKind.LETTER, Party.CITIZEN, "Sendte planen og datoen for næste samtale."),
)


def monthly(rng: Random, first: date, last: date) -> tuple[ContactLife, ...]:
    """Contacts from the first day until before the last."""
    found, day = [], first
    while day < last:
        kind, party, text = rng.choice(_WORDS)
        found.append(ContactLife(day, kind, party, text))
        day += timedelta(days=rng.randrange(18, 34))
    return tuple(found)


def one(day: date, text: str = "Samtale om ugen og næste trin.") -> ContactLife:
    """One conversation with the citizen."""
    return ContactLife(day, ContactKind.TALK, Party.CITIZEN, text)
