"""Events about what results are seen against."""

from __future__ import annotations

from dataclasses import dataclass

from jobpakke.history.kinds.base import EventKind


@dataclass(frozen=True, slots=True)
class BenefitCountsImported(EventKind):
    """Counts of benefit recipients were taken in: how many new ones, how many that say otherwise than before."""

    new: int
    changed: int
