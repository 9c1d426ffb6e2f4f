"""What carries a package and what comes after it: mentors, its end, aftercare."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from jobpakke.access.policies import Act
from jobpakke.companies.models import Mentor, Workplace
from jobpakke.method.changes import Field
from jobpakke.packages import services
from jobpakke.packages.aftercare import job_begun_on, latest_end
from jobpakke.packages.facts import plan_of
from jobpakke.packages.models import Aftercare, JobPackage, PlannedStep, Step
from jobpakke.web.acting import ActPage, act
from jobpakke.web.citizens.pages import noted
from jobpakke.web.effects import say_effects
from jobpakke.web.forms import ActForm, DayField
from jobpakke.web.http import Visitor, page, seen_or_404
from jobpakke.web.steps.forms import weeks_field

form_page = require_http_methods(["GET", "HEAD", "POST"])
AFTERCARE_DAYS = 5 * 365
"""What the form suggests; the rulebook says what is allowed."""


class MentorForm(ActForm):
    """Which colleague, from when, and when confidentiality was confirmed."""

    mentor = forms.ChoiceField(label=gettext_lazy("Mentor"))
    starts_on = DayField(label=gettext_lazy("First day"))
    confidentiality_on = DayField(
        label=gettext_lazy("Confirmed confidentiality on"),
        required=False,
        help_text=gettext_lazy("On the first day at the latest."),
    )


class AftercareForm(ActForm):
    """Until when, and how often somebody looks in."""

    starts_on = DayField(label=gettext_lazy("From"))
    day = DayField(label=gettext_lazy("Aftercare until"))
    weeks = weeks_field()

    def __init__(self, *args: Any, again: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not again:
            del self.fields["starts_on"]


def _mentors(row: PlannedStep | None, today: date) -> QuerySet[Mentor]:
    """Of the workplace of a step, unless it has closed."""
    there = Workplace.objects.open_on(today)
    return Mentor.objects.filter(workplace=row.workplace_id if row else None, workplace__in=there)


class AftercareExtendForm(ActForm):
    """A later end, and why."""

    day = DayField(label=gettext_lazy("Aftercare until"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It stays beside the agreement. Write nothing about illness or other private causes."),
    )


class AftercareEndForm(ActForm):
    """When the citizen wished it to stop."""

    day = DayField(label=gettext_lazy("Ended as of"))


@form_page
@page(Act.WORK_CASES)
def mentor(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Ties a mentor of the step's workplace to it."""
    rows = Step.objects.visible_to(who.user, on=who.viewing.today)
    step = seen_or_404(rows.select_related("package__citizen"), ref)
    noted(who, step.package.citizen, "assign_mentor")
    plan = plan_of(step.package, on=who.viewing.today)
    row = next((each for each in plan.planned if each.step_id == step.pk), None)
    there = {str(each.ref): each for each in _mentors(row, who.viewing.today)}

    def verb(data: dict[str, Any]) -> None:
        services.assign_mentor(
            actor=who.user,
            step=step,
            mentor=there[data["mentor"]],
            starts_on=data["starts_on"],
            confidentiality_on=data["confidentiality_on"],
            on=who.viewing.today,
        )

    form = MentorForm(request.POST or None, initial={"starts_on": step.started_on or who.viewing.today})
    say_effects(form, {"mentor": Field.MENTOR})
    form.fields["mentor"].choices = [(key, each.name) for key, each in there.items()]  # type: ignore[attr-defined]
    lines = () if there else (_("Nobody at the workplace is named as mentor yet. Name one on the company's page."),)
    words = _words(
        step.package,
        _("Give the step a mentor"),
        _("The mentor is recorded."),
        about=row.title if row else "",
        lines=lines,
    )
    return act(request, form, verb, words)


@form_page
@page(Act.WORK_CASES)
def aftercare(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Aftercare that was not agreed when the package ended, or that is taken up again."""
    package = _package(who, ref, "agree_aftercare")
    again = package.aftercares.exists()
    first, today = job_begun_on(package) or who.viewing.today, who.viewing.today
    begins = today if again else package.ended_on or today
    latest = latest_end(package, first, on=today)

    def verb(data: dict[str, Any]) -> None:
        services.agree_aftercare(
            actor=who.user,
            package=package,
            starts_on=data.get("starts_on") or begins,
            ends_on=data["day"],
            every_weeks=data["weeks"],
            on=who.viewing.today,
        )

    initial = {"starts_on": begins, "day": min(latest, begins + timedelta(days=AFTERCARE_DAYS))}
    form = AftercareForm(request.POST or None, initial=initial, again=again)
    heading = _("Take the aftercare up again") if again else _("Agree on aftercare")
    return act(request, form, verb, _words(package, heading, _("Aftercare is agreed."), lines=_limit(first, latest)))


def _limit(first: date, latest: date) -> tuple[str, ...]:
    days = {"first": date_format(first, "DATE_FORMAT"), "latest": date_format(latest, "DATE_FORMAT")}
    return (_("The job began on %(first)s. Aftercare can last until %(latest)s.") % days,)


@form_page
@page(Act.WORK_CASES)
def extend_aftercare(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Aftercare that is to last longer."""
    rows = Aftercare.objects.visible_to(who.user, on=who.viewing.today).select_related("package__citizen")
    row = seen_or_404(rows, ref)
    package, today = row.package, who.viewing.today
    noted(who, package.citizen, "extend_aftercare")
    first = job_begun_on(package) or row.starts_on
    latest = latest_end(package, first, on=today)

    def verb(data: dict[str, Any]) -> None:
        services.extend_aftercare(
            actor=who.user, aftercare=row, ends_on=data["day"], reason=data["reason"], on=who.viewing.today
        )

    form = AftercareExtendForm(request.POST or None, initial={"day": row.ends_on})
    words = _words(package, _("Extend the aftercare"), _("The aftercare is extended."), lines=_limit(first, latest))
    return act(request, form, verb, replace(words, back=reverse("aftercare", args=[ref]), back_label=_("Aftercare")))


@form_page
@page(Act.WORK_CASES)
def end_aftercare(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Aftercare that the citizen does not want any more."""
    rows = Aftercare.objects.visible_to(who.user, on=who.viewing.today).select_related("package__citizen")
    row = seen_or_404(rows, ref)
    noted(who, row.package.citizen, "end_aftercare")

    def verb(data: dict[str, Any]) -> None:
        services.end_aftercare(actor=who.user, aftercare=row, ended_on=data["day"], on=who.viewing.today)

    form = AftercareEndForm(request.POST or None, initial={"day": who.viewing.today})
    return act(request, form, verb, _words(row.package, _("End the aftercare"), _("The aftercare has ended.")))


def _package(who: Visitor, ref: UUID, page_name: str) -> JobPackage:
    rows = JobPackage.objects.visible_to(who.user, on=who.viewing.today)
    package = seen_or_404(rows.select_related("citizen"), ref)
    noted(who, package.citizen, page_name)
    return package


def _words(package: JobPackage, heading: str, done: str, *, about: str = "", lines: tuple[str, ...] = ()) -> ActPage:
    return ActPage(
        heading=heading,
        submit=_("Save"),
        done=done,
        back=reverse("citizen", args=[package.citizen.ref]),
        back_label=package.citizen.name,
        about=about,
        lines=lines,
    )
