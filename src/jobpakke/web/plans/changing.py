"""Changing an agreed plan: a new version, other days for a step, and the versions so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jobpakke.access.policies import Act
from jobpakke.lib.periods import Period
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.packages import services
from jobpakke.packages.facts import Plan, plan_of, plan_of_version
from jobpakke.packages.models import JobPackage, PlannedStep, PlanVersion, Step
from jobpakke.packages.services.writing import WritingRefusal
from jobpakke.web.acting import ActPage, act_page
from jobpakke.web.citizens.pages import noted
from jobpakke.web.http import Visitor, page, seen_or_404
from jobpakke.web.plans import forms
from jobpakke.web.plans.building import carry_out
from jobpakke.web.plans.pages import STATE_WORDS, PlanState, state_on
from jobpakke.web.proposals.pages import to_tell
from jobpakke.web.staircase import step_names


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version in the list."""

    version: PlanVersion
    state: Promise | str
    day: date | None
    holds: bool


@require_safe
@page(Act.SEE_CASES)
def versions(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Every wording of the plan, the newest first; each stays readable."""
    package = _package(who, ref, "versions")
    on = who.viewing.on
    rows = list(package.versions.filter(drafted_on__lte=on).select_related("goal").order_by("-number"))
    holding = next((row.pk for row in rows if row.effective_on and row.effective_on <= on), None)
    lines = [_line(row, holds=row.pk == holding, on=on) for row in rows]
    context = {
        "lines": lines,
        "package": package,
        "citizen": package.citizen,
        "telling": to_tell(package, on=on),
        "working": who.works(Act.WORK_CASES) and package.ended_on is None,
    }
    return render(request, "plans/versions.html", context)


def _line(row: PlanVersion, *, holds: bool, on: date) -> VersionLine:
    state = state_on(row, on=on)
    days = {
        PlanState.AGREED: row.effective_on,
        PlanState.WITHDRAWN: row.withdrawn_on,
        PlanState.PROPOSED: row.proposed_on,
        PlanState.DRAFT: min(row.touched_on, on),
    }
    return VersionLine(row, STATE_WORDS[state], days[state], holds)


@require_POST
@page(Act.WORK_CASES)
def reopen(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Opens the plan for a change, or goes on with the one that is open."""
    package = _package(who, ref, "reopen_plan")
    opened = package.versions.unsettled().first()
    if opened is None:
        carry_out(
            request,
            lambda: services.reopen_plan(actor=who.user, package=package, on=who.viewing.today),
            plan_of(package, on=who.viewing.today),
        )
        opened = package.versions.unsettled().first()
    if opened is None:
        return redirect("citizen", ref=package.citizen.ref)
    return redirect("plan", ref=opened.ref)


@require_http_methods(["GET", "HEAD", "POST"])
@page(Act.WORK_CASES)
def days(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Extends, shortens or moves a step: as a change that the three are asked about."""
    rows = Step.objects.visible_to(who.user, on=who.viewing.today)
    step = seen_or_404(rows.select_related("package__citizen"), ref)
    package = step.package
    noted(who, package.citizen, "change_days")
    plan = plan_of(package, on=who.viewing.today)
    row = _wording(step) or next((each for each in plan.planned if each.step_id == step.pk), None)
    begun = step.started_on is not None
    made: list[PlanVersion] = []

    def verb(data: dict[str, Any]) -> None:
        if data["seen"] != held.get("seen"):
            raise Refused(Refusal(WritingRefusal.CHANGED_MEANWHILE_BY_ANOTHER, {}))
        made.append(_redated(who, step, _days_of(data), along=form.moves_along(data)))

    held = forms.DaysForm.initial_of(row) if row else {}
    form = forms.DaysForm(request.POST or None, held=held, begun=begun)
    chosen = request.method == "POST" and form.is_valid() and not _asks(form, who, step, plan)
    if chosen and form.carried_out(verb, step_names(plan)):
        return redirect("plan", ref=made[0].ref)
    words = ActPage(
        heading=_("Other days for a step"),
        submit=_("Go on to the plan"),
        done="",
        back=reverse("citizen", args=[package.citizen.ref]),
        back_label=package.citizen.name,
        about=row.title if row else "",
        lines=(
            _("It becomes a new version of the plan, which all three are asked about. Until then nothing changes."),
        ),
    )
    return act_page(request, form, words)


def _wording(step: Step) -> PlannedStep | None:
    """What the draft that is open says of the step."""
    unsettled = step.package.versions.unsettled().values("pk")[:1]
    return PlannedStep.objects.filter(version__in=unsettled, step=step).first()


def _days_of(data: dict[str, Any]) -> tuple[date | None, date]:
    """The first day, where it can still be another, and the first day not included."""
    return data.get("first_day"), data["last_day"] + timedelta(days=1)


def _asks(form: forms.DaysForm, who: Visitor, step: Step, plan: Plan) -> bool:
    """Whether it is still to be chosen what moves along in the draft that is open, or in the agreed plan."""
    opened = step.package.versions.unsettled().first()
    laid = plan_of_version(opened) if opened else plan
    now = next((each.planned for each in laid.steps if each.ref == step.ref), None)
    starts_on, ends_on = _days_of(form.cleaned_data)
    first = starts_on or (now.start if now else ends_on)
    if ends_on < first:
        return False  # the verb says what is wrong with it
    return form.must_choose(laid, step.ref, Period(first, ends_on), on=who.viewing.today)


def _redated(who: Visitor, step: Step, days: tuple[date | None, date], *, along: bool) -> PlanVersion:
    """The draft in which the step has the new days: the one that is open, or a new one."""
    starts_on, ends_on = days
    on = who.viewing.today
    version = step.package.versions.unsettled().first()
    if version is None:
        version = services.reopen_plan(actor=who.user, package=step.package, on=on)
    planned = PlannedStep.objects.select_related("version__package__citizen", "step").get(version=version, step=step)
    arguments: dict[str, Any] = {"actor": who.user, "planned": planned, "seen": planned.edits, "on": on, "along": along}
    if starts_on is not None and starts_on != planned.starts_on:
        services.move_step(starts_on=starts_on, ends_on=ends_on, **arguments)
    elif ends_on < planned.ends_on:
        services.shorten_step(ends_on=ends_on, **arguments)
    else:
        services.extend_step(ends_on=ends_on, **arguments)
    return version


def _package(who: Visitor, ref: UUID, page_name: str) -> JobPackage:
    rows = JobPackage.objects.visible_to(who.user, on=who.viewing.today)
    package = seen_or_404(rows.select_related("citizen__municipality"), ref)
    noted(who, package.citizen, page_name)
    return package
