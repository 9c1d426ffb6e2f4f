"""Facts as they were known at a moment: rows with a recorded interval by it, columns by the events that set them.

A status spell carries its own recorded interval. The days of a package, a step and a transfer are columns without one:
each is set by a verb that records one event in the same transaction, and corrected or undone by one that does so too.
So what was known at a moment is what the newest of these events by then says, of the day on which it took effect:

=====================  ==========================================================================================
package opened         ``plan_agreed`` of the first of its plan versions that was agreed
package ended          ``package_ended``; never, by ``package_end_undone``
step started           ``step_started`` or ``step_start_corrected``; never, by ``step_start_undone``
step ended             ``step_fulfilled``, ``step_ended`` or ``step_end_corrected``; never, by ``step_end_undone``
transfer accepted      ``case_accepted``; the day the citizen moved is that of ``case_offered``
=====================  ==========================================================================================

Groups are known so too (``followup.groups``): target groups, job consultants and their teams are rows with a recorded
interval; a job goal never changes once its plan version is agreed. Without a moment (None) the columns themselves are
read. Targets, and the municipality and programme of a package, are
set when they are made and have no history.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Case, DateField, F, OuterRef, Q, QuerySet, Subquery, When

from jobpakke.citizens.models import CaseTransfer, StatusSpell
from jobpakke.history.kinds import (
    CaseAccepted,
    CaseOffered,
    EventKind,
    PackageEnded,
    PackageEndUndone,
    PlanAgreed,
    StepEndCorrected,
    StepEnded,
    StepEndUndone,
    StepFulfilled,
    StepStartCorrected,
    StepStarted,
    StepStartUndone,
)
from jobpakke.history.models import Event
from jobpakke.packages.models import JobPackage, PlanVersion, Programme, Step


def spells(known_at: datetime | None) -> QuerySet[StatusSpell]:
    """The status spells known at the moment."""
    rows = StatusSpell.objects.all()
    return rows.current() if known_at is None else rows.known_at(known_at)


def packages(known_at: datetime | None) -> QuerySet[Any, Any]:
    """Packages with ``began_on`` and ``over_on``: the days they opened and ended, as known at the moment."""
    rows = JobPackage.objects.all()
    if known_at is None:
        return rows.annotate(began_on=F("opened_on"), over_on=F("ended_on"))
    over = _day(known_at, PackageEnded, undone=PackageEndUndone)
    return rows.annotate(began_on=_began("pk", known_at), over_on=over)


def agreed(known_at: datetime | None) -> QuerySet[Any, Any]:
    """Plan versions that had been agreed, with ``agreed_on`` and the day their package began (``began_on``)."""
    rows: QuerySet[Any, Any] = PlanVersion.objects.all()
    if known_at is None:
        rows = rows.annotate(agreed_on=F("effective_on"), began_on=F("package__opened_on"))
    else:
        rows = rows.annotate(agreed_on=_day(known_at, PlanAgreed), began_on=_began("package", known_at))
    return rows.filter(agreed_on__isnull=False)


def started(programme: Programme, *, on: date, known_at: datetime | None) -> QuerySet[Any, Any]:
    """Packages of the programme that had started by the date."""
    return packages(known_at).filter(programme=programme, began_on__lte=on)


def open_on(on: date, known_at: datetime | None) -> QuerySet[Any, Any]:
    """Packages in effect on the date."""
    return packages(known_at).filter(Q(over_on__isnull=True) | Q(over_on__gt=on), began_on__lte=on)


def steps(on: date, known_at: datetime | None) -> QuerySet[Any, Any]:
    """Steps that had started by the date, with ``begun_on`` and ``done_on``."""
    rows: QuerySet[Any, Any]
    if known_at is None:
        rows = Step.objects.annotate(begun_on=F("started_on"), done_on=F("ended_on"))
    else:
        begun = _day(known_at, StepStarted, StepStartCorrected, undone=StepStartUndone)
        ended = _day(known_at, StepFulfilled, StepEnded, StepEndCorrected, undone=StepEndUndone)
        rows = Step.objects.annotate(begun_on=begun, done_on=ended)
    return rows.filter(begun_on__lte=on)


def under_way_on(on: date, known_at: datetime | None) -> QuerySet[Any, Any]:
    """Those of them that had not ended."""
    return steps(on, known_at).filter(Q(done_on__isnull=True) | Q(done_on__gt=on))


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


def _began(package: str, known_at: datetime) -> Subquery:
    """The day the package began that stands in that column."""
    versions = PlanVersion.objects.filter(package=OuterRef(package)).annotate(agreed_on=_day(known_at, PlanAgreed))
    return Subquery(versions.filter(agreed_on__isnull=False).order_by("number").values("agreed_on")[:1])


def _recorded(known_at: datetime, *kinds: type[EventKind]) -> QuerySet[Event]:
    return Event.objects.filter(kind__in=[kind.code() for kind in kinds], recorded_at__lte=known_at)


def _day(known_at: datetime, *kinds: type[EventKind], undone: type[EventKind] | None = None) -> Subquery:
    """The day on which the newest event of the kinds about the row took effect; none where it undoes."""
    every = (*kinds, undone) if undone else kinds
    rows = _recorded(known_at, *every).filter(subject=OuterRef("ref")).order_by("-recorded_at", "-pk")
    if undone is None:
        return Subquery(rows.values("effective_on")[:1])
    day = Case(When(~Q(kind=undone.code()), then=F("effective_on")), output_field=DateField())
    return Subquery(rows.annotate(day=day).values("day")[:1])
