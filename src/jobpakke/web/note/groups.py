"""The chapter of a note that tells the results by one more grouping."""

from __future__ import annotations

from fractions import Fraction

from django.utils.translation import gettext as _

from jobpakke.followup.bands import Bands
from jobpakke.followup.flow import MOVES, GroupFlow
from jobpakke.followup.splits import Split
from jobpakke.followup.tables import COLUMNS, StatusRow, StatusTable
from jobpakke.print.document import Cell, Figures, Part, Picture, Prose
from jobpakke.web.followup.curve_chart import group_bars
from jobpakke.web.followup.wording import day_text, percent
from jobpakke.web.followup.words import (
    GROUP_NOTE,
    GROUPING,
    MOVE,
    hidden_note,
    hidden_word,
    rate_text,
    row_name,
    whose_name,
)
from jobpakke.web.labels import STATUS

GROUPS_DRAWING = "groups"


def group_parts(split: Split, *, first: int, hides: bool, draws: bool) -> list[Part]:
    """The tables, numbered from ``first``, and the drawing; where there is nothing to tell, why: because small numbers
    are hidden in the other tables (``hides``), or because nothing was kept."""
    if split.is_empty:
        return [Prose(_("Nothing by %(by)s is told here.") % {"by": _by(split)} + " " + _why(hides=hides))]
    said = hidden_note(split.least)
    notes = tuple(text for text in (str(GROUP_NOTE.get(split.by, "")), said) if text)
    found: list[Part] = []
    if split.status is not None:
        found.append(_status(split.status, first, _by(split), notes))
    if split.weeks is not None and split.weeks.groups:
        found += _weeks(split.weeks, first + len(found), _by(split), said, draws=draws)
    if split.moves is not None and split.moves.rows:
        number = first + sum(isinstance(part, Figures) for part in found)
        found.append(_too_small() if split.moves.is_hidden else _moves(split.moves, number, said))
    return found


def _by(split: Split) -> str:
    return str(GROUPING[split.by]).lower()


def _why(*, hides: bool) -> str:
    if hides:
        return _("Where small numbers are hidden it could give away what is hidden in the other tables.")
    return _("What is known of that moment by now no longer gives the tables that were frozen.")


def _too_small() -> Prose:
    return Prose(_("The groups are too small: no number of theirs can be shown without giving a small one away."))


def _status(table: StatusTable, number: int, by: str, notes: tuple[str, ...]) -> Figures:
    words = {"number": number, "by": by, "day": day_text(table.on)}
    return Figures(
        name=_("Table %(number)s") % words,
        caption=_("Table %(number)s: Labour-market status by %(by)s on %(day)s") % words,
        header=(str(GROUPING[table.by]), *(str(STATUS[column]) for column in COLUMNS), _("Total"), _("Self-support")),
        rows=tuple((row_name(row, table.by), *_cells(row)) for row in table.rows),
        total=(_("Total"), *_cells(table.total)),
        notes=notes,
    )


def _cells(row: StatusRow) -> tuple[Cell, ...]:
    return (*(_shown(number) for number in row.shown), _shown(row.shown_citizens), rate_text(row))


def _weeks(weeks: Bands, number: int, by: str, said: str, *, draws: bool) -> list[Part]:
    if weeks.is_hidden:
        return [_too_small()]
    words = {"number": number, "by": by}
    about = _("Where the citizens were so many weeks after the package began, by %(by)s") % words
    table = Figures(
        name=_("Table %(number)s") % words,
        caption=_("Table %(number)s: The share in each status so many weeks after the package began, by %(by)s")
        % words,
        header=(str(GROUPING[weeks.by]), _("Weeks"), _("Followed"), *(str(STATUS[column]) for column in COLUMNS)),
        rows=tuple(
            (
                whose_name(row.whose, weeks.by),
                row.week,
                _shown(row.persons),
                *(_share(each, row.persons) for each in row.counts),
            )
            for row in weeks.groups
        ),
        notes=tuple(text for text in (_pooled(weeks), said) if text),
    )
    alt = _("For each group a bar a week; table %(number)s has the figures.") % words
    return [Picture(GROUPS_DRAWING, group_bars(weeks) if draws else "", about, alt), table]


def _moves(moves: GroupFlow, number: int, said: str) -> Figures:
    words = {"number": number, "then": day_text(moves.then), "day": day_text(moves.now)}
    return Figures(
        name=_("Table %(number)s") % words,
        caption=_("Table %(number)s: The citizens of %(day)s, in a job on %(then)s and on %(day)s") % words,
        header=(str(GROUPING[moves.by]), *(str(MOVE[move]) for move in MOVES), _("Total")),
        rows=tuple(
            (whose_name(row.whose, moves.by), *(_shown(number) for number in row.counts), row.persons)
            for row in moves.rows
        ),
        notes=tuple(text for text in (_pooled(moves), said) if text),
    )


def _pooled(table: Bands | GroupFlow) -> str:
    groups = ", ".join(whose_name(whose, table.by) for whose in table.pooled)
    return _("Counted together, being few: %(groups)s.") % {"groups": groups} if groups else ""


def _shown(number: int | None) -> Cell:
    return hidden_word() if number is None else number


def _share(number: int | None, persons: int | None) -> str:
    if number is None or persons is None:
        return hidden_word()
    return f"{percent(Fraction(number, persons))} %" if persons else "–"
