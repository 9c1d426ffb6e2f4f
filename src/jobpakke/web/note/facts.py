"""Every figure of the note, fetched once; the prose and the tables take theirs from here and from nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from jobpakke.access.models import Municipality
from jobpakke.followup.context.beside import Beside, beside, series_of, window_of
from jobpakke.followup.context.models import BenefitCount
from jobpakke.followup.jobs import JobsReached, jobs_reached
from jobpakke.followup.standings import standings
from jobpakke.followup.tables import (
    StatusRow,
    StatusTable,
    TargetRow,
    TargetTable,
    parts,
    status_from,
    targets_from,
    targets_of,
)
from jobpakke.packages.models import Programme, Target


@dataclass(frozen=True, slots=True)
class Rate:
    """A share with its interval, each from 0 to 1; None where nobody is counted."""

    rate: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class NoteFacts:
    """What a note tells of a programme on a date.

    ``counted`` is the count of packages at the programme's own day of counting, where that lies before ``on``;
    ``rates`` belong to the rows of ``status`` in their order, the last to the total.
    """

    programme: Programme
    on: date
    status: StatusTable
    targets: TargetTable
    counted: TargetTable | None
    jobs: JobsReached
    rates: tuple[Rate, ...]
    beside: Beside | None
    """Counts of benefit recipients over the programme's time, where any are known."""


def facts(programme: Programme, *, on: date, among: QuerySet[Municipality] | None = None) -> NoteFacts:
    """The figures of the municipalities in ``among`` (without it: of all), in a fixed number of queries."""
    places = list(parts(programme, among))
    found = standings(programme, on=on).within([place.municipality.code for place in places])
    status = status_from(found, places, on=on)
    day = programme.counted_on
    return NoteFacts(
        programme,
        on,
        status,
        targets_from(found, places, on=on),
        targets_of(programme, places, on=day) if day is not None and day < on else None,
        jobs_reached(programme, found, on=on),
        rates((*status.rows, status.total)),
        _beside(programme, places, status),
    )


def _beside(programme: Programme, places: Sequence[Target], status: StatusTable) -> Beside | None:
    """Beside the benefit that is known for the longest time, from the programme's start to the date."""
    counts = BenefitCount.objects.current().filter(municipality__in=[place.municipality_id for place in places])
    known = sorted(series_of(counts), key=lambda each: each.first - each.last)
    return beside(window_of(known[0], programme.starts_on, status.on), counts, status) if known else None


def rates(rows: tuple[StatusRow, ...]) -> tuple[Rate, ...]:
    """The self-support rate of each row with Wilson's interval."""
    return tuple(_rate(row) for row in rows)


def _rate(row: StatusRow) -> Rate:
    share, ends = row.self_support_rate, row.interval
    return Rate(None, None, None) if share is None or ends is None else Rate(float(share), *ends)


def pairs(before: TargetTable, after: TargetTable) -> list[tuple[TargetRow, TargetRow]]:
    """The same municipality at both counts."""
    return list(zip(before.rows, after.rows, strict=True))
