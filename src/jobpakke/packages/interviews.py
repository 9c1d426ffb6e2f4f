"""How many job interviews were held in a package's time: a read over the notes of the journal."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from jobpakke.citizens.groups import near_the_labour_market
from jobpakke.citizens.models import Citizen
from jobpakke.method.interviews import Interviews, interviews
from jobpakke.method.rulebook import Rulebook
from jobpakke.packages.models import JobPackage, JournalNote
from jobpakke.packages.rules import rules_of


def with_interviews(packages: QuerySet[JobPackage], *, on: date) -> QuerySet[JobPackage]:
    """Each with ``interviews_held``: those with its citizen since it opened, up to a date."""
    rows = JournalNote.objects.interviews().held_by(on)
    within = rows.filter(citizen=OuterRef("citizen"), held_on__gte=OuterRef("opened_on")).order_by().values("citizen")
    held = within.annotate(count=Count("pk")).values("count")
    return packages.annotate(interviews_held=Coalesce(Subquery(held), 0))


def asked_of(package: Any, rules: Rulebook, *, near: bool) -> Interviews | None:
    """What is asked of a package read ``with_interviews``; None where nothing is, as before it has begun."""
    if package.opened_on is None:
        return None
    return interviews(rules, opened_on=package.opened_on, near=near, held=package.interviews_held)


def interviews_of(citizen: Citizen, *, on: date) -> Interviews | None:
    """What is asked of the citizen's open package on the date, in two queries; None where nothing is."""
    rows = with_interviews(JobPackage.objects.open_on(on).filter(citizen=citizen), on=on)
    near = Citizen.objects.filter(pk=OuterRef("citizen")).values(near=near_the_labour_market(on=on))
    package = rows.annotate(near=Subquery(near)).order_by("-opened_on").first()
    if package is None:
        return None
    return asked_of(package, rules_of(citizen.municipality_id, on=on), near=package.near)
