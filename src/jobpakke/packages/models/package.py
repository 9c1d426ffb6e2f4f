"""The package, its goal, its plan versions and the three parties' approvals."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from jobpakke.access.models import Municipality, User
from jobpakke.citizens.models import Citizen
from jobpakke.companies.models import Company, WorkFunction, Workplace
from jobpakke.lib.marks import mark
from jobpakke.lib.refs import new_ref
from jobpakke.packages.models.programme import Programme


class GoalForm(models.TextChoices):
    """The form of employment that a package leads to."""

    ORDINARY = "ordinary", _("ordinary job")
    FLEX = "flex", _("flex job")
    CLARIFY_PENSION = "clarify_pension", _("clarification of disability pension")


class Trade(models.TextChoices):
    """The kinds of work that goals are counted by: those of the ready-made staircases, and what else is common."""

    CLEANING = "cleaning", _("cleaning")
    KITCHEN = "kitchen", _("kitchen and canteen")
    SHOP = "shop", _("shop")
    WAREHOUSE = "warehouse", _("warehouse")
    TRANSPORT = "transport", _("transport")
    HOTEL = "hotel", _("hotel and restaurant")
    OFFICE = "office", _("office")
    CARE = "care", _("care of the elderly and ill")
    CHILDREN = "children", _("day care and school")
    PRODUCTION = "production", _("production and workshop")
    BUILDING = "building", _("building and maintenance")
    OUTDOORS = "outdoors", _("gardens, farming and forestry")
    OTHER = "other_trade", _("other work")


class Outcome(models.TextChoices):
    """How a package ended."""

    ORDINARY_JOB = "ordinary_job", _("ordinary job")
    FLEX_JOB = "flex_job", _("flex job")
    PENSION = "pension", _("disability pension granted")
    OTHER = "other", _("other reason")
    NO_JOB = "no_job", _("ended without a job")
    NEW_PACKAGE = "new_package", _("continued in a new package")


class Party(models.TextChoices):
    """The three who share a package."""

    CITIZEN = "citizen", _("the citizen")
    COMPANY = "company", _("the company")
    MUNICIPALITY = "municipality", _("the municipality")


class LateReason(models.TextChoices):
    """Why something was registered after the day it happened: a closed list."""

    FORGOTTEN = "forgotten", _("was not registered in time")
    TOLD_LATE = "told_late", _("we were told late")
    NO_SYSTEM = "no_system", _("the system could not be used")


class JobPackageQuerySet(models.QuerySet["JobPackage"]):
    """Questions about packages."""

    def visible_to(self, user: User, *, on: date) -> Self:
        """The packages of the citizens that the user may see."""
        return self.filter(citizen__in=Citizen.objects.visible_to(user, on=on).values("pk"))

    def started_by(self, on: date) -> Self:
        """Packages whose plan had taken effect on or before the date."""
        return self.filter(opened_on__lte=on)

    def with_unsettled(self, on: date) -> Self:
        """Each with its draft or proposal as of the date: ``unsettled_ref``, ``unsettled_touched_on`` and
        ``unsettled_proposed_on``; None where there is none.
        """
        rows = PlanVersion.objects.unsettled_on(on).filter(package=OuterRef("pk")).with_last_touch(on)
        return self.annotate(
            unsettled_ref=Subquery(rows.values("ref")[:1]),
            unsettled_touched_on=Subquery(rows.values("last_touched_on")[:1]),  # type: ignore[misc]  # annotated
            unsettled_proposed_on=Subquery(rows.values("proposed_on")[:1]),
        )

    def idle(self) -> Self:
        """Packages of which nothing was agreed and nothing is being drafted: they wait for a new draft."""
        unsettled = PlanVersion.objects.unsettled().filter(package=OuterRef("pk"))
        return self.filter(~Exists(unsettled), opened_on__isnull=True, ended_on__isnull=True)

    def open_on(self, on: date) -> Self:
        """Packages in effect on the date."""
        return self.started_by(on).filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on))


class JobPackage(models.Model):
    """The shared plan of one citizen. ``opened_on``: the day its first plan version took effect (null: a draft).

    It is open in ``[opened_on, ended_on)``; a citizen has at most one open package at a time. ``municipality`` is
    where it was made, and where it counts; who may work on it follows the citizen, who may have moved since.
    """

    municipality_path: ClassVar[str] = "citizen__municipality"

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="packages")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="packages")
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="job_packages", null=True, blank=True
    )
    drafted_on = models.DateField()
    opened_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True, default="")

    unsettled_ref: UUID | None
    unsettled_touched_on: date | None
    unsettled_proposed_on: date | None
    """Only on rows read ``with_unsettled``."""

    objects = JobPackageQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, outcome="")
                | Q(ended_on__isnull=False, opened_on__isnull=False, ended_on__gte=F("opened_on"), outcome__gt=""),
                name="jobpackage_ending",
            ),
            models.UniqueConstraint(fields=["citizen"], condition=Q(ended_on__isnull=True), name="jobpackage_one_open"),
        )
        indexes = (
            models.Index(fields=["programme", "municipality", "opened_on"], name="jobpackage_programme"),
            models.Index(fields=["citizen", "opened_on"], name="jobpackage_citizen"),
        )

    def __str__(self) -> str:
        return str(self.ref)

    def is_idle(self, *, on: date) -> bool:
        """Whether there was no plan on the date, neither agreed nor drafted; of rows read ``with_unsettled``."""
        return (self.opened_on is None or self.opened_on > on) and self.unsettled_ref is None


class JobGoal(models.Model):
    """What a plan leads to: a title in plain words, the function or workplace if known, the form of employment.

    ``trade`` is how it is counted: no wording of the plan, so nobody approves it.
    """

    title = models.CharField(max_length=160)
    form = models.CharField(max_length=20, choices=GoalForm.choices)
    function = models.ForeignKey(WorkFunction, on_delete=models.PROTECT, null=True, blank=True, related_name="goals")
    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, null=True, blank=True, related_name="goals")
    trade = models.CharField(max_length=20, choices=Trade.choices, blank=True, default="")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.title

    @property
    def mark(self) -> str:
        """Tells what it says from what another goal says."""
        return mark(self.title, self.form, self.function_id, self.workplace_id, self.trade)


class PlanVersionQuerySet(models.QuerySet["PlanVersion"]):
    """Which wording somebody may read, holds, or is being worked on."""

    def visible_to(self, user: User, *, on: date) -> Self:
        """As their packages."""
        return self.filter(package__in=JobPackage.objects.visible_to(user, on=on).values("pk"))

    def in_effect_on(self, on: date) -> Self:
        """Versions that had taken effect by the date, the newest first: it holds."""
        return self.filter(effective_on__lte=on).order_by("-number")

    def unsettled(self) -> Self:
        """Drafts and proposals: neither agreed nor taken back. A package has at most one."""
        return self.filter(effective_on__isnull=True, withdrawn_on__isnull=True)

    def unsettled_on(self, on: date) -> Self:
        """Those that were so on a date."""
        return self.filter(
            Q(effective_on__isnull=True) | Q(effective_on__gt=on),
            Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on),
            drafted_on__lte=on,
        )

    def with_last_touch(self, on: date) -> Self:
        """Each with ``last_touched_on``: edited, or worked with otherwise. Before a package has begun, what is promised
        in it is work on its draft, as is a warning that was accepted since the draft began.
        """
        promised = Q(package__commitments__made_on__lte=on, package__opened_on__isnull=True)
        accepted = Q(
            package__accepted_warnings__accepted_on__lte=on,
            package__accepted_warnings__accepted_on__gte=F("drafted_on"),
        )
        return self.annotate(
            last_touched_on=Greatest(
                "touched_on",
                Coalesce(Max("package__commitments__made_on", filter=promised), "touched_on"),
                Coalesce(Max("package__accepted_warnings__accepted_on", filter=accepted), "touched_on"),
            )
        )

    def drafts(self) -> Self:
        """Those that may be edited: not yet proposed."""
        return self.unsettled().filter(proposed_on__isnull=True)

    def proposed(self) -> Self:
        """Those that the parties are asked about."""
        return self.unsettled().filter(proposed_on__isnull=False)


class PlanVersion(models.Model):
    """One wording of the plan: a draft, then proposed to the parties, then agreed (or taken back, which leaves it
    as it was and lets a new draft begin).

    ``effective_on``: the day all whom it concerns (method.agreement) had said yes to this very wording. ``reason``: why
    the plan changes. ``edits`` counts what was done to it, so that who read an older state is told; ``touched_on`` is
    the last day of it. ``paper_on``: the day on which the wording lay on paper, where it did before it stood here, with
    ``late_reason``.
    """

    municipality_path: ClassVar[str] = "package__citizen__municipality"

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    package = models.ForeignKey(JobPackage, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    goal = models.ForeignKey(JobGoal, on_delete=models.PROTECT, related_name="versions")
    reason = models.CharField(max_length=400, blank=True, default="")
    drafted_on = models.DateField()
    touched_on = models.DateField()
    edits = models.PositiveIntegerField(default=0)
    paper_on = models.DateField(null=True, blank=True)
    late_reason = models.CharField(max_length=20, choices=LateReason.choices, blank=True, default="")
    last_touched_on: date
    """Only on rows read ``with_last_touch``."""
    proposed_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    effective_on = models.DateField(null=True, blank=True)

    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        ordering = ("package", "number")
        constraints = (
            models.UniqueConstraint(fields=["package", "number"], name="planversion_number"),
            models.UniqueConstraint(
                fields=["package"],
                condition=Q(effective_on__isnull=True, withdrawn_on__isnull=True),
                name="planversion_one_unsettled",
            ),
            models.CheckConstraint(
                condition=Q(effective_on__isnull=True)
                | Q(proposed_on__isnull=False, withdrawn_on__isnull=True, effective_on__gte=F("proposed_on")),
                name="planversion_effect",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(proposed_on__isnull=False), name="planversion_withdrawn"
            ),
            models.CheckConstraint(
                condition=Q(paper_on__isnull=True, late_reason="") | Q(paper_on__isnull=False, late_reason__gt=""),
                name="planversion_paper",
            ),
        )
        indexes = (models.Index(fields=["touched_on"], name="planversion_touched"),)

    def __str__(self) -> str:
        return f"{self.package_id} v{self.number}"

    def asked_on(self, on: date) -> date:
        """The day whose rules hold for the draft: that of the paper, or the day one looks."""
        return self.paper_on or on


class OnBehalfReason(models.TextChoices):
    """Why somebody else recorded a party's yes: a closed list."""

    SAID_AT_MEETING = "said_at_meeting", _("said yes at a meeting")
    SIGNED_ON_PAPER = "signed_on_paper", _("signed on paper")
    SAID_ON_PHONE = "said_on_phone", _("said yes on the phone")


class Approval(models.Model):
    """One party's yes to one plan version; of a company, which one (null: the one that nobody has named)."""

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="approvals")
    party = models.CharField(max_length=20, choices=Party.choices)
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="approvals", null=True, blank=True)
    given_on = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="approvals")
    on_behalf_reason = models.CharField(max_length=20, choices=OnBehalfReason.choices, blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["version", "party"], condition=Q(company__isnull=True), name="approval_once_a_party"
            ),
            models.UniqueConstraint(fields=["version", "party", "company"], name="approval_once_a_company"),
            models.CheckConstraint(condition=Q(company__isnull=True) | Q(party="company"), name="approval_company"),
            models.CheckConstraint(
                condition=Q(party="municipality", on_behalf_reason="")
                | (~Q(party="municipality") & Q(on_behalf_reason__gt="")),
                name="approval_on_behalf",
            ),
        )

    def __str__(self) -> str:
        return f"{self.party} {self.given_on}"
