"""Promises as the method judges them."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q

from jobpakke.history.kinds import CommitmentLaid
from jobpakke.history.models import Event
from jobpakke.lib.refs import Ref
from jobpakke.method.commitments import CommitmentFact, CommitmentState, due_day, state_on
from jobpakke.method.ladder import Ending
from jobpakke.packages.models import Commitment
from jobpakke.packages.models.support import CommitmentQuerySet


def company_ref(row: Commitment) -> Ref | None:
    """Which company's promise it is, where one is named."""
    return row.company.ref if row.company else None


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


def laid_by(rows: CommitmentQuerySet, known_on: date | None) -> CommitmentQuerySet:
    """Promises of a version without those that were written into its draft after the day (None: all)."""
    if known_on is None:
        return rows
    told = Event.objects.filter(kind=CommitmentLaid.code(), subject=OuterRef("ref"), effective_on__gt=known_on)
    return rows.filter(Q(made_on__lte=known_on) | ~Exists(told.order_by()))
