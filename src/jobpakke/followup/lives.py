"""What a programme knows of its citizens, read once: any table on any day up to then comes from it without a query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from jobpakke.access.models import Municipality
from jobpakke.followup import known
from jobpakke.followup.groups import Grouping, Groups, groups_of
from jobpakke.lib.periods import Period
from jobpakke.method.status import LabourMarketStatus, SpellFact, status_on
from jobpakke.packages.models import Programme, Target

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Begun:
    """A package of the programme: the day it began, and where."""

    on: date
    municipality: int


@dataclass(frozen=True, slots=True)
class Move:
    """A case that another municipality took over. Places are keys or codes, of one kind; ``transfer``: its ref, where
    that is asked for."""

    sender: int | str
    receiver: int | str
    moved_on: date
    accepted_on: date
    transfer: str = ""

    @property
    def last_day(self) -> date:
        """The last on which the sender had the case."""
        return max(self.moved_on, self.accepted_on - _DAY)


def given_away(moves: Iterable[Move], here: int | str | None) -> Move | None:
    """The move, of those in order, by which a place gave the case away, unless it has got it back since."""
    found = None
    for move in moves:
        if move.sender == here:
            found = move
        elif move.receiver == here:
            found = None
    return found


@dataclass(frozen=True, slots=True)
class FollowedLife:
    """One citizen. ``packages`` in the order in which they began; ``activities``: days with a step of an open package
    under way, of whatever programme."""

    citizen: int
    packages: tuple[Begun, ...]
    spells: tuple[SpellFact, ...] = ()
    activities: tuple[Period, ...] = ()
    moves: tuple[Move, ...] = ()

    def municipality_on(self, on: date) -> int | None:
        """Where the citizen counts: where the package is that began last; None before the first."""
        begun = [package.municipality for package in self.packages if package.on <= on]
        return begun[-1] if begun else None

    def left_on(self, on: date) -> date | None:
        """The last day on which the municipality the citizen counts in had the case, where it gave it away by then."""
        move = given_away((each for each in self.moves if each.accepted_on <= on), self.municipality_on(on))
        return move.last_day if move else None

    def status_on(self, on: date) -> LabourMarketStatus:
        """As the municipality tells it: of a case it gave away, as on the last day; nothing is under way then."""
        left = self.left_on(on)
        if left is None:
            return status_on(self.spells, self.activities, on=on)
        return status_on(self.spells, (), on=left)


@dataclass(frozen=True, slots=True)
class Lives:
    """Everybody with a package of the programme begun by ``until``; ``parts``: the municipalities that are asked of;
    ``known_at``: the moment it was known so, None now."""

    programme: Programme
    until: date
    parts: tuple[Target, ...]
    every: tuple[FollowedLife, ...]
    groups: Groups
    known_at: datetime | None = None

    @property
    def places(self) -> tuple[int, ...]:
        """The keys of these municipalities."""
        return tuple(part.municipality_id for part in self.parts)

    def counted_on(self, on: date) -> Iterator[tuple[FollowedLife, int]]:
        """Who counts on a day not after ``until``, and in which of the municipalities."""
        asked = set(self.places)
        for life in self.every:
            here = life.municipality_on(on)
            if here in asked and here is not None:
                yield life, here


def lives_of(
    programme: Programme,
    *,
    until: date,
    among: QuerySet[Municipality] | None = None,
    by: Grouping = Grouping.MUNICIPALITY,
    known_at: datetime | None = None,
) -> Lives:
    """Reads everything in five queries, one more or two where it is grouped by anything but the municipality.

    ``known_at``: as known at a moment (``followup.known``).
    """
    packages = known.started(programme, on=until, known_at=known_at)
    rows = _packages(packages, until, known_at)
    begun = _begun(programme, until, among, [row[1:] for row in rows if row[0] == programme.pk])
    days = {key: Period(began_on, over_on) for _, _, began_on, _, key, over_on in rows}
    spells, moves = _spells(packages, known_at), _moves(packages, until, known_at)
    activities = _activities(packages, until, known_at, days)
    every = tuple(
        replace(
            life,
            spells=tuple(spells.get(life.citizen, ())),
            activities=tuple(activities.get(life.citizen, ())),
            moves=tuple(moves.get(life.citizen, ())),
        )
        for life in begun.every
    )
    return grouped(replace(begun, every=every, known_at=known_at), by)


def grouped(lives: Lives, by: Grouping) -> Lives:
    """The same by another grouping; one query or two."""
    if by is lives.groups.by:
        return lives
    packages = known.started(lives.programme, on=lives.until, known_at=lives.known_at)
    return replace(lives, groups=groups_of(by, packages, known_at=lives.known_at))


def packages_of(programme: Programme, *, until: date, among: QuerySet[Municipality] | None = None) -> Lives:
    """Only the packages, and no more of anybody's life: enough for the targets, in two queries."""
    rows = known.started(programme, on=until, known_at=None).order_by("began_on", "pk")
    return _begun(programme, until, among, rows.values_list("citizen", "began_on", "municipality"))


def _begun(
    programme: Programme, until: date, among: QuerySet[Municipality] | None, rows: Iterable[Sequence[Any]]
) -> Lives:
    parts = Target.objects.filter(programme=programme).select_related("municipality").order_by("position")
    begun: dict[int, list[Begun]] = defaultdict(list)
    for citizen, began_on, municipality, *_rest in rows:
        begun[citizen].append(Begun(began_on, municipality))
    every = tuple(FollowedLife(citizen, tuple(began)) for citizen, began in begun.items())
    asked = parts if among is None else parts.filter(municipality__in=among)
    return Lives(programme, until, tuple(asked), every, Groups(Grouping.MUNICIPALITY))


def _packages(packages: QuerySet[Any, Any], until: date, known_at: datetime | None) -> list[Sequence[Any]]:
    """Every package of these citizens begun by then, of whatever programme, in order: programme, citizen, the day it
    began, municipality, key, and the day it was over."""
    citizens = packages.order_by().values("citizen")
    rows = known.packages(known_at).filter(citizen__in=citizens, began_on__lte=until).order_by("began_on", "pk")
    return list(rows.values_list("programme", "citizen", "began_on", "municipality", "pk", "over_on"))


def _spells(packages: QuerySet[Any, Any], known_at: datetime | None) -> Mapping[int, Sequence[SpellFact]]:
    rows = known.spells(known_at).filter(citizen__in=packages.order_by().values("citizen"))
    found: dict[int, list[SpellFact]] = defaultdict(list)
    for citizen, status, start, end in rows.values_list("citizen", "status", "starts_on", "ends_on"):
        found[citizen].append(SpellFact(LabourMarketStatus(status), Period(start, end)))
    return found


def _activities(
    packages: QuerySet[Any, Any], until: date, known_at: datetime | None, days: Mapping[int, Period]
) -> Mapping[int, Sequence[Period]]:
    """The days of a step that lie in its package, of which ``days`` are known."""
    steps = known.steps(until, known_at).filter(package__citizen__in=packages.order_by().values("citizen"))
    found: dict[int, list[Period]] = defaultdict(list)
    for citizen, package, start, end in steps.values_list("package__citizen", "package", "begun_on", "done_on"):
        if package in days:
            within = Period(start, end).intersect(days[package])
            found[citizen] += [within] if within else []
    return found


def _moves(packages: QuerySet[Any, Any], until: date, known_at: datetime | None) -> Mapping[int, Sequence[Move]]:
    rows = known.accepted_by(until, known_at).filter(citizen__in=packages.order_by().values("citizen"))
    found: dict[int, list[Move]] = defaultdict(list)
    for citizen, *move in rows.values_list("citizen", "sender", "receiver", "left_on", "taken_on"):
        found[citizen].append(Move(*move))
    return found
