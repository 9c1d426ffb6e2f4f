"""When an ended package is locked: it can be read, but nothing in it changes; what was made from it stays as it is."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from jobpakke.history.models import Event
from jobpakke.lib.clock import day_of
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.method.lengths import months_later
from jobpakke.method.rulebook import Limit, rulebook
from jobpakke.packages.models import Aftercare, JobPackage, RuleOverride


class RetentionRefusal(StrEnum):
    """Why an ended package does not change."""

    PACKAGE_LOCKED = "PACKAGE_LOCKED"


def with_retention(packages: QuerySet[JobPackage], *, on: date) -> QuerySet[JobPackage]:
    """Each with what ``locked_on`` needs: when its last aftercare is over, when its end was recorded, and the
    municipality's own time on the date; no query more."""
    cares = Aftercare.objects.filter(package=OuterRef("pk")).order_by().values("package")
    ends = Event.objects.filter(subject=OuterRef("ref"), kind="package_ended").order_by("-recorded_at")
    own = RuleOverride.objects.on(on).filter(municipality=OuterRef("municipality"), limit=Limit.RETENTION.value)
    return packages.annotate(
        cared_until=Subquery(cares.annotate(last=Max(Coalesce("ended_on", "ends_on"))).values("last")),
        end_recorded_at=Subquery(ends.values("recorded_at")[:1]),
        own_retention=Subquery(own.values("values")[:1]),
    )


def locked_on(package: Any, *, on: date) -> date | None:
    """Since when a package read ``with_retention`` is locked on the date; None: it is not.

    The time runs from the last of three: its end, the end of its aftercare, and the day on which its end was recorded,
    so that what is registered late can be put right.
    """
    if package.ended_on is None:
        return None
    recorded_on = day_of(package.end_recorded_at) if package.end_recorded_at else package.ended_on
    over = max(package.ended_on, package.cared_until or package.ended_on, recorded_on)
    years = (package.own_retention or {}).get("years") or rulebook().value(Limit.RETENTION, "years", on=on)
    locked = months_later(over, 12 * years)
    return locked if locked <= on else None


def require_unlocked(package: JobPackage, *, on: date) -> None:
    """Raises Refused (PACKAGE_LOCKED with since)."""
    since = locked_since(package, on=on)
    if since is not None:
        raise Refused(Refusal(RetentionRefusal.PACKAGE_LOCKED, {"since": since}))


def locked_since(package: JobPackage, *, on: date) -> date | None:
    """Since when a package is locked on the date; None: it is not. One query where it has ended."""
    if package.ended_on is None:
        return None
    return locked_on(with_retention(JobPackage.objects.filter(pk=package.pk), on=on).get(), on=on)
