"""What the rules of the rulebook are asked about: a plan with its steps, its citizen and its workplaces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from jobpakke.lib.periods import Period
from jobpakke.lib.refs import Ref
from jobpakke.method.lengths import days_taken
from jobpakke.method.rulebook import Group
from jobpakke.method.step_kinds import StepKind
from jobpakke.method.week import WeekTime, hours_of


@dataclass(frozen=True, slots=True)
class PlannedFact:
    """What a plan says of a step, and whether it has begun. Hours are a week's. ``today``: the last day that is known
    of a step under way, set by whoever asks."""

    ref: Ref
    kind: StepKind
    planned: Period
    weekly_hours: Decimal | None = None
    times: frozenset[WeekTime] = frozenset()
    workplace: Ref | None = None
    started_on: date | None = None
    ended_on: date | None = None
    today: date | None = None

    @property
    def days(self) -> Period:
        """The days that it takes, as ``days_taken`` says."""
        return days_taken(self.planned, started_on=self.started_on, ended_on=self.ended_on, today=self.today)

    @property
    def hours(self) -> Decimal:
        """How many hours of a week it takes: as said, or those that are written; none where neither is."""
        return self.weekly_hours or hours_of(self.times)


@dataclass(frozen=True, slots=True)
class WorkplaceFact:
    """A workplace: ``supported`` are the days of other people there in steps that count for the support ratio;
    ``closed_on`` the first day on which nobody is there; ``close_family`` whether the citizen is close family of who
    owns or leads it (None: nobody has declared it)."""

    sector: str
    ordinary_employees: int | None
    supported: tuple[Period, ...] = ()
    has_contact: bool = True
    closed_on: date | None = None
    close_family: bool | None = None


@dataclass(frozen=True, slots=True)
class PersonFact:
    """The citizen: group None counts as far. ``earlier``: steps of other packages at a workplace. ``window``: the part
    of the day that the citizen's limits leave free."""

    born_on: date
    group: Group | None = None
    hours_limit: Decimal | None = None
    window: tuple[time, time] | None = None
    earlier: tuple[PlannedFact, ...] = ()


@dataclass(frozen=True, slots=True)
class RuledPlan:
    """Everything the rules ask about."""

    person: PersonFact
    steps: tuple[PlannedFact, ...]
    workplaces: Mapping[Ref, WorkplaceFact]
