"""The job that a package led to: saying what it really was."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from jobpakke.access.policies import Act
from jobpakke.companies.models import Workplace
from jobpakke.packages import services
from jobpakke.packages.jobs import mark_of
from jobpakke.packages.models import CorrectionReason, Job, JobPackage, Outcome
from jobpakke.packages.services.ending import JOBS
from jobpakke.packages.services.job import JobFacts
from jobpakke.web.acting import ActPage, act
from jobpakke.web.citizens.pages import noted
from jobpakke.web.forms import DayField, SeenForm, hours_field
from jobpakke.web.http import Visitor, page, seen_or_404
from jobpakke.web.plans.fields import place_field, place_name
from jobpakke.web.plans.forms import find
from jobpakke.web.steps.correcting import because_field
from jobpakke.web.steps.forms import employer_field


class JobForm(SeenForm):
    """What the job is, where, from when, for how many hours, and why what is recorded is wrong."""

    title = forms.CharField(label=gettext_lazy("The job"), max_length=160)
    form = forms.ChoiceField(
        label=gettext_lazy("Form of employment"),
        choices=[(each.value, capfirst(each.label)) for each in Outcome if each in JOBS],
    )
    day = DayField(label=gettext_lazy("The job begins on"))
    workplace = place_field(gettext_lazy("Where"), gettext_lazy("A name or a P number of your register."))
    employer = employer_field()
    hours = hours_field(gettext_lazy("Hours a week"))
    because = because_field()

    @staticmethod
    def initial_of(job: Job, package: JobPackage) -> dict[str, Any]:
        """What is recorded now."""
        return {
            "seen": mark_of(job, package),
            "title": job.title,
            "form": package.outcome,
            "day": job.starts_on,
            "workplace": place_name(job.workplace) if job.workplace else "",
            "employer": job.employer,
            "hours": job.weekly_hours,
        }

    @staticmethod
    def facts(data: dict[str, Any]) -> JobFacts:
        """The cleaned data as the verb wants them."""
        return JobFacts(
            title=data["title"],
            form=Outcome(data["form"]),
            starts_on=data["day"],
            workplace=data["workplace"],
            employer=data["employer"],
            weekly_hours=data["hours"],
        )


@require_http_methods(["GET", "HEAD", "POST"])
@page(Act.WORK_CASES)
def correct(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """The job as it is; the end of the package, and what came after, stays."""
    today = who.viewing.today
    packages = JobPackage.objects.visible_to(who.user, on=today)
    rows = Job.objects.filter(package__in=packages.values("pk"))
    job = seen_or_404(rows.select_related("package__citizen", "workplace"), ref)
    package, ended = job.package, job.package.ended_on
    noted(who, package.citizen, "correct_job")

    def verb(data: dict[str, Any]) -> None:
        services.correct_job(
            actor=who.user,
            package=package,
            facts=JobForm.facts(data),
            because=CorrectionReason(data["because"]),
            seen=data["seen"],
            on=today,
        )

    over = date_format(ended, "DATE_FORMAT") if ended else _("not yet")
    form = JobForm(request.POST or None, held=JobForm.initial_of(job, package))
    find(form, "workplace", lambda: _places(who, package, job))
    words = ActPage(
        heading=_("Correct the job"),
        submit=_("Correct"),
        done=_("The job is corrected. What was recorded before stands in the history."),
        back=reverse("citizen", args=[package.citizen.ref]),
        back_label=package.citizen.name,
        about=job.title,
        lines=(
            _("The package ended on %(day)s; that stays.") % {"day": over},
            _("The status that began with the job is corrected with it, unless somebody has corrected it already."),
            _("Aftercare that began with the job follows its first day."),
        ),
    )
    return act(request, form, verb, words)


def _places(who: Visitor, package: JobPackage, job: Job) -> Any:
    """The workplaces of the register that are open, and the one that is recorded."""
    today = who.viewing.today
    seen = Workplace.objects.visible_to(who.user, on=today)
    fits = Q(pk__in=seen.open_on(today).values("pk")) | Q(pk=job.workplace_id)
    return seen.filter(fits, company__municipality=package.municipality_id).select_related("company")
