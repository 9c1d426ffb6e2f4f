"""No pickle jars: the days of an open package on which nothing was under way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import ibis
from ibis.expr.types import Table

from jobpakke.evaluation.lines import days_in
from jobpakke.evaluation.spells import groups_of

_OWN = ("package_id", "person_id", "start", "end", "days")


def gaps(
    packages: Table,
    *,
    activities: Table | None = None,
    until: date | None = None,
    since: date | None = None,
    by: Sequence[str] = (),
) -> Table:
    """The intervals in which a package was open and no activity was under way.

    A package is open from its start up to, not including, its end; looked at are the days from `since` (else its
    start) up to, not including, `until`. Days on which several activities run count once; days of an activity outside
    its package do not count. What excuses a person from activity is to be given as an activity. Without `until` it is
    the day after the last that the packages tell of.

    Without `activities` the table holds spells: a person is looked at from the first start to the latest end (`until`,
    where one is open), in the first of the groups in alphabetical order, and any spell is activity. `package_id` is
    then `person_id`.

    Columns: `package_id`, `person_id`, the columns of `by`, `start`, `end`, `days`; in order of package and start.
    """
    by = groups_of(by, *_OWN)
    opened, activities = _looked_at(packages, activities, by, since, until)
    found = _lacking(opened, activities, by)
    return found.order_by("package_id", "start")


def coverage(
    packages: Table,
    *,
    activities: Table | None = None,
    until: date | None = None,
    since: date | None = None,
    by: Sequence[str] = (),
) -> Table:
    """On how large a part of the days that packages were open something was under way.

    Days are the sum over packages of the days each was open, counted as in `gaps`; covered are those outside its gaps.
    Weighted by time, so a long package counts for more than a short one. Without `activities` or `until` as in `gaps`.

    Columns: the columns of `by`, `packages` (open on some day), `without_gap`, `days`, `covered`, `coverage`.
    """
    by = groups_of(by, *_OWN, "packages", "without_gap", "covered", "coverage")
    opened, activities = _looked_at(packages, activities, by, since, until)
    lacking = _lacking(opened, activities, by)
    lost = lacking.group_by("package_id").agg(lacking_=lacking.days.sum())
    joined = opened.left_join(lost, "package_id")
    each = joined.select(*by, days=_days(joined.start, joined.stop_), lacking_=joined.lacking_.fill_null(0))
    totals = each.aggregate(
        by=by,
        packages=each.count().cast("int64"),
        without_gap=(each.lacking_ == 0).sum().fill_null(0).cast("int64"),
        days=each.days.sum().fill_null(0).cast("int64"),
        covered=(each.days - each.lacking_).sum().fill_null(0).cast("int64"),
    )
    share = totals.covered.cast("float64") / totals.days.nullif(0).cast("float64")
    table = totals.mutate(coverage=share)
    return table.order_by(by) if by else table


def _looked_at(
    table: Table, activities: Table | None, by: Sequence[str], since: date | None, until: date | None
) -> tuple[Table, Table]:
    """The packages as far as they are looked at, and the activities. Refused: NO_PERSONS."""
    last = until or days_in(table)[1] + timedelta(days=1)
    if activities is not None:
        return _open(table, by, since, last), activities
    groups = {name: table[name].fill_null("").min() for name in by}
    ends = table.end.fill_null(ibis.greatest(ibis.literal(last), table.start))
    spans = table.group_by("person_id").agg(**groups, start=table.start.min(), end=ends.max())
    packages = spans.mutate(package_id=spans.person_id)
    return _open(packages, by, since, last), table.select("start", "end", package_id=table.person_id)


def _open(packages: Table, by: Sequence[str], since: date | None, until: date) -> Table:
    start = packages.start if since is None else ibis.greatest(packages.start, ibis.literal(since))
    stop = ibis.least(packages.end.fill_null(ibis.literal(until)), ibis.literal(until))
    groups = {name: packages[name].fill_null("") for name in by}
    found = packages.select("package_id", "person_id", **groups, start=start, stop_=stop)
    return found.filter(found.start < found.stop_)


def _lacking(opened: Table, activities: Table, by: Sequence[str]) -> Table:
    """Between the latest end so far and the next start there is nothing; a last start stands at the package's end."""
    acts = activities.select("package_id", begins_="start", ends_="end")
    joined = opened.inner_join(acts, "package_id")
    keys = ["package_id", "person_id", *by]
    clipped = joined.select(
        *keys,
        opens_=joined.start,
        start=ibis.greatest(joined.begins_, joined.start),
        stop_=ibis.least(joined.ends_.fill_null(joined.stop_), joined.stop_),
    )
    lasting = clipped.filter(clipped.start < clipped.stop_)
    closing = opened.select(*keys, opens_=opened.start, start=opened.stop_, stop_=opened.stop_)
    rows = lasting.union(closing)
    before = rows.stop_.max().over(ibis.window(group_by="package_id", order_by=["start", "stop_"], preceding=(None, 1)))
    seen = rows.mutate(free_=before.fill_null(rows.opens_))
    found = seen.filter(seen.free_ < seen.start)
    return found.select(*keys, start=found.free_, end=found.start, days=_days(found.free_, found.start))


def _days(start: ibis.expr.types.DateValue, end: ibis.expr.types.DateValue) -> ibis.expr.types.IntegerValue:
    return end.delta(start, unit="day").cast("int64")
