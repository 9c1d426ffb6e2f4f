"""Warnings that somebody accepted in a package, read with a plan version of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery

from jobpakke.lib.refs import Ref
from jobpakke.packages.json_rows import JsonRow, JsonRows
from jobpakke.packages.models import AcceptedWarning, PlanVersion


@dataclass(frozen=True, slots=True)
class AcceptedFact:
    """Why a step may pass a limit by ``detail``, who accepted it and when."""

    step: Ref
    code: str
    detail: str
    reason: str
    by: str
    accepted_on: date


def with_accepted(rows: QuerySet[PlanVersion]) -> QuerySet[PlanVersion]:
    """The versions as ``accepted_of`` needs them; no query more."""
    row = JsonRow(
        F("pk"), F("step"), F("code"), F("detail"), F("reason"), F("accepted_by__full_name"), F("accepted_on")
    )
    kept = AcceptedWarning.objects.filter(package=OuterRef("package")).order_by().values("package")
    return rows.annotate(accepted_rows=Subquery(kept.annotate(rows=JsonRows(row)).values("rows")))


def accepted_of(version: PlanVersion, *, on: date) -> tuple[AcceptedFact, ...]:
    """What had been accepted by the date in the package of a version that was read ``with_accepted``, oldest first."""
    rows = sorted(getattr(version, "accepted_rows", None) or (), key=lambda row: int(row[0]))
    known = (
        AcceptedFact(UUID(step), code, detail, reason, by, date.fromisoformat(day))
        for _, step, code, detail, reason, by, day in rows
    )
    return tuple(each for each in known if each.accepted_on <= on)
