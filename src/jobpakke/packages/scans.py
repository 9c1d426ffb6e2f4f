"""What a file really is: only a PDF, JPEG or PNG by its content, whole, readable by all, and with nothing that acts.

A virus scanner is another program's work; what is held here is what a signed paper never needs.
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import PurePosixPath
from unicodedata import category

from PIL import Image
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.packages.models.signed import ScanKind

MOST_BYTES = 10 * 1024 * 1024
MOST_POINTS = 40_000_000
"""An A4 page at 600 dots an inch has 35 million."""
MOST_OBJECTS = 20_000
_LONGEST_NAME = 100

_BEGINNINGS = {b"%PDF-": ScanKind.PDF, b"\xff\xd8\xff": ScanKind.JPEG, b"\x89PNG\r\n\x1a\n": ScanKind.PNG}
_NAMED = re.compile(r"\d{6}[-\s_]?\d{4}")
"""What looks like a CPR number has no place in a name."""

_ACTING_KEYS = frozenset({"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/AA", "/XFA", "/RichMediaContent"})
_ACTING_ACTIONS = frozenset(
    {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/Movie", "/Sound", "/GoToE", "/GoTo3DView"}
)
_ACTING_NOTES = frozenset({"/FileAttachment", "/RichMedia", "/Movie", "/Screen", "/3D"})

_BROKEN = (
    *(PyPdfError, OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, SyntaxError, EOFError),
    *(ArithmeticError, AssertionError, RecursionError, MemoryError, NotImplementedError, struct.error, zlib.error),
    Image.DecompressionBombError,
)
"""What the readers raise at files that are damaged or made to hurt."""


class ScanRefusal(StrEnum):
    """Why a file was not taken as a signed copy."""

    COPY_EMPTY = "COPY_EMPTY"
    COPY_TOO_LARGE = "COPY_TOO_LARGE"
    COPY_KIND_NOT_TAKEN = "COPY_KIND_NOT_TAKEN"
    COPY_DAMAGED = "COPY_DAMAGED"
    COPY_LOCKED = "COPY_LOCKED"
    COPY_ACTS = "COPY_ACTS"
    COPY_CANNOT_BE_OPENED = "COPY_CANNOT_BE_OPENED"


@dataclass(frozen=True, slots=True)
class Scan:
    """A file that has been looked at; made by ``read_scan`` only. ``name`` ends as its kind does."""

    name: str
    kind: ScanKind
    content: bytes
    sha256: str


def read_scan(name: str, content: bytes) -> Scan:
    """The file, if it is what it should be.

    Raises:
        Refused: COPY_EMPTY, COPY_TOO_LARGE (most: megabytes), COPY_KIND_NOT_TAKEN, COPY_DAMAGED, COPY_LOCKED,
            COPY_ACTS.
    """
    if not content:
        raise Refused(Refusal(ScanRefusal.COPY_EMPTY, {}))
    if len(content) > MOST_BYTES:
        raise Refused(Refusal(ScanRefusal.COPY_TOO_LARGE, {"most": MOST_BYTES // 1024**2}))
    kind = next((kind for sign, kind in _BEGINNINGS.items() if content.startswith(sign)), None)
    if kind is None:
        raise Refused(Refusal(ScanRefusal.COPY_KIND_NOT_TAKEN, {}))
    try:
        if kind is ScanKind.PDF:
            _check_pdf(content)
        else:
            _check_picture(kind, content)
    except _BROKEN as error:
        raise Refused(Refusal(ScanRefusal.COPY_DAMAGED, {})) from error
    return Scan(_name(name, kind), kind, content, hashlib.sha256(content).hexdigest())


def _name(text: str, kind: ScanKind) -> str:
    """The last part of a path, in signs that can be shown, without anything that looks like a CPR number."""
    last = text.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(
        sign for sign in last if category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn"} and sign not in '"<>:'
    )
    stem = " ".join(_NAMED.sub("", PurePosixPath(plain).stem).split()).strip(". ")[:_LONGEST_NAME].strip()
    return f"{stem or 'scan'}.{kind.value.replace('jpeg', 'jpg')}"


def _check_picture(kind: ScanKind, content: bytes) -> None:
    with Image.open(BytesIO(content), formats=(kind.value.upper(),)) as picture:
        width, height = picture.size
        if width * height > MOST_POINTS:
            raise ValueError("too many points")
        if kind is ScanKind.PNG:
            picture.verify()
        else:
            picture.draft("L", (width // 8, height // 8))
            picture.load()


def _check_pdf(content: bytes) -> None:
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted:
        raise Refused(Refusal(ScanRefusal.COPY_LOCKED, {}))
    if not reader.pages or not len(reader.pages[0].mediabox):
        raise ValueError("no pages")
    keys = {(number, 0) for number in reader.xref_objStm}
    keys |= {(number, age) for age, table in reader.xref.items() if age != _FREE for number in table}
    if len(keys) > MOST_OBJECTS:
        raise ValueError("too many objects")
    if any(_acts(each) for each in [reader.trailer, *_objects(reader, keys)]):
        raise Refused(Refusal(ScanRefusal.COPY_ACTS, {}))


_FREE = 65535


def _objects(reader: PdfReader, keys: set[tuple[int, int]]) -> Iterator[object]:
    for number, generation in sorted(keys):
        yield reader.get_object(IndirectObject(number, generation, reader))


def _acts(thing: object) -> bool:
    """Whether a dictionary in the object runs something, opens something else, or carries a file. References are not
    followed: every object is looked at once by itself."""
    waiting = [thing]
    while waiting:
        each = waiting.pop()
        if isinstance(each, DictionaryObject):
            if _is_acting(each):
                return True
            waiting += [value for value in dict.values(each) if not isinstance(value, IndirectObject)]
        elif isinstance(each, ArrayObject):
            waiting += [value for value in list.__iter__(each) if not isinstance(value, IndirectObject)]
    return False


def _is_acting(found: DictionaryObject) -> bool:
    return (
        not _ACTING_KEYS.isdisjoint(found)
        or dict.get(found, "/S") in _ACTING_ACTIONS
        or dict.get(found, "/Subtype") in _ACTING_NOTES
    )
