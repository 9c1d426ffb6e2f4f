"""What the refs of events are called: a page of them in two queries, one for the users and one for everything else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, DateField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast, Coalesce

from jobpakke.citizens.models import CaseTransfer, HandOver, Limit, Qualification, StatusSpell, Wish
from jobpakke.companies.models import Company, Mentor, Workplace
from jobpakke.history.models import Event
from jobpakke.lib.refs import parse_ref
from jobpakke.packages.models import (
    Commitment,
    Evidence,
    JobPackage,
    Mentorship,
    PlanVersion,
    Proposal,
    Step,
    SubGoal,
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


class Worded(NamedTuple):
    """A thing as one version of a plan words it. ``since``: the day that version took effect; None: it never has."""

    thing: Thing
    since: date | None
    version: int


@dataclass(frozen=True, slots=True)
class Names:
    """Everything that the events of a page name by ref; ``worded``: what the versions of a plan word, all wordings."""

    users: Mapping[UUID, str] = field(default_factory=dict)
    things: Mapping[UUID, Thing] = field(default_factory=dict)
    worded: Mapping[UUID, Sequence[Worded]] = field(default_factory=dict)

    def thing(self, ref: UUID | None, *, on: date) -> Thing | None:
        """What a ref was called on a day; None where it has no name any more."""
        if ref is None:
            return None
        wordings = self.worded.get(ref)
        return as_worded(wordings, on=on) if wordings else self.things.get(ref)

    def drafted_on(self, on: date) -> bool:
        """Whether something that is named was on the day no more than a draft: it has the words of now."""
        return any(all(each.since is None or each.since > on for each in rows) for rows in self.worded.values())


def as_worded(wordings: Sequence[Worded], *, on: date) -> Thing:
    """As the version in effect on the day words it; before any was, as the first that took effect; of what was never
    agreed, as the newest draft."""
    agreed = [each for each in wordings if each.since is not None]
    held = [each for each in agreed if each.since is not None and each.since <= on]
    if held:
        return max(held, key=_version).thing
    return min(agreed, key=_version).thing if agreed else max(wordings, key=_version).thing


def _version(worded: Worded) -> int:
    return worded.version


def names_of(events: Iterable[Event]) -> Names:
    """In two queries, however many events there are."""
    rows = list(events)
    users = users_by_ref({ref for event in rows for ref in _people(event)})
    things: dict[UUID, Thing] = {}
    worded: dict[UUID, list[Worded]] = {}
    for ref, name, beside, since, version in _called({ref for event in rows for ref in _refs(event)}):
        if version is None:
            things[ref] = Thing(name, beside)
        else:
            worded.setdefault(ref, []).append(Worded(Thing(name, beside), since, version))
    return Names(users, things, worded)


def _people(event: Event) -> set[UUID]:
    named = {UUID(event.data[name]) for name in PEOPLE if event.data.get(name)}
    return named | ({event.actor} if event.actor else set())


def _refs(event: Event) -> set[UUID]:
    told = getattr(event, "told", None) or {}
    held = [event.data.get(name) for name in THINGS]
    return {event.subject, *(ref for value in (*held, told.get("subject")) if (ref := parse_ref(value)))}


def _called(refs: set[UUID]) -> QuerySet[Any, Any]:
    first, *others = (
        rows.filter(ref__in=refs).order_by().values_list("ref", _text(name), _text(beside), *_of_version(wordings))
        for rows, name, beside, wordings in _sources()
    )
    return first.union(*others, all=True)


def _sources() -> Iterable[tuple[QuerySet[Any], Any, Any, str]]:
    """Rows, what each is called, what is said beside it, and where the versions are that word it ("": nowhere)."""
    nothing = Value("")
    return (
        (Step.objects.all(), F("wordings__title"), F("kind"), "wordings__version"),
        (SubGoal.objects.all(), F("title"), F("step__wordings__title"), "step__wordings__version"),
        (
            Evidence.objects.all(),
            F("sub_goal__title"),
            F("sub_goal__step__wordings__title"),
            "sub_goal__step__wordings__version",
        ),
        (Commitment.objects.all(), F("text"), nothing, ""),
        (Proposal.objects.all(), F("wanted"), F("step__wordings__title"), "step__wordings__version"),
        (JobPackage.objects.all(), F("versions__goal__title"), nothing, "versions"),
        (PlanVersion.objects.all(), F("goal__title"), nothing, ""),
        (Workplace.objects.all(), F("name"), nothing, ""),
        (Company.objects.all(), F("name"), nothing, ""),
        (Mentor.objects.all(), F("name"), F("workplace__name"), ""),
        (Mentorship.objects.filter(mentor=None), F("name"), nothing, ""),
        (Wish.objects.all(), F("text"), nothing, ""),
        (Limit.objects.all(), F("text"), nothing, ""),
        (Qualification.objects.all(), F("text"), nothing, ""),
        (StatusSpell.objects.all(), F("status"), F("reason"), ""),
        (HandOver.objects.all(), F("receiver__full_name"), F("giver__full_name"), ""),
        (CaseTransfer.objects.all(), F("receiver__name"), F("sender__name"), ""),
    )


def _of_version(wordings: str) -> tuple[Any, Any]:
    """The day a version took effect, and its number; nothing of what no version words."""
    if not wordings:
        return Value(None, output_field=DateField()), Value(None, output_field=IntegerField())
    since, number = F(f"{wordings}__effective_on"), F(f"{wordings}__number")
    return Cast(since, DateField()), Cast(number, IntegerField())


def _text(expression: Any) -> Coalesce:
    return Coalesce(expression, Value(""), output_field=CharField())
