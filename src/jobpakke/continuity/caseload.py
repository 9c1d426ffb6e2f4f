"""The facts of a whole caseload on a date, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from jobpakke.access.models import User
from jobpakke.citizens.models import CaseAssignment, Citizen, StatusSpell
from jobpakke.packages.facts import Plan, plans
from jobpakke.packages.models import Commitment, JobPackage, Party
from jobpakke.packages.proposals import Standing, standing, with_standing


@dataclass(frozen=True, slots=True)
class Case:
    """One citizen: last spoken with, whether a status excuses being without a package, and the packages.

    ``running`` is the package open on the date or drafted by it; ``ended`` the last one that had ended by it.
    """

    citizen: Citizen
    spoken_on: date | None
    settled: bool
    running: Plan | None
    ended: JobPackage | None
    promises: tuple[Commitment, ...]
    """Those that are open, and those broken lately after which nothing new was promised; read ``as_of`` the date."""
    proposals: tuple[Standing, ...] = ()


BROKEN_LATELY_DAYS = 21


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
            running=drawn[held.pk] if (held := running.get(citizen.pk)) else None,
            ended=_ended(packages.get(citizen.pk, []), on=on),
            promises=promises.get(held.pk, ()) if held else (),
            proposals=standing(held, on=on) if held else (),
        )
        for citizen in citizens
    ]


def _citizens(user: User, *, today: date, on: date) -> QuerySet[Citizen]:
    talks = Q(contacts__party=Party.CITIZEN, contacts__held_on__lte=on)
    has_case = CaseAssignment.objects.on(on).filter(citizen=OuterRef("pk"))
    return (
        Citizen.objects.visible_to(user, on=today)
        .filter(Exists(has_case))
        .annotate(
            spoken_on=Max("contacts__held_on", filter=talks),
            settled=Exists(StatusSpell.objects.on(on).filter(citizen=OuterRef("pk"))),
        )
        .in_danish_order()
    )


def _packages(citizens: list[Citizen], *, on: date) -> Mapping[int, list[JobPackage]]:
    rows = JobPackage.objects.filter(citizen__in=[citizen.pk for citizen in citizens], drafted_on__lte=on)
    found: dict[int, list[JobPackage]] = defaultdict(list)
    rows = with_standing(rows.with_unsettled(on), on=on).select_related("aftercare")
    for row in rows.order_by("drafted_on", "pk"):
        found[row.citizen_id].append(row)
    return found


def _running(rows: list[JobPackage], *, on: date) -> JobPackage | None:
    return next((row for row in reversed(rows) if row.ended_on is None or row.ended_on > on), None)


def _ended(rows: list[JobPackage], *, on: date) -> JobPackage | None:
    return next((row for row in reversed(rows) if row.ended_on is not None and row.ended_on <= on), None)


def _promises(packages: Iterable[JobPackage], *, on: date) -> Mapping[int, tuple[Commitment, ...]]:
    found: dict[int, list[Commitment]] = defaultdict(list)
    since = on - timedelta(days=BROKEN_LATELY_DAYS)
    for row in Commitment.objects.open_or_broken_since(since, on=on).filter(package__in=list(packages)):
        found[row.package_id].append(row)
    return {pk: tuple(rows) for pk, rows in found.items()}
