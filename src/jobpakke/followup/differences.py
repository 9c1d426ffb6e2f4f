"""What came between two frozen follow-ups, or between one and now, read for ``method.comparison``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from jobpakke.citizens.models import Citizen, StatusSpell
from jobpakke.followup.frozen import Frozen, read
from jobpakke.followup.models import FollowUp
from jobpakke.followup.standings import Standings, standings
from jobpakke.history.kinds import (
    PackageEndUndone,
    StatusCorrected,
    StatusEnded,
    StatusRetracted,
    StepEndCorrected,
    StepEndUndone,
    StepStartCorrected,
    StepStartUndone,
)
from jobpakke.history.models import Event
from jobpakke.method.comparison import Comparison, Standing, compare
from jobpakke.packages.models import JobPackage, Programme, Step

_CORRECTING = frozenset({StatusCorrected.code(), StatusRetracted.code()})
_OF_SPELLS = frozenset({*_CORRECTING, StatusEnded.code()})
_OF_DAYS = frozenset(
    kind.code() for kind in (PackageEndUndone, StepEndCorrected, StepEndUndone, StepStartCorrected, StepStartUndone)
)


@dataclass(frozen=True, slots=True)
class Differences:
    """Between two follow-ups of one programme, for the municipalities (codes, in order) that both cover.

    ``by_status`` has cells of a status, ``by_place`` of municipality and status, ``citizens`` and ``packages`` of a
    municipality. Moves within one cell are none. ``is_narrowed``: one of the two covers more.
    """

    places: tuple[str, ...]
    is_narrowed: bool
    by_status: Comparison
    by_place: Comparison
    citizens: Comparison
    packages: Comparison

    @property
    def is_alike(self) -> bool:
        """Whether both follow-ups say the same of everybody."""
        return self.by_place.is_alike and self.packages.is_alike


def in_order(one: FollowUp, other: FollowUp) -> tuple[FollowUp, FollowUp]:
    """The one that stands first: of the earlier date, else the one that was frozen first."""
    first, second = sorted((one, other), key=lambda each: (each.cut_off_on, each.frozen_at, each.pk))
    return first, second


def differences(before: FollowUp, after: FollowUp | None) -> Differences:
    """From the first of two follow-ups of one programme (``in_order``) to the second; None is the same date, now.

    Raises:
        Refused: as frozen.read, of either.
    """
    earlier = read(before)
    later = None if after is None else read(after)
    codes = [row.municipality.code for row in earlier.status.rows if row.municipality]
    shared = _codes(later) if later else set(codes)
    places = tuple(code for code in codes if code in shared)
    first = earlier.standings.within(places)
    then, last = _later(before, after, later, places)
    since = before.frozen_at if after is None else min(before.frozen_at, after.frozen_at)
    ways = (first.citizens, then.citizens, last.citizens)
    corrected = _corrected(before.programme, since) if first != then else set()
    return Differences(
        places,
        set(codes) | shared != set(places),
        compare(*(_cut(way, slice(1, 2)) for way in ways), corrected=corrected),
        compare(*ways, corrected=corrected),
        compare(*(_cut(way, slice(0, 1)) for way in ways), corrected=corrected),
        compare(first.packages, then.packages, last.packages, corrected=corrected),
    )


def _codes(frozen: Frozen) -> set[str]:
    return {row.municipality.code for row in frozen.status.rows if row.municipality}


def _later(
    before: FollowUp, after: FollowUp | None, later: Frozen | None, places: tuple[str, ...]
) -> tuple[Standings, Standings]:
    """The first date with the knowledge of the second follow-up, and the second follow-up."""
    if after is None or later is None:
        found = standings(before.programme, on=before.cut_off_on).within(places)
        return found, found
    last = later.standings.within(places)
    if after.cut_off_on == before.cut_off_on:
        return last, last
    return standings(before.programme, on=before.cut_off_on, known_at=after.frozen_at).within(places), last


def _cut(way: Mapping[str, Standing], part: slice) -> dict[str, Standing]:
    return {ref: Standing(standing.cell[part], standing.facts) for ref, standing in way.items()}


def _corrected(programme: Programme, since: datetime) -> set[str]:
    """Refs of the spells that a correction closed or opened after the moment, and of the steps and packages whose days
    were corrected or undone. A package that was open after all lets the steps in it count: they are corrected with it.

    A row is closed, the next one inserted and the event recorded in one transaction; so what closed a row is the first
    event at or after that moment which speaks of a status such as the row's.
    """
    people = JobPackage.objects.filter(programme=programme).values("citizen")
    rows = Event.objects.filter(
        kind__in=(*_OF_SPELLS, *_OF_DAYS),
        about__in=Citizen.objects.filter(pk__in=people).values("ref"),
        recorded_at__gt=since,
    ).order_by("recorded_at", "pk")
    events: dict[UUID, list[Event]] = defaultdict(list)
    for event in rows.only("kind", "subject", "about", "recorded_at", "data"):
        events[event.about].append(event)
    every = [event for each in events.values() for event in each]
    days = {str(event.subject) for event in every if event.kind in _OF_DAYS}
    within = Step.objects.filter(
        package__ref__in=[each.subject for each in every if each.kind == PackageEndUndone.code()]
    )
    days |= {str(ref) for ref in within.values_list("ref", flat=True)}
    opened = {str(event.subject) for event in every if event.kind in _CORRECTING}
    spells = StatusSpell.objects.filter(citizen__in=people, superseded_at__gt=since)
    closed = spells.values_list("citizen__ref", "ref", "status", "superseded_at")
    return (
        days
        | opened
        | {
            str(ref)
            for citizen, ref, status, moment in closed
            if moment is not None and _closed_by_correction(events.get(citizen, []), status, moment)
        }
    )


def _closed_by_correction(events: list[Event], status: str, superseded_at: datetime) -> bool:
    closing = (
        event
        for event in events
        if event.kind in _OF_SPELLS and event.recorded_at >= superseded_at and _spoke_of(event.data) == status
    )
    first = next(closing, None)
    return first is None or first.kind in _CORRECTING


def _spoke_of(data: Mapping[str, Any]) -> object:
    return data.get("was", data.get("status"))
