"""Recording what happened, and giving a fact an end. Called by every verb inside its own transaction."""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from jobpakke.history.kinds import EventKind, payload
from jobpakke.history.models import Event, PeriodRow
from jobpakke.lib.clock import now
from jobpakke.lib.refs import Ref, new_ref

Row = TypeVar("Row", bound=PeriodRow)


@dataclass(frozen=True, slots=True)
class Happening:
    """One event to be recorded: what, by whom, to what, under which root, from when."""

    kind: EventKind
    actor: Ref | None
    subject: Ref
    about: Ref
    effective_on: date


def record(happening: Happening) -> Event:
    """Writes one event. Raises ValueError when its data hold free text."""
    event = _row(happening)
    event.save(force_insert=True)
    return event


def record_many(happenings: Iterable[Happening]) -> int:
    """Writes many events in few statements (for imports); returns how many."""
    return len(Event.objects.bulk_create([_row(happening) for happening in happenings], batch_size=1000))


def _row(happening: Happening) -> Event:
    return Event(
        kind=happening.kind.code(),
        actor=happening.actor,
        subject=happening.subject,
        about=happening.about,
        effective_on=happening.effective_on,
        data=payload(happening.kind),
    )


def with_end(row: Row, ends_on: date) -> Row | None:
    """The same fact with an end; the row without it stays readable as what was known until now.

    None: it was closed meanwhile, and nothing was changed. The row must have a ref.
    """
    moment = now()
    if type(row)._default_manager.filter(pk=row.pk, superseded_at__isnull=True).update(superseded_at=moment) != 1:
        return None
    known = copy(row)
    known.pk, known.ends_on, known.recorded_at = None, ends_on, moment
    known.ref = new_ref()  # type: ignore[attr-defined]  # of the models that have one
    known._state.adding = True
    known.save(force_insert=True)
    return known
