"""What changed beside the plan since it took effect, and who is still to be told of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from jobpakke.companies.models import Workplace
from jobpakke.history.kinds import (
    CaseAccepted,
    CaseHandedOver,
    CommitmentBroken,
    CommitmentMade,
    CommitmentMoved,
    CommitmentUnsettled,
    MentorAssigned,
    MentorReplaced,
    MentorStopped,
    PlanAgreed,
    WorkplaceChanged,
)
from jobpakke.history.models import Event
from jobpakke.method.agreement import Voice
from jobpakke.method.changes import Beside, Field, ToTell, still_to_tell
from jobpakke.method.parties import Side
from jobpakke.packages.answers import Companies, concerned, with_answers
from jobpakke.packages.models import Commitment, Corrected, Correction, JobPackage, PlannedStep, PlanVersion, Telling

_OF_PACKAGE: Mapping[str, Field] = {
    MentorAssigned.code(): Field.MENTOR,
    MentorReplaced.code(): Field.MENTOR,
    MentorStopped.code(): Field.MENTOR,
    CommitmentMade.code(): Field.COMMITMENT,
    CommitmentMoved.code(): Field.COMMITMENT,
    CommitmentBroken.code(): Field.COMMITMENT,
    CommitmentUnsettled.code(): Field.COMMITMENT,
}


ANOTHER_CASEWORKER = frozenset({CaseHandedOver.code(), CaseAccepted.code()})
"""Events by which a case gets another caseworker."""


@dataclass(frozen=True, slots=True)
class Untold:
    """What is still to be told. ``about``: the promise, step or workplace that the event is of, in words; ``company``:
    the name of the one to tell, if it is one that is named."""

    to_tell: ToTell
    event: Event
    about: str
    company: str


def untold(package: JobPackage, *, on: date) -> tuple[Untold, ...]:
    """Who is still to hear of what in a package, the oldest first, as of the date; three queries."""
    rows = PlanVersion.objects.in_effect_on(on).filter(package=package)
    version, before = (*with_answers(rows)[:2], None, None)[:2]
    since = version.effective_on if version else None
    if version is None or since is None:
        return ()
    told = Telling.objects.filter(package=package, told_on__lte=on).values_list("event__ref", "party", "company__ref")
    events = {event.ref: event for event in _events(package, version).filter(effective_on__gte=since)}
    companies, gone = concerned(version, on=on), _gone(before, version, on=since)
    agreed = (event for event in events.values() if event.kind == PlanAgreed.code())
    out = [Beside(event.ref, Field.COMPANY_LEFT, since, company=ref) for event in agreed for ref in gone]
    left = still_to_tell(
        (*(_beside(event) for event in events.values() if event.kind != PlanAgreed.code()), *out),
        ((ref, Voice(Side(party), company)) for ref, party, company in told),
        since=since,
        on=on,
        companies=companies,
    )
    return tuple(_untold(each, events[each.change.event], {**gone, **companies}) for each in left)


def _gone(before: PlanVersion | None, version: PlanVersion, *, on: date) -> Companies:
    """The companies that had a step in the version before when the new one took effect, and have none in it."""
    now, was = concerned(version, on=on), concerned(before, on=on) if before is not None else {}
    return {ref: name for ref, name in was.items() if ref is not None and ref not in now}


def _untold(each: ToTell, event: Event, companies: Companies) -> Untold:
    return Untold(each, event, _about(event), companies.get(each.voice.company, ""))


def _events(package: JobPackage, version: PlanVersion) -> QuerySet[Event]:
    """Of the package's steps and promises, of the case, and of the places where the plan takes place."""
    steps = PlannedStep.objects.filter(version=version, step__ref=OuterRef("subject"))
    promises = Commitment.objects.filter(package=package, ref=OuterRef("subject"))
    there = Q(planned_steps__version=version) | Q(goals__versions=version)
    places = Workplace.objects.filter(there, ref=OuterRef("subject"))
    rows = Event.objects.annotate(
        of_step=Subquery(steps.values("title")[:1]),
        at_company=Coalesce(
            Subquery(steps.values("workplace__company__ref")[:1]), Subquery(promises.values("company__ref")[:1])
        ),
        of_promise=Subquery(promises.values("text")[:1]),
        of_place=Subquery(places.values("name")[:1]),
        known=_known(version),
    )
    beside = Q(kind__in=tuple(_OF_PACKAGE)) & (Q(of_step__isnull=False) | Q(of_promise__isnull=False))
    moved = Q(kind=WorkplaceChanged.code(), data__contact=True, of_place__isnull=False)
    agreed = Q(kind=PlanAgreed.code(), subject=version.ref)
    of_citizen = Q(about=package.citizen.ref) & (beside | agreed | Q(kind__in=ANOTHER_CASEWORKER))
    return rows.filter(of_citizen | moved).exclude(_not_so()).order_by("effective_on", "pk")


def _not_so() -> Q:
    """A promise that was not broken after all: nobody need hear that it was, and only who heard it that it was not."""
    since = Correction.objects.filter(
        subject=OuterRef("subject"), what=Corrected.PROMISE, recorded_at__gt=OuterRef("recorded_at")
    )
    heard = Telling.objects.filter(event__subject=OuterRef("subject"), event__kind=CommitmentBroken.code())
    undone = Q(kind=CommitmentBroken.code()) & Q(Exists(since.order_by()))
    untold = ~Q(Exists(heard.order_by())) | Q(data__settled="kept")
    return undone | (Q(kind=CommitmentUnsettled.code()) & untold)


def _known(version: PlanVersion) -> Q:
    """Whether an event was recorded before the version was agreed, or makes a promise that was laid in it."""
    agreed = Event.objects.filter(kind=PlanAgreed.code(), subject=version.ref)
    same_moment = Q(recorded_at=OuterRef("recorded_at"), pk__gt=OuterRef("pk"))
    laid = Commitment.objects.filter(laid_in=version, ref=OuterRef("subject")).order_by()
    before = Exists(agreed.filter(Q(recorded_at__gt=OuterRef("recorded_at")) | same_moment).order_by())
    return Q(before) | (Q(kind=CommitmentMade.code()) & Q(Exists(laid)))


def _about(event: Event) -> str:
    found = (getattr(event, name) for name in ("of_promise", "of_step", "of_place"))
    return next((text for text in found if text), "")


def _beside(event: Event) -> Beside:
    """The event as a change. Whose promise it is knows of it; whoever broke it knows that too. Of a mentor hears the
    company alone at which the step takes place, and of a promise of a company that is named no other company."""
    field = _OF_PACKAGE.get(event.kind)
    if field is None:
        field = Field.CASEWORKER if event.kind in ANOTHER_CASEWORKER else Field.CONTACT_PERSON
    by = event.data.get("broken_by") or event.data.get("party")
    return Beside(
        event.ref,
        field,
        event.effective_on,
        Side(by) if by else None,
        known=getattr(event, "known", False),
        company=getattr(event, "at_company", None),
    )
