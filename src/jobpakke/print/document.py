"""A written document before it has a format: a title, and parts in order that each writer turns into its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from math import floor
from typing import Any

Cell = str | int | float | None
"""What a table holds: a word, a count, a share (float, 0.38 for 38 %), or nothing."""


@dataclass(frozen=True, slots=True)
class Heading:
    """Begins a chapter."""

    text: str


@dataclass(frozen=True, slots=True)
class Prose:
    """One paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Points:
    """Short lines under one another."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """A table: the first cell of a row names it, the others are counts, shares, or empty where nothing is known.

    ``total`` is the last row; where it is given, ``summed`` says which columns (from 0) are the sums of the rows above.
    ``drawn``: the first and the last column of counts that a workbook draws as stacked bars, one a row.
    """

    name: str
    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] = ()
    summed: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    drawn: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as SVG, its caption, and what it shows in words for whoever does not see it."""

    name: str
    svg: str
    caption: str
    alt: str


@dataclass(frozen=True, slots=True)
class Story:
    """A text under a name, in paragraphs."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stories:
    """Texts under names, written in ``lang`` whatever the language of the document. ``header``: what the two are called
    where they stand in columns."""

    name: str
    lang: str
    header: tuple[str, str]
    told: tuple[Story, ...]


Part = Heading | Prose | Points | Figures | Picture | Stories


@dataclass(frozen=True, slots=True)
class Document:
    """Everything that is written, in one language; ``made_on`` is the day it was made."""

    title: str
    subtitle: str
    lang: str
    made: str
    made_on: date
    footer: str
    parts: tuple[Part, ...]
    words: Mapping[str, str] = field(default_factory=dict)


def grouped(number: int, lang: str) -> str:
    """A count as one writes it: 1.234 in Danish, 1,234 in English."""
    text = f"{number:,}"
    return text.replace(",", ".") if lang == "da" else text


def written(cell: Cell, lang: str) -> str:
    """A cell as text: a share in whole percent, a dash where nothing is known."""
    if cell is None:
        return "–"
    if isinstance(cell, float):
        return f"{floor(cell * 100 + 0.5)} %"
    return grouped(cell, lang) if isinstance(cell, int) else cell


def told(document: Document) -> dict[str, Any]:
    """The document as plain data for a template: each part with its ``kind``, each cell as text."""
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "lang": document.lang,
        "made": document.made,
        "footer": document.footer,
        "words": dict(document.words),
        "notice": "",
        "parts": [_part(part, document.lang) for part in document.parts],
    }


def _part(part: Part, lang: str) -> dict[str, Any]:
    plain = {"kind": type(part).__name__.lower(), **asdict(part)}
    if isinstance(part, Figures):
        plain["rows"] = [[written(cell, lang) for cell in row] for row in part.rows]
        plain["total"] = [written(cell, lang) for cell in part.total]
    return plain
