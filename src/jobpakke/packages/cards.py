"""Competence cards as they are read: their links, what they ask, and those that stand, together with their package."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils.crypto import constant_time_compare, salted_hmac

from jobpakke.companies.models import Workplace
from jobpakke.lib.refs import Ref
from jobpakke.lib.refusal import Refused
from jobpakke.method.cards import why_not_open
from jobpakke.packages.card_templates import templates
from jobpakke.packages.json_rows import JsonRow, JsonRows
from jobpakke.packages.models import CompetenceCard, JobPackage, Mentorship, PlannedStep, SubGoal
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
    """Who followed a link: nobody who is signed in. ``code`` is what stands in the link."""

    code: str


def link_of(card: CompetenceCard, holder: LinkHolder) -> int | None:
    """The number of the link that was followed, None where it is none of the card's."""
    numbers = range(1, card.links + 1)
    return next((each for each in numbers if constant_time_compare(code_of(card, link=each), holder.code)), None)


def require_opened(card: CompetenceCard, holder: LinkHolder, *, on: date) -> None:
    """The link opens the card on the day. Raises Refused with what why_not_open says."""
    why_not = why_not_open(card.fact(), link=link_of(card, holder), on=on)
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
    """Who can be asked on a date about somebody in a step that a plan was read with: its mentors, the mentors of the
    workplace, the contact person there; each once."""
    place: Workplace | None = planned.workplace
    if place is None:
        return ()
    rows = Mentorship.objects.filter(step=planned.step_id).select_related("mentor")
    names = [row.mentor.name if row.mentor else row.name for row in rows]
    names += place.mentors.values_list("name", flat=True)
    details = details_of(planned, on=on)
    return tuple(dict.fromkeys(name for name in (*names, details.contact_name if details else "") if name))


@dataclass(frozen=True, slots=True)
class CardWaiting:
    """A card that waits on a date: for the company, or, where it is handed in, for the caseworker.

    ``step``: the primary key of the step.
    """

    ref: Ref
    step: int
    who: str
    asked_on: date
    link_until: date
    handed_in_on: date | None


_FIELDS = ("ref", "step_id", "asked_name", "asked_on", "link_until", "handed_in_on")


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
    ref, step, who, asked, until, handed = row
    handed_in_on = date.fromisoformat(handed) if handed else None
    return CardWaiting(
        ref=UUID(ref),
        step=step,
        who=who,
        asked_on=date.fromisoformat(asked),
        link_until=date.fromisoformat(until),
        handed_in_on=handed_in_on if handed_in_on is not None and handed_in_on <= on else None,
    )
