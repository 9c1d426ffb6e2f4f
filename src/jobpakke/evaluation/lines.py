"""What a person's spells say together: unbroken stretches, and the one status on a date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import ibis
from ibis import _
from ibis.expr.types import StringColumn, StringValue, Table

from jobpakke.evaluation.faults import refused
from jobpakke.evaluation.faults_curves import CurveFault
from jobpakke.evaluation.merging import numbered
from jobpakke.evaluation.reach import EARLIEST, FOR_EVER, LATEST

EVERYONE = "all"
NO_STATUS = "none"
"""What a person without any spell on a date has, where nothing else was asked for."""


def days_in(spells: Table) -> tuple[date, date]:
    """The first and the last day that the spells tell of: the first start, and the latest of the starts and of the days
    before an end. Days outside 1900 to 2199 are "always" and "for ever", and tell nothing. Refused: NO_PERSONS."""
    start, end = spells.start, spells.end
    row = (
        spells.agg(
            first=start.min(where=start >= EARLIEST),
            begun=start.max(where=start <= LATEST),
            ended=end.max(where=end <= LATEST),
        )
        .to_pyarrow()
        .to_pylist()[0]
    )
    if row["first"] is None or row["begun"] is None:
        raise refused(CurveFault.NO_PERSONS)
    last = row["begun"] if row["ended"] is None else max(row["begun"], row["ended"] - timedelta(days=1))
    return row["first"], last


def last_day(spells: Table, on: date | None) -> date:
    """The day, else the last that the spells tell of. Refused: NO_PERSONS."""
    return on or days_in(spells)[1]


def between(spells: Table, start: date | None, end: date | None) -> tuple[date, date]:
    """The two days, each else the first, or the last, that the spells tell of. Refused: NO_PERSONS."""
    if start is not None and end is not None:
        return start, end
    first, last = days_in(spells)
    return start or first, end or last


def named(spells: Table, by: str | None) -> Table:
    """person_id, status, start, end and ``group``: the column ``by`` (empty: ""), or ``all``. No empty spells."""
    group = spells[by].cast("string").fill_null("") if by else ibis.literal(EVERYONE)
    found = spells.select("person_id", "status", "start", "end", group=group)
    return found.filter(_.end.isnull() | (_.start < _.end))


def stretches(spells: Table, statuses: Sequence[str]) -> Table:
    """Unbroken stretches in any of the statuses: overlapping and touching spells of a person are one.

    ``spells`` as ``named`` gives them. Columns: person_id, group (of the first spell), start, end (null: open).
    """
    stopped = spells.filter(_.status.isin(list(statuses))).mutate(stop=_.end.fill_null(FOR_EVER))
    found = numbered(stopped, within=["person_id"], order=["start", "stop", "group"], touching=True)
    joined = found.group_by("person_id", "number").agg(
        group=ibis.ifelse(_.is_new == 1, _.group, ibis.null("string")).max(), start=_.start.min(), stop=_.stop.max()
    )
    return joined.select("person_id", "group", "start", end=joined.stop.nullif(FOR_EVER))


def rank(status: StringValue, order: Sequence[str]) -> ibis.expr.types.IntegerValue:
    """The place of a status in the order; those not in it come last."""
    return ibis.cases(*((status == each, place) for place, each in enumerate(order)), else_=len(order))


def on_dates(spells: Table, dates: Sequence[date], *, order: Sequence[str]) -> Table:
    """Each person's status on each date: the first of the order that holds; alphabetical beyond it.

    ``spells`` as ``named`` gives them. Columns: person_id, on, group, status; no row where nothing holds.
    """
    asked = ibis.memtable([(each,) for each in dates], schema=ibis.schema({"on": "date"}))
    met = spells.join(asked, [spells.start <= asked.on, spells.end.isnull() | (spells.end > asked.on)])
    placed = met.mutate(place=rank(met.status, order))
    first = ibis.row_number().over(ibis.window(group_by=["person_id", "on"], order_by=["place", "status", "group"]))
    return placed.mutate(turn=first).filter(_.turn == 0).select("person_id", "on", "group", "status")


def persons_of(spells: Table) -> Table:
    """person_id and group, a row a person: of several groups the first in alphabetical order."""
    return spells.group_by("person_id").agg(group=_.group.min())


def chosen(spells: Table, given: Sequence[str] | None, usual: Sequence[str] = ()) -> list[str]:
    """The statuses to look at: each that is given must occur (a misspelt one is not nobody), else the usual.

    Refused: UNKNOWN_STATUS.
    """
    known = set(spells.select("status").distinct().to_pyarrow()["status"].to_pylist()) - {None}
    unknown = [status for status in (given or ()) if status not in known]
    found = list(given or (status for status in usual if status in known))
    if unknown or not found:
        asked = ", ".join(unknown or usual)
        raise refused(CurveFault.UNKNOWN_STATUS, status=asked, known=", ".join(sorted(known)))
    return found


def status_after(spells: Table, ends: Table, *, order: Sequence[str]) -> Table:
    """``ends`` (person_id, number, end) with ``next_status``: the status that holds on the day of the end, or none."""
    holds = [spells.start <= ends.end, spells.end.isnull() | (spells.end > ends.end)]
    met = ends.join(spells, [ends.person_id == spells.person_id, *holds], how="left", rname="its_{name}")
    placed = met.mutate(place=rank(met.status, order))
    turn = ibis.row_number().over(ibis.window(group_by="number", order_by=["place", "status"]))
    found = placed.mutate(turn=turn).filter(_.turn == 0)
    return found.mutate(next_status=_text(found.status)).select(*ends.columns, "next_status")


def _text(status: StringColumn) -> StringColumn:
    return status.fill_null(NO_STATUS)
