"""Facts as they were known at a moment: rows with a recorded interval by it, columns by the events that set them.

A status spell carries its own recorded interval. The days of a package, a step and a transfer are columns without one:
each is set once, by one verb that records one event in the same transaction, and no verb changes it afterwards. So a
day was known at a moment when its event had been recorded by then, and it is the day on which the event took effect:

=====================  ==========================================================================================
package opened         ``plan_agreed`` of the first of its plan versions that was agreed
package ended          ``package_ended``
step started           ``step_started``
step ended             ``step_fulfilled`` or ``step_ended``
transfer accepted      ``case_accepted``; the day the citizen moved is that of ``case_offered``
=====================  ==========================================================================================

Should a verb come that corrects such a day, its event is the newest of its kind, and is the one that is read. Without a
moment (None) the columns themselves are read. Targets, and the municipality and programme of a package, are set when
they are made and have no history.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from jobpakke.citizens.models import CaseTransfer, StatusSpell
from jobpakke.history.kinds import (
    CaseAccepted,
    CaseOffered,
    EventKind,
    PackageEnded,
    PlanAgreed,
    StepEnded,
    StepFulfilled,
    StepStarted,
)
from jobpakke.history.models import Event
from jobpakke.lib.clock import COPENHAGEN
from jobpakke.packages.models import JobPackage, PlanVersion, Programme, Step


def end_of(day: date) -> datetime:
    """The last moment of a day in Denmark, in UTC: *as known on* the day is as known then."""
    midnight = datetime.combine(day + timedelta(days=1), time(), tzinfo=COPENHAGEN)
    return midnight.astimezone(UTC) - timedelta(microseconds=1)


def spells(known_at: datetime | None) -> QuerySet[StatusSpell]:
    """The status spells known at the moment."""
    rows = StatusSpell.objects.all()
    return rows.current() if known_at is None else rows.known_at(known_at)


def packages(known_at: datetime | None) -> QuerySet[Any, Any]:
    """Packages with ``began_on`` and ``over_on``: the days they opened and ended, as known at the moment."""
    rows = JobPackage.objects.all()
    if known_at is None:
        return rows.annotate(began_on=F("opened_on"), over_on=F("ended_on"))
    agreed = PlanVersion.objects.filter(package=OuterRef("pk")).annotate(agreed_on=_day(known_at, PlanAgreed))
    first = agreed.filter(agreed_on__isnull=False).order_by("number").values("agreed_on")[:1]
    return rows.annotate(began_on=Subquery(first), over_on=_day(known_at, PackageEnded))


def started(programme: Programme, *, on: date, known_at: datetime | None) -> QuerySet[Any, Any]:
    """Packages of the programme that had started by the date."""
    return packages(known_at).filter(programme=programme, began_on__lte=on)


def open_on(on: date, known_at: datetime | None) -> QuerySet[Any, Any]:
    """Packages in effect on the date."""
    return packages(known_at).filter(Q(over_on__isnull=True) | Q(over_on__gt=on), began_on__lte=on)


def under_way_on(on: date, known_at: datetime | None) -> QuerySet[Any, Any]:
    """Steps that had started by the date and not ended, with ``begun_on`` and ``done_on``."""
    rows: QuerySet[Any, Any]
    if known_at is None:
        rows = Step.objects.annotate(begun_on=F("started_on"), done_on=F("ended_on"))
    else:
        ended = _day(known_at, StepFulfilled, StepEnded)
        rows = Step.objects.annotate(begun_on=_day(known_at, StepStarted), done_on=ended)
    return rows.filter(Q(done_on__isnull=True) | Q(done_on__gt=on), begun_on__lte=on)


def accepted_by(on: date, known_at: datetime | None) -> QuerySet[Any, Any]:
    """Cases that another municipality had taken over by the date, in order, with ``left_on`` and ``taken_on``."""
    rows: QuerySet[Any, Any]
    if known_at is None:
        rows = CaseTransfer.objects.annotate(left_on=F("moved_on"), taken_on=F("accepted_on"))
    else:
        rows = CaseTransfer.objects.annotate(left_on=_day(known_at, CaseOffered), taken_on=_day(known_at, CaseAccepted))
    return rows.filter(taken_on__lte=on).order_by("taken_on", "pk")


def first_recorded_at(programme: Programme) -> datetime | None:
    """When the first package of the programme was recorded as started; None while there is none."""
    versions = PlanVersion.objects.filter(package__programme=programme).values("ref")
    rows = Event.objects.filter(kind=PlanAgreed.code(), subject__in=versions).order_by("recorded_at", "pk")
    return rows.values_list("recorded_at", flat=True).first()


def _recorded(known_at: datetime, *kinds: type[EventKind]) -> QuerySet[Event]:
    return Event.objects.filter(kind__in=[kind.code() for kind in kinds], recorded_at__lte=known_at)


def _day(known_at: datetime, *kinds: type[EventKind]) -> Subquery:
    """The day on which the newest event of the kinds about the row took effect."""
    rows = _recorded(known_at, *kinds).filter(subject=OuterRef("ref")).order_by("-recorded_at", "-pk")
    return Subquery(rows.values("effective_on")[:1])
