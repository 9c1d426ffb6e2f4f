"""What a draft said before it was changed."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from jobpakke.packages.models.package import PlanVersion


class DraftWordingQuerySet(models.QuerySet["DraftWording"]):
    """What drafts said when."""

    def on(self, on: date) -> Self:
        """The wording that stood at the end of the day, of versions that were not in effect then; at most one each."""
        draft = Q(version__effective_on__isnull=True) | Q(version__effective_on__gt=on)
        return self.filter(draft, since__lte=on, until__gt=on)


class DraftWording(models.Model):
    """All that a draft said in ``[since, until)``, kept when it is changed on a later day than it had been: goal, steps
    in order and promises as ``packages.drafted`` writes them. It goes with a draft that is thrown away."""

    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="earlier")
    since = models.DateField()
    until = models.DateField()
    said = models.JSONField()

    objects = DraftWordingQuerySet.as_manager()

    class Meta:
        ordering = ("version", "until")
        constraints = (
            models.UniqueConstraint(fields=["version", "until"], name="draftwording_once_a_day"),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="draftwording_dates"),
        )

    def __str__(self) -> str:
        return f"{self.since} {self.until}"
