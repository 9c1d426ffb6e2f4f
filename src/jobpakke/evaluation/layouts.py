"""What the tables hold. Intervals are half-open, ``[start, end)``; an empty end is open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    WHOLE = "whole number"


@dataclass(frozen=True, slots=True)
class Column:
    """A column. ``optional``: may be absent; ``nullable``: may be empty in a row; ``least``: the smallest number."""

    name: str
    kind: Kind = Kind.TEXT
    optional: bool = False
    nullable: bool = False
    least: int | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """A table of a kind. ``apart``: the columns within which two intervals of one table never overlap."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    apart: tuple[str, ...] = ()

    def with_groups(self, *names: str) -> Layout:
        """The same with further columns of text that may be empty."""
        known = {column.name for column in self.columns}
        more = tuple(Column(name, nullable=True) for name in dict.fromkeys(names) if name not in known)
        return replace(self, columns=self.columns + more)

    @property
    def has_interval(self) -> bool:
        """Whether a row lasts from ``start`` to ``end``."""
        return {"start", "end"} <= {column.name for column in self.columns}


PERSON = Column("person_id")
START = Column("start", Kind.DATE)
END = Column("end", Kind.DATE, nullable=True)

SPELLS = Layout(
    "spells",
    "a status a person has from start up to, not including, end",
    (PERSON, Column("status"), START, END),
    apart=("person_id", "status"),
)
DURATIONS = Layout(
    "durations",
    "how long something lasted and how it ended: event 0 is censored, 1 and up are causes",
    (
        Column("duration", Kind.NUMBER, least=0),
        Column("event", Kind.WHOLE, least=0),
        Column("group", optional=True, nullable=True),
        Column("entry", Kind.NUMBER, optional=True, nullable=True, least=0),
    ),
)
PERSONS = Layout("persons", "a row a person", (PERSON,))
STUDY = Layout("persons", "a row a person: whether treated, what came of it, what may differ", ())
PACKAGES = Layout(
    "packages",
    "when a job package of a person was open",
    (PERSON, Column("package_id"), START, END),
    apart=("package_id",),
)
ROWS = Layout("spells or packages", "what a person had, from start up to, not including, end", (PERSON, START, END))
ACTIVITIES = Layout("activities", "when a step of a package was under way", (Column("package_id"), START, END))
TARGETS = Layout("targets", "what was promised", (Column("target", Kind.WHOLE, nullable=True, least=0),))
LAYOUTS = (SPELLS, DURATIONS, PERSONS, STUDY, PACKAGES, ROWS, ACTIVITIES, TARGETS)
