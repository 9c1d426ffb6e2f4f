"""The facts of a whole caseload on a date, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from jobpakke.access.models import Role, User
from jobpakke.access.policies import municipalities_with_role
from jobpakke.citizens.groups import near_the_labour_market
from jobpakke.citizens.models import CaseAssignment, CaseTransfer, Citizen, Status, StatusSpell, seen_by
from jobpakke.continuity import news
from jobpakke.method.interviews import Interviews
from jobpakke.method.progress import Answerer, Every
from jobpakke.method.rulebook import Rulebook, rulebook
from jobpakke.method.status import SELF_SUPPORT
from jobpakke.packages.aftercare import care_of, with_aftercare
from jobpakke.packages.answers import with_asked
from jobpakke.packages.cards import CardWaiting, cards_waiting, with_cards
from jobpakke.packages.facts import Plan, plans
from jobpakke.packages.interviews import asked_of, with_interviews
from jobpakke.packages.models import Commitment, JobPackage, JournalNote
from jobpakke.packages.progress import every, last_measured
from jobpakke.packages.proposals import Standing, standing, with_standing
from jobpakke.packages.rules import rulebooks


@dataclass(frozen=True, slots=True)
class Case:
    """One citizen: last spoken with, whether a status excuses being without a package, and the packages.

    ``supported_until``: when a job last ended. ``running`` is the package open on the date or
    drafted by it; ``ended`` the last one that had ended by it; ``cared`` those with aftercare.
    ``measured``: when each party answered the progress measure last; ``every``: how often they are to.
    ``promises`` stand open, of any of the packages. ``job_from``: a job that is recorded and lies ahead.
    ``minded``: a caseworker who can work has the case. ``hidden``: not in ``visible_to``; only counted and given to
    somebody (protected and nobody's), or offered by another municipality.
    """

    citizen: Citizen
    spoken_on: date | None
    settled: bool
    supported_until: date | None
    running: Plan | None
    ended: JobPackage | None
    cared: tuple[JobPackage, ...]
    promises: tuple[Commitment, ...]
    """Those that are open, and those broken lately after which nothing new was promised; read ``as_of`` the date."""
    measured: Mapping[Answerer, date | None]
    every: Every | None
    proposals: tuple[Standing, ...] = ()
    cards: tuple[CardWaiting, ...] = ()
    job_from: date | None = None
    rules: Rulebook = field(default_factory=rulebook)
    interviews: Interviews | None = None
    """Those asked of the running package; None where none are."""
    minded: bool = True
    hidden: bool = False
    received: news.News | None = None
    offered: news.News | None = None
    returned: news.News | None = None

    @property
    def relapsed_on(self) -> date | None:
        """When self-support ended, where no status holds (method.aftercare.relapsed_on says the same)."""
        return None if self.settled else self.supported_until


BROKEN_LATELY_DAYS = 21


def caseload(user: User, *, today: date, on: date, among: Q | None = None) -> list[Case]:
    """Everybody whom the user may see today and who had been given a caseworker by the date; eight queries.

    A team leader also gets whom nobody has, protected people among them, and whom another municipality offers.
    ``among`` narrows the citizens.
    """
    citizens = list(_citizens(user, today=today, on=on).filter(among or Q()))
    rules = rulebooks({citizen.municipality_id for citizen in citizens})
    packages = _packages(citizens, on=on)
    running = {pk: held for pk, rows in packages.items() if (held := _running(rows, on=on)) is not None}
    drawn = plans(running.values(), on=on)
    promises = _promises((row for rows in packages.values() for row in rows), on=on)
    return [
        Case(
            citizen=citizen,
            spoken_on=citizen.spoken_on,
            settled=citizen.settled,
            supported_until=citizen.supported_until,
            running=drawn[held.pk] if (held := running.get(citizen.pk)) else None,
            ended=_ended(packages.get(citizen.pk, []), on=on),
            cared=tuple(row for row in packages.get(citizen.pk, ()) if care_of(row) is not None),
            promises=promises.get(citizen.pk, ()),
            measured={by: getattr(citizen, f"measured_{by.value}") for by in Answerer},
            every=every(rules[citizen.municipality_id], on=on),
            job_from=citizen.job_from,
            rules=rules[citizen.municipality_id],
            interviews=asked_of(held, rules[citizen.municipality_id], near=citizen.near) if held else None,
            minded=citizen.minded,
            hidden=not citizen.seen,
            received=news.news_of(citizen.received),
            offered=news.news_of(citizen.offered),
            returned=news.news_of(citizen.returned),
            proposals=standing(held, on=on) if held else (),
            cards=cards_waiting(held, on=on) if held else (),
        )
        for citizen in citizens
    ]


def _citizens(user: User, *, today: date, on: date) -> QuerySet[Any]:
    """The citizens, each with what can be said in the same query."""
    this = {"citizen": OuterRef("pk")}
    talks = JournalNote.objects.held_by(on).with_citizen().filter(**this)
    known = CaseAssignment.objects.current().filter(**this, starts_on__lte=on)
    came_later = CaseTransfer.objects.filter(**this, accepted_on__gt=on)
    led = municipalities_with_role(user, Role.TEAM_LEADER, on=today)
    spells = StatusSpell.objects.filter(**this)
    ahead = spells.current().filter(starts_on__gt=on, status__in=(Status.ORDINARY_JOB, Status.FLEX_JOB))
    return (
        Citizen.objects.annotate(
            seen=seen_by(user, on=today),
            minded=Exists(CaseAssignment.objects.working_on(on).filter(**this)),
            offered=news.offered(user, on=on, today=today),
        )
        .filter(Q(offered__isnull=False) | Q(Exists(known), ~Exists(came_later)))
        .filter(Q(offered__isnull=False) | Q(seen=True) | Q(minded=False, municipality__in=led))
        .annotate(
            spoken_on=Subquery(talks.order_by("-held_on").values("held_on")[:1]),
            settled=Exists(spells.on(on)),
            near=near_the_labour_market(on=on),
            job_from=Subquery(ahead.order_by("starts_on").values("starts_on")[:1]),
            received=news.received(user, on=on),
            returned=news.returned(on=on),
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
    asked = with_asked(with_interviews(rows.with_unsettled(on), on=on), on=on)
    read = with_cards(with_standing(with_aftercare(asked, on=on), on=on), on=on)
    for row in read.select_related("job").order_by("drafted_on", "pk"):
        found[row.citizen_id].append(row)
    return found


def _running(rows: list[JobPackage], *, on: date) -> JobPackage | None:
    going_on = (row for row in reversed(rows) if row.ended_on is None or row.ended_on > on)
    return next((row for row in going_on if not row.is_idle(on=on)), None)


def _ended(rows: list[JobPackage], *, on: date) -> JobPackage | None:
    return next((row for row in reversed(rows) if row.ended_on is not None and row.ended_on <= on), None)


def _promises(packages: Iterable[JobPackage], *, on: date) -> Mapping[int, tuple[Commitment, ...]]:
    found: dict[int, list[Commitment]] = defaultdict(list)
    citizens = {package.pk: package.citizen_id for package in packages}
    since = on - timedelta(days=BROKEN_LATELY_DAYS)
    for row in Commitment.objects.open_or_broken_since(since, on=on).filter(package__in=list(citizens)):
        found[citizens[row.package_id]].append(row)
    return {pk: tuple(rows) for pk, rows in found.items()}
