"""Who came into a job with a package, and who has it no longer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet

from jobpakke.access.models import Municipality
from jobpakke.citizens.models import StatusSpell
from jobpakke.followup.tables import places_and_statuses
from jobpakke.method.status import SELF_SUPPORT
from jobpakke.packages.models import Programme


@dataclass(frozen=True, slots=True)
class JobsReached:
    """``reached``: citizens who had begun in a job by the date; ``lost``: those who support themselves no more."""

    reached: int
    lost: int


def jobs_reached(programme: Programme, *, on: date, among: QuerySet[Municipality] | None = None) -> JobsReached:
    """Citizens of the status table with an ordinary or a flex job begun after a package of theirs in the programme, by
    the date, and how many of these have another status on it (relapse)."""
    seen = None if among is None else set(among.values_list("pk", flat=True))
    placed = {
        citizen: status
        for citizen, (municipality, status) in places_and_statuses(programme, on=on).items()
        if seen is None or municipality in seen
    }
    jobs = StatusSpell.objects.current().filter(
        status__in=[status.value for status in SELF_SUPPORT],
        starts_on__lte=on,
        citizen__packages__programme=programme,
        citizen__packages__opened_on__lte=F("starts_on"),
    )
    reached = set(jobs.values_list("citizen", flat=True)) & set(placed)
    return JobsReached(len(reached), sum(placed[citizen] not in SELF_SUPPORT for citizen in reached))
