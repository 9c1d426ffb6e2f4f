"""Aftercare when the job has begun."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from jobpakke.access.models import User
from jobpakke.lib.periods import Period
from jobpakke.lib.refs import new_ref
from jobpakke.method.aftercare import Care
from jobpakke.packages.models.package import JobPackage


class AftercareQuerySet(models.QuerySet["Aftercare"]):
    """Whose aftercare one may see, and which of it runs."""

    def visible_to(self, user: User, *, on: date) -> Self:
        """As their packages."""
        return self.filter(package__in=JobPackage.objects.visible_to(user, on=on).values("pk"))

    def running_on(self, on: date) -> Self:
        """Neither ended by its day nor by wish."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on), starts_on__lte=on, ends_on__gt=on)

    def agreed_by(self, on: date) -> Self:
        """Those that had begun, the newest first, each with ``ends_then``: its end as it was agreed by the date."""
        later = AftercareExtension.objects.filter(aftercare=OuterRef("pk"), extended_on__gt=on)
        was = Subquery(later.order_by("extended_on", "pk").values("was_until")[:1])
        return self.filter(starts_on__lte=on).annotate(ends_then=Coalesce(was, F("ends_on"))).order_by("-number")


class Aftercare(models.Model):
    """Support agreed after the job started: looked after every so many weeks, used when needed.

    ``ended_on``: ended before its day by wish. ``number``: the agreements of a package, counted from 1; support that
    ended and is taken up again is another agreement beside the first.
    """

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    package = models.ForeignKey(JobPackage, on_delete=models.PROTECT, related_name="aftercares")
    number = models.PositiveSmallIntegerField(default=1)
    starts_on = models.DateField()
    ends_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    every_weeks = models.PositiveSmallIntegerField(default=12)

    objects = AftercareQuerySet.as_manager()

    class Meta:
        ordering = ("package", "number")
        constraints = (
            models.UniqueConstraint(fields=["package", "number"], name="aftercare_number"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="aftercare_dates"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("starts_on"), ended_on__lt=F("ends_on")),
                name="aftercare_ended",
            ),
            models.CheckConstraint(condition=Q(every_weeks__gte=1), name="aftercare_every"),
        )

    def __str__(self) -> str:
        return f"{self.package_id} {self.starts_on}"

    def runs_on(self, on: date) -> bool:
        """Whether it had begun and not ended on the date."""
        return self.starts_on <= on < (self.ended_on or self.ends_on)

    def care(self, *, first_days: int, on: date) -> Care:
        """The plan as the method sees it, as it stood on the date; ``first_days``: from the rulebook."""
        ended = self.ended_on if self.ended_on and self.ended_on <= on else None
        days = Period(self.starts_on, ended or self.ends_on)
        return Care(days, timedelta(days=first_days), timedelta(weeks=self.every_weeks))


class AftercareExtension(models.Model):
    """A later end of an aftercare, with a reason; the end before stays readable."""

    append_only: ClassVar[bool] = True

    aftercare = models.ForeignKey(Aftercare, on_delete=models.PROTECT, related_name="extensions")
    extended_on = models.DateField()
    was_until = models.DateField()
    until = models.DateField()
    reason = models.CharField(max_length=400)
    extended_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="extended_aftercares")

    class Meta:
        ordering = ("extended_on", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(until__gt=F("was_until")), name="aftercareextension_later"),
            models.CheckConstraint(condition=Q(reason__gt=""), name="aftercareextension_reason"),
        )

    def __str__(self) -> str:
        return f"{self.was_until} {self.until}"


class CareTopic(models.TextChoices):
    """What it was about. Never an illness or another cause."""

    HOURS = "hours_and_shifts", _("hours and shifts")
    TASKS = "tasks", _("the tasks")
    COLLEAGUES = "colleagues", _("colleagues and managers")
    PAY = "pay_and_contract", _("pay and contract")
    AT_HOME = "at_home", _("life beside the job")
    AT_RISK = "job_at_risk", _("the job is at risk")
    GOING_WELL = "going_well", _("it goes well")
