"""What carries a package and what comes after it: mentors, its end, aftercare."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from jobpakke.access.policies import Act
from jobpakke.citizens.models import OtherReason
from jobpakke.companies.models import Mentor
from jobpakke.method.changes import Field
from jobpakke.packages import services
from jobpakke.packages.facts import plan_of
from jobpakke.packages.models import Aftercare, JobPackage, Outcome, Step
from jobpakke.packages.services.ending import Ending
from jobpakke.web.acting import ActPage, act
from jobpakke.web.citizens.pages import noted
from jobpakke.web.effects import say_effects
from jobpakke.web.forms import ActForm, DayField
from jobpakke.web.http import Visitor, page, seen_or_404
from jobpakke.web.plans.fields import place_field
from jobpakke.web.plans.forms import find
from jobpakke.web.plans.pages import municipality_places
from jobpakke.web.viewing import viewable_day

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


class EndingForm(ActForm):
    """How the package ends, and what follows."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Outcome"), choices=[(value, capfirst(text)) for value, text in Outcome.choices]
    )
    day = DayField(
        label=gettext_lazy("From"),
        help_text=gettext_lazy("The first day of the job, or the first without the package."),
    )
    title = forms.CharField(
        label=gettext_lazy("The job"), required=False, max_length=160, help_text=gettext_lazy("For a job only.")
    )
    workplace = place_field(gettext_lazy("Where"), gettext_lazy("For a job only: a name or a P number."))
    hours = forms.DecimalField(
        label=gettext_lazy("Hours a week"), required=False, localize=True, max_digits=4, decimal_places=1
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        required=False,
        choices=[("", "—"), *((value, capfirst(text)) for value, text in OtherReason.choices)],
        help_text=gettext_lazy("Only for “other reason”."),
    )
    aftercare = DayField(
        label=gettext_lazy("Aftercare until"),
        required=False,
        help_text=gettext_lazy("Where the three agree on it; used when needed, five years at the most."),
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
    there = {str(each.ref): each for each in Mentor.objects.filter(workplace=row.workplace_id if row else None)}

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
def conclude(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Ends a package with its outcome, the job, the status and aftercare, in one."""
    package = _package(who, ref, "conclude_package")
    plan = plan_of(package, on=who.viewing.today)
    goal = plan.version.goal if plan.version else None

    def verb(data: dict[str, Any]) -> None:
        ending = Ending(
            ended_on=data["day"],
            outcome=Outcome(data["outcome"]),
            job_title=data["title"],
            workplace=data["workplace"],
            weekly_hours=data["hours"],
            reason=OtherReason(data["reason"]) if data["reason"] else None,
            aftercare_until=data["aftercare"],
        )
        services.conclude_package(actor=who.user, package=package, ending=ending, on=who.viewing.today)

    day = viewable_day(request.GET.get("dag")) or who.viewing.today
    form = EndingForm(request.POST or None, initial={"day": day, "title": goal.title if goal else ""})
    find(form, "workplace", municipality_places(who, package.municipality_id))
    words = _words(
        package, _("End the package"), _("The package has ended."), about=goal.title if goal else "", lines=()
    )
    return act(request, form, verb, words)


@form_page
@page(Act.WORK_CASES)
def aftercare(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Aftercare that was not agreed when the package ended."""
    package = _package(who, ref, "agree_aftercare")
    begins = package.ended_on or who.viewing.today

    def verb(data: dict[str, Any]) -> None:
        services.agree_aftercare(
            actor=who.user, package=package, starts_on=begins, ends_on=data["day"], on=who.viewing.today
        )

    form = AftercareEndForm(request.POST or None, initial={"day": begins + timedelta(days=AFTERCARE_DAYS)})
    form.fields["day"].label = gettext_lazy("Aftercare until")
    return act(request, form, verb, _words(package, _("Agree on aftercare"), _("Aftercare is agreed.")))


@form_page
@page(Act.WORK_CASES)
def end_aftercare(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Aftercare that the citizen does not want any more."""
    seen = JobPackage.objects.visible_to(who.user, on=who.viewing.today)
    rows = Aftercare.objects.filter(package__in=seen.values("pk")).select_related("package__citizen")
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
