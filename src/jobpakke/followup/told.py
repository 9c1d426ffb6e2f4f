"""What the status table says of each citizen, day by day, as spells: the figures of ``evaluation`` are made of these.

Held against the tables themselves: ``status_at`` and ``self_support_rate`` of these rows are the tables of any date.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby, pairwise

from jobpakke.followup.arrow import Row
from jobpakke.followup.first_jobs import JOBS, followed
from jobpakke.followup.lives import FollowedLife, Lives
from jobpakke.lib.periods import Period
from jobpakke.method.status import LabourMarketStatus, status_line

Line = list[tuple[Period, LabourMarketStatus]]
_DAY = timedelta(days=1)


def told_spells(lives: Lives, *, on: date) -> list[Row]:
    """Citizen, status, first day, first day without, and code of the municipality: to the end of the date, unbroken as
    long as nothing changes. Days on which a citizen counts in no municipality that is asked of are left out."""
    codes = {part.municipality_id: part.municipality.code for part in lives.parts}
    return [
        (str(life.citizen), status.value, period.start, period.end, codes[place])
        for life in lives.every
        for period, status, place in _told(life, on)
        if place in codes
    ]


def job_days(life: FollowedLife, *, on: date) -> Line:
    """The statuses from the day the first package began to the last that is told of, without a job that ran already."""
    began, last = followed(life, on=on)
    line = status_line(life.spells, life.activities, within=Period(began - _DAY, last + _DAY))
    ran = True
    found: Line = []
    for period, status in line:
        ran = ran and status in JOBS
        rest = period.intersect(Period(began, None))
        if rest and not ran:
            found.append((rest, status))
    return found


def _told(life: FollowedLife, on: date) -> Iterator[tuple[Period, LabourMarketStatus, int | None]]:
    first, after = life.packages[0].on, on + _DAY
    changing = {first, after, *(package.on for package in life.packages), *(move.accepted_on for move in life.moves)}
    for period in (*(spell.period for spell in life.spells), *life.activities):
        changing |= {period.start} | ({period.end} if period.end else set())
    days = sorted(day for day in changing if first <= day <= after)
    parts = [(start, end, life.status_on(start), life.municipality_on(start)) for start, end in pairwise(days)]
    for (status, place), same in groupby(parts, key=lambda part: part[2:]):
        together = list(same)
        yield Period(together[0][0], together[-1][1]), status, place
