"""What the page of two follow-ups says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobpakke.access.models import Municipality
from jobpakke.followup.differences import differences, in_order
from jobpakke.followup.export import Cells
from jobpakke.followup.models import FollowUp
from jobpakke.followup.tables import COLUMNS
from jobpakke.method.comparison import Cell, CellChange, Comparison, Reason
from jobpakke.method.status import LabourMarketStatus
from jobpakke.web.labels import STATUS

REASON: Mapping[Reason, Promise | str] = {
    Reason.NEW_FACT: gettext_lazy("New fact"),
    Reason.LATER_REGISTRATION: gettext_lazy("Later registration"),
    Reason.CORRECTED_FACT: gettext_lazy("Corrected fact"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table of differences. ``reasons`` stand in the order of REASON, as "+3 −1": came and went."""

    place: str
    name: str
    before: int
    after: int
    difference: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MoveLine:
    """How many went from where to where, and why."""

    source: str
    target: str
    reason: Promise | str
    count: int


@dataclass(frozen=True, slots=True)
class Compared:
    """Two follow-ups: their titles, the municipalities both cover, and the tables. ``by_place`` has what changed."""

    before: str
    after: str
    places: str
    is_narrowed: bool
    is_alike: bool
    reasons: tuple[Promise | str, ...]
    statuses: tuple[Line, ...]
    total: Line
    by_place: tuple[Line, ...]
    moves: tuple[MoveLine, ...]
    packages: tuple[Line, ...]


def compared(one: FollowUp, other: FollowUp | None) -> Compared:
    """The page of two follow-ups, or of one and now (None). Raises Refused, as followup.differences."""
    before, after = (one, None) if other is None else in_order(one, other)
    found = differences(before, after)
    names = dict(Municipality.objects.filter(code__in=found.places).values_list("code", "name"))
    order = _order(found.places)
    changed = [each for each in _sorted(found.by_place.cells, order) if any((*each.came.values(), *each.went.values()))]
    return Compared(
        before=title(before),
        after=title(after) if after else _now(before),
        places=", ".join(names[code] for code in found.places),
        is_narrowed=found.is_narrowed,
        is_alike=found.is_alike,
        reasons=tuple(REASON.values()),
        statuses=tuple(_line(_cell(found.by_status, (key.value,)), "", str(STATUS[key])) for key in COLUMNS),
        total=_line(_total(found.by_status), "", _("Total")),
        by_place=tuple(_line(each, names[each.cell[0]], _status(each.cell)) for each in changed)
        if len(found.places) > 1
        else (),
        moves=_moves(found.by_place, names if len(found.places) > 1 else {}, order),
        packages=tuple(_line(_cell(found.packages, (code,)), names[code], "") for code in found.places),
    )


def difference_cells(page: Compared) -> Cells:
    """A row a cell of the tables, named as on the page: how many before and after, and the reasons as +3 −1."""
    cells: Cells = [["table", "municipality", "cell", "before", "after", "difference", *(r.value for r in REASON)]]
    tables = {"status": (*page.statuses, page.total), "where": page.by_place, "packages": page.packages}
    for table, lines in tables.items():
        cells += [
            [table, each.place, each.name, each.before, each.after, each.after - each.before, *each.reasons]
            for each in lines
        ]
    return cells


def title(follow_up: FollowUp) -> str:
    """The date, and when it was frozen, in one line."""
    words = {
        "day": date_format(follow_up.cut_off_on, "DATE_FORMAT"),
        "frozen": date_format(localtime(follow_up.frozen_at), "SHORT_DATETIME_FORMAT"),
    }
    return _("%(day)s (frozen %(frozen)s)") % words


def _now(before: FollowUp) -> str:
    return _("%(day)s (as known now)") % {"day": date_format(before.cut_off_on, "DATE_FORMAT")}


def _order(places: Iterable[str]) -> Callable[[Cell | None], tuple[int, ...]]:
    """Municipalities as in the programme, statuses as in print; who did not count comes first."""
    ranks = {name: rank for rank, name in enumerate((*places, *(key.value for key in COLUMNS)))}
    return lambda cell: tuple(ranks[part] for part in cell or ())


def _sorted(cells: Iterable[CellChange], order: Callable[[Cell | None], tuple[int, ...]]) -> list[CellChange]:
    return sorted(cells, key=lambda each: order(each.cell))


def _cell(comparison: Comparison, cell: Cell) -> CellChange:
    """The cell, also where nobody counts."""
    found = (each for each in comparison.cells if each.cell == cell)
    return next(found, CellChange(cell, 0, 0, {}, {}))


def _total(comparison: Comparison) -> CellChange:
    """Everybody: only who begins or ceases to count makes a difference."""
    came, went = Counter[Reason](), Counter[Reason]()
    for move in comparison.moves:
        if move.source is None:
            came[move.reason] += move.count
        if move.target is None:
            went[move.reason] += move.count
    before, after = (sum(getattr(cell, side) for cell in comparison.cells) for side in ("before", "after"))
    return CellChange((), before, after, came, went)


def _line(change: CellChange, place: str, name: str) -> Line:
    reasons = tuple(_both_ways(change.came.get(reason, 0), change.went.get(reason, 0)) for reason in REASON)
    return Line(place, name, change.before, change.after, _signed(change.difference), reasons)


def _both_ways(came: int, went: int) -> str:
    return " ".join(text for text in (f"+{came}" if came else "", f"−{went}" if went else "") if text) or "–"


def _signed(number: int) -> str:
    return f"+{number}" if number > 0 else f"−{-number}" if number else "0"


def _status(cell: Cell) -> str:
    return str(STATUS[LabourMarketStatus(cell[1])])


def _moves(
    comparison: Comparison, names: Mapping[str, str], order: Callable[[Cell | None], tuple[int, ...]]
) -> tuple[MoveLine, ...]:
    def words(cell: Cell | None) -> str:
        if cell is None:
            return _("not in the table")
        return f"{names[cell[0]]}: {_status(cell)}" if names else _status(cell)

    ordered = sorted(comparison.moves, key=lambda move: (order(move.source), order(move.target), move.reason))
    return tuple(MoveLine(words(move.source), words(move.target), REASON[move.reason], move.count) for move in ordered)
