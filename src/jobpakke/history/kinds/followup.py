"""Events about follow-ups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jobpakke.history.kinds.base import EventKind


@dataclass(frozen=True, slots=True)
class FollowUpFrozen(EventKind):
    """The follow-up of a programme on a date was frozen."""

    programme: str
    cut_off_on: date
