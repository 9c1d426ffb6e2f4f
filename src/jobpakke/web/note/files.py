"""The note as a file in each of its formats."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string

from jobpakke.print.document import Document, told
from jobpakke.print.engine import pdf
from jobpakke.print.spreadsheet import xlsx
from jobpakke.print.word import word


@dataclass(frozen=True, slots=True)
class Format:
    """How a note is written, and what the file is."""

    write: Callable[[Document, datetime], bytes]
    content_type: str


def _pdf(document: Document, at: datetime) -> bytes:
    return pdf("note.typ", told(document), at=at)


def _html(document: Document, _at: datetime) -> bytes:
    plain = told(document)
    for part in plain["parts"]:
        if "svg" in part:
            part["src"] = f"data:image/svg+xml;base64,{b64encode(part['svg'].encode()).decode()}"
    return render_to_string("note/file.html", {"note": plain}).encode()


_OPEN_XML = "application/vnd.openxmlformats-officedocument"
FORMATS: Mapping[str, Format] = {
    "pdf": Format(_pdf, "application/pdf"),
    "html": Format(_html, "text/html; charset=utf-8"),
    "xlsx": Format(lambda document, _at: xlsx(document), f"{_OPEN_XML}.spreadsheetml.sheet"),
    "docx": Format(lambda document, _at: word(document), f"{_OPEN_XML}.wordprocessingml.document"),
}
