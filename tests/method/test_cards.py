"""Competence cards: what one is on a date and what its link opens, against twins that go through the days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobpakke.method.cards import (
    CardFact,
    CardState,
    is_met,
    state_on,
    why_not_open,
    why_not_renew,
    why_not_take_in,
)

ASKED = date(2026, 3, 2)


def day(number: int) -> date:
    return ASKED + timedelta(days=number)


@st.composite
def cards(draw: st.DrawFn) -> CardFact:
    """One that can have come about: revoked or handed in, never both; taken in only after that."""
    after = st.integers(0, 20)
    handed = draw(st.none() | after)
    revoked = draw(st.none() | after) if handed is None else None
    taken = draw(st.none() | st.integers(handed, 25)) if handed is not None else None
    aside = draw(st.booleans())
    return CardFact(
        ASKED,
        day(draw(st.integers(1, 20))),
        draw(st.integers(1, 3)),
        None if revoked is None else day(revoked),
        None if handed is None else day(handed),
        None if taken is None or aside else day(taken),
        day(taken) if taken is not None and aside else None,
    )


def walked(card: CardFact, on: date) -> CardState:
    """Day by day from the asking, each day as something happens on it."""
    state, here = CardState.WAITING, ASKED
    while here <= on:
        if here == card.link_until and state is CardState.WAITING:
            state = CardState.EXPIRED
        if here == card.revoked_on:
            state = CardState.REVOKED
        if here == card.handed_in_on:
            state = CardState.HANDED_IN
        if here == card.taken_in_on:
            state = CardState.TAKEN_IN
        if here == card.set_aside_on:
            state = CardState.SET_ASIDE
        here += timedelta(days=1)
    return state


@given(cards(), st.integers(0, 30))
def test_what_a_card_is_follows_from_what_happened_until_then(card: CardFact, number: int) -> None:
    assert state_on(card, on=day(number)) is walked(card, day(number))


@given(cards(), st.integers(0, 30), st.none() | st.integers(1, 3))
def test_only_the_newest_link_opens_and_only_while_the_card_waits(
    card: CardFact, number: int, link: int | None
) -> None:
    on = day(number)
    opens = why_not_open(card, link=link, on=on) == ()
    waits = walked(card, on) is CardState.WAITING and card.handed_in_on is None
    assert opens == (waits and link == card.links)
    if link is None:
        assert [each.code for each in why_not_open(card, link=None, on=on)] == ["CARD_NOT_ASKED"]


@given(cards())
def test_a_card_is_renewed_and_revoked_until_something_has_come_of_it_and_taken_in_once(card: CardFact) -> None:
    untouched = card.handed_in_on is None and card.revoked_on is None
    assert (why_not_renew(card) == ()) == untouched
    open_still = card.taken_in_on is None and card.set_aside_on is None
    assert (why_not_take_in(card) == ()) == (card.handed_in_on is not None and open_still)


@pytest.mark.parametrize(
    ("number", "code"), [(13, None), (14, None), (15, "CARD_LINK_EXPIRED"), (16, "CARD_LINK_EXPIRED")]
)
def test_a_link_opens_until_and_including_its_last_day(number: int, code: str | None) -> None:
    found = why_not_open(CardFact(ASKED, day(15)), link=1, on=day(number))
    assert [each.code for each in found] == ([code] if code else [])
    if code:
        assert found[0].args == {"last_day": day(14)}


@given(st.none() | st.integers(1, 5), st.integers(1, 5), st.booleans())
def test_a_goal_is_met_from_its_level_on_else_as_it_is_judged(least: int | None, level: int, judged: bool) -> None:
    expected = judged if least is None else level in range(least, 6)
    assert is_met(least=least, level=level, judged=judged) is expected
