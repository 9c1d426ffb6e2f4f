"""Acts on plans, steps and sub-goals: each a form, a verb, and back to the staircase."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jobpakke.access.policies import Act
from jobpakke.method.ladder import Ending
from jobpakke.method.step_kinds import EvidenceKind
from jobpakke.packages import services
from jobpakke.packages.facts import Plan, plan_of
from jobpakke.packages.models import EndReason, Evidence, JobPackage, LateReason, Step, SubGoal
from jobpakke.web.acting import ActPage, Section, act
from jobpakke.web.citizens.pages import noted
from jobpakke.web.evidence import shown_by
from jobpakke.web.forms import ActForm
from jobpakke.web.http import Visitor, page, seen_or_404
from jobpakke.web.labels import label
from jobpakke.web.staircase import step_names
from jobpakke.web.steps import forms
from jobpakke.web.viewing import viewable_day

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
@page(Act.WORK_CASES)
def start(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Starts a step, or says what its gate lacks."""
    step = _step(who, ref, "start_step")

    def verb(data: dict[str, Any]) -> None:
        services.start_step(
            actor=who.user,
            step=step,
            started_on=data["day"],
            late_reason=_late(data),
            on=who.viewing.today,
        )

    return _act_on_step(
        request,
        who,
        step,
        form_class=forms.StartForm,
        verb=verb,
        words=(_("Start the step"), _("The step has started.")),
    )


@form_page
@page(Act.WORK_CASES)
def fulfil(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Fulfils a step, or says which sub-goals are not met."""
    step = _step(who, ref, "fulfil_step")

    def verb(data: dict[str, Any]) -> None:
        services.fulfil_step(
            actor=who.user, step=step, fulfilled_on=data["day"], late_reason=_late(data), on=who.viewing.today
        )

    words = (_("Fulfil the step"), _("The step is fulfilled."))
    return _act_on_step(request, who, step, form_class=forms.FulfilForm, verb=verb, words=words)


@form_page
@page(Act.WORK_CASES)
def end(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Ends a step without fulfilment, with a reason."""
    step = _step(who, ref, "end_step")

    def verb(data: dict[str, Any]) -> None:
        services.end_step(
            actor=who.user,
            step=step,
            ended_on=data["day"],
            reason=EndReason(data["reason"]),
            late_reason=_late(data),
            on=who.viewing.today,
        )

    return _act_on_step(
        request, who, step, form_class=forms.EndForm, verb=verb, words=(_("End the step"), _("The step has ended."))
    )


@form_page
@page(Act.WORK_CASES)
def waive(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Gives a dispensation, with a reason and the name of who gave it."""
    step = _step(who, ref, "waive_gate")

    def verb(data: dict[str, Any]) -> None:
        services.waive_gate(
            actor=who.user, step=step, given_on=data["day"], reason=data["reason"], on=who.viewing.today
        )

    words = (_("Give a dispensation"), _("The dispensation was given."))
    return _act_on_step(request, who, step, form_class=forms.WaiveForm, verb=verb, words=words)


@form_page
@page(Act.WORK_CASES)
def evidence(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Records what shows that a sub-goal is met, or not yet."""
    rows = SubGoal.objects.filter(step__in=Step.objects.visible_to(who.user, on=who.viewing.today).values("pk"))
    goal = seen_or_404(rows.select_related("step__package__citizen"), ref)
    noted(who, goal.step.package.citizen, "record_evidence")
    counting = Evidence.objects.filter(sub_goal=goal).counting().select_related("recorded_by", "card")
    recorded = {str(each.ref): each for each in counting.order_by("-shown_on", "-pk")}
    met = next((ref for ref, each in recorded.items() if each.meets), "")

    def verb(data: dict[str, Any]) -> None:
        services.record_evidence(
            actor=who.user,
            sub_goal=goal,
            shown_on=data["day"],
            meets=data["meets"] == "yes",
            remark=data["remark"],
            replaces=recorded.get(data.get("corrects", "")),
            late_reason=_late(data),
            shown=data.get("shown"),
            on=who.viewing.today,
        )

    package = goal.step.package
    said = {ref: _evidence_words(each) for ref, each in recorded.items()}
    words = ActPage(
        heading=_("Record evidence"),
        submit=_("Record"),
        done=_("The evidence is recorded."),
        back=_citizen_url(package),
        back_label=package.citizen.name,
        about=goal.title,
        lines=(_("Shown by: %(kind)s") % {"kind": capfirst(shown_by(goal))}, *_over(goal.step)),
        sections=(Section(_("Recorded so far"), tuple(said.values())),),
    )
    initial = {"day": _day(who), "meets": "yes", "corrects": met}
    return act(request, forms.EvidenceForm(request.POST or None, said, initial, kind=goal.evidence_kind), verb, words)


def _over(step: Step) -> tuple[str, ...]:
    """What of a step that is over can still be said of its evidence, and what must be said first."""
    if step.ended_on is None:
        return ()
    words = {"day": date_format(step.ended_on, "DATE_FORMAT")}
    if step.ending != Ending.FULFILLED:
        return (_("The step ended on %(day)s. What was recorded in it can be corrected.") % words,)
    told = _(
        "The step was fulfilled as of %(day)s. Its evidence can be corrected as long as the sub-goal was met by then;"
        " otherwise say first, under “Correct” at the step, that it was not fulfilled."
    )
    return (told % words,)


def _evidence_words(recorded: Evidence) -> str:
    """What was shown when, what came of it, who wrote it."""
    words = {
        "day": date_format(recorded.shown_on, "DATE_FORMAT"),
        "answer": _("met") if recorded.meets else _("not yet met"),
        "who": recorded.recorded_by.full_name,
        "remark": recorded.remark,
    }
    if recorded.shown is not None:
        number = _("%(shown)s %%") if recorded.kind == EvidenceKind.ATTENDANCE else _("level %(shown)s")
        words["answer"] = f"{words['answer']}, {number % {'shown': recorded.shown}}"
    if recorded.card is not None:
        words["who"] = _("%(who)s from the card of %(asked)s") % {**words, "asked": recorded.card.asked_name}
    if recorded.late_reason:
        late = {**words, "why": recorded.get_late_reason_display()}
        words["who"] = _("%(who)s afterwards: %(why)s") % late
    if not recorded.remark:
        return _("%(day)s: %(answer)s (recorded by %(who)s)") % words
    return _("%(day)s: %(answer)s, “%(remark)s” (recorded by %(who)s)") % words


def _act_on_step(
    request: HttpRequest,
    who: Visitor,
    step: Step,
    *,
    form_class: type[ActForm],
    verb: Callable[[dict[str, Any]], None],
    words: tuple[str, str],
) -> HttpResponse:
    plan = plan_of(step.package, on=who.viewing.on)
    heading, done = words
    said = ActPage(
        heading=heading,
        submit=heading,
        done=done,
        back=_citizen_url(step.package),
        back_label=step.package.citizen.name,
        about=_title(plan, step),
        lines=(label(step.kind),),
    )
    initial = {"day": viewable_day(request.GET.get("dag")) or _day(who), "reason": request.GET.get("grund", "")}
    return act(request, form_class(request.POST or None, initial=initial), verb, said, step_names(plan))


def _late(data: dict[str, Any]) -> LateReason | None:
    return LateReason(data["late"]) if data["late"] else None


def _title(plan: Plan, step: Step) -> str:
    return next((row.title for row in plan.planned if row.step_id == step.pk), label(step.kind))


def _step(who: Visitor, ref: UUID, page: str) -> Step:
    rows = Step.objects.visible_to(who.user, on=who.viewing.today)
    step = seen_or_404(rows.select_related("package__citizen"), ref)
    noted(who, step.package.citizen, page)
    return step


def _citizen_url(package: JobPackage) -> str:
    return reverse("citizen", args=[package.citizen.ref])


def _day(who: Visitor) -> date:
    return who.viewing.on
