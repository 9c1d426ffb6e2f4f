"""Drafts nobody touches, as the rulebook of their municipality sees them."""

from __future__ import annotations

from datetime import date

from jobpakke.access.models import Municipality
from jobpakke.method.forgotten import Fading, fading
from jobpakke.method.rulebook import Limit, Rulebook
from jobpakke.packages.models import PlanVersion


def fading_of(touched_on: date, rules: Rulebook, *, on: date) -> Fading:
    """When a draft is announced and removed, by the limits in force on the date."""
    weeks, before = (rules.value(Limit.DRAFT_KEPT, name, on=on) for name in ("weeks", "announced_weeks"))
    return fading(touched_on, weeks=weeks, announced_weeks=before)


def forgotten_drafts(municipality: Municipality, rules: Rulebook, *, on: date) -> list[PlanVersion]:
    """The drafts of a municipality whose day to be removed has come; one query."""
    rows = PlanVersion.objects.drafts().filter(package__municipality=municipality, touched_on__lte=on)
    old = rows.with_last_touch(on).select_related("package__citizen").order_by("pk")
    return [row for row in old if fading_of(row.last_touched_on, rules, on=on).removed_on <= on]
