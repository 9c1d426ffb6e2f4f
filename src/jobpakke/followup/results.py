"""What a follow-up says of a programme on a date: page, note and sentences take every figure from here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import QuerySet

from jobpakke.access.models import Municipality
from jobpakke.followup.arrow import tables
from jobpakke.followup.flow import FlowTable, Turnover, flow, turned
from jobpakke.followup.frozen import Frozen, read
from jobpakke.followup.groups import Grouping
from jobpakke.followup.hiding import hidden_together
from jobpakke.followup.jobs import Jobs, Relapse, jobs_in
from jobpakke.followup.lives import Lives, lives_of
from jobpakke.followup.models import FollowUp
from jobpakke.followup.tables import (
    StatusTable,
    TargetRow,
    TargetTable,
    status_in,
    target_table,
    targets_in,
)
from jobpakke.lib.clock import end_of
from jobpakke.packages.models import Programme


@dataclass(frozen=True, slots=True)
class Changes:
    """From an earlier date to this one: who went where, and how often into a job and out of one."""

    moved: FlowTable
    turned: Turnover


@dataclass(frozen=True, slots=True)
class Results:
    """Both tables by municipality, and what is read from the lives beside them.

    ``counted``: the packages at the programme's own day of counting, where that lies before. ``lives``, ``jobs`` and
    ``changes`` are as known when it was ``frozen``, or at the end of ``known_on``; None where nobody's life could be
    read, since what was frozen reads otherwise by now. ``least``: fewer are hidden, with what would give them away, in
    all of it together; None: nothing is.
    """

    programme: Programme
    on: date
    status: StatusTable
    targets: TargetTable
    counted: TargetTable | None
    jobs: Jobs | None = None
    changes: Changes | None = None
    least: int | None = None
    lives: Lives | None = None
    known_on: date | None = None
    frozen: FollowUp | None = None

    @property
    def known_at(self) -> datetime | None:
        """What was recorded later is not in it; None: it is all that is known now."""
        if self.frozen is not None:
            return self.frozen.frozen_at
        return None if self.known_on is None else end_of(self.known_on)

    @property
    def hides(self) -> bool:
        """Whether small numbers are hidden."""
        return self.least is not None

    @property
    def places(self) -> tuple[int, ...]:
        """The keys of its municipalities."""
        return tuple(row.municipality.pk for row in self.status.rows if row.municipality)

    def growth(self) -> list[tuple[TargetRow, TargetRow]]:
        """The same municipality at the day of counting and on the date."""
        return list(zip(self.counted.rows, self.targets.rows, strict=True)) if self.counted else []

    def hiding_small(self, *, least: int) -> Results:
        """The same to be shown to anybody: without numbers below ``least`` and what would give them away."""
        if self.hides:
            return self
        status, targets, counted = hidden_together(self.status, self.targets, self.counted, least=least)
        jobs = None if self.jobs is None or status.total.hides_rate else _shown_jobs(self.jobs, least)
        changes = self.changes if self.changes and _may_be_shown(self.changes, least) else None
        return replace(self, status=status, targets=targets, counted=counted, jobs=jobs, changes=changes, least=least)


def results_in(lives: Lives, *, on: date, before: date | None = None) -> Results:
    """The results of what is read; ``before``: the earlier date they are compared with."""
    day = lives.programme.counted_on
    with tables():
        jobs, changes = jobs_in(lives, on=on), changes_in(lives, then=before, now=on) if before else None
    return Results(
        lives.programme,
        on,
        status_in(lives, on=on, by=Grouping.MUNICIPALITY),
        targets_in(lives, on=on),
        targets_in(lives, on=day) if day is not None and day < on else None,
        jobs,
        changes,
        lives=lives,
    )


def changes_in(lives: Lives, *, then: date, now: date) -> Changes:
    """The way from one date to the other."""
    return Changes(flow(lives, then=then, now=now), turned(lives, then=then, now=now))


def results_known(
    programme: Programme,
    *,
    on: date,
    known_on: date,
    among: QuerySet[Municipality] | None = None,
    before: date | None = None,
) -> Results:
    """The same with what had been recorded by the end of a day."""
    lives = lives_of(programme, until=on, among=among, known_at=end_of(known_on))
    return replace(results_in(lives, on=on, before=before), known_on=known_on)


def results_frozen(follow_up: FollowUp) -> Results:
    """Both tables as they were frozen. An earlier count, and what takes whole lives, are made of what was recorded when
    they were, against the last date that had been frozen before; without lives, where these no longer say the same as
    the tables.

    Raises:
        Refused: as frozen.read.
    """
    kept, programme, on = read(follow_up), follow_up.programme, follow_up.cut_off_on
    among = Municipality.objects.filter(follow_up_parts__follow_up=follow_up)
    lives = lives_of(programme, until=on, among=among, known_at=follow_up.frozen_at)
    _place(kept, lives)
    before = FollowUp.objects.filter(frozen_at__lt=follow_up.frozen_at).cut_off_before(on, programme)
    found = results_in(lives, on=on, before=before)
    found = replace(found, counted=found.counted and _as_kept(found.counted, kept.targets), frozen=follow_up)
    if _numbers(found.status, found.targets) != _numbers(kept.status, kept.targets):
        found = replace(found, lives=None, jobs=None, changes=None)
    return replace(found, status=kept.status, targets=kept.targets)


def _as_kept(counted: TargetTable, kept: TargetTable) -> TargetTable:
    """The earlier count of the municipalities and with the targets that were frozen."""
    begun = {row.municipality.code: row.packages for row in counted.rows if row.municipality}
    rows = [replace(row, packages=begun.get(row.municipality.code, 0)) for row in kept.rows if row.municipality]
    return target_table(counted.on, rows)


def _numbers(status: StatusTable, targets: TargetTable) -> object:
    codes = [row.municipality.code for row in status.rows if row.municipality]
    return codes, [row.cells for row in status.rows], [row.packages for row in targets.rows]


def _place(kept: Frozen, lives: Lives) -> None:
    """Gives the municipalities their keys; they are called what they were called then."""
    keys = {part.municipality.code: part.municipality_id for part in lives.parts}
    for place in [row.municipality for row in kept.status.rows] + [row.municipality for row in kept.targets.rows]:
        if place:
            place.pk = keys[place.code]


def _shown_jobs(jobs: Jobs, least: int) -> Jobs | None:
    """Who reached a job, has it, or has it not: of one of the three the others are worked out. Of the months, those by
    which nobody or enough came back, and since the month before too."""
    if any(_is_small(number, least) for number in (jobs.reached, jobs.without, jobs.reached - jobs.without)):
        return None
    shown: list[Relapse] = []
    for each in jobs.relapse:
        since = each.persons - (shown[-1].persons if shown else 0)
        if not any(_is_small(number, least) for number in (each.persons, since, each.at_risk)):
            shown.append(each)
    return replace(jobs, relapse=tuple(shown))


def _may_be_shown(changes: Changes, least: int) -> bool:
    moved, turned = changes.moved, changes.turned
    numbers = (turned.entered, turned.left, moved.begun, moved.begun_in_jobs, moved.begun - moved.begun_in_jobs)
    return not any(_is_small(number, least) for number in numbers)


def _is_small(number: int, least: int) -> bool:
    return 0 < number < least
