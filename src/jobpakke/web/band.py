"""The status line as a coloured band: one rectangle a spell, with years under it, and the same as a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise

from jobpakke.citizens.models import StatusSpell
from jobpakke.lib.periods import Period
from jobpakke.method.coverage import activity
from jobpakke.method.status import LabourMarketStatus, SpellFact, status_line
from jobpakke.packages.facts import Plan
from jobpakke.web.labels import STATUS


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
class YearMark:
    """Where a year begins, in per mille of the band."""

    year: int
    x: str

    @property
    def percent(self) -> str:
        """The same as a percentage, for text that is not stretched with the band."""
        return f"{float(self.x) / 10:.1f}%"


@dataclass(frozen=True, slots=True)
class Band:
    """The whole line from the first package to the day after the viewed date."""

    pieces: tuple[Piece, ...]
    years: tuple[YearMark, ...]
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
    return Band(pieces, _years(within), tuple((status, STATUS[status]) for status in STATUS if status in used))


def _piece(period: Period, status: LabourMarketStatus, within: Period) -> Piece:
    end = period.end or period.start
    return Piece(
        status=status,
        label=STATUS[status],
        start=period.start,
        last_day=end - timedelta(days=1),
        ongoing=end == within.end,
        x=_share(period.start, within),
        width=f"{_permille(end, within) - _permille(period.start, within):.1f}",
    )


def _years(within: Period) -> tuple[YearMark, ...]:
    last = within.end or within.start
    years = range(within.start.year + 1, last.year + 1)
    step = max(1, len(years) // 8)
    return tuple(YearMark(year, _share(date(year, 1, 1), within)) for year in years[::step])


def _share(day: date, within: Period) -> str:
    return f"{_permille(day, within):.1f}"


def _permille(day: date, within: Period) -> float:
    return 1000 * (day - within.start).days / (within.days or 1)
