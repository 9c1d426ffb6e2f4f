"""What a follow-up says of a programme on a date: page, note and sentences take every figure from here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from jobpakke.followup.flow import FlowTable, Turnover, flow, turned
from jobpakke.followup.groups import Grouping
from jobpakke.followup.hiding import SMALL, hidden_together
from jobpakke.followup.jobs import Jobs, Relapse, jobs_in
from jobpakke.followup.lives import Lives
from jobpakke.followup.tables import StatusTable, TargetRow, TargetTable, status_in, targets_in
from jobpakke.packages.models import Programme


@dataclass(frozen=True, slots=True)
class Changes:
    """From an earlier date to this one: who went where, and how often into a job and out of one."""

    moved: FlowTable
    turned: Turnover


@dataclass(frozen=True, slots=True)
class Results:
    """Both tables by municipality, and what is read from the lives beside them.

    ``counted``: the packages at the programme's own day of counting, where that lies before. ``jobs`` and ``changes``
    are None where nobody's life was read. ``hides``: whether small numbers, and what would give them away, are hidden
    in all of it together.
    """

    programme: Programme
    on: date
    status: StatusTable
    targets: TargetTable
    counted: TargetTable | None
    jobs: Jobs | None = None
    changes: Changes | None = None
    hides: bool = False

    def growth(self) -> list[tuple[TargetRow, TargetRow]]:
        """The same municipality at the day of counting and on the date."""
        return list(zip(self.counted.rows, self.targets.rows, strict=True)) if self.counted else []

    def hiding_small(self) -> Results:
        """The same to be shown to anybody."""
        if self.hides:
            return self
        status, targets, counted = hidden_together(self.status, self.targets, self.counted)
        jobs = None if self.jobs is None or status.total.hides_rate else _shown_jobs(self.jobs)
        changes = self.changes if self.changes and _may_be_shown(self.changes) else None
        return replace(self, status=status, targets=targets, counted=counted, jobs=jobs, changes=changes, hides=True)


def results_in(lives: Lives, *, on: date, before: date | None = None) -> Results:
    """The results of what is read; ``before``: the earlier date they are compared with."""
    day = lives.programme.counted_on
    return Results(
        lives.programme,
        on,
        status_in(lives, on=on, by=Grouping.MUNICIPALITY),
        targets_in(lives, on=on),
        targets_in(lives, on=day) if day is not None and day < on else None,
        jobs_in(lives, on=on),
        Changes(flow(lives, then=before, now=on), turned(lives, then=before, now=on)) if before else None,
    )


def _shown_jobs(jobs: Jobs) -> Jobs | None:
    """Who reached a job, has it, or has it not: of one of the three the others are worked out. Of the months, those by
    which nobody or enough came back, and since the month before too."""
    if any(_is_small(number) for number in (jobs.reached, jobs.without, jobs.reached - jobs.without)):
        return None
    shown: list[Relapse] = []
    for each in jobs.relapse:
        since = each.persons - (shown[-1].persons if shown else 0)
        if not any(_is_small(number) for number in (each.persons, since, each.at_risk)):
            shown.append(each)
    return replace(jobs, relapse=tuple(shown))


def _may_be_shown(changes: Changes) -> bool:
    moved, turned = changes.moved, changes.turned
    numbers = (turned.entered, turned.left, moved.begun, moved.begun_in_jobs, moved.begun - moved.begun_in_jobs)
    return not any(_is_small(number) for number in numbers)


def _is_small(number: int) -> bool:
    return 0 < number < SMALL
