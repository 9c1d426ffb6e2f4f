"""A document as a Word file, to be worked on by hand: real headings, tables with a header, drawings with words."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from typing import Any

import docx
import vl_convert
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from jobpakke.print.document import Document, Figures, Heading, Part, Picture, Points, Prose, Stories, written

_LANGUAGES = {"da": "da-DK", "en": "en-GB"}
_WIDTH = Cm(16)


def word(document: Document) -> bytes:
    """The file."""
    made = docx.Document()
    _prepare(made, document)
    made.add_heading(document.title, level=0)
    made.add_paragraph(document.subtitle, style="Subtitle")
    made.add_paragraph(document.made)
    for part in document.parts:
        _write(made, part, document.lang)
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


def _write(made: Any, part: Part, lang: str) -> None:
    match part:
        case Heading(text):
            made.add_heading(text, level=1)
        case Prose(text):
            made.add_paragraph(text)
        case Points(lines):
            for line in lines:
                made.add_paragraph(line, style="List Bullet")
        case Figures():
            _figures(made, part, lang)
        case Picture():
            _picture(made, part)
        case Stories():
            _stories(made, part)


def _prepare(made: Any, document: Document) -> None:
    properties = made.core_properties
    properties.title, properties.subject = document.title, document.subtitle
    properties.author, properties.language = document.footer, _LANGUAGES[document.lang]
    properties.created = properties.modified = datetime.combine(document.made_on, time())
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(10)
    normal.element.get_or_add_rPr().append(_language(document.lang))
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)


def _language(code: str) -> Any:
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), _LANGUAGES[code])
    return language


def _stories(made: Any, part: Stories) -> None:
    for story in part.told:
        made.add_heading(story.title, level=2)
        for words in story.paragraphs:
            run = made.add_paragraph().add_run(words)
            run._r.get_or_add_rPr().append(_language(part.lang))


def _figures(made: Any, part: Figures, lang: str) -> None:
    made.add_paragraph(part.caption, style="Caption").paragraph_format.keep_with_next = True
    rows = [part.header, *part.rows, *((part.total,) if part.total else ())]
    table = made.add_table(rows=len(rows), cols=len(part.header), style="Light List")
    for across, cells in zip(table.rows, rows, strict=True):
        for column, (place, cell) in enumerate(zip(across.cells, cells, strict=True)):
            paragraph = place.paragraphs[0]
            paragraph.add_run(written(cell, lang)).font.size = Pt(8.5)
            if column:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for note in part.notes:
        made.add_paragraph().add_run(note).font.size = Pt(8.5)


def _picture(made: Any, part: Picture) -> None:
    shape = made.add_picture(BytesIO(vl_convert.svg_to_png(part.svg, scale=2)), width=_WIDTH)
    shape._inline.docPr.set("descr", part.alt)
    made.add_paragraph(part.caption, style="Caption")
