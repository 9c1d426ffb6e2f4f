"""Who is where so many weeks after the package began."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jobpakke.followup.arrow import GROUPED, Row, tables
from jobpakke.followup.first_jobs import WEEKS, followed
from jobpakke.followup.groups import Grouping
from jobpakke.followup.hiding_groups import CLEAR, Veil, veil
from jobpakke.followup.lives import FollowedLife, Lives
from jobpakke.followup.tables import COLUMNS
from jobpakke.followup.whose import Whose, at_start, shown
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


@dataclass(frozen=True, slots=True)
class GroupWeek:
    """The same of a group, in the order of COLUMNS: None where a number must not be shown."""

    whose: Whose
    week: int
    persons: int | None
    counts: tuple[int | None, ...]

    @property
    def is_hidden(self) -> bool:
        """Whether nothing of it is shown."""
        return self.persons is None


@dataclass(frozen=True, slots=True)
class Bands:
    """Everybody in every week from 0 to LONGEST, and each group in those of READ in which anybody is followed.
    ``pooled``: the groups that stand together as one, being too small."""

    weeks: tuple[BandWeek, ...]
    by: Grouping
    groups: tuple[GroupWeek, ...]
    pooled: tuple[Whose, ...] = ()

    @property
    def is_hidden(self) -> bool:
        """Whether nothing of any group is shown."""
        return bool(self.groups) and all(row.is_hidden for row in self.groups)


def bands(lives: Lives, *, on: date, least: int | None) -> Bands:
    """A citizen is followed from the day the first package of the programme began to the date, or to the last day on
    which the municipality had the case; the status on the day that the week begins. Groups are those of the curves
    (``first_jobs``). Of them nothing is shown that rests on fewer than ``least``, nor what would give it away
    (``hiding_groups``), week by week; None hides nothing."""
    people = [(life, at_start(lives, life, place)) for life, place in lives.counted_on(on)]
    among = shown(lives, (code for _, code in people), least=least)
    found = _counted([row for life, code in people for row in _shifted(life, on, among.code(code))])
    weeks = []
    for week in range(LONGEST + 1):
        counts = Counter[LabourMarketStatus]()
        for (_code, status), number in found[week].items():
            counts[LabourMarketStatus(status)] += number
        weeks.append(BandWeek(week, counts.total(), dict(counts)))
    reached = [week for week in READ if weeks[week].persons]
    veils = {week: CLEAR if least is None else veil(found[week], least=least) for week in reached}
    groups = [_week(whose, week, found[week], veils[week]) for whose in among.groups for week in reached]
    return Bands(tuple(weeks), lives.groups.by, tuple(groups), among.pooled)


Found = Mapping[tuple[str, ...], int]
"""Of one week: persons by group and status."""


def _counted(rows: Sequence[Row]) -> Mapping[int, Found]:
    from jobpakke.evaluation.sequences import sequences

    found: dict[int, dict[tuple[str, ...], int]] = defaultdict(dict)
    if rows:
        end = _EPOCH + _WEEK * (LONGEST + 1)
        with tables() as engine:
            for row in engine.rows(sequences(engine.table(rows, GROUPED), start=_EPOCH, end=end, by="whose")):
                week = (row["week"] - _EPOCH).days // 7
                found[week][row["group"], LabourMarketStatus(row["status"])] = row["persons"]
    return found


def _week(whose: Whose, week: int, found: Found, veil: Veil) -> GroupWeek:
    numbers = [found.get((whose.code, status), 0) for status in COLUMNS]
    if whose.code in veil.groups:
        return GroupWeek(whose, week, None, (None,) * len(COLUMNS))
    seen = [None if veil.hides(whose.code, status) else number for status, number in zip(COLUMNS, numbers, strict=True)]
    return GroupWeek(whose, week, sum(numbers), tuple(seen))


def _shifted(life: FollowedLife, on: date, code: str) -> Iterator[Row]:
    """The line of statuses as spells that begin on one day for all, with the group."""
    began, last = followed(life, on=on)
    moved = _EPOCH - began
    for period, status in status_line(life.spells, life.activities, within=Period(began, last + _DAY)):
        if period.end is not None:
            yield str(life.citizen), status.value, period.start + moved, period.end + moved, code
