"""What the journal shows: frozen data, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.html import escape
from django.utils.text import Truncator

from jobpakke.access.models import User
from jobpakke.citizens.models import Citizen
from jobpakke.packages.models import JournalNote
from jobpakke.web.http import Visitor

ROOM = 16_000
"""Bytes of text on a page of notes; what is longer is cut, the longest first, and read on a page of its own."""
OLD_ROOM = 4_000
SHORT_ROOM = 2_000


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note as it stands corrected. ``cut``: there is more of it; ``older``: what it said before, newest first."""

    note: JournalNote
    text: str
    cut: bool
    older: tuple[NoteLine, ...] = ()


def found_notes(who: Visitor, citizen: Citizen, chosen: Mapping[str, Any]) -> QuerySet[JournalNote]:
    """The newest note of each chain by the viewed date, as searched."""
    rows = JournalNote.objects.newest().held_by(who.viewing.on).filter(citizen=citizen).worded(chosen.get("q", ""))
    if chosen.get("kind") == "contacts":
        rows = rows.contacts()
    elif "kind" in chosen:
        rows = rows.filter(kind=chosen["kind"])
    if "by" in chosen:
        rows = rows.filter(recorded_by__ref=chosen["by"])
    if "start" in chosen:
        rows = rows.filter(held_on__gte=chosen["start"])
    if "end" in chosen:
        rows = rows.filter(held_on__lte=chosen["end"])
    return rows.select_related("recorded_by")


def authors(citizen: Citizen) -> dict[UUID, str]:
    """Who has written in the citizen's journal, in one query."""
    rows = User.objects.filter(pk__in=JournalNote.objects.filter(citizen=citizen).order_by().values("recorded_by"))
    return dict(rows.order_by("full_name", "pk").values_list("ref", "full_name"))


def note_lines(notes: Iterable[JournalNote], *, room: int = ROOM) -> tuple[NoteLine, ...]:
    """Notes with what they said before; one query."""
    rows = list(notes)
    older: dict[UUID, list[JournalNote]] = defaultdict(list)
    if any(row.corrected for row in rows):
        replaced = JournalNote.objects.filter(chain__in=[row.chain for row in rows], replaced_by__isnull=False)
        for row in replaced.select_related("recorded_by").order_by("-pk"):
            older[row.chain].append(row)
    before = iter(_cut([row for each in rows for row in older[each.chain]], OLD_ROOM))
    return tuple(
        NoteLine(line.note, line.text, line.cut, tuple(next(before) for _ in older[line.note.chain]))
        for line in _cut(rows, room)
    )


def short_lines(notes: Iterable[JournalNote]) -> tuple[NoteLine, ...]:
    """A few notes as they stand, without what they said before; no query."""
    return tuple(_cut(list(notes), SHORT_ROOM))


def _cut(notes: Sequence[JournalNote], room: int) -> list[NoteLine]:
    sizes = [len(escape(note.text).encode()) for note in notes]
    most = fair_share(sizes, room)
    return [_line(note, most / size if size > most else 1) for note, size in zip(notes, sizes, strict=True)]


def _line(note: JournalNote, share: float) -> NoteLine:
    if share >= 1:
        return NoteLine(note, note.text, cut=False)
    return NoteLine(note, Truncator(note.text).chars(max(int(len(note.text) * share), 20)), cut=True)


def fair_share(sizes: Iterable[int], room: int) -> int:
    """How much each may take so that all fit: what the small leave over, the large share."""
    left = sorted(sizes)
    for number, size in enumerate(left):
        share = room // (len(left) - number)
        if size > share:
            return share
        room -= size
    return left[-1] if left else room
