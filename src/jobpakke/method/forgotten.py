"""Drafts nobody touches: announced first, then removed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Fading:
    """From ``announced_on`` on one is told that a draft goes on ``removed_on``: kept that day, it would be too old."""

    announced_on: date
    removed_on: date


def fading(touched_on: date, *, weeks: int, announced_weeks: int) -> Fading:
    """When a draft last touched on the day is announced and removed. It is never announced before it was touched."""
    removed_on = touched_on + timedelta(weeks=weeks)
    return Fading(max(removed_on - timedelta(weeks=announced_weeks), touched_on), removed_on)
