"""What a company's page shows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from jobpakke.companies.models import Company, Mentor, WorkFunction, Workplace
from jobpakke.packages.models import JobPackage, PlannedStep, Step
from jobpakke.web.http import Visitor


@dataclass(frozen=True, slots=True)
class PlacePart:
    """One workplace: its functions with their needs, its mentors, and the visitor's citizens under way there."""

    place: Workplace
    functions: tuple[WorkFunction, ...]
    mentors: tuple[Mentor, ...]
    present: tuple[PlannedStep, ...]


def company_page(who: Visitor, company: Company) -> tuple[PlacePart, ...]:
    """The workplaces of a company in five queries."""
    on = who.viewing.on
    places = list(Workplace.objects.filter(company=company))
    functions, mentors, present = defaultdict(list), defaultdict(list), defaultdict(list)
    for function in WorkFunction.objects.filter(workplace__in=places).prefetch_related("needs"):
        functions[function.workplace_id].append(function)
    for mentor in Mentor.objects.filter(workplace__in=places):
        mentors[mentor.workplace_id].append(mentor)
    seen = JobPackage.objects.visible_to(who.user, on=who.viewing.today).open_on(on)
    under_way = Step.objects.under_way_on(on).filter(package__in=seen.values("pk"))
    rows = PlannedStep.objects.filter(
        workplace__in=places, step__in=under_way.values("pk"), version__effective_on__lte=on
    ).select_related("step__package__citizen")
    for row in rows.order_by("step__package__citizen__sort_key", "pk"):
        present[row.workplace_id].append(row)
    return tuple(
        PlacePart(place, tuple(functions[place.pk]), tuple(mentors[place.pk]), tuple(present[place.pk]))
        for place in places
    )
