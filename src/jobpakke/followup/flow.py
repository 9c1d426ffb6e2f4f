"""Between two dates: how many citizens went from which status to which, and how often into a job and out of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from jobpakke.followup.arrow import GROUPED, PLACED, SPELLS, Row, tables
from jobpakke.followup.groups import Grouping
from jobpakke.followup.hiding_groups import CLEAR, veil
from jobpakke.followup.lives import FollowedLife, Lives
from jobpakke.followup.tables import COLUMNS
from jobpakke.followup.told import told_spells
from jobpakke.followup.whose import Whose, shown
from jobpakke.method.status import SELF_SUPPORT, LabourMarketStatus

State = LabourMarketStatus | None
"""A status; None: the citizen did not count on the date."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class FlowTable:
    """How many citizens went from each status on one date to each on another. Who counts on either date is in it once;
    None: had not begun on the first date, or counts elsewhere on the second."""

    then: date
    now: date
    counts: Mapping[tuple[State, State], int]

    @property
    def sources(self) -> tuple[State, ...]:
        """The rows: every status, and None if anybody was not counted then."""
        return (*COLUMNS, None) if any(source is None for source, _ in self.counts) else COLUMNS

    @property
    def targets(self) -> tuple[State, ...]:
        """The columns, likewise."""
        return (*COLUMNS, None) if any(target is None for _, target in self.counts) else COLUMNS

    def count(self, source: State, target: State) -> int:
        """From the one to the other."""
        return self.counts.get((source, target), 0)

    def from_(self, source: State) -> int:
        """How many had the status on the first date."""
        return sum(number for (each, _), number in self.counts.items() if each == source)

    def to(self, target: State) -> int:
        """How many have it on the second."""
        return sum(number for (_, each), number in self.counts.items() if each == target)

    @property
    def share_then(self) -> Fraction | None:
        """Self-support of those who counted on the first date."""
        return _share({status: self.from_(status) for status in COLUMNS})

    @property
    def share_now(self) -> Fraction | None:
        """The same on the second."""
        return _share({status: self.to(status) for status in COLUMNS})

    @property
    def begun(self) -> int:
        """Counted now, not then."""
        return self.from_(None)

    @property
    def begun_in_jobs(self) -> int:
        """Those of them who are in a job now."""
        return sum(self.count(None, target) for target in SELF_SUPPORT)


@dataclass(frozen=True, slots=True)
class Turnover:
    """How often a citizen who counted came into a job after the first date and by the second, and out of one."""

    entered: int
    left: int


def _share(counts: Mapping[LabourMarketStatus, int]) -> Fraction | None:
    whole = sum(counts.values())
    return Fraction(sum(counts[status] for status in SELF_SUPPORT), whole) if whole else None


def flow(lives: Lives, *, then: date, now: date) -> FlowTable:
    """Each citizen's status on two dates, as the status table of each date has it; counted by ``transitions``."""
    from jobpakke.evaluation.lines import NO_STATUS
    from jobpakke.evaluation.transitions import transitions

    held: list[Row] = [
        (str(life.citizen), life.status_on(on).value, on, on + _DAY)
        for on in (then, now)
        for life, _ in lives.counted_on(on)
    ]
    if not held:
        return FlowTable(then, now, {})
    with tables() as engine:
        moves = transitions(engine.table(held, SPELLS), start=then, end=now, default_status=NO_STATUS)
        rows = engine.rows(moves)

    def state(code: str) -> State:
        return None if code == NO_STATUS else LabourMarketStatus(code)

    return FlowTable(then, now, {(state(row["from_status"]), state(row["to_status"])): row["persons"] for row in rows})


def turned(lives: Lives, *, then: date, now: date) -> Turnover:
    """From the evaluation's ``turnover`` of what the status table says day by day. One who comes into a job and out of
    it again is in both; who begins to count with a job, or ceases to count, is in neither."""
    from jobpakke.evaluation.lines import NO_STATUS
    from jobpakke.evaluation.transitions import turnover

    told = told_spells(lives, on=now)
    if not any(status in SELF_SUPPORT for _, status, *_ in told):
        return Turnover(0, 0)
    with tables() as engine:
        rows = engine.rows(turnover(engine.table(told, PLACED), start=then, end=now))

    def times(movement: str) -> int:
        return sum(row["persons"] for row in rows if row["movement"] == movement and row["status"] != NO_STATUS)

    return Turnover(times("entered"), times("left"))


class Work(StrEnum):
    """What moves between two dates come to where groups are too small for six statuses."""

    JOB = "job"
    NO_JOB = "no_job"
    NOT_BEGUN = "not_begun"


MOVES = (
    (Work.JOB, Work.JOB),
    (Work.NO_JOB, Work.JOB),
    (Work.JOB, Work.NO_JOB),
    (Work.NO_JOB, Work.NO_JOB),
    (Work.NOT_BEGUN, Work.JOB),
    (Work.NOT_BEGUN, Work.NO_JOB),
)
"""From the one to the other, in the order of print."""


@dataclass(frozen=True, slots=True)
class GroupMoves:
    """Of a group how many made each of MOVES; None where a number must not be shown."""

    whose: Whose
    persons: int
    counts: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class GroupFlow:
    """The moves of each group. ``pooled``: the groups that stand together as one, being too small."""

    then: date
    now: date
    by: Grouping
    rows: tuple[GroupMoves, ...]
    pooled: tuple[Whose, ...] = ()

    @property
    def is_hidden(self) -> bool:
        """Whether not one number of it is shown."""
        return bool(self.rows) and all(number is None for row in self.rows for number in row.counts)


def group_flow(lives: Lives, *, then: date, now: date, least: int | None) -> GroupFlow:
    """Everybody in the status table of the second date, by the group of that table: in a job or in none on both dates,
    counted by ``transitions``. Nothing is shown that rests on fewer than ``least`` persons, nor what would give it away
    to one who knows the sums (``hiding_groups``); None hides nothing."""
    from jobpakke.evaluation.lines import NO_STATUS
    from jobpakke.evaluation.transitions import transitions

    people = [(life, _group(lives, life, place, now)) for life, place in lives.counted_on(now)]
    among, before = (
        shown(lives, (code for _, code in people), least=least),
        {life.citizen for life, _ in lives.counted_on(then)},
    )
    held: list[Row] = [
        (str(life.citizen), life.status_on(on).value, on, on + _DAY, among.code(code))
        for life, code in people
        for on in (then, now)
        if on == now or life.citizen in before
    ]
    if not held:
        return GroupFlow(then, now, lives.groups.by, ())
    with tables() as engine:
        moves = transitions(engine.table(held, GROUPED), start=then, end=now, by="whose", default_status=NO_STATUS)
        rows = engine.rows(moves)
    found = Counter[tuple[str, ...]]()
    for row in rows:
        found[row["group"], _work(row["from_status"], NO_STATUS), _work(row["to_status"], NO_STATUS)] += row["persons"]
    hidden = CLEAR if least is None else veil(found, least=least)
    told = []
    for whose in among.groups:
        numbers = [found[whose.code, *move] for move in MOVES]
        seen = [None if hidden.hides(whose.code, move[0]) else each for move, each in zip(MOVES, numbers, strict=True)]
        told.append(GroupMoves(whose, sum(numbers), tuple(seen)))
    return GroupFlow(then, now, lives.groups.by, tuple(told), among.pooled)


def _group(lives: Lives, life: FollowedLife, municipality: int, on: date) -> str:
    return str(municipality) if lives.groups.by is Grouping.MUNICIPALITY else lives.groups.on(life.citizen, on)


def _work(status: str, nothing: str) -> Work:
    if status == nothing:
        return Work.NOT_BEGUN
    return Work.JOB if LabourMarketStatus(status) in SELF_SUPPORT else Work.NO_JOB
