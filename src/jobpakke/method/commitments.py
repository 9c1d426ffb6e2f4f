"""Having said A, one must say B: where a promise stands on a date, and when it is due.

A promise is due on a day, or so many days after a step is fulfilled: until then it waits for the step.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jobpakke.lib.refusal import Refusal

SOON_DAYS = 7


class CommitmentState(StrEnum):
    """Where a promise stands."""

    OPEN = "open_promise"
    DUE_SOON = "due_soon"
    LATE = "late"
    KEPT = "kept"
    BROKEN = "broken"
    WAITING = "waits_for_step"


class CommitmentRefusal(StrEnum):
    """Why a promise was not recorded, moved or settled. Days are dates."""

    COMMITMENT_WITHOUT_DAY = "COMMITMENT_WITHOUT_DAY"
    COMMITMENT_DUE_BEFORE_MADE = "COMMITMENT_DUE_BEFORE_MADE"
    COMMITMENT_STEP_NOT_AGREED = "COMMITMENT_STEP_NOT_AGREED"
    COMMITMENT_STEP_ENDED = "COMMITMENT_STEP_ENDED"
    COMMITMENT_SETTLED_ALREADY = "COMMITMENT_SETTLED_ALREADY"
    COMMITMENT_SETTLED_BEFORE_MADE = "COMMITMENT_SETTLED_BEFORE_MADE"
    COMMITMENT_KEPT_BY_WHOM = "COMMITMENT_KEPT_BY_WHOM"
    COMMITMENT_DAYS_PASSED = "COMMITMENT_DAYS_PASSED"
    BROKEN_WITHOUT_REASON = "BROKEN_WITHOUT_REASON"
    COMMITMENT_WAITS = "COMMITMENT_WAITS"
    COMMITMENT_NOT_LATER = "COMMITMENT_NOT_LATER"
    COMMITMENT_NOT_SETTLED = "COMMITMENT_NOT_SETTLED"


@dataclass(frozen=True, slots=True)
class Moved:
    """A later day was agreed: on which day, and which one."""

    moved_on: date
    due_on: date


@dataclass(frozen=True, slots=True)
class CommitmentFact:
    """A promise and what became of it. ``due_on`` None: ``days_after`` days after its step is fulfilled.

    ``waits``: it depends on a step, which was fulfilled on ``reached_on``. ``moves`` in the order they were agreed.
    """

    made_on: date
    due_on: date | None = None
    waits: bool = False
    days_after: int = 0
    reached_on: date | None = None
    moves: tuple[Moved, ...] = ()
    kept_on: date | None = None
    broken_on: date | None = None


def due_day(fact: CommitmentFact, *, on: date) -> date | None:
    """When it was due, as agreed by the date; None while it waits for its step."""
    if fact.waits and not _by(fact.reached_on, on):
        return None
    moved = [move for move in fact.moves if move.moved_on <= on]
    if moved:
        return max(moved, key=_when).due_on
    if fact.due_on is None and fact.reached_on is not None:
        return fact.reached_on + timedelta(days=fact.days_after)
    return fact.due_on


def state_on(fact: CommitmentFact, *, on: date) -> CommitmentState:
    """Where it stood on a date: what was settled, moved or reached later is not yet so."""
    if _by(fact.kept_on, on):
        return CommitmentState.KEPT
    if _by(fact.broken_on, on):
        return CommitmentState.BROKEN
    due = due_day(fact, on=on)
    if due is None:
        return CommitmentState.WAITING
    if due < on:
        return CommitmentState.LATE
    return CommitmentState.DUE_SOON if due <= on + timedelta(days=SOON_DAYS) else CommitmentState.OPEN


def why_not_settle(fact: CommitmentFact, settled_on: date) -> tuple[Refusal, ...]:
    """It is settled once, and not before it was made."""
    if fact.kept_on or fact.broken_on:
        return (Refusal(CommitmentRefusal.COMMITMENT_SETTLED_ALREADY, {}),)
    if settled_on < fact.made_on:
        return (Refusal(CommitmentRefusal.COMMITMENT_SETTLED_BEFORE_MADE, {"made_on": fact.made_on}),)
    return ()


def why_not_move(fact: CommitmentFact, due_on: date, *, on: date) -> tuple[Refusal, ...]:
    """To move is to a later day than before, and not into the past; what waits for a step has no day to move."""
    if fact.kept_on or fact.broken_on:
        return (Refusal(CommitmentRefusal.COMMITMENT_SETTLED_ALREADY, {}),)
    was = due_day(fact, on=on)
    if was is None:
        return (Refusal(CommitmentRefusal.COMMITMENT_WAITS, {}),)
    if due_on <= max(was, on):
        return (Refusal(CommitmentRefusal.COMMITMENT_NOT_LATER, {"due_on": max(was, on)}),)
    return ()


def _by(day: date | None, on: date) -> bool:
    return day is not None and day <= on


def _when(move: Moved) -> tuple[date, date]:
    """Each move is to a later day than the one before it, also on one and the same day."""
    return move.moved_on, move.due_on
