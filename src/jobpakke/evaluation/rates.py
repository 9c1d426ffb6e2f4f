"""How many of the persons support themselves, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import ibis
from ibis.expr.types import NumericValue, Table

from jobpakke.evaluation.faults import TableFault, refused
from jobpakke.evaluation.spells import groups_of
from jobpakke.evaluation.status_at import status_at
from jobpakke.evaluation.wilson import quantile, score
from jobpakke.method.status import SELF_SUPPORT

NUMERATOR = tuple(sorted(status.value for status in SELF_SUPPORT))


def self_support_rate(
    spells: Table,
    dates: Sequence[date],
    *,
    by: Sequence[str] = (),
    numerator: Sequence[str] = NUMERATOR,
    precedence: Sequence[str] | None = None,
    default_status: str | None = None,
    population: Table | None = None,
    level: float = 0.95,
) -> Table:
    """The share of persons who support themselves on each date, with Wilson's interval.

    Numerator: persons whose status is an ordinary job or a flex job (or one of `numerator`); denominator: everybody
    whom `status_at` counts, so persons without a spell on the date are in it only with a `default_status`. The interval
    is Wilson's score interval at `level`, without correction for continuity, for each date and group by itself. Nobody
    counted: no rate.

    Columns: `on`, the columns of `by`, `self_supporting`, `persons`, `rate`, `low`, `high`; in order of date and group.
    """
    counts = status_at(
        spells, dates, by=by, precedence=precedence, default_status=default_status, population=population
    )
    keys = ["on", *groups_of(by, "self_supporting", "rate", "low", "high")]
    sums = counts.group_by(keys).agg(
        self_supporting=counts.persons.sum(where=counts.status.isin(list(numerator))).fill_null(0).cast("int64"),
        persons=counts.persons.sum().cast("int64"),
    )
    return with_interval(sums, "self_supporting", "persons", level=level).order_by(keys)


def with_interval(table: Table, part: str, whole: str, *, level: float) -> Table:
    """The table with `rate`, `low` and `high` of two columns of counts. Refused: OUT_OF_RANGE."""
    if not 0 < level < 1:
        raise refused(TableFault.OUT_OF_RANGE, option="--level", value=level, allowed="0 to 1, such as 0.95")
    n: NumericValue = table[whole].nullif(0).cast("float64")
    rate = table[part].cast("float64") / n
    low, high = score(rate, n, quantile(level), lambda value: value.sqrt())
    return table.mutate(rate=rate, low=ibis.ifelse(low < 0, 0.0, low), high=ibis.ifelse(high > 1, 1.0, high))
