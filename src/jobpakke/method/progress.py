"""The progress measure: the same short questions every third month, and what the answers say over time.

A point is a whole number from 1 to 5; a question that was not answered has no point and counts nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

LEAST, MOST = 1, 5
STEP = 1
"""How far a question must have moved, in points, to have gone up or down."""
MEAN_STEP = 0.5
"""How far a mean must have moved."""


class Answerer(StrEnum):
    """Who answers: each on a form of their own, about the same things."""

    CITIZEN = "citizen"
    CASEWORKER = "caseworker"


class Course(StrEnum):
    """Which way it has gone from the first answer to the last."""

    UP = "up"
    STEADY = "steady"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class MeasureFact:
    """One party's answers on a day: points by the code of the question."""

    on: date
    points: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Every:
    """How often: the first measure within some weeks of the package's start, then so many weeks apart."""

    first_weeks: int
    weeks: int


@dataclass(frozen=True, slots=True)
class Change:
    """A question from its first answer to its last."""

    first: int
    last: int

    @property
    def course(self) -> Course:
        """Up or down by at least STEP, else steady."""
        return course(self.first, self.last, step=STEP)


def due_on(opened_on: date, measured: Iterable[date], every: Every, *, on: date) -> date:
    """The day on which a party's next measure is due, as known on a date, in a package open since a day.

    A measure from before the package counts too, so that nobody is asked the same twice within the time.
    """
    first = opened_on + timedelta(weeks=every.first_weeks)
    last = max((day for day in measured if day <= on), default=None)
    if last is None:
        return first
    again = last + timedelta(weeks=every.weeks)
    return again if last >= opened_on else max(first, again)


def mean(points: Iterable[int]) -> float | None:
    """Of what was answered; None when nothing was."""
    given = list(points)
    return sum(given) / len(given) if given else None


def changes(measures: Iterable[MeasureFact]) -> dict[str, Change]:
    """Each question that was answered at least twice, from its first answer to its last."""
    given: dict[str, list[int]] = {}
    for measure in sorted(measures, key=lambda each: each.on):
        for question, point in measure.points.items():
            given.setdefault(question, []).append(point)
    return {question: Change(points[0], points[-1]) for question, points in given.items() if len(points) > 1}


def course(first: float, last: float, *, step: float) -> Course:
    """Up or down when it has moved at least a step."""
    if last - first >= step:
        return Course.UP
    return Course.DOWN if first - last >= step else Course.STEADY
