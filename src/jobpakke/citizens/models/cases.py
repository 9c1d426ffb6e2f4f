"""Cases that change hands: to a colleague (HandOver), or to the municipality one has moved to (CaseTransfer)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from jobpakke.access.models import Municipality, Role, User
from jobpakke.access.policies import municipalities_with_role
from jobpakke.citizens.models.person import CaseAssignment, Citizen
from jobpakke.lib.clock import now
from jobpakke.lib.refs import new_ref

NEWS_DAYS = 14
"""How long a received (or returned) case is told of, unless it is acknowledged before."""


class HandOverQuerySet(models.QuerySet["HandOver"]):
    """Which hand-overs somebody may read, and which are news."""

    def visible_to(self, user: User, *, on: date) -> Self:
        """As their citizens."""
        return self.filter(citizen__in=Citizen.objects.visible_to(user, on=on).values("pk"))

    def standing(self) -> Self:
        """Those that hold: the receiver has the case from that day, as it is known now (no later one replaced it)."""
        held = CaseAssignment.objects.current().filter(
            citizen=OuterRef("citizen"), caseworker=OuterRef("receiver"), starts_on=OuterRef("starts_on")
        )
        return self.filter(Exists(held))

    def news_on(self, on: date, receiver: User) -> Self:
        """What the receiver has got and not acknowledged by the date, for fourteen days; the newest first."""
        return (
            self.standing()
            .filter(Q(seen_on__isnull=True) | Q(seen_on__gt=on), receiver=receiver)
            .filter(starts_on__lte=on, starts_on__gt=on - timedelta(days=NEWS_DAYS))
            .order_by("-starts_on", "-pk")
        )


class HandOver(models.Model):
    """A case given to a caseworker from a day on, with a note to them. ``giver`` None: nobody had it."""

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="hand_overs")
    giver = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="given_cases")
    receiver = models.ForeignKey(User, on_delete=models.PROTECT, related_name="received_cases")
    starts_on = models.DateField()
    note = models.CharField(max_length=1000, blank=True, default="")
    handed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="handed_cases")
    recorded_at = models.DateTimeField(default=now)
    seen_on = models.DateField(null=True, blank=True)

    objects = HandOverQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(seen_on__isnull=True) | Q(seen_on__gte=F("starts_on")), name="handover_seen"
            ),
        )
        indexes = (models.Index(fields=["receiver", "starts_on"], name="handover_receiver"),)

    def __str__(self) -> str:
        return f"{self.citizen_id} {self.starts_on}"


class TransferGround(models.TextChoices):
    """What lets personal data go from one municipality to another: a closed list."""

    CONSENT = "consent", _("the citizen has given consent")
    ACT = "act", _("an act requires or allows it")


class CaseTransferQuerySet(models.QuerySet["CaseTransfer"]):
    """Which transfers somebody may read, and which wait."""

    def visible_to(self, user: User, *, on: date) -> Self:
        """Who sees the citizen, and the team leaders of the municipality that is asked, before and after."""
        led = municipalities_with_role(user, Role.TEAM_LEADER, on=on)
        seen = Citizen.objects.visible_to(user, on=on).values("pk")
        return self.filter(Q(receiver__in=led) | Q(citizen__in=seen))

    def offered_to(self, user: User, *, on: date) -> Self:
        """Those that the user answers: offered to a municipality in which they lead."""
        return self.filter(receiver__in=municipalities_with_role(user, Role.TEAM_LEADER, on=on))

    def waiting(self) -> Self:
        """Neither accepted nor sent back."""
        return self.filter(accepted_on__isnull=True, returned_on__isnull=True)

    def waiting_on(self, on: date) -> Self:
        """Those that were so on a date."""
        return self.filter(
            Q(accepted_on__isnull=True) | Q(accepted_on__gt=on),
            Q(returned_on__isnull=True) | Q(returned_on__gt=on),
            sent_on__lte=on,
        )

    def returned_lately(self, on: date) -> Self:
        """Sent back within fourteen days; the newest first."""
        since = on - timedelta(days=NEWS_DAYS)
        return self.filter(returned_on__lte=on, returned_on__gt=since).order_by("-returned_on", "-pk")


class CaseTransfer(models.Model):
    """A case offered to the municipality the citizen has moved to. The sender keeps it until it is accepted.

    ``ground``: what lets the data go there. ``reason``: why it was sent back.
    """

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="transfers")
    sender = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="sent_transfers")
    receiver = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="received_transfers")
    moved_on = models.DateField()
    ground = models.CharField(max_length=20, choices=TransferGround.choices)
    note = models.CharField(max_length=1000, blank=True, default="")
    sent_on = models.DateField()
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="sent_transfers")
    accepted_on = models.DateField(null=True, blank=True)
    returned_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="answered_transfers"
    )
    reason = models.CharField(max_length=400, blank=True, default="")

    objects = CaseTransferQuerySet.as_manager()

    class Meta:
        ordering = ("-sent_on", "-pk")
        constraints = (
            models.CheckConstraint(condition=~Q(sender=F("receiver")), name="casetransfer_elsewhere"),
            models.CheckConstraint(condition=Q(sent_on__gte=F("moved_on")), name="casetransfer_sent"),
            models.CheckConstraint(
                condition=Q(accepted_on__isnull=True, returned_on__isnull=True, answered_by__isnull=True, reason="")
                | Q(accepted_on__gte=F("sent_on"), returned_on__isnull=True, answered_by__isnull=False, reason="")
                | Q(returned_on__gte=F("sent_on"), accepted_on__isnull=True, answered_by__isnull=False, reason__gt=""),
                name="casetransfer_answer",
            ),
            models.UniqueConstraint(
                fields=["citizen"],
                condition=Q(accepted_on__isnull=True, returned_on__isnull=True),
                name="casetransfer_one_waiting",
            ),
        )
        indexes = (models.Index(fields=["receiver", "-sent_on"], name="casetransfer_receiver"),)

    def __str__(self) -> str:
        return f"{self.citizen_id} {self.moved_on}"
