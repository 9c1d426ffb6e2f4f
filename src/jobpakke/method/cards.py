"""A competence card that a company is asked for by a link: what it is on a date, and what can be done with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jobpakke.lib.refusal import Refusal
from jobpakke.method.rulebook import Limit, Rulebook


class CardState(StrEnum):
    """What a card is. ``EXPIRED`` waits too: its link has run out, and can be renewed."""

    WAITING = "waiting"
    EXPIRED = "expired"
    REVOKED = "revoked"
    HANDED_IN = "handed_in"
    TAKEN_IN = "taken_in"
    SET_ASIDE = "set_aside"


class CardRefusal(StrEnum):
    """Why a card is not asked for, opened, answered, handed in or taken in."""

    CARD_STEP_NOT_UNDER_WAY = "CARD_STEP_NOT_UNDER_WAY"
    CARD_WITHOUT_WORKPLACE = "CARD_WITHOUT_WORKPLACE"
    CARD_NOBODY_THERE = "CARD_NOBODY_THERE"
    CARD_PERSON_NOT_THERE = "CARD_PERSON_NOT_THERE"
    CARD_WAITS_ALREADY = "CARD_WAITS_ALREADY"
    CARD_NOT_ASKED = "CARD_NOT_ASKED"
    CARD_LINK_REPLACED = "CARD_LINK_REPLACED"
    CARD_LINK_EXPIRED = "CARD_LINK_EXPIRED"
    CARD_LINK_REVOKED = "CARD_LINK_REVOKED"
    CARD_LINK_USED = "CARD_LINK_USED"
    CARD_QUESTION_UNKNOWN = "CARD_QUESTION_UNKNOWN"
    CARD_EMPTY = "CARD_EMPTY"
    CARD_ANSWERS_CHANGED = "CARD_ANSWERS_CHANGED"
    CARD_REMARK_HOLDS_NUMBER = "CARD_REMARK_HOLDS_NUMBER"
    CARD_GOAL_UNANSWERED = "CARD_GOAL_UNANSWERED"
    CARD_NOT_HANDED_IN = "CARD_NOT_HANDED_IN"
    CARD_HANDED_IN_ALREADY = "CARD_HANDED_IN_ALREADY"
    CARD_REVOKED_ALREADY = "CARD_REVOKED_ALREADY"
    CARD_TAKEN_IN_ALREADY = "CARD_TAKEN_IN_ALREADY"
    CARD_SET_ASIDE_ALREADY = "CARD_SET_ASIDE_ALREADY"


@dataclass(frozen=True, slots=True)
class CardFact:
    """One card: its link opens in ``[asked_on, link_until)``, or in none of it from the day it was revoked.

    ``links``: how many links it has had; only the newest opens it. ``set_aside_on``: what was handed in does not count.
    """

    asked_on: date
    link_until: date
    links: int = 1
    revoked_on: date | None = None
    handed_in_on: date | None = None
    taken_in_on: date | None = None
    set_aside_on: date | None = None


def link_until(rules: Rulebook, *, on: date) -> date:
    """The first day on which a link that is made on a day opens nothing: it opens on that day, and on so many after it
    (limit ``card_link``)."""
    return on + timedelta(days=rules.value(Limit.CARD_LINK, "days", on=on) + 1)


def state_on(card: CardFact, *, on: date) -> CardState:
    """What the card is on a date from the day it was asked for."""
    if card.set_aside_on is not None and card.set_aside_on <= on:
        return CardState.SET_ASIDE
    if card.taken_in_on is not None and card.taken_in_on <= on:
        return CardState.TAKEN_IN
    if card.handed_in_on is not None and card.handed_in_on <= on:
        return CardState.HANDED_IN
    if card.revoked_on is not None and card.revoked_on <= on:
        return CardState.REVOKED
    return CardState.WAITING if on < card.link_until else CardState.EXPIRED


def why_not_open(card: CardFact, *, link: int | None, on: date) -> tuple[Refusal, ...]:
    """Why a link does not open the card on a date; ``link``: the number of the link that was followed, None where it
    is none of the card's: then its holder was not asked, and is told nothing of the card."""
    if link is None:
        return (Refusal(CardRefusal.CARD_NOT_ASKED, {}),)
    if card.handed_in_on is not None:
        return (Refusal(CardRefusal.CARD_LINK_USED, {"handed_in_on": card.handed_in_on}),)
    if card.revoked_on is not None and card.revoked_on <= on:
        return (Refusal(CardRefusal.CARD_LINK_REVOKED, {"revoked_on": card.revoked_on}),)
    if link != card.links:
        return (Refusal(CardRefusal.CARD_LINK_REPLACED, {}),)
    if on >= card.link_until:
        return (Refusal(CardRefusal.CARD_LINK_EXPIRED, {"last_day": card.link_until - timedelta(days=1)}),)
    return ()


def why_not_renew(card: CardFact) -> tuple[Refusal, ...]:
    """Why a card gets no new link, and cannot be revoked either: it has been handed in, or revoked."""
    if card.handed_in_on is not None:
        return (Refusal(CardRefusal.CARD_HANDED_IN_ALREADY, {"handed_in_on": card.handed_in_on}),)
    if card.revoked_on is not None:
        return (Refusal(CardRefusal.CARD_REVOKED_ALREADY, {"revoked_on": card.revoked_on}),)
    return ()


def why_not_take_in(card: CardFact) -> tuple[Refusal, ...]:
    """Why its levels do not become evidence, or not again; and why it is not set aside either."""
    if card.set_aside_on is not None:
        return (Refusal(CardRefusal.CARD_SET_ASIDE_ALREADY, {"set_aside_on": card.set_aside_on}),)
    if card.taken_in_on is not None:
        return (Refusal(CardRefusal.CARD_TAKEN_IN_ALREADY, {"taken_in_on": card.taken_in_on}),)
    if card.handed_in_on is None:
        return (Refusal(CardRefusal.CARD_NOT_HANDED_IN, {}),)
    return ()


def is_met(*, least: int | None, level: int, judged: bool) -> bool:
    """Whether a level meets a sub-goal: where a level is demanded, from that level on; where none is, as the caseworker
    judges."""
    return judged if least is None else level >= least
