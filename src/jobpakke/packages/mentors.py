"""Mentors of the steps of a plan, read together with the wordings, so that a drawing asks once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from jobpakke.packages.json_rows import JsonRow, JsonRows
from jobpakke.packages.models import Mentorship, PlannedStep, Step


@dataclass(frozen=True, slots=True)
class KnownMentor:
    """Somebody named as mentor of a step, as known on a date."""

    who: str
    starts_on: date
    ends_on: date | None
    confirmed: bool


def newest_wording(step: Step) -> PlannedStep | None:
    """What the newest version that was not taken back says of a step, else the newest; None: none says anything."""
    rows = PlannedStep.objects.filter(step=step).select_related("version").order_by("-version__number")
    return rows.filter(version__withdrawn_on__isnull=True).first() or rows.first()


def with_mentors(rows: QuerySet[PlannedStep]) -> QuerySet[PlannedStep]:
    """The wordings, each with the mentors of its step: read them by ``mentors_of``."""
    who = Coalesce(F("mentor__name"), F("name"))
    row = JsonRow(who, F("named_on"), F("starts_on"), F("ends_on"), F("confidentiality_on"))
    listed = Mentorship.objects.filter(step=OuterRef("step")).order_by().values("step")
    return rows.annotate(mentor_rows=Subquery(listed.annotate(rows=JsonRows(row)).values("rows")))


def mentors_of(row: PlannedStep, *, on: date) -> tuple[KnownMentor, ...]:
    """Who is, or is to be, mentor of the step on the date, in the order they begin; of one that is over, whoever was.

    Of a wording that was not read ``with_mentors``, none.
    """
    over = row.step.ended_on is not None and row.step.ended_on <= on
    found = (_known(each, on=on) for each in getattr(row, "mentor_rows", None) or () if each[1] <= on.isoformat())
    there = (each for each in found if over or each.ends_on is None or each.ends_on > on)
    return tuple(sorted(there, key=lambda each: (each.starts_on, each.who)))


def _known(kept: list[str | None], *, on: date) -> KnownMentor:
    who, _, starts, ends, confirmed = kept
    return KnownMentor(
        who=who or "",
        starts_on=date.fromisoformat(starts or ""),
        ends_on=date.fromisoformat(ends) if ends else None,
        confirmed=confirmed is not None and confirmed <= on.isoformat(),
    )
