"""Ready-made staircases: laying one in a draft, keeping one, and a municipality's own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jobpakke.access.policies import Act
from jobpakke.packages import services
from jobpakke.packages.models import PlanVersion, StaircaseTemplate
from jobpakke.packages.ready_made import ReadyStaircase, shipped, steps_of
from jobpakke.web.acting import ActPage, Section, act
from jobpakke.web.citizens.pages import noted
from jobpakke.web.http import Visitor, page, seen_or_404
from jobpakke.web.plans import forms
from jobpakke.web.plans.pages import step_titles, version_or_404

form_page = require_http_methods(["GET", "HEAD", "POST"])


def lay_form(who: Visitor, version: PlanVersion, data: Any = None) -> forms.LayForm:
    """The choice among the municipality's own staircases and those that come with the program."""
    first = {"day": who.viewing.today}
    return forms.LayForm(data, now=version.edits, choices=_choices(who, version), initial=first)


def _choices(who: Visitor, version: PlanVersion) -> Iterator[tuple[str, str]]:
    for own in _own(who, version.package.municipality_id):
        yield str(own.ref), _("%(name)s (our own)") % {"name": own.name}
    for code, staircase in shipped().items():
        yield code, staircase.name


def _own(who: Visitor, municipality: int) -> Any:
    rows = StaircaseTemplate.objects.visible_to(who.user, on=who.viewing.today)
    return rows.filter(municipality=municipality).in_use()


def _chosen(who: Visitor, version: PlanVersion, code: str) -> ReadyStaircase:
    if code in shipped():
        return shipped()[code]
    own = _own(who, version.package.municipality_id).get(ref=code)
    return ReadyStaircase(code, own.name, own.goal, own.form, tuple(steps_of(own.steps)))


@require_POST
@page(Act.WORK_CASES)
def lay(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Lays a whole staircase; each step can be changed afterwards."""
    version = version_or_404(who, ref)
    noted(who, version.package.citizen, "lay_staircase")

    def verb(data: dict[str, Any]) -> None:
        services.lay_staircase(
            actor=who.user,
            version=version,
            staircase=_chosen(who, version, data["staircase"]),
            starts_on=data["day"],
            workplace=version.goal.workplace,
            seen=data["seen"],
            on=who.viewing.today,
        )

    words = ActPage(
        heading=_("Lay a ready-made staircase"),
        submit=_("Lay it"),
        done=_("The staircase is laid. Change what should be different."),
        back=reverse("plan", args=[version.ref]),
        back_label=_("The plan"),
        about=version.package.citizen.name,
        sections=(Section(_("The steps"), step_titles(version)),),
    )
    return act(request, lay_form(who, version, request.POST), verb, words)


@form_page
@page(Act.WORK_CASES)
def keep(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Keeps a plan's steps as a ready-made staircase of the municipality."""
    version = version_or_404(who, ref)
    noted(who, version.package.citizen, "keep_staircase")

    def verb(data: dict[str, Any]) -> None:
        services.keep_staircase(actor=who.user, version=version, name=data["name"], on=who.viewing.today)

    words = ActPage(
        heading=_("Keep as a ready-made staircase"),
        submit=_("Keep it"),
        done=_("The staircase is kept for your municipality."),
        back=reverse("plan", args=[version.ref]),
        back_label=_("The plan"),
        about=version.goal.title,
    )
    return act(request, forms.KeepForm(request.POST or None, initial={"name": version.goal.title}), verb, words)


@require_safe
@page(Act.SEE_CASES)
def own(request: HttpRequest, who: Visitor) -> HttpResponse:
    """The municipality's own staircases, and those that come with the program."""
    rows = StaircaseTemplate.objects.visible_to(who.user, on=who.viewing.today).in_use()
    kept = [(row, list(steps_of(row.steps))) for row in rows.select_related("municipality", "kept_by")]
    context = {"kept": kept, "shipped": shipped().values(), "working": who.holds(Act.WORK_CASES)}
    return render(request, "plans/staircases.html", context)


@require_POST
@page(Act.WORK_CASES)
def retire(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Puts a staircase of the municipality's own away."""
    rows = StaircaseTemplate.objects.visible_to(who.user, on=who.viewing.today).in_use()
    services.retire_staircase(actor=who.user, template=seen_or_404(rows, ref), on=who.viewing.today)
    messages.success(request, _("The staircase is put away. Plans that were laid from it stay as they are."))
    return redirect("own_staircases")
