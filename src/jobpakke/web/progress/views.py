"""The tab Fremdrift, one measure, the file, and the drawing beside the staircase."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jobpakke.access.policies import Act
from jobpakke.lib.periods import Period
from jobpakke.lib.texts import harmless
from jobpakke.method.progress import Answerer, mean
from jobpakke.packages.models import JobPackage, ProgressMeasure
from jobpakke.packages.progress import asked_in, facts_of, measures_of, of_party
from jobpakke.web.citizens.frame import head
from jobpakke.web.citizens.pages import look_up, noted
from jobpakke.web.http import Visitor, page, seen_or_404
from jobpakke.web.progress.drawing import RULES, line
from jobpakke.web.progress.pages import due_lines, progress_page, titles_of
from jobpakke.web.progress.words import NAMES

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One question of a measure, and what was answered; ``point`` None: nothing."""

    text: str
    point: int | None
    words: str


@require_safe
@page(Act.SEE_CASES)
def progress(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """First against now, the drawing over time with its table, and every measure."""
    citizen = look_up(who, ref, "progress")
    measures = measures_of(citizen.pk, on=who.viewing.on)
    shown = progress_page(citizen, measures, due_lines(who, citizen, measures))
    listed = Paginator(shown.listed, PER_PAGE).get_page(request.GET.get("side"))
    context = {"shown": shown, "listed": listed, "rules": RULES, "names": NAMES, **head(who, citizen, "progress")}
    return render(request, "progress/progress.html", context)


@require_safe
@page(Act.SEE_CASES)
def one(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """One measure: each question as it was asked, and the answer."""
    measure = look_at(who, ref, "measure")
    language = get_language()
    asked, points = asked_in(measure), facts_of(measure).points
    lines = [
        AnswerLine(
            question.text.in_language(language),
            points.get(question.code),
            asked.points[points[question.code] - 1].in_language(language) if question.code in points else "",
        )
        for question in asked.questions
    ]
    context = {
        "measure": measure,
        "name": NAMES[Answerer(measure.by)],
        "asked": asked,
        "lines": lines,
        "corrected_by": getattr(measure, "correction", None),
    }
    return render(request, "progress/measure.html", {**context, **head(who, measure.citizen, "progress")})


def look_at(who: Visitor, ref: UUID, page: str) -> ProgressMeasure:
    """A measure of a citizen whom the visitor may see; logged. Raises Http404."""
    rows = ProgressMeasure.objects.visible_to(who.user, on=who.viewing.today)
    along = ("citizen__municipality", "own__municipality", "recorded_by", "corrects", "correction")
    measure = seen_or_404(rows.select_related(*along).prefetch_related("answers"), ref)
    noted(who, measure.citizen, page)
    return measure


@require_safe
@page(Act.SEE_CASES)
def download(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Every answer of a citizen as a row: never with a name or a CPR number."""
    citizen = look_up(who, ref, "progress_download")
    measures = measures_of(citizen.pk, on=who.viewing.on)
    titles = titles_of(measures)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="fremdrift.csv"'
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";")
    writer.writerow([_("Day"), _("Answered by"), _("Code"), _("Question"), _("Point"), _("Questions"), _("Version")])
    for measure in measures:
        points = facts_of(measure).points
        for question in asked_in(measure).questions:
            cells = (
                measure.answered_on,
                NAMES[Answerer(measure.by)],
                question.code,
                titles[question.code],
                points.get(question.code),
                measure.template,
                measure.version,
            )
            writer.writerow([harmless(cell) for cell in cells])
    return response


@require_safe
@page(Act.SEE_CASES)
def curve(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """The mean of each party's measures within a package, from its first day to its last, or the viewed one."""
    rows = JobPackage.objects.visible_to(who.user, on=who.viewing.today).select_related("citizen")
    package = seen_or_404(rows, ref)
    noted(who, package.citizen, "progress_curve")
    on = who.viewing.on
    held = [each for each in measures_of(package.citizen_id, on=on) if each.package_id == package.pk]
    begun = package.opened_on or on
    end = min(package.ended_on or on, on)
    within = Period(min(begun, end), end + timedelta(days=1))
    lines = [line(by, _means(held, by), within) for by in Answerer]
    context = {"lines": [each for each in lines if each.dots], "rules": RULES, "within": within, "end": end}
    return render(request, "progress/curve.svg", context, content_type="image/svg+xml")


def _means(measures: Sequence[ProgressMeasure], by: Answerer) -> list[tuple[date, float]]:
    found = [(each.answered_on, mean(facts_of(each).points.values())) for each in of_party(measures, by)]
    return [(day, value) for day, value in found if value is not None]
