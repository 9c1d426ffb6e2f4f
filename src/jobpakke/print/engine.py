"""From a template and data to a PDF that a screen reader can read (PDF/UA-1), by Typst, in memory.

What people wrote reaches the template as data and is never read as code. A template may read its own folder and nothing
else, and fetches nothing; it finds the fonts that come with the program, and no others.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from jobpakke.print.signs import BOX, FONTS, shown

TEMPLATES = Path(__file__).parent / "templates"
_CANNOT_DRAW = "could not be displayed"


def pdf(template: str, data: Any, *, at: datetime) -> bytes:
    """The bytes of the template's file filled with the data: a dataclass or mapping of texts, numbers, lists.

    The template gets the data as ``json(bytes(sys.inputs.data))``, with ``incomplete`` added: whether a sign could not
    be drawn. ``at`` is the moment written in the file as its making; with it the same data give the same bytes.

    Raises:
        FileNotFoundError: there is no such template.
        typst.TypstError: the template is wrong; never because of what somebody wrote.
    """
    path = TEMPLATES / template
    if path.parent != TEMPLATES or not path.is_file():
        raise FileNotFoundError(template)
    plain = asdict(data) if is_dataclass(data) and not isinstance(data, type) else data
    try:
        return _compiled(path, _told(plain, narrow=False), at)
    except typst.TypstError as error:
        if _CANNOT_DRAW not in error.message:
            raise
        return _compiled(path, _told(plain, narrow=True), at)


def _told(plain: Mapping[str, object], *, narrow: bool) -> str:
    """The data as JSON, with whether a sign of it became a box."""
    drawn = shown(plain, narrow=narrow)
    text = json.dumps(drawn, ensure_ascii=False)
    lost = text.count(BOX) > json.dumps(plain, ensure_ascii=False).count(BOX)
    return f'{{"incomplete": {json.dumps(lost)}, {text[1:]}'


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def _compiled(path: Path, data: str, at: datetime) -> bytes:
    made = typst.compile(
        path,
        root=TEMPLATES,
        font_paths=_fonts(),
        format="pdf",
        sys_inputs={"data": data},
        pdf_standards=["ua-1"],
        timestamp=at.replace(microsecond=0),
    )
    if not isinstance(made, bytes):
        raise TypeError("one template makes one file")
    return made
