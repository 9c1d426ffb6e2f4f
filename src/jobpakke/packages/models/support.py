"""What carries a package: promises and mentors."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from jobpakke.companies.models import Mentor
from jobpakke.lib.refs import new_ref
from jobpakke.packages.models.package import JobPackage, Party
from jobpakke.packages.models.steps import Step


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    """Which promises stand open."""

    def open_on(self, on: date) -> Self:
        """Promised by the date, and by then neither kept nor broken."""
        return self.filter(
            Q(kept_on__isnull=True) | Q(kept_on__gt=on),
            Q(broken_on__isnull=True) | Q(broken_on__gt=on),
            made_on__lte=on,
        )


class Commitment(models.Model):
    """What a party promised, by when, and whether it was kept."""

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    package = models.ForeignKey(JobPackage, on_delete=models.PROTECT, related_name="commitments")
    party = models.CharField(max_length=20, choices=Party.choices)
    text = models.CharField(max_length=200)
    made_on = models.DateField()
    due_on = models.DateField()
    kept_on = models.DateField(null=True, blank=True)
    broken_on = models.DateField(null=True, blank=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(kept_on__isnull=True) | Q(broken_on__isnull=True), name="commitment_kept_or_broken"
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("made_on")), name="commitment_dates"),
        )
        indexes = (models.Index(fields=["package", "due_on"], name="commitment_due"),)

    def __str__(self) -> str:
        return self.text


class Mentorship(models.Model):
    """A mentor at a step over an interval. Confidentiality is confirmed before the first day."""

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="mentorships")
    mentor = models.ForeignKey(Mentor, on_delete=models.PROTECT, related_name="mentorships")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    confidentiality_on = models.DateField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")), name="mentorship_dates"
            ),
            models.CheckConstraint(
                condition=Q(confidentiality_on__lte=F("starts_on")), name="mentorship_confidentiality"
            ),
        )

    def __str__(self) -> str:
        return f"{self.step_id} {self.mentor_id}"
