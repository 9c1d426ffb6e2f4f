"""The time from the beginning of a package to the first job: curves, and what they say after so many weeks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from jobpakke.access.models import Municipality
from jobpakke.followup.arrow import DURATIONS, Row, tables
from jobpakke.followup.groups import Grouping
from jobpakke.followup.hiding import least_shown
from jobpakke.followup.lives import FollowedLife, Lives
from jobpakke.method.status import PRECEDENCE, LabourMarketStatus

WEEKS = (13, 26, 52, 104)
"""When the curves are read: a quarter, a half, one year and two after the package began."""
CAUSES = (
    LabourMarketStatus.ORDINARY_JOB,
    LabourMarketStatus.FLEX_JOB,
    LabourMarketStatus.DISABILITY_PENSION,
    LabourMarketStatus.OTHER,
)
"""What ends the wait for a first job: the job, or what comes in its way."""
JOBS = CAUSES[:2]
EVERYONE = "all"
DAYS = 7.0


@dataclass(frozen=True, slots=True)
class Wait:
    """How long a citizen has waited for a first job, and what ended it: a cause, or None while it goes on."""

    days: int
    cause: LabourMarketStatus | None


@dataclass(frozen=True, slots=True)
class Whose:
    """A group of citizens, everybody as EVERYONE; by municipality with its row."""

    code: str
    municipality: Municipality | None = None

    @property
    def is_everyone(self) -> bool:
        """Whether it is all of them."""
        return self.code == EVERYONE


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share and its interval; no interval where it has happened to nobody or to everybody."""

    share: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class CurveRow:
    """A group so many weeks after the package began. ``at_risk``: still followed and waiting then. An estimate for each
    of CAUSES; None where nobody is followed any more, or where a number must not be shown."""

    whose: Whose
    weeks: int
    at_risk: int | None
    estimates: tuple[Estimate | None, ...]


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """A step of a curve, ``days`` after the package began, with its interval."""

    whose: Whose
    cause: LabourMarketStatus
    days: float
    share: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Curves:
    """The table, and the steps of the curves of a job. ``persons``: everybody followed; ``left_out``: groups too small
    to be shown."""

    on: date
    by: Grouping
    persons: int
    rows: tuple[CurveRow, ...]
    points: tuple[CurvePoint, ...]
    left_out: tuple[str, ...]


def followed(life: FollowedLife, *, on: date) -> tuple[date, date]:
    """The day the first package of the programme began, and the last day that is told of: the date, or the last day on
    which the municipality had the case."""
    began = life.packages[0].on
    return began, max(began, min(on, life.left_on(on) or on))


def wait_of(life: FollowedLife, *, on: date) -> Wait:
    """From the day the first package began to the first day with a status of CAUSES; a job that ran already counts on
    day 0. Who has none on the last day that is told of is censored there."""
    began, last = followed(life, on=on)
    begins = [
        (max(spell.period.start, began), PRECEDENCE.index(spell.status))
        for spell in life.spells
        if spell.status in CAUSES
        and not spell.period.is_empty
        and spell.period.start <= last
        and (spell.period.end is None or spell.period.end > began)
    ]
    if not begins:
        return Wait((last - began).days, None)
    day, place = min(begins)
    return Wait((day - began).days, PRECEDENCE[place])


def first_jobs(lives: Lives, *, on: date) -> Curves:
    """The share who have come to each of CAUSES first, by Aalen and Johansen: for everybody and for each group.

    The municipality is that of the status table; any other group is the one of the day the first package began, since
    what comes later may follow from the job. By another group than the municipality a number that rests on fewer than
    ``least_shown`` persons is not shown, nor a group of fewer.
    """
    from jobpakke.evaluation.incidence import incidence

    waits = [(wait_of(life, on=on), _group(lives, life, municipality)) for life, municipality in lives.counted_on(on)]
    if not waits:
        return Curves(on, lives.groups.by, 0, (), (), ())
    hides = lives.groups.by is not Grouping.MUNICIPALITY
    least = least_shown(on=on) if hides else 0
    kept = _kept(lives, [code for _, code in waits], least=least)
    rows: list[Row] = [(float(wait.days), _event(wait), EVERYONE) for wait, _ in waits]
    rows += [(float(wait.days), _event(wait), code) for wait, code in waits if any(code == each.code for each in kept)]
    with tables() as engine:
        asked = engine.table(rows, DURATIONS)
        read = engine.rows(incidence(asked, at=[DAYS * weeks for weeks in WEEKS]))
        steps = engine.rows(incidence(asked))
    found = _by_place(read)
    table = [_row(whose, weeks, found, least=least) for whose in kept for weeks in WEEKS]
    points = [point for whose in kept for point in _points(whose, steps, least=least)]
    shown = {whose.code for whose in kept}
    left_out = [code for code in lives.groups.in_order(code for _, code in waits) if hides and code not in shown]
    return Curves(on, lives.groups.by, len(waits), tuple(table), tuple(points), tuple(left_out))


def _group(lives: Lives, life: FollowedLife, municipality: int) -> str:
    if lives.groups.by is Grouping.MUNICIPALITY:
        return str(municipality)
    return lives.groups.on(life.citizen, life.packages[0].on)


def _event(wait: Wait) -> int:
    return 0 if wait.cause is None else CAUSES.index(wait.cause) + 1


def _kept(lives: Lives, codes: Sequence[str], *, least: int) -> list[Whose]:
    """Everybody, and in order the groups that are shown."""
    sizes = Counter(codes)
    if lives.groups.by is Grouping.MUNICIPALITY:
        places = [Whose(str(part.municipality_id), part.municipality) for part in lives.parts]
        return [Whose(EVERYONE), *(each for each in places if sizes[each.code])]
    return [Whose(EVERYONE), *(Whose(code) for code in lives.groups.in_order(sizes) if sizes[code] >= least)]


Found = Mapping[tuple[str, float], Mapping[str, dict[str, Any]]]
"""Rows of ``incidence`` by cause, by group and time."""


def _by_place(rows: Iterable[dict[str, Any]]) -> Found:
    found: dict[tuple[str, float], dict[str, dict[str, Any]]] = defaultdict(dict)
    for row in rows:
        found[row["group"], row["time"]][row["cause"]] = row
    return found


def _row(whose: Whose, weeks: int, found: Found, *, least: int) -> CurveRow:
    """Numbers that rest on fewer than ``least`` are left out, for everybody too, whose would give others away."""
    causes = found[whose.code, DAYS * weeks]
    at_risk = next(iter(causes.values()))["at_risk"]
    hidden = 0 < at_risk < least
    estimates: list[Estimate | None] = []
    for number in range(1, len(CAUSES) + 1):
        row = causes.get(str(number))
        events = sum(
            found[whose.code, DAYS * each].get(str(number), _NONE)["events"] for each in WEEKS if each <= weeks
        )
        if at_risk == 0 or hidden or 0 < events < least:
            estimates.append(None)
        else:
            estimates.append(Estimate(row["cif"], row["lower"], row["upper"]) if row else Estimate(0.0, None, None))
    return CurveRow(whose, weeks, None if hidden else at_risk, tuple(estimates))


_NONE = {"events": 0}


def _points(whose: Whose, steps: Iterable[dict[str, Any]], *, least: int) -> Iterator[CurvePoint]:
    """The steps of the curves of both kinds of job, each from nobody on the first day."""
    for number, cause in enumerate(JOBS, start=1):
        events = 0
        yield CurvePoint(whose, cause, 0.0, 0.0)
        for row in steps:
            if row["group"] != whose.code or row["cause"] not in {str(number), "any"}:
                continue
            events += row["events"]
            if row["at_risk"] >= least and not 0 < events < least:
                yield CurvePoint(whose, cause, row["time"], row["cif"], row["lower"], row["upper"])
