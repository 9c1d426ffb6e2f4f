"""A municipality's own ready-made staircases."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models

from jobpakke.access.models import Municipality, User
from jobpakke.access.policies import Act, municipalities_for
from jobpakke.lib.refs import new_ref
from jobpakke.packages.models.package import GoalForm


class StaircaseTemplateQuerySet(models.QuerySet["StaircaseTemplate"]):
    """Which staircases somebody may lay."""

    def visible_to(self, user: User, *, on: date) -> Self:
        """Those of the municipalities in which the user sees cases."""
        return self.filter(municipality__in=municipalities_for(user, Act.SEE_CASES, on=on))

    def in_use(self) -> Self:
        """Those that have not been put away."""
        return self.filter(retired_on__isnull=True).order_by("name", "pk")


class StaircaseTemplate(models.Model):
    """A ready-made staircase of a municipality; ``steps`` as packages.ready_made keeps them; ``edits``
    counts its changes, so that who read an older one is told."""

    municipality_path: ClassVar[str] = "municipality"

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="staircase_templates")
    name = models.CharField(max_length=120)
    trade = models.CharField(max_length=60, blank=True, default="")
    goal = models.CharField(max_length=160)
    form = models.CharField(max_length=20, choices=GoalForm.choices)
    steps = models.JSONField()
    edits = models.PositiveIntegerField(default=0)
    kept_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="staircase_templates")
    kept_on = models.DateField()
    retired_on = models.DateField(null=True, blank=True)

    objects = StaircaseTemplateQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["municipality", "name"],
                condition=models.Q(retired_on__isnull=True),
                name="staircasetemplate_name",
            ),
        )

    def __str__(self) -> str:
        return self.name
