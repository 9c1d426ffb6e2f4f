"""Programmes and what was promised in them."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from jobpakke.access.models import Municipality, User
from jobpakke.access.policies import Act, municipalities_for
from jobpakke.lib.refs import new_ref


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """Which programmes are open to somebody."""

    def visible_to(self, user: User, *, on: date) -> Self:
        """Programmes in which a municipality takes part whose follow-up the user may see."""
        return self.open_to(user, Act.SEE_FOLLOW_UP, on=on)

    def open_to(self, user: User, act: Act, *, on: date) -> Self:
        """Programmes in which a municipality takes part where a role of the user's opens the act."""
        seen = municipalities_for(user, act, on=on)
        taking_part = Target.objects.filter(municipality__in=seen)
        return self.filter(pk__in=taking_part.values("programme"))


class Programme(models.Model):
    """A period with a purpose, e.g. VIP2.

    ``counted_on``: the date of its final count of packages, against which growth is told. ``followed_up_on``: the
    date on which its follow-up opens.
    """

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    counted_on = models.DateField(null=True, blank=True)
    followed_up_on = models.DateField(null=True, blank=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_on", "code")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")), name="programme_dates"
            ),
        )

    def __str__(self) -> str:
        return self.code


class Target(models.Model):
    """A municipality's part in a programme, in the programme's order; ``packages`` is the promise, if one was made."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="targets")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="targets")
    position = models.PositiveSmallIntegerField()
    packages = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("programme", "position")
        constraints = (
            models.UniqueConstraint(fields=["programme", "municipality"], name="target_once_a_municipality"),
            models.UniqueConstraint(fields=["programme", "position"], name="target_position"),
        )

    def __str__(self) -> str:
        return f"{self.programme_id} {self.municipality_id}"
