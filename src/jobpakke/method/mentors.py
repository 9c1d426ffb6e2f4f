"""Mentors: on which days somebody can be one, and whether a step may begin with those it has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jobpakke.lib.periods import Period
from jobpakke.lib.refusal import Refusal
from jobpakke.method.ladder import StepFact


class MentorRefusal(StrEnum):
    """Why a mentor was not named, confirmed, ended or replaced, or a step not started with one. Days are dates."""

    MENTOR_IS_PARTICIPANT = "MENTOR_IS_PARTICIPANT"
    MENTOR_WITHOUT_CONFIDENTIALITY = "MENTOR_WITHOUT_CONFIDENTIALITY"
    MENTOR_DATES_REVERSED = "MENTOR_DATES_REVERSED"
    MENTOR_OUTSIDE_STEP = "MENTOR_OUTSIDE_STEP"
    MENTOR_TWICE = "MENTOR_TWICE"
    MENTOR_LATE_WITHOUT_REASON = "MENTOR_LATE_WITHOUT_REASON"
    MENTOR_STEP_ENDED = "MENTOR_STEP_ENDED"
    MENTOR_ENDED_ALREADY = "MENTOR_ENDED_ALREADY"
    MENTOR_CONFIRMED_ALREADY = "MENTOR_CONFIRMED_ALREADY"
    MENTOR_NOT_CONFIRMED = "MENTOR_NOT_CONFIRMED"
    MENTOR_STEP_BEGUN = "MENTOR_STEP_BEGUN"
    MENTOR_AGREED_STAYS = "MENTOR_AGREED_STAYS"
    MENTOR_NOBODY = "MENTOR_NOBODY"
    MENTOR_UNCONFIRMED = "MENTOR_UNCONFIRMED"


@dataclass(frozen=True, slots=True)
class MentorFact:
    """Somebody as mentor of a step: ``person`` tells people apart, ``name`` is compared with the participant's."""

    person: str
    name: str
    starts_on: date
    ends_on: date | None = None
    confirmed_on: date | None = None


def same_person(name: str, participant: str) -> bool:
    """Whether two names are one person's: all words of the one are in the other, in any order, with titles and middle
    names left out. A single word is only compared as a whole. Both are names as they are sorted (lib.names.sort_key).
    """
    one, other = frozenset(name.split()), frozenset(participant.split())
    fewest = min(len(one), len(other))
    return one == other or (fewest > 1 and (one <= other or other <= one))


def room_of(step: StepFact, *, on: date) -> Period:
    """The days on which a step can have a mentor: its own; what has begun may run over its planned end."""
    if step.started_on is None:
        return step.planned
    end = step.planned.end
    return Period(step.started_on, None if end is None else max(end, max(on, step.started_on) + timedelta(days=1)))


def why_not_mentor(
    mentor: MentorFact,
    step: StepFact,
    others: Iterable[MentorFact],
    *,
    participant: str,
    on: date,
    late: bool,
) -> tuple[Refusal, ...]:
    """Why somebody cannot be the mentor of a step; ``others`` are its mentors, ``late`` that a reason was given.

    Until the step begins the confirmation may wait. After that it comes first, and a first day in the past needs a
    reason.
    """
    if step.ended_on is not None:
        return (Refusal(MentorRefusal.MENTOR_STEP_ENDED, {"ended_on": step.ended_on}),)
    if same_person(mentor.name, participant):
        return (Refusal(MentorRefusal.MENTOR_IS_PARTICIPANT, {}),)
    if mentor.ends_on is not None and mentor.ends_on <= mentor.starts_on:
        return (Refusal(MentorRefusal.MENTOR_DATES_REVERSED, {"start": mentor.starts_on, "end": mentor.ends_on}),)
    return (
        *_outside(mentor, room_of(step, on=on)),
        *_twice(mentor, others),
        *_unconfirmed(mentor, begun=step.started_on is not None),
        *_late(mentor, step, on=on, late=late),
    )


def _outside(mentor: MentorFact, room: Period) -> tuple[Refusal, ...]:
    beyond = room.end is not None and mentor.ends_on is not None and mentor.ends_on > room.end
    if room.contains(mentor.starts_on) and not beyond:
        return ()
    last = room.end - timedelta(days=1) if room.end else None
    return (Refusal(MentorRefusal.MENTOR_OUTSIDE_STEP, {"first": room.start, "last": last}),)


def _twice(mentor: MentorFact, others: Iterable[MentorFact]) -> tuple[Refusal, ...]:
    for other in others:
        if other.person == mentor.person and _days(other).intersect(_days(mentor)) is not None:
            return (Refusal(MentorRefusal.MENTOR_TWICE, {"starts_on": other.starts_on}),)
    return ()


def _days(mentor: MentorFact) -> Period:
    return Period(mentor.starts_on, mentor.ends_on)


def _unconfirmed(mentor: MentorFact, *, begun: bool) -> tuple[Refusal, ...]:
    confirmed, starts_on = mentor.confirmed_on, mentor.starts_on
    if (confirmed is None and not begun) or (confirmed is not None and confirmed <= starts_on):
        return ()
    return (Refusal(MentorRefusal.MENTOR_WITHOUT_CONFIDENTIALITY, {"starts_on": starts_on}),)


def _late(mentor: MentorFact, step: StepFact, *, on: date, late: bool) -> tuple[Refusal, ...]:
    if step.started_on is None or mentor.starts_on >= on or late:
        return ()
    return (Refusal(MentorRefusal.MENTOR_LATE_WITHOUT_REASON, {"starts_on": mentor.starts_on, "today": on}),)


def why_not_start_with(mentors: Iterable[MentorFact], *, participant: str, started_on: date) -> tuple[Refusal, ...]:
    """Why a step may not begin with the mentors named for it: one is the participant, or has not confirmed
    confidentiality. Who would be over by that day is nobody's mentor.
    """
    there = [each for each in mentors if each.ends_on is None or each.ends_on > started_on]
    if any(same_person(each.name, participant) for each in there):
        return (Refusal(MentorRefusal.MENTOR_IS_PARTICIPANT, {}),)
    silent = sum(each.confirmed_on is None for each in there)
    return (Refusal(MentorRefusal.MENTOR_UNCONFIRMED, {"mentors": silent}),) if silent else ()


def first_day(mentor: MentorFact, planned: Period, started_on: date) -> date:
    """The mentor's first day when the step begins: not before it; and with it, for whom was to begin with it."""
    starts, confirmed = mentor.starts_on, mentor.confirmed_on
    with_it = starts == planned.start and confirmed is not None and confirmed <= started_on
    return started_on if starts < started_on or with_it else starts
