"""Changing the steps of a ready-made staircase: each takes all steps and gives them back, needs renumbered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum

from jobpakke.lib.names import sort_key
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.method.evidence import why_not_ask
from jobpakke.method.lengths import most_steps
from jobpakke.method.rulebook import Rulebook
from jobpakke.method.step_kinds import STEP_KINDS
from jobpakke.method.week import most_hours
from jobpakke.packages.ready_made import ReadyStep

Steps = tuple[ReadyStep, ...]
MOST_WEEKS = 260


class ShapingRefusal(StrEnum):
    """Why the steps of a ready-made staircase were not changed."""

    READY_STEP_NEEDED = "READY_STEP_NEEDED"
    READY_STEP_NOT_THERE = "READY_STEP_NOT_THERE"
    READY_STEPS_TOO_MANY = "READY_STEPS_TOO_MANY"
    READY_STEP_BEFORE_ITS_NEEDS = "READY_STEP_BEFORE_ITS_NEEDS"
    READY_STEP_WEEKS = "READY_STEP_WEEKS"
    READY_STEP_HOURS = "READY_STEP_HOURS"
    READY_STEP_EVIDENCE = "READY_STEP_EVIDENCE"
    READY_SUB_GOAL_TWICE = "READY_SUB_GOAL_TWICE"


def added(steps: Steps, step: ReadyStep) -> Steps:
    """With one more, at the end."""
    return (*steps, step)


def changed(steps: Steps, number: int, step: ReadyStep) -> Steps:
    """With another step in the place of one. Raises Refused (READY_STEP_NOT_THERE)."""
    _at(steps, number)
    return (*steps[:number], step, *steps[number + 1 :])


def removed(steps: Steps, number: int) -> Steps:
    """Without one that no other needs. Raises Refused (READY_STEP_NOT_THERE, READY_STEP_NEEDED with by: titles)."""
    _at(steps, number)
    needing = tuple(step.title for step in steps if number in step.needs)
    if needing:
        raise Refused(Refusal(ShapingRefusal.READY_STEP_NEEDED, {"by": needing}))
    order = [index for index in range(len(steps)) if index != number]
    return _reordered(steps, order)


def duplicated(steps: Steps, number: int) -> Steps:
    """With a step like one right after it, and needing the same. Raises Refused, as changed."""
    twin = _at(steps, number)
    apart = tuple(
        replace(step, needs=tuple(need if need <= number else need + 1 for need in step.needs)) for step in steps
    )
    return (*apart[: number + 1], twin, *apart[number + 1 :])


def moved(steps: Steps, number: int, *, up: bool) -> Steps:
    """With a step one place up or down; at the end nothing changes. Raises Refused (READY_STEP_NOT_THERE)."""
    _at(steps, number)
    other = number - 1 if up else number + 1
    if not 0 <= other < len(steps):
        return steps
    order = list(range(len(steps)))
    order[number], order[other] = order[other], order[number]
    return _reordered(steps, order)


def check_steps(steps: Steps, rules: Rulebook, *, on: date) -> Steps:
    """What must hold on a day, by the rules of its municipality, of every staircase that is kept; gives it back.

    Raises:
        Refused: READY_STEPS_TOO_MANY (most), and of each step READY_STEP_BEFORE_ITS_NEEDS, READY_STEP_WEEKS (most),
            READY_STEP_HOURS (most), READY_STEP_EVIDENCE, READY_SUB_GOAL_TWICE, all with step: its title; and the codes
            of why_not_ask.
    """
    most = most_steps(rules, on=on)
    if len(steps) > most:
        raise Refused(Refusal(ShapingRefusal.READY_STEPS_TOO_MANY, {"most": most}))
    found = tuple(_faults(steps, hours=most_hours(rules, on=on)))
    if found:
        raise Refused(*found)
    return steps


def _faults(steps: Iterable[ReadyStep], *, hours: int) -> Iterable[Refusal]:
    for number, step in enumerate(steps):
        if any(not 0 <= need < number for need in step.needs):
            yield Refusal(ShapingRefusal.READY_STEP_BEFORE_ITS_NEEDS, {"step": step.title})
        if not 1 <= step.weeks <= MOST_WEEKS:
            yield Refusal(ShapingRefusal.READY_STEP_WEEKS, {"step": step.title, "most": MOST_WEEKS})
        if step.hours is not None and not 0 < step.hours <= hours:
            yield Refusal(ShapingRefusal.READY_STEP_HOURS, {"step": step.title, "most": hours})
        if any(goal.evidence not in STEP_KINDS[step.kind].evidence_kinds for goal in step.sub_goals):
            yield Refusal(ShapingRefusal.READY_STEP_EVIDENCE, {"step": step.title})
        for goal in step.sub_goals:
            yield from why_not_ask(goal.evidence, goal.demand)
        titles = [sort_key(goal.title) for goal in step.sub_goals]
        if len(set(titles)) < len(titles):
            yield Refusal(ShapingRefusal.READY_SUB_GOAL_TWICE, {"step": step.title})


def _reordered(steps: Steps, order: Sequence[int]) -> Steps:
    new = {old: number for number, old in enumerate(order)}
    return tuple(replace(steps[old], needs=tuple(sorted(new[need] for need in steps[old].needs))) for old in order)


def _at(steps: Steps, number: int) -> ReadyStep:
    if not 0 <= number < len(steps):
        raise Refused(Refusal(ShapingRefusal.READY_STEP_NOT_THERE, {}))
    return steps[number]
