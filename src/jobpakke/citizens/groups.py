"""The target groups in which somebody stands on a date, and a mark of which of them a reader had seen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q

from jobpakke.citizens.models import Citizen, TargetGroupMembership, TargetGroupScheme
from jobpakke.lib.marks import mark

NEAR = frozenset(
    {
        *((TargetGroupScheme.MATCH_CATEGORY.value, group) for group in ("1", "2", "3")),
        (TargetGroupScheme.MATCH_GROUP.value, "1"),
        (TargetGroupScheme.READINESS.value, "job_ready"),
    }
)
"""Groups counted as near the labour market: categories 1-3 of 2004, match group 1 of 2010, job-ready since 2014."""


def target_groups(citizen: Citizen, *, on: date) -> list[TargetGroupMembership]:
    """The groups that hold on the date, at most one a scheme."""
    return list(TargetGroupMembership.objects.on(on).filter(citizen=citizen).order_by("pk"))


def groups_mark(rows: Iterable[TargetGroupMembership]) -> str:
    """Tells which groups somebody had read."""
    return mark(*sorted((row.scheme, row.group, row.starts_on) for row in rows))


def in_a_group(*, on: date) -> Exists:
    """Whether the citizen of an outer query stands in any group on the date."""
    return Exists(TargetGroupMembership.objects.on(on).filter(citizen=OuterRef("pk")))


def near_the_labour_market(*, on: date) -> Exists:
    """Whether the citizen of an outer query stands in one of the NEAR groups on the date."""
    near = Q()
    for scheme, group in sorted(NEAR):
        near |= Q(scheme=scheme, group=group)
    return Exists(TargetGroupMembership.objects.on(on).filter(near, citizen=OuterRef("pk")))
