"""Case stories: a package told under a made-up name, wording by wording, and the citizen's consent to a wording."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from jobpakke.access.models import User
from jobpakke.lib.clock import now
from jobpakke.lib.refs import new_ref
from jobpakke.method.stories import ConsentFact, WordingFact
from jobpakke.packages.models.package import JobPackage, OnBehalfReason
from jobpakke.packages.models.proposal import HowTold


class CaseStoryQuerySet(models.QuerySet["CaseStory"]):
    """Which stories somebody may read, and which are told."""

    def visible_to(self, user: User, *, on: date) -> Self:
        """As their packages."""
        return self.filter(package__in=JobPackage.objects.visible_to(user, on=on).values("pk"))

    def written_by_day(self, on: date) -> Self:
        """Wordings of the date or before, the newest first."""
        return self.filter(written_on__lte=on).order_by("-number")

    def told_in(self, *, of: date, made_on: date) -> Self:
        """What a note of one date, made on another, tells: method.stories.told_in in SQL (a property test holds them),
        of packages that had begun and citizens who are known not to be protected."""
        newer = CaseStory.objects.filter(
            package=OuterRef("package"), number__gt=OuterRef("number"), written_on__lte=made_on
        )
        standing = StoryConsent.objects.standing_on(made_on).filter(story=OuterRef("pk"))
        begun = JobPackage.objects.started_by(of).filter(citizen__address_protected=False)
        days = Q(written_on__lte=of) & Q(written_on__lte=made_on)
        return self.filter(days, ~Exists(newer), Exists(standing), package__in=begun.values("pk"))


class CaseStory(models.Model):
    """One wording of a package's story, never changed: the next has the next number. ``told_as``: a made-up name."""

    append_only: ClassVar[bool] = True
    municipality_path: ClassVar[str] = "package__citizen__municipality"

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    package = models.ForeignKey(JobPackage, on_delete=models.PROTECT, related_name="stories")
    number = models.PositiveSmallIntegerField()
    told_as = models.CharField(max_length=40)
    text = models.CharField(max_length=4000)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="stories")
    written_on = models.DateField()
    recorded_at = models.DateTimeField(default=now)

    objects = CaseStoryQuerySet.as_manager()

    class Meta:
        ordering = ("package", "-number")
        constraints = (
            models.UniqueConstraint(fields=["package", "number"], name="casestory_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="casestory_first"),
            models.CheckConstraint(condition=Q(told_as__gt="", text__gt=""), name="casestory_words"),
        )

    def __str__(self) -> str:
        return f"{self.package_id} {self.number}"

    def fact(self) -> WordingFact:
        """What the method asks of it; of rows with their ``asking`` and ``consents``."""
        asking = getattr(self, "asking", None)
        consents = tuple(ConsentFact(each.given_on, each.withdrawn_on) for each in self.consents.all())
        return WordingFact(self.number, self.written_on, asking.asked_on if asking else None, consents)


class StoryAsking(models.Model):
    """The citizen was shown a wording and asked for consent."""

    append_only: ClassVar[bool] = True

    story = models.OneToOneField(CaseStory, on_delete=models.PROTECT, related_name="asking")
    how = models.CharField(max_length=20, choices=HowTold.choices)
    asked_on = models.DateField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="asked_stories")
    recorded_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.story_id} {self.asked_on}"


class StoryConsentQuerySet(models.QuerySet["StoryConsent"]):
    """Which consents hold."""

    def standing_on(self, on: date) -> Self:
        """Given by the date and not withdrawn by then."""
        return self.filter(Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on), given_on__lte=on)


class StoryConsent(models.Model):
    """The citizen's yes to one wording, recorded on their behalf with how they gave it, and the day they took it back.

    What was given is never changed; being withdrawn is written once.
    """

    story = models.ForeignKey(CaseStory, on_delete=models.PROTECT, related_name="consents")
    given_on = models.DateField()
    on_behalf_reason = models.CharField(max_length=20, choices=OnBehalfReason.choices)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="story_consents")
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_how = models.CharField(max_length=20, choices=HowTold.choices, blank=True, default="")
    withdrawn_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="withdrawn_stories", null=True, blank=True
    )

    objects = StoryConsentQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["story"], condition=Q(withdrawn_on__isnull=True), name="storyconsent_one_standing"
            ),
            models.CheckConstraint(condition=Q(on_behalf_reason__gt=""), name="storyconsent_on_behalf"),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, withdrawn_how="", withdrawn_by__isnull=True)
                | Q(
                    withdrawn_on__gte=F("given_on"),
                    withdrawn_on__isnull=False,
                    withdrawn_how__gt="",
                    withdrawn_by__isnull=False,
                ),
                name="storyconsent_withdrawn",
            ),
        )

    def __str__(self) -> str:
        return f"{self.story_id} {self.given_on}"
