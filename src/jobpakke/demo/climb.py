"""Drawing the steps of one invented package over time, so that every gate holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from jobpakke.demo.lives import StepLife, SubGoalLife
from jobpakke.demo.trades import DANISH, TRIAL, Rung, Trade
from jobpakke.method.ladder import Ending
from jobpakke.method.step_kinds import STEP_KINDS, StepKind
from jobpakke.packages.models import EndReason


@dataclass(frozen=True, slots=True)
class Route:
    """How a package goes. ``keep``: a day on which a step is under way; ``idle``: a day on which none is."""

    opened_on: date
    ended_on: date
    reached: bool
    flex: bool = False
    keep: date | None = None
    idle: date | None = None


def climb(rng: Random, trade: Trade, route: Route) -> tuple[StepLife, ...]:
    """The steps from the opening to the end of the package: one after the other, with Danish beside some of them."""
    rungs = (trade.rungs[0], TRIAL) if route.flex else trade.rungs
    spans = _spans(rng, rungs, route)
    steps = [_step(rng, rung, span, number) for number, (rung, span) in enumerate(zip(rungs, spans, strict=True))]
    if not route.reached:
        steps[-1] = _broken(rng, steps[-1])
    if rng.random() < 0.4 and len(steps) > 1 and route.idle is None:
        steps.append(_danish(steps[1]))
    return tuple(steps)


def _spans(rng: Random, rungs: tuple[Rung, ...], route: Route) -> list[tuple[date, date]]:
    whole = (route.ended_on - route.opened_on).days
    weight = sum(rung.share for rung in rungs)
    bounds = [route.opened_on]
    for rung in rungs:
        bounds.append(bounds[-1] + timedelta(days=max(7, int(whole * rung.share / weight))))
    spans = []
    for start, end in zip(bounds, bounds[1:], strict=False):
        pause = timedelta(days=rng.choice((0, 0, 0, 3, 10, 25)))
        begun = start + pause if start != route.opened_on and start + pause < end else start
        spans.append((begun, min(end, route.ended_on)))
    spans[-1] = (spans[-1][0], route.ended_on)
    if route.keep is not None:
        spans = _without_pause_on(spans, route.keep)
    if route.idle is not None:
        spans = _with_pause_on(spans, route.idle)
    return _in_order(spans)


def _in_order(spans: list[tuple[date, date]]) -> list[tuple[date, date]]:
    """No step begins before the one below it has ended."""
    found: list[tuple[date, date]] = []
    for start, end in spans:
        begun = max(start, found[-1][1]) if found else start
        found.append((begun, max(end, begun + timedelta(days=7))))
    return found


def _without_pause_on(spans: list[tuple[date, date]], day: date) -> list[tuple[date, date]]:
    found = spans[:1]
    for start, end in spans[1:]:
        last = found[-1][1]
        found.append((last if last <= day < start else start, end))
    return found


def _with_pause_on(spans: list[tuple[date, date]], day: date) -> list[tuple[date, date]]:
    """The step under way on the day is cut into one that ended before it; the next waits until after it."""
    found = []
    for start, end in spans:
        if end <= day - timedelta(days=20) or start > day + timedelta(days=20):
            found.append((start, end))
        elif start < day - timedelta(days=27):
            found.append((start, day - timedelta(days=20)))
        else:
            begun = max(start, day + timedelta(days=15))
            found.append((begun, max(end, begun + timedelta(days=10))))
    return found


def _step(rng: Random, rung: Rung, span: tuple[date, date], number: int) -> StepLife:
    start, end = span
    slack = timedelta(days=rng.choice((0, 0, 4, 9)))
    met_on = max(start, end - timedelta(days=rng.randrange(1, 6)))
    return StepLife(
        kind=rung.kind,
        title=rung.title,
        starts_on=start,
        ends_on=max(end - slack, start + timedelta(days=1)),
        started_on=start,
        ended_on=end,
        ending=Ending.FULFILLED,
        needs=(number - 1,) if number else (),
        sub_goals=tuple(SubGoalLife(title, kind, met_on) for title, kind in rung.goals),
        at_work=STEP_KINDS[rung.kind].needs_workplace,
    )


def _broken(rng: Random, step: StepLife) -> StepLife:
    reasons = (EndReason.COMPANY_WITHDREW, EndReason.CITIZEN_WITHDREW, EndReason.NOT_REACHED, EndReason.ABSENCE)
    unmet = tuple(replace(goal, met_on=None) for goal in step.sub_goals)
    return replace(step, ending=Ending.UNFULFILLED, end_reason=rng.choice(reasons), sub_goals=unmet)


def _danish(beside: StepLife) -> StepLife:
    return replace(
        beside,
        kind=StepKind.DANISH_EDUCATION,
        title="Danskuddannelse to gange om ugen",
        ending=Ending.FULFILLED,
        end_reason=None,
        sub_goals=tuple(SubGoalLife(title, kind, beside.ended_on) for title, kind in DANISH),
        at_work=False,
    )
