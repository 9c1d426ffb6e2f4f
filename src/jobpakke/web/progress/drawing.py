"""Lines over time as plain numbers for an SVG: days to the right, points 1 to 5 upward."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from jobpakke.lib.periods import Period
from jobpakke.method.progress import LEAST, MOST, Answerer

LEFT, RIGHT, TOP, BOTTOM = 24.0, 312.0, 12.0, 96.0
"""Where points are drawn, in a picture of 320 by 124."""


@dataclass(frozen=True, slots=True)
class Dot:
    """One answer, or one mean."""

    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Line:
    """One party's points in order of days."""

    by: Answerer
    dots: tuple[Dot, ...]

    @property
    def path(self) -> str:
        """As a polyline wants it."""
        return " ".join(f"{dot.x},{dot.y}" for dot in self.dots)


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin line across, with its point."""

    point: int
    y: str


RULES = tuple(
    Rule(point, f"{BOTTOM - (point - LEAST) * (BOTTOM - TOP) / (MOST - LEAST):.1f}") for point in (1, 2, 3, 4, 5)
)


def line(by: Answerer, points: Iterable[tuple[date, float]], within: Period) -> Line:
    """The points of a party within the days that the picture shows."""
    return Line(by, tuple(Dot(_x(day, within), _y(point)) for day, point in points))


def _x(day: date, within: Period) -> str:
    share = (day - within.start).days / (within.days or 1)
    return f"{LEFT + share * (RIGHT - LEFT):.1f}"


def _y(point: float) -> str:
    return f"{BOTTOM - (point - LEAST) * (BOTTOM - TOP) / (MOST - LEAST):.1f}"
