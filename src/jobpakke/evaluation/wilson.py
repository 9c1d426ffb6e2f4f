"""Wilson's interval of a share, written once: for columns of an engine and for two numbers in hand.

Nothing here loads Ibis, so that a page with a few shares need not.
"""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt
from statistics import NormalDist
from typing import Any

LEVEL = 0.95


def quantile(level: float) -> float:
    """How many standard errors to each side the level asks for: 1.96 at 0.95."""
    return NormalDist().inv_cdf((1 + level) / 2)


def score(rate: Any, n: Any, z: float, root: Callable[[Any], Any]) -> tuple[Any, Any]:
    """Both ends of the score interval, without correction for continuity: of numbers, or of columns of numbers.

    ``rate``: part / n. ``root``: the square root of such a thing. The ends may lie outside 0 and 1 by rounding.
    """
    spread = z * root(rate * (1 - rate) / n + z * z / (4 * n * n))
    centre, size = rate + z * z / (2 * n), 1 + z * z / n
    return (centre - spread) / size, (centre + spread) / size


def interval(part: int, whole: int, *, level: float = LEVEL) -> tuple[float, float] | None:
    """The interval of ``part`` of ``whole``; None of nobody."""
    if not whole:
        return None
    low, high = score(part / whole, float(whole), quantile(level), sqrt)
    return max(low, 0.0), min(high, 1.0)
