"""Who says yes to a wording of a plan: the citizen, each company it concerns and, last, the municipality.

This is the one place that says which companies those are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from jobpakke.lib.refs import Ref
from jobpakke.method.parties import Side


@dataclass(frozen=True, slots=True)
class Voice:
    """One who says yes. ``company``: which one, of a company; None: no company, or the one that nobody has named."""

    side: Side
    company: Ref | None = None


CITIZEN = Voice(Side.CITIZEN)
MUNICIPALITY = Voice(Side.MUNICIPALITY)


@dataclass(frozen=True, slots=True)
class AtWork:
    """A step at a company's workplace, and since when it is over (half-open; None: it is not)."""

    company: Ref
    ended_on: date | None = None

    def goes_on(self, *, on: date) -> bool:
        """Whether it is not over on the day: under way, or still to come."""
        return self.ended_on is None or self.ended_on > on


def companies_of(at_work: Iterable[AtWork], goal: Ref | None, *, on: date) -> frozenset[Ref | None]:
    """The companies that a plan concerns on a day: each at whose workplaces it has a step that is not over.

    Where there is no such step it is the company of the goal, and where the goal names no workplace either, the company
    that nobody has named (None): so a plan always has one.
    """
    going = frozenset(each.company for each in at_work if each.goes_on(on=on))
    return going or frozenset({goal})


def voices(at_work: Iterable[AtWork], goal: Ref | None, given: Collection[Voice], *, on: date) -> tuple[Voice, ...]:
    """Everybody who says yes to a wording as of a day, the municipality last: the companies that it concerns, and those
    that have said yes already. A company whose last step is over is not asked any more, and another takes its place
    only where no company at all has said yes.
    """
    steps = tuple(at_work)
    said = frozenset(each.company for each in given if each.side is Side.COMPANY)
    going = any(each.goes_on(on=on) for each in steps)
    asked = said | companies_of(steps, goal, on=on) if going or not said else said
    return (CITIZEN, *(Voice(Side.COMPANY, ref) for ref in sorted(asked, key=str)), MUNICIPALITY)


def lacking(asked: Iterable[Voice], given: Collection[Voice]) -> tuple[Voice, ...]:
    """Whose yes is missing."""
    return tuple(voice for voice in asked if voice not in given)


def has_its_turn(voice: Voice, asked: Iterable[Voice], given: Collection[Voice]) -> bool:
    """Whether somebody may say yes now: who has not yet, and the municipality when all others have."""
    missing = lacking(asked, given)
    return voice in missing and (voice != MUNICIPALITY or missing == (MUNICIPALITY,))
