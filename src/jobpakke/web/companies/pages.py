"""What a company's page shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, Prefetch, Q, QuerySet, Subquery

from jobpakke.access.policies import Act
from jobpakke.citizens.models import CaseAssignment, Citizen
from jobpakke.companies.closings import closing_said, closing_stood, closing_told_after
from jobpakke.companies.models import Company, Mentor, StaffingNeed, WorkFunction, Workplace, WorkplaceDetails
from jobpakke.history.kinds import (
    EventKind,
    FunctionAdded,
    MentorNamed,
    NeedRecorded,
    WorkplaceAdded,
)
from jobpakke.history.models import Event
from jobpakke.method.commitments import CommitmentState
from jobpakke.packages.models import Commitment, JobPackage, Party, PlannedStep, PlanVersion, Step
from jobpakke.web.http import Visitor
from jobpakke.web.promises.pages import PromiseLine, promise_line


@dataclass(frozen=True, slots=True)
class PlacePart:
    """One workplace: its functions with their needs, its mentors, and the visitor's citizens under way there."""

    place: Workplace
    functions: tuple[WorkFunction, ...]
    mentors: tuple[Mentor, ...]
    present: tuple[PlannedStep, ...]
    closed_on: date | None
    """The first day of its closing, by what had been told; or one that was told later, and had happened."""
    closed: bool
    told_on: date | None
    """When that closing was told, where it was after the viewed day."""
    details: WorkplaceDetails | None
    """Its contact person and number of employees on the viewed day, or the first that are known."""
    known_since: date | None
    """Since when those are known, where that is after the viewed day."""


@dataclass(frozen=True, slots=True)
class CompanyPromise:
    """A promise in a package at one of the workplaces, of a citizen whom the visitor may see."""

    citizen: Citizen
    goal: str
    line: PromiseLine
    own: bool
    """Whether it is the company's, or one of a company that nobody named."""


@dataclass(frozen=True, slots=True)
class CompanyPage:
    """``own``: what the company has promised; ``others``: what the others have, in the same packages. What needs
    somebody comes first; ``more``: how many are not shown."""

    places: tuple[PlacePart, ...]
    own: tuple[CompanyPromise, ...]
    others: tuple[CompanyPromise, ...]
    more: int

    @property
    def named(self) -> tuple[Citizen, ...]:
        """Everybody whose name is on the page; some more than once."""
        present = (row.step.package.citizen for place in self.places for row in place.present)
        return (*present, *(each.citizen for each in (*self.own, *self.others)))


MOST_PROMISES = 40
SETTLED_DAYS = 90
"""How long a promise that was kept or broken is shown."""
_URGENCY = (
    CommitmentState.LATE,
    CommitmentState.DUE_SOON,
    CommitmentState.BROKEN,
    CommitmentState.OPEN,
    CommitmentState.WAITING,
    CommitmentState.KEPT,
)


def company_page(who: Visitor, company: Company) -> CompanyPage:
    """The workplaces of a company and the promises around them, as of the viewed day, in seven queries."""
    on = who.viewing.on
    known = _told_by(Workplace.objects.filter(company=company), WorkplaceAdded, on=on)
    closings = {"closing_said": closing_said("ref", on=on), "closing_told": closing_told_after("ref", on=on)}
    places = list(known.annotate(**closings).prefetch_related(Prefetch("details", WorkplaceDetails.objects.as_of(on))))
    promises = sorted(_promises(who, company, places), key=_pressing)
    own = [each for each in promises if each.own]
    others = [each for each in promises if not each.own]
    return CompanyPage(
        places=_parts(who, places),
        own=tuple(own[:MOST_PROMISES]),
        others=tuple(others[:MOST_PROMISES]),
        more=len(own[MOST_PROMISES:]) + len(others[MOST_PROMISES:]),
    )


def _parts(who: Visitor, places: Sequence[Workplace]) -> tuple[PlacePart, ...]:
    on = who.viewing.on
    functions, mentors, present = defaultdict(list), defaultdict(list), defaultdict(list)
    needs = Prefetch("needs", queryset=_told_by(StaffingNeed.objects.all(), NeedRecorded, on=on))
    described = _told_by(WorkFunction.objects.filter(workplace__in=places), FunctionAdded, on=on)
    for function in described.prefetch_related(needs):
        functions[function.workplace_id].append(function)
    for mentor in _told_by(Mentor.objects.filter(workplace__in=places), MentorNamed, on=on):
        mentors[mentor.workplace_id].append(mentor)
    seen = JobPackage.objects.visible_to(who.user, on=who.viewing.today).open_on(on)
    under_way = Step.objects.under_way_on(on).filter(package__in=seen.values("pk"))
    rows = PlannedStep.objects.filter(
        workplace__in=places, step__in=under_way.values("pk"), version=_in_effect("version__package", on=on)
    ).select_related("step__package__citizen")
    for row in rows.order_by("step__package__citizen__sort_key", "pk"):
        present[row.workplace_id].append(row)
    return tuple(
        _part(
            place,
            tuple(functions[place.pk]),
            tuple(mentors[place.pk]),
            tuple(present[place.pk]),
            on=on,
        )
        for place in places
    )


def _part(
    place: Workplace,
    functions: tuple[WorkFunction, ...],
    mentors: tuple[Mentor, ...],
    present: tuple[PlannedStep, ...],
    *,
    on: date,
) -> PlacePart:
    details = next(iter(place.details.all()), None)
    said = getattr(place, "closing_said", None)
    closed_on = closing_stood(said, place.closed_on, on=on)
    return PlacePart(
        place,
        functions,
        mentors,
        present,
        closed_on=closed_on,
        closed=closed_on is not None and closed_on <= on,
        told_on=getattr(place, "closing_told", None) if closed_on is not None and not said else None,
        details=details,
        known_since=details.starts_on if details is not None and details.starts_on > on else None,
    )


Row = TypeVar("Row", bound=Model)


def _told_by(rows: QuerySet[Row], kind: type[EventKind], *, on: date) -> QuerySet[Row]:
    """What had been told by the day; what no event tells of was there from the beginning."""
    later = Event.objects.filter(kind=kind.code(), subject=OuterRef("ref"), effective_on__gt=on)
    return rows.filter(~Exists(later.order_by()))


def _in_effect(package: str, *, on: date) -> Subquery:
    """The wording that holds on the date, of the package at a path."""
    return Subquery(PlanVersion.objects.in_effect_on(on).filter(package=OuterRef(package)).values("pk")[:1])


def _promises(who: Visitor, company: Company, places: Sequence[Workplace]) -> Iterator[CompanyPromise]:
    """Of packages whose plan in effect is at one of the workplaces; what was settled long ago is left out."""
    on, today = who.viewing.on, who.viewing.today
    there = Exists(PlannedStep.objects.filter(version=OuterRef("version"), workplace__in=places))
    towards = Exists(PlanVersion.objects.filter(pk=OuterRef("version"), goal__workplace__in=places))
    own_case = CaseAssignment.objects.on(today).filter(citizen=OuterRef("package__citizen"), caseworker=who.user.pk)
    since = on - timedelta(days=SETTLED_DAYS)
    lately = Q(kept_on__isnull=True, broken_on__isnull=True) | Q(kept_on__gt=since) | Q(broken_on__gt=since)
    rows = Commitment.objects.visible_to(who.user, on=today).as_of(on).filter(lately, made_on__lte=on)
    goal = PlanVersion.objects.filter(pk=OuterRef("version")).values("goal__title")
    held = rows.annotate(version=_in_effect("package", on=on)).filter(there | towards)
    named = held.annotate(goal=Subquery(goal), own_case=Exists(own_case))
    working = who.works(Act.WORK_CASES)
    for row in named.select_related("package__citizen"):
        mine: bool = row.own_case  # type: ignore[attr-defined]  # annotated above
        goal_title: str = row.goal  # type: ignore[attr-defined]  # annotated above
        line = promise_line(row, on=on, working=working and mine)
        own = row.party == Party.COMPANY and row.company_id in (None, company.pk)
        yield CompanyPromise(row.package.citizen, goal_title, line, own)


def _pressing(each: CompanyPromise) -> tuple[int, date, str]:
    return _URGENCY.index(each.line.kind), each.line.day or date.max, each.citizen.sort_key
