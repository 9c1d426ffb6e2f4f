"""What may be proposed and which proposals wait, against a twin in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobpakke.lib.periods import Period
from jobpakke.method.agreement import Voice
from jobpakke.method.changes import EFFECTS, TOLD, Beside, Effect, Field, still_to_tell
from jobpakke.method.ladder import Ending, StepFact
from jobpakke.method.parties import Side
from jobpakke.method.proposals import (
    Agreed,
    ProposalFact,
    ProposalState,
    Wanted,
    state_on,
    waiting,
    why_not_answer,
    why_not_propose,
    why_not_replace,
)
from jobpakke.method.step_kinds import StepKind
from jobpakke.packages.models import AnswerChoice, Party, WantedChoice
from tests.days import ALL, FIRST, days

D = timedelta(days=1)
STEP = UUID(int=1)
DERIVED = {ProposalState.WAITING, ProposalState.LAPSED}
refs = st.integers(1, 5).map(lambda number: UUID(int=number))
answers = st.sampled_from([state for state in ProposalState if state not in DERIVED])


@st.composite
def proposals(draw: st.DrawFn) -> ProposalFact:
    wanted = draw(st.sampled_from(Wanted))
    answered = draw(st.none() | days())
    return ProposalFact(
        ref=draw(refs),
        wanted=wanted,
        party=draw(st.sampled_from(Side)),
        made_on=draw(days()),
        step=draw(st.none() | st.just(STEP)),
        day=draw(days()) if wanted in (Wanted.EXTEND, Wanted.STOP) else None,
        answered_on=answered,
        answer=draw(answers) if answered else None,
        package_ended_on=draw(st.none() | days()),
    )


@st.composite
def agreements(draw: st.DrawFn) -> Agreed:
    start = draw(days())
    started = draw(st.none() | days())
    ended = draw(st.none() | st.integers(0, 9)) if started else None
    step = StepFact(
        ref=STEP,
        kind=StepKind.INTERNSHIP,
        planned=Period(start, start + draw(st.integers(1, 20)) * D),
        started_on=started,
        ended_on=started + ended * D if started and ended is not None else None,
        ending=Ending.FULFILLED if ended is not None else None,
    )
    return Agreed(step, draw(st.none() | st.just(Decimal(20))))


def codes(fact: ProposalFact, about: Agreed | None, hours: Decimal | None) -> set[str]:
    """The twin: whose it is, of which step, and then each kind by its own words."""
    found = {"PROPOSAL_BY_MUNICIPALITY"} if fact.party is Side.MUNICIPALITY else set()
    placed = misplaced(fact, about)
    if placed:
        return found | {placed}
    if fact.wanted is Wanted.STOP:
        return found or set(stopping(fact, about))
    same = fact.wanted is Wanted.OTHER_HOURS and about is not None and hours in (None, about.weekly_hours)
    return found | ({"PROPOSAL_SAME_HOURS"} if same else set()) | set(lasting(fact, about))


def misplaced(fact: ProposalFact, about: Agreed | None) -> str | None:
    if fact.step is None:
        return "PROPOSAL_WITHOUT_STEP" if fact.wanted in (Wanted.EXTEND, Wanted.OTHER_HOURS) else None
    if about is None:
        return "PROPOSAL_STEP_NOT_IN_PLAN"
    return "PROPOSAL_STEP_ENDED" if about.step.ended_on else None


def lasting(fact: ProposalFact, about: Agreed | None) -> Iterator[str]:
    if fact.wanted is not Wanted.EXTEND or about is None or fact.day is None or about.step.planned.end is None:
        return
    if fact.day <= about.step.planned.end:
        yield "PROPOSAL_NOT_LATER"
    elif fact.day <= fact.made_on:
        yield "PROPOSAL_ENDS_IN_PAST"


def stopping(fact: ProposalFact, about: Agreed | None) -> Iterator[str]:
    last = fact.day or FIRST
    begun = about.step.started_on if about else FIRST
    end = about.step.planned.end if about else None
    if begun is None or begun > last:
        yield "PROPOSAL_STOP_BEFORE_START"
    elif last < fact.made_on:
        yield "PROPOSAL_STOP_IN_PAST"
    elif end and fact.made_on < end <= last:
        yield "PROPOSAL_STOP_AFTER_END"


@given(proposals(), st.none() | agreements(), st.none() | st.sampled_from([Decimal(20), Decimal(30)]))
def test_every_reason_against_it_is_found(fact: ProposalFact, about: Agreed | None, hours: Decimal | None) -> None:
    known = about if fact.step is not None else None
    assert {str(each.code) for each in why_not_propose(fact, known, hours=hours)} == codes(fact, known, hours)


@given(st.lists(proposals(), max_size=6))
def test_what_waits_on_a_day_was_made_by_it_and_answered_after_it(facts: list[ProposalFact]) -> None:
    for day in ALL:
        found = waiting(facts, on=day)
        expected = [
            fact
            for fact in facts
            if fact.made_on <= day
            and (fact.answered_on is None or day < fact.answered_on)
            and (fact.package_ended_on is None or day < fact.package_ended_on)
        ]
        assert sorted(found, key=id) == sorted(expected, key=id)
        assert [fact.made_on for fact in found] == sorted(fact.made_on for fact in found)
        assert all(state_on(fact, on=day) is ProposalState.WAITING for fact in found)


@given(proposals(), proposals(), days())
def test_it_is_answered_once_and_replaced_by_a_newer_one_only(
    older: ProposalFact, newer: ProposalFact, day: date
) -> None:
    assert (why_not_answer(older, day) == ()) == (older.answered_on is None and day >= older.made_on)
    assert (why_not_replace(older, newer) == ()) == (newer.made_on >= older.made_on)


def test_the_choices_of_the_database_are_those_of_the_method() -> None:
    assert set(WantedChoice.values) == {each.value for each in Wanted}
    assert set(AnswerChoice.values) == {each.value for each in ProposalState} - {each.value for each in DERIVED}
    assert set(Party.values) == {each.value for each in Side}


companies = st.sets(st.none() | refs, min_size=1, max_size=3)
voices = st.builds(Voice, st.sampled_from(Side), st.none()) | st.builds(Voice, st.just(Side.COMPANY), refs)
changes = st.builds(
    Beside,
    event=refs,
    field=st.sampled_from(sorted(TOLD)),
    day=days(),
    by=st.none() | st.sampled_from(Side),
    known=st.booleans(),
    company=st.none() | refs,
)


@given(
    st.lists(changes, max_size=5, unique_by=lambda each: each.event),
    st.sets(st.tuples(refs, voices), max_size=6),
    companies,
    days(),
    days(),
)
def test_still_to_be_told_is_what_each_party_has_not_heard(
    beside: list[Beside], told: set[tuple[UUID, Voice]], named: set[UUID | None], since: date, on: date
) -> None:
    left = still_to_tell(beside, told, since=since, on=on, companies=named)
    found = {(each.change.event, each.voice) for each in left}
    assert len(found) == len(left)
    everybody = {Voice(side) for side in Side} | {Voice(Side.COMPANY, ref) for ref in named}
    everybody |= {Voice(Side.COMPANY, change.company) for change in beside}
    for change in beside:
        for voice in everybody:
            whose = [ref for ref in named if change.company in (None, ref)]
            mine = change.by is voice.side and (voice.side is not Side.COMPANY or len(whose) == 1)
            concerned = voice.side is not Side.COMPANY or (
                voice.company in named and change.company in (None, voice.company)
            )
            if change.field is Field.COMPANY_LEFT:
                mine, concerned = False, voice.company == change.company
            hears = voice.side in TOLD[change.field] and not mine and concerned
            new = not change.known if change.day == since else change.day > since
            heard = any(event == change.event and who in (voice, Voice(voice.side)) for event, who in told)
            assert ((change.event, voice) in found) == (hears and new and change.day <= on and not heard)


@pytest.mark.parametrize("field", list(Field))
def test_only_what_is_told_has_somebody_to_be_told(field: Field) -> None:
    assert (field in TOLD) == (EFFECTS[field] in (Effect.NOTIFY, Effect.ACKNOWLEDGE))
    assert Side.MUNICIPALITY not in TOLD.get(field, frozenset())
