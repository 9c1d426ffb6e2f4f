"""How far a programme's network reaches: its ambassadors at a date and day by day, its courses, its newsletters.

The numbers of a date are those that ``evaluation.status_at`` makes of the same spells; a test holds them together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from jobpakke.history.models import PeriodQuerySet
from jobpakke.lib.periods import Period
from jobpakke.method.network import RunFacts, extra_runs
from jobpakke.network.models import Ambassadorship, CourseRun, CourseSeat, Newsletter
from jobpakke.packages.models import Programme


@dataclass(frozen=True, slots=True)
class Reach:
    """Ambassadors on a date, and in how many municipalities and other organisations they work."""

    on: date
    people: int
    municipalities: int
    others: int

    @property
    def organisations(self) -> int:
        """Both together."""
        return self.municipalities + self.others


@dataclass(frozen=True, slots=True)
class CourseTold:
    """A course that had been announced by a date: its runs in the order they were announced in, and the extra ones.
    ``rows``: the runs as they are stored, in the same order."""

    title: str
    runs: tuple[RunFacts, ...]
    extra: tuple[RunFacts, ...]
    rows: tuple[CourseRun, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """What is told of a programme's network on a date. ``before``: the earlier date that it is held against.
    ``growth``: how many ambassadors there were from each day on which the number changed. ``members``: the ambassadors
    of the date, by organisation and name."""

    now: Reach
    before: Reach | None
    growth: tuple[tuple[date, int], ...]
    courses: tuple[CourseTold, ...]
    newsletter: Newsletter | None
    members: tuple[Ambassadorship, ...]

    @property
    def on(self) -> date:
        """The date."""
        return self.now.on

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell of."""
        return not (self.growth or self.courses or self.newsletter)


def network_of(
    programme: Programme, *, on: date, before: date | None = None, known_at: datetime | None = None
) -> Network:
    """The network at the end of a date in four queries, as known now or at a moment; ``before``: an earlier date."""
    rows = list(memberships(programme, known_at=known_at).filter(starts_on__lte=on))
    return Network(
        reach(rows, on=on),
        reach(rows, on=before) if before is not None and before < on else None,
        growth(rows, until=on),
        courses(programme, on=on, known_at=known_at),
        _newsletter(programme, on=on, known_at=known_at),
        tuple(row for row in rows if Period(row.starts_on, row.ends_on).contains(on)),
    )


def memberships(programme: Programme, *, known_at: datetime | None = None) -> PeriodQuerySet[Ambassadorship]:
    """Who was an ambassador over which days, by organisation and name."""
    rows = Ambassadorship.objects.all()
    rows = rows.current() if known_at is None else rows.known_at(known_at)
    ordered = rows.order_by("ambassador__organisation__sort_key", "ambassador__sort_key", "starts_on")
    return ordered.filter(ambassador__programme=programme).select_related("ambassador__organisation")


def reach(rows: Sequence[Ambassadorship], *, on: date) -> Reach:
    """Those who are ambassadors on the date."""
    held = [row.ambassador for row in rows if Period(row.starts_on, row.ends_on).contains(on)]
    places = {each.organisation_id: each.organisation for each in held}.values()
    municipalities = sum(bool(place.code) for place in places)
    return Reach(on, len({each.pk for each in held}), municipalities, len(places) - municipalities)


def growth(rows: Sequence[Ambassadorship], *, until: date) -> tuple[tuple[date, int], ...]:
    """Each day to the end of ``until`` on which the number of ambassadors changed, and the number from then on."""
    steps: Counter[date] = Counter()
    for row in rows:
        steps[row.starts_on] += 1
        if row.ends_on is not None:
            steps[row.ends_on] -= 1
    found: list[tuple[date, int]] = []
    number = 0
    for day, step in sorted(steps.items()):
        number += step
        if step and day <= until:
            found.append((day, number))
    return tuple(found)


def courses(programme: Programme, *, on: date, known_at: datetime | None = None) -> tuple[CourseTold, ...]:
    """The courses with the runs that had been announced by the date and were still to be held or had been."""
    runs = CourseRun.objects.filter(course__programme=programme, opened_on__lte=on).select_related("course")
    seats = CourseSeat.objects.all()
    seats = seats.current() if known_at is None else seats.known_at(known_at)
    if known_at is not None:
        runs = runs.filter(recorded_at__lte=known_at)
    held: dict[int, list[Period]] = {}
    for run, starts_on, ends_on in seats.filter(run__in=runs).values_list("run_id", "starts_on", "ends_on"):
        held.setdefault(run, []).append(Period(starts_on, ends_on))
    ordered = runs.order_by("course__title", "course_id", "opened_on", "pk")
    return tuple(
        told
        for course, rows in groupby(ordered, key=lambda run: run.course)
        if (told := _told(course.title, {_facts(run, held.get(run.pk, []), known_at): run for run in rows}, on)).runs
    )


def _told(title: str, rows: Mapping[RunFacts, CourseRun], on: date) -> CourseTold:
    kept = tuple(run for run in rows if run.is_held(on=on))
    extra = tuple(run for run in extra_runs(list(rows)) if run in kept)
    return CourseTold(title, kept, extra, tuple(rows[run] for run in kept))


def _facts(run: CourseRun, held: list[Period], known_at: datetime | None) -> RunFacts:
    recorded = run.called_off_at
    known = recorded is not None and (known_at is None or recorded <= known_at)
    return RunFacts(run.ref, run.opened_on, run.starts_on, run.seats, tuple(held), run.called_off_on if known else None)


def _newsletter(programme: Programme, *, on: date, known_at: datetime | None) -> Newsletter | None:
    """The last one that had been sent by the date."""
    rows = Newsletter.objects.current() if known_at is None else Newsletter.objects.known_at(known_at)
    return rows.filter(programme=programme, sent_on__lte=on).first()
