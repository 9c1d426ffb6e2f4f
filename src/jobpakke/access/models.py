"""Municipalities, users, their roles and teams, and the log of look-ups."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from jobpakke.history.models import PeriodQuerySet, PeriodRow
from jobpakke.lib.clock import now
from jobpakke.lib.refs import new_ref


class Role(models.TextChoices):
    """What somebody is in a municipality."""

    CASEWORKER = "caseworker", _("job consultant")
    TEAM_LEADER = "team_leader", _("team leader")
    EVALUATOR = "evaluator", _("evaluator")
    DPO = "dpo", _("data protection officer")
    ADMIN = "admin", _("administrator")


class Municipality(models.Model):
    """The tenant. ``code`` has four digits, as in the official tables ("0751")."""

    code = models.CharField(max_length=4, unique=True, validators=[RegexValidator(r"^\d{4}$")])
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name


class User(AbstractBaseUser):
    """Somebody who can sign in. What they may do is in their memberships, nowhere else."""

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    username = models.CharField(max_length=60, unique=True)
    full_name = models.CharField(max_length=120)
    email = models.EmailField(blank=True, default="")
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    held_today: tuple[Membership, ...]
    """Only on the user of a request; ask ``access.backend.roles_held_today``."""

    objects = BaseUserManager["User"]()

    class Meta:
        ordering = ("username",)

    def __str__(self) -> str:
        return self.full_name


class Membership(PeriodRow):
    """A role of a user in a municipality over an interval."""

    overlap_key = ("user", "municipality", "role")

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)

    objects = PeriodQuerySet["Membership"].as_manager()

    class Meta(PeriodRow.Meta):
        indexes = (models.Index(fields=["user", "role"], name="membership_user_role"),)

    def __str__(self) -> str:
        return f"{self.role} {self.municipality_id}"


class Team(models.Model):
    """Job consultants of a municipality who work together; the follow-up counts by it."""

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=60)

    class Meta:
        ordering = ("municipality", "name")
        constraints = (models.UniqueConstraint(fields=["municipality", "name"], name="team_one_of_a_name"),)

    def __str__(self) -> str:
        return self.name


class TeamMembership(PeriodRow):
    """In which team of a municipality a user is over an interval; at most one at a time."""

    overlap_key = ("user", "municipality")

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="team_memberships")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="team_memberships")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships")

    objects = PeriodQuerySet["TeamMembership"].as_manager()

    class Meta(PeriodRow.Meta):
        indexes = (models.Index(fields=["municipality", "user"], name="teammembership_place"),)

    def __str__(self) -> str:
        return f"{self.team_id} {self.user_id}"


class AccessLog(models.Model):
    """One look-up of a citizen: who, whom, when, on which page. Append-only."""

    append_only: ClassVar[bool] = True

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="lookups")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="lookups")
    citizen = models.UUIDField()
    page = models.CharField(max_length=60)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (
            models.Index(fields=["municipality", "-at"], name="accesslog_municipality"),
            models.Index(fields=["citizen", "-at"], name="accesslog_citizen"),
        )

    def __str__(self) -> str:
        return f"{self.page} {self.at:%Y-%m-%d %H:%M}"
