"""What comes after a package: aftercare, agreed and ended."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from jobpakke.access.policies import Act
from jobpakke.packages import services
from jobpakke.packages.models import Aftercare, JobPackage
from jobpakke.web.acting import ActPage, act
from jobpakke.web.citizens.pages import noted
from jobpakke.web.forms import ActForm, DayField
from jobpakke.web.http import Visitor, page, seen_or_404
from jobpakke.web.steps.forms import weeks_field

form_page = require_http_methods(["GET", "HEAD", "POST"])
AFTERCARE_DAYS = 5 * 365
"""What the form suggests; the rulebook says what is allowed."""


class AftercareForm(ActForm):
    """Until when, and how often somebody looks in."""

    day = DayField(label=gettext_lazy("Aftercare until"))
    weeks = weeks_field()


class AftercareEndForm(ActForm):
    """When the citizen wished it to stop."""

    day = DayField(label=gettext_lazy("Ended as of"))


@form_page
@page(Act.WORK_CASES)
def aftercare(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Aftercare that was not agreed when the package ended."""
    package = _package(who, ref, "agree_aftercare")
    begins = package.ended_on or who.viewing.today

    def verb(data: dict[str, Any]) -> None:
        services.agree_aftercare(
            actor=who.user,
            package=package,
            starts_on=begins,
            ends_on=data["day"],
            every_weeks=data["weeks"],
            on=who.viewing.today,
        )

    form = AftercareForm(request.POST or None, initial={"day": begins + timedelta(days=AFTERCARE_DAYS)})
    return act(request, form, verb, _words(package, _("Agree on aftercare"), _("Aftercare is agreed.")))


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
