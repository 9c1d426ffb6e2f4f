"""Cumulative incidence: how large a share has had an event of a cause by a time, others in the way, some not yet seen.

The engine counts persons by distinct time; what follows is arithmetic on those counts, one vector a group.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist

import ibis
import numpy as np
import pyarrow as pa
from ibis import _
from ibis.expr.types import Table
from numpy.typing import NDArray

from jobpakke.evaluation.faults import refused
from jobpakke.evaluation.faults_curves import CurveFault

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

ANY = "any"
EVERYONE = "all"
SCHEMA = pa.schema(
    {
        "group": pa.string(),
        "cause": pa.string(),
        "time": pa.float64(),
        "at_risk": pa.int64(),
        "events": pa.int64(),
        "cif": pa.float64(),
        "se": pa.float64(),
        "lower": pa.float64(),
        "upper": pa.float64(),
    }
)
NEAR = 1e-12
MOST_STRETCH = 50.0
"""Beyond it the interval is (0, 1) to the last bit."""


def incidence(
    durations: Table, *, by: str | None = None, cause: str | None = None, at: Sequence[float] = (), level: float = 0.95
) -> Table:
    """Aalen-Johansen: the cumulative incidence of each cause, with standard errors and intervals.

    With n(t) persons at risk at t (entry < t <= duration), d_j(t) events of cause j and d(t) of all causes at t, ties
    exact:

        S(t)   = product over s <= t of 1 - d(s)/n(s)                     nothing has happened (Kaplan-Meier)
        F_j(t) = sum     over s <= t of S(s-) d_j(s)/n(s)                 cause j has happened: ``cif``
        Var F_j(t) = sum over s <= t of (F_j(t) - F_j(s))^2 d/(n (n-d)) + S(s-)^2 d_j (n-d_j)/n^3
                                        - 2 (F_j(t) - F_j(s)) S(s-) d_j/n^2                            : ``se`` squared

    The variance is the delta method on multinomial increments (Greenwood's kind; Marubini and Valsecchi 1995, 10.3;
    Collett 2014, 12.2; lifelines and SAS have it so). R's ``survfit`` sums squared influences of persons: the same
    number unless persons enter late, where it differs slightly; there ours keeps Greenwood's. ``lower`` and ``upper``
    are log(-log) intervals, F^exp(+-z se/(F log F)); none (null) where F is 0 or 1.

    ``cause="any"`` takes all causes as one: cif = 1 - S, se is Greenwood's, and the interval is the log(-log) interval
    of S, as Kaplan-Meier's is drawn.

    ``durations`` holds ``duration`` (any unit, >= 0), ``event`` (0 censored, 1..k causes), perhaps ``group``, perhaps
    ``entry``: when one came under observation, in the unit of ``duration`` (null: from the beginning). ``by`` names the
    column of groups (empty: ""); else ``group`` if it holds any, else all are one group, ``all``. ``cause``: only this
    one (a whole number as text, or ``any``). ``at``: values at these times instead of at each: the last at or before,
    and ``events`` since the time before. ``level``: of the intervals.

    Columns: group, cause, time, at_risk, events, cif, se, lower, upper; a row a group, cause and distinct ``duration``.

    Refused: BAD_DURATION, BAD_EVENT, ENTRY_NOT_BEFORE_EXIT, UNKNOWN_CAUSE, BAD_LEVEL, NO_PERSONS.
    """
    if not 0 < level < 1:
        raise refused(CurveFault.BAD_LEVEL, value=level)
    groups = counted(durations, by=by)
    names = _names(groups, cause)
    z = NormalDist().inv_cdf((1 + level) / 2)
    chosen = np.unique(np.asarray(at, dtype=np.float64)) if at else None
    parts = [part for group in groups for name in names for part in _rows(group, name, chosen, z)]
    return ibis.memtable(pa.Table.from_batches(parts, schema=SCHEMA))


@dataclass(frozen=True, slots=True)
class Counts:
    """A group by distinct time: ``times`` (T,) ascending, ``ends`` (T, k+1) persons by event, column 0 the censored.

    ``entries``: the times of late entry, ascending, one a person.
    """

    name: str
    times: Floats
    ends: Whole
    entries: Floats

    def at_risk(self, times: Floats) -> Whole:
        """How many are under observation just before each of the times. Shape of ``times``."""
        gone = np.concatenate(([0], np.cumsum(self.ends.sum(axis=1))))
        before = gone[np.searchsorted(self.times, times, side="left")]
        later = len(self.entries) - np.searchsorted(self.entries, times, side="left")
        return np.asarray(gone[-1] - before - later, dtype=np.int64)

    def of(self, cause: str) -> Whole:
        """Events of a cause, shape (T,)."""
        events = self.ends[:, 1:].sum(axis=1) if cause == ANY else self.ends[:, int(cause)]
        return np.asarray(events, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Curve:
    """A cumulative incidence and its standard error at a group's times, each (T,)."""

    cif: Floats
    se: Floats


def curve(group: Counts, cause: str) -> Curve:
    """Estimate and standard error at ``group.times``: running sums only, so a million times are quick.

    With G = Greenwood's sum of d/(n (n-d)) and c = Cov(F, S)/S, the variance of ``incidence`` obeys
    dc = S- h (G- - 1/n) and dVar = 2 c- S- h + S-^2 G- h^2 + S-^2 d_j (n-d_j)/n^3, where h = d_j/n.
    """
    n, events, every = group.at_risk(group.times).astype(float), group.of(cause).astype(float), group.of(ANY)
    left = n - every
    survival = np.cumprod(left / n)
    greenwood = np.cumsum(np.divide(every, n * left, out=np.zeros_like(n), where=left > 0))
    if np.array_equal(events, every):
        return Curve(1 - survival, survival * np.sqrt(greenwood))
    before, green = _lagged(survival, 1.0), _lagged(greenwood, 0.0)
    hazard = events / n
    step = before * hazard
    shared = _lagged(np.cumsum(step * (green - 1 / n)), 0.0)
    variance = np.cumsum(2 * shared * step + green * step**2 + before**2 * hazard * (1 - hazard) / n)
    return Curve(np.clip(np.cumsum(step), 0, 1), np.sqrt(np.maximum(variance, 0)))


def interval(estimate: Floats, se: Floats, z: float) -> tuple[Floats, Floats]:
    """The log(-log) interval of a share; nan where it is 0 or 1."""
    inside = (estimate > NEAR) & (estimate < 1 - NEAR)
    share = np.where(inside, estimate, 0.5)
    stretch = np.exp(np.minimum(z * se / (share * -np.log(share)), MOST_STRETCH))
    return np.where(inside, share**stretch, np.nan), np.where(inside, share ** (1 / stretch), np.nan)


def bounds(found: Curve, cause: str, z: float) -> tuple[Floats, Floats]:
    """The interval of a cumulative incidence: of ``any`` it is the interval of the survival, turned round."""
    if cause != ANY:
        return interval(found.cif, found.se, z)
    lower, upper = interval(1 - found.cif, found.se, z)
    return 1 - upper, 1 - lower


def _lagged(values: Floats, first: float) -> Floats:
    return np.concatenate(([first], values[:-1]))


def _names(groups: Sequence[Counts], cause: str | None) -> list[str]:
    most = max(group.ends.shape[1] for group in groups) - 1
    known = [str(number) for number in range(1, most + 1)]
    if cause is None:
        return known or [ANY]
    if cause != ANY and cause not in known:
        raise refused(CurveFault.UNKNOWN_CAUSE, cause=cause, known=", ".join([*known, ANY]))
    return [cause]


def _rows(group: Counts, cause: str, at: Floats | None, z: float) -> Iterator[pa.RecordBatch]:
    found, events = curve(group, cause), group.of(cause)
    lower, upper = bounds(found, cause, z)
    times = group.times
    if at is not None:
        last = np.searchsorted(times, at, side="right")
        events = np.diff(np.concatenate(([0], np.cumsum(events)))[last], prepend=0)
        found = Curve(_after(found.cif, 0.0)[last], _after(found.se, 0.0)[last])
        lower, upper, times = _after(lower, np.nan)[last], _after(upper, np.nan)[last], at
    size = len(times)
    yield pa.record_batch(
        [
            pa.repeat(group.name, size),
            pa.repeat(cause, size),
            pa.array(times),
            pa.array(group.at_risk(times)),
            pa.array(events),
            pa.array(found.cif),
            pa.array(found.se),
            pa.array(lower, from_pandas=True),
            pa.array(upper, from_pandas=True),
        ],
        schema=SCHEMA,
    )


def _after(values: Floats, first: float) -> Floats:
    return np.concatenate(([first], values))


# -- what the engine does


def counted(durations: Table, *, by: str | None = None) -> list[Counts]:
    """Each group's counts by distinct time, groups in order of name.

    Refused: BAD_DURATION, BAD_EVENT, ENTRY_NOT_BEFORE_EXIT, NO_PERSONS.
    """
    column = by or ("group" if "group" in durations.columns else None)
    named = durations.mutate(
        name=durations[column].cast("string").fill_null("") if column else ibis.literal(EVERYONE),
        time=durations.duration.cast("float64"),
        cause=durations.event.cast("int64"),
    )
    late = "entry" in durations.columns
    if late and (wrong := int(_number(named.filter(_.entry >= _.time)))):
        raise refused(CurveFault.ENTRY_NOT_BEFORE_EXIT, count=wrong)
    ends = named.group_by("name", "time", "cause").agg(size=_.count()).to_pyarrow()
    if ends.num_rows == 0:
        raise refused(CurveFault.NO_PERSONS)
    _check(ends)
    entries = named.filter(_.entry.notnull()).group_by("name", "entry").agg(size=_.count()) if late else None
    found = list(_grouped(ends, entries.to_pyarrow() if entries is not None else None))
    nameless = by is None and [group.name for group in found] == [""]
    return [replace(group, name=EVERYONE) for group in found] if nameless else found


def _number(table: Table) -> int:
    return int(table.count().to_pyarrow().as_py())


def _check(ends: pa.Table) -> None:
    size = ends["size"].to_numpy()
    times = ends["time"].to_numpy()
    wrong = ~np.isfinite(times) | (np.nan_to_num(times) < 0)
    if wrong.any():
        raise refused(CurveFault.BAD_DURATION, count=int(size[wrong].sum()))
    wrong = np.asarray(ends["cause"].fill_null(-1).to_numpy() < 0)
    if wrong.any():
        raise refused(CurveFault.BAD_EVENT, count=int(size[wrong].sum()))


def _grouped(ends: pa.Table, entries: pa.Table | None) -> Iterator[Counts]:
    codes, names = _coded(ends["name"])
    times, causes, size = (ends[name].to_numpy() for name in ("time", "cause", "size"))
    width = int(causes.max()) + 1
    order = np.lexsort((times, codes))
    codes, times, causes, size = codes[order], times[order], causes[order], size[order]
    edges = np.searchsorted(codes, np.arange(len(names) + 1))
    late = _late(entries)
    for position in sorted(range(len(names)), key=names.__getitem__):
        part = slice(edges[position], edges[position + 1])
        is_new = np.concatenate(([True], np.diff(times[part]) > 0))
        distinct, place = times[part][is_new], np.cumsum(is_new) - 1
        found = np.bincount(place * width + causes[part], weights=size[part], minlength=len(distinct) * width)
        ends_by = found.astype(np.int64).reshape(len(distinct), width)
        yield Counts(names[position], distinct, ends_by, late.get(names[position], np.empty(0)))


def _late(entries: pa.Table | None) -> dict[str, Floats]:
    if entries is None or entries.num_rows == 0:
        return {}
    codes, names = _coded(entries["name"])
    times = np.repeat(entries["entry"].to_numpy().astype(np.float64), entries["size"].to_numpy())
    codes = np.repeat(codes, entries["size"].to_numpy())
    return {name: np.sort(times[codes == number]) for number, name in enumerate(names)}


def _coded(column: pa.ChunkedArray) -> tuple[Whole, list[str]]:
    encoded = column.combine_chunks().dictionary_encode()
    names: Iterable[str] = encoded.dictionary.to_pylist()
    return encoded.indices.to_numpy().astype(np.int64), list(names)
