"""What the days of a plan's steps mean for each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from jobpakke.lib.periods import Period, subtract
from jobpakke.lib.refs import Ref
from jobpakke.method.ladder import StepFact


@dataclass(frozen=True, slots=True)
class TooEarly:
    """A step planned to begin before a step it needs is planned to end."""

    step: Ref
    needed: Ref
    starts_on: date
    needed_until: date


def too_early(steps: Iterable[StepFact]) -> tuple[TooEarly, ...]:
    """Steps not yet begun whose planned start lies before the end of what they need."""
    by_ref = {step.ref: step for step in steps}
    return tuple(
        TooEarly(step.ref, need.ref, step.planned.start, need.planned.end)
        for step in by_ref.values()
        if step.started_on is None
        for need in (by_ref[ref] for ref in by_ref if ref in step.needs)
        if need.ended_on is None and need.planned.end is not None and step.planned.start < need.planned.end
    )


def span(steps: Iterable[StepFact]) -> Period | None:
    """From the first planned day to the last one's end; None without steps."""
    periods = [step.planned for step in steps]
    ends = [period.end for period in periods if period.end is not None]
    return Period(min(period.start for period in periods), max(ends)) if ends else None


def holes(steps: Iterable[StepFact], *, on: date) -> tuple[Period, ...]:
    """Days from the date on, before the last planned end, on which nothing is planned: pickle jars in the making."""
    laid = tuple(steps)
    whole = span(laid)
    if whole is None or whole.end is None or whole.end <= on:
        return ()
    return tuple(subtract(Period(max(whole.start, on), whole.end), (step.planned for step in laid)))
