"""What a municipality has decided for itself, and the warnings that somebody accepted with a reason."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobpakke.access.models import Municipality, User
from jobpakke.companies.models import Workplace
from jobpakke.history.models import PeriodQuerySet, PeriodRow
from jobpakke.lib.clock import now
from jobpakke.lib.refs import new_ref
from jobpakke.packages.models.package import JobPackage


class LimitChoice(models.TextChoices):
    """The limits of the rulebook in words (a test holds them to method.rulebook)."""

    INTERNSHIP_LENGTH = "internship_length", _("length of a company internship")
    WORK_TRIAL_LENGTH = "work_trial_length", _("length of a work trial")
    WAGE_SUBSIDY_LENGTH = "wage_subsidy_length", _("length of a wage-subsidised job")
    ONE_RUN = "one_run", _("days between steps that are one run")
    SUPPORT_RATIO = "support_ratio", _("supported people at a workplace")
    WEEKLY_HOURS = "weekly_hours", _("hours a week in all")
    TIMES_WRITTEN = "times_written", _("hours of the week written down")
    PLAN_STEPS = "plan_steps", _("steps of a plan")
    SAME_PLACE_AGAIN = "same_place_again", _("the same place again without pay")
    START_IN_PAST = "start_in_past", _("start in the past")
    CONTACT_PERSON = "contact_person", _("contact person at the workplace")
    FAMILY_TIES = "family_ties", _("close family at the workplace")
    LEAST_AGE = "least_age", _("least age")
    PENSION_AGE = "pension_age", _("pension age")
    CONTACT_EVERY = "contact_every", _("time between conversations")
    FIRST_CONTACT_AFTER_JOB = "first_contact_after_job", _("first conversation after a job began")
    JOB_INTERVIEWS = "job_interviews", _("job interviews in the first months")
    AFTERCARE_LENGTH = "aftercare_length", _("length of aftercare")
    AFTERCARE_CHECK_EVERY = "aftercare_check_every", _("time between check-ins of aftercare")
    RELAPSE_SHOWN = "relapse_shown", _("how long a relapse is followed up")
    DRAFT_KEPT = "draft_kept", _("how long a forgotten draft is kept")
    PROGRESS_EVERY = "progress_every", _("time between measures of progress")
    CARD_LINK = "card_link", _("how long the link to a competence card opens")
    CARD_REMINDED = "card_reminded", _("when one is reminded of a competence card")
    RETENTION = "retention", _("how long an ended package can be changed")
    SMALL_COUNTS = "small_counts", _("small counts in published tables")


class GroupChoice(models.TextChoices):
    """Target groups as the limits distinguish them."""

    ANY = "", _("everybody")
    CLOSE = "close", _("close to the labour market")
    FAR = "far", _("further from the labour market")


class SeverityChoice(models.TextChoices):
    """What happens when a limit is passed."""

    STOP = "stop", _("stops")
    WARN = "warn", _("warns")


class RuleOverride(PeriodRow):
    """A limit of a municipality's own over an interval, with the reason. ``values`` as in the rulebook."""

    overlap_key = ("municipality", "limit", "group", "sector")
    municipality_path: ClassVar[str] = "municipality"

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="rule_overrides")
    limit = models.CharField(max_length=40, choices=LimitChoice.choices)
    group = models.CharField(max_length=10, choices=GroupChoice.choices, blank=True, default="")
    sector = models.CharField(max_length=10, blank=True, default="")
    values = models.JSONField()
    severity = models.CharField(max_length=10, choices=SeverityChoice.choices)
    reason = models.CharField(max_length=400)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="rule_overrides")

    objects = PeriodQuerySet["RuleOverride"].as_manager()

    class Meta(PeriodRow.Meta):
        constraints = (  # type: ignore[assignment]  # more of them than the base has
            *PeriodRow.Meta.constraints,
            models.CheckConstraint(condition=Q(reason__gt=""), name="ruleoverride_reason"),
        )

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.limit} {self.starts_on}"


class AcceptedWarning(models.Model):
    """A limit that warns was passed, for a reason that stays. ``detail``: what exactly; more than that warns again."""

    append_only: ClassVar[bool] = True

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    package = models.ForeignKey(JobPackage, on_delete=models.PROTECT, related_name="accepted_warnings")
    step = models.UUIDField()
    code = models.CharField(max_length=60)
    detail = models.CharField(max_length=400)
    reason = models.CharField(max_length=400)
    accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="accepted_warnings")
    accepted_on = models.DateField()
    recorded_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("recorded_at", "pk")
        constraints = (models.CheckConstraint(condition=Q(reason__gt=""), name="acceptedwarning_reason"),)

    def __str__(self) -> str:
        return f"{self.package_id} {self.code}"


class TiesDeclared(models.Model):
    """Whether the citizen of a package is close family of who owns or leads a workplace; the newest row counts."""

    append_only: ClassVar[bool] = True

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    package = models.ForeignKey(JobPackage, on_delete=models.PROTECT, related_name="ties_declared")
    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, related_name="ties_declared")
    close_family = models.BooleanField()
    declared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="ties_declared")
    declared_on = models.DateField()
    recorded_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("recorded_at", "pk")

    def __str__(self) -> str:
        return f"{self.package_id} {self.workplace_id}"
