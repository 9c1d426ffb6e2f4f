"""What is open in a package: what stands in the way of its end, and what its end settles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from jobpakke.packages.models import Commitment, CompetenceCard, JobPackage, Mentorship, PlannedStep, PlanVersion, Step
from jobpakke.packages.models.support import MentorshipQuerySet


@dataclass(frozen=True, slots=True)
class OpenEnds:
    """Steps under way (by title), the draft or proposal, mentors (by name), promises that are neither kept nor broken,
    and by who is asked the competence cards that are not handed in, and those that are not taken in."""

    steps: tuple[str, ...]
    version: PlanVersion | None
    mentors: tuple[str, ...]
    promises: tuple[Commitment, ...]
    cards_waiting: tuple[str, ...]
    cards_in: tuple[str, ...]


def steps_beyond(package: JobPackage, day: date) -> QuerySet[Step]:
    """Steps that have begun and are not over by the day: they would outlive the package."""
    return Step.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=day), package=package, started_on__isnull=False
    )


def mentorships_beyond(package: JobPackage, day: date) -> MentorshipQuerySet:
    """Mentors who would go on after the day."""
    return Mentorship.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), step__package=package)


def unsettled(package: JobPackage) -> PlanVersion | None:
    """The draft or proposal of a package, if it has one."""
    return PlanVersion.objects.unsettled().filter(package=package).first()


def open_ends(package: JobPackage, *, on: date) -> OpenEnds:
    """What is open on the day; five queries."""
    titles = PlannedStep.objects.filter(step=OuterRef("pk")).order_by("-version__number").values("title")
    steps = steps_beyond(package, on).annotate(title=Subquery(titles[:1])).values_list("title", flat=True)
    mentors = mentorships_beyond(package, on).called().order_by("starts_on", "pk")
    standing = CompetenceCard.objects.standing_on(on).filter(step__package=package).order_by("asked_on", "pk")
    cards = list(standing.values_list("asked_name", "handed_in_on"))
    return OpenEnds(
        steps=tuple(steps.order_by("started_on", "pk")),
        version=unsettled(package),
        mentors=tuple(dict.fromkeys(row.who for row in mentors)),
        promises=tuple(Commitment.objects.open_on(on).filter(package=package).as_of(on)),
        cards_waiting=tuple(dict.fromkeys(who for who, day in cards if day is None)),
        cards_in=tuple(dict.fromkeys(who for who, day in cards if day is not None)),
    )
