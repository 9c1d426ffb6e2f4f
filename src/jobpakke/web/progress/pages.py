"""What the tab Fremdrift shows: frozen data from the measures of one citizen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jobpakke.citizens.models import Citizen
from jobpakke.lib.periods import Period
from jobpakke.method.progress import MEAN_STEP, Answerer, Every, changes, course, due_on, mean
from jobpakke.packages.models import JobPackage, ProgressMeasure
from jobpakke.packages.progress import asked_in, every, facts_of, measures_of, of_party
from jobpakke.packages.rules import rules_of
from jobpakke.web.http import Visitor
from jobpakke.web.progress.drawing import Line, line
from jobpakke.web.progress.words import COURSES, NAMES, change_text, mean_text

DRAWN = 12
"""How many of each party's measures are drawn and stand in the table, the newest; the file has all."""


@dataclass(frozen=True, slots=True)
class DueLine:
    """One party: when the next answers are due, None without an open package. ``late``: by the viewed day."""

    by: Answerer
    name: Promise | str
    day: date | None
    late: bool


@dataclass(frozen=True, slots=True)
class Multiple:
    """One question over time. ``alt`` says the same in words."""

    title: str
    alt: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """First against now, one text for each party; empty where it has answered less than twice."""

    title: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One measure in the list."""

    ref: UUID
    day: date
    name: Promise | str
    mean: str
    recorded_by: str
    corrected: bool


@dataclass(frozen=True, slots=True)
class PointRow:
    """A row of the table: one question, the point of each measure."""

    title: str
    cells: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class ProgressPage:
    """The whole tab. ``first`` and ``last``: the days that the drawings show."""

    dues: tuple[DueLine, ...]
    means: tuple[str, ...]
    changed: tuple[ChangeRow, ...]
    multiples: tuple[Multiple, ...]
    first: date
    last: date
    columns: tuple[MeasureLine, ...]
    rows: tuple[PointRow, ...]
    listed: tuple[MeasureLine, ...]
    more: bool


def progress_page(citizen: Citizen, measures: Sequence[ProgressMeasure], dues: tuple[DueLine, ...]) -> ProgressPage:
    """From all measures of a citizen, the oldest first."""
    by_party = {by: of_party(measures, by) for by in Answerer}
    drawn = sorted((each for rows in by_party.values() for each in rows[-DRAWN:]), key=lambda each: each.answered_on)
    titles = titles_of(measures)
    shown = {each.pk: facts_of(each).points for each in drawn}
    first, last = (drawn[0].answered_on, drawn[-1].answered_on) if drawn else (date.min, date.min)
    return ProgressPage(
        dues=dues,
        means=tuple(text for by in Answerer if (text := _mean_text(by, by_party[by]))),
        changed=_changed(by_party, titles),
        multiples=tuple(_multiple(code, title, drawn) for code, title in titles.items()),
        first=first,
        last=last,
        columns=tuple(_line(each) for each in drawn),
        rows=tuple(
            PointRow(title, tuple(shown[each.pk].get(code) for each in drawn)) for code, title in titles.items()
        ),
        listed=tuple(_line(each) for each in reversed(measures)),
        more=len(drawn) < len(measures),
    )


def titles_of(measures: Sequence[ProgressMeasure]) -> dict[str, str]:
    """What each question is called, by its code: in the newest wording, the newest questions first."""
    language = get_language()
    found: dict[str, str] = {}
    for measure in reversed(measures):
        for question in asked_in(measure).questions:
            found.setdefault(question.code, question.short.in_language(language))
    return found


def due_lines(who: Visitor, citizen: Citizen, measures: Sequence[ProgressMeasure]) -> tuple[DueLine, ...]:
    """When each party is to answer next; two queries."""
    on = who.viewing.on
    package = JobPackage.objects.open_on(on).filter(citizen=citizen).first()
    often = every(rules_of(citizen.municipality_id, on=on), on=on)
    return tuple(_due(by, measures, package, often, on=on) for by in Answerer)


def _due(
    by: Answerer, measures: Sequence[ProgressMeasure], package: JobPackage | None, often: Every | None, *, on: date
) -> DueLine:
    if package is None or package.opened_on is None or often is None:
        return DueLine(by, NAMES[by], None, late=False)
    days = [each.answered_on for each in of_party(measures, by)]
    day = due_on(package.opened_on, days, often, on=on)
    return DueLine(by, NAMES[by], day, late=day <= on)


def due_first(who: Visitor, citizen: Citizen) -> Answerer:
    """Whose turn it is: the party that has been due longest, else the citizen."""
    dues = due_lines(who, citizen, measures_of(citizen.pk, on=who.viewing.on))
    return min(dues, key=lambda each: each.day or date.max).by


def _mean_text(by: Answerer, measures: Sequence[ProgressMeasure]) -> str:
    means = [value for each in measures if (value := mean(facts_of(each).points.values())) is not None]
    if len(means) < 2:
        return ""
    return _("%(who)s: the mean has gone from %(first)s to %(last)s (%(course)s).") % {
        "who": NAMES[by],
        "first": mean_text(means[0]),
        "last": mean_text(means[-1]),
        "course": COURSES[course(means[0], means[-1], step=MEAN_STEP)],
    }


def _changed(by_party: dict[Answerer, list[ProgressMeasure]], titles: dict[str, str]) -> tuple[ChangeRow, ...]:
    found = [changes(facts_of(each) for each in by_party[by]) for by in Answerer]
    return tuple(
        ChangeRow(title, tuple(change_text(each[code]) if code in each else "" for each in found))
        for code, title in titles.items()
        if any(code in each for each in found)
    )


def _multiple(code: str, title: str, drawn: Sequence[ProgressMeasure]) -> Multiple:
    within = Period(drawn[0].answered_on, drawn[-1].answered_on + timedelta(days=1))
    lines, said = [], []
    for by in Answerer:
        points = [(each.answered_on, facts_of(each).points.get(code)) for each in of_party(drawn, by)]
        given = [(day, point) for day, point in points if point is not None]
        if given:
            lines.append(line(by, given, within))
            listed = ", ".join(f"{point} ({date_format(day, 'SHORT_DATE_FORMAT')})" for day, point in given)
            said.append(f"{NAMES[by]}: {listed}.")
    return Multiple(title, f"{title}. {' '.join(said)}", tuple(lines))


def _line(measure: ProgressMeasure) -> MeasureLine:
    by = Answerer(measure.by)
    found = mean(facts_of(measure).points.values())
    return MeasureLine(
        ref=measure.ref,
        day=measure.answered_on,
        name=NAMES[by],
        mean="" if found is None else mean_text(found),
        recorded_by=measure.recorded_by.full_name,
        corrected=measure.corrects_id is not None,
    )


def answer_url(citizen: Citizen, by: Answerer, *, paper: bool = False) -> str:
    """Where a party answers; ``paper``: the caseworker writes what the citizen answered on paper."""
    who = {Answerer.CITIZEN: "borger", Answerer.CASEWORKER: "konsulent"}[by]
    return f"{reverse('measure_progress', args=[citizen.ref])}?hvem={who}{'&papir=1' if paper else ''}"
