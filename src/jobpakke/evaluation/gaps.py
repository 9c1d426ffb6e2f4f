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
    start) up to, not including, `until`, else up to the last day that the rows tell of. Days on which several
    activities run count once; days of an activity outside its package do not count. What excuses a person from activity
    is to be given as an activity.

    Without `activities` each person's rows are what was under way, and the time from the first start to the last end
    (no end: for ever) is the package, named as the person: the gaps are the days of that time without any row. Of
    several groups of a person the first in alphabetical order counts. Refused: NO_PERSONS, where no row tells a day.

    Columns: `package_id`, `person_id`, the columns of `by`, `start`, `end`, `days`; in order of package and start.
    """
    by = groups_of(by, *_OWN)
    packages, activities = _given(packages, activities, by)
    until = until or _after(packages, activities)
    found = _lacking(_open(packages, by, since, until), activities, by)
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

    Days are the sum over packages of the days each was open, counted as in `gaps`, also where `activities` or `until`
    are left out; covered are those outside its gaps. Weighted by time: a long package counts for more than a short one.

    Columns: the columns of `by`, `packages` (open on some day), `without_gap`, `days`, `covered`, `coverage`.
    """
    by = groups_of(by, *_OWN, "packages", "without_gap", "covered", "coverage")
    packages, activities = _given(packages, activities, by)
    until = until or _after(packages, activities)
    opened = _open(packages, by, since, until)
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


def _given(packages: Table, activities: Table | None, by: Sequence[str]) -> tuple[Table, Table]:
    """The packages and what was under way in them; of persons' rows alone, their times and the rows."""
    if activities is not None:
        return packages, activities
    packages = packages.filter(packages.end.isnull() | (packages.start < packages.end))
    groups = {name: packages[name].fill_null("").min() for name in by}
    stop = ibis.ifelse(packages.end.isnull().any(), ibis.null("date"), packages.end.max())
    times = packages.group_by("person_id").agg(**groups, start=packages.start.min(), end=stop)
    return times.mutate(package_id=times.person_id), packages.select("start", "end", package_id="person_id")


def _after(packages: Table, activities: Table) -> date:
    rows = packages.select("start", "end").union(activities.select("start", "end"))
    return days_in(rows)[1] + timedelta(days=1)


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
