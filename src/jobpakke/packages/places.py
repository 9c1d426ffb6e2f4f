"""Contact person and employees of the workplaces of a plan, read together with the wordings: no query more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F, OuterRef, QuerySet, Subquery

from jobpakke.companies.models import WorkplaceDetails
from jobpakke.packages.json_rows import JsonRow, JsonRows
from jobpakke.packages.models import PlannedStep


@dataclass(frozen=True, slots=True)
class KnownDetails:
    """What was known of a workplace from a day on."""

    starts_on: date
    ordinary_employees: int | None
    contact_name: str
    contact_phone: str


def with_details(rows: QuerySet[PlannedStep]) -> QuerySet[PlannedStep]:
    """The wordings, each with all that is known of its workplace: read it by ``details_of``."""
    row = JsonRow(F("starts_on"), F("ordinary_employees"), F("contact_name"), F("contact_phone"))
    known = WorkplaceDetails.objects.current().filter(workplace=OuterRef("workplace")).order_by().values("workplace")
    return rows.annotate(detail_rows=Subquery(known.annotate(rows=JsonRows(row)).values("rows")))


def details_of(row: PlannedStep, *, on: date) -> KnownDetails | None:
    """What holds on the date of the workplace of a wording that was read ``with_details``, or where none is known of so
    early a day, the first that is (as ``WorkplaceDetails.objects.as_of``). None: it names no workplace."""
    found = sorted(
        (KnownDetails(date.fromisoformat(day), *said) for day, *said in getattr(row, "detail_rows", None) or ()),
        key=lambda each: each.starts_on,
    )
    begun = [each for each in found if each.starts_on <= on]
    return begun[-1] if begun else next(iter(found), None)
