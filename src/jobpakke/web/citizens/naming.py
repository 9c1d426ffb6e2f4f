"""What the refs of events are called: a page of them in two queries, one for the users and one for everything else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, JSONObject

from jobpakke.citizens.models import CaseTransfer, HandOver, Limit, Qualification, StatusSpell, Wish
from jobpakke.companies.models import Company, Mentor, Workplace
from jobpakke.history.models import Event
from jobpakke.lib.refs import parse_ref
from jobpakke.packages.models import (
    Commitment,
    Evidence,
    JobPackage,
    Mentorship,
    PlannedStep,
    PlanVersion,
    Proposal,
    Step,
    SubGoal,
    Telling,
)
from jobpakke.web.citizens.pages import users_by_ref

PEOPLE = ("giver", "receiver", "caseworker")
"""Data of events that name a user by ref."""
THINGS = ("step", "mentor", "was", "workplace", "by", "company")
"""Data of events that name something else by ref, where they hold a ref at all."""


class Thing(NamedTuple):
    """What a ref is called, and what is said beside it (the place of a mentor, the step of a sub-goal)."""

    name: str
    beside: str


@dataclass(frozen=True, slots=True)
class Names:
    """Everything that the events of a page name by ref."""

    users: Mapping[UUID, str] = field(default_factory=dict)
    things: Mapping[UUID, Thing] = field(default_factory=dict)


def with_told(events: QuerySet[Event]) -> QuerySet[Event]:
    """Each with ``told``: of a change that a party was told, its kind, subject and party."""
    rows = Telling.objects.filter(ref=OuterRef("subject"))
    change = JSONObject(kind="event__kind", subject="event__subject", party=KeyTextTransform("party", "event__data"))
    return events.annotate(told=Subquery(rows.annotate(change=change).values("change")[:1]))


def names_of(events: Iterable[Event]) -> Names:
    """In two queries, however many events there are."""
    rows = list(events)
    things = {ref for event in rows for ref in _refs(event)}
    return Names(users_by_ref({ref for event in rows for ref in _people(event)}), _called(things))


def _people(event: Event) -> set[UUID]:
    named = {UUID(event.data[name]) for name in PEOPLE if event.data.get(name)}
    return named | ({event.actor} if event.actor else set())


def _refs(event: Event) -> set[UUID]:
    told = getattr(event, "told", None) or {}
    held = [event.data.get(name) for name in THINGS]
    return {event.subject, *(ref for value in (*held, told.get("subject")) if (ref := parse_ref(value)))}


def _called(refs: set[UUID]) -> dict[UUID, Thing]:
    first, *others = (
        rows.filter(ref__in=refs).order_by().values_list("ref", _text(name), _text(beside))
        for rows, name, beside in _sources()
    )
    return {ref: Thing(name, beside) for ref, name, beside in first.union(*others, all=True)}


def _sources() -> Iterable[tuple[QuerySet[Any], Any, Any]]:
    """Rows, what each is called, and what is said beside it. A step is called as in its newest wording."""
    wordings = PlannedStep.objects.filter(step=OuterRef("step")).order_by("-version__number")
    newest = Subquery(wordings.values("title")[:1])
    own = Subquery(PlannedStep.objects.filter(step=OuterRef("pk")).order_by("-version__number").values("title")[:1])
    goals = PlanVersion.objects.filter(package=OuterRef("pk")).order_by("-number").values("goal__title")
    evidence = Subquery(
        PlannedStep.objects.filter(step=OuterRef("sub_goal__step")).order_by("-version__number").values("title")[:1]
    )
    return (
        (Step.objects.all(), own, F("kind")),
        (SubGoal.objects.all(), F("title"), newest),
        (Evidence.objects.all(), F("sub_goal__title"), evidence),
        (Commitment.objects.all(), F("text"), Value("")),
        (Proposal.objects.all(), F("wanted"), newest),
        (JobPackage.objects.all(), Subquery(goals[:1]), Value("")),
        (PlanVersion.objects.all(), F("goal__title"), Value("")),
        (Workplace.objects.all(), F("name"), Value("")),
        (Company.objects.all(), F("name"), Value("")),
        (Mentor.objects.all(), F("name"), F("workplace__name")),
        (Mentorship.objects.filter(mentor=None), F("name"), Value("")),
        (Wish.objects.all(), F("text"), Value("")),
        (Limit.objects.all(), F("text"), Value("")),
        (Qualification.objects.all(), F("text"), Value("")),
        (StatusSpell.objects.all(), F("status"), F("reason")),
        (HandOver.objects.all(), F("receiver__full_name"), F("giver__full_name")),
        (CaseTransfer.objects.all(), F("receiver__name"), F("sender__name")),
    )


def _text(expression: Any) -> Coalesce:
    return Coalesce(expression, Value(""), output_field=CharField())
