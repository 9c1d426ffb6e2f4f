"""Who moves where: between two dates, into and out of jobs, and back on benefit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import ibis
from ibis import _
from ibis.expr.types import Table

from jobpakke.evaluation.durations import JOBS, ORDER
from jobpakke.evaluation.faults import TableFault, refused
from jobpakke.evaluation.faults_curves import CurveFault
from jobpakke.evaluation.incidence import incidence
from jobpakke.evaluation.lines import NO_STATUS, between, chosen, last_day, named, on_dates, status_after, stretches
from jobpakke.method.status import LabourMarketStatus

BENEFITS = (LabourMarketStatus.CASH_BENEFIT.value,)
DAYS_A_MONTH = 365.25 / 12


def transitions(
    spells: Table,
    *,
    start: date | None = None,
    end: date | None = None,
    by: str | None = None,
    precedence: Sequence[str] = ORDER,
    default_status: str = NO_STATUS,
) -> Table:
    """How many persons went from each status on one date to each status on another.

    A person's status on a date is the first of ``precedence`` that holds (others follow in alphabetical order), else
    ``default_status``. Everybody with a spell that reaches either date counts once, in the group of the status on the
    first date, else on the second.

    Columns: group, from_status, to_status, persons, share (of those in the group with from_status); only moves that
    occur. Without a date it is the first, or the last, day that the spells tell of: the first start, the latest start
    or day before an end. Refused: DATES_IN_ORDER, NO_PERSONS.
    """
    start, end = between(spells, start, end)
    if start >= end:
        raise refused(CurveFault.DATES_IN_ORDER, start=start, end=end)
    held = on_dates(named(spells, by), [start, end], order=precedence)
    then, now = (held.on == start), (held.on == end)
    pairs = held.group_by("person_id").agg(
        first=held.group.max(where=then),
        second=held.group.max(where=now),
        from_status=held.status.max(where=then).fill_null(default_status),
        to_status=held.status.max(where=now).fill_null(default_status),
    )
    moves = pairs.mutate(group=pairs["first"].coalesce(pairs["second"]))
    counted = moves.group_by("group", "from_status", "to_status").agg(persons=_.count())
    whole = counted.persons.sum().over(ibis.window(group_by=["group", "from_status"]))
    shared = counted.mutate(share=counted.persons.cast("float64") / whole)
    return shared.order_by("group", "from_status", "to_status")


def turnover(
    spells: Table,
    *,
    start: date | None = None,
    end: date | None = None,
    statuses: Sequence[str] | None = None,
    by: str | None = None,
    precedence: Sequence[str] = ORDER,
) -> Table:
    """Into and out of jobs (or other statuses) between two dates: at_start + entered - left = at_end, to the unit.

    Counted are unbroken stretches: one holds on a date from its start up to, not including, its end. ``entered``: began
    after the first date, on or before the last; ``left``: the first day without is after the first date, on or before
    the last. One who comes and goes in between counts in both. ``status`` is where they came from (the day before) or
    went (the first day without), by ``precedence``, ``none`` without a spell; empty for those who are there on a date.

    Columns: group, movement (at_start, entered, left, at_end), status, persons. Without a date: as ``transitions``.
    Refused: DATES_IN_ORDER, UNKNOWN_STATUS, NO_PERSONS.
    """
    start, end = between(spells, start, end)
    if start >= end:
        raise refused(CurveFault.DATES_IN_ORDER, start=start, end=end)
    statuses = chosen(spells, statuses, JOBS)
    known = named(spells, by)
    held = stretches(known, statuses)
    held = held.mutate(number=ibis.row_number().over(ibis.window(order_by=["person_id", "start"])))
    others = known.filter(~_.status.isin(list(statuses)))
    entered = held.filter((_.start > start) & (_.start <= end))
    before = entered.mutate(end=entered.start - ibis.interval(days=1))
    left = held.filter((_.end > start) & (_.end <= end))
    parts = [
        _stock(held, start, "at_start"),
        _flow(status_after(others, before.mutate(end=before.end.cast("date")), order=precedence), "entered"),
        _flow(status_after(others, left, order=precedence), "left"),
        _stock(held, end, "at_end"),
    ]
    steps = {name: place for place, name in enumerate(("at_start", "entered", "left", "at_end"))}
    found = ibis.union(*parts)
    place = ibis.cases(*((found.movement == name, number) for name, number in steps.items()), else_=len(steps))
    return found.order_by("group", place, "status")


def _stock(held: Table, on: date, movement: str) -> Table:
    here = ibis.ifelse((held.start <= on) & (held.end.isnull() | (held.end > on)), 1, 0)
    counted = held.group_by("group").agg(persons=here.sum().cast("int64"))
    return counted.select("group", movement=ibis.literal(movement), status=ibis.literal(""), persons="persons")


def _flow(moves: Table, movement: str) -> Table:
    counted = moves.group_by("group", "next_status").agg(persons=_.count())
    return counted.select("group", movement=ibis.literal(movement), status="next_status", persons="persons")


def relapse(
    spells: Table,
    *,
    on: date | None = None,
    months: Sequence[int] = (3, 6, 12),
    clock: str = "end",
    jobs: Sequence[str] | None = None,
    benefits: Sequence[str] | None = None,
    by: str | None = None,
    level: float = 0.95,
) -> Table:
    """The share back on benefit within so many months after their first job ended (``clock="end"``) or began ("start").

    Each person with a job counts once, by the first unbroken stretch in ``jobs`` that began (or, by ``end``, ended) on
    or before ``on``. Back is the first day from then on with a spell of ``benefits`` and none of ``jobs``: benefit
    that supplements a job is no relapse. Who is not back by ``on`` is censored there; the share is 1 - S by
    Kaplan-Meier, with Greenwood's standard error and S's log(-log) interval. Without a day of benefit, out of work
    too, one is not back. A month is 365.25/12 days.

    Without ``on`` it is the last day that the spells tell of.

    Columns: group, months, persons (with such a job), at_risk (still followed then), back, share, se, lower, upper.
    Refused: OUT_OF_RANGE, UNKNOWN_STATUS, TWO_STATUSES, BAD_SHARE, BAD_LEVEL, NO_PERSONS.
    """
    if min(months, default=1) < 1:
        raise refused(TableFault.OUT_OF_RANGE, option="--months", value=min(months), allowed="1 and up")
    on = last_day(spells, on)
    jobs, benefits = chosen(spells, jobs, JOBS), chosen(spells, benefits, BENEFITS)
    both = sorted(set(jobs) & set(benefits))
    if both:
        raise refused(CurveFault.TWO_STATUSES, status=", ".join(both))
    followed = after_first_job(spells, on=on, clock=clock, jobs=jobs, benefits=benefits, by=by)
    at = {month * DAYS_A_MONTH: month for month in sorted(set(months))}
    shares = incidence(followed, cause="any", at=tuple(at), level=level)
    numbers = ibis.memtable(list(at.items()), schema=ibis.schema({"time": "float64", "months": "int64"}))
    sizes = followed.group_by("group").agg(persons=_.count())
    found = shares.join(numbers, "time").join(sizes, "group")
    back = found.events.sum().over(ibis.window(group_by="group", order_by="months", preceding=(None, 0)))
    return found.select(
        "group", "months", "persons", "at_risk", back=back, share="cif", se="se", lower="lower", upper="upper"
    ).order_by("group", "months")


def after_first_job(
    spells: Table,
    *,
    on: date,
    clock: str = "end",
    jobs: Sequence[str],
    benefits: Sequence[str],
    by: str | None = None,
) -> Table:
    """The durations behind ``relapse``: duration in days, event (1 back, 0 censored), group; a row a person."""
    known = named(spells, by)
    held, paid = stretches(known, jobs), stretches(known, benefits)
    origins = held.mutate(origin=held.start if clock == "start" else held.end).filter(_.origin <= on)
    turn = ibis.row_number().over(ibis.window(group_by="person_id", order_by="origin"))
    origins = origins.mutate(turn=turn).filter(_.turn == 0).select("person_id", "group", "origin")
    returns = _returns(held, paid).filter(_.day <= on)
    met = origins.left_join(returns, [origins.person_id == returns.person_id, returns.day >= origins.origin])
    back = met.group_by("person_id", "group", "origin").agg(day=_.day.min())
    return back.select(
        duration=back.day.fill_null(on).delta(back.origin, unit="day").cast("float64"),
        event=ibis.ifelse(back.day.notnull(), 1, 0).cast("int64"),
        group="group",
    )


def _returns(held: Table, paid: Table) -> Table:
    """Days on which benefit begins or goes on alone: it starts outside a job, or a job ends while it runs."""
    works = [held.person_id == paid.person_id, held.start <= paid.start, held.end.isnull() | (held.end > paid.start)]
    started = paid.anti_join(held, works).select("person_id", day="start")
    runs = [paid.person_id == held.person_id, paid.start <= held.end, paid.end.isnull() | (paid.end > held.end)]
    ended = held.filter(_.end.notnull()).semi_join(paid, runs).select("person_id", day="end")
    return started.union(ended)
