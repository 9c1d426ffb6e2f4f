"""From the bytes of a file to counts by municipality, benefit and month: all of it, or nothing."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import NamedTuple

from jobpakke.followup.context.areas import Areas
from jobpakke.followup.context.layouts import Layout, Span, is_total, layout_of, placed, span_of
from jobpakke.followup.context.refusals import CountsRefusal, Problem, RowFault
from jobpakke.lib.refusal import Refusal, Refused

MOST_BYTES = 10 * 1024 * 1024
MOST_CELLS = 300_000
"""Counts in a file, those of other areas too: all municipalities and ten benefits over 25 years."""
MOST_PROBLEMS = 1000
LONGEST_BENEFIT = 120
_MOST_ABOVE = 20
"""How many lines may stand above the headings."""
_HEAD = 4000
_LOOKED_AT = 500
"""How many rows are asked which of the columns without a heading has the areas."""
_AREAS_TOLD = 6
_MISSING = frozenset({"..", ".", "...", "…", ":"})
_NIL = frozenset({"-", "–"})
_WHOLE = re.compile("[0-9]{1,9}")

Row = tuple[int, list[str]]
"""Its number as a spreadsheet counts, and its cells without blanks around."""


class CountKey(NamedTuple):
    """What a count is of: code of the municipality, benefit, month or quarter."""

    municipality: str
    benefit: str
    span: Span


@dataclass(frozen=True, slots=True)
class CountFile:
    """What a file says. ``skipped``: rows of other areas by what the file calls them; ``missing``: counts it marks as
    unknown (".."). Made by ``read_counts`` only."""

    counts: Mapping[CountKey, int]
    skipped: Mapping[str, int]
    missing: int
    sha256: str


@dataclass(slots=True)
class _Found:
    """What has been read so far."""

    counts: dict[CountKey, int] = field(default_factory=dict)
    skipped: Counter[str] = field(default_factory=Counter)
    missing: int = 0
    cells: int = 0
    problems: list[Problem] = field(default_factory=list)
    faults: int = 0
    same: dict[int, str] = field(default_factory=dict)
    """What the columns that must not vary hold."""

    def wrong(self, row: int, column: int, fault: RowFault) -> None:
        self.faults += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(row, column + 1, fault))


def read_counts(content: bytes, areas: Areas, *, benefit: str = "") -> CountFile:
    """The counts of a file from Statistikbanken for the municipalities among ``areas``; ``benefit`` names what is
    counted where the file does not.

    Raises:
        Refused: COUNTS_EMPTY, COUNTS_TOO_LARGE (most: megabytes), COUNTS_TOO_MANY (most), COUNTS_NOT_TEXT, COUNTS_TORN
            (row), COUNTS_LAYOUT_UNKNOWN, COUNTS_WITHOUT_AREA, COUNTS_COLUMNS_UNNAMED, COUNTS_WITHOUT_BENEFIT,
            COUNTS_BENEFIT_NAMED_TWICE, COUNTS_SPLIT (column), COUNTS_ROWS_WRONG (count, problems: the first 1,000),
            COUNTS_OF_OTHER_PLACES (areas), COUNTS_ALL_MISSING.
    """
    check_size(len(content))
    text = _text(content)
    layout, rows = _opened(text, areas)
    benefit = benefit.strip()
    _check_benefit(layout, benefit)
    found = _Found()
    _read(rows, layout, areas, benefit, found)
    if found.faults:
        raise Refused(
            Refusal(CountsRefusal.COUNTS_ROWS_WRONG, {"count": found.faults, "problems": tuple(sorted(found.problems))})
        )
    if not found.counts and not found.missing:
        told = tuple(name[:40] for name in list(found.skipped)[:_AREAS_TOLD])
        raise Refused(Refusal(CountsRefusal.COUNTS_OF_OTHER_PLACES, {"areas": told or ("–",)}))
    if not found.counts:
        raise Refused(Refusal(CountsRefusal.COUNTS_ALL_MISSING, {}))
    return CountFile(found.counts, found.skipped, found.missing, hashlib.sha256(content).hexdigest())


def check_size(size: int) -> None:
    """Raises Refused: COUNTS_EMPTY, COUNTS_TOO_LARGE (most: megabytes)."""
    if not size:
        raise Refused(Refusal(CountsRefusal.COUNTS_EMPTY, {}))
    if size > MOST_BYTES:
        raise Refused(Refusal(CountsRefusal.COUNTS_TOO_LARGE, {"most": MOST_BYTES // 1024**2}))


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Refused(Refusal(CountsRefusal.COUNTS_NOT_TEXT, {}))


def _opened(text: str, areas: Areas) -> tuple[Layout, Iterator[Row]]:
    """The layout, and the rows under its headings."""
    head = text[:_HEAD]
    rows = _rows(text, "\t" if "\t" in head and ";" not in head else ";")
    for _number, cells in islice(rows, _MOST_ABOVE):
        layout = layout_of(_without_end(cells))
        if layout:
            first = list(islice(rows, _LOOKED_AT))
            return placed(layout, [cells for _number, cells in first], areas), chain(first, rows)
    raise Refused(Refusal(CountsRefusal.COUNTS_LAYOUT_UNKNOWN, {}))


def _rows(text: str, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            yield reader.line_num, [cell.strip() for cell in cells]
    except csv.Error as error:
        raise Refused(Refusal(CountsRefusal.COUNTS_TORN, {"row": reader.line_num})) from error


def _without_end(cells: list[str]) -> list[str]:
    """Without the empty cells that a semicolon at the end of the line makes."""
    kept = len(cells)
    while kept and not cells[kept - 1]:
        kept -= 1
    return cells[:kept]


def _read(rows: Iterator[Row], layout: Layout, areas: Areas, benefit: str, found: _Found) -> None:
    labels = [""] * layout.width
    for number, cells in rows:
        if not any(cells) or _is_note(cells, layout, areas):
            continue
        if len(cells) > layout.width and not any(cells[layout.width :]):
            cells = cells[: layout.width]  # noqa: PLW2901  # the line ends with a semicolon
        if len(cells) != layout.width:
            found.wrong(number, min(len(cells), layout.width), RowFault.WRONG_WIDTH)
            continue
        if layout.is_matrix:
            labels = cells = _carried(cells, labels, layout)  # noqa: PLW2901  # labels written once for many rows
        _read_row((number, cells), layout, areas, benefit, found)


def _is_note(cells: list[str], layout: Layout, areas: Areas) -> bool:
    """A line of words under the table: one cell, which is no municipality."""
    return layout.width > 1 and bool(cells[0]) and not any(cells[1:]) and areas.find(cells[0]) is None


def _check_benefit(layout: Layout, benefit: str) -> None:
    if layout.benefit is None and not benefit:
        raise Refused(Refusal(CountsRefusal.COUNTS_WITHOUT_BENEFIT, {}))
    if layout.benefit is not None and benefit:
        raise Refused(Refusal(CountsRefusal.COUNTS_BENEFIT_NAMED_TWICE, {}))


def _carried(cells: list[str], before: Sequence[str], layout: Layout) -> list[str]:
    """Empty labels hold what stands above them, until a label to the left of them changes."""
    carried = list(cells)
    for column in range(layout.labels):
        if cells[column]:
            break
        carried[column] = before[column]
    return carried


def _read_row(row: Row, layout: Layout, areas: Areas, benefit: str, found: _Found) -> None:
    number, cells = row
    found.cells += len(layout.spans) or 1
    if found.cells > MOST_CELLS:
        raise Refused(Refusal(CountsRefusal.COUNTS_TOO_MANY, {"most": MOST_CELLS}))
    area = cells[layout.area]
    if not area:
        found.wrong(number, layout.area, RowFault.NO_AREA)
        return
    municipality = areas.find(area)
    if municipality is None:
        found.skipped[area] += 1
        return
    _check_same(cells, layout, found)
    name = _benefit(row, layout, benefit, found)
    if name is None:
        return
    if layout.is_matrix:
        for column, span in enumerate(layout.spans, layout.labels):
            _take(row, column, CountKey(municipality, name, span), found)
        return
    one = span_of(cells[layout.time])
    if one is None:
        found.wrong(number, layout.time, RowFault.NO_MONTH)
        return
    _take(row, layout.value, CountKey(municipality, name, one), found)


def _check_same(cells: Sequence[str], layout: Layout, found: _Found) -> None:
    for column in layout.others:
        if found.same.setdefault(column, cells[column]) != cells[column]:
            told = layout.names[column] or str(column + 1)
            raise Refused(Refusal(CountsRefusal.COUNTS_SPLIT, {"column": told[:40]}))


def _benefit(row: Row, layout: Layout, benefit: str, found: _Found) -> str | None:
    """What is counted: the benefit, and what else the file was narrowed to, as "Kontanthjælp, Kvinder"."""
    number, cells = row
    column = layout.area if layout.benefit is None else layout.benefit
    first = benefit if layout.benefit is None else cells[layout.benefit]
    if not first:
        found.wrong(number, column, RowFault.NO_BENEFIT)
        return None
    name = ", ".join([first, *(cells[each] for each in layout.others if not is_total(cells[each]))])
    if len(name) > LONGEST_BENEFIT:
        found.wrong(number, column, RowFault.BENEFIT_TOO_LONG)
        return None
    return name


def _take(row: Row, column: int, key: CountKey, found: _Found) -> None:
    number, cells = row
    cell = cells[column]
    if cell in _MISSING:
        found.missing += 1
    elif cell not in _NIL and not _WHOLE.fullmatch(cell):
        found.wrong(number, column, RowFault.NO_COUNT)
    elif key in found.counts:
        found.wrong(number, column, RowFault.TWICE)
    else:
        found.counts[key] = 0 if cell in _NIL else int(cell)
