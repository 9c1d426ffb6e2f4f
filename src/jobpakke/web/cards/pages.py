"""What the pages of competence cards show."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import quote
from uuid import UUID

import segno
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from jobpakke.citizens.models import Citizen
from jobpakke.method.cards import CardState, state_on
from jobpakke.method.evidence import MOST_LEVEL
from jobpakke.packages.cards import CardQuestion, code_of, levels_of, questions_of
from jobpakke.packages.models import CompetenceCard, PlannedStep

NEWEST = 6
"""How many cards stand beside each other in the table, the newest; the pages of the others are linked to."""

STATES: Mapping[CardState, Promise | str] = {
    CardState.WAITING: gettext_lazy("Waits for the company"),
    CardState.EXPIRED: gettext_lazy("The link has run out"),
    CardState.REVOKED: gettext_lazy("Taken back"),
    CardState.HANDED_IN: gettext_lazy("Filled in"),
    CardState.TAKEN_IN: gettext_lazy("Filled in and taken into the plan"),
    CardState.SET_ASIDE: gettext_lazy("Does not count"),
}
MARKS: Mapping[CardState, str] = {
    CardState.WAITING: "info",
    CardState.EXPIRED: "warning",
    CardState.REVOKED: "neutral",
    CardState.HANDED_IN: "warning",
    CardState.TAKEN_IN: "success",
    CardState.SET_ASIDE: "neutral",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A level one can choose, in words."""

    level: int
    words: str
    chosen: bool


def choices_of(card: CompetenceCard, asked: CardQuestion, language: str | None) -> tuple[Choice, ...]:
    """The levels of a question, and which was chosen."""
    return tuple(
        Choice(level, words.in_language(language), asked.level == level)
        for level, words in enumerate(levels_of(card), start=1)
    )


@dataclass(frozen=True, slots=True)
class CardLine:
    """One card in the list. ``step``: what the step is called."""

    ref: UUID
    step: str
    who: str
    place: str
    asked_on: date
    state: CardState
    words: Promise | str
    mark: str
    day: date | None
    """When it was filled in, or taken back."""


@dataclass(frozen=True, slots=True)
class LevelRow:
    """One question, the level on each card; None: not asked, or it could not be judged."""

    title: str
    cells: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class CardsPage:
    """Every card of a citizen, the newest first; ``columns``: those that are filled in and stand in the table."""

    lines: tuple[CardLine, ...]
    columns: tuple[CardLine, ...]
    rows: tuple[LevelRow, ...]


def cards_of(citizen: Citizen, *, on: date) -> QuerySet[CompetenceCard]:
    """The cards that had been asked for by the date, each with what its step is called then, and its answers."""
    rows = CompetenceCard.objects.filter(step__package__citizen=citizen, asked_on__lte=on)
    return titled(rows, on=on).select_related("workplace", "step").prefetch_related("answers", "sub_goals")


def titled(rows: QuerySet[CompetenceCard], *, on: date) -> QuerySet[CompetenceCard]:
    """The cards, each with ``title``: what the plan in effect on the date calls its step."""
    worded = PlannedStep.objects.filter(step=OuterRef("step"), version__effective_on__lte=on)
    return rows.annotate(title=Subquery(worded.order_by("-version__number").values("title")[:1]))


def cards_page(citizen: Citizen, *, on: date) -> CardsPage:
    """The tab of a citizen's cards: four queries."""
    cards = list(cards_of(citizen, on=on))
    filled = sorted((card for card in cards if counts(card, on=on)), key=_filled_at)[-NEWEST:]
    return CardsPage(
        lines=tuple(card_line(card, on=on) for card in cards),
        columns=tuple(card_line(card, on=on) for card in filled),
        rows=_rows([questions_of(card) for card in filled]),
    )


def counts(card: CompetenceCard, *, on: date) -> bool:
    """Whether what a company says on it counts on the date."""
    return state_on(card.fact(), on=on) in (CardState.HANDED_IN, CardState.TAKEN_IN)


def _filled_at(card: CompetenceCard) -> tuple[str, int]:
    return (card.handed_in_at.isoformat() if card.handed_in_at else "", card.pk)


def card_line(card: CompetenceCard, *, on: date) -> CardLine:
    """A card read ``titled``."""
    state = state_on(card.fact(), on=on)
    handed, revoked = counts(card, on=on) or state is CardState.SET_ASIDE, state is CardState.REVOKED
    return CardLine(
        ref=card.ref,
        step=getattr(card, "title", None) or "",
        who=card.asked_name,
        place=card.workplace.name,
        asked_on=card.asked_on,
        state=state,
        words=STATES[state],
        mark=MARKS[state],
        day=card.handed_in_on if handed else card.revoked_on if revoked else None,
    )


def _rows(cards: Sequence[tuple[CardQuestion, ...]]) -> tuple[LevelRow, ...]:
    """The questions of all cards in the order in which they were first asked, those that got a level at all."""
    titles = {each.code: each.short.in_language(get_language()) for card in cards for each in card}
    levels = [{each.code: each.level for each in card} for card in cards]
    rows = (LevelRow(title, tuple(given.get(code) for given in levels)) for code, title in titles.items())
    return tuple(row for row in rows if any(row.cells))


@dataclass(frozen=True, slots=True)
class LevelLine:
    """One question of a card. ``least``: the level that its sub-goal demands; ``before``: the level on the citizen's
    card before this one."""

    title: str
    goal: bool
    gone: bool
    """Whether it is a sub-goal that the plan does not have any more."""
    answered: bool
    level: int | None
    words: str
    least: int | None
    before: int | None

    @property
    def steps(self) -> tuple[bool, ...]:
        """The five levels as they are drawn: whether each was reached."""
        return tuple(number <= (self.level or 0) for number in range(1, MOST_LEVEL + 1))


def level_lines(
    card: CompetenceCard, earlier: Iterable[CompetenceCard], current: Collection[int]
) -> tuple[LevelLine, ...]:
    """What was answered, with what the newest earlier card said of the same. ``earlier``: the newest first;
    ``current``: the keys of the sub-goals that the plan has."""
    before: dict[str, int] = {}
    for other in earlier:
        for each in other.answers.all():
            if each.level is not None:
                before.setdefault(each.question, each.level)
    language, levels = get_language(), levels_of(card)
    return tuple(
        LevelLine(
            title=each.text.in_language(language),
            goal=each.goal is not None,
            gone=each.goal is not None and each.goal.pk not in current,
            answered=each.answered,
            level=each.level,
            words=levels[each.level - 1].in_language(language) if each.level else "",
            least=each.goal.level if each.goal else None,
            before=before.get(each.code),
        )
        for each in questions_of(card)
    )


@dataclass(frozen=True, slots=True)
class LinkPart:
    """The link of a card that waits: as text, as a drawing to be read by a phone, and in a mail of one's own.
    ``last_day``: the last on which it opens."""

    url: str
    drawing: str
    mail: str
    last_day: date


def link_part(request: HttpRequest, card: CompetenceCard) -> LinkPart:
    """The newest link. No name of the citizen stands in it, nor in the mail."""
    url = request.build_absolute_uri(reverse("card_link", args=[card.ref, code_of(card)]))
    with override("da"):
        subject = _("A competence card to fill in")
        text = _(
            "Hello %(who)s\n\nPlease fill in the competence card behind this link. It takes about two minutes."
            "\n\n%(url)s"
        ) % {"who": card.asked_name, "url": url}
    return LinkPart(
        url=url,
        drawing=segno.make(url, error="m").svg_data_uri(scale=4, border=2),
        mail=f"mailto:?subject={quote(subject)}&body={quote(text.replace(chr(10), chr(13) + chr(10)))}",
        last_day=card.link_until - timedelta(days=1),
    )
