"""What builds on a step, and how it goes along when that step gets other days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from graphlib import TopologicalSorter

from jobpakke.lib.periods import Period
from jobpakke.lib.refs import Ref
from jobpakke.method.ladder import StepFact


def moved_along(steps: Iterable[StepFact], moved: Ref, planned: Period, *, on: date) -> dict[Ref, Period]:
    """New days for the steps that need another, directly or through others, when it gets the days ``planned``.

    They keep their length, and move by as many days as its end does: later as it is, earlier only until what else they
    need has ended, and not to before ``on``. What has begun or ended stays, and so does what builds only on that.
    Steps whose days would stay as they are do not stand in the answer, which is in the order of the staircase.
    """
    by_ref = {step.ref: step for step in steps}
    before = by_ref[moved].planned.end
    if before is None or planned.end is None or planned.end == before:
        return {}
    by = planned.end - before
    days = {ref: step.planned for ref, step in by_ref.items()} | {moved: planned}
    going, found = {moved}, {}
    order = TopologicalSorter({ref: sorted(step.needs & by_ref.keys()) for ref, step in sorted(by_ref.items())})
    for ref in order.static_order():
        step = by_ref[ref]
        if ref == moved or not step.needs & going or step.started_on is not None or step.ended_on is not None:
            continue
        start = step.planned.start + by
        if by < timedelta(0):
            ends = [end for need in step.needs & by_ref.keys() if (end := days[need].end) is not None]
            start = max(start, min(step.planned.start, max([*ends, on])))
        going.add(ref)
        if start != step.planned.start:
            end = step.planned.end
            days[ref] = Period(start, None if end is None else end + (start - step.planned.start))
            found[ref] = days[ref]
    return found
