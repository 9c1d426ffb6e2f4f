"""The progress measure: a municipality's own questions, and the answers of citizen and caseworker. All append-only."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobpakke.access.models import Municipality, User
from jobpakke.citizens.models import Citizen
from jobpakke.lib.clock import now
from jobpakke.lib.refs import new_ref
from jobpakke.method.progress import LEAST, MOST
from jobpakke.packages.models.package import JobPackage


class AnswererChoice(models.TextChoices):
    """Who answers (a test holds it to method.progress)."""

    CITIZEN = "citizen", _("the citizen")
    CASEWORKER = "caseworker", _("job consultant")


class OwnQuestionnaire(models.Model):
    """One version of a municipality's own questions to a party, in force from a day until the next one's.

    ``points`` and ``questions`` as packages.questionnaires keeps them.
    """

    append_only: ClassVar[bool] = True
    municipality_path: ClassVar[str] = "municipality"

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="questionnaires")
    by = models.CharField(max_length=20, choices=AnswererChoice.choices)
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    points = models.JSONField()
    questions = models.JSONField()
    starts_on = models.DateField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="questionnaires")
    made_on = models.DateField()

    class Meta:
        ordering = ("municipality", "by", "number")
        constraints = (
            models.UniqueConstraint(fields=["municipality", "by", "number"], name="ownquestionnaire_number"),
            models.UniqueConstraint(fields=["municipality", "by", "starts_on"], name="ownquestionnaire_day"),
            models.CheckConstraint(condition=Q(starts_on__gte=models.F("made_on")), name="ownquestionnaire_ahead"),
        )

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.by} {self.number}"


class ProgressMeasureQuerySet(models.QuerySet["ProgressMeasure"]):
    """Which measures somebody may read, and which of them count."""

    def visible_to(self, user: User, *, on: date) -> Self:
        """As their citizens."""
        return self.filter(citizen__in=Citizen.objects.visible_to(user, on=on).values("pk"))

    def current(self) -> Self:
        """Those that have not been corrected by a later one."""
        return self.filter(correction__isnull=True)

    def answered_by(self, on: date) -> Self:
        """Those of the days up to a date, as known now, the oldest first."""
        return self.current().filter(answered_on__lte=on).order_by("answered_on", "pk")


class ProgressMeasure(models.Model):
    """What one party answered on a day. ``template`` and ``version`` say which questions were asked, ``own`` where they
    were a municipality's. ``nth``: how many the party has had on that day, the corrected ones included."""

    append_only: ClassVar[bool] = True
    municipality_path: ClassVar[str] = "citizen__municipality"

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="progress_measures")
    package = models.ForeignKey(
        JobPackage, on_delete=models.PROTECT, null=True, blank=True, related_name="progress_measures"
    )
    template = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    own = models.ForeignKey(
        OwnQuestionnaire, on_delete=models.PROTECT, null=True, blank=True, related_name="progress_measures"
    )
    by = models.CharField(max_length=20, choices=AnswererChoice.choices)
    answered_on = models.DateField()
    nth = models.PositiveSmallIntegerField(default=1)
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="correction")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="progress_measures")
    recorded_at = models.DateTimeField(default=now)

    objects = ProgressMeasureQuerySet.as_manager()

    class Meta:
        ordering = ("-answered_on", "-pk")
        constraints = (
            models.UniqueConstraint(fields=["citizen", "by", "answered_on", "nth"], name="progressmeasure_day"),
        )
        indexes = (models.Index(fields=["package", "answered_on"], name="progressmeasure_package"),)

    def __str__(self) -> str:
        return f"{self.by} {self.answered_on}"


class ProgressAnswer(models.Model):
    """The point of one question, by its code. A question without a row was not answered."""

    append_only: ClassVar[bool] = True

    measure = models.ForeignKey(ProgressMeasure, on_delete=models.PROTECT, related_name="answers")
    question = models.CharField(max_length=60)
    point = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("measure", "pk")
        constraints = (
            models.UniqueConstraint(fields=["measure", "question"], name="progressanswer_once"),
            models.CheckConstraint(condition=Q(point__gte=LEAST, point__lte=MOST), name="progressanswer_point"),
        )

    def __str__(self) -> str:
        return f"{self.question} {self.point}"
