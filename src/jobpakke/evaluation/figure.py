"""What an entry in the registry of figures is: one function, the tables it reads, what one may ask it.

Nothing here loads Ibis: the command line asks it for ``--help`` and must start at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import Any

from jobpakke.evaluation.layouts import Layout

PACKAGE = "jobpakke.evaluation"


class Ask(StrEnum):
    """What an option takes on the command line, and what the function then gets."""

    DATE = "DATE"
    """A ``date``."""
    TEXT = "TEXT"
    NAMES = "A,B,C"
    """Texts between commas, a tuple."""
    COLUMN = "COLUMN"
    """The name of a column of the first table; it is read as text."""
    COLUMNS = "COLUMN,COLUMN"
    """Names of columns of the first table between commas, a tuple; they are read as text."""
    NUMBER = "NUMBER"
    """A ``float``."""
    WHOLE = "N"
    """An ``int``."""
    YES = ""
    """A switch: True when it is there."""


@dataclass(frozen=True, slots=True)
class Option:
    """An option of the command line and the keyword parameter it fills.

    ``repeated``: the parameter is a tuple of all values given, with ``several`` also after one flag. When absent the
    parameter is not passed at all, so the function's own default holds.
    """

    flag: str
    parameter: str
    ask: Ask
    help: str
    required: bool = False
    repeated: bool = False
    several: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MoreTable:
    """A further file and the keyword parameter its table fills. ``grouped``: it has the columns of ``--by`` as well."""

    flag: str
    parameter: str
    layout: Layout
    help: str
    required: bool = False
    grouped: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """``function`` is ``module.function`` below ``jobpakke.evaluation``; its docstring is the definition."""

    name: str
    function: str
    help: str
    example: str
    reads: Layout
    options: tuple[Option, ...] = ()
    more: tuple[MoreTable, ...] = ()
    alone: Layout | None = None
    """What the first file is read as when none of the further ones is given."""

    def load(self) -> Callable[..., Any]:
        """The function. Loads Ibis."""
        module, name = self.function.rsplit(".", 1)
        found: Callable[..., Any] = getattr(import_module(f"{PACKAGE}.{module}"), name)
        return found


BY = Option("--by", "by", Ask.COLUMN, "group by this column; may be repeated", repeated=True)
