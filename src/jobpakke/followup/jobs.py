"""Who came into a job with a package, and who has it no longer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F

from jobpakke.citizens.models import StatusSpell
from jobpakke.followup.standings import Standings
from jobpakke.method.status import SELF_SUPPORT
from jobpakke.packages.models import Programme


@dataclass(frozen=True, slots=True)
class JobsReached:
    """``reached``: citizens who had begun in a job by the date; ``lost``: those who support themselves no more."""

    reached: int
    lost: int


def jobs_reached(programme: Programme, found: Standings, *, on: date) -> JobsReached:
    """Of those who stand in the status table: who had begun in a job after a package of theirs in the programme, and
    how many of these have another status on the date (relapse)."""
    jobs = StatusSpell.objects.current().filter(
        status__in=[status.value for status in SELF_SUPPORT],
        starts_on__lte=on,
        citizen__packages__programme=programme,
        citizen__packages__opened_on__lte=F("starts_on"),
    )
    reached = {str(ref) for ref in jobs.values_list("citizen__ref", flat=True)} & set(found.citizens)
    return JobsReached(len(reached), sum(found.citizens[citizen].cell[-1] not in SELF_SUPPORT for citizen in reached))
