"""What a row said before it was corrected or taken back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jobpakke.access.models import User
from jobpakke.lib.clock import now
from jobpakke.lib.refs import new_ref
from jobpakke.packages.models.package import JobPackage
from jobpakke.packages.models.steps import CorrectionReason


class Corrected(models.TextChoices):
    """What was corrected."""

    JOB = "job", _("the job")
    PROMISE = "promise", _("a settled promise")
    WAIVER = "waiver", _("a dispensation")
    YES = "yes", _("a party's yes")
    CONFIDENTIALITY = "confidentiality", _("a mentor's confirmation")
    AFTERCARE_END = "aftercare_end", _("the end of aftercare")


class Correction(models.Model):
    """What stood in a row of a package before it was corrected, or taken back, with its texts: ``was``, by column.

    The row itself says what is true now, the event that it was corrected; the history reads from here what an event of
    before told of. ``subject``: the ref of what the events are about.
    """

    append_only: ClassVar[bool] = True

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    package = models.ForeignKey(JobPackage, on_delete=models.PROTECT, related_name="corrections")
    what = models.CharField(max_length=20, choices=Corrected.choices)
    subject = models.UUIDField()
    was = models.JSONField()
    because = models.CharField(max_length=20, choices=CorrectionReason.choices)
    corrected_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="corrections")
    recorded_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("recorded_at", "pk")
        indexes = (models.Index(fields=["subject", "what"], name="correction_subject"),)

    def __str__(self) -> str:
        return f"{self.what} {self.subject}"
