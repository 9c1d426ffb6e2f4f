"""Promises on every day of a calendar, against a twin that follows them day by day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobpakke.method.commitments import (
    CommitmentFact,
    CommitmentState,
    Moved,
    due_day,
    state_on,
    why_not_move,
    why_not_settle,
)
from jobpakke.packages.models.support import BreakReason
from tests.days import ALL, FIRST, days

D = timedelta(days=1)


@st.composite
def facts(draw: st.DrawFn) -> CommitmentFact:
    """By a day or after a step; perhaps moved, each time to a later day; perhaps settled."""
    waits = draw(st.booleans())
    reached = draw(st.none() | days()) if waits else None
    after = draw(st.integers(0, 10)) if waits else 0
    due = None if waits else draw(days())
    first = due if due is not None else (reached + after * D if reached else None)
    moves: list[Moved] = []
    if first is not None:
        moved_on = reached or FIRST
        last = first
        for _ in range(draw(st.integers(0, 2))):
            moved_on += draw(st.integers(0, 6)) * D
            last += draw(st.integers(1, 8)) * D
            moves.append(Moved(moved_on, last))
    settled, kept = draw(st.none() | days()), draw(st.booleans())
    return CommitmentFact(
        made_on=FIRST,
        due_on=due,
        waits=waits,
        days_after=after,
        reached_on=reached,
        moves=tuple(moves),
        kept_on=settled if kept else None,
        broken_on=None if kept else settled,
    )


def followed(fact: CommitmentFact) -> dict[date, tuple[CommitmentState, date | None]]:
    """The twin: a diary of the calendar, in which each thing that happens is entered on its day."""
    diary: dict[date, tuple[CommitmentState, date | None]] = {}
    due, settled, reached = fact.due_on, None, not fact.waits
    for day in (FIRST + number * D for number in range(120)):
        if fact.waits and fact.reached_on == day:
            reached, due = True, day + fact.days_after * D
        for move in fact.moves:
            if move.moved_on == day:
                due = move.due_on
        settled = {fact.kept_on: CommitmentState.KEPT, fact.broken_on: CommitmentState.BROKEN}.get(day, settled)
        known = due if reached else None
        if settled:
            diary[day] = settled, known
        elif known is None:
            diary[day] = CommitmentState.WAITING, None
        elif known < day:
            diary[day] = CommitmentState.LATE, known
        else:
            soon = (known - day).days <= 7
            diary[day] = CommitmentState.DUE_SOON if soon else CommitmentState.OPEN, known
    return diary


@given(facts())
def test_every_day_is_as_the_diary_has_it(fact: CommitmentFact) -> None:
    diary = followed(fact)
    for day in ALL:
        assert (state_on(fact, on=day), due_day(fact, on=day)) == diary[day], day


@given(facts(), days(), days())
def test_it_is_moved_later_only_while_it_is_open(fact: CommitmentFact, due: date, on: date) -> None:
    was = due_day(fact, on=on)
    free = fact.kept_on is None and fact.broken_on is None and was is not None and due > was and due > on
    assert (why_not_move(fact, due, on=on) == ()) == free


@given(facts(), days())
def test_it_is_settled_once_and_not_before_it_was_made(fact: CommitmentFact, day: date) -> None:
    free = fact.kept_on is None and fact.broken_on is None
    assert (why_not_settle(fact, day) == ()) == free
    assert why_not_settle(fact, FIRST - D)


@pytest.mark.parametrize("state", list(CommitmentState))
def test_no_state_is_called_as_a_code_of_another_list(state: CommitmentState) -> None:
    assert state.value not in BreakReason.values
