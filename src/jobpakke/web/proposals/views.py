"""Recording what a party proposes, answering it, and the list of a package."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from jobpakke.access.policies import Act
from jobpakke.lib.periods import Period
from jobpakke.method.proposals import Wanted
from jobpakke.packages import services
from jobpakke.packages.answers import companies_in
from jobpakke.packages.facts import Plan, plan_of, plan_of_version
from jobpakke.packages.models import HowTold, JobPackage, PlannedStep, PlanVersion, Proposal
from jobpakke.web.acting import ActPage, act
from jobpakke.web.citizens.pages import noted
from jobpakke.web.http import Visitor, page, seen_or_404
from jobpakke.web.plans.speaking import chosen, company_of
from jobpakke.web.proposals import forms
from jobpakke.web.proposals.ending import ending_url
from jobpakke.web.proposals.pages import line_of, proposal_or_404, proposals_of, title_of, to_tell
from jobpakke.web.proposals.words import wanted_words

form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@page(Act.SEE_CASES)
def proposals(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Every proposal of a package with its answer."""
    package = package_or_404(who, ref, "proposals")
    context = {
        "lines": proposals_of(package, on=who.viewing.on),
        "package": package,
        "citizen": package.citizen,
        "working": who.works(Act.WORK_CASES) and _is_running(package),
    }
    return render(request, "proposals/proposals.html", context)


@form_page
@page(Act.WORK_CASES)
def propose(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """What a party said it wants changed: first what it is about, then the rest."""
    package = package_or_404(who, ref, "propose_change")
    plan = plan_of(package, on=who.viewing.today)
    steps = {str(row.step.ref): row for row in plan.planned if row.step.ended_on is None}
    asked = request.GET if "art" in request.GET else None
    titles = {key: row.title for key, row in steps.items()}
    about = forms.AboutForm(asked, steps=titles, initial={"trin": request.GET.get("trin", next(iter(titles), ""))})
    if not about.is_valid():
        context = {"form": about, "citizen": package.citizen, "package": package}
        return render(request, "proposals/about.html", context)
    row = steps.get(about.cleaned_data["trin"])
    return _write(request, who, plan, Wanted(about.cleaned_data["art"]), row)


def _write(request: HttpRequest, who: Visitor, plan: Plan, wanted: Wanted, row: PlannedStep | None) -> HttpResponse:
    package, today = plan.package, who.viewing.today
    form = forms.FORMS[wanted](request.POST or None, initial={"made_on": today}, companies=companies_in(plan, on=today))

    def verb(data: dict[str, Any]) -> None:
        party, company = chosen(data["party"])
        services.propose_change(
            actor=who.user,
            package=package,
            party=party,
            company=company_of(company),
            wish=form.wish(data, row.step if row else None),
            made_on=data["made_on"],
            how=HowTold(data["how"]),
            on=today,
        )

    headings = {
        Wanted.EXTEND: _("A longer step"),
        Wanted.OTHER_HOURS: _("Other hours"),
        Wanted.OTHER_TASK: _("Another task"),
        Wanted.STOP: _("To stop"),
    }
    words = ActPage(
        heading=_("A proposal: %(what)s") % {"what": headings[wanted].lower()},
        submit=_("Record the proposal"),
        done=_("The proposal is recorded. It changes nothing before it is answered."),
        back=reverse("citizen", args=[package.citizen.ref]),
        back_label=package.citizen.name,
        about=row.title if row else _("The whole package"),
        lines=tuple(_lines(wanted)),
    )
    return act(request, form, verb, words)


def _lines(wanted: Wanted) -> Iterator[str]:
    if wanted is Wanted.OTHER_HOURS:
        yield _(
            "Write when in the week only if it should be different: for example 8-12, or 8.30-12.00, 13-15. Days left"
            " empty are then without hours."
        )
    yield _("A newer proposal of the same kind from the same party takes the place of the one that waits.")


@form_page
@page(Act.SEE_CASES)
def proposal(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """One proposal: what is wanted, and the answer, or the form for it."""
    row = proposal_or_404(who, ref)
    noted(who, row.package.citizen, "proposal")
    working = who.holds(Act.WORK_CASES)
    if request.method == "POST" and not working:
        raise PermissionDenied
    form = forms.AnswerForm(request.POST or None, initial={"day": who.viewing.today, "answer": "accept"})
    made: list[PlanVersion | None] = []
    decided = request.method == "POST" and not (form.is_valid() and _asks(form, who, row))
    if decided and form.carried_out(lambda data: made.append(_answered(who, row, data)), _names(row)):
        return _onward(request, row, made[0])
    line = line_of(row, on=who.viewing.on)
    context = {
        "line": line,
        "wanted": wanted_words(row, title_of(row)),
        "citizen": row.package.citizen,
        "package": row.package,
        "form": form if request.method == "POST" or (who.works(Act.WORK_CASES) and line.waits) else None,
        "consequence": _consequence(row),
    }
    return render(request, "proposals/proposal.html", context, status=422 if request.method == "POST" else 200)


def _answered(who: Visitor, row: Proposal, data: Mapping[str, Any]) -> PlanVersion | None:
    today = who.viewing.today
    if data["answer"] == "accept":
        along = forms.AnswerForm.moves_along(data)
        return services.accept_proposal(actor=who.user, proposal=row, on=today, along=along)
    verb = services.reject_proposal if data["answer"] == "reject" else services.retract_proposal
    verb(actor=who.user, proposal=row, reason=data["reason"], answered_on=data["day"], on=today)
    return None


def _asks(form: forms.AnswerForm, who: Visitor, row: Proposal) -> bool:
    """Whether a step gets longer by the answer, and it is still to be chosen what moves along."""
    if form.cleaned_data["answer"] != "accept" or row.wanted != Wanted.EXTEND.value or not row.step or not row.day:
        return False
    opened = row.package.versions.unsettled().first()
    laid = plan_of_version(opened) if opened else plan_of(row.package, on=who.viewing.today)
    start = next((each.planned.start for each in laid.steps if each.ref == row.step.ref), row.day)
    days = Period(min(start, row.day), row.day)
    return form.must_choose(laid, row.step.ref, days, on=who.viewing.today)


def _onward(request: HttpRequest, row: Proposal, draft: PlanVersion | None) -> HttpResponse:
    """To the draft, to the page on which a step or the package ends, or back to the staircase."""
    if draft is not None:
        messages.success(request, _("The proposal is accepted. Propose the plan, so that all three can say yes to it."))
        return redirect("plan", ref=draft.ref)
    if row.answer == "accepted":
        messages.success(request, _("The stop is agreed. It takes effect when you record it here, on its day."))
        return HttpResponseRedirect(_ending_url(row))
    messages.success(request, _("The answer is recorded."))
    return redirect("citizen", ref=row.package.citizen.ref)


def _ending_url(row: Proposal) -> str:
    return ending_url(row.package.ref, row.step.ref if row.step else None, row.day, row.end_reason)


def _consequence(row: Proposal) -> str:
    if row.wanted == Wanted.STOP.value:
        return _("If you accept, you go on to the page where it is ended. Nothing stops by itself.")
    if row.wanted == Wanted.OTHER_TASK.value and row.step is None:
        return _(
            "If you accept, a draft of the next version opens; you make the change there. All three say yes to it."
        )
    return _("If you accept, the change is made in a draft of the next version, which all three say yes to as always.")


def _names(row: Proposal) -> Mapping[object, str]:
    return {row.step.ref: title_of(row)} if row.step else {}


@form_page
@page(Act.WORK_CASES)
def told(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Who was told of what changed beside the plan."""
    package = package_or_404(who, ref, "record_told")
    lines = to_tell(package, on=who.viewing.today)
    named = {line.key: (line.event, line.voice) for line in lines}

    def verb(data: dict[str, Any]) -> None:
        services.record_told(
            actor=who.user,
            package=package,
            told=[named[key] for key in data["told"]],
            how=HowTold(data["how"]),
            told_on=data["day"],
            on=who.viewing.today,
        )

    initial = {"day": who.viewing.today, "told": request.GET.getlist("det")}
    form = forms.ToldForm(request.POST or None, initial=initial, choices=((line.key, line.words) for line in lines))
    words = ActPage(
        heading=_("Record who was told"),
        submit=_("Record"),
        done=_("It is recorded that they were told."),
        back=reverse("versions", args=[package.ref]),
        back_label=_("Versions of the plan"),
        about=package.citizen.name,
        lines=()
        if lines
        else (_("Nobody is waiting to be told of anything. Here will be what changes beside the agreed plan."),),
    )
    return act(request, form, verb, words)


def package_or_404(who: Visitor, ref: UUID, page_name: str) -> JobPackage:
    """A package that the visitor may see; the look-up is logged. Raises Http404."""
    rows = JobPackage.objects.visible_to(who.user, on=who.viewing.today)
    package = seen_or_404(rows.select_related("citizen__municipality"), ref)
    noted(who, package.citizen, page_name)
    return package


def _is_running(package: JobPackage) -> bool:
    return package.opened_on is not None and package.ended_on is None
