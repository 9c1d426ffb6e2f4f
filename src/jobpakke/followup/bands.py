"""Who is where so many weeks after the package began."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from jobpakke.followup.arrow import SPELLS, Row, tables
from jobpakke.followup.first_jobs import WEEKS, followed
from jobpakke.followup.lives import FollowedLife, Lives
from jobpakke.lib.periods import Period
from jobpakke.method.status import LabourMarketStatus, status_line

READ = (0, *WEEKS)
"""The weeks of the table."""
LONGEST = 104
FEW = 5
"""A week in which fewer are followed is not drawn: one person would move the band by a fifth and more."""
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_EPOCH = date(2001, 1, 1)
"""A Monday: the day on which every package begins here."""


@dataclass(frozen=True, slots=True)
class BandWeek:
    """So many weeks after the first package began: how many are still followed, and how many have each status."""

    week: int
    persons: int
    counts: Mapping[LabourMarketStatus, int]

    def share(self, status: LabourMarketStatus) -> float | None:
        """Of those who are followed; None when nobody is."""
        return self.counts.get(status, 0) / self.persons if self.persons else None


def bands(lives: Lives, *, on: date) -> tuple[BandWeek, ...]:
    """Every week from 0 to LONGEST. A citizen is followed from the day the first package of the programme began to the
    date, or to the last day on which the municipality had the case; the status on the day that the week begins."""
    from jobpakke.evaluation.sequences import sequences

    rows = [row for life, _ in lives.counted_on(on) for row in _shifted(life, on)]
    found: dict[int, dict[LabourMarketStatus, int]] = defaultdict(dict)
    if rows:
        end = _EPOCH + _WEEK * (LONGEST + 1)
        with tables() as engine:
            for row in engine.rows(sequences(engine.table(rows, SPELLS), start=_EPOCH, end=end)):
                found[(row["week"] - _EPOCH).days // 7][LabourMarketStatus(row["status"])] = row["persons"]
    return tuple(BandWeek(week, sum(found[week].values()), found[week]) for week in range(LONGEST + 1))


def _shifted(life: FollowedLife, on: date) -> Iterator[Row]:
    """The line of statuses as spells that begin on one day for all."""
    began, last = followed(life, on=on)
    moved = _EPOCH - began
    for period, status in status_line(life.spells, life.activities, within=Period(began, last + _DAY)):
        if period.end is not None:
            yield str(life.citizen), status.value, period.start + moved, period.end + moved
