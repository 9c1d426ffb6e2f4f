"""No pickle jars: on which days of an open package somebody was, or will be, doing something.

Up to the asked date the facts count; after it the plan does. A step under way lasts to its planned end (one past its
planned end lasts the asked day out); a step that has not started counts over its planned days if those lie ahead,
and not at all if its planned start has passed, nobody knows when it will begin, or if its gate was waived: it
never will.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from jobpakke.lib.periods import Period, clip, subtract
from jobpakke.method.ladder import StepFact

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PackageFact:
    """An open interval with steps. ``excused``: days of self-support, pension or a registered other reason, when
    being without an activity is no gap."""

    opened_on: date
    ended_on: date | None
    steps: tuple[StepFact, ...]
    excused: tuple[Period, ...] = ()

    @property
    def open_period(self) -> Period:
        """The days on which the package is open."""
        return Period(self.opened_on, self.ended_on)


def activity(package: PackageFact) -> list[Period]:
    """The days on which a step was under way, as recorded, within the open package; open-ended where none has ended."""
    happened = (Period(step.started_on, step.ended_on) for step in package.steps if step.started_on is not None)
    return clip(happened, package.open_period)


def covered(package: PackageFact, *, within: Period, on: date) -> list[Period]:
    """The days of the interval with an activity, as known on the date and forecast from then."""
    days = [day for step in package.steps if (day := _claim(step, on=on)) is not None]
    return clip(clip(days, package.open_period), within)


def gaps(package: PackageFact, *, within: Period, on: date) -> list[Period]:
    """The days of the interval, in the open package, without activity and without excuse."""
    open_days = package.open_period.intersect(within)
    if open_days is None:
        return []
    return subtract(open_days, [*covered(package, within=within, on=on), *package.excused])


def is_covered(package: PackageFact, *, on: date) -> bool:
    """Whether an activity is under way on the date."""
    return bool(covered(package, within=Period(on, on + _DAY), on=on))


def gap_on(package: PackageFact, *, on: date) -> Period | None:
    """The gap that holds the date: since when, and until when by the forecast."""
    found = gaps(package, within=package.open_period, on=on)
    return next((gap for gap in found if gap.contains(on)), None)


def next_gap(package: PackageFact, *, on: date, days: int) -> Period | None:
    """The first gap that opens after the date, within so many days."""
    found = gaps(package, within=package.open_period, on=on)
    return next((gap for gap in found if on < gap.start <= on + timedelta(days=days)), None)


def share(package: PackageFact, *, within: Period, on: date) -> float | None:
    """Covered days over the days that needed cover, in a bounded interval; None when no day did."""
    lacking = sum(gap.days or 0 for gap in gaps(package, within=within, on=on))
    having = sum(each.days or 0 for each in covered(package, within=within, on=on))
    return having / (having + lacking) if having + lacking else None


def _claim(step: StepFact, *, on: date) -> Period | None:
    if step.started_on is not None and step.started_on <= on:
        if step.ended_on is not None and step.ended_on <= on:
            return Period(step.started_on, step.ended_on)
        return Period(step.started_on, max(step.planned.end or on + _DAY, on + _DAY))
    waived = step.waived_on is not None and step.waived_on <= on
    return step.planned if step.planned.start > on and not waived else None
