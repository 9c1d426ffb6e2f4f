"""The job a package led to."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jobpakke.companies.models import Workplace
from jobpakke.lib.marks import mark
from jobpakke.lib.refs import new_ref
from jobpakke.method.week import HOURS_OF_A_WEEK
from jobpakke.packages.models.package import JobPackage


class Job(models.Model):
    """What came of a package: the work, where, from when, how many hours a week. ``employer``: who it is when the
    workplace is in no register of ours. ``starts_on`` may lie after the package's end."""

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    package = models.OneToOneField(JobPackage, on_delete=models.PROTECT, related_name="job")
    title = models.CharField(max_length=160)
    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, null=True, blank=True, related_name="jobs")
    employer = models.CharField(max_length=120, blank=True, default="")
    starts_on = models.DateField()
    weekly_hours = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(workplace__isnull=True) | Q(employer=""), name="job_one_place"),
            models.CheckConstraint(
                condition=Q(weekly_hours__isnull=True) | Q(weekly_hours__gt=0, weekly_hours__lte=HOURS_OF_A_WEEK),
                name="job_hours",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def mark(self) -> str:
        """Tells what it says from what it said before."""
        hours = None if self.weekly_hours is None else self.weekly_hours.normalize()
        return mark(self.title, self.workplace_id, self.employer, self.starts_on, hours)
