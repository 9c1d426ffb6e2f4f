"""Competence cards: what a company is asked about a citizen in a step, by a link, and the levels it gives."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jobpakke.access.models import User
from jobpakke.companies.models import Workplace
from jobpakke.lib.clock import now
from jobpakke.lib.refs import new_ref
from jobpakke.method.cards import CardFact
from jobpakke.method.evidence import LEAST_LEVEL, MOST_LEVEL
from jobpakke.packages.models.package import JobPackage
from jobpakke.packages.models.steps import Step, SubGoal


class AsideReason(models.TextChoices):
    """Why what came in on a card does not count: a closed list."""

    OTHER_PERSON = "other_person", _("somebody else than who was asked filled it in")
    OTHER_CITIZEN = "other_citizen", _("it is about another citizen")
    BY_MISTAKE = "by_mistake", _("the company sent it by mistake")
    TOO_LATE = "too_late", _("it came too late to count in this step")


class CompetenceCardQuerySet(models.QuerySet["CompetenceCard"]):
    """Which cards somebody may see, and which of them wait for something."""

    def visible_to(self, user: User, *, on: date) -> Self:
        """As their packages."""
        return self.filter(step__package__in=JobPackage.objects.visible_to(user, on=on).values("pk"))

    def waiting(self) -> Self:
        """Neither handed in nor revoked: the link may still be followed, or be renewed."""
        return self.filter(handed_in_on__isnull=True, revoked_on__isnull=True)

    def unread(self) -> Self:
        """Handed in, and neither taken in nor set aside."""
        return self.filter(handed_in_on__isnull=False, taken_in_on__isnull=True, set_aside_on__isnull=True)

    def standing_on(self, on: date) -> Self:
        """Asked for by the date, and by then neither revoked, taken in nor set aside."""
        revoked = Q(revoked_on__isnull=False, revoked_on__lte=on)
        taken_in = Q(taken_in_on__isnull=False, taken_in_on__lte=on)
        set_aside = Q(set_aside_on__isnull=False, set_aside_on__lte=on)
        return self.filter(asked_on__lte=on).exclude(revoked).exclude(taken_in).exclude(set_aside)

    def counting_in(self, step: Step) -> Self:
        """Those of a step that the company has handed in, and that were not set aside."""
        return self.filter(step=step, handed_in_on__isnull=False, set_aside_on__isnull=True)


class CompetenceCard(models.Model):
    """One card that somebody at a workplace is asked for. Its newest link was made ``linked_on`` and opens until
    ``link_until``; ``links`` counts the links it has had, of which no other opens it. No link is stored: it is signed
    (packages.cards.code_of). ``template`` and ``version`` say what it asks of everybody, ``sub_goals`` what of the
    step."""

    municipality_path: ClassVar[str] = "step__package__citizen__municipality"

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="cards")
    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, related_name="cards")
    asked_name = models.CharField(max_length=120)
    template = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    sub_goals = models.ManyToManyField(SubGoal, related_name="cards", blank=True)
    asked_on = models.DateField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="cards_asked")
    links = models.PositiveSmallIntegerField(default=1)
    linked_on = models.DateField()
    link_until = models.DateField()
    edits = models.PositiveIntegerField(default=0)
    revoked_on = models.DateField(null=True, blank=True)
    handed_in_on = models.DateField(null=True, blank=True)
    handed_in_at = models.DateTimeField(null=True, blank=True)
    sent_through = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="cards_lent")
    """Who was signed in on the machine on which it was filled in, if anybody was."""
    remark = models.CharField(max_length=400, blank=True, default="")
    taken_in_on = models.DateField(null=True, blank=True)
    taken_in_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="cards_taken_in"
    )
    set_aside_on = models.DateField(null=True, blank=True)
    set_aside_because = models.CharField(max_length=20, choices=AsideReason.choices, blank=True, default="")

    objects = CompetenceCardQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(linked_on__gte=F("asked_on"), link_until__gt=F("linked_on")), name="competencecard_link"
            ),
            models.CheckConstraint(
                condition=Q(handed_in_on__isnull=True, handed_in_at__isnull=True)
                | Q(handed_in_on__gte=F("asked_on"), handed_in_at__isnull=False, revoked_on__isnull=True),
                name="competencecard_handed_in",
            ),
            models.CheckConstraint(
                condition=Q(taken_in_on__isnull=True, taken_in_by__isnull=True)
                | Q(handed_in_on__isnull=False, taken_in_on__gte=F("handed_in_on"), taken_in_by__isnull=False),
                name="competencecard_taken_in",
            ),
            models.CheckConstraint(
                condition=Q(set_aside_on__isnull=True, set_aside_because="")
                | Q(
                    handed_in_on__isnull=False,
                    set_aside_on__gte=F("handed_in_on"),
                    set_aside_because__gt="",
                    taken_in_on__isnull=True,
                ),
                name="competencecard_set_aside",
            ),
            models.UniqueConstraint(
                fields=["step", "asked_name"],
                condition=Q(handed_in_on__isnull=True, revoked_on__isnull=True),
                name="competencecard_one_waits",
            ),
        )
        indexes = (models.Index(fields=["step", "asked_on"], name="competencecard_step"),)

    def __str__(self) -> str:
        return f"{self.template} {self.version} {self.asked_on}"

    def fact(self) -> CardFact:
        """The card as the method sees it."""
        return CardFact(
            asked_on=self.asked_on,
            link_until=self.link_until,
            links=self.links,
            revoked_on=self.revoked_on,
            handed_in_on=self.handed_in_on,
            taken_in_on=self.taken_in_on,
            set_aside_on=self.set_aside_on,
        )


class CardAnswer(models.Model):
    """The level given to one question of a card, saved as it is given; None: it could not be judged.

    ``question``: the code of the template's question, or the ref of the sub-goal.
    """

    card = models.ForeignKey(CompetenceCard, on_delete=models.PROTECT, related_name="answers")
    question = models.CharField(max_length=60)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    given_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("card", "pk")
        constraints = (
            models.UniqueConstraint(fields=["card", "question"], name="cardanswer_once"),
            models.CheckConstraint(
                condition=Q(level__isnull=True) | Q(level__gte=LEAST_LEVEL, level__lte=MOST_LEVEL),
                name="cardanswer_level",
            ),
        )

    def __str__(self) -> str:
        return f"{self.question} {self.level}"
