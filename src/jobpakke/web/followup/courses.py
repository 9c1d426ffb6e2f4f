"""Courses of a programme's citizens: curves to the first job, bands of statuses, the flow between two dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jobpakke.access.policies import Act
from jobpakke.followup.arrow import tables
from jobpakke.followup.bands import READ, Bands, BandWeek, GroupWeek, bands
from jobpakke.followup.course_files import (
    band_cells,
    curve_cells,
    flow_cells,
    group_band_cells,
    group_flow_cells,
)
from jobpakke.followup.export import FORMATS, Cells
from jobpakke.followup.first_jobs import CAUSES, Curves, first_jobs
from jobpakke.followup.flow import MOVES, FlowTable, GroupFlow, State, flow, group_flow
from jobpakke.followup.groups import Grouping
from jobpakke.followup.hiding import least_shown
from jobpakke.followup.lives import Lives, grouped
from jobpakke.followup.results import Changes, changes_in
from jobpakke.followup.tables import COLUMNS
from jobpakke.followup.whose import Whose
from jobpakke.web.followup.basis import FROZEN, KNOWN, results_of
from jobpakke.web.followup.curve_chart import first_job_curves, group_bars, status_bands
from jobpakke.web.followup.ribbons import flow_drawing
from jobpakke.web.followup.sentences import changes
from jobpakke.web.followup.views import Chosen, as_file, chosen_by
from jobpakke.web.followup.wording import percent
from jobpakke.web.followup.words import (
    GROUP_NOTE,
    GROUPING,
    MOVE,
    estimate_text,
    hidden_note,
    hidden_word,
    number_text,
    state_name,
    whose_name,
)
from jobpakke.web.http import Visitor, page
from jobpakke.web.labels import STATUS


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: its heading, and its cells as they are written."""

    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of a table that share a heading."""

    name: str
    lines: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class CoursesPage:
    """What the page shows, each table as headings and lines."""

    waits: tuple[Group, ...]
    pooled: tuple[str, ...]
    bands: tuple[Line, ...]
    group_bands: tuple[Group, ...]
    bands_hidden: bool
    flow_to: tuple[str, ...]
    flow: tuple[Line, ...]
    flow_total: Line | None
    group_flow: tuple[Line, ...]
    flow_hidden: bool
    flow_pooled: tuple[str, ...]
    changed: tuple[str, ...]


Drawn = Callable[[Lives, Chosen, int | None], str]
Told = Callable[[Lives, Chosen, int | None], Cells]
"""Of what is asked, and below which number nothing of a group is shown."""


def _then(chosen: Chosen) -> date:
    before = earlier(chosen)
    if before is None:
        raise Http404
    return before


DRAWINGS: Mapping[str, Drawn] = {
    "kurver": lambda lives, chosen, least: first_job_curves(first_jobs(lives, on=chosen.on, least=least)),
    "baand": lambda lives, chosen, _least: status_bands(bands(lives, on=chosen.on, least=None).weeks),
    "baand-grupper": lambda lives, chosen, least: group_bars(bands(lives, on=chosen.on, least=least)),
    "skift": lambda lives, chosen, _least: flow_drawing(flow(lives, then=_then(chosen), now=chosen.on)),
}
TABLES: Mapping[str, Told] = {
    "kurver": lambda lives, chosen, least: curve_cells(first_jobs(lives, on=chosen.on, least=least)),
    "baand": lambda lives, chosen, _least: band_cells(bands(lives, on=chosen.on, least=None).weeks),
    "baand-grupper": lambda lives, chosen, least: group_band_cells(bands(lives, on=chosen.on, least=least)),
    "skift": lambda lives, chosen, _least: flow_cells(flow(lives, then=_then(chosen), now=chosen.on)),
    "skift-grupper": lambda lives, chosen, least: group_flow_cells(
        group_flow(lives, then=_then(chosen), now=chosen.on, least=least)
    ),
}
"""By their names in an address."""


@require_safe
@page(Act.SEE_FOLLOW_UP)
def course_chart(request: HttpRequest, who: Visitor) -> HttpResponse:
    """One of the drawings."""
    (chosen, lives), drawing = _asked(request, who), request.GET.get("tabel", "kurver")
    if drawing not in DRAWINGS:
        raise Http404
    return HttpResponse(DRAWINGS[drawing](lives, chosen, _least(who, lives)), content_type="image/svg+xml")


@require_safe
@page(Act.SEE_FOLLOW_UP)
def course_download(request: HttpRequest, who: Visitor) -> HttpResponse:
    """One of the tables as CSV or JSON."""
    (chosen, lives), table = _asked(request, who), request.GET.get("tabel", "kurver")
    kind = request.GET.get("format", "csv")
    if kind not in FORMATS or table not in TABLES:
        raise Http404
    return as_file(chosen, table, kind, TABLES[table](lives, chosen, _least(who, lives)))


def _asked(request: HttpRequest, who: Visitor) -> tuple[Chosen, Lives]:
    """By any group, as known now or earlier; or as frozen. Raises Http404 where there is nothing to tell."""
    chosen = chosen_by(request, who)
    if chosen is None:
        raise Http404
    if not (request.GET.get(FROZEN) or request.GET.get(KNOWN)):
        return chosen, chosen.lives()
    found = results_of(request, who, chosen.programme, on=chosen.on, among=chosen.among, before=chosen.before)
    if found.lives is None:
        raise Http404
    then = found.changes.moved.then if found.changes else None
    by = Grouping.MUNICIPALITY if found.frozen else chosen.by
    return replace(chosen, programme=found.programme, on=found.on, before=then), grouped(found.lives, by)


@require_safe
@page(Act.SEE_FOLLOW_UP)
def courses(request: HttpRequest, who: Visitor) -> HttpResponse:
    """The three, each drawing above its table."""
    chosen = chosen_by(request, who)
    if chosen is None:
        return render(request, "followup/empty.html")
    lives, on, before = chosen.lives(), chosen.on, earlier(chosen)
    least = _least(who, lives)
    with tables():
        moved = changes_in(lives, then=before, now=on) if before else None
        split = group_flow(lives, then=before, now=on, least=least) if before else None
        found = courses_page(first_jobs(lives, on=on, least=least), bands(lives, on=on, least=least), moved, split)
    context = {
        "form": chosen.form,
        "chosen": chosen,
        "programme": chosen.programme,
        "on": on,
        "before": before,
        "grouped_by": GROUPING[chosen.by],
        "group_note": GROUP_NOTE.get(chosen.by, ""),
        "hidden_note": hidden_note(least),
        "causes": [STATUS[cause] for cause in CAUSES],
        "columns": [STATUS[column] for column in COLUMNS],
        "moves": [MOVE[move] for move in MOVES],
        "tables": found,
    }
    return render(request, "followup/courses.html", context)


def earlier(chosen: Chosen) -> date | None:
    """The date that was asked for or frozen last, else the one of the programme's count."""
    counted_on = chosen.programme.counted_on
    return chosen.before or (counted_on if counted_on and counted_on < chosen.on else None)


def _least(who: Visitor, lives: Lives) -> int | None:
    """Below which number nothing of a group is shown; None: all is, by municipality, whose own it is."""
    return None if lives.groups.by is Grouping.MUNICIPALITY else least_shown(lives.places, on=who.viewing.today)


def courses_page(curves: Curves, weeks: Bands, found: Changes | None, split: GroupFlow | None) -> CoursesPage:
    """The tables in words."""
    moved = found.moved if found else None
    return CoursesPage(
        waits=_waits(curves),
        pooled=tuple(whose_name(whose, curves.by) for whose in curves.pooled),
        bands=tuple(_band(weeks.weeks[week]) for week in READ if weeks.weeks[week].persons),
        group_bands=group_weeks(weeks),
        bands_hidden=weeks.is_hidden,
        flow_to=tuple(state_name(target, then=False) for target in moved.targets) if moved else (),
        flow=tuple(_moves(moved, source) for source in moved.sources) if moved else (),
        flow_total=_line("", [moved.to(target) for target in moved.targets]) if moved else None,
        group_flow=group_moves(split) if split else (),
        flow_hidden=bool(split and split.is_hidden),
        flow_pooled=tuple(whose_name(whose, split.by) for whose in split.pooled) if split else (),
        changed=tuple(changes(found)) if found else (),
    )


def group_weeks(weeks: Bands) -> tuple[Group, ...]:
    """A row a week of each group in words: how many are followed, and the share in each status."""
    lines: dict[Whose, list[tuple[str, ...]]] = defaultdict(list)
    for row in weeks.groups:
        lines[row.whose].append((str(row.week), number_text(row.persons), *_shares(row)))
    return tuple(Group(whose_name(whose, weeks.by), tuple(found)) for whose, found in lines.items())


def _shares(row: GroupWeek) -> list[str]:
    return [
        hidden_word() if number is None else _percent(Fraction(number, row.persons) if row.persons else None)
        for number in row.counts
    ]


def group_moves(split: GroupFlow) -> tuple[Line, ...]:
    """A row a group in words."""
    return tuple(
        Line(whose_name(row.whose, split.by), (*(number_text(number) for number in row.counts), str(row.persons)))
        for row in split.rows
    )


def _waits(curves: Curves) -> tuple[Group, ...]:
    """A row a week, week by week of each group; no week that nobody has been followed for."""
    reached = {row.weeks for row in curves.rows if row.at_risk != 0 and row.whose.is_everyone}
    lines: dict[Whose, list[tuple[str, ...]]] = defaultdict(list)
    for row in (each for each in curves.rows if each.weeks in reached):
        estimates = (estimate_text(each, row.at_risk) for each in row.estimates)
        lines[row.whose].append((str(row.weeks), number_text(row.at_risk), *estimates))
    return tuple(Group(whose_name(whose, curves.by), tuple(found)) for whose, found in lines.items())


def _band(band: BandWeek) -> Line:
    shares = [None if band.persons == 0 else Fraction(band.counts.get(status, 0), band.persons) for status in COLUMNS]
    return Line(str(band.week), (str(band.persons), *(_percent(share) for share in shares)))


def _percent(share: Fraction | None) -> str:
    return "–" if share is None else f"{percent(share)}\u00a0%"


def _moves(moved: FlowTable, source: State) -> Line:
    return _line(state_name(source, then=True), [moved.count(source, target) for target in moved.targets])


def _line(name: str, numbers: list[int]) -> Line:
    return Line(name, tuple(str(number) for number in (*numbers, sum(numbers))))
