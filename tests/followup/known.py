"""Both tables as they were known at a moment."""

from __future__ import annotations

from datetime import date, datetime

from jobpakke.followup.standings import standings
from jobpakke.followup.tables import StatusTable, TargetTable, parts, status_from, targets_from
from jobpakke.packages.models import Programme


def tables_known(programme: Programme, *, on: date, known_at: datetime) -> tuple[StatusTable, TargetTable]:
    """The status table and the target table of a date."""
    places, found = list(parts(programme)), standings(programme, on=on, known_at=known_at)
    return status_from(found, places, on=on), targets_from(found, places, on=on)
