"""The two shapes in which Statistikbanken gives a table as CSV.

*Long* (the API's CSV and BULK): ``OMRÅDE;YDELSESTYPE;TID;INDHOLD``, a row a count. *Matrix* (the table as it is shown):
a column a month after one or more columns of labels, whose headings may be empty and whose labels may be written once
for many rows; a title above and notes under it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from jobpakke.followup.context.areas import Areas
from jobpakke.followup.context.refusals import CountsRefusal
from jobpakke.lib.refusal import Refusal, Refused

MONTHS_IN_QUARTER = 3
_MONTH = re.compile(r"([12][0-9]{3})M(0[1-9]|1[0-2])")
_QUARTER = re.compile(r"([12][0-9]{3})[KQ]([1-4])")
_AREA = ("område", "omraade", "omr", "kommune", "region", "municipal", "area")
_BENEFIT = ("ydels", "ytype", "forsørg", "benefit", "type of benefit")
_TIME = frozenset({"tid", "time", "måned", "kvartal", "month", "quarter"})
_VALUE = frozenset({"indhold", "content", "contents", "antal", "number", "value"})


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A month or a quarter: its first day, and how many months it has."""

    start: date
    months: int


def span_of(text: str) -> Span | None:
    """``2009M01``, ``2009K1`` or ``2009Q1``; None for anything else, whole years too."""
    month = _MONTH.fullmatch(text.upper())
    if month:
        return Span(date(int(month[1]), int(month[2]), 1), 1)
    quarter = _QUARTER.fullmatch(text.upper())
    if quarter:
        return Span(date(int(quarter[1]), MONTHS_IN_QUARTER * int(quarter[2]) - 2, 1), MONTHS_IN_QUARTER)
    return None


@dataclass(frozen=True, slots=True)
class Layout:
    """Which column holds what, by number from 0. ``spans``: the months of a matrix, from column ``labels`` on.

    ``area`` -1: not known before the first row. ``benefit`` None: the file does not say it. ``others``: columns that
    must hold the same in every row.
    """

    names: tuple[str, ...]
    area: int
    benefit: int | None
    others: tuple[int, ...]
    time: int = -1
    value: int = -1
    spans: tuple[Span, ...] = ()

    @property
    def width(self) -> int:
        """How many cells a row has."""
        return len(self.names)

    @property
    def labels(self) -> int:
        """How many columns of a matrix come before its months."""
        return len(self.names) - len(self.spans)

    @property
    def is_matrix(self) -> bool:
        """Whether months are columns."""
        return bool(self.spans)


def layout_of(header: Sequence[str]) -> Layout | None:
    """What a line of headings says; None when it is none."""
    names = [_plain(cell) for cell in header]
    spans = [span_of(cell) for cell in header]
    first = next((number for number, span in enumerate(spans) if span), 0)
    months = tuple(span for span in spans[first:] if span)
    if first and len(months) == len(spans) - first:
        area, benefit, others = _labels(names[:first], range(first))
        return Layout(tuple(header), area, benefit, others, spans=months)
    time, value = _only(names, _TIME), _only(names, _VALUE)
    if time is None or value is None:
        return None
    area, benefit, others = _labels(names, [each for each in range(len(names)) if each not in (time, value)])
    if area < 0:
        raise Refused(Refusal(CountsRefusal.COUNTS_WITHOUT_AREA, {}))
    return Layout(tuple(header), area, benefit, others, time, value)


def placed(layout: Layout, rows: Sequence[Sequence[str]], areas: Areas) -> Layout:
    """The layout with the columns that have no heading told by the first rows.

    Raises:
        Refused: COUNTS_WITHOUT_AREA, COUNTS_COLUMNS_UNNAMED.
    """
    if layout.area >= 0:
        return layout
    area = _area_among(layout, rows, areas)
    if area < 0:
        raise Refused(Refusal(CountsRefusal.COUNTS_WITHOUT_AREA, {}))
    others = tuple(column for column in layout.others if column != area)
    unnamed = [column for column in others if not layout.names[column]]
    if layout.benefit is not None or not unnamed:
        return replace(layout, area=area, others=others)
    if len(unnamed) > 1:
        raise Refused(Refusal(CountsRefusal.COUNTS_COLUMNS_UNNAMED, {}))
    return replace(
        layout, area=area, benefit=unnamed[0], others=tuple(column for column in others if column != unnamed[0])
    )


def _area_among(layout: Layout, rows: Sequence[Sequence[str]], areas: Areas) -> int:
    """The column that names a municipality that is wanted, or one that looks like areas, or the only one, or -1."""
    for means_area in (lambda text: areas.find(text) is not None, areas.looks_like_one):
        for column in layout.others:
            if any(means_area(row[column]) for row in rows if len(row) > column):
                return column
    return 0 if layout.labels == 1 else -1


def is_total(text: str) -> bool:
    """Whether a label stands for all of its kind: "I alt", "Alder i alt", "TOT", "Age, total"."""
    plain = _plain(text)
    return plain in {"tot", "ialt", ""} or plain.endswith(("i alt", "total")) or plain.startswith(("i alt", "total"))


def _labels(names: Sequence[str], columns: Sequence[int]) -> tuple[int, int | None, tuple[int, ...]]:
    area = next((column for column in columns if names[column].startswith(_AREA)), -1)
    benefit = next((column for column in columns if column != area and names[column].startswith(_BENEFIT)), None)
    return area, benefit, tuple(column for column in columns if column not in (area, benefit))


def _only(names: Sequence[str], wanted: frozenset[str]) -> int | None:
    found = [number for number, name in enumerate(names) if name in wanted]
    return found[-1] if found else None


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split())).casefold()
