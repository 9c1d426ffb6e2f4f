"""A follow-up that is kept: both tables of a programme on a date, as they were known when frozen. Append-only."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef

from jobpakke.access.models import Municipality, User
from jobpakke.access.policies import Act, municipalities_for
from jobpakke.followup.context.models import BenefitCount, BenefitImport
from jobpakke.lib.clock import now
from jobpakke.lib.refs import new_ref
from jobpakke.packages.models import Programme

__all__ = ["BenefitCount", "BenefitImport", "FollowUp", "FollowUpPart"]


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    """Which frozen follow-ups somebody may see."""

    def visible_to(self, user: User, *, on: date) -> Self:
        """Those of which the user may see the follow-up of every municipality."""
        seen = municipalities_for(user, Act.SEE_FOLLOW_UP, on=on)
        parts = FollowUpPart.objects.filter(follow_up=OuterRef("pk"))
        return self.filter(Exists(parts), ~Exists(parts.exclude(municipality__in=seen)))

    def cut_off_before(self, on: date, programme: Programme) -> date | None:
        """The latest cut-off date of the programme's that lies before the date: what one was told last time."""
        rows = self.filter(programme=programme, cut_off_on__lt=on).order_by("-cut_off_on")
        return rows.values_list("cut_off_on", flat=True).first()

    def listed(self) -> Self:
        """Without the bytes, with who froze it; the newest first."""
        return self.defer("content", "facts").select_related("programme", "frozen_by").order_by("-frozen_at", "-pk")


class FollowUp(models.Model):
    """Both tables on ``cut_off_on``, as canonical JSON in ``content``; ``sha256`` is the hash of these bytes.

    ``facts`` (canonical JSON too; its hash stands in the content) says where each citizen and package counts and by
    which recorded facts, in refs alone, so that a later difference can be explained. It is never shown or given out.
    """

    append_only: ClassVar[bool] = True

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="follow_ups")
    cut_off_on = models.DateField()
    municipalities = models.ManyToManyField(Municipality, through="FollowUpPart", related_name="follow_ups")
    content = models.BinaryField()
    facts = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    note = models.CharField(max_length=1000, blank=True, default="")
    frozen_at = models.DateTimeField(default=now)
    frozen_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="follow_ups")

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ("-frozen_at", "-pk")
        indexes = (models.Index(fields=["programme", "-frozen_at"], name="followup_programme"),)

    def __str__(self) -> str:
        return f"{self.programme_id} {self.cut_off_on}"


class FollowUpPart(models.Model):
    """A municipality that a frozen follow-up covers."""

    append_only: ClassVar[bool] = True

    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="parts")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="follow_up_parts")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["follow_up", "municipality"], name="followuppart_once_a_municipality"),
        )

    def __str__(self) -> str:
        return f"{self.follow_up_id} {self.municipality_id}"
