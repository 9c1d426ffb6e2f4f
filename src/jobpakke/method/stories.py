"""A case story: one citizen's case told under a made-up name. It is told while the citizen's consent to its very words
stands, and to no others: new words need a consent of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jobpakke.lib.names import sort_key
from jobpakke.lib.refusal import Refusal
from jobpakke.lib.texts import holds_number, visible


class StoryState(StrEnum):
    """Where a wording stands on a date."""

    DRAFT = "draft"
    AWAITING = "awaiting"
    CONSENTED = "consented"
    WITHDRAWN = "withdrawn"


class StoryRefusal(StrEnum):
    """Why a story was not written, asked about, consented to or taken back."""

    STORY_PACKAGE_NOT_BEGUN = "STORY_PACKAGE_NOT_BEGUN"
    STORY_OF_PROTECTED = "STORY_OF_PROTECTED"
    STORY_NAME_IS_CITIZENS = "STORY_NAME_IS_CITIZENS"
    STORY_TEXT_NAMES_CITIZEN = "STORY_TEXT_NAMES_CITIZEN"
    STORY_HOLDS_NUMBER = "STORY_HOLDS_NUMBER"
    STORY_UNCHANGED = "STORY_UNCHANGED"
    STORY_CHANGED_MEANWHILE = "STORY_CHANGED_MEANWHILE"
    STORY_REPLACED = "STORY_REPLACED"
    STORY_ASKED_ALREADY = "STORY_ASKED_ALREADY"
    STORY_ASKED_BEFORE_WRITTEN = "STORY_ASKED_BEFORE_WRITTEN"
    STORY_CONSENTED_ALREADY = "STORY_CONSENTED_ALREADY"
    STORY_CONSENT_TOO_EARLY = "STORY_CONSENT_TOO_EARLY"
    STORY_NOT_CONSENTED = "STORY_NOT_CONSENTED"
    STORY_WITHDRAWN_BEFORE_GIVEN = "STORY_WITHDRAWN_BEFORE_GIVEN"


@dataclass(frozen=True, slots=True)
class ConsentFact:
    """A yes, from its day up to, not including, the day it was withdrawn."""

    given_on: date
    withdrawn_on: date | None = None

    def stands_on(self, on: date) -> bool:
        """Whether it had been given by the date and not withdrawn."""
        return self.given_on <= on and (self.withdrawn_on is None or on < self.withdrawn_on)


@dataclass(frozen=True, slots=True)
class WordingFact:
    """One wording of a story; ``number`` counts from 1. Of its consents at most one is not withdrawn."""

    number: int
    written_on: date
    asked_on: date | None = None
    consents: tuple[ConsentFact, ...] = ()


def state_of(wording: WordingFact, *, on: date) -> StoryState:
    """Where it stood on a date, from what had happened by then."""
    if any(each.stands_on(on) for each in wording.consents):
        return StoryState.CONSENTED
    if any(each.given_on <= on for each in wording.consents):
        return StoryState.WITHDRAWN
    asked = wording.asked_on is not None and wording.asked_on <= on
    return StoryState.AWAITING if asked else StoryState.DRAFT


def told_in(wordings: Iterable[WordingFact], *, of: date, made_on: date) -> WordingFact | None:
    """The wording that a note of one date, made on another, tells: the newest there is, if its consent stands on the
    day the note is made and it was written by the date of the note. An older wording is never told in its place."""
    newest = max((each for each in wordings if each.written_on <= made_on), key=lambda each: each.number, default=None)
    if newest is None or newest.written_on > of or state_of(newest, on=made_on) is not StoryState.CONSENTED:
        return None
    return newest


def why_not_tell(opened_on: date | None, *, is_protected: bool, on: date) -> tuple[Refusal, ...]:
    """Why a package has no story on a date: it has not begun, or its citizen is protected (unknown is protected)."""
    found = []
    if opened_on is None or opened_on > on:
        found.append(Refusal(StoryRefusal.STORY_PACKAGE_NOT_BEGUN, {}))
    if is_protected:
        found.append(Refusal(StoryRefusal.STORY_OF_PROTECTED, {}))
    return tuple(found)


def why_not_words(told_as: str, text: str, own_names: Sequence[str]) -> tuple[Refusal, ...]:
    """What in a story would tell who it is of: the citizen's own names, or what looks like a CPR number."""
    found = []
    if named := named_in(told_as, own_names):
        found.append(Refusal(StoryRefusal.STORY_NAME_IS_CITIZENS, {"name": named}))
    if named := named_in(text, own_names, capital=True):
        found.append(Refusal(StoryRefusal.STORY_TEXT_NAMES_CITIZEN, {"name": named}))
    if holds_number(told_as) or holds_number(text):
        found.append(Refusal(StoryRefusal.STORY_HOLDS_NUMBER, {}))
    return tuple(found)


def why_not_ask(wording: WordingFact, asked_on: date) -> tuple[Refusal, ...]:
    """Why the citizen is not asked about a wording on a day."""
    if wording.asked_on is not None:
        return (Refusal(StoryRefusal.STORY_ASKED_ALREADY, {"asked_on": wording.asked_on}),)
    if wording.consents:
        return (Refusal(StoryRefusal.STORY_ASKED_ALREADY, {"asked_on": wording.consents[0].given_on}),)
    if asked_on < wording.written_on:
        return (
            Refusal(StoryRefusal.STORY_ASKED_BEFORE_WRITTEN, {"asked_on": asked_on, "written_on": wording.written_on}),
        )
    return ()


def why_not_consent(wording: WordingFact, given_on: date) -> tuple[Refusal, ...]:
    """Why a yes to a wording is not taken: one stands, or it would be older than the words or than the last no."""
    standing = next((each for each in wording.consents if each.withdrawn_on is None), None)
    if standing is not None:
        return (Refusal(StoryRefusal.STORY_CONSENTED_ALREADY, {"given_on": standing.given_on}),)
    earliest = max([wording.written_on, *(each.withdrawn_on for each in wording.consents if each.withdrawn_on)])
    if given_on < earliest:
        return (Refusal(StoryRefusal.STORY_CONSENT_TOO_EARLY, {"given_on": given_on, "earliest": earliest}),)
    return ()


def why_not_withdraw(wording: WordingFact, withdrawn_on: date) -> tuple[Refusal, ...]:
    """Why a consent is not taken back on a day."""
    standing = next((each for each in wording.consents if each.withdrawn_on is None), None)
    if standing is None:
        return (Refusal(StoryRefusal.STORY_NOT_CONSENTED, {}),)
    if withdrawn_on < standing.given_on:
        return (
            Refusal(
                StoryRefusal.STORY_WITHDRAWN_BEFORE_GIVEN,
                {"withdrawn_on": withdrawn_on, "given_on": standing.given_on},
            ),
        )
    return ()


_WORD = re.compile(r"[^\W\d_]+")


def named_in(text: str, names: Sequence[str], *, capital: bool = False) -> str:
    """The first word of the text that is one of the names, as it stands there; empty where there is none.

    Case, accents and a genitive s are looked past, and aa is å. ``capital``: only words with a capital count, so that
    somebody called Holm does not keep the word "holm" out of a text. A name of one letter is an initial, and no name.
    """
    wanted = {sort_key(part) for name in names for part in _WORD.findall(name) if len(part) > 1}
    for word in _WORD.findall(visible(text)):
        folded = sort_key(word)
        if (folded in wanted or folded.removesuffix("s") in wanted) and (not capital or word[:1].isupper()):
            return str(word)
    return ""
