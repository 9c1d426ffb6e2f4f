"""The target groups that a citizen is in, and the mark by which two people who set them are kept apart."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from jobpakke.citizens.models import Citizen, TargetGroupMembership
from jobpakke.lib.marks import mark


def target_groups(citizen: Citizen, *, on: date) -> list[TargetGroupMembership]:
    """The groups that hold on the date, at most one a scheme."""
    return list(TargetGroupMembership.objects.on(on).filter(citizen=citizen).order_by("pk"))


def groups_mark(rows: Iterable[TargetGroupMembership]) -> str:
    """Tells which groups somebody had read."""
    return mark(*sorted((row.scheme, row.group, row.starts_on) for row in rows))
