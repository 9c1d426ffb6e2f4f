"""Steps: what was agreed about them (PlannedStep), what happened (Step), and what shows it (SubGoal, Evidence)."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jobpakke.access.models import Role, User
from jobpakke.companies.models import Workplace
from jobpakke.lib.clock import now
from jobpakke.lib.refs import new_ref
from jobpakke.method.evidence import LEAST_LEVEL, MOST_LEVEL, WHOLE, Demand
from jobpakke.method.week import HOURS_OF_A_WEEK
from jobpakke.packages.models.package import JobPackage, LateReason, PlanVersion


class StepKindChoice(models.TextChoices):
    """Step kinds in words; the rules of each are in method.step_kinds (a test holds the two together)."""

    CLARIFICATION = "clarification", _("clarification")
    WORK_TRIAL = "work_trial", _("work trial")
    INTERNSHIP = "internship", _("company internship")
    WAGE_SUBSIDY = "wage_subsidy", _("wage-subsidised job")
    UPSKILLING = "upskilling", _("upskilling course")
    DANISH_EDUCATION = "danish_education", _("Danish education")
    GUIDANCE = "guidance", _("guidance")
    MENTORING = "mentoring", _("mentor support")
    PAID_HOURS = "paid_hours", _("paid hours")
    OWN_WORDS = "own_words", _("another activity")


class EndReason(models.TextChoices):
    """Why a step ended without being fulfilled."""

    ABSENCE = "absence", _("absence")
    COMPANY_WITHDREW = "company_withdrew", _("the company withdrew")
    CITIZEN_WITHDREW = "citizen_withdrew", _("the citizen withdrew")
    NOT_REACHED = "not_reached", _("the sub-goals were not reached")
    OTHER_PATH = "other_path", _("another path was chosen")
    GOT_JOB = "got_job", _("the citizen got a job")
    MOVED = "moved", _("moved to another municipality")


class CorrectionReason(models.TextChoices):
    """Why something that was recorded was wrong: a closed list."""

    MISTYPED = "mistyped", _("a typing mistake")
    TOLD_WRONG = "told_wrong", _("we were told wrong")
    ELSEWHERE = "elsewhere", _("it belongs to another step or citizen")
    NEVER_HAPPENED = "never_happened", _("it never happened")


class StepQuerySet(models.QuerySet["Step"]):
    """Which steps somebody may see, and which are under way."""

    def visible_to(self, user: User, *, on: date) -> Self:
        """As their packages."""
        return self.filter(package__in=JobPackage.objects.visible_to(user, on=on).values("pk"))

    def under_way_on(self, on: date) -> Self:
        """The same as StepState.UNDER_WAY of method.ladder, in SQL (a property test holds them equal)."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on), started_on__lte=on)


class Step(models.Model):
    """One activity: its identity and what happened. What was agreed about it stands in the plan versions."""

    municipality_path: ClassVar[str] = "package__citizen__municipality"

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    package = models.ForeignKey(JobPackage, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=20, choices=StepKindChoice.choices)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ending = models.CharField(max_length=12, blank=True, default="")
    end_reason = models.CharField(max_length=20, choices=EndReason.choices, blank=True, default="")
    late_reason = models.CharField(max_length=20, choices=LateReason.choices, blank=True, default="")
    end_late_reason = models.CharField(max_length=20, choices=LateReason.choices, blank=True, default="")

    objects = StepQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ending="")
                | Q(
                    ended_on__isnull=False,
                    started_on__isnull=False,
                    ended_on__gte=F("started_on"),
                    ending__in=("fulfilled", "unfulfilled"),
                ),
                name="step_ending",
            ),
            models.CheckConstraint(
                condition=Q(ending="unfulfilled", end_reason__gt="") | (~Q(ending="unfulfilled") & Q(end_reason="")),
                name="step_end_reason",
            ),
        )
        indexes = (models.Index(fields=["package", "started_on"], name="step_package"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"


class PlannedStep(models.Model):
    """What one plan version says of a step: title, half-open planned interval, place, hours, what must come before,
    what must be reached. ``times``: the hours of the week it claims, as [weekday, "08:00", "12:00"], Monday 0.
    ``edits`` counts its changes, so that who read an older text is told."""

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="planned_steps")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="wordings")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    starts_on = models.DateField()
    ends_on = models.DateField()
    weekly_hours = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    workplace = models.ForeignKey(
        Workplace, on_delete=models.PROTECT, null=True, blank=True, related_name="planned_steps"
    )
    needs = models.ManyToManyField(Step, related_name="needed_by", blank=True)
    sub_goals: models.ManyToManyField[SubGoal, Any] = models.ManyToManyField(
        "SubGoal", related_name="wordings", blank=True
    )
    times = models.JSONField(default=list, blank=True)
    edits = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("version", "position", "pk")
        constraints = (
            models.UniqueConstraint(fields=["version", "step"], name="plannedstep_once_a_version"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="plannedstep_dates"),
            models.CheckConstraint(
                condition=Q(weekly_hours__isnull=True) | Q(weekly_hours__gt=0, weekly_hours__lte=HOURS_OF_A_WEEK),
                name="plannedstep_hours",
            ),
        )

    def __str__(self) -> str:
        return self.title


class EvidenceKindChoice(models.TextChoices):
    """What can show that a sub-goal is met; the kinds allowed by step kind are in method.step_kinds."""

    CARD_LEVEL = "card_level", _("level on a competence card")
    CERTIFICATE = "certificate", _("certificate")
    ATTENDANCE = "attendance", _("attendance")
    LANGUAGE_MODULE = "language_module", _("language module")
    STATEMENT = "statement", _("signed statement")


class SubGoal(models.Model):
    """What must be reached in a step, and the kind of evidence that shows it. The wordings of the step that hold it
    say in which plan versions it counts; an agreed one is never reworded, but replaced by another. ``share``, ``level``
    and ``which``: what is asked beyond the kind (method.evidence.Demand)."""

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="sub_goals")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    evidence_kind = models.CharField(max_length=20, choices=EvidenceKindChoice.choices)
    share = models.PositiveSmallIntegerField(null=True, blank=True)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    which = models.CharField(max_length=120, blank=True, default="")

    met_on: date | None
    """The first day evidence meets it; only on rows that ``packages.facts`` read."""

    class Meta:
        ordering = ("step", "position", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(evidence_kind="attendance", share__gte=1, share__lte=WHOLE),
                name="subgoal_share",
            ),
            models.CheckConstraint(
                condition=Q(level__isnull=True)
                | Q(evidence_kind="card_level", level__gte=LEAST_LEVEL, level__lte=MOST_LEVEL),
                name="subgoal_level",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def demand(self) -> Demand:
        """What is asked beyond the kind of evidence."""
        return Demand(self.share, self.level, self.which)


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Which evidence counts."""

    def counting(self) -> Self:
        """Evidence that has not been replaced by a later record."""
        return self.filter(replaced_by__isnull=True)


class Evidence(models.Model):
    """What shows that a sub-goal is met (``meets``) or not yet. Corrected by a new record that replaces it."""

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    sub_goal = models.ForeignKey(SubGoal, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=20, choices=EvidenceKindChoice.choices)
    shown_on = models.DateField()
    meets = models.BooleanField()
    shown = models.PositiveSmallIntegerField(null=True, blank=True)
    """Percent attended, or the level reached."""
    remark = models.CharField(max_length=400, blank=True, default="")
    late_reason = models.CharField(max_length=20, choices=LateReason.choices, blank=True, default="")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="evidence")
    recorded_at = models.DateTimeField(default=now)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")
    card = models.ForeignKey("CompetenceCard", on_delete=models.PROTECT, null=True, blank=True, related_name="evidence")
    """The card on which the company gave the level; None: somebody told it in another way."""

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ("shown_on", "pk")
        indexes = (models.Index(fields=["sub_goal", "shown_on"], name="evidence_sub_goal"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.shown_on}"


class Waiver(models.Model):
    """The gate behind a step is passed without evidence, with reason, name and role."""

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    step = models.OneToOneField(Step, on_delete=models.PROTECT, related_name="waiver")
    given_on = models.DateField()
    reason = models.CharField(max_length=400)
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="waivers")
    given_as = models.CharField(max_length=20, choices=Role.choices, blank=True, default="")
    """The role of the giver at that time; empty for what was given before it was kept."""

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(reason__gt=""), name="waiver_reason"),)

    def __str__(self) -> str:
        return f"{self.step_id} {self.given_on}"
