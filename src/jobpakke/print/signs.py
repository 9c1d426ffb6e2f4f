"""Which signs the fonts of a print can draw; what they cannot stands as a box, and the print says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from unicodedata import category, normalize

from fontTools.ttLib import TTFont

FONTS = Path(__file__).parent / "fonts"
BOX = "□"
_JOINERS = frozenset("\u200c\u200d")
"""Formatting signs that spelling needs. The others go: an override of direction could make a text read otherwise."""

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]


@cache
def drawable(*names: str) -> frozenset[int]:
    """The code points that the fonts hold between them."""
    return frozenset(code for name in names for code in _held(FONTS / name))


def _held(font: Path) -> list[int]:
    with TTFont(font, lazy=True) as opened:
        return list(opened.getBestCmap())


_FIRST = ("IBMPlexSans-Regular.ttf",)
_ALL = (*_FIRST, "DejaVuSans.ttf")


def shown(value: object, *, narrow: bool = False) -> Json:
    """The same data with every text as it can be drawn. ``narrow``: by the first font alone, sign by sign."""
    if isinstance(value, str):
        return _text(value, drawable(*(_FIRST if narrow else _ALL)))
    if isinstance(value, Mapping):
        return {str(name): shown(each, narrow=narrow) for name, each in value.items()}
    if isinstance(value, Iterable):
        return [shown(each, narrow=narrow) for each in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    raise TypeError(f"{type(value).__name__} is not printed; make it a text first")


def _text(text: str, known: frozenset[int]) -> str:
    return "".join(_sign(sign, known) for sign in normalize("NFC", text))


def _sign(sign: str, known: frozenset[int]) -> str:
    if ord(sign) in known and sign not in "\r" and category(sign) not in {"Cc", "Cf"}:
        return sign
    if sign in "\n\t" or sign in _JOINERS:
        return sign
    if category(sign) in {"Cc", "Cf", "Cs"} or "\ufe00" <= sign <= "\ufe0f":
        return ""
    return BOX
