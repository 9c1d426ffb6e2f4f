"""The status line as a coloured band: one rectangle a spell, with years under it, and the same as a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.functional import Promise

from jobpakke.citizens.models import StatusSpell
from jobpakke.lib.periods import Period
from jobpakke.method.coverage import activity
from jobpakke.method.status import LabourMarketStatus, SpellFact, status_line
from jobpakke.packages.facts import Plan
from jobpakke.web.labels import STATUS

_LONG = 24
_MOST = 8


@dataclass(frozen=True, slots=True)
class Piece:
    """One status over some days. ``x`` and ``width`` in per mille of the band."""

    status: LabourMarketStatus
    label: Promise | str
    start: date
    last_day: date
    ongoing: bool
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a year begins, or a month in a short band; ``x`` in per mille of the band."""

    label: str
    x: str

    @property
    def percent(self) -> str:
        """The same as a percentage, for text that is not stretched with the band."""
        return f"{float(self.x) / 10:.1f}%"


@dataclass(frozen=True, slots=True)
class Band:
    """The whole line from the first package to the day after the viewed date."""

    pieces: tuple[Piece, ...]
    marks: tuple[Mark, ...]
    legend: tuple[tuple[LabourMarketStatus, Promise | str], ...]

    @property
    def now(self) -> Piece:
        """The status on the viewed date."""
        return self.pieces[-1]


def band(since: date, plans: Iterable[Plan], spells: Iterable[StatusSpell], *, on: date) -> Band:
    """The band of a citizen known since a day, as it stood on a date."""
    within = Period(min(since, on), on + timedelta(days=1))
    happened = [
        period
        for plan in plans
        if plan.package.opened_on and plan.package.opened_on <= on
        for period in activity(plan.package_fact(plan.package.opened_on))
    ]
    facts = [SpellFact(LabourMarketStatus(spell.status), Period(spell.starts_on, spell.ends_on)) for spell in spells]
    line = status_line(facts, happened, within=within)
    pieces = tuple(_piece(period, status, within) for period, status in line)
    used = dict.fromkeys(piece.status for piece in pieces)
    return Band(pieces, marks(within), tuple((status, STATUS[status]) for status in STATUS if status in used))


def _piece(period: Period, status: LabourMarketStatus, within: Period) -> Piece:
    end = period.end or period.start
    return Piece(
        status=status,
        label=STATUS[status],
        start=period.start,
        last_day=end - timedelta(days=1),
        ongoing=end == within.end,
        x=share(period.start, within),
        width=f"{_permille(end, within) - _permille(period.start, within):.1f}",
    )


def marks(within: Period) -> tuple[Mark, ...]:
    """Years; in a band shorter than two of them, months. Never more than ten or so."""
    last = within.end or within.start
    months = 12 * (last.year - within.start.year) + last.month - within.start.month
    if months >= _LONG:
        days = [date(year, 1, 1) for year in range(within.start.year + 1, last.year + 1)]
    else:
        days = [_month_after(within.start, number) for number in range(1, months + 1)]
    form = "Y" if months >= _LONG else "b Y"
    step = max(1, -(-len(days) // _MOST))
    return tuple(Mark(date_format(day, form), share(day, within)) for day in days[::step])


def _month_after(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def share(day: date, within: Period) -> str:
    """Where a day stands in an interval, in per mille."""
    return f"{_permille(day, within):.1f}"


def _permille(day: date, within: Period) -> float:
    return 1000 * (day - within.start).days / (within.days or 1)
