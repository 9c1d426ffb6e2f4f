"""Aftercare as the pages and *I dag* read it: annotated on rows that are read anyway, so that it costs no query."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from jobpakke.citizens.models import Citizen
from jobpakke.lib.days import parse_day
from jobpakke.method.aftercare import next_check
from jobpakke.method.rulebook import Limit, Rulebook
from jobpakke.method.rules import months_later
from jobpakke.packages.models import Aftercare, Job, JobPackage, JournalNote
from jobpakke.packages.rules import rules_of


def with_aftercare(rows: QuerySet[JobPackage], *, on: date) -> QuerySet[JobPackage]:
    """Packages with the newest aftercare that had begun by the date (``care_of`` reads it), ``care_checked_on`` (its
    last check-in by the date), ``care_uses`` (how often it was used) and ``care_used_on`` (the last time); one query
    with the packages themselves."""
    newest = Aftercare.objects.filter(package=OuterRef("pk")).agreed_by(on)
    facts = JSONObject(
        pk="pk",
        ref="ref",
        number="number",
        starts_on="starts_on",
        ends_on="ends_then",
        ended_on="ended_on",
        every_weeks="every_weeks",
    )
    notes = JournalNote.objects.held_by(on)
    used = notes.newest().filter(aftercare=OuterRef("care_pk")).order_by()
    talked = notes.check_ins().filter(citizen=OuterRef("citizen"), held_on__gte=OuterRef("care_since"))
    read = rows.annotate(
        care_facts=Subquery(newest.annotate(facts=facts).values("facts")[:1]),
        care_pk=Subquery(newest.values("pk")[:1]),
        care_since=Subquery(newest.values("starts_on")[:1]),
    )
    return read.annotate(
        care_checked_on=Subquery(talked.order_by("-held_on").values("held_on")[:1]),
        care_uses=Subquery(used.values("aftercare").annotate(count=Count("pk")).values("count")),
        care_used_on=Subquery(used.order_by("-held_on").values("held_on")[:1]),
    )


def care_of(package: JobPackage) -> Aftercare | None:
    """The newest aftercare of a package read ``with_aftercare``, as it had been agreed by that date; None: none."""
    facts: Mapping[str, Any] | None = getattr(package, "care_facts", None)
    if facts is None:
        return None
    days = {name: parse_day(facts[name]) for name in ("starts_on", "ends_on", "ended_on")}
    same = {name: facts[name] for name in ("pk", "number", "every_weeks")}
    return Aftercare(package=package, ref=UUID(facts["ref"]), **same, **days)


def with_running_care(rows: QuerySet[Citizen], *, on: date) -> QuerySet[Citizen]:
    """Citizens with ``care``: the ref of their newest aftercare that runs on the date, or None."""
    running = Aftercare.objects.running_on(on).filter(package__citizen=OuterRef("pk")).order_by("-starts_on", "-pk")
    return rows.annotate(care=Subquery(running.values("ref")[:1]))


def check_due(package: JobPackage, rules: Rulebook, *, on: date) -> date | None:
    """The next check of a package read ``with_aftercare``; None where no aftercare runs on the date or none is left."""
    row = care_of(package)
    if row is None:
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


def job_begun_on(package: JobPackage) -> date | None:
    """The first day of the job that a package led to, from which the rulebook counts; its end where no job is kept."""
    job: Job | None = getattr(package, "job", None)
    return job.starts_on if job is not None else package.ended_on


def latest_end(package: JobPackage, first: date, *, on: date) -> date:
    """The last day on which aftercare of a job that began on a day may end, as the rulebook says."""
    rules = rules_of(package.municipality_id, on=on)
    return months_later(first, 12 * rules.value(Limit.AFTERCARE_LENGTH, "years", on=first))
