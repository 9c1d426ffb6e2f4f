"""The facts of a whole caseload on a date, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from jobpakke.access.models import User
from jobpakke.citizens.models import CaseAssignment, Citizen, StatusSpell
from jobpakke.method.progress import Answerer, Every
from jobpakke.method.status import SELF_SUPPORT
from jobpakke.packages.aftercare import with_aftercare
from jobpakke.packages.facts import Plan, plans
from jobpakke.packages.models import Commitment, JobPackage, JournalNote
from jobpakke.packages.progress import every, last_measured, own_numbers


@dataclass(frozen=True, slots=True)
class Case:
    """One citizen: last spoken with, whether a status excuses being without a package, and the packages.

    ``supported_until``: when a job last ended. ``running`` is the package open on the date or
    drafted by it; ``ended`` the last one that had ended by it; ``cared`` those with aftercare.
    ``measured``: when each party answered the progress measure last; ``every``: how often they are to.
    """

    citizen: Citizen
    spoken_on: date | None
    settled: bool
    supported_until: date | None
    running: Plan | None
    ended: JobPackage | None
    cared: tuple[JobPackage, ...]
    promises: tuple[Commitment, ...]
    measured: Mapping[Answerer, date | None]
    every: Every | None

    @property
    def relapsed_on(self) -> date | None:
        """When self-support ended, where no status holds (method.aftercare.relapsed_on says the same)."""
        return None if self.settled else self.supported_until


def caseload(user: User, *, today: date, on: date) -> list[Case]:
    """Everybody whom the user may see today and who had a caseworker on the date; seven queries."""
    citizens = list(_citizens(user, today=today, on=on))
    packages = _packages(citizens, on=on)
    running = {pk: held for pk, rows in packages.items() if (held := _running(rows, on=on)) is not None}
    drawn = plans(running.values(), on=on)
    promises = _promises(running.values(), on=on)
    return [
        Case(
            citizen=citizen,
            spoken_on=citizen.spoken_on,  # type: ignore[attr-defined]  # annotated below
            settled=citizen.settled,  # type: ignore[attr-defined]  # annotated below
            supported_until=citizen.supported_until,  # type: ignore[attr-defined]  # annotated below
            running=drawn[held.pk] if (held := running.get(citizen.pk)) else None,
            ended=_ended(packages.get(citizen.pk, []), on=on),
            cared=tuple(row for row in packages.get(citizen.pk, ()) if hasattr(row, "aftercare")),
            promises=promises.get(held.pk, ()) if held else (),
            measured={by: getattr(citizen, f"measured_{by.value}") for by in Answerer},
            every=every(citizen.measured_every, on=on),  # type: ignore[attr-defined]  # annotated below
        )
        for citizen in citizens
    ]


def _citizens(user: User, *, today: date, on: date) -> QuerySet[Citizen]:
    has_case = CaseAssignment.objects.on(on).filter(citizen=OuterRef("pk"))
    talks = JournalNote.objects.held_by(on).with_citizen().filter(citizen=OuterRef("pk")).order_by("-held_on")
    return (
        Citizen.objects.visible_to(user, on=today)
        .filter(Exists(has_case))
        .annotate(
            spoken_on=Subquery(talks.values("held_on")[:1]),
            settled=Exists(StatusSpell.objects.on(on).filter(citizen=OuterRef("pk"))),
            measured_every=Subquery(own_numbers(OuterRef("municipality"), on=on)[:1]),
            **{f"measured_{by.value}": last_measured(by, on=on) for by in Answerer},
            supported_until=Subquery(_jobs_ended_by(on).filter(citizen=OuterRef("pk")).values("ends_on")[:1]),
        )
        .in_danish_order()
    )


def _jobs_ended_by(on: date) -> QuerySet[StatusSpell]:
    """Spells of self-support that had ended, the last one first."""
    rows = StatusSpell.objects.current().filter(status__in=[status.value for status in SELF_SUPPORT], ends_on__lte=on)
    return rows.filter(ends_on__gt=F("starts_on")).order_by("-ends_on")


def _packages(citizens: list[Citizen], *, on: date) -> Mapping[int, list[JobPackage]]:
    rows = JobPackage.objects.filter(citizen__in=[citizen.pk for citizen in citizens], drafted_on__lte=on)
    found: dict[int, list[JobPackage]] = defaultdict(list)
    for row in with_aftercare(rows.with_unsettled(on), on=on).order_by("drafted_on", "pk"):
        found[row.citizen_id].append(row)
    return found


def _running(rows: list[JobPackage], *, on: date) -> JobPackage | None:
    going_on = (row for row in reversed(rows) if row.ended_on is None or row.ended_on > on)
    return next((row for row in going_on if not row.is_idle(on=on)), None)


def _ended(rows: list[JobPackage], *, on: date) -> JobPackage | None:
    return next((row for row in reversed(rows) if row.ended_on is not None and row.ended_on <= on), None)


def _promises(packages: Iterable[JobPackage], *, on: date) -> Mapping[int, tuple[Commitment, ...]]:
    found: dict[int, list[Commitment]] = defaultdict(list)
    for row in Commitment.objects.open_on(on).filter(package__in=list(packages)):
        found[row.package_id].append(row)
    return {pk: tuple(rows) for pk, rows in found.items()}
