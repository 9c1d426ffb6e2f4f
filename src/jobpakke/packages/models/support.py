"""What carries a package: promises and mentors."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from jobpakke.access.models import User
from jobpakke.companies.models import Company, Mentor
from jobpakke.lib.refs import new_ref
from jobpakke.packages.models.package import JobPackage, LateReason, Party, PlanVersion
from jobpakke.packages.models.steps import Step


class BreakReason(models.TextChoices):
    """Why a promise was broken: a closed list, beside words of one's own."""

    NOT_DONE = "not_done", _("it was not done")
    NO_ROOM = "no_room", _("there was no place or no money for it")
    NEED_GONE = "need_gone", _("the need for it fell away")
    STEP_FAILED = "step_failed", _("the step it depended on was not fulfilled")


def _open(on: date) -> Q:
    return Q(
        Q(kept_on__isnull=True) | Q(kept_on__gt=on),
        Q(broken_on__isnull=True) | Q(broken_on__gt=on),
        made_on__lte=on,
    )


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    """Which promises stand open, and when they were due."""

    def visible_to(self, user: User, *, on: date) -> Self:
        """As their packages."""
        return self.filter(package__in=JobPackage.objects.visible_to(user, on=on).values("pk"))

    def laid_in(self, version: PlanVersion) -> Self:
        """Laid with a plan version, the earliest due first."""
        return self.filter(laid_in=version).select_related("company").order_by("due_on", "pk")

    def open_on(self, on: date) -> Self:
        """Promised by the date, and by then neither kept nor broken."""
        return self.filter(_open(on))

    def open_or_broken_since(self, since: date, *, on: date) -> Self:
        """What needs somebody: open on the date, or broken since a day without anything promised after it. As of it."""
        later = Commitment.objects.filter(
            package=OuterRef("package"), made_on__gte=OuterRef("broken_on"), made_on__lte=on
        ).exclude(pk=OuterRef("pk"))
        broken = Q(~Exists(later), broken_on__gt=since, broken_on__lte=on)
        return self.filter(_open(on) | broken).as_of(on)

    def as_of(self, on: date) -> Self:
        """Each with ``due_then``: the day that was agreed by the date, None when it is counted from the step, and
        ``due_first``: the day before it was moved, if it had been; read with its step. packages.promises makes the
        method's fact of it.
        """
        moves = CommitmentMove.objects.filter(commitment=OuterRef("pk")).order_by("moved_on", "pk").values("was_on")
        due = Coalesce(Subquery(moves.filter(moved_on__gt=on)[:1]), F("due_on"))
        first = Subquery(moves.filter(moved_on__lte=on)[:1])
        return self.annotate(due_then=due, due_first=first).select_related("waits_for", "company")


class Commitment(models.Model):
    """What a party promised, by when, and whether it was kept. ``company``: which one, where one is named.

    ``due_on``: the day agreed now (CommitmentMove keeps the days before). Null: ``days_after`` days after the step
    ``waits_for`` is fulfilled. ``laid_in``: the plan version it was laid with; then ``made_on`` is the day that version
    took effect, and null before: what is null is no promise yet, and every reading of dates leaves it out.
    Broken says by whom (the party itself, or another whose act made it impossible) and why.
    """

    municipality_path: ClassVar[str] = "package__municipality"

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    package = models.ForeignKey(JobPackage, on_delete=models.PROTECT, related_name="commitments")
    party = models.CharField(max_length=20, choices=Party.choices)
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="commitments", null=True, blank=True)
    text = models.CharField(max_length=200)
    laid_in = models.ForeignKey(
        PlanVersion, on_delete=models.PROTECT, related_name="laid_commitments", null=True, blank=True
    )
    made_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    waits_for = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="commitments", null=True, blank=True)
    days_after = models.PositiveSmallIntegerField(null=True, blank=True)
    kept_on = models.DateField(null=True, blank=True)
    broken_on = models.DateField(null=True, blank=True)
    broken_by = models.CharField(max_length=20, choices=Party.choices, blank=True, default="")
    broken_because = models.CharField(max_length=20, choices=BreakReason.choices, blank=True, default="")
    broken_words = models.CharField(max_length=200, blank=True, default="")
    settled_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="settled_commitments", null=True, blank=True
    )

    due_then: date | None
    due_first: date | None
    """Only on rows read ``as_of`` a date."""

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = (F("due_on").asc(nulls_last=True), "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(company__isnull=True) | Q(party=Party.COMPANY.value), name="commitment_company"
            ),
            models.CheckConstraint(
                condition=Q(kept_on__isnull=True) | Q(broken_on__isnull=True), name="commitment_kept_or_broken"
            ),
            models.CheckConstraint(
                condition=Q(broken_on__isnull=True, broken_by="", broken_because="")
                | Q(broken_on__isnull=False, broken_by__gt="", broken_because__gt=""),
                name="commitment_broken_why",
            ),
            models.CheckConstraint(
                condition=Q(laid_in__isnull=False, due_on__isnull=False)
                | Q(laid_in__isnull=True, made_on__isnull=False, due_on__gte=F("made_on"))
                | Q(laid_in__isnull=True, made_on__isnull=False, due_on__isnull=True, waits_for__isnull=False),
                name="commitment_dates",
            ),
            models.CheckConstraint(
                condition=Q(made_on__isnull=False) | Q(kept_on__isnull=True, broken_on__isnull=True),
                name="commitment_made_first",
            ),
            models.CheckConstraint(
                condition=Q(waits_for__isnull=True, days_after__isnull=True)
                | Q(waits_for__isnull=False, days_after__isnull=False),
                name="commitment_condition",
            ),
        )
        indexes = (models.Index(fields=["package", "due_on"], name="commitment_due"),)

    def __str__(self) -> str:
        return self.text


class CommitmentMove(models.Model):
    """A later day for a promise, with a reason; the day before stays readable."""

    append_only: ClassVar[bool] = True

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="moves")
    moved_on = models.DateField()
    was_on = models.DateField()
    due_on = models.DateField()
    reason = models.CharField(max_length=200)
    moved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="moved_commitments")

    class Meta:
        ordering = ("moved_on", "pk")
        constraints = (models.CheckConstraint(condition=Q(due_on__gt=F("was_on")), name="commitmentmove_later"),)

    def __str__(self) -> str:
        return f"{self.was_on} {self.due_on}"


class MentorshipQuerySet(models.QuerySet["Mentorship"]):
    """Which mentorships somebody may see, and what the mentors are called."""

    def visible_to(self, user: User, *, on: date) -> Self:
        """As their packages."""
        return self.filter(step__package__in=JobPackage.objects.visible_to(user, on=on).values("pk"))

    def called(self) -> Self:
        """Each with ``who`` (a name) and ``place`` (the workplace, "" for somebody named freely)."""
        return self.annotate(who=Coalesce("mentor__name", "name"), place=Coalesce("mentor__workplace__name", Value("")))

    def known_on(self, on: date) -> Self:
        """Named by the date, and going on after it, or still to begin."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), named_on__lte=on)


class Mentorship(models.Model):
    """A mentor at a step over an interval: a colleague at a workplace, or somebody named freely with their party.

    Named while the plan is made or later; confidentiality is confirmed before the first day. ``late_reason``: why the
    mentor of a step under way was recorded after the first day.
    """

    municipality_path: ClassVar[str] = "step__package__municipality"

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="mentorships")
    mentor = models.ForeignKey(Mentor, on_delete=models.PROTECT, related_name="mentorships", null=True, blank=True)
    name = models.CharField(max_length=120, blank=True, default="")
    contact = models.CharField(max_length=120, blank=True, default="")
    party = models.CharField(max_length=20, choices=Party.choices, blank=True, default="")
    named_on = models.DateField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    confidentiality_on = models.DateField(null=True, blank=True)
    late_reason = models.CharField(max_length=20, choices=LateReason.choices, blank=True, default="")

    who: str
    place: str
    """Only on rows read ``called``."""

    objects = MentorshipQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")), name="mentorship_dates"
            ),
            models.CheckConstraint(
                condition=Q(confidentiality_on__isnull=True) | Q(confidentiality_on__lte=F("starts_on")),
                name="mentorship_confidentiality",
            ),
            models.CheckConstraint(
                condition=Q(mentor__isnull=False, name="", contact="", party="")
                | Q(mentor__isnull=True, name__gt="", party__gt=""),
                name="mentorship_who",
            ),
        )

    def __str__(self) -> str:
        return f"{self.step_id} {self.mentor_id}"
