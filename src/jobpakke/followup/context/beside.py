"""The counts of two months or quarters beside the results of a programme, and the way between them as an index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Max, Min, QuerySet

from jobpakke.access.models import Municipality
from jobpakke.followup.context.layouts import Span
from jobpakke.followup.context.models import BenefitCount
from jobpakke.followup.tables import StatusRow, StatusTable

MONTHS_IN_YEAR = 12


@dataclass(frozen=True, slots=True)
class Series:
    """One benefit as it is counted: by month or by quarter, from the first to the last that is known."""

    benefit: str
    months: int
    first: date
    last: date

    @property
    def code(self) -> str:
        """As an address names it."""
        return series_code(self.benefit, self.months)

    @property
    def spans(self) -> tuple[Span, Span]:
        """The first and the last month or quarter that is known."""
        return span_around(self.first, self.months), span_around(self.last, self.months)


def series_code(benefit: str, months: int) -> str:
    """What a benefit counted by so many months is called in an address."""
    return f"{months}:{benefit}"


@dataclass(frozen=True, slots=True)
class Window:
    """What is compared: one benefit at its first and its last month or quarter."""

    series: Series
    first: Span
    last: Span

    def reaches(self, day: date) -> bool:
        """Whether the last month or quarter is that of the day, or later."""
        return self.last >= span_around(day, self.series.months)

    @property
    def spans(self) -> tuple[Span, ...]:
        """Every month or quarter from the first to the last."""
        return tuple(_from(self.first, self.last.start))


@dataclass(frozen=True, slots=True)
class Source:
    """Where counts come from, and when they were taken in."""

    text: str
    imported_on: date


@dataclass(frozen=True, slots=True)
class BesideRow:
    """A municipality (None: all that are counted at both ends): recipients then and later, and the programme's people
    on the last day."""

    municipality: Municipality | None
    first: int | None
    last: int | None
    status: StatusRow

    @property
    def change(self) -> Fraction | None:
        """How much more recipients there are, as a share of those at first; None where that cannot be said."""
        if self.first is None or self.last is None or not self.first:
            return None
        return Fraction(self.last - self.first, self.first)


@dataclass(frozen=True, slots=True)
class IndexLine:
    """A municipality's counts, a month or quarter of the window each, and as an index: ``first`` is 100; None where
    nothing is known."""

    municipality: Municipality
    first: int
    persons: tuple[int | None, ...]

    @property
    def values(self) -> tuple[Fraction | None, ...]:
        """The index."""
        return tuple(None if each is None else Fraction(100 * each, self.first) for each in self.persons)


@dataclass(frozen=True, slots=True)
class Beside:
    """Everything that the page shows."""

    window: Window
    rows: tuple[BesideRow, ...]
    total: BesideRow
    lines: tuple[IndexLine, ...]
    sources: tuple[Source, ...]


def series_of(counts: QuerySet[BenefitCount]) -> tuple[Series, ...]:
    """What is counted, by name; monthly before quarterly. One query."""
    rows = counts.order_by().values("benefit", "months").annotate(first=Min("month"), last=Max("month"))
    found = (Series(row["benefit"], row["months"], row["first"], row["last"]) for row in rows)
    return tuple(sorted(found, key=lambda each: (each.benefit, each.months)))


def window_of(series: Series, starts_on: date, ends_on: date) -> Window | None:
    """From the month (or quarter) of one day to that of another, as far as it is known.

    None where fewer than two of the months in between are known: one count is neither a rise nor a fall.
    """
    starts_on, ends_on = sorted((starts_on, ends_on))
    first = max(span_around(starts_on, series.months), series.spans[0])
    last = min(span_around(ends_on, series.months), series.spans[1])
    return Window(series, first, last) if first < last else None


def span_around(day: date, months: int) -> Span:
    """The month or quarter that holds the day."""
    return Span(day.replace(month=day.month - (day.month - 1) % months, day=1), months)


def beside(window: Window, counts: QuerySet[BenefitCount], status: StatusTable) -> Beside:
    """The counts of the window beside the status table. One query."""
    rows = counts.filter(
        benefit=window.series.benefit,
        months=window.series.months,
        month__range=(window.first.start, window.last.start),
        municipality__in=[row.municipality.pk for row in status.rows if row.municipality],
    )
    found: dict[int, dict[date, int]] = defaultdict(dict)
    sources = set()
    for place, month, persons, source, imported_on in rows.values_list(
        "municipality", "month", "persons", "imported__source", "imported__imported_on"
    ):
        found[place][month] = persons
        sources.add(Source(source, imported_on))
    told = tuple(_row(row, found, window) for row in status.rows if row.municipality)
    return Beside(
        window,
        told,
        _total(told, status.total),
        tuple(_lines(told, found, window.spans)),
        tuple(sorted(sources, key=lambda each: (each.imported_on, each.text))),
    )


def _row(status: StatusRow, found: Mapping[int, Mapping[date, int]], window: Window) -> BesideRow:
    known = found.get(status.municipality.pk, {}) if status.municipality else {}
    return BesideRow(status.municipality, known.get(window.first.start), known.get(window.last.start), status)


def _total(rows: Sequence[BesideRow], status: StatusRow) -> BesideRow:
    both = [(row.first, row.last) for row in rows if row.first is not None and row.last is not None]
    if not both:
        return BesideRow(None, None, None, status)
    return BesideRow(None, sum(first for first, _last in both), sum(last for _first, last in both), status)


def _lines(
    rows: Sequence[BesideRow], found: Mapping[int, Mapping[date, int]], spans: Sequence[Span]
) -> Iterator[IndexLine]:
    for row in rows:
        if row.municipality and row.first:
            known = found[row.municipality.pk]
            yield IndexLine(row.municipality, row.first, tuple(known.get(span.start) for span in spans))


def _from(first: Span, last: date) -> Iterator[Span]:
    each = first
    while each.start <= last:
        yield each
        months = each.start.year * MONTHS_IN_YEAR + each.start.month - 1 + each.months
        each = Span(date(months // MONTHS_IN_YEAR, months % MONTHS_IN_YEAR + 1, 1), each.months)
