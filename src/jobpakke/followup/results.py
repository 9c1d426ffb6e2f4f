"""What a follow-up says of a programme on a date: page, note and sentences take every figure from here."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import QuerySet

from jobpakke.access.models import Municipality
from jobpakke.followup.arrow import tables
from jobpakke.followup.flow import FlowTable, Turnover, flow, turned
from jobpakke.followup.frozen import Frozen, read
from jobpakke.followup.groups import Grouping
from jobpakke.followup.hiding import hidden_together, least_shown
from jobpakke.followup.jobs import Jobs, Relapse, jobs_in
from jobpakke.followup.lives import Lives
from jobpakke.followup.models import FollowUp
from jobpakke.followup.standings import standings
from jobpakke.followup.tables import (
    StatusTable,
    TargetRow,
    TargetTable,
    parts,
    status_from,
    status_in,
    target_table,
    targets_from,
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
    ``changes`` are None where nobody's life was read: of what was ``frozen``, or is told as known at the end of
    ``known_on``. ``hides``: whether small numbers, and what would give them away, are hidden in all of it together.
    """

    programme: Programme
    on: date
    status: StatusTable
    targets: TargetTable
    counted: TargetTable | None
    jobs: Jobs | None = None
    changes: Changes | None = None
    hides: bool = False
    lives: Lives | None = None
    known_on: date | None = None
    frozen: FollowUp | None = None

    @property
    def known_at(self) -> datetime | None:
        """What was recorded later is not in it; None: it is all that is known now."""
        if self.frozen is not None:
            return self.frozen.frozen_at
        return None if self.known_on is None else end_of(self.known_on)

    def growth(self) -> list[tuple[TargetRow, TargetRow]]:
        """The same municipality at the day of counting and on the date."""
        return list(zip(self.counted.rows, self.targets.rows, strict=True)) if self.counted else []

    def hiding_small(self) -> Results:
        """The same to be shown to anybody."""
        if self.hides:
            return self
        status, targets, counted = hidden_together(self.status, self.targets, self.counted)
        least = least_shown(on=self.status.on)
        jobs = None if self.jobs is None or status.total.hides_rate else _shown_jobs(self.jobs, least)
        changes = self.changes if self.changes and _may_be_shown(self.changes, least) else None
        return replace(self, status=status, targets=targets, counted=counted, jobs=jobs, changes=changes, hides=True)


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
    programme: Programme, *, on: date, known_on: date, among: QuerySet[Municipality] | None = None
) -> Results:
    """Both tables with what had been recorded by the end of a day."""
    places, moment = list(parts(programme, among)), end_of(known_on)
    found, day = standings(programme, on=on, known_at=moment), programme.counted_on
    earlier = standings(programme, on=day, known_at=moment) if day is not None and day < on else None
    counted = targets_from(earlier, places, on=day) if earlier is not None and day is not None else None
    status, targets = status_from(found, places, on=on), targets_from(found, places, on=on)
    return Results(programme, on, status, targets, counted, known_on=known_on)


def results_frozen(follow_up: FollowUp) -> Results:
    """Both tables as they were frozen. The earlier count is made of what was recorded when they were.

    Raises:
        Refused: as frozen.read.
    """
    kept, programme, day = _placed(read(follow_up)), follow_up.programme, follow_up.programme.counted_on
    counted = None
    if day is not None and day < follow_up.cut_off_on:
        found = standings(programme, on=day, known_at=follow_up.frozen_at)
        begun = Counter(standing.cell[0] for standing in found.packages.values())
        rows = [replace(row, packages=begun[row.municipality.code]) for row in kept.targets.rows if row.municipality]
        counted = target_table(day, rows)
    return Results(programme, follow_up.cut_off_on, kept.status, kept.targets, counted, frozen=follow_up)


def _placed(kept: Frozen) -> Frozen:
    """The municipalities with their keys, called what they were called then."""
    keys = dict(Municipality.objects.values_list("code", "pk"))
    places = [row.municipality for row in kept.status.rows] + [row.municipality for row in kept.targets.rows]
    for place in places:
        if place:
            place.pk = keys[place.code]
    return kept


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
