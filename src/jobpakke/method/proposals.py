"""A change of an agreed plan that the citizen or the company wants: what can be asked for, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from jobpakke.lib.periods import Period
from jobpakke.lib.refs import Ref
from jobpakke.lib.refusal import Refusal
from jobpakke.method.ladder import StepFact
from jobpakke.method.parties import Side
from jobpakke.method.week import WeekTime


class Wanted(StrEnum):
    """What can be proposed. The first two are of a step; another task or a stop also of the whole package."""

    EXTEND = "extend_step"
    OTHER_HOURS = "other_hours"
    OTHER_TASK = "other_task"
    STOP = "stop_step"


OF_A_STEP = frozenset({Wanted.EXTEND, Wanted.OTHER_HOURS})
"""What always concerns one step."""


class ProposalState(StrEnum):
    """Where a proposal stands on a date."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    RETRACTED = "retracted"
    REPLACED = "replaced"
    LAPSED = "lapsed"
    """Not answered when the package ended: there is no plan left to change."""


class ProposalRefusal(StrEnum):
    """Why a proposal was not taken, or not answered. Days are dates; ``step`` is a ref."""

    PROPOSAL_BY_MUNICIPALITY = "PROPOSAL_BY_MUNICIPALITY"
    PROPOSAL_WITHOUT_STEP = "PROPOSAL_WITHOUT_STEP"
    PROPOSAL_STEP_NOT_IN_PLAN = "PROPOSAL_STEP_NOT_IN_PLAN"
    PROPOSAL_STEP_ENDED = "PROPOSAL_STEP_ENDED"
    PROPOSAL_NOT_LATER = "PROPOSAL_NOT_LATER"
    PROPOSAL_ENDS_IN_PAST = "PROPOSAL_ENDS_IN_PAST"
    PROPOSAL_SAME_HOURS = "PROPOSAL_SAME_HOURS"
    PROPOSAL_STOP_BEFORE_START = "PROPOSAL_STOP_BEFORE_START"
    PROPOSAL_STOP_IN_PAST = "PROPOSAL_STOP_IN_PAST"
    PROPOSAL_STOP_AFTER_END = "PROPOSAL_STOP_AFTER_END"
    PROPOSAL_ANSWERED_ALREADY = "PROPOSAL_ANSWERED_ALREADY"
    PROPOSAL_ANSWERED_BEFORE_MADE = "PROPOSAL_ANSWERED_BEFORE_MADE"
    PROPOSAL_NEWER_STANDS = "PROPOSAL_NEWER_STANDS"
    PROPOSAL_REJECTED_WITHOUT_REASON = "PROPOSAL_REJECTED_WITHOUT_REASON"
    PROPOSAL_STEP_LEFT_DRAFT = "PROPOSAL_STEP_LEFT_DRAFT"
    PLAN_ASKED_ABOUT = "PLAN_ASKED_ABOUT"


@dataclass(frozen=True, slots=True)
class ProposalFact:
    """What was proposed, by whom and when, and the answer. ``day``: the first day not included (EXTEND, STOP)."""

    ref: Ref
    wanted: Wanted
    party: Side
    made_on: date
    step: Ref | None = None
    day: date | None = None
    answered_on: date | None = None
    answer: ProposalState | None = None
    package_ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the plan in effect says of the step that a proposal concerns."""

    step: StepFact
    weekly_hours: Decimal | None = None
    times: frozenset[WeekTime] = frozenset()


def state_on(fact: ProposalFact, *, on: date) -> ProposalState:
    """Where the proposal stood on a date; an answer given later is not yet so."""
    if fact.answered_on is not None and fact.answered_on <= on and fact.answer is not None:
        return fact.answer
    ended = fact.package_ended_on is not None and fact.package_ended_on <= on
    return ProposalState.LAPSED if ended else ProposalState.WAITING


def waiting(facts: Iterable[ProposalFact], *, on: date) -> tuple[ProposalFact, ...]:
    """The proposals made by the date, not answered by it, in a package that had not ended; the oldest first."""
    open_ = [fact for fact in facts if fact.made_on <= on and state_on(fact, on=on) is ProposalState.WAITING]
    return tuple(sorted(open_, key=lambda fact: (fact.made_on, fact.ref)))


def why_not_propose(
    fact: ProposalFact, about: Agreed | None, *, hours: Decimal | None = None, times: frozenset[WeekTime] = frozenset()
) -> tuple[Refusal, ...]:
    """Every reason why the proposal makes no sense against the plan that holds on the day it is made.

    ``about``: the step it concerns as the plan has it; None when it concerns the whole package (or no step of it).
    """
    found = []
    if fact.party is Side.MUNICIPALITY:
        found.append(Refusal(ProposalRefusal.PROPOSAL_BY_MUNICIPALITY, {}))
    if fact.wanted in OF_A_STEP and fact.step is None:
        found.append(Refusal(ProposalRefusal.PROPOSAL_WITHOUT_STEP, {}))
    elif fact.step is not None and about is None:
        found.append(Refusal(ProposalRefusal.PROPOSAL_STEP_NOT_IN_PLAN, {}))
    elif about is not None and about.step.ended_on is not None:
        found.append(Refusal(ProposalRefusal.PROPOSAL_STEP_ENDED, {"ended_on": about.step.ended_on}))
    elif about is not None and fact.wanted is Wanted.OTHER_HOURS:
        found += _of_hours(about, hours, times)
    elif fact.wanted is Wanted.EXTEND and about is not None and fact.day is not None:
        found += _of_extension(about.step.planned, fact.day, made_on=fact.made_on)
    if fact.wanted is Wanted.STOP and fact.day is not None and not found:
        found += _of_stop(about, fact.day, made_on=fact.made_on)
    return tuple(found)


def _of_hours(about: Agreed, hours: Decimal | None, times: frozenset[WeekTime]) -> list[Refusal]:
    """Hours or times that are not given stay as they are."""
    same_hours, same_times = hours in (None, about.weekly_hours), not times or times == about.times
    return [Refusal(ProposalRefusal.PROPOSAL_SAME_HOURS, {})] if same_hours and same_times else []


def _of_extension(planned: Period, day: date, *, made_on: date) -> list[Refusal]:
    if planned.end is not None and day <= planned.end:
        return [Refusal(ProposalRefusal.PROPOSAL_NOT_LATER, {"ends_on": planned.end})]
    if day <= made_on:
        return [Refusal(ProposalRefusal.PROPOSAL_ENDS_IN_PAST, {"made_on": made_on})]
    return []


def _of_stop(about: Agreed | None, day: date, *, made_on: date) -> list[Refusal]:
    """What has stopped already is recorded as ended, and what has not begun is moved or taken out."""
    if about is not None and (about.step.started_on is None or about.step.started_on > day):
        return [Refusal(ProposalRefusal.PROPOSAL_STOP_BEFORE_START, {"started_on": about.step.started_on})]
    if day < made_on:
        return [Refusal(ProposalRefusal.PROPOSAL_STOP_IN_PAST, {"made_on": made_on})]
    end = about.step.planned.end if about is not None else None
    if end is not None and day >= end > made_on:
        return [Refusal(ProposalRefusal.PROPOSAL_STOP_AFTER_END, {"ends_on": end})]
    return []


def why_not_answer(fact: ProposalFact, answered_on: date) -> tuple[Refusal, ...]:
    """A proposal is answered once, and not before it was made."""
    if fact.answered_on is not None:
        answer = str(fact.answer or "")
        return (
            Refusal(ProposalRefusal.PROPOSAL_ANSWERED_ALREADY, {"answer": answer, "answered_on": fact.answered_on}),
        )
    if answered_on < fact.made_on:
        return (Refusal(ProposalRefusal.PROPOSAL_ANSWERED_BEFORE_MADE, {"made_on": fact.made_on}),)
    return ()


def why_not_replace(older: ProposalFact, newer: ProposalFact) -> tuple[Refusal, ...]:
    """A newer proposal replaces an older one that waits: one told afterwards of an earlier day does not."""
    if newer.made_on < older.made_on:
        return (Refusal(ProposalRefusal.PROPOSAL_NEWER_STANDS, {"made_on": older.made_on}),)
    return ()
