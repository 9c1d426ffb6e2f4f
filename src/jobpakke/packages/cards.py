"""Competence cards as they are read: their links, what they ask, and those that stand, together with their package."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils.crypto import constant_time_compare, salted_hmac

from jobpakke.access.models import User
from jobpakke.companies.models import Workplace
from jobpakke.lib.refs import Ref
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.method.cards import CardRefusal, why_not_open
from jobpakke.method.ladder import StepState, states_on
from jobpakke.method.step_kinds import EvidenceKind
from jobpakke.packages.card_templates import templates
from jobpakke.packages.facts import Plan
from jobpakke.packages.json_rows import JsonRow, JsonRows
from jobpakke.packages.models import CompetenceCard, JobPackage, Mentorship, Party, PlannedStep, Step, SubGoal
from jobpakke.packages.places import details_of
from jobpakke.packages.questionnaires import Words

_CODE_LENGTH = 22
"""Letters of the code in a link: 132 bits, which nobody guesses."""


def code_of(card: CompetenceCard, *, link: int | None = None) -> str:
    """The code in the card's newest link, or in one of its earlier ones. It is signed with the secret key and stored
    nowhere: who reads the database alone cannot open a card."""
    signed = salted_hmac("jobpakke.card", f"{card.ref}:{link or card.links}", algorithm="sha256")
    return urlsafe_b64encode(signed.digest()).decode()[:_CODE_LENGTH]


@dataclass(frozen=True, slots=True)
class LinkHolder:
    """Who followed a link. ``code`` is what stands in it; ``through``: who is signed in on the machine, if anybody."""

    code: str
    through: User | None = None


def link_of(card: CompetenceCard, holder: LinkHolder) -> int | None:
    """The number of the link that was followed, None where it is none of the card's."""
    numbers = range(1, card.links + 1)
    return next((each for each in numbers if constant_time_compare(code_of(card, link=each), holder.code)), None)


def require_opened(card: CompetenceCard, holder: LinkHolder, *, on: date) -> None:
    """The link opens the card on the day; the package has not ended. Raises Refused with what why_not_open says."""
    fact, ended = card.fact(), card.step.package.ended_on
    if ended is not None and ended <= on and fact.revoked_on is None:
        fact = replace(fact, revoked_on=ended)
    why_not = why_not_open(fact, link=link_of(card, holder), on=on)
    if why_not:
        raise Refused(*why_not)


@dataclass(frozen=True, slots=True)
class CardQuestion:
    """One question of a card; ``goal`` where it is a sub-goal of the step, which is in one language only.
    ``level``: what was answered, None: that it cannot be judged, or nothing yet (``answered`` tells)."""

    code: str
    text: Words
    short: Words
    goal: SubGoal | None
    answered: bool
    level: int | None


def questions_of(card: CompetenceCard) -> tuple[CardQuestion, ...]:
    """What the card asks and what was answered: the sub-goals first, then what is asked of everybody; two queries."""
    template = templates()[card.template, card.version]
    given = {answer.question: answer.level for answer in card.answers.all()}
    goals = [(str(goal.ref), _words(goal), Words(goal.title, goal.title), goal) for goal in card.sub_goals.all()]
    asked = [(each.code, each.text, each.short, None) for each in template.questions]
    return tuple(
        CardQuestion(code, text, short, goal, code in given, given.get(code))
        for code, text, short, goal in [*goals, *asked]
    )


def _words(goal: SubGoal) -> Words:
    text = f"{goal.title}: {goal.which}" if goal.which and goal.which != goal.title else goal.title
    return Words(text, text)


def levels_of(card: CompetenceCard) -> tuple[Words, ...]:
    """The words of level 1 to 5."""
    return templates()[card.template, card.version].levels


def people_at(planned: PlannedStep, *, on: date) -> tuple[str, ...]:
    """Who can be asked on a date about somebody in a step that a plan was read with: its mentors there who have
    confirmed confidentiality, the contact person, the other mentors of the workplace; each once."""
    place: Workplace | None = planned.workplace
    if place is None:
        return ()
    there = Q(mentor__workplace=place) | Q(mentor__isnull=True, party=Party.COMPANY)
    now = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    confirmed = Q(step=planned.step_id, starts_on__lte=on, confidentiality_on__lte=on)
    rows = Mentorship.objects.filter(there, now, confirmed).select_related("mentor").order_by("starts_on", "pk")
    details = details_of(planned, on=on)
    names = [row.mentor.name if row.mentor else row.name for row in rows]
    names += [details.contact_name if details else "", *place.mentors.values_list("name", flat=True)]
    return tuple(dict.fromkeys(name for name in names if name))


def goals_in(plan: Plan, step: Step) -> tuple[SubGoal, ...]:
    """The sub-goals of a step that ask for a level on a card."""
    goals = plan.sub_goals.get(step.pk, ())
    return tuple(goal for goal in goals if goal.evidence_kind == EvidenceKind.CARD_LEVEL)


def why_not_ask(plan: Plan, step: Step, *, on: date) -> tuple[Refusal, ...]:
    """Why nobody can be asked for a card in a step on the date, whoever it is."""
    planned = next((row for row in plan.planned if row.step_id == step.pk), None)
    if planned is None or states_on(plan.ladder, on=on)[step.ref] is not StepState.UNDER_WAY:
        return (Refusal(CardRefusal.CARD_STEP_NOT_UNDER_WAY, {}),)
    if planned.workplace is None:
        return (Refusal(CardRefusal.CARD_WITHOUT_WORKPLACE, {}),)
    return () if people_at(planned, on=on) else (Refusal(CardRefusal.CARD_NOBODY_THERE, {}),)


@dataclass(frozen=True, slots=True)
class CardWaiting:
    """A card that waits on a date: for the company, or, where it is handed in, for the caseworker.

    ``step``: the primary key of the step.
    """

    ref: Ref
    step: int
    who: str
    asked_on: date
    linked_on: date
    link_until: date
    handed_in_on: date | None


_FIELDS = ("ref", "step_id", "asked_name", "asked_on", "linked_on", "link_until", "handed_in_on")


def with_cards(packages: QuerySet[JobPackage], *, on: date) -> QuerySet[JobPackage]:
    """The packages, each with the cards that stand on the date: read them by ``cards_waiting``."""
    rows = CompetenceCard.objects.filter(step__package=OuterRef("pk")).standing_on(on)
    listed = rows.order_by().values("step__package").annotate(rows=JsonRows(JsonRow(*map(F, _FIELDS))))
    return packages.annotate(card_rows=Subquery(listed.values("rows")))


def cards_waiting(package: JobPackage, *, on: date) -> tuple[CardWaiting, ...]:
    """The cards of a package read ``with_cards`` of the same date, the oldest first; of another, none."""
    rows: Iterable[list[Any]] = getattr(package, "card_rows", None) or ()
    found = (_waiting(row, on=on) for row in rows)
    return tuple(sorted(found, key=lambda each: (each.asked_on, str(each.ref))))


def _waiting(row: list[Any], *, on: date) -> CardWaiting:
    ref, step, who, asked, linked, until, handed = row
    handed_in_on = date.fromisoformat(handed) if handed else None
    return CardWaiting(
        ref=UUID(ref),
        step=step,
        who=who,
        asked_on=date.fromisoformat(asked),
        linked_on=date.fromisoformat(linked),
        link_until=date.fromisoformat(until),
        handed_in_on=handed_in_on if handed_in_on is not None and handed_in_on <= on else None,
    )
