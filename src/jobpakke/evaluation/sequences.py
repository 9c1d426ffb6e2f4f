"""Sequences of statuses, week by week: who is where, how mixed the weeks are, and the lines of an index plot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import ibis
from ibis import _
from ibis.expr.types import Table

from jobpakke.evaluation.durations import ORDER
from jobpakke.evaluation.faults import refused
from jobpakke.evaluation.faults_curves import CurveFault
from jobpakke.evaluation.lines import NO_STATUS, between, named, on_dates, persons_of
from jobpakke.evaluation.reach import check_days
from jobpakke.evaluation.status_at import order_of, status_at

WEEK = timedelta(days=7)
MOST_WEEKS = 2610
"""Fifty years: more than a working life, and still done within seconds."""


def mondays(start: date, end: date) -> list[date]:
    """The Mondays from start up to, not including, end.

    Refused: OUT_OF_RANGE, DATES_IN_ORDER, when there is none, and TOO_MANY_WEEKS.
    """
    check_days("a date", start, end)
    first = start + timedelta(days=-start.weekday() % 7)
    size = max((end - first).days + 6, 0) // 7
    if not size:
        raise refused(CurveFault.DATES_IN_ORDER, start=start, end=end)
    if size > MOST_WEEKS:
        raise refused(CurveFault.TOO_MANY_WEEKS, weeks=size, most=MOST_WEEKS)
    return [first + WEEK * number for number in range(size)]


def weekly(
    spells: Table,
    *,
    start: date,
    end: date,
    by: str | None = None,
    precedence: Sequence[str] = ORDER,
    default_status: str,
) -> Table:
    """Each person's status on each Monday from start up to, not including, end: person_id, on, group, status.

    The first of ``precedence`` that holds, others in alphabetical order; where nothing holds ``default_status``, in the
    first of the person's groups. Refused: as ``mondays``.
    """
    weeks, known = mondays(start, end), named(spells, by)
    held = on_dates(known, weeks, order=precedence)
    asked = ibis.memtable([(each,) for each in weeks], schema=ibis.schema({"on": "date"}))
    every = persons_of(known).cross_join(asked)
    found = every.left_join(held, ["person_id", "on"], rname="held_{name}")
    return found.select(
        "person_id", "on", group=found.held_group.coalesce(found.group), status=found.status.fill_null(default_status)
    )


def sequences(
    spells: Table,
    *,
    start: date | None = None,
    end: date | None = None,
    by: str | None = None,
    precedence: Sequence[str] = ORDER,
    default_status: str | None = None,
) -> Table:
    """The distribution of statuses week by week, the modal status, and how mixed the week is.

    A week is its Monday, from start up to, not including, end; persons are counted as ``status_at`` says. ``share`` =
    persons / persons of the group that week. ``is_modal``: no status of the group has more persons that week (of equals
    the first in alphabetical order). ``entropy`` = - sum of share x ln(share) / ln(k), with k the number of statuses
    that occur in any week: 0 when all are in one status, 1 when each status has as many; 0 when k is 1 (Gabadinho and
    others 2011, TraMineR's seqstatd).

    Columns: week, group, status, persons, share, is_modal, entropy; only statuses that somebody has that week.
    Without a date it is the first day that the spells tell of, or the day after the last (the latest start or day
    before an end). Refused: DATES_IN_ORDER, NO_PERSONS, OUT_OF_RANGE, TOO_MANY_WEEKS (2,610, fifty years).
    """
    counts = status_at(
        named(spells, by),
        mondays(*_through(spells, start, end)),
        by=["group"],
        precedence=precedence,
        default_status=default_status,
    ).filter(_.persons > 0)
    of_week = ibis.window(group_by=["on", "group"])
    shares = counts.mutate(share=counts.persons.cast("float64") / counts.persons.sum().over(of_week))
    most = ibis.row_number().over(ibis.window(group_by=["on", "group"], order_by=[ibis.desc("persons"), "status"]))
    spread = -(shares.share * shares.share.ln()).sum().over(of_week)
    kinds = counts.agg(kinds=_.status.nunique())
    mixed = shares.mutate(turn=most, spread=spread).cross_join(kinds)
    entropy = ibis.ifelse(
        mixed.kinds > 1, ibis.ifelse(mixed.spread > 0, mixed.spread, 0.0) / mixed.kinds.cast("float64").ln(), 0.0
    )
    return (
        mixed.select("group", "status", "persons", "share", week=mixed.on, is_modal=mixed.turn == 0, entropy=entropy)
        .select("week", "group", "status", "persons", "share", "is_modal", "entropy")
        .order_by("week", "group", "status")
    )


def index_plot(
    spells: Table,
    *,
    start: date | None = None,
    end: date | None = None,
    by: str | None = None,
    precedence: Sequence[str] = ORDER,
    default_status: str = NO_STATUS,
) -> Table:
    """The lines of an index plot: a person a line, alike beside each other, no name on any.

    Lines are ordered by the status of the first week, then of the second, and so on (statuses in order of
    ``precedence``, then of the alphabet), within the group of the first week. ``position`` counts from 1 in each group.
    Consecutive weeks in one status are one row, [start, end), both Mondays.

    Columns: group, position, status, start, end. Without a date: as ``sequences``.
    Refused: DATES_IN_ORDER, OUT_OF_RANGE, TOO_MANY_WEEKS (2,610, fifty years).
    """
    start, end = _through(spells, start, end)
    weeks = mondays(start, end)
    held = weekly(spells, start=start, end=end, by=by, precedence=precedence, default_status=default_status)
    order = order_of(spells, precedence, default_status)
    digits = len(str(len(order)))
    letter = ibis.cases(
        *((held.status == status, str(place).zfill(digits)) for place, status in enumerate(order)), else_=""
    )
    spelled = held.mutate(letter=held.on.cast("string") + letter)  # the date first, so that they sort by week
    words = spelled.group_by("person_id").agg(
        word=spelled.letter.collect().sort().join(""),
        line_group=spelled.group.max(where=spelled.on == weeks[0]),
    )
    turn = ibis.row_number().over(ibis.window(group_by="line_group", order_by=["word", "person_id"]))
    lines = words.mutate(position=turn + 1)
    return _runs(spelled.join(lines, "person_id").select("line_group", "position", "on", "status")).order_by(
        "group", "position", "start"
    )


def _through(spells: Table, start: date | None, end: date | None) -> tuple[date, date]:
    """From start up to, not including, end; without them all days that the spells tell of. Refused: NO_PERSONS."""
    first, last = between(spells, start, end)
    return first, last + timedelta(days=1) if end is None else end


def _runs(weeks: Table) -> Table:
    """Consecutive weeks in one status as one row."""
    along = ibis.window(group_by=["line_group", "position"], order_by="on")
    before = weeks.status.lag().over(along)
    marked = weeks.mutate(is_new=ibis.ifelse(before.isnull() | (before != weeks.status), 1, 0))
    until = ibis.window(group_by=["line_group", "position"], order_by="on", preceding=(None, 0))
    numbered = marked.mutate(run=marked.is_new.sum().over(until))
    runs = numbered.group_by("line_group", "position", "run", "status").agg(start=_.on.min(), last=_.on.max())
    return runs.select(
        "position",
        "status",
        "start",
        group="line_group",
        end=(runs["last"] + ibis.interval(days=7)).cast("date"),
    ).select("group", "position", "status", "start", "end")
