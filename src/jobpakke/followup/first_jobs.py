"""The time from the beginning of a package to the first job: curves, and what they say after so many weeks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from jobpakke.followup.arrow import DURATIONS, Row, tables
from jobpakke.followup.groups import Grouping
from jobpakke.followup.hiding_curves import CLEAR, Course, Courses, Veil
from jobpakke.followup.lives import FollowedLife, Lives
from jobpakke.followup.whose import EVERYONE, Whose, at_start, shown
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
DAYS = 7.0


@dataclass(frozen=True, slots=True)
class Wait:
    """How long a citizen has waited for a first job, and what ended it: a cause, or None while it goes on."""

    days: int
    cause: LabourMarketStatus | None


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
    """The table, and the steps of the curves of a job. ``persons``: everybody followed; ``pooled``: the groups that are
    shown together as REST, being too small."""

    on: date
    by: Grouping
    persons: int
    rows: tuple[CurveRow, ...]
    points: tuple[CurvePoint, ...]
    pooled: tuple[Whose, ...] = ()


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


def first_jobs(lives: Lives, *, on: date, least: int | None) -> Curves:
    """The share who have come to each of CAUSES first, by Aalen and Johansen: for everybody and for each group.

    The municipality is that of the status table; any other group is the one of the day the first package began, since
    what comes later may follow from the job. Nothing is shown that rests on fewer than ``least`` persons
    (``hiding.least_shown``), nor what would give it away (``hiding_curves``); None hides nothing.
    """
    from jobpakke.evaluation.incidence import incidence

    by = lives.groups.by
    waits = [(wait_of(life, on=on), at_start(lives, life, place)) for life, place in lives.counted_on(on)]
    if not waits:
        return Curves(on, by, 0, (), ())
    among = shown(lives, (code for _, code in waits), least=least)
    kept = [Whose(EVERYONE), *among.groups]
    grouped: dict[str, list[Course]] = defaultdict(list)
    for wait, code in waits:
        grouped[among.code(code)].append((float(wait.days), _event(wait)))
    rows: list[Row] = [(*course, EVERYONE) for courses in grouped.values() for course in courses]
    rows += [(*course, whose.code) for whose in among.groups for course in grouped.get(whose.code, ())]
    with tables() as engine:
        asked = engine.table(rows, DURATIONS)
        read = engine.rows(incidence(asked, at=[DAYS * weeks for weeks in WEEKS]))
        steps = engine.rows(incidence(asked))
    found = _by_place(read)
    courses = None if least is None else Courses(grouped, range(1, len(CAUSES) + 1), least)
    table = [_row(whose, weeks, found, _veil(courses, whose, DAYS * weeks)) for whose in kept for weeks in WEEKS]
    points = [point for whose in kept for point in _points(whose, steps, courses)]
    return Curves(on, by, len(waits), tuple(table), tuple(points), among.pooled)


def _event(wait: Wait) -> int:
    return 0 if wait.cause is None else CAUSES.index(wait.cause) + 1


def _veil(courses: Courses | None, whose: Whose, at: float) -> Veil:
    if courses is None:
        return CLEAR
    return courses.for_all(at) if whose.is_everyone else courses.for_groups(at)


Found = Mapping[tuple[str, float], Mapping[str, dict[str, Any]]]
"""Rows of ``incidence`` by cause, by group and time."""


def _by_place(rows: Iterable[dict[str, Any]]) -> Found:
    found: dict[tuple[str, float], dict[str, dict[str, Any]]] = defaultdict(dict)
    for row in rows:
        found[row["group"], row["time"]][row["cause"]] = row
    return found


def _row(whose: Whose, weeks: int, found: Found, veil: Veil) -> CurveRow:
    causes = found[whose.code, DAYS * weeks]
    at_risk = next(iter(causes.values()))["at_risk"]
    estimates: list[Estimate | None] = []
    for number in range(1, len(CAUSES) + 1):
        row = causes.get(str(number))
        if at_risk == 0 or veil.hides(number):
            estimates.append(None)
        else:
            estimates.append(Estimate(row["cif"], row["lower"], row["upper"]) if row else Estimate(0.0, None, None))
    return CurveRow(whose, weeks, None if veil.waiting else at_risk, tuple(estimates))


def _points(whose: Whose, steps: Iterable[dict[str, Any]], courses: Courses | None) -> Iterator[CurvePoint]:
    """The steps of the curves of both kinds of job, from nobody on the first day, or from the day since which a group's
    curve may be drawn."""
    for number, cause in enumerate(JOBS, start=1):
        theirs = [row for row in steps if row["group"] == whose.code and row["cause"] in {str(number), "any"}]
        if courses is None or whose.is_everyone:
            yield CurvePoint(whose, cause, 0.0, 0.0)
            shown = theirs if courses is None else [row for row in theirs if _is_clear(courses, number, row["time"])]
            yield from (_point(whose, cause, row) for row in shown)
            continue
        since, until = courses.drawn_since(number), courses.drawn_until(whose.code)
        if since <= until:
            before = [row for row in theirs if row["time"] <= since]
            yield (
                replace(_point(whose, cause, before[-1]), days=since)
                if before
                else CurvePoint(whose, cause, since, 0.0)
            )
            yield from (_point(whose, cause, row) for row in theirs if since < row["time"] <= until)


def _is_clear(courses: Courses, number: int, at: float) -> bool:
    return not courses.for_all(at).hides(number)


def _point(whose: Whose, cause: LabourMarketStatus, row: Mapping[str, Any]) -> CurvePoint:
    return CurvePoint(whose, cause, row["time"], row["cif"], row["lower"], row["upper"])
