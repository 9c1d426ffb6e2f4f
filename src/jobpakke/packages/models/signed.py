"""Signed copies: the scan of a plan version that somebody signed on paper. The record stays; the bytes can go."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from jobpakke.access.models import User
from jobpakke.companies.models import Company
from jobpakke.lib.clock import now
from jobpakke.lib.refs import new_ref
from jobpakke.packages.models.package import Party, PlanVersion


class ScanKind(models.TextChoices):
    """What a scan can be, by its content."""

    PDF = "pdf", "PDF"
    JPEG = "jpeg", "JPEG"
    PNG = "png", "PNG"


class SignedCopyQuerySet(models.QuerySet["SignedCopy"]):
    """Which signed copies somebody may see, and which count."""

    def visible_to(self, user: User, *, on: date) -> Self:
        """As their plan versions."""
        return self.filter(version__in=PlanVersion.objects.visible_to(user, on=on).values("pk"))

    def standing_on(self, on: date) -> Self:
        """Filed by the date and by then neither withdrawn nor wiped."""
        ended = SignedCopyEnding.objects.filter(copy=OuterRef("pk"), ended_on__lte=on)
        return self.filter(~Exists(ended), filed_on__lte=on)


class SignedCopy(models.Model):
    """A scan on the version it signs, with the parties whose signature it carries. ``sha256`` is of the clear bytes."""

    append_only: ClassVar[bool] = True
    municipality_path: ClassVar[str] = "version__package__municipality"

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="signed_copies")
    by_citizen = models.BooleanField()
    by_company = models.BooleanField()
    companies: models.ManyToManyField[Company, CompanySignature] = models.ManyToManyField(
        Company, through="CompanySignature", related_name="signed_copies"
    )
    by_municipality = models.BooleanField()
    file_name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=ScanKind.choices)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    signed_on = models.DateField()
    filed_on = models.DateField()
    filed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="signed_copies")
    filed_at = models.DateTimeField(default=now)

    objects = SignedCopyQuerySet.as_manager()

    class Meta:
        ordering = ("filed_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(by_citizen=True) | Q(by_company=True) | Q(by_municipality=True), name="signedcopy_parties"
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="signedcopy_size"),
            models.CheckConstraint(condition=Q(signed_on__lte=models.F("filed_on")), name="signedcopy_dates"),
        )

    def __str__(self) -> str:
        return str(self.ref)

    @property
    def parties(self) -> tuple[Party, ...]:
        """Whose signature it carries, in the order of the parties."""
        carried = {
            Party.CITIZEN: self.by_citizen,
            Party.COMPANY: self.by_company,
            Party.MUNICIPALITY: self.by_municipality,
        }
        return tuple(party for party in Party if carried[party])


class CompanySignature(models.Model):
    """Which company's signature a copy carries. One ``by_company`` without any is of the company nobody has named."""

    append_only: ClassVar[bool] = True

    copy = models.ForeignKey(SignedCopy, on_delete=models.PROTECT, related_name="signatures")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="signatures")

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["copy", "company"], name="companysignature_once"),)

    def __str__(self) -> str:
        return f"{self.copy_id} {self.company_id}"


class SealedBytes(models.Model):
    """The bytes of a signed copy, encrypted. Apart from the record, so that they can be wiped and never ride along."""

    copy = models.OneToOneField(SignedCopy, on_delete=models.PROTECT, related_name="sealed")
    token = models.BinaryField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return str(self.copy_id)


class CopyEnding(models.TextChoices):
    """How a signed copy came to count no more."""

    WITHDRAWN = "withdrawn", _("withdrawn")
    WIPED = "wiped", _("wiped")


class SignedCopyEnding(models.Model):
    """A signed copy was withdrawn (its bytes stay) or wiped (they are gone), by whom and why."""

    append_only: ClassVar[bool] = True

    copy = models.ForeignKey(SignedCopy, on_delete=models.PROTECT, related_name="endings")
    ending = models.CharField(max_length=10, choices=CopyEnding.choices)
    reason = models.CharField(max_length=400)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="ended_copies")
    ended_on = models.DateField()
    recorded_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("recorded_at", "pk")
        constraints = (
            models.UniqueConstraint(fields=["copy", "ending"], name="signedcopyending_once"),
            models.CheckConstraint(condition=Q(reason__gt=""), name="signedcopyending_reason"),
        )

    def __str__(self) -> str:
        return f"{self.copy_id} {self.ending}"
