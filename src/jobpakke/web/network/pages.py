"""What the pages of the network show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef
from django.http import Http404, QueryDict
from django.urls import reverse

from jobpakke.access.policies import Act
from jobpakke.followup.export import Cells
from jobpakke.lib.periods import Period
from jobpakke.network.models import Ambassador, Ambassadorship, CourseRun, CourseSeat, Newsletter, Organisation
from jobpakke.network.reach import CourseTold, Network, network_of
from jobpakke.packages.models import Programme
from jobpakke.web.http import Visitor, seen_or_404

EACH = 25
"""Organisations on a page."""
SEATS = 50
"""Seats on a page."""
LATEST = 5
"""Newsletters on the page, and runs that have been held; the file has them all."""


@dataclass(frozen=True, slots=True)
class RunRow:
    """A line of the table of courses, on the date of the page. ``is_to_come``: it has not begun."""

    title: str
    run: CourseRun
    taken: int
    left: int
    is_extra: bool
    is_to_come: bool


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """An organisation and its ambassadors on the date of the page."""

    organisation: Organisation
    people: tuple[Ambassador, ...]


@dataclass(frozen=True, slots=True)
class NetworkPage:
    """A programme's network on a date."""

    programmes: tuple[Programme, ...]
    programme: Programme
    network: Network
    runs: tuple[RunRow, ...]
    places: Page[PlaceRow]
    newsletters: tuple[Newsletter, ...]
    may_keep: bool

    @property
    def query(self) -> str:
        """As an address asks for the same."""
        return urlencode({"programme": self.programme.code, "on": self.network.on.isoformat()})


def programmes_of(who: Visitor, act: Act) -> tuple[Programme, ...]:
    """The programmes whose network is open to the visitor's act; those with ambassadors first, then the newest."""
    seen = Programme.objects.open_to(who.user, act, on=who.viewing.today)
    peopled = seen.annotate(peopled=Exists(Ambassador.objects.filter(programme=OuterRef("pk"))))
    return tuple(peopled.order_by("-peopled", "-starts_on", "code"))


def programme_asked(programmes: tuple[Programme, ...], code: str | None) -> Programme | None:
    """The one of the code, else the first; None where there is none. Raises Http404 for one that is not among them."""
    if not code:
        return programmes[0] if programmes else None
    found = next((each for each in programmes if each.code == code), None)
    if found is None:
        raise Http404
    return found


def network_on(programme: Programme, *, on: date) -> Network:
    """Against the end of the programme, once that has passed; else against the same day a year before."""
    ended = programme.ends_on
    return network_of(programme, on=on, before=ended if ended is not None and ended < on else _a_year_before(on))


def network_page(who: Visitor, asked: QueryDict) -> NetworkPage | None:
    """The whole page; None where the visitor's municipalities take part in no programme. Raises Http404."""
    programmes, on = programmes_of(who, Act.SEE_NETWORK), who.viewing.on
    programme = programme_asked(programmes, asked.get("programme"))
    if programme is None:
        return None
    found = network_on(programme, on=on)
    runs = run_rows(found)
    newsletters = Newsletter.objects.current().filter(programme=programme, sent_on__lte=on)[:LATEST]
    return NetworkPage(
        programmes,
        programme,
        found,
        tuple(row for place, row in enumerate(runs) if row.is_to_come or place < LATEST + _to_come(runs)),
        Paginator(_places(found), EACH).get_page(asked.get("side")),
        tuple(newsletters),
        who.works(Act.KEEP_NETWORK),
    )


def run_rows(network: Network) -> list[RunRow]:
    """The runs of all courses, the latest first."""
    rows = [row for course in network.courses for row in _runs_of(course, network.on)]
    return sorted(rows, key=lambda row: row.run.starts_on, reverse=True)


def run_cells(network: Network) -> Cells:
    """The runs as a file. Column names are part of the interface."""
    cells: Cells = [["course", "announced_on", "starts_on", "place", "seats", "taken", "extra"]]
    for row in run_rows(network):
        days = row.run.opened_on.isoformat(), row.run.starts_on.isoformat()
        cells.append([row.title, *days, row.run.place, row.run.seats, row.taken, int(row.is_extra)])
    return cells


def member_cells(network: Network) -> Cells:
    """The ambassadors of the date as a file. Column names are part of the interface."""
    cells: Cells = [["municipality_code", "organisation", "name", "email", "since"]]
    for row in network.members:
        person = row.ambassador
        place = person.organisation
        cells.append([place.code, place.name, person.name, person.email, row.starts_on.isoformat()])
    return cells


@dataclass(frozen=True, slots=True)
class RunPage:
    """A run with who holds its seats on the date."""

    run: CourseRun
    seats: Page[CourseSeat]
    is_open: bool
    may_keep: bool

    @property
    def left(self) -> int:
        """How many seats nobody has."""
        return max(self.run.seats - self.taken, 0)

    @property
    def taken(self) -> int:
        """How many somebody has."""
        return self.seats.paginator.count


def run_page(who: Visitor, ref: UUID, side: str | None) -> RunPage:
    """Raises Http404."""
    run = run_or_404(who, ref)
    on = who.viewing.on
    seats = CourseSeat.objects.on(on).filter(run=run).select_related("ambassador__organisation").order_by("number")
    called_off = run.called_off_on is not None and run.called_off_on <= on
    return RunPage(
        run,
        Paginator(seats.none() if called_off else seats, SEATS).get_page(side),
        is_open=not called_off and on <= run.starts_on,
        may_keep=who.works(Act.KEEP_NETWORK),
    )


def run_or_404(who: Visitor, ref: UUID) -> CourseRun:
    """A run of a programme whose network the visitor sees. Raises Http404."""
    rows = CourseRun.objects.visible_to(who.user, on=who.viewing.today).select_related("course__programme")
    return seen_or_404(rows, ref)


@dataclass(frozen=True, slots=True)
class AmbassadorPage:
    """An ambassador: since when, or from when to when, and the seats held on runs. ``now``: one holds on the date."""

    ambassador: Ambassador
    times: tuple[Ambassadorship, ...]
    seats: tuple[CourseSeat, ...]
    now: Ambassadorship | None
    may_keep: bool


def ambassador_page(who: Visitor, ref: UUID) -> AmbassadorPage:
    """Raises Http404."""
    person, on = ambassador_or_404(who, ref), who.viewing.on
    times = tuple(Ambassadorship.objects.current().filter(ambassador=person, starts_on__lte=on).order_by("-starts_on"))
    seats = CourseSeat.objects.on(on).filter(ambassador=person, run__called_off_on__isnull=True)
    now = next((row for row in times if Period(row.starts_on, row.ends_on).contains(on)), None)
    ordered = tuple(seats.select_related("run__course").order_by("-run__starts_on"))
    return AmbassadorPage(person, times, ordered, now, who.works(Act.KEEP_NETWORK))


def ambassador_or_404(who: Visitor, ref: UUID) -> Ambassador:
    """An ambassador of a programme whose network the visitor sees. Raises Http404."""
    rows = Ambassador.objects.visible_to(who.user, on=who.viewing.today).select_related("programme", "organisation")
    return seen_or_404(rows, ref)


def back_to(programme: Programme) -> str:
    """The page of the programme's network."""
    return f"{reverse('network')}?{urlencode({'programme': programme.code})}"


def _places(network: Network) -> list[PlaceRow]:
    people = (row.ambassador for row in network.members)
    return [PlaceRow(place, tuple(those)) for place, those in groupby(people, key=lambda each: each.organisation)]


def _to_come(runs: Sequence[RunRow]) -> int:
    return sum(row.is_to_come for row in runs)


def _runs_of(course: CourseTold, on: date) -> Iterator[RunRow]:
    for facts, row in zip(course.runs, course.rows, strict=True):
        to_come = row.starts_on >= on
        yield RunRow(course.title, row, facts.taken(on=on), facts.left(on=on), facts in course.extra, to_come)


def _a_year_before(on: date) -> date:
    return on.replace(year=on.year - 1, day=28) if (on.month, on.day) == (2, 29) else on.replace(year=on.year - 1)
