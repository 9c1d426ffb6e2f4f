"""Ambassadors of a programme and where they come from, their courses, the newsletters."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar, Self

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q

from jobpakke.access.models import User
from jobpakke.access.policies import Act
from jobpakke.history.models import PeriodQuerySet, PeriodRow
from jobpakke.lib.clock import now
from jobpakke.lib.refs import new_ref
from jobpakke.packages.models import Programme


class Organisation(models.Model):
    """Where ambassadors work: a municipality (``code``, four digits; any of the country's) or another actor (none)."""

    code = models.CharField(max_length=4, blank=True, default="", validators=[RegexValidator(r"^(\d{4})?$")])
    name = models.CharField(max_length=80)
    sort_key = models.CharField(max_length=180, unique=True, editable=False)

    class Meta:
        ordering = ("sort_key",)
        constraints = (
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="organisation_once_a_municipality"),
        )

    def __str__(self) -> str:
        return self.name


class AmbassadorQuerySet(models.QuerySet["Ambassador"]):
    """Which ambassadors somebody may see."""

    def visible_to(self, user: User, *, on: date) -> Self:
        """Those of the programmes whose network the user may see, wherever they work."""
        return self.filter(programme__in=Programme.objects.open_to(user, Act.SEE_NETWORK, on=on))


class Ambassador(models.Model):
    """Somebody at an organisation who spreads a programme's method; ``Ambassadorship`` says when."""

    municipality_path: ClassVar[str] = "programme__targets__municipality"

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="ambassadors")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="ambassadors")
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True, default="")
    sort_key = models.CharField(max_length=260, editable=False)

    objects = AmbassadorQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["programme", "organisation", "sort_key"], name="ambassador_once_an_organisation"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Ambassadorship(PeriodRow):
    """That somebody is an ambassador, from a day on and until another."""

    overlap_key = ("ambassador",)

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    ambassador = models.ForeignKey(Ambassador, on_delete=models.PROTECT, related_name="ambassadorships")

    objects = PeriodQuerySet["Ambassadorship"].as_manager()

    def __str__(self) -> str:
        return f"{self.ambassador_id} {self.starts_on}"


class Course(models.Model):
    """A course for ambassadors; held in runs."""

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="courses")
    title = models.CharField(max_length=120)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["programme", "title"], name="course_one_of_a_title"),)

    def __str__(self) -> str:
        return self.title


class CourseRunQuerySet(models.QuerySet["CourseRun"]):
    """Which runs somebody may see."""

    def visible_to(self, user: User, *, on: date) -> Self:
        """Those of the programmes whose network the user may see."""
        return self.filter(course__programme__in=Programme.objects.open_to(user, Act.SEE_NETWORK, on=on))


class CourseRun(models.Model):
    """One time that a course is held: announced on ``opened_on``, to begin on ``starts_on``, with so many seats.

    ``called_off_on``: the day on which it was called off; ``called_off_at``: when that was recorded.
    """

    municipality_path: ClassVar[str] = "course__programme__targets__municipality"

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="runs")
    opened_on = models.DateField()
    starts_on = models.DateField()
    place = models.CharField(max_length=120, blank=True, default="")
    seats = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    recorded_at = models.DateTimeField(default=now)
    called_off_on = models.DateField(null=True, blank=True)
    called_off_at = models.DateTimeField(null=True, blank=True)

    objects = CourseRunQuerySet.as_manager()

    class Meta:
        ordering = ("starts_on", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(starts_on__gte=F("opened_on")), name="courserun_dates"),
            models.CheckConstraint(condition=Q(seats__gte=1), name="courserun_seats"),
            models.CheckConstraint(
                condition=Q(called_off_on__isnull=True, called_off_at__isnull=True)
                | Q(called_off_on__isnull=False, called_off_at__isnull=False),
                name="courserun_called_off",
            ),
        )

    def __str__(self) -> str:
        return f"{self.course_id} {self.starts_on}"


class CourseSeat(PeriodRow):
    """A seat of a run, by its number from 1, held by an ambassador from a day on, and until it was given up."""

    overlap_key = ("run", "number")

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    run = models.ForeignKey(CourseRun, on_delete=models.PROTECT, related_name="held_seats")
    number = models.PositiveSmallIntegerField()
    ambassador = models.ForeignKey(Ambassador, on_delete=models.PROTECT, related_name="held_seats")

    objects = PeriodQuerySet["CourseSeat"].as_manager()

    def __str__(self) -> str:
        return f"{self.run_id} {self.number}"


class NewsletterQuerySet(models.QuerySet["Newsletter"]):
    """Which newsletters are known."""

    def current(self) -> Self:
        """As they are known now."""
        return self.filter(superseded_at__isnull=True)

    def known_at(self, moment: datetime) -> Self:
        """As they were known at a moment in UTC."""
        return self.filter(Q(superseded_at__isnull=True) | Q(superseded_at__gt=moment), recorded_at__lte=moment)


class Newsletter(models.Model):
    """A newsletter that was sent on a day, and to how many subscribers. One of the same day and title that is recorded
    later corrects it."""

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="newsletters")
    title = models.CharField(max_length=120)
    sent_on = models.DateField()
    subscribers = models.PositiveIntegerField()
    recorded_at = models.DateTimeField(default=now)
    superseded_at = models.DateTimeField(null=True, blank=True)

    objects = NewsletterQuerySet.as_manager()

    class Meta:
        ordering = ("-sent_on", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["programme", "sent_on", "title"],
                condition=Q(superseded_at__isnull=True),
                name="newsletter_once_known",
            ),
        )

    def __str__(self) -> str:
        return f"{self.programme_id} {self.sent_on}"
