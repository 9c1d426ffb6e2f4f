"""Which questions are asked, how often, and what was answered: reads over the rows of the progress measure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Avg, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from jobpakke.method.progress import Answerer, Every, MeasureFact
from jobpakke.method.rulebook import Limit, Rulebook
from jobpakke.packages.models import JobPackage, OwnQuestionnaire, ProgressMeasure
from jobpakke.packages.questionnaires import (
    Questionnaire,
    newest_shipped,
    points_of,
    questions_of,
    shipped,
)


def in_force(municipality: int, by: Answerer, *, on: date) -> Questionnaire:
    """What a party in the municipality is asked on a day: its own newest version begun by then, else what comes with
    the program; one query."""
    rows = OwnQuestionnaire.objects.filter(municipality=municipality, by=by.value, starts_on__lte=on)
    row = rows.select_related("municipality").order_by("-starts_on").first()
    return newest_shipped(by) if row is None else of_own(row)


def of_own(row: OwnQuestionnaire) -> Questionnaire:
    """A municipality's own version. Its municipality must have been read along."""
    return Questionnaire(
        code=f"{row.municipality.code}-{row.by}",
        version=row.number,
        by=Answerer(row.by),
        name=row.name,
        points=points_of(row.points),
        questions=questions_of(row.questions),
        own=row.pk,
    )


def asked_in(measure: ProgressMeasure) -> Questionnaire:
    """The questions that a measure answered; ``own__municipality`` must have been read along."""
    if measure.own is not None:
        return of_own(measure.own)
    return shipped()[measure.template, measure.version]


def facts_of(measure: ProgressMeasure) -> MeasureFact:
    """For the method; the answers must have been read along."""
    return MeasureFact(measure.answered_on, {answer.question: answer.point for answer in measure.answers.all()})


def measures_of(citizen: int, *, on: date) -> list[ProgressMeasure]:
    """Of both parties up to a date, the oldest first, with questions, answers and who recorded them; two queries."""
    rows = ProgressMeasure.objects.answered_by(on).filter(citizen=citizen)
    return list(rows.select_related("own__municipality", "recorded_by", "corrects").prefetch_related("answers"))


def every(rules: Rulebook, *, on: date) -> Every | None:
    """How often on a day, by the rules of the municipality; None where nothing is asked of it."""
    if rules.entry(Limit.PROGRESS_EVERY, on=on) is None:
        return None
    first, then = (rules.value(Limit.PROGRESS_EVERY, name, on=on) for name in ("first_weeks", "weeks"))
    return Every(first, then)


def last_measured(by: Answerer, *, on: date) -> Subquery:
    """Of each citizen of an outer query: the day on which a party answered last."""
    rows = ProgressMeasure.objects.answered_by(on).filter(citizen=OuterRef("pk"), by=by.value)
    return Subquery(rows.order_by("-answered_on").values("answered_on")[:1])


@dataclass(frozen=True, slots=True)
class MeanOn:
    """The mean of one measure."""

    on: date
    mean: float


@dataclass(frozen=True, slots=True)
class Span:
    """One party's first and last measure within a package."""

    by: Answerer
    first: MeanOn
    last: MeanOn


def with_progress(packages: QuerySet[JobPackage], *, on: date) -> QuerySet[JobPackage]:
    """Each with the first and last mean of each party within it, for ``spans``; no query more."""
    held = {}
    for by in Answerer:
        rows = ProgressMeasure.objects.answered_by(on).filter(package=OuterRef("pk"), by=by.value)
        packed = JSONObject(on="answered_on", mean=Avg("answers__point"))
        found = rows.order_by().annotate(packed=packed)
        held[f"{by.value}_first"] = Subquery(found.order_by("answered_on").values("packed")[:1])
        held[f"{by.value}_last"] = Subquery(found.order_by("-answered_on").values("packed")[:1])
    return packages.annotate(**held)


def spans(package: JobPackage) -> tuple[Span, ...]:
    """Of a package read ``with_progress``: the parties that have answered."""
    found = []
    for by in Answerer:
        first, last = (getattr(package, f"{by.value}_{end}") for end in ("first", "last"))
        if first is not None:
            found.append(Span(by, _mean_on(first), _mean_on(last)))
    return tuple(found)


def _mean_on(packed: Mapping[str, Any]) -> MeanOn:
    return MeanOn(date.fromisoformat(packed["on"]), float(packed["mean"]))


def of_party(measures: Iterable[ProgressMeasure], by: Answerer) -> list[ProgressMeasure]:
    """Those that the party answered, in the same order."""
    return [measure for measure in measures if measure.by == by.value]
