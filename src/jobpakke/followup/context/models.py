"""Counts of benefit recipients, and the imports they came by."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from jobpakke.access.models import Municipality, User
from jobpakke.access.policies import Act, municipalities_for
from jobpakke.lib.clock import now
from jobpakke.lib.refs import new_ref

MONTH, QUARTER = 1, 3
"""How many months a count is of."""


def importable(actor: User | None, *, on: date) -> models.QuerySet[Municipality]:
    """The municipalities whose counts somebody may take in; nobody is the operator at the command line."""
    return Municipality.objects.all() if actor is None else municipalities_for(actor, Act.IMPORT_COUNTS, on=on)


class BenefitImport(models.Model):
    """One file of counts that was taken in: by whom (nobody: the operator), when, from which source. Append-only."""

    append_only: ClassVar[bool] = True

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    source = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    imported_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="benefit_imports"
    )
    imported_on = models.DateField()
    recorded_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("-recorded_at", "-pk")

    def __str__(self) -> str:
        return f"{self.source} {self.imported_on}"


class BenefitCountQuerySet(models.QuerySet["BenefitCount"]):
    """Which counts somebody may see, and which of them hold."""

    def visible_to(self, user: User, *, on: date) -> Self:
        """Those of municipalities whose follow-up the user may see."""
        return self.filter(municipality__in=municipalities_for(user, Act.SEE_FOLLOW_UP, on=on))

    def current(self) -> Self:
        """As they are known now."""
        return self.filter(superseded_at__isnull=True)

    def known_at(self, moment: datetime) -> Self:
        """As they were known at a moment in UTC."""
        known = Q(superseded_at__isnull=True) | Q(superseded_at__gt=moment)
        return self.filter(known, imported__recorded_at__lte=moment)


class BenefitCount(models.Model):
    """How many received a benefit in a municipality over a month or a quarter, by its first day.

    ``benefit``: as the file names it. A newer import that says otherwise closes the row and opens another one.
    """

    municipality_path: ClassVar[str] = "municipality"

    imported = models.ForeignKey(BenefitImport, on_delete=models.PROTECT, related_name="counts")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="benefit_counts")
    benefit = models.CharField(max_length=120)
    month = models.DateField()
    months = models.PositiveSmallIntegerField(default=MONTH)
    persons = models.PositiveIntegerField()
    superseded_at = models.DateTimeField(null=True, blank=True)

    objects = BenefitCountQuerySet.as_manager()

    class Meta:
        ordering = ("municipality", "benefit", "month")
        constraints = (
            models.UniqueConstraint(
                fields=["municipality", "benefit", "month", "months"],
                condition=Q(superseded_at__isnull=True),
                name="benefitcount_one_known",
            ),
            models.CheckConstraint(condition=Q(months__in=(MONTH, QUARTER)), name="benefitcount_months"),
        )

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.benefit} {self.month}"
