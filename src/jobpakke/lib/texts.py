"""What people write: not empty where something is needed, no longer than its column, nothing that cannot be shown."""

import re
from enum import StrEnum
from typing import Protocol
from unicodedata import category

from jobpakke.lib.refusal import Refusal, Refused


class TextRefusal(StrEnum):
    """Why a text was not taken."""

    TEXT_NEEDED = "TEXT_NEEDED"
    TEXT_TOO_LONG = "TEXT_TOO_LONG"
    TEXT_NOT_PLAIN = "TEXT_NOT_PLAIN"


class Column(Protocol):
    """A column with a longest text, in characters."""

    max_length: int | None


def plain(text: str, column: Column, *, needed: bool = True) -> str:
    """The text without blanks around it. Line breaks and tabs are plain; other control characters are not.

    Raises:
        Refused: TEXT_NEEDED, TEXT_TOO_LONG (length, most), TEXT_NOT_PLAIN.
    """
    text = text.strip()
    if needed and not text:
        raise Refused(Refusal(TextRefusal.TEXT_NEEDED))
    if any(category(sign) in {"Cc", "Cs"} and sign not in "\n\r\t" for sign in text):
        raise Refused(Refusal(TextRefusal.TEXT_NOT_PLAIN))
    if column.max_length is not None and len(text) > column.max_length:
        raise Refused(Refusal(TextRefusal.TEXT_TOO_LONG, {"length": len(text), "most": column.max_length}))
    return text


_LIKE_CPR = re.compile(r"(?<!\d)\d{2}[\s./\-]?\d{2}[\s./\-]?\d{2}[\s.\-–—_]{0,3}\d{4}(?!\d)")  # noqa: RUF001  # any dash


def holds_number(text: str) -> bool:
    """Whether something in the text is written as CPR numbers are: ten digits, however they are set apart."""
    return _LIKE_CPR.search(visible(text)) is not None


def visible(text: str) -> str:
    """Without the signs that stand in a text and are not seen."""
    return "".join(sign for sign in text if category(sign) != "Cf")


def harmless(cell: object) -> str:
    """A cell of a file as text that no spreadsheet takes for a formula; nothing is empty."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(tuple("=+-@\t\r")) else text
