"""How long spells last: from spells to durations, and the median with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from statistics import NormalDist

import ibis
import numpy as np
import pyarrow as pa
from ibis import _
from ibis.expr.types import Table

from jobpakke.evaluation.faults import refused
from jobpakke.evaluation.faults_curves import CurveFault
from jobpakke.evaluation.incidence import ANY, NEAR, Counts, Floats, bounds, counted, curve
from jobpakke.evaluation.lines import chosen, last_day, named, status_after, stretches
from jobpakke.method.status import PRECEDENCE, SELF_SUPPORT

ORDER = tuple(status.value for status in PRECEDENCE)
JOBS = tuple(sorted(status.value for status in SELF_SUPPORT))
QUANTILES = pa.schema(
    {
        "group": pa.string(),
        "spells": pa.int64(),
        "ended": pa.int64(),
        "share": pa.float64(),
        "days": pa.float64(),
        "lower": pa.float64(),
        "upper": pa.float64(),
    }
)


def durations(
    spells: Table,
    *,
    statuses: Sequence[str] | None = None,
    on: date | None = None,
    since: date | None = None,
    by: str | None = None,
    precedence: Sequence[str] = ORDER,
) -> Table:
    """How long persons stay in the statuses, as known on a date: a row an unbroken stretch that began on or before it.

    Spells of the statuses that overlap or touch are one stretch: from one job straight into the next is no end. One
    that ended on or before ``on`` has its length and the event of what came next: the first status of ``precedence``
    that holds on the day of the end (half-open: the first day after it), or ``none``. One still open is censored there.
    With ``since`` only what could be seen from that day on counts: stretches that ended by then are left out,
    and those under way come under observation late (``entry``), so that short ones are not missed. Without ``statuses``
    it is the jobs (flex_job, ordinary_job); without ``on`` the last day that the spells tell of: the latest start or
    day before an end.

    Columns: ``duration`` in days, ``event`` (0 censored; 1.. the next statuses that occur, in alphabetical order),
    ``entry`` in days (with ``since`` only), ``next_status`` (its name; null when censored), ``group``; in order of
    group, duration and event.

    Refused: UNKNOWN_STATUS, DATES_IN_ORDER, NO_PERSONS.
    """
    on = last_day(spells, on)
    if since is not None and since >= on:
        raise refused(CurveFault.DATES_IN_ORDER, start=since, end=on)
    statuses = chosen(spells, statuses, JOBS if statuses is None else ())
    known = named(spells, by)
    begun = stretches(known, statuses).filter(_.start <= on)
    if since is not None:
        begun = begun.filter(_.end.isnull() | (_.end > since))
    begun = begun.mutate(end=ibis.ifelse(begun.end <= on, begun.end, ibis.null("date")))
    begun = begun.mutate(number=ibis.row_number().over(ibis.window(order_by=["person_id", "start"])))
    others = known.filter(~_.status.isin(list(statuses)))
    ended = status_after(others, begun.filter(_.end.notnull()), order=precedence)
    lasted = ended.union(begun.filter(_.end.isnull()).mutate(next_status=ibis.null("string")).select(*ended.columns))
    codes = ended.select("next_status").distinct()
    codes = codes.mutate(event=ibis.row_number().over(ibis.window(order_by="next_status")) + 1)
    coded = lasted.left_join(codes, "next_status")
    found = {
        "duration": coded.end.fill_null(on).delta(coded.start, unit="day").cast("float64"),
        "event": coded.event.fill_null(0).cast("int64"),
    }
    if since is not None:
        late = ibis.literal(since).delta(coded.start, unit="day").cast("float64")
        found["entry"] = ibis.ifelse(coded.start < since, late, ibis.null("float64"))
    return coded.select(**found, next_status="next_status", group="group").order_by("group", "duration", "event")


def median_duration(
    spells: Table,
    *,
    statuses: Sequence[str] | None = None,
    on: date | None = None,
    since: date | None = None,
    by: str | None = None,
    share: float = 0.5,
    level: float = 0.95,
) -> Table:
    """The time after which a share (half, unless asked otherwise) of the stretches have ended: see ``quantiles``;
    ``statuses`` and ``on`` as for ``durations``.

    Columns: group, spells, ended, share, days, lower, upper.

    Refused: UNKNOWN_STATUS, DATES_IN_ORDER, BAD_SHARE, BAD_LEVEL, NO_PERSONS.
    """
    return quantiles(durations(spells, statuses=statuses, on=on, since=since, by=by), share=share, level=level)


def quantiles(lasted: Table, *, by: str | None = None, share: float = 0.5, level: float = 0.95) -> Table:
    """The time at which a share has had an event, by Kaplan-Meier, so that those still under way count rightly.

    ``days`` is the first time with S(t) <= 1 - share; ``lower`` and ``upper`` the first times at which the lower and
    the upper end of S's log(-log) interval are (Brookmeyer and Crowley 1982); null where that is never reached.

    Columns: group, spells, ended, share, days, lower, upper (in the unit of ``duration``; of ``durations``, days).
    Refused: BAD_SHARE, BAD_LEVEL, and as ``incidence``.
    """
    if not 0 < share < 1:
        raise refused(CurveFault.BAD_SHARE, value=share)
    if not 0 < level < 1:
        raise refused(CurveFault.BAD_LEVEL, value=level)
    z = NormalDist().inv_cdf((1 + level) / 2)
    rows = [_quantile(group, share, z) for group in counted(lasted, by=by)]
    return ibis.memtable(pa.Table.from_pylist(rows, schema=QUANTILES))


def _quantile(group: Counts, share: float, z: float) -> dict[str, object]:
    found = curve(group, ANY)
    lower, upper = bounds(found, ANY, z)
    return {
        "group": group.name,
        "spells": int(group.ends.sum()),
        "ended": int(group.of(ANY).sum()),
        "share": share,
        "days": _first(group.times, found.cif, share),
        "lower": _first(group.times, upper, share),
        "upper": _first(group.times, lower, share),
    }


def _first(times: Floats, gone: Floats, share: float) -> float | None:
    """The first time at which the share that is gone is at least ``share``."""
    reached = np.flatnonzero(gone >= share - NEAR)
    return float(times[reached[0]]) if len(reached) else None
