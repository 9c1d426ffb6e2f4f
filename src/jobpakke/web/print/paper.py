"""What the printed plan says: frozen data in the words of the page's language, as it was on a day.

The field names are the contract with print/templates/plan.typ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Stair:
    """A step (or, at the top, the goal) in the drawing. ``state``: past, now, ahead."""

    level: int
    sign: str
    title: str
    note: str
    state: str


@dataclass(frozen=True, slots=True)
class PrintedStep:
    """A row of the table. ``needs``: the numbers of the steps that come before."""

    number: int
    title: str
    kind: str
    first_day: str
    last_day: str
    hours: str
    times: str
    needs: str
    goals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Lines under a heading; left out when there are none."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """A field to sign in, with what the party has said already."""

    party: str
    who: str
    said: str


@dataclass(frozen=True, slots=True)
class Paper:
    """The whole print. ``notice``: at the top of every page of what is not agreed."""

    lang: str
    title: str
    heading: str
    notice: str
    footer: str
    facts: tuple[tuple[str, str], ...]
    reason: str
    changes: tuple[str, ...]
    levels: int
    stairs: tuple[Stair, ...]
    stairs_alt: str
    steps: tuple[PrintedStep, ...]
    lists: tuple[Part, ...]
    meaning: tuple[str, ...]
    signatures: tuple[Signature, ...]
    words: Words
