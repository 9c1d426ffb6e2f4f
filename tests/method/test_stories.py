"""A story is told by its newest wording while a consent to it stands; it names nobody and holds no number."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobpakke.lib.texts import holds_number
from jobpakke.method.stories import (
    ConsentFact,
    StoryState,
    WordingFact,
    named_in,
    state_of,
    told_in,
    why_not_ask,
    why_not_consent,
    why_not_tell,
    why_not_withdraw,
    why_not_words,
)

START = date(2026, 1, 1)
days = st.integers(0, 12).map(lambda number: START + timedelta(days=number))


@st.composite
def wordings(draw: st.DrawFn) -> list[WordingFact]:
    """Wordings as verbs can make them: later numbers are not written earlier; each consent after the last no."""
    found, written = [], START
    for number in range(1, draw(st.integers(0, 3)) + 1):
        written = written + timedelta(days=draw(st.integers(0, 4)))
        asked = written + timedelta(days=draw(st.integers(0, 3))) if draw(st.booleans()) else None
        consents, day = [], written
        for last in [False] * draw(st.integers(0, 2)) + [True] * draw(st.integers(0, 1)):
            day += timedelta(days=draw(st.integers(0, 3)))
            until = None if last else day + timedelta(days=draw(st.integers(0, 3)))
            consents.append(ConsentFact(day, until))
            day = until or day
        found.append(WordingFact(number, written, asked, tuple(consents)))
    return found


def lived(wording: WordingFact, on: date) -> StoryState:
    """The same, by living through the days one at a time."""
    state = StoryState.DRAFT
    for number in range((on - START).days + 1):
        day = START + timedelta(days=number)
        if wording.asked_on == day and state is StoryState.DRAFT:
            state = StoryState.AWAITING
        for consent in wording.consents:
            if consent.given_on == day:
                state = StoryState.CONSENTED
            if consent.withdrawn_on == day:
                state = StoryState.WITHDRAWN
    return state


@given(wordings(), days)
def test_the_state_is_what_living_through_the_days_gives(told: list[WordingFact], on: date) -> None:
    for wording in told:
        if wording.written_on <= on:
            assert state_of(wording, on=on) is lived(wording, on)


@given(wordings(), days, days)
def test_only_the_newest_wording_is_told_and_only_while_the_yes_stands(
    told: list[WordingFact], of: date, made_on: date
) -> None:
    newest = None
    for wording in told:
        if wording.written_on <= made_on:
            newest = wording
    expected = newest
    if newest is not None and (newest.written_on > of or lived(newest, made_on) is not StoryState.CONSENTED):
        expected = None
    assert told_in(reversed(told), of=of, made_on=made_on) == expected


def test_a_package_that_has_not_begun_and_a_protected_citizen_have_no_story() -> None:
    assert why_not_tell(START, is_protected=False, on=START) == ()
    for opened_on in (None, START + timedelta(days=1)):
        found = why_not_tell(opened_on, is_protected=True, on=START)
        assert [each.code for each in found] == ["STORY_PACKAGE_NOT_BEGUN", "STORY_OF_PROTECTED"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bukurije", "Bukurije"),
        ("BUKURIJE", "BUKURIJE"),
        ("en historie om Bukurijes vej", "Bukurijes"),
        ("fru Al-Tai", "Al"),
        ("Buku\u00adrije", "Bukurije"),
        ("René", "René"),
        ("Renes", "Renes"),
        ("bukurije", ""),
        ("Hun bor ved en holm", ""),
        ("Bukurijesen", ""),
        ("A er et bogstav", ""),
        ("", ""),
    ],
)
def test_own_names_are_found_in_a_text(text: str, expected: str) -> None:
    assert named_in(text, ("Bukurije A", "Al-Tai Holm Rene"), capital=True) == expected


def test_a_name_to_be_told_under_is_refused_in_any_case() -> None:
    assert named_in("bukurije", ("Bukurije",)) == "bukurije"
    assert named_in("Vjosa", ("Bukurije", "Lekaj")) == ""
    assert [each.code for each in why_not_words("lekaj", "Da Lekaj 010170-1234 kom", ("Bukurije", "Lekaj"))] == [
        "STORY_NAME_IS_CITIZENS",
        "STORY_TEXT_NAMES_CITIZEN",
        "STORY_HOLDS_NUMBER",
    ]
    assert why_not_words("Vjosa", "Hun begyndte i 2008-2009 med 18 timer.", ("Bukurije", "Lekaj")) == ()


separators = st.sampled_from(["", " ", "-", ".", "/"])


@given(
    st.text("0123456789", min_size=10, max_size=10),
    separators,
    separators,
    st.sampled_from(["", "-", " ", " - ", "–", "\u200b"]),  # noqa: RUF001  # as people type it
    st.sampled_from(["", "Født ", "nr.:"]),
)
def test_a_number_is_found_however_it_is_set_apart(
    number: str, first: str, second: str, third: str, before: str
) -> None:
    text = f"{before}{number[:2]}{first}{number[2:4]}{second}{number[4:6]}{third}{number[6:]} ."
    assert holds_number(text)


@pytest.mark.parametrize(
    "text", ["2008-2009", "18 timer, 37 uger", "12345678", "1. juni 2009", "12345678901", "70 10 00 00"]
)
def test_other_numbers_may_stand(text: str) -> None:
    assert not holds_number(text)


def codes(found: tuple[object, ...]) -> list[str]:
    return [str(getattr(each, "code", "")) for each in found]


def test_what_follows_upon_what() -> None:
    day = START + timedelta(days=5)
    early, late = day - timedelta(days=1), day + timedelta(days=3)
    fresh = WordingFact(1, day)
    assert codes(why_not_ask(fresh, day)) == codes(why_not_consent(fresh, day)) == []
    assert codes(why_not_ask(fresh, early)) == ["STORY_ASKED_BEFORE_WRITTEN"]
    assert codes(why_not_consent(fresh, early)) == ["STORY_CONSENT_TOO_EARLY"]
    assert codes(why_not_withdraw(fresh, day)) == ["STORY_NOT_CONSENTED"]
    asked = WordingFact(1, day, day)
    assert codes(why_not_ask(asked, late)) == ["STORY_ASKED_ALREADY"]
    consented = WordingFact(1, day, None, (ConsentFact(day),))
    assert codes(why_not_ask(consented, late)) == ["STORY_ASKED_ALREADY"]
    assert codes(why_not_consent(consented, late)) == ["STORY_CONSENTED_ALREADY"]
    assert codes(why_not_withdraw(consented, early)) == ["STORY_WITHDRAWN_BEFORE_GIVEN"]
    assert codes(why_not_withdraw(consented, day)) == []
    withdrawn = WordingFact(1, day, None, (ConsentFact(day, late),))
    assert codes(why_not_withdraw(withdrawn, late)) == ["STORY_NOT_CONSENTED"]
    assert codes(why_not_consent(withdrawn, day)) == ["STORY_CONSENT_TOO_EARLY"]
    assert codes(why_not_consent(withdrawn, late)) == []
