"""Every figure of the note, fetched once; the prose and the tables take theirs from here and from nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from jobpakke.access.models import Municipality
from jobpakke.followup.context.beside import Beside, beside, series_of, window_of
from jobpakke.followup.context.models import BenefitCount
from jobpakke.followup.jobs import JobsReached, jobs_reached
from jobpakke.followup.lives import Lives, lives_of
from jobpakke.followup.tables import StatusTable, TargetRow, TargetTable, status_in, targets_in
from jobpakke.packages.models import Programme


@dataclass(frozen=True, slots=True)
class NoteFacts:
    """What a note tells of a programme on a date.

    ``counted`` is the count of packages at the programme's own day of counting, where that lies before ``on``.
    """

    programme: Programme
    on: date
    status: StatusTable
    targets: TargetTable
    counted: TargetTable | None
    jobs: JobsReached
    beside: Beside | None
    """Counts of benefit recipients over the programme's time, where any are known."""


def facts(programme: Programme, *, on: date, among: QuerySet[Municipality] | None = None) -> NoteFacts:
    """The figures of the municipalities in ``among`` (without it: of all), in a fixed number of queries."""
    lives, day = lives_of(programme, until=on, among=among), programme.counted_on
    status = status_in(lives, on=on)
    return NoteFacts(
        programme,
        on,
        status,
        targets_in(lives, on=on),
        targets_in(lives, on=day) if day is not None and day < on else None,
        jobs_reached(lives, on=on),
        _beside(lives, status),
    )


def _beside(lives: Lives, status: StatusTable) -> Beside | None:
    """Beside the benefit that is known for the longest time, from the programme's start to the date; None where no
    counts reach into that time."""
    counts = BenefitCount.objects.current().filter(municipality__in=[part.municipality_id for part in lives.parts])
    known = sorted(series_of(counts), key=lambda each: each.first - each.last)
    windows = (window_of(each, lives.programme.starts_on, status.on) for each in known)
    window = next((each for each in windows if each is not None), None)
    return None if window is None else beside(window, counts, status)


def pairs(before: TargetTable, after: TargetTable) -> list[tuple[TargetRow, TargetRow]]:
    """The same municipality at both counts."""
    return list(zip(before.rows, after.rows, strict=True))
