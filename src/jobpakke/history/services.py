"""Recording what happened. Called by every verb inside its own transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from jobpakke.history.kinds import EventKind, payload
from jobpakke.history.models import Event
from jobpakke.lib.refs import Ref


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
