"""Who came into a job with a package, who has it no longer, and who went back on benefit: relapse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jobpakke.followup.arrow import SPELLS, Row, tables
from jobpakke.followup.first_jobs import JOBS, Estimate, followed
from jobpakke.followup.lives import FollowedLife, Lives
from jobpakke.followup.told import Line, job_days
from jobpakke.method.status import LabourMarketStatus

MONTHS = (6, 12)
"""When relapse is read, counted from the day the first job began."""


@dataclass(frozen=True, slots=True)
class Relapse:
    """The share back on cash benefit within so many months; ``persons``: how many that were seen to come back.
    ``at_risk``: still followed then, and not back."""

    months: int
    at_risk: int
    persons: int
    back: Estimate


@dataclass(frozen=True, slots=True)
class Jobs:
    """``reached``: citizens who had begun in a job by the date; ``without``: those of them who have none on the date,
    whatever they have instead; ``relapse``: as long as anybody is followed."""

    reached: int
    without: int
    relapse: tuple[Relapse, ...] = ()


def jobs_in(lives: Lives, *, on: date, months: Sequence[int] = MONTHS) -> Jobs:
    """Of those who stand in the status table: who had begun in a job on or after the day their first package of the
    programme began, and ``evaluation.relapse`` from the first such day.

    A job that ran already is not begun. What comes after the municipality gave the case away is not its to tell: there
    the citizen is followed no longer.
    """
    lines = [(life, job_days(life, on=on)) for life, _place in lives.counted_on(on)]
    begun = [(life, line) for life, line in lines if any(status in JOBS for _, status in line)]
    without = sum(life.status_on(on) not in JOBS for life, _ in begun)
    rows = [row for life, line in begun for row in _ending_together(life, line, on)]
    return Jobs(len(begun), without, tuple(_relapse(rows, on, months)) if rows else ())


def _ending_together(life: FollowedLife, line: Line, on: date) -> Iterator[Row]:
    """The line moved so that everybody's last day told of is the date: ``relapse`` follows all to one day."""
    moved = on - followed(life, on=on)[1]
    for period, status in line:
        if period.end is not None:
            yield str(life.citizen), status.value, period.start + moved, period.end + moved


def _relapse(rows: list[Row], on: date, months: Sequence[int]) -> Iterator[Relapse]:
    from jobpakke.evaluation.transitions import relapse

    nobody = ("", LabourMarketStatus.CASH_BENEFIT.value, on, on + timedelta(days=1))
    with tables() as engine:  # one without a job does not count: it tells that the status is no misspelling
        for row in engine.rows(relapse(engine.table([*rows, nobody], SPELLS), on=on, months=months, clock="start")):
            if row["at_risk"]:
                back = Estimate(row["share"], row["lower"], row["upper"])
                yield Relapse(row["months"], row["at_risk"], row["back"], back)
