"""The staircase: the state of each step on a date, what a gate still lacks, and whether a step may start.

A step's sub-goals must all be met, and the step be fulfilled, before a step that depends on it takes effect; a waiver
lets a gate be passed without that. Facts dated after the asked date are not yet so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from graphlib import CycleError, TopologicalSorter

from jobpakke.lib.periods import Period
from jobpakke.lib.refs import Ref
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.method.step_kinds import StepKind


class Ending(StrEnum):
    """How a step ended."""

    FULFILLED = "fulfilled"
    UNFULFILLED = "unfulfilled"


class StepState(StrEnum):
    """Where a step stands on a date."""

    PLANNED = "planned"
    READY = "ready"
    UNDER_WAY = "under_way"
    FULFILLED = "fulfilled"
    ENDED_UNFULFILLED = "ended_unfulfilled"
    WAIVED = "waived"


class LadderRefusal(StrEnum):
    """What the method refuses of steps. Arguments: ``step`` and ``sub_goal`` are refs, dates are dates."""

    STEP_TWICE = "STEP_TWICE"
    STEP_UNKNOWN = "STEP_UNKNOWN"
    STEP_NOT_IN_PLAN = "STEP_NOT_IN_PLAN"
    STEPS_GO_IN_CIRCLE = "STEPS_GO_IN_CIRCLE"
    STEP_FACTS_CONTRADICT = "STEP_FACTS_CONTRADICT"
    ALREADY_STARTED = "ALREADY_STARTED"
    ALREADY_ENDED = "ALREADY_ENDED"
    STEP_WAIVED = "STEP_WAIVED"
    STEP_NOT_FULFILLED = "STEP_NOT_FULFILLED"
    SUB_GOAL_NOT_MET = "SUB_GOAL_NOT_MET"
    NOT_UNDER_WAY = "NOT_UNDER_WAY"
    WAIVED_ALREADY = "WAIVED_ALREADY"
    NOTHING_TO_WAIVE = "NOTHING_TO_WAIVE"


@dataclass(frozen=True, slots=True)
class SubGoalFact:
    """A sub-goal and the first day on which evidence meets it, if any does."""

    ref: Ref
    met_on: date | None = None


@dataclass(frozen=True, slots=True)
class StepFact:
    """What was agreed of a step (``planned``, ``needs``, ``sub_goals``) and what happened to it."""

    ref: Ref
    kind: StepKind
    planned: Period
    started_on: date | None = None
    ended_on: date | None = None
    ending: Ending | None = None
    needs: frozenset[Ref] = frozenset()
    sub_goals: tuple[SubGoalFact, ...] = ()
    waived_on: date | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """What a gate lacks: a step that is not fulfilled, or one of its sub-goals that is not met."""

    step: Ref
    sub_goal: Ref | None = None

    @property
    def refusal(self) -> Refusal:
        """The same as a refusal."""
        if self.sub_goal is None:
            return Refusal(LadderRefusal.STEP_NOT_FULFILLED, {"step": self.step})
        return Refusal(LadderRefusal.SUB_GOAL_NOT_MET, {"step": self.step, "sub_goal": self.sub_goal})


class Ladder:
    """Steps that form a staircase.

    Raises:
        Refused: STEP_TWICE, STEP_UNKNOWN (a need that is no step here), STEPS_GO_IN_CIRCLE, STEP_FACTS_CONTRADICT
            (ended before or without a start, or an ending without its day).
    """

    def __init__(self, steps: Iterable[StepFact]) -> None:
        ordered = tuple(steps)
        self.steps: Mapping[Ref, StepFact] = {step.ref: step for step in ordered}
        if len(self.steps) != len(ordered):
            raise Refused(Refusal(LadderRefusal.STEP_TWICE))
        for step in ordered:
            _check_facts(step)
            for unknown in step.needs - self.steps.keys():
                raise Refused(Refusal(LadderRefusal.STEP_UNKNOWN, {"step": unknown}))
        try:
            graph = {step.ref: step.needs for step in ordered}
            self.order: tuple[Ref, ...] = tuple(TopologicalSorter(graph).static_order())
        except CycleError as error:
            raise Refused(Refusal(LadderRefusal.STEPS_GO_IN_CIRCLE, {"steps": tuple(error.args[1])})) from error


def levels(ladder: Ladder) -> dict[Ref, int]:
    """The level of each step, 0 at the foot: one above the highest step it needs."""
    found: dict[Ref, int] = {}
    for ref in ladder.order:
        found[ref] = max((found[need] + 1 for need in ladder.steps[ref].needs), default=0)
    return found


def state_on(ladder: Ladder, ref: Ref, *, on: date) -> StepState:
    """The state of a step on a date. Raises KeyError for a step that is not in the staircase."""
    step = ladder.steps[ref]
    ended = _by(step.ended_on, on)
    if ended and step.ending is Ending.FULFILLED:
        return StepState.FULFILLED
    if _by(step.started_on, on) and not ended:
        return StepState.UNDER_WAY
    if _by(step.waived_on, on):
        return StepState.WAIVED
    if ended:
        return StepState.ENDED_UNFULFILLED
    return StepState.PLANNED if missing(ladder, ref, on=on) else StepState.READY


def states_on(ladder: Ladder, *, on: date) -> dict[Ref, StepState]:
    """The state of every step on a date."""
    return {ref: state_on(ladder, ref, on=on) for ref in ladder.steps}


def missing(ladder: Ladder, ref: Ref, *, on: date) -> tuple[Missing, ...]:
    """What the gate before a step lacks on a date, in the order of the staircase; empty when it is open."""
    needs = ladder.steps[ref].needs
    return tuple(lack for need in ladder.order if need in needs for lack in _lacks_of(ladder.steps[need], on=on))


def unmet(step: StepFact, *, on: date) -> tuple[Ref, ...]:
    """The sub-goals of a step that no evidence meets by the date."""
    return tuple(goal.ref for goal in step.sub_goals if not _by(goal.met_on, on))


def why_not_start(ladder: Ladder, ref: Ref, *, on: date) -> tuple[Refusal, ...]:
    """Every reason why the step may not start on the date: its own past, and what its gate lacks; empty when it may."""
    if ref not in ladder.steps:
        return _not_in_plan(ref, on=on)
    return (*_spent(ladder.steps[ref]), *(lack.refusal for lack in missing(ladder, ref, on=on)))


def why_not_fulfil(ladder: Ladder, ref: Ref, *, on: date) -> tuple[Refusal, ...]:
    """Why the step may not be fulfilled as of the date; empty when it may."""
    not_under_way = why_not_end(ladder, ref, on=on)
    if not_under_way or _by((step := ladder.steps[ref]).waived_on, on):
        return not_under_way
    return tuple(Missing(ref, goal).refusal for goal in unmet(step, on=on))


def why_not_end(ladder: Ladder, ref: Ref, *, on: date) -> tuple[Refusal, ...]:
    """Why the step may not be ended as of the date; empty when it may."""
    if ref not in ladder.steps:
        return _not_in_plan(ref, on=on)
    step = ladder.steps[ref]
    if step.ended_on is not None:
        return (Refusal(LadderRefusal.ALREADY_ENDED, {"step": ref, "ended_on": step.ended_on}),)
    if not _by(step.started_on, on):
        return (Refusal(LadderRefusal.NOT_UNDER_WAY, {"step": ref, "started_on": step.started_on}),)
    return ()


def why_not_waive(ladder: Ladder, ref: Ref, *, on: date) -> tuple[Refusal, ...]:
    """Why the gate behind the step may not be waived on the date: it has been, or the step is fulfilled."""
    if ref not in ladder.steps:
        return _not_in_plan(ref, on=on)
    step = ladder.steps[ref]
    if step.waived_on is not None:
        return (Refusal(LadderRefusal.WAIVED_ALREADY, {"step": ref, "waived_on": step.waived_on}),)
    if step.ending is Ending.FULFILLED:
        return (Refusal(LadderRefusal.NOTHING_TO_WAIVE, {"step": ref}),)
    return ()


def _not_in_plan(ref: Ref, *, on: date) -> tuple[Refusal, ...]:
    """The plan that holds on the date has no such step: it was agreed later, or is only drafted."""
    return (Refusal(LadderRefusal.STEP_NOT_IN_PLAN, {"step": ref, "day": on}),)


def _spent(step: StepFact) -> tuple[Refusal, ...]:
    if step.ended_on is not None:
        return (Refusal(LadderRefusal.ALREADY_ENDED, {"step": step.ref, "ended_on": step.ended_on}),)
    if step.started_on is not None:
        return (Refusal(LadderRefusal.ALREADY_STARTED, {"step": step.ref, "started_on": step.started_on}),)
    if step.waived_on is not None:
        return (Refusal(LadderRefusal.STEP_WAIVED, {"step": step.ref, "waived_on": step.waived_on}),)
    return ()


def _lacks_of(step: StepFact, *, on: date) -> tuple[Missing, ...]:
    fulfilled = step.ending is Ending.FULFILLED and _by(step.ended_on, on)
    if fulfilled or _by(step.waived_on, on):
        return ()
    return (*(Missing(step.ref, goal) for goal in unmet(step, on=on)), Missing(step.ref))


def _by(day: date | None, on: date) -> bool:
    return day is not None and day <= on


def _check_facts(step: StepFact) -> None:
    ended_rightly = step.ended_on is None or (step.started_on is not None and step.started_on <= step.ended_on)
    if not ended_rightly or (step.ended_on is None) != (step.ending is None):
        raise Refused(Refusal(LadderRefusal.STEP_FACTS_CONTRADICT, {"step": step.ref}))
