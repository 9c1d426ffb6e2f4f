"""Which municipality a file means: by its code of three or four digits, by its name, or by both."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from jobpakke.lib.names import sort_key

_CODED = re.compile(r"([0-9]{3,4})(?:\s+(.+))?")
_WIDER = ("hele landet", "all denmark", "region ", "landsdel ", "province ", "uoplyst", "udlandet", "unknown")


@dataclass(frozen=True, slots=True)
class Areas:
    """The municipalities that counts are wanted of: code of four digits and name."""

    places: Iterable[tuple[str, str]]
    _by_code: dict[str, str] = field(init=False, default_factory=dict)
    _by_name: dict[str, str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for code, name in self.places:
            self._by_code[code] = code
            self._by_name[_plain(name)] = code

    def find(self, text: str) -> str | None:
        """The code of the municipality that is meant; None: of none of these. "Århus" and "Aarhus" are one."""
        coded = _CODED.fullmatch(text)
        if coded:
            return self._by_code.get(coded[1].zfill(4))
        return self._by_name.get(_plain(text))

    def looks_like_one(self, text: str) -> bool:
        """Whether a cell names an area at all: one of these, a region, the whole country."""
        if self.find(text) is not None:
            return True
        coded = _CODED.fullmatch(text)
        return bool(coded and coded[2]) or text.casefold().startswith(_WIDER)


def _plain(name: str) -> str:
    return sort_key(name.strip().removesuffix(" Kommune").removesuffix(" kommune"))
