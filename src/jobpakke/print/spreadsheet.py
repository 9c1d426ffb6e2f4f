"""A document as an Excel workbook: its words on the first sheet, each table and the stories on sheets of their own,
totals as formulas, and drawings of Excel's own that follow a changed cell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from jobpakke.print.document import Cell, Document, Figures, Heading, Part, Points, Prose, Stories

_WIDE, _NARROW, _WORDS = 24, 16, 110
_FIRST = 3
"""The row of a table's first figures, from 0: after its caption, an empty row and the header."""


def xlsx(document: Document) -> bytes:
    """The file. A total is a formula over the rows above it, so that it follows a changed cell."""
    kept = BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties(
        {"title": document.title, "subject": document.subtitle, "created": datetime.combine(document.made_on, time())}
    )
    forms = _forms(book)
    _Sheet(book.add_worksheet(document.words["text"]), forms).write_words(document)
    for part in document.parts:
        if isinstance(part, Figures):
            sheet = _Sheet(book.add_worksheet(part.name), forms)
            sheet.write_figures(part)
            if part.drawn and part.rows:
                sheet.draw(book.add_chart({"type": "bar", "subtype": "stacked"}), part, part.drawn)
        elif isinstance(part, Stories):
            _Sheet(book.add_worksheet(part.name), forms).write_stories(part)
    book.close()
    return kept.getvalue()


def _forms(book: Any) -> dict[str, Any]:
    looks: dict[str, dict[str, object]] = {
        "title": {"bold": True, "font_size": 16},
        "heading": {"bold": True, "font_size": 13},
        "text": {"text_wrap": True, "valign": "top"},
        "caption": {"bold": True},
        "header": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"},
        "word": {},
        "count": {"num_format": "#,##0"},
        "share": {"num_format": "0 %"},
        "total_word": {"bold": True, "top": 1},
        "total_count": {"bold": True, "top": 1, "num_format": "#,##0"},
        "total_share": {"bold": True, "top": 1, "num_format": "0 %"},
    }
    return {name: book.add_format(look) for name, look in looks.items()}


@dataclass(frozen=True, slots=True)
class _Sheet:
    sheet: Any
    forms: dict[str, Any]

    def write_words(self, document: Document) -> None:
        self.sheet.set_column(0, 0, _WORDS)
        lines = [(document.title, "title"), (document.subtitle, "text"), (document.made, "text")]
        for part in document.parts:
            lines += _lines(part)
        for row, (text, form) in enumerate(lines):
            self.sheet.write_string(row, 0, text, self.forms[form])

    def write_figures(self, part: Figures) -> None:
        self.sheet.set_column(0, 0, _WIDE)
        self.sheet.set_column(1, len(part.header) - 1, _NARROW)
        self.sheet.write_string(0, 0, part.caption, self.forms["caption"])
        for column, name in enumerate(part.header):
            self.sheet.write_string(_FIRST - 1, column, name, self.forms["header"])
        self.sheet.freeze_panes(_FIRST, 1)
        for row, cells in enumerate(part.rows, _FIRST):
            for column, cell in enumerate(cells):
                self.write(row, column, cell)
        self.write_total(_FIRST + len(part.rows), part)
        for row, note in enumerate(part.notes, _FIRST + len(part.rows) + 2):
            self.sheet.write_string(row, 0, note)

    def draw(self, chart: Any, part: Figures, drawn: tuple[int, int]) -> None:
        """Stacked bars below the table, the first row on top."""
        last = _FIRST + len(part.rows) - 1
        for column in range(drawn[0], drawn[1] + 1):
            chart.add_series(
                {
                    "name": [part.name, _FIRST - 1, column],
                    "categories": [part.name, _FIRST, 0, last, 0],
                    "values": [part.name, _FIRST, column, last, column],
                    "gap": 40,
                }
            )
        chart.set_title({"name": part.caption, "name_font": {"size": 11}})
        chart.set_y_axis({"reverse": True})
        chart.set_x_axis({"min": 0, "major_gridlines": {"visible": True}})
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": 900, "height": 180 + 44 * len(part.rows)})
        words = {"description": part.caption, "object_position": 1}
        self.sheet.insert_chart(last + len(part.notes) + 5, 0, chart, words)

    def write_stories(self, part: Stories) -> None:
        self.sheet.set_column(0, 0, _WIDE)
        self.sheet.set_column(1, 1, _WORDS)
        self.sheet.freeze_panes(1, 0)
        for column, name in enumerate(part.header):
            self.sheet.write_string(0, column, name, self.forms["header"])
        for row, story in enumerate(part.told, 1):
            self.sheet.write_string(row, 0, story.title, self.forms["text"])
            self.sheet.write_string(row, 1, "\n\n".join(story.paragraphs), self.forms["text"])

    def write_total(self, row: int, part: Figures) -> None:
        for column, cell in enumerate(part.total):
            if column in part.summed and part.rows:
                above = f"{xl_rowcol_to_cell(_FIRST, column)}:{xl_rowcol_to_cell(row - 1, column)}"
                self.sheet.write_formula(row, column, f"=SUM({above})", self.forms["total_count"], cell)
            else:
                self.write(row, column, cell, "total_")

    def write(self, row: int, column: int, cell: Cell, weight: str = "") -> None:
        """Text is written as text: what begins with an equals sign is no formula."""
        if cell is None:
            self.sheet.write_blank(row, column, None, self.forms[f"{weight}word"])
        elif isinstance(cell, str):
            self.sheet.write_string(row, column, cell, self.forms[f"{weight}word"])
        else:
            kind = "share" if isinstance(cell, float) else "count"
            self.sheet.write_number(row, column, cell, self.forms[f"{weight}{kind}"])


def _lines(part: Part) -> list[tuple[str, str]]:
    match part:
        case Heading(text):
            return [("", "text"), (text, "heading")]
        case Prose(text):
            return [(text, "text")]
        case Points(points):
            return [(f"• {point}", "text") for point in points]
        case _:
            return []
