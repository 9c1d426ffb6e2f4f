"""Promises as the method judges them."""

from __future__ import annotations

from datetime import date

from jobpakke.method.commitments import CommitmentFact, CommitmentState, due_day, state_on
from jobpakke.method.ladder import Ending
from jobpakke.packages.models import Commitment


def promise_fact(row: Commitment) -> CommitmentFact:
    """A row read ``as_of`` a date as a fact of that date: the moves until then stand in its day."""
    step = row.waits_for
    reached = step.ended_on if step is not None and step.ending == Ending.FULFILLED.value else None
    return CommitmentFact(
        made_on=row.made_on or date.max,  # laid in a draft: not promised yet
        due_on=row.due_then,
        waits=step is not None,
        days_after=row.days_after or 0,
        reached_on=reached,
        kept_on=row.kept_on,
        broken_on=row.broken_on,
    )


def promise_state(row: Commitment, *, on: date) -> tuple[CommitmentState, date | None]:
    """Where a row read ``as_of`` the date stands on it, and the day of that: settled, due, or None while it waits."""
    fact = promise_fact(row)
    state = state_on(fact, on=on)
    days = {CommitmentState.KEPT: row.kept_on, CommitmentState.BROKEN: row.broken_on}
    return state, days[state] if state in days else due_day(fact, on=on)
