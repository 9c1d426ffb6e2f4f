"""Building a plan: its goal, and step after step. Each act is a form that leads back to the plan."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jobpakke.access.policies import Act
from jobpakke.lib.periods import Period
from jobpakke.lib.refs import parse_ref
from jobpakke.lib.refusal import Refused
from jobpakke.method.changes import EFFECTS, Field
from jobpakke.method.evidence import Demand
from jobpakke.method.step_kinds import EvidenceKind
from jobpakke.packages import services
from jobpakke.packages.facts import Plan, plan_of_version
from jobpakke.packages.models import GoalForm, PlannedStep, PlanVersion, SubGoal, Trade
from jobpakke.packages.rules import check_plan
from jobpakke.web.acting import ActPage, act, act_page
from jobpakke.web.citizens.pages import look_up, noted
from jobpakke.web.errors import basis, sentence, sentences
from jobpakke.web.http import Visitor, number_of, page, seen_or_404
from jobpakke.web.labels import EFFECT
from jobpakke.web.plans import forms
from jobpakke.web.plans.agreeing_forms import AcceptForm
from jobpakke.web.plans.pages import (
    functions_of,
    municipality_places,
    places_of,
    plan_page,
    version_or_404,
)
from jobpakke.web.plans.staircases import lay_form
from jobpakke.web.staircase import step_names

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
@page(Act.WORK_CASES)
def new_package(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Begins a package with its job goal, and goes on to the plan."""
    citizen = look_up(who, ref, "new_package")
    made: list[PlanVersion] = []

    def verb(data: dict[str, Any]) -> None:
        made.append(
            services.draft_package(
                actor=who.user,
                citizen=citizen,
                goal_title=data["title"],
                form=GoalForm(data["form"]),
                function=data["function"],
                trade=Trade(data["trade"]) if data["trade"] else None,
                workplace=data["workplace"] or (data["function"].workplace if data["function"] else None),
                on=who.viewing.today,
            )
        )

    form = forms.PlanGoalForm(
        request.POST or None,
        held={},
        places=municipality_places(who, citizen.municipality_id),
        functions=functions_of(who, citizen.municipality_id),
    )
    if request.method == "POST" and form.carried_out(verb):
        return redirect("plan", ref=made[0].ref)
    words = ActPage(
        heading=_("Begin a job package"),
        submit=_("Go on to the steps"),
        done="",
        back=reverse("citizen", args=[citizen.ref]),
        back_label=citizen.name,
        lines=(
            _("First the job it leads to. The workplace may be open; everything can be changed until it is agreed."),
        ),
    )
    return act_page(request, form, words)


@require_safe
@page(Act.SEE_CASES)
def plan(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """A version: being built, waiting for answers, agreed or taken back."""
    version = version_or_404(who, ref)
    noted(who, version.package.citizen, "plan")
    return _shown(request, who, version)


def _shown(
    request: HttpRequest, who: Visitor, version: PlanVersion, add: forms.AddStepForm | None = None
) -> HttpResponse:
    shown = plan_page(who, version, may_work=who.works(Act.WORK_CASES))
    context: dict[str, Any] = {"shown": shown, "version": version, "citizen": version.package.citizen}
    if shown.editable:
        add_form = add or forms.AddStepForm(plan=shown.plan, places=places_of(who, version), on=who.viewing.today)
        if add or "nyt" in request.GET:  # whoever lays a step goes on with the next
            add_form.fields["kind"].widget.attrs["autofocus"] = True
        context |= {"add_form": add_form, "lay_form": lay_form(who, version) if not shown.steps else None}
    return render(request, "plans/plan.html", context, status=422 if add else 200)


@require_POST
@page(Act.WORK_CASES)
def add_step(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """One more step."""
    version = version_or_404(who, ref)
    noted(who, version.package.citizen, "add_step")
    laid = plan_of_version(version)
    form = forms.AddStepForm(request.POST, plan=laid, places=places_of(who, version), on=who.viewing.today)

    def verb(data: dict[str, Any]) -> None:
        facts, on = form.facts(data), who.viewing.today
        services.lay_step(actor=who.user, version=version, facts=facts, goal=data["goal"], on=on)

    if form.carried_out(verb, step_names(laid)):
        return redirect(reverse("plan", args=[version.ref]) + "?nyt=1#nyt-trin")
    return _shown(request, who, version, form)


@form_page
@page(Act.WORK_CASES)
def edit_step(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Everything about a step; when somebody else changed it meanwhile, both texts are shown."""
    planned = _planned(who, ref, "edit_step")
    version = planned.version
    laid = plan_of_version(version)
    row = next(each for each in laid.planned if each.pk == planned.pk)
    places = places_of(who, version)
    held = forms.StepForm.initial_of(row, laid)
    form = forms.StepForm(request.POST or None, held=held, plan=laid, planned=row, places=places)

    def verb(data: dict[str, Any]) -> None:
        services.change_step(
            actor=who.user,
            planned=planned,
            facts=form.facts(data),
            seen=data["seen"],
            on=who.viewing.today,
            along=form.moves_along(data),
        )

    chosen = request.method == "POST" and form.is_valid() and not _asks(form, who, laid, row)
    if chosen and form.carried_out(verb, step_names(laid)):
        messages.success(request, _("The step is changed."))
        return redirect(reverse("plan", args=[version.ref]) + f"#trin-{planned.ref}")
    context = {
        "form": form,
        "planned": row,
        "version": version,
        "citizen": version.package.citizen,
        "times_effect": EFFECT[EFFECTS[Field.STEP_TIMES]] if version.package.opened_on is not None else "",
        "goals": laid.sub_goals.get(row.step_id, ()),
        "goal_form": forms.SubGoalForm(kind=row.step.kind, agreed=version.package.opened_on is not None),
    }
    return render(request, "plans/edit_step.html", context, status=422 if request.method == "POST" else 200)


def _asks(form: forms.StepForm, who: Visitor, laid: Plan, row: PlannedStep) -> bool:
    facts = form.facts(form.cleaned_data)
    if facts.ends_on < facts.starts_on:
        return False  # the verb says what is wrong with it
    return form.must_choose(laid, row.step.ref, Period(facts.starts_on, facts.ends_on), on=who.viewing.today)


@require_POST
@page(Act.WORK_CASES)
def arrange(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Up, down, once more, or out."""
    planned = _planned(who, ref, "arrange_step")
    edits, _point, order = request.POST.get("seen", "").partition(".")
    on, seen = who.viewing.today, number_of(edits)
    acts: dict[str, Callable[[], object]] = {
        "up": lambda: services.place_step(actor=who.user, planned=planned, up=True, seen=order, on=on),
        "down": lambda: services.place_step(actor=who.user, planned=planned, up=False, seen=order, on=on),
        "duplicate": lambda: services.duplicate_step(actor=who.user, planned=planned, seen=seen, on=on),
        "remove": lambda: services.remove_step(actor=who.user, planned=planned, seen=seen, on=on),
    }
    chosen = acts.get(request.POST.get("act", ""))
    if chosen is not None:
        carry_out(request, chosen, plan_of_version(planned.version))
    return redirect(reverse("plan", args=[planned.version.ref]) + "#trin")


@require_POST
@page(Act.WORK_CASES)
def add_goal(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """One more sub-goal of a step."""
    planned = _planned(who, ref, "add_sub_goal")
    form = forms.SubGoalForm(request.POST, kind=planned.step.kind)

    def verb(data: dict[str, Any]) -> None:
        services.add_sub_goal(
            actor=who.user,
            planned=planned,
            title=data["title"],
            evidence_kind=EvidenceKind(data["evidence"]),
            demand=Demand(data.get("share"), data.get("level"), data["which"]),
            on=who.viewing.today,
        )

    words = ActPage(
        heading=_("Add a sub-goal"),
        submit=_("Add"),
        done=_("The sub-goal is added."),
        back=reverse("edit_step", args=[planned.ref]) + "#delmaal",
        back_label=planned.title,
        about=planned.title,
    )
    return act(request, form, verb, words)


@require_POST
@page(Act.WORK_CASES)
def remove_goal(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """A sub-goal less."""
    planned = _planned(who, ref, "remove_sub_goal")
    asked, seen = parse_ref(request.POST.get("goal")), number_of(request.POST.get("seen", ""))
    goal = SubGoal.objects.filter(wordings=planned, ref=asked).first() if asked else None
    if goal is not None:
        carry_out(
            request,
            lambda: services.remove_sub_goal(
                actor=who.user, planned=planned, goal=goal, seen=seen, on=who.viewing.today
            ),
            plan_of_version(planned.version),
        )
    return redirect(reverse("edit_step", args=[planned.ref]) + "#delmaal")


@form_page
@page(Act.WORK_CASES)
def goal(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """The job goal of a draft."""
    version = version_or_404(who, ref)
    noted(who, version.package.citizen, "plan_goal")

    def verb(data: dict[str, Any]) -> None:
        services.change_goal(
            actor=who.user,
            version=version,
            title=data["title"],
            form=GoalForm(data["form"]),
            function=data["function"],
            trade=Trade(data["trade"]) if data["trade"] else None,
            workplace=data["workplace"] or (data["function"].workplace if data["function"] else None),
            seen=data["seen"],
            on=who.viewing.today,
        )

    form = forms.PlanGoalForm(
        request.POST or None,
        held=forms.PlanGoalForm.initial_of(version.goal),
        places=places_of(who, version),
        functions=functions_of(who, version.package.municipality_id, version.goal.function_id),
        agreed=version.package.opened_on is not None,
    )
    words = ActPage(
        heading=_("The job goal"),
        submit=_("Save"),
        done=_("The goal is changed."),
        back=reverse("plan", args=[version.ref]),
        back_label=_("The plan"),
        about=version.package.citizen.name,
    )
    return act(request, form, verb, words)


@form_page
@page(Act.WORK_CASES)
def accept(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """A warning of the rulebook, accepted with a reason."""
    planned = _planned(who, ref, "accept_warning")
    version, code = planned.version, request.GET.get("regel", "")[:60]
    laid = plan_of_version(version)
    found = check_plan(laid, on=version.asked_on(who.viewing.today)).breaches
    told = tuple(
        f"{sentence(each.refusal, step_names(laid))} {basis(each.refusal)}".strip()
        for each in found
        if each.step == planned.step.ref and str(each.refusal.code) == code
    )

    def verb(data: dict[str, Any]) -> None:
        services.accept_warning(
            actor=who.user,
            version=version,
            step=planned.step.ref,
            code=code,
            reason=data["reason"],
            on=who.viewing.today,
        )

    words = ActPage(
        heading=_("Accept a warning"),
        submit=_("Accept"),
        done=_("The warning is accepted."),
        back=reverse("plan", args=[version.ref]),
        back_label=_("The plan"),
        about=planned.title,
        lines=told,
    )
    return act(request, AcceptForm(request.POST or None), verb, words)


def carry_out(request: HttpRequest, verb: Callable[[], object], plan: Plan) -> None:
    """An act of one button: what refuses it is said on the page one comes back to."""
    try:
        verb()
    except Refused as refused:
        for text in sentences(refused, step_names(plan)):
            messages.error(request, text)


def _planned(who: Visitor, ref: UUID, page_name: str) -> PlannedStep:
    versions = PlanVersion.objects.visible_to(who.user, on=who.viewing.today)
    rows = PlannedStep.objects.filter(version__in=versions.values("pk"))
    found = seen_or_404(rows.select_related("step", "version__package__citizen__municipality", "version__goal"), ref)
    noted(who, found.version.package.citizen, page_name)
    return found
