"""On which days somebody can be a mentor, against a twin that counts days one by one."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobpakke.lib.names import sort_key
from jobpakke.lib.periods import Period
from jobpakke.method.ladder import StepFact
from jobpakke.method.mentors import (
    MentorFact,
    first_day,
    room_of,
    same_person,
    why_not_mentor,
    why_not_start_with,
)
from jobpakke.method.step_kinds import StepKind
from tests.days import ALL, days

D = timedelta(days=1)
REF = UUID(int=1)


@st.composite
def mentors(draw: st.DrawFn) -> MentorFact:
    """One of three people, perhaps the participant, on some days."""
    starts_on = draw(days())
    ends_on = draw(st.none() | days())
    person = draw(st.sampled_from("abc"))
    return MentorFact(person, person, starts_on, ends_on, draw(st.none() | days()))


def sound(mentor: MentorFact) -> bool:
    return mentor.ends_on is None or mentor.ends_on > mentor.starts_on


@st.composite
def steps(draw: st.DrawFn) -> StepFact:
    """Planned, under way or ended."""
    start = draw(days())
    planned = Period(start, start + draw(st.integers(1, 12)) * D)
    started = draw(st.none() | days())
    ended = draw(st.none() | st.just(started + 2 * D)) if started else None
    return StepFact(REF, StepKind.MENTORING, planned, started_on=started, ended_on=ended)


def there(mentor: MentorFact) -> set[date]:
    return {day for day in ALL if mentor.starts_on <= day and (mentor.ends_on is None or day < mentor.ends_on)}


def room(step: StepFact, on: date) -> set[date]:
    """The planned days; of what has begun those since, and today although the plan said less."""
    planned = {day for day in (*ALL, *(ALL[-1] + n * D for n in range(1, 40))) if step.planned.contains(day)}
    if step.started_on is None:
        return planned
    last = max([*planned, on, step.started_on])
    return {step.started_on + n * D for n in range((last - step.started_on).days + 1)}


@given(mentors(), steps(), st.lists(mentors().filter(sound), max_size=3), days(), st.booleans())
def test_why_not_mentor(mentor: MentorFact, step: StepFact, others: list[MentorFact], on: date, late: bool) -> None:  # noqa: FBT001
    found = {each.code for each in why_not_mentor(mentor, step, others, participant="c", on=on, late=late)}
    if step.ended_on is not None:
        assert found == {"MENTOR_STEP_ENDED"}
    elif mentor.person == "c":
        assert found == {"MENTOR_IS_PARTICIPANT"}
    elif not sound(mentor):
        assert found == {"MENTOR_DATES_REVERSED"}
    else:
        begun, allowed = step.started_on is not None, room(step, on)
        last = mentor.ends_on - D if mentor.ends_on else mentor.starts_on
        twice = any(other.person == mentor.person and there(other) & there(mentor) for other in others)
        confirmed = mentor.confirmed_on
        expected = {
            "MENTOR_OUTSIDE_STEP": mentor.starts_on not in allowed or last not in allowed,
            "MENTOR_TWICE": twice,
            "MENTOR_WITHOUT_CONFIDENTIALITY": begun if confirmed is None else confirmed > mentor.starts_on,
            "MENTOR_LATE_WITHOUT_REASON": begun and mentor.starts_on < on and not late,
        }
        assert found == {code for code, holds in expected.items() if holds}


@given(st.lists(mentors().filter(sound), max_size=3), days())
def test_why_not_start_with(named: list[MentorFact], started_on: date) -> None:
    found = [each.code for each in why_not_start_with(named, participant="c", started_on=started_on)]
    present = [each for each in named if any(day >= started_on for day in there(each))]
    if any(each.person == "c" for each in present):
        assert found == ["MENTOR_IS_PARTICIPANT"]
    else:
        assert found == (["MENTOR_UNCONFIRMED"] if any(each.confirmed_on is None for each in present) else [])


@given(mentors().filter(sound), steps(), days())
def test_a_mentor_begins_not_before_the_step(mentor: MentorFact, step: StepFact, started_on: date) -> None:
    begins = first_day(mentor, step.planned, started_on)
    assert begins >= started_on
    if mentor.confirmed_on is not None and mentor.confirmed_on <= mentor.starts_on:
        assert mentor.confirmed_on <= begins
    if mentor.starts_on > started_on and mentor.starts_on != step.planned.start:
        assert begins == mentor.starts_on


def test_what_runs_over_its_planned_end_has_room_until_today() -> None:
    step = StepFact(REF, StepKind.MENTORING, Period(ALL[0], ALL[3]), started_on=ALL[1])
    assert room_of(step, on=ALL[0]) == Period(ALL[1], ALL[3])
    assert room_of(step, on=ALL[5]) == Period(ALL[1], ALL[6])


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("Asta Testesen", True),
        ("asta  testesen", True),
        ("Testesen, Asta", True),
        ("Frk. Asta Testesen", True),
        ("Asta Maria Testesen", True),
        ("Testesen", False),
        ("Asta Bertelsen", False),
        ("Bo Testesen", False),
    ],
)
def test_a_participant_is_known_by_the_words_of_the_name(name: str, same: bool) -> None:
    participant = "Asta Testesen"
    assert same_person(sort_key(name), sort_key(participant)) is same
    assert same_person(sort_key(participant), sort_key(name)) is same
