"""Days that were recorded wrongly: whether a step may have begun, or been over, on another day, or not at all.

What is corrected must have been allowed on the right day, and what others did because of it must still have been
allowed on theirs. Facts as ``method.ladder`` has them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from enum import StrEnum

from jobpakke.lib.refs import Ref
from jobpakke.lib.refusal import Refusal
from jobpakke.method.ladder import Ending, Ladder, LadderRefusal, Missing, StepFact, missing, unmet


class CorrectionRefusal(StrEnum):
    """Why a recorded day is not corrected or undone."""

    NOT_BEGUN = "NOT_BEGUN"
    NOT_OVER = "NOT_OVER"
    NOTHING_TO_CORRECT = "NOTHING_TO_CORRECT"
    START_AFTER_END = "START_AFTER_END"
    START_AFTER_EVIDENCE = "START_AFTER_EVIDENCE"
    END_BEFORE_START = "END_BEFORE_START"
    END_STANDS_FIRST = "END_STANDS_FIRST"
    EVIDENCE_STANDS_FIRST = "EVIDENCE_STANDS_FIRST"
    FULFILMENT_STANDS_FIRST = "FULFILMENT_STANDS_FIRST"
    FOLLOWER_STANDS_FIRST = "FOLLOWER_STANDS_FIRST"
    NOT_WAIVED = "NOT_WAIVED"
    FOLLOWER_STANDS_ON_WAIVER = "FOLLOWER_STANDS_ON_WAIVER"
    FULFILMENT_STANDS_ON_WAIVER = "FULFILMENT_STANDS_ON_WAIVER"


def why_not_restart(ladder: Ladder, ref: Ref, started_on: date, *, shown_on: date | None) -> tuple[Refusal, ...]:
    """Why the step cannot have begun on the day instead. ``ladder``: of the plan that held on that day; ``shown_on``:
    the day of its first evidence."""
    if ref not in ladder.steps:
        return (Refusal(LadderRefusal.STEP_NOT_IN_PLAN, {"step": ref, "day": started_on}),)
    step = ladder.steps[ref]
    if step.started_on is None:
        return (Refusal(CorrectionRefusal.NOT_BEGUN, {}),)
    found: list[Refusal] = []
    if started_on == step.started_on:
        found.append(Refusal(CorrectionRefusal.NOTHING_TO_CORRECT, {"day": started_on}))
    if step.ended_on is not None and started_on > step.ended_on:
        found.append(Refusal(CorrectionRefusal.START_AFTER_END, {"ended_on": step.ended_on}))
    if shown_on is not None and started_on > shown_on:
        found.append(Refusal(CorrectionRefusal.START_AFTER_EVIDENCE, {"shown_on": shown_on}))
    return (*found, *(lack.refusal for lack in missing(ladder, ref, on=started_on)))


def why_not_reend(step: StepFact, ended_on: date) -> tuple[Refusal, ...]:
    """Why the step cannot have been fulfilled, or ended, as of the day instead."""
    if step.ended_on is None or step.started_on is None:
        return (Refusal(CorrectionRefusal.NOT_OVER, {}),)
    if ended_on == step.ended_on:
        return (Refusal(CorrectionRefusal.NOTHING_TO_CORRECT, {"day": ended_on}),)
    if ended_on < step.started_on:
        return (Refusal(CorrectionRefusal.END_BEFORE_START, {"started_on": step.started_on}),)
    waived = step.waived_on is not None and step.waived_on <= ended_on
    if step.ending is not Ending.FULFILLED or waived:
        return ()
    return tuple(Missing(step.ref, goal).refusal for goal in unmet(step, on=ended_on))


def why_not_unstart(step: StepFact, *, evidence: bool) -> tuple[Refusal, ...]:
    """Why one cannot say that the step never began. ``evidence``: something meets one of its sub-goals."""
    if step.started_on is None:
        return (Refusal(CorrectionRefusal.NOT_BEGUN, {}),)
    if step.ended_on is not None:
        return (Refusal(CorrectionRefusal.END_STANDS_FIRST, {"ended_on": step.ended_on}),)
    if evidence:
        return (Refusal(CorrectionRefusal.EVIDENCE_STANDS_FIRST, {}),)
    return ()


def why_not_unend(step: StepFact) -> tuple[Refusal, ...]:
    """Why one cannot say that the step was never fulfilled, or never ended."""
    return (Refusal(CorrectionRefusal.NOT_OVER, {}),) if step.ended_on is None else ()


def why_not_unmeet(step: StepFact, goal: Ref) -> tuple[Refusal, ...]:
    """Why evidence of a sub-goal cannot be corrected: the step was fulfilled, and would not have met it by that day.

    ``step``: as it stands after the correction.
    """
    day = step.ended_on
    if day is None or step.ending is not Ending.FULFILLED or goal not in unmet(step, on=day):
        return ()
    if step.waived_on is not None and step.waived_on <= day:
        return ()
    return (Refusal(CorrectionRefusal.FULFILMENT_STANDS_FIRST, {"ended_on": day}),)


def reended(step: StepFact, ended_on: date | None) -> StepFact:
    """The step as if it had been over as of the day, or never."""
    return replace(step, ended_on=ended_on, ending=step.ending if ended_on else None)


def why_not_under(ladder: Ladder, corrected: StepFact, follower: StepFact) -> tuple[Refusal, ...]:
    """Whether a step that began stands on what is corrected: its gate was open that day, and would not have been.

    ``ladder``: of the plan that held when the follower began.
    """
    day = follower.started_on
    if day is None or not _opened_by(ladder, corrected, follower, on=day):
        return ()
    return (Refusal(CorrectionRefusal.FOLLOWER_STANDS_FIRST, {"step": follower.ref, "started_on": day}),)


def why_not_unwaive(step: StepFact) -> tuple[Refusal, ...]:
    """Why one cannot take a dispensation back: there is none, or the step was fulfilled without all of its sub-goals
    because of it."""
    if step.waived_on is None:
        return (Refusal(CorrectionRefusal.NOT_WAIVED, {}),)
    day = step.ended_on
    if day is None or step.ending is not Ending.FULFILLED or step.waived_on > day or not unmet(step, on=day):
        return ()
    return (Refusal(CorrectionRefusal.FULFILMENT_STANDS_ON_WAIVER, {"ended_on": day}),)


def why_not_unwaive_under(ladder: Ladder, waived: Ref, follower: Ref, *, on: date) -> tuple[Refusal, ...]:
    """Whether a step that began has its gate open on the day only because of a dispensation; ``ladder``: of the plan
    that held on that day."""
    if waived not in ladder.steps or follower not in ladder.steps:
        return ()
    begun = ladder.steps[follower]
    if begun.started_on is None or not _opened_by(ladder, unwaived(ladder.steps[waived]), begun, on=on):
        return ()
    since = begun.started_on
    return (Refusal(CorrectionRefusal.FOLLOWER_STANDS_ON_WAIVER, {"step": follower, "started_on": since}),)


def unwaived(step: StepFact) -> StepFact:
    """The step as if it had no dispensation."""
    return replace(step, waived_on=None)


def _opened_by(ladder: Ladder, corrected: StepFact, follower: StepFact, *, on: date) -> bool:
    """Whether the gate of a step is open on the day, and would not be if another were as corrected."""
    if corrected.ref not in ladder.steps or follower.ref not in ladder.steps:
        return False
    then = ladder.steps[corrected.ref]
    told = replace(
        then,
        started_on=corrected.started_on,
        ended_on=corrected.ended_on,
        ending=corrected.ending,
        waived_on=corrected.waived_on,
    )
    after = Ladder(told if step.ref == told.ref else step for step in ladder.steps.values())
    return bool(missing(after, follower.ref, on=on)) and not missing(ladder, follower.ref, on=on)
