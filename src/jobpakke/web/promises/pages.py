"""A promise as a page shows it: as it stood on a date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from jobpakke.lib.days import parse_day
from jobpakke.method.commitments import CommitmentState
from jobpakke.packages.drafted import Said
from jobpakke.packages.models import Commitment, PlanVersion
from jobpakke.packages.promises import laid_by, promise_state
from jobpakke.web.labels import PROMISE, PROMISE_MARKS, code_label, party_label

SETTLED = frozenset({CommitmentState.KEPT, CommitmentState.BROKEN})


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """``state`` with its ``day`` (None while it waits for its step); ``more``: why it was broken, or the day before
    it was moved. ``settle_url`` and ``move_url`` None: nothing to do, or not one's own case."""

    party: str
    text: str
    kind: CommitmentState
    state: Promise | str
    mark: str
    day: date | None
    more: str
    settle_url: str | None
    move_url: str | None
    undo_url: str | None = None
    """Where one says that it was neither kept nor broken."""


@dataclass(frozen=True, slots=True)
class LaidLine:
    """A promise that was laid with a plan version; ``made``: whether it has been given by that version's agreement."""

    ref: UUID
    party: str
    text: str
    due_on: date | None
    made: bool


def promised_by(row: Commitment) -> str:
    """Whose promise it is; a company that is named by its name."""
    return party_label(row.party, row.company.name if row.company else "")


def laid_lines(version: PlanVersion | None, *, known_on: date | None = None) -> tuple[LaidLine, ...]:
    """The promises laid with a version (by a day, where one asks); one query."""
    rows = laid_by(Commitment.objects.laid_in(version), known_on) if version else ()
    return tuple(LaidLine(row.ref, promised_by(row), row.text, row.due_on, row.made_on is not None) for row in rows)


def laid_then(rows: Iterable[Said]) -> tuple[LaidLine, ...]:
    """The promises that were laid with a draft on a day, as they were kept."""
    return tuple(
        LaidLine(
            UUID(row["ref"]),
            party_label(row["party"], row["company"]),
            row["text"],
            parse_day(row["due_on"]),
            made=False,
        )
        for row in rows
    )


def promise_line(row: Commitment, *, on: date, working: bool) -> PromiseLine:
    """A row read ``as_of`` the date. ``working``: the visitor may act on it."""
    kind, day = promise_state(row, on=on)
    acting = working and kind not in SETTLED and row.kept_on is None and row.broken_on is None
    return PromiseLine(
        party=promised_by(row),
        text=row.text,
        kind=kind,
        state=PROMISE[kind],
        mark=PROMISE_MARKS[kind],
        day=day,
        more=_more(row, kind),
        settle_url=reverse("settle_commitment", args=[row.ref]) if acting else None,
        move_url=reverse("move_commitment", args=[row.ref]) if acting and day is not None else None,
        undo_url=reverse("undo_settlement", args=[row.ref]) if working and kind in SETTLED else None,
    )


def _more(row: Commitment, kind: CommitmentState) -> str:
    if kind is CommitmentState.BROKEN:
        words = {"party": code_label(row.broken_by), "why": row.broken_words or code_label(row.broken_because)}
        return _("by %(party)s: %(why)s") % words
    if kind is CommitmentState.WAITING:
        return ""
    return _("first agreed: %(day)s") % {"day": date_format(row.due_first, "DATE_FORMAT")} if row.due_first else ""


def due_words(row: Commitment, *, on: date) -> str:
    """By when a promise read ``as_of`` the date is to be kept, in words."""
    _kind, day = promise_state(row, on=on)
    return _("by %(day)s") % {"day": date_format(day, "DATE_FORMAT")} if day else _("when its step is fulfilled")
