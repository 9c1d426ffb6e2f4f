"""The event log and the shape of rows with a life."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import F, Q

from jobpakke.lib.clock import now
from jobpakke.lib.refs import new_ref


class Event(models.Model):
    """One thing that was done: codes and refs only, no names, no CPR, no free text.

    ``about`` is the root that a history page shows (a citizen, a company or a user); ``subject`` is the very thing.
    """

    append_only: ClassVar[bool] = True

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    kind = models.CharField(max_length=60)
    actor = models.UUIDField(null=True, blank=True)
    subject = models.UUIDField()
    about = models.UUIDField()
    effective_on = models.DateField()
    recorded_at = models.DateTimeField(default=now)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ("-recorded_at", "-pk")
        indexes = (
            models.Index(fields=["about", "-recorded_at"], name="event_about"),
            models.Index(fields=["subject", "kind"], name="event_subject_kind"),
            models.Index(fields=["kind", "effective_on"], name="event_kind"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} {self.effective_on}"


Row_co = TypeVar("Row_co", bound="PeriodRow", covariant=True)


class PeriodQuerySet(models.QuerySet[Row_co]):
    """Questions to rows with a valid interval and a recorded interval."""

    def current(self) -> Self:
        """Rows as they are known now (not closed by a correction)."""
        return self.filter(superseded_at__isnull=True)

    def known_at(self, moment: datetime) -> Self:
        """Rows as they were known at a moment in UTC."""
        return self.filter(Q(superseded_at__isnull=True) | Q(superseded_at__gt=moment), recorded_at__lte=moment)

    def on(self, on: date) -> Self:
        """Rows, as known now, that hold on the date (half-open interval)."""
        return self.current().filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), starts_on__lte=on)


class PeriodRow(models.Model):
    """A fact with a life: it holds in ``[starts_on, ends_on)`` and was recorded in ``[recorded_at, superseded_at)``.

    A correction never changes the row: it closes its recorded interval and opens a new row. Rows of one
    ``overlap_key`` that are known now may not overlap; the database holds that (history/guards.py).
    """

    overlap_key: ClassVar[tuple[str, ...]] = ()

    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(default=now)
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="%(app_label)s_%(class)s_dates",
            ),
        )
