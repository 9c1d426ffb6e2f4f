"""What a party proposes to change in an agreed plan, and what it has been told of changes beside the plan."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jobpakke.access.models import User
from jobpakke.companies.models import Company
from jobpakke.history.models import Event
from jobpakke.lib.refs import new_ref
from jobpakke.method.week import HOURS_OF_A_WEEK
from jobpakke.packages.models.package import JobPackage, Party, PlanVersion
from jobpakke.packages.models.steps import EndReason, Step


class WantedChoice(models.TextChoices):
    """What can be proposed, in words (a test holds it equal to method.proposals.Wanted)."""

    EXTEND = "extend_step", _("a longer step")
    OTHER_HOURS = "other_hours", _("other hours")
    OTHER_TASK = "other_task", _("another task")
    STOP = "stop_step", _("to stop")


class AnswerChoice(models.TextChoices):
    """The answers, in words."""

    ACCEPTED = "accepted", _("accepted")
    REJECTED = "rejected", _("rejected")
    RETRACTED = "retracted", _("taken back by the party")
    REPLACED = "replaced", _("replaced by a newer one")


class HowTold(models.TextChoices):
    """How somebody said something, or was told it: a closed list."""

    AT_MEETING = "at_meeting", _("at a meeting")
    ON_PHONE = "on_phone", _("on the phone")
    IN_WRITING = "in_writing", _("in writing")


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Which proposals somebody may read, and which wait for an answer."""

    def visible_to(self, user: User, *, on: date) -> Self:
        """As their packages."""
        return self.filter(package__in=JobPackage.objects.visible_to(user, on=on).values("pk"))

    def waiting_on(self, on: date) -> Self:
        """Made by the date, not answered by it, in a package that goes on: method.proposals.waiting, in SQL (a property
        test holds them)."""
        running = Q(package__ended_on__isnull=True) | Q(package__ended_on__gt=on)
        return self.filter(running, Q(answered_on__isnull=True) | Q(answered_on__gt=on), made_on__lte=on)

    def standing_on(self, on: date) -> Self:
        """What is left to do about, in packages that have not ended by the date: proposals that wait, and stops that
        were accepted by the date, while what is to stop still goes on."""
        running = Q(package__ended_on__isnull=True) | Q(package__ended_on__gt=on)
        waits = Q(answered_on__isnull=True) | Q(answered_on__gt=on)
        going = Q(step__ended_on__isnull=True) | Q(step__ended_on__gt=on)
        return self.filter(
            running, waits | Q(going, wanted=WantedChoice.STOP, answer=AnswerChoice.ACCEPTED), made_on__lte=on
        )


_ASKED = (
    Q(wanted="extend_step", step__isnull=False, day__isnull=False)
    | (Q(wanted="other_hours", step__isnull=False) & (Q(weekly_hours__isnull=False) | ~Q(times=[])))
    | Q(wanted="other_task", task__gt="")
    | Q(wanted="stop_step", day__isnull=False, end_reason__gt="")
)
_ANSWERED = Q(answered_on__isnull=True, answer="", answered_by__isnull=True) | Q(
    answered_on__isnull=False, answer__gt="", answered_by__isnull=False, answered_on__gte=F("made_on")
)


class Proposal(models.Model):
    """A change that the citizen or a company wants, and the answer. It changes nothing by itself.

    ``step`` null: it concerns the whole package. ``day``: the first day not included in the longer step, or without
    what is to stop. ``reason``: why, in the party's words. ``how``: how it was said when somebody else recorded it;
    empty: the party did so itself. ``led_to``: the wording in which an accepted change was made (null: none yet, or
    its draft was thrown away).
    """

    municipality_path: ClassVar[str] = "package__municipality"

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    package = models.ForeignKey(JobPackage, on_delete=models.PROTECT, related_name="proposals")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="proposals", null=True, blank=True)
    party = models.CharField(max_length=20, choices=Party.choices)
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="proposals", null=True, blank=True)
    wanted = models.CharField(max_length=20, choices=WantedChoice.choices)
    day = models.DateField(null=True, blank=True)
    weekly_hours = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    times = models.JSONField(default=list, blank=True)
    task = models.CharField(max_length=160, blank=True, default="")
    end_reason = models.CharField(max_length=20, choices=EndReason.choices, blank=True, default="")
    reason = models.CharField(max_length=400)
    how = models.CharField(max_length=20, choices=HowTold.choices, blank=True, default="")
    made_on = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="proposals")
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, related_name="replaced_by", null=True, blank=True)
    answer = models.CharField(max_length=20, choices=AnswerChoice.choices, blank=True, default="")
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="answered_proposals", null=True, blank=True
    )
    answer_reason = models.CharField(max_length=400, blank=True, default="")
    led_to = models.ForeignKey(PlanVersion, on_delete=models.SET_NULL, related_name="proposals", null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ("-made_on", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(party__in=("citizen", "company")), name="proposal_party"),
            models.CheckConstraint(condition=Q(company__isnull=True) | Q(party="company"), name="proposal_company"),
            models.CheckConstraint(condition=_ASKED, name="proposal_asked"),
            models.CheckConstraint(condition=_ANSWERED, name="proposal_answered"),
            models.CheckConstraint(
                condition=~Q(answer="rejected") | Q(answer_reason__gt=""), name="proposal_rejected_why"
            ),
            models.CheckConstraint(
                condition=Q(weekly_hours__isnull=True) | Q(weekly_hours__gt=0, weekly_hours__lte=HOURS_OF_A_WEEK),
                name="proposal_hours",
            ),
            models.UniqueConstraint(
                fields=["step", "party", "wanted"],
                condition=Q(answered_on__isnull=True, company__isnull=True),
                name="proposal_one_of_step",
            ),
            models.UniqueConstraint(
                fields=["step", "company", "wanted"],
                condition=Q(answered_on__isnull=True),
                name="proposal_one_of_companys_step",
            ),
            models.UniqueConstraint(
                fields=["package", "party", "wanted"],
                condition=Q(answered_on__isnull=True, step__isnull=True, company__isnull=True),
                name="proposal_one_of_package",
            ),
            models.UniqueConstraint(
                fields=["package", "company", "wanted"],
                condition=Q(answered_on__isnull=True, step__isnull=True),
                name="proposal_one_of_company",
            ),
        )
        indexes = (models.Index(fields=["package", "answered_on"], name="proposal_package"),)

    def __str__(self) -> str:
        return f"{self.party} {self.wanted} {self.made_on}"


class Telling(models.Model):
    """A party was told of a change beside the plan, or acknowledged it. The event says which change; ``company`` which
    company (null: the one that nobody has named)."""

    append_only: ClassVar[bool] = True

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    package = models.ForeignKey(JobPackage, on_delete=models.PROTECT, related_name="tellings")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    party = models.CharField(max_length=20, choices=Party.choices)
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="tellings", null=True, blank=True)
    how = models.CharField(max_length=20, choices=HowTold.choices)
    told_on = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tellings")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["package", "event", "party"], condition=Q(company__isnull=True), name="telling_once"
            ),
            models.UniqueConstraint(fields=["package", "event", "company"], name="telling_once_a_company"),
            models.CheckConstraint(condition=Q(company__isnull=True) | Q(party="company"), name="telling_company"),
            models.CheckConstraint(condition=Q(party__in=("citizen", "company")), name="telling_party"),
        )

    def __str__(self) -> str:
        return f"{self.party} {self.told_on}"
