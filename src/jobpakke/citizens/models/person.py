"""Citizens and the facts about them that change over time."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from jobpakke.access.models import Membership, Municipality, Role, User
from jobpakke.access.policies import municipalities_with_role
from jobpakke.history.models import PeriodQuerySet, PeriodRow
from jobpakke.lib.names import sort_key
from jobpakke.lib.refs import new_ref
from jobpakke.method.week import HOURS_OF_A_WEEK


class CitizenQuerySet(models.QuerySet["Citizen"]):
    """Which citizens somebody may see, and how they are found."""

    def visible_to(self, user: User, *, on: date) -> Self:
        """Own caseload for a caseworker; the municipality for a team leader, without protected people.

        Protection that is not known counts as protection, and is filtered here, before any paging.
        """
        return self.filter(seen_by(user, on=on))

    def in_charge_of(self, user: User, *, on: date) -> Self:
        """Whom the user may hand over: the own caseload, and for a team leader everybody in the municipality.

        Protected people too, so that nobody is left when a caseworker falls ill. Who is not in ``visible_to`` as well
        may be counted and handed over, never named.
        """
        led = municipalities_with_role(user, Role.TEAM_LEADER, on=on)
        return self.filter(own_case(user, on=on) | Q(municipality__in=led))

    def in_danish_order(self) -> Self:
        """By family name, given name, then ref so that paging is stable."""
        return self.order_by("sort_key", "pk")

    def named(self, text: str) -> Self:
        """Citizens each of whose search words begin a word of the name."""
        rows = self
        for word in sort_key(text).split():
            rows = rows.filter(Q(sort_key__startswith=word) | Q(sort_key__contains=f" {word}"))
        return rows


def own_case(user: User, *, on: date) -> Q:
    """Citizens whose caseworker the user is."""
    held = CaseAssignment.objects.on(on).filter(
        citizen=OuterRef("pk"),
        caseworker_id=user.pk,
        citizen__municipality__in=municipalities_with_role(user, Role.CASEWORKER, on=on),
    )
    return Q(Exists(held))


def seen_by(user: User, *, on: date) -> Q:
    """Citizens whom the user sees: the one definition behind ``visible_to``."""
    led = municipalities_with_role(user, Role.TEAM_LEADER, on=on)
    return own_case(user, on=on) | Q(address_protected=False, municipality__in=led)


class Citizen(models.Model):
    """A person. The CPR number is a Fernet token, found through ``cpr_fingerprint``."""

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="citizens")
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    sort_key = models.CharField(max_length=400, editable=False)
    cpr_token = models.CharField(max_length=200, editable=False)
    cpr_fingerprint = models.CharField(max_length=64, unique=True, editable=False)
    born_on = models.DateField()
    phone = models.CharField(max_length=20, blank=True, default="")
    address_protected = models.BooleanField(null=True, default=None)

    objects = CitizenQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["municipality", "sort_key"], name="citizen_sorted"),)

    def __str__(self) -> str:
        return str(self.ref)

    @property
    def name(self) -> str:
        """The full name, as one says it."""
        return f"{self.given_name} {self.family_name}"

    @property
    def protection(self) -> str:
        """``address_protected`` as a code: yes, no or unknown (which counts as yes)."""
        return {True: "yes", False: "no", None: "unknown"}[self.address_protected]


class CaseAssignmentQuerySet(PeriodQuerySet["CaseAssignment"]):
    """Who has a case, and whether they can work on it."""

    def working_on(self, on: date) -> Self:
        """Rows of the date whose caseworker can sign in and is one in the citizen's municipality that day."""
        role = Membership.objects.on(on).filter(
            user=OuterRef("caseworker"), municipality=OuterRef("citizen__municipality"), role=Role.CASEWORKER
        )
        return self.on(on).filter(Exists(role), caseworker__is_active=True)


class CaseAssignment(PeriodRow):
    """Which caseworker a citizen has over an interval; at most one at a time."""

    overlap_key = ("citizen",)

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="assignments")
    caseworker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")

    objects = CaseAssignmentQuerySet.as_manager()

    class Meta(PeriodRow.Meta):
        indexes = (models.Index(fields=["caseworker", "citizen"], name="assignment_caseworker"),)

    def __str__(self) -> str:
        return f"{self.citizen_id} {self.caseworker_id}"


class Status(models.TextChoices):
    """The labour-market statuses that are recorded; the rest are derived (method.status)."""

    DISABILITY_PENSION = "disability_pension", _("disability pension")
    ORDINARY_JOB = "ordinary_job", _("ordinary job or other self-support")
    FLEX_JOB = "flex_job", _("flex job")
    OTHER = "other", _("other")


class OtherReason(models.TextChoices):
    """Why a citizen stands outside: the examples under table 2 of the VIP2 follow-up."""

    PENSION_CASE = "pension_case", _("pension case opened")
    TREATMENT = "treatment", _("treatment")
    MATERNITY = "maternity", _("maternity leave")
    MOVED = "moved", _("moved to another municipality")
    PRISON = "prison", _("imprisonment")
    SOMETHING_ELSE = "something_else", _("something else")


class StatusSpell(PeriodRow):
    """A recorded labour-market status over an interval. Spells of one status never overlap; different ones may."""

    overlap_key = ("citizen", "status")

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="spells")
    status = models.CharField(max_length=20, choices=Status.choices)
    reason = models.CharField(max_length=20, choices=OtherReason.choices, blank=True, default="")
    weekly_hours = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)

    objects = PeriodQuerySet["StatusSpell"].as_manager()

    class Meta(PeriodRow.Meta):
        constraints = (  # type: ignore[assignment]  # more of them than the base has
            *PeriodRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(status="other", reason__gt="") | (~Q(status="other") & Q(reason="")),
                name="statusspell_reason",
            ),
            models.CheckConstraint(
                condition=Q(weekly_hours__isnull=True) | Q(weekly_hours__gt=0, weekly_hours__lte=HOURS_OF_A_WEEK),
                name="statusspell_hours",
            ),
        )
        indexes = (models.Index(fields=["citizen", "starts_on"], name="statusspell_citizen"),)

    def __str__(self) -> str:
        return f"{self.status} {self.starts_on}"


class TargetGroupScheme(models.TextChoices):
    """The classifications of people by distance to the labour market, each of its own time."""

    MATCH_CATEGORY = "match_category", _("match category (2004-2010)")
    MATCH_GROUP = "match_group", _("match group (2010-2014)")
    READINESS = "readiness", _("readiness (since 2014)")


class TargetGroupMembership(PeriodRow):
    """The group of a citizen in one scheme over an interval ("4" in match_category, "activity_ready" ...)."""

    overlap_key = ("citizen", "scheme")
    GROUPS: ClassVar[dict[str, tuple[str, ...]]] = {
        TargetGroupScheme.MATCH_CATEGORY: ("1", "2", "3", "4", "5"),
        TargetGroupScheme.MATCH_GROUP: ("1", "2", "3"),
        TargetGroupScheme.READINESS: ("job_ready", "activity_ready"),
    }

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="target_groups")
    scheme = models.CharField(max_length=20, choices=TargetGroupScheme.choices)
    group = models.CharField(max_length=20)

    objects = PeriodQuerySet["TargetGroupMembership"].as_manager()

    class Meta(PeriodRow.Meta):
        indexes = (models.Index(fields=["scheme", "group"], name="targetgroup_group"),)

    def __str__(self) -> str:
        return f"{self.scheme} {self.group}"


class Wish(PeriodRow):
    """A function, trade or workplace that the citizen wants."""

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="wishes")
    text = models.CharField(max_length=200)

    objects = PeriodQuerySet["Wish"].as_manager()

    class Meta(PeriodRow.Meta):
        ordering = ("starts_on", "pk")

    def __str__(self) -> str:
        return self.text


class LimitKind(models.TextChoices):
    """What a limit is about. Only what cannot be; never why (no diagnosis, no religion)."""

    LIFTING = "lifting", _("lifting")
    STANDING = "standing", _("standing and walking")
    HOURS = "hours", _("hours a week")
    TIME_OF_DAY = "time_of_day", _("time of day")
    SUBSTANCE = "substance", _("substances and goods")
    LANGUAGE = "language", _("language")
    SURROUNDINGS = "surroundings", _("surroundings")


class Limit(PeriodRow):
    """What cannot be, in terms of work. ``text`` says it plainly; ``hours`` for the weekly hours, ``free_from`` and
    ``free_to`` for the part of the day in which work can lie."""

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="limits")
    kind = models.CharField(max_length=20, choices=LimitKind.choices)
    text = models.CharField(max_length=200)
    hours = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    free_from = models.TimeField(null=True, blank=True)
    free_to = models.TimeField(null=True, blank=True)

    objects = PeriodQuerySet["Limit"].as_manager()

    class Meta(PeriodRow.Meta):
        ordering = ("kind", "starts_on", "pk")
        constraints = (  # type: ignore[assignment]  # more of them than the base has
            *PeriodRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(free_from__isnull=True, free_to__isnull=True) | Q(free_to__gt=models.F("free_from")),
                name="limit_window",
            ),
        )

    def __str__(self) -> str:
        return self.text


class Qualification(PeriodRow):
    """Something the citizen has learned: schooling, a trade, a certificate, a language level."""

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="qualifications")
    text = models.CharField(max_length=200)

    objects = PeriodQuerySet["Qualification"].as_manager()

    class Meta(PeriodRow.Meta):
        ordering = ("starts_on", "pk")

    def __str__(self) -> str:
        return self.text
