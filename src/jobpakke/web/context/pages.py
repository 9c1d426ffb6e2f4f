"""What the page of results in context shows: chosen by its address, else the programme's whole time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TypeVar
from urllib.parse import urlencode

from django.http import Http404, QueryDict
from django.utils.formats import number_format

from jobpakke.access.policies import Act, municipalities_for
from jobpakke.followup.context.beside import Beside, BesideRow, Series, beside, series_of, window_of
from jobpakke.followup.context.layouts import Span
from jobpakke.followup.context.models import BenefitCount
from jobpakke.followup.export import Cells
from jobpakke.followup.tables import status_at
from jobpakke.method.status import LabourMarketStatus
from jobpakke.packages.models import Programme
from jobpakke.web.context.sentences import outside, signed_percent, span_name, told
from jobpakke.web.followup.wording import percent
from jobpakke.web.http import Visitor
from jobpakke.web.viewing import viewable_day

Row = TypeVar("Row")
MOST_CELLS = 400
"""Of the index table: a longer one shows every second month, every third ..., and the last."""


@dataclass(frozen=True, slots=True)
class BesideLine:
    """A municipality's row, or the total's (no name), in words."""

    name: str
    first: str
    last: str
    change: str
    self_support: str
    waiting: int
    citizens: int


@dataclass(frozen=True, slots=True)
class IndexRow:
    """A month's row of the index: what it is called, and a figure a municipality."""

    name: str
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the address asks for. ``series`` None: nothing is known yet, or no programme is followed; ``shown`` None:
    nor where too little of the series lies within the days."""

    programmes: tuple[Programme, ...]
    programme: Programme | None
    serieses: tuple[Series, ...]
    starts_on: date
    ends_on: date
    series: Series | None
    shown: Beside | None

    @property
    def query(self) -> str:
        """As the address of a picture or file of the same."""
        asked: Mapping[str, object] = {"fra": self.starts_on, "til": self.ends_on}
        code = self.programme.code if self.programme else ""
        series = self.series.code if self.series else ""
        return urlencode({"programme": code, "benefit": series, **asked})


def chosen(who: Visitor, asked: QueryDict) -> Chosen:
    """Raises Http404 for a programme or a benefit that the visitor does not see."""
    today = who.viewing.today
    programmes = tuple(Programme.objects.visible_to(who.user, on=today).order_by("starts_on", "code"))
    programme = _asked(programmes, asked.get("programme"), lambda each: each.code)
    counts = BenefitCount.objects.visible_to(who.user, on=today).current()
    serieses = series_of(counts)
    longest_first = sorted(serieses, key=lambda each: each.first - each.last)
    series = _asked(longest_first, asked.get("benefit"), lambda each: each.code)
    standing = None if who.viewing.is_today else who.viewing.on
    followed_up_on = programme.followed_up_on if programme else None
    ends_on = viewable_day(asked.get("til")) or standing or followed_up_on or today
    starts_on = viewable_day(asked.get("fra")) or (programme.starts_on if programme else ends_on)
    starts_on, ends_on = sorted((starts_on, ends_on))
    if programme is None or series is None:
        return Chosen(programmes, programme, serieses, starts_on, ends_on, None, None)
    window = window_of(series, starts_on, ends_on)
    if window is None:
        return Chosen(programmes, programme, serieses, starts_on, ends_on, series, None)
    among = municipalities_for(who.user, Act.SEE_FOLLOW_UP, on=today)
    status = status_at(programme, on=ends_on, among=among)
    shown = beside(window, counts, status)
    return Chosen(programmes, programme, serieses, starts_on, ends_on, series, shown)


def results(found: Chosen) -> dict[str, object]:
    """What the template needs of what is shown; where nothing is, only why."""
    shown = found.shown
    if shown is None:
        return {} if found.series is None else {"sentences": [outside(found.series, found.starts_on, found.ends_on)]}
    return {
        "window": shown.window,
        "first": span_name(shown.window.first),
        "last": span_name(shown.window.last),
        "sentences": told(shown, found.ends_on),
        "lines": [_line(row) for row in shown.rows],
        "total": _line(shown.total),
        "names": [line.municipality.name for line in shown.lines],
        "index_rows": index_rows(shown),
        "sources": shown.sources,
    }


def index_rows(shown: Beside) -> list[IndexRow]:
    """The index as a table, thinned so that the page stays small."""
    spans = shown.window.spans
    step = -(-len(spans) * (len(shown.lines) + 1) // MOST_CELLS)
    kept = sorted({*range(0, len(spans), step), len(spans) - 1})
    return [
        IndexRow(span_name(spans[each]), tuple(_figure(line.values[each]) for line in shown.lines)) for each in kept
    ]


def cells(shown: Beside) -> Cells:
    """Every count of the window with its index, as the file to take along has them. Column names are part of the
    interface."""
    names: list[str | int | float | None] = [
        "municipality_code",
        "municipality",
        "benefit",
        "from",
        "months",
        "persons",
        "index",
    ]
    rows: Cells = [names]
    for line in shown.lines:
        for span, persons, value in zip(shown.window.spans, line.persons, line.values, strict=True):
            index = None if value is None else f"{float(value):.1f}"
            place, name = line.municipality.code, line.municipality.name
            rows.append([place, name, shown.window.series.benefit, str(span.start), span.months, persons, index])
    return rows


def choices(programmes: Sequence[Programme], serieses: Sequence[Series]) -> dict[str, list[tuple[str, str]]]:
    """What the form offers."""
    return {
        "programmes": [(each.code, f"{each.code}: {each.name}") for each in programmes],
        "benefits": [(each.code, _series_name(each)) for each in serieses],
    }


def _asked(rows: Sequence[Row], code: str | None, code_of: Callable[[Row], str]) -> Row | None:
    found = next((each for each in rows if code_of(each) == code), None)
    if code and found is None:
        raise Http404
    return found or next(iter(rows), None)


def _series_name(series: Series) -> str:
    ends = [span_name(Span(each, series.months)) for each in (series.first, series.last)]
    return f"{series.benefit} ({' – '.join(ends)})"


def _line(row: BesideRow) -> BesideLine:
    rate = row.status.self_support_rate
    share = "–" if rate is None else f"{percent(rate)} %"
    return BesideLine(
        row.municipality.name if row.municipality else "",
        _count(row.first),
        _count(row.last),
        signed_percent(row.change),
        share,
        row.status.counts[LabourMarketStatus.CASH_BENEFIT],
        row.status.citizens,
    )


def _count(persons: int | None) -> str:
    return "–" if persons is None else number_format(persons)


def _figure(value: Fraction | None) -> str:
    return "–" if value is None else number_format(round(float(value), 1), 1)
