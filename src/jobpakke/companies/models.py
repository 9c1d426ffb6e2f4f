"""Companies as a municipality knows them."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from jobpakke.access.models import Municipality, User
from jobpakke.access.policies import Act, municipalities_for
from jobpakke.history.models import PeriodQuerySet, PeriodRow
from jobpakke.lib.marks import mark
from jobpakke.lib.refs import new_ref


class CompanyQuerySet(models.QuerySet["Company"]):
    """Which companies somebody may see."""

    def visible_to(self, user: User, *, on: date) -> Self:
        """The register of a municipality belongs to its caseworkers and team leaders together."""
        return self.filter(municipality__in=municipalities_for(user, Act.SEE_COMPANIES, on=on))


class Company(models.Model):
    """A legal unit (CVR number, eight digits) in the register of one municipality."""

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="companies")
    cvr = models.CharField(max_length=8)
    name = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=260, editable=False)

    objects = CompanyQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["municipality", "cvr"], name="company_once_a_municipality"),)
        indexes = (models.Index(fields=["municipality", "sort_key"], name="company_sorted"),)

    def __str__(self) -> str:
        return self.name


class Sector(models.TextChoices):
    """Who owns the workplace; several limits differ by it."""

    PRIVATE = "private", _("private")
    PUBLIC = "public", _("public")


class WorkplaceQuerySet(models.QuerySet["Workplace"]):
    """Which workplaces somebody may see."""

    def visible_to(self, user: User, *, on: date) -> Self:
        """As their companies."""
        return self.filter(company__municipality__in=municipalities_for(user, Act.SEE_COMPANIES, on=on))

    def open_on(self, on: date) -> Self:
        """Those that have not closed: what a search offers."""
        return self.filter(models.Q(closed_on__isnull=True) | models.Q(closed_on__gt=on))


class Workplace(models.Model):
    """A production unit (P number, ten digits): the place where people are. ``closed_on``: the first day on which
    nobody is there any more."""

    municipality_path: ClassVar[str] = "company__municipality"

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="workplaces")
    p_number = models.CharField(max_length=10)
    name = models.CharField(max_length=120)
    sector = models.CharField(max_length=10, choices=Sector.choices)
    closed_on = models.DateField(null=True, blank=True)

    objects = WorkplaceQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        constraints = (models.UniqueConstraint(fields=["company", "p_number"], name="workplace_once_a_company"),)

    def __str__(self) -> str:
        return self.name


class WorkplaceDetailsQuerySet(PeriodQuerySet["WorkplaceDetails"]):
    """Who the contact person was, and how many worked there."""

    def as_of(self, on: date) -> Self:
        """One row a workplace: the one that holds on the date, or where none is known of so early a day, the first."""
        rows = WorkplaceDetails.objects.current().filter(workplace=OuterRef("workplace"))
        begun = rows.filter(starts_on__lte=on).order_by("-starts_on").values("pk")[:1]
        return self.filter(pk=Coalesce(Subquery(begun), Subquery(rows.order_by("starts_on").values("pk")[:1])))


class WorkplaceDetails(PeriodRow):
    """The contact person and the number of ordinary employees of a workplace over an interval; an open one holds."""

    overlap_key: ClassVar[tuple[str, ...]] = ("workplace",)

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, related_name="details")
    ordinary_employees = models.PositiveIntegerField(null=True, blank=True)
    contact_name = models.CharField(max_length=120, blank=True, default="")
    contact_phone = models.CharField(max_length=20, blank=True, default="")

    objects = WorkplaceDetailsQuerySet.as_manager()

    class Meta(PeriodRow.Meta):
        indexes = (models.Index(fields=["workplace", "starts_on"], name="workplacedetails_place"),)

    def __str__(self) -> str:
        return f"{self.contact_name} {self.starts_on}"

    @property
    def mark(self) -> str:
        """Tells what is said of a workplace from what was said before."""
        return mark(self.ordinary_employees, self.contact_name, self.contact_phone)


class WorkFunction(models.Model):
    """What is done at a workplace, with its demands in words."""

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, related_name="functions")
    title = models.CharField(max_length=120)
    demands = models.CharField(max_length=400, blank=True, default="")

    class Meta:
        ordering = ("title", "pk")

    def __str__(self) -> str:
        return self.title


class NeedReason(models.TextChoices):
    """Why staff is wanted."""

    VACANCY = "vacancy", _("vacancy")
    RETIREMENT = "retirement", _("somebody retires")
    SHORTAGE = "shortage", _("shortage")
    GROWTH = "growth", _("growth")
    SEASON = "season", _("season")


class StaffingNeed(models.Model):
    """Staff wanted in a function from a date."""

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    function = models.ForeignKey(WorkFunction, on_delete=models.PROTECT, related_name="needs")
    reason = models.CharField(max_length=20, choices=NeedReason.choices)
    people = models.PositiveSmallIntegerField(default=1)
    wanted_from = models.DateField()

    class Meta:
        ordering = ("wanted_from", "pk")

    def __str__(self) -> str:
        return f"{self.reason} {self.wanted_from}"


class Mentor(models.Model):
    """A colleague at a workplace who helps day by day."""

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, related_name="mentors")
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=20, blank=True, default="")

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name
