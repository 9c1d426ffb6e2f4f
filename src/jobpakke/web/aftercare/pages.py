"""The plan of one aftercare as a line of marks, and the same as a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jobpakke.lib.periods import Period
from jobpakke.method.aftercare import Check, CheckState, checks
from jobpakke.packages.aftercare import care_notes, first_days
from jobpakke.packages.models import Aftercare, JournalNote, NoteKind
from jobpakke.packages.models.journal import WITH_CITIZEN
from jobpakke.packages.rules import rules_of
from jobpakke.web.band import Mark, marks, share
from jobpakke.web.journal.pages import NoteLine, short_lines


class Point(StrEnum):
    """What a mark on the line stands for."""

    HELD = "held"
    USED = "used"
    MISSED = "missed"
    DUE = "due"
    NEXT = "next"


POINTS: Mapping[Point, Promise | str] = {
    Point.HELD: _("Check-in held"),
    Point.USED: _("Used in between"),
    Point.MISSED: _("Check-in missed"),
    Point.DUE: _("Check-in due"),
    Point.NEXT: _("Next check-in"),
}
_OPEN = {CheckState.MISSED: Point.MISSED, CheckState.DUE: Point.DUE, CheckState.AHEAD: Point.NEXT}


@dataclass(frozen=True, slots=True)
class Moment:
    """One mark, and its line in the list; ``note`` where somebody wrote about it."""

    day: date
    point: Point
    label: Promise | str
    x: str
    note: JournalNote | None = None


@dataclass(frozen=True, slots=True)
class CarePage:
    """The plan as it stood on the viewed date. ``passed``: how much of the line lies behind, in per cent."""

    row: Aftercare
    ended_on: date | None
    runs: bool
    moments: tuple[Moment, ...]
    years: tuple[Mark, ...]
    passed: str
    uses: int
    used_on: date | None

    @property
    def legend(self) -> tuple[tuple[Point, Promise | str], ...]:
        """The kinds of mark that occur."""
        occurring = {moment.point for moment in self.moments}
        return tuple((point, words) for point, words in POINTS.items() if point in occurring)


def as_agreed(row: Aftercare, *, on: date) -> Aftercare:
    """The agreement with the end that it had on the date: not one it was given later; one query."""
    later = row.extensions.filter(extended_on__gt=on).first()
    if later is not None:
        row.ends_on = later.was_until
    return row


def care_page(row: Aftercare, *, on: date) -> CarePage:
    """The checks, the uses and the years under them; two queries."""
    notes = list(care_notes(row, on=on).select_related("recorded_by"))
    rules = rules_of(row.package.municipality_id, on=on)
    care = row.care(first_days=first_days(rules, on=row.starts_on), on=on)
    talks = [note.held_on for note in notes if _is_check(note)]
    ended = row.ended_on if row.ended_on and row.ended_on <= on else None
    within = Period(row.starts_on, row.ends_on)
    moments = [*_written(row, notes, within), *_open(checks(care, talks, on=on), within)]
    uses = [note.held_on for note in notes if note.aftercare_id == row.pk]
    return CarePage(
        row=row,
        ended_on=ended,
        runs=row.runs_on(on),
        moments=tuple(sorted(moments, key=lambda each: each.day)),
        years=marks(within),
        passed=_percent(min(max(on, row.starts_on), ended or row.ends_on), within),
        uses=len(uses),
        used_on=max(uses, default=None),
    )


def listed(moments: Iterable[Moment]) -> list[tuple[Moment, NoteLine | None]]:
    """The moments of one page of the list, with the text of their notes cut to fit; no query."""
    shown = list(moments)
    lines = iter(short_lines(moment.note for moment in shown if moment.note is not None))
    return [(moment, next(lines) if moment.note is not None else None) for moment in shown]


def _is_check(note: JournalNote) -> bool:
    """As JournalNoteQuerySet.check_ins says of the rows."""
    return note.kind != NoteKind.NOTE and (note.parties in WITH_CITIZEN or note.aftercare_id is not None)


def _written(row: Aftercare, notes: Iterable[JournalNote], within: Period) -> Iterable[Moment]:
    for note in notes:
        point = Point.USED if note.aftercare_id == row.pk else Point.HELD
        yield Moment(note.held_on, point, POINTS[point], _percent(note.held_on, within), note)


def _open(plan: Iterable[Check], within: Period) -> Iterable[Moment]:
    for check in plan:
        if check.state in _OPEN:
            point = _OPEN[check.state]
            yield Moment(check.day, point, POINTS[point], _percent(check.day, within))


def _percent(day: date, within: Period) -> str:
    return f"{float(share(day, within)) / 10:.1f}%"
