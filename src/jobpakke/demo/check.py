"""The checks of the verbs, made on a whole invented package at once."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from jobpakke.demo.lives import PackageLife, StepLife
from jobpakke.lib.periods import Period
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.method.ladder import (
    Ending,
    Ladder,
    StepFact,
    SubGoalFact,
    why_not_end,
    why_not_fulfil,
    why_not_start,
)
from jobpakke.method.rulebook import Limit, rulebook
from jobpakke.method.rules import RuleRefusal
from jobpakke.method.step_kinds import STEP_KINDS
from jobpakke.packages.services.climb import ClimbRefusal
from jobpakke.packages.services.ending import EndingRefusal
from jobpakke.packages.services.plan.checks import check_evidence_kind, check_planned
from jobpakke.packages.services.writing import WritingRefusal


def check_package(life: PackageLife) -> None:
    """Goes through the package as the verbs would. Raises Refused with their codes."""
    for number, step in enumerate(life.steps):
        check_planned(step.starts_on, step.ends_on, None, rulebook())
        if STEP_KINDS[step.kind].needs_workplace and not step.at_work:
            raise Refused(Refusal(RuleRefusal.WORKPLACE_MISSING, {"step": number}))
        for goal in step.sub_goals:
            check_evidence_kind(step.kind, goal.evidence_kind)
            if goal.met_on and (step.started_on is None or goal.met_on < step.started_on):
                raise Refused(Refusal(ClimbRefusal.EVIDENCE_BEFORE_STEP, {"started_on": step.started_on}))
    facts = [_fact(number, step) for number, step in enumerate(life.steps)]
    Ladder(facts)
    for number, step in enumerate(life.steps):
        _check_days(life, step)
        _check_start(facts, number, step)
        _check_end(facts, number, step)


def asks_ties(life: PackageLife) -> bool:
    """Whether it was declared who is family at the workplace: before a plan with somebody supported is proposed."""
    entries = (
        rulebook().entry(Limit.FAMILY_TIES, on=step.starts_on)
        for step in life.steps
        if STEP_KINDS[step.kind].supported and step.at_work
    )
    return life.proposed and any(entries)


def _check_days(life: PackageLife, step: StepLife) -> None:
    if step.started_on is None:
        return
    opened, ended = life.opened_on, life.ended_on
    if opened is None or step.started_on < opened or (ended is not None and step.started_on >= ended):
        raise Refused(
            Refusal(WritingRefusal.PACKAGE_NOT_OPEN, {"opened_on": opened, "ended_on": ended, "at": step.started_on})
        )
    if ended is not None and (step.ended_on is None or step.ended_on > ended):
        raise Refused(Refusal(EndingRefusal.STEP_STILL_UNDER_WAY, {"steps": 1, "ended_on": ended}))


def _check_start(facts: list[StepFact], number: int, step: StepLife) -> None:
    if step.started_on is None:
        return
    fresh = replace(facts[number], started_on=None, ended_on=None, ending=None, waived_on=None)
    _refuse(why_not_start(_with(facts, number, fresh), fresh.ref, on=step.started_on))


def _check_end(facts: list[StepFact], number: int, step: StepLife) -> None:
    if step.ended_on is None:
        return
    under_way = replace(facts[number], ended_on=None, ending=None)
    ladder = _with(facts, number, under_way)
    why_not = why_not_fulfil if step.ending is Ending.FULFILLED else why_not_end
    _refuse(why_not(ladder, under_way.ref, on=step.ended_on))


def _with(facts: list[StepFact], number: int, fact: StepFact) -> Ladder:
    return Ladder([*facts[:number], fact, *facts[number + 1 :]])


def _refuse(refusals: tuple[Refusal, ...]) -> None:
    if refusals:
        raise Refused(*refusals)


def _fact(number: int, step: StepLife) -> StepFact:
    return StepFact(
        ref=UUID(int=number),
        kind=step.kind,
        planned=Period(step.starts_on, step.ends_on),
        started_on=step.started_on,
        ended_on=step.ended_on,
        ending=step.ending,
        needs=frozenset(UUID(int=need) for need in step.needs),
        sub_goals=tuple(SubGoalFact(UUID(int=index), goal.met_on) for index, goal in enumerate(step.sub_goals)),
        waived_on=step.waived_on,
    )
