"""Ending a package: its outcome, the job, what follows, and what is settled with it."""

from __future__ import annotations

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
from jobpakke.packages import services
from jobpakke.packages.models import JobPackage, Outcome
from jobpakke.packages.open_ends import OpenEnds, open_ends
from jobpakke.packages.services.ending import Ending
from jobpakke.web.acting import ActPage, Section, act
from jobpakke.web.citizens.pages import noted
from jobpakke.web.forms import ActForm, DayField, hours_field
from jobpakke.web.http import Visitor, page, seen_or_404
from jobpakke.web.plans.fields import place_field
from jobpakke.web.plans.forms import find
from jobpakke.web.plans.pages import municipality_places
from jobpakke.web.steps.consequences import handed_on, settled
from jobpakke.web.steps.forms import employer_field, weeks_field
from jobpakke.web.viewing import viewable_day


class EndingForm(ActForm):
    """How the package ends, and what follows."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Outcome"), choices=[(value, capfirst(text)) for value, text in Outcome.choices]
    )
    day = DayField(label=gettext_lazy("The package ends on"), help_text=gettext_lazy("The first day without it."))
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        required=False,
        choices=[("", "—"), *((value, capfirst(text)) for value, text in OtherReason.choices)],
        help_text=gettext_lazy("Only for “other reason”."),
    )
    title = forms.CharField(
        label=gettext_lazy("The job"), required=False, max_length=160, help_text=gettext_lazy("For a job only.")
    )
    job_day = DayField(
        label=gettext_lazy("The job begins on"),
        required=False,
        help_text=gettext_lazy(
            "Empty: the day the package ends. If it begins later, the citizen has neither package nor job on the days"
            " between and counts as on cash benefit; the case stays yours, and the status begins with the job."
        ),
    )
    workplace = place_field(gettext_lazy("Where"), gettext_lazy("A name or a P number of your register."))
    employer = employer_field()
    hours = hours_field(gettext_lazy("Hours a week"))
    aftercare = DayField(
        label=gettext_lazy("Aftercare until"),
        required=False,
        help_text=gettext_lazy("Where the three agree on it; used when needed."),
    )
    weeks = weeks_field()

    @staticmethod
    def ending(data: dict[str, Any]) -> Ending:
        """The cleaned data as the verb wants them."""
        return Ending(
            ended_on=data["day"],
            outcome=Outcome(data["outcome"]),
            job_title=data["title"],
            workplace=data["workplace"],
            employer=data["employer"],
            job_starts_on=data["job_day"],
            weekly_hours=data["hours"],
            reason=OtherReason(data["reason"]) if data["reason"] else None,
            aftercare_until=data["aftercare"],
            aftercare_weeks=data["weeks"],
        )


@require_http_methods(["GET", "HEAD", "POST"])
@page(Act.WORK_CASES)
def conclude(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Ends a package with its outcome, the job, the status and aftercare, in one."""
    today = who.viewing.today
    rows = JobPackage.objects.visible_to(who.user, on=today)
    package = seen_or_404(rows.select_related("citizen"), ref)
    noted(who, package.citizen, "conclude_package")
    version = package.versions.in_effect_on(today).select_related("goal").first()
    goal = version.goal if version else None
    ends = open_ends(package, on=today)

    def verb(data: dict[str, Any]) -> None:
        services.conclude_package(actor=who.user, package=package, ending=EndingForm.ending(data), on=today)

    day = viewable_day(request.GET.get("dag")) or today
    form = EndingForm(request.POST or None, initial={"day": day, "title": goal.title if goal else ""})
    find(form, "workplace", municipality_places(who, package.municipality_id))
    words = ActPage(
        heading=_("End the package"),
        submit=_("Save"),
        done=_("The package has ended."),
        back=reverse("citizen", args=[package.citizen.ref]),
        back_label=package.citizen.name,
        about=goal.title if goal else "",
        lines=_moved(),
        sections=(
            Section(_("What must end first"), _first(ends)),
            Section(_("What follows"), (*settled(ends, on=today), *handed_on(package.citizen, today))),
        ),
    )
    return act(request, form, verb, words)


def _first(ends: OpenEnds) -> tuple[str, ...]:
    if not ends.steps:
        return ()
    return (*ends.steps, _("Fulfil or end these steps on the staircase; until then the package cannot end."))


def _moved() -> tuple[str, ...]:
    return (_("Has the citizen moved to another municipality? Then choose “The citizen has moved” on the staircase."),)
