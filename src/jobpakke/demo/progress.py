"""Invented measures of progress: both parties about every second or third month, growing slowly, with setbacks."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from jobpakke.demo.lives import MeasureLife
from jobpakke.method.progress import LEAST, MOST, Answerer
from jobpakke.packages.questionnaires import newest_shipped

_GROWTH = 0.4
_SETBACK = 0.15


def measures(
    rng: Random, first: date, until: date, *, late_by: int = 0, silent: Answerer | None = None
) -> tuple[MeasureLife, ...]:
    """From a day on until another. ``late_by``: nothing in so many days before the last; ``silent``: who forgot."""
    level = {code: rng.uniform(1.2, 3.0) for by in Answerer for code in sorted(newest_shipped(by).codes)}
    found, day = [], first
    while day < until - timedelta(days=late_by):
        for by in Answerer:
            answered_on = day + timedelta(days=rng.randrange(5))
            if answered_on < until and not (by is silent and day + timedelta(days=91) >= until):
                found.append(MeasureLife(answered_on, by, _points(rng, level, by)))
        level = {code: value + _step(rng) for code, value in level.items()}
        day += timedelta(days=rng.randrange(38, 84))
    return tuple(found)


def _points(rng: Random, level: dict[str, float], by: Answerer) -> tuple[tuple[str, int], ...]:
    """What the party says of the level; one in fifteen is not answered."""
    asked = newest_shipped(by).questions
    said = [(each.code, round(level[each.code] + rng.uniform(-0.7, 0.7))) for each in asked]
    return tuple((code, min(max(point, LEAST), MOST)) for code, point in said if rng.random() > 1 / 15)


def _step(rng: Random) -> float:
    return -0.5 if rng.random() < _SETBACK else rng.uniform(0, 2 * _GROWTH)
