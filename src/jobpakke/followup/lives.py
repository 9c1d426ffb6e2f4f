"""What a programme knows of its citizens, read once: any table on any day up to then comes from it without a query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import QuerySet

from jobpakke.access.models import Municipality
from jobpakke.citizens.models import CaseTransfer, StatusSpell
from jobpakke.followup.groups import Grouping, Groups, groups_of
from jobpakke.lib.periods import Period
from jobpakke.method.status import LabourMarketStatus, SpellFact, status_on
from jobpakke.packages.models import JobPackage, Programme, Step, Target

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
    """Everybody with a package of the programme begun by ``until``; ``parts``: the municipalities that are asked of."""

    programme: Programme
    until: date
    parts: tuple[Target, ...]
    every: tuple[FollowedLife, ...]
    groups: Groups

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
) -> Lives:
    """Reads everything in five queries, six where it is grouped by anything but the municipality."""
    begun = packages_of(programme, until=until, among=among)
    packages = _started(programme, until)
    spells, activities, moves = _spells(packages), _activities(packages, until), _moves(packages)
    every = tuple(
        replace(
            life,
            spells=tuple(spells.get(life.citizen, ())),
            activities=tuple(activities.get(life.citizen, ())),
            moves=tuple(moves.get(life.citizen, ())),
        )
        for life in begun.every
    )
    return replace(begun, every=every, groups=groups_of(by, packages))


def packages_of(programme: Programme, *, until: date, among: QuerySet[Municipality] | None = None) -> Lives:
    """Only the packages, and no more of anybody's life: enough for the targets, in two queries."""
    parts = Target.objects.filter(programme=programme).select_related("municipality").order_by("position")
    begun: dict[int, list[Begun]] = defaultdict(list)
    rows = _started(programme, until).order_by("opened_on", "pk").values_list("citizen", "opened_on", "municipality")
    for citizen, opened_on, municipality in rows:
        if opened_on is not None:  # started_by leaves drafts out
            begun[citizen].append(Begun(opened_on, municipality))
    every = tuple(FollowedLife(citizen, tuple(began)) for citizen, began in begun.items())
    asked = parts if among is None else parts.filter(municipality__in=among)
    return Lives(programme, until, tuple(asked), every, Groups(Grouping.MUNICIPALITY))


def _started(programme: Programme, until: date) -> QuerySet[JobPackage]:
    return JobPackage.objects.filter(programme=programme).started_by(until)


def _spells(packages: QuerySet[JobPackage]) -> Mapping[int, Sequence[SpellFact]]:
    rows = StatusSpell.objects.current().filter(citizen__in=packages.order_by().values("citizen"))
    found: dict[int, list[SpellFact]] = defaultdict(list)
    for citizen, status, start, end in rows.values_list("citizen", "status", "starts_on", "ends_on"):
        found[citizen].append(SpellFact(LabourMarketStatus(status), Period(start, end)))
    return found


def _activities(packages: QuerySet[JobPackage], until: date) -> Mapping[int, Sequence[Period]]:
    """The days of a step that lie in its package."""
    rows = Step.objects.filter(package__citizen__in=packages.order_by().values("citizen"))
    rows = rows.filter(started_on__lte=until, package__opened_on__lte=until)
    columns = rows.values_list("package__citizen", "started_on", "ended_on", "package__opened_on", "package__ended_on")
    found: dict[int, list[Period]] = defaultdict(list)
    for citizen, start, end, opened_on, ended_on in columns:
        if start is not None and opened_on is not None:  # as filtered above
            days = Period(start, end).intersect(Period(opened_on, ended_on))
            found[citizen] += [days] if days else []
    return found


def _moves(packages: QuerySet[JobPackage]) -> Mapping[int, Sequence[Move]]:
    rows = CaseTransfer.objects.filter(citizen__in=packages.order_by().values("citizen"), accepted_on__isnull=False)
    columns = rows.order_by("accepted_on", "pk").values_list("citizen", "sender", "receiver", "moved_on", "accepted_on")
    found: dict[int, list[Move]] = defaultdict(list)
    for citizen, sender, receiver, moved_on, accepted_on in columns:
        if accepted_on is not None:  # as filtered above
            found[citizen].append(Move(sender, receiver, moved_on, accepted_on))
    return found
