"""Aftercare as the pages and *I dag* read it: annotated on rows that are read anyway, so that it costs no query."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from jobpakke.citizens.models import Citizen
from jobpakke.method.aftercare import next_check
from jobpakke.method.rulebook import Limit, Rulebook
from jobpakke.packages.models import Aftercare, JobPackage, JournalNote


def with_aftercare(rows: QuerySet[JobPackage], *, on: date) -> QuerySet[JobPackage]:
    """Packages with their aftercare: ``care_checked_on`` (the last check-in by the date), ``care_uses`` (how often it
    was used) and ``care_used_on`` (the last time); one query with the packages themselves."""
    notes = JournalNote.objects.held_by(on)
    used = notes.newest().filter(aftercare__package=OuterRef("pk")).order_by()
    talked = notes.check_ins().filter(citizen=OuterRef("citizen"), held_on__gte=OuterRef("aftercare__starts_on"))
    return rows.select_related("aftercare").annotate(
        care_checked_on=Subquery(talked.order_by("-held_on").values("held_on")[:1]),
        care_uses=Subquery(used.values("aftercare").annotate(count=Count("pk")).values("count")),
        care_used_on=Subquery(used.order_by("-held_on").values("held_on")[:1]),
    )


def with_running_care(rows: QuerySet[Citizen], *, on: date) -> QuerySet[Citizen]:
    """Citizens with ``care``: the ref of their newest aftercare that runs on the date, or None."""
    running = Aftercare.objects.running_on(on).filter(package__citizen=OuterRef("pk")).order_by("-starts_on", "-pk")
    return rows.annotate(care=Subquery(running.values("ref")[:1]))


def check_due(package: JobPackage, rules: Rulebook, *, on: date) -> date | None:
    """The next check of a package read ``with_aftercare``; None where no aftercare runs on the date or none is left."""
    row: Aftercare | None = getattr(package, "aftercare", None)
    if row is None or row.starts_on > on:
        return None
    checked: date | None = getattr(package, "care_checked_on", None)
    care = row.care(first_days=first_days(rules, on=row.starts_on), on=on)
    return next_check(care, [checked] if checked else [], on=on)


def first_days(rules: Rulebook, *, on: date) -> int:
    """How many days after the start the first check is due."""
    return rules.value(Limit.FIRST_CONTACT_AFTER_JOB, "days", on=on)


def care_notes(row: Aftercare, *, on: date) -> QuerySet[JournalNote]:
    """What was written of an aftercare by the date, oldest first: every check-in, and every use of it."""
    notes = JournalNote.objects.newest().held_by(on).filter(citizen=row.package.citizen, held_on__gte=row.starts_on)
    counted = Q(aftercare=row) | Q(pk__in=notes.check_ins().values("pk"), held_on__lt=row.ended_on or row.ends_on)
    return notes.filter(counted).order_by("held_on", "pk")
