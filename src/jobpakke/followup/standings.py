"""Where each citizen and each package of a programme counts on a date: the rows under both tables, never shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from jobpakke.followup import known
from jobpakke.followup.lives import Move, given_away
from jobpakke.lib.periods import Period
from jobpakke.method.comparison import Standing
from jobpakke.method.status import LabourMarketStatus, SpellFact, status_on
from jobpakke.packages.models import Programme


@dataclass(frozen=True, slots=True)
class Standings:
    """By ref: citizens, in cells of municipality code and status; packages, in cells of municipality code."""

    citizens: Mapping[str, Standing]
    packages: Mapping[str, Standing]

    def within(self, places: Collection[str]) -> Standings:
        """Those that count in one of the municipalities."""
        return Standings(_within(self.citizens, places), _within(self.packages, places))


def standings(programme: Programme, *, on: date, known_at: datetime | None = None) -> Standings:
    """Everybody with a package of the programme started by the date, as known at the moment (None: now).

    A citizen counts once, in the municipality of the package that began last. Whose case that municipality has given
    to another one counts as on the last day it had the case: what comes later is not its to tell. The facts of a
    citizen are that package, the transfer, the spells that hold and the steps under way; of a package, itself.
    """
    counting, packages = _packages(programme, on=on, known_at=known_at)
    left = _left(counting, programme, on=on, known_at=known_at)
    spells = _spells(programme, on=on, known_at=known_at)
    steps = _steps(programme, on=on, known_at=known_at)
    citizens = {}
    for citizen, standing in counting.items():
        moved = left.get(citizen)
        day, active = (on, steps.get(citizen, {})) if moved is None else (moved.last_day, {})
        held = {ref: fact for ref, fact in spells.get(citizen, {}).items() if fact.period.contains(day)}
        status = status_on(held.values(), active.values(), on=day)
        facts = {*held, *active, *((moved.transfer,) if moved else ())}
        citizens[str(citizen)] = Standing((*standing.cell, status.value), standing.facts | facts)
    return Standings(citizens, packages)


def _within(found: Mapping[str, Standing], places: Collection[str]) -> dict[str, Standing]:
    return {ref: standing for ref, standing in found.items() if standing.cell[0] in places}


def _packages(
    programme: Programme, *, on: date, known_at: datetime | None
) -> tuple[dict[UUID, Standing], dict[str, Standing]]:
    """The package in which each citizen counts, and every package."""
    rows = known.started(programme, on=on, known_at=known_at).order_by("began_on", "pk")
    citizens, packages = {}, {}
    for citizen, ref, place in rows.values_list("citizen__ref", "ref", "municipality__code"):
        standing = Standing((place,), frozenset({str(ref)}))
        citizens[citizen], packages[str(ref)] = standing, standing
    return citizens, packages


def _left(
    counting: Mapping[UUID, Standing], programme: Programme, *, on: date, known_at: datetime | None
) -> dict[UUID, Move]:
    """By which move the municipality a citizen counts in has given the case away, of whom it has."""
    citizens = known.started(programme, on=on, known_at=known_at).order_by().values("citizen")
    rows = known.accepted_by(on, known_at).filter(citizen__in=citizens)
    moves: dict[UUID, list[Move]] = defaultdict(list)
    for citizen, ref, sender, receiver, left_on, taken_on in rows.values_list(
        "citizen__ref", "ref", "sender__code", "receiver__code", "left_on", "taken_on"
    ):
        moves[citizen].append(Move(sender, receiver, left_on, taken_on, str(ref)))
    found = {citizen: given_away(each, counting[citizen].cell[0]) for citizen, each in moves.items()}
    return {citizen: move for citizen, move in found.items() if move}


def _spells(programme: Programme, *, on: date, known_at: datetime | None) -> dict[UUID, dict[str, SpellFact]]:
    """The spells known of each citizen that began by the date, by ref."""
    citizens = known.started(programme, on=on, known_at=known_at).order_by().values("citizen")
    rows = known.spells(known_at).filter(citizen__in=citizens, starts_on__lte=on)
    found: dict[UUID, dict[str, SpellFact]] = defaultdict(dict)
    for citizen, ref, status, start, end in rows.values_list("citizen__ref", "ref", "status", "starts_on", "ends_on"):
        found[citizen][str(ref)] = SpellFact(LabourMarketStatus(status), Period(start, end))
    return found


def _steps(programme: Programme, *, on: date, known_at: datetime | None) -> dict[UUID, dict[str, Period]]:
    """The days of the steps under way on the date in packages open that day, by citizen and ref."""
    citizens = known.started(programme, on=on, known_at=known_at).order_by().values("citizen")
    open_packages = known.open_on(on, known_at).filter(citizen__in=citizens)
    rows = known.under_way_on(on, known_at).filter(package__in=open_packages.values("pk"))
    found: dict[UUID, dict[str, Period]] = defaultdict(dict)
    for citizen, ref, start, end in rows.values_list("package__citizen__ref", "ref", "begun_on", "done_on"):
        found[citizen][str(ref)] = Period(start, end)
    return found
