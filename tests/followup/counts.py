"""Files of counts as Statistikbanken gives them, and taking them in."""

from __future__ import annotations

from datetime import date

from jobpakke.access.models import User
from jobpakke.followup.context.areas import Areas
from jobpakke.followup.context.models import importable
from jobpakke.followup.context.reading import CountFile, read_counts
from jobpakke.followup.context.services import Imported, import_benefit_counts

PLACES = (("0751", "Århus"), ("0580", "Aabenraa"), ("0101", "København"))
HEADER = "OMRÅDE;YDELSESTYPE;2026M01;2026M02"


def read(*lines: str, benefit: str = "", encoding: str = "utf-8") -> CountFile:
    """What a file of the lines says."""
    return read_counts("\r\n".join(lines).encode(encoding), Areas(PLACES), benefit=benefit)


def counted(actor: User | None, *rows: str, on: date, header: str = HEADER, source: str = "Prøve") -> Imported:
    """Takes a file of the rows in."""
    areas = Areas(list(importable(actor, on=on).values_list("code", "name")))
    file = read_counts("\n".join([header, *rows]).encode(), areas)
    return import_benefit_counts(actor=actor, file=file, source=source, on=on)
