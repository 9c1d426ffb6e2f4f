"""Proposing a plan, recording the answers, taking it back, throwing a draft away."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jobpakke.access.policies import Act
from jobpakke.packages import services
from jobpakke.packages.answers import answers_of, companies_in
from jobpakke.packages.facts import Plan, plan_and_agreed
from jobpakke.packages.models import Party, PlannedStep, PlanVersion
from jobpakke.packages.models.package import OnBehalfReason
from jobpakke.packages.scans import read_scan
from jobpakke.web.acting import ActPage, Section, act
from jobpakke.web.citizens.pages import noted
from jobpakke.web.http import Visitor, page
from jobpakke.web.labels import party_label
from jobpakke.web.plans import forms
from jobpakke.web.plans.agreeing_forms import ApproveForm, ProposeForm
from jobpakke.web.plans.changes import change_sentences, consequences
from jobpakke.web.plans.pages import step_titles, version_or_404
from jobpakke.web.plans.speaking import company_of, speaker
from jobpakke.web.staircase import step_names

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
@page(Act.WORK_CASES)
def propose(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """What changes and what follows from it, before the parties are asked."""
    version = _version(who, ref, "propose_plan")
    plan, agreed = plan_and_agreed(version)

    def verb(data: dict[str, Any]) -> None:
        services.propose_plan(
            actor=who.user,
            version=version,
            seen=data["seen"],
            reason=data.get("reason", ""),
            on=who.viewing.today,
        )

    changed = change_sentences(agreed, plan) if agreed else tuple(row.title for row in plan.planned)
    words = ActPage(
        heading=_("Propose the plan"),
        submit=_("Propose it to the parties"),
        done=_("The plan is proposed. Record the answers as they come."),
        back=_plan_url(version),
        back_label=_("The plan"),
        about=f"{version.package.citizen.name}: {version.goal.title}",
        sections=(
            Section(_("What changes") if agreed else _("The steps"), changed),
            Section(_("What follows from it"), consequences(agreed, plan, on=who.viewing.today)),
            Section(_("Who is asked"), _asked(version, on=who.viewing.today)),
            Section(_("Who is not asked any more"), _gone(agreed, plan, on=who.viewing.today)),
            Section(_("On paper already"), _on_paper(version)),
        ),
    )
    form = ProposeForm(request.POST or None, initial={"seen": version.edits}, first=agreed is None)
    return act(request, form, verb, words, step_names(plan))


def _asked(version: PlanVersion, *, on: date) -> tuple[str, ...]:
    """Each by name, in the order in which they are asked, and what it takes."""
    lines = (party_label(each.voice.side.value, each.name) for each in answers_of(version, on=on))
    new = _("Everybody says yes to this very wording: the citizen and each company first, the municipality last.")
    if version.number == 1:
        return (*lines, new)
    return (*lines, new, _("Until then the plan that is agreed holds; earlier answers do not count for the new one."))


def _gone(agreed: Plan | None, plan: Plan, *, on: date) -> tuple[str, ...]:
    """Companies of the agreed plan that have no step in the new one."""
    now, was = companies_in(plan, on=on), companies_in(agreed, on=on) if agreed else {}
    words = _("%(company)s has no step in this version. It is told when the version takes effect.")
    return tuple(words % {"company": name} for ref, name in was.items() if ref is not None and ref not in now)


def _on_paper(version: PlanVersion) -> tuple[str, ...]:
    if version.paper_on is None:
        return ()
    words = {"day": date_format(version.paper_on, "DATE_FORMAT"), "why": version.get_late_reason_display()}
    return (_("It counts as proposed on %(day)s (%(why)s); the answers are recorded with their own days.") % words,)


@form_page
@page(Act.WORK_CASES)
def withdraw(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Takes a proposal back to change it."""
    version = _version(who, ref, "withdraw_plan")

    def verb(data: dict[str, Any]) -> None:
        services.withdraw_proposal(actor=who.user, version=version, seen=data["seen"], on=who.viewing.today)

    words = ActPage(
        heading=_("Take the proposal back"),
        submit=_("Take it back and change it"),
        done=_("The proposal is taken back. Its words stand in a new draft."),
        back=reverse("citizen", args=[version.package.citizen.ref]),
        back_label=version.package.citizen.name,
        about=version.goal.title,
        lines=(_("The answers given so far stay with the proposal. Everybody is asked again about the new wording."),),
        sections=(Section(_("Has said yes"), _said_yes(version, on=who.viewing.today)),),
    )
    return act(request, forms.StateForm(request.POST or None, now=version.edits), verb, words)


def _said_yes(version: PlanVersion, *, on: date) -> tuple[str, ...]:
    return tuple(
        f"{party_label(each.voice.side.value, each.name)}: {date_format(each.yes.given_on, 'DATE_FORMAT')}"
        for each in answers_of(version, on=on)
        if each.yes is not None
    )


@form_page
@page(Act.WORK_CASES)
def approve(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """The yes of a party, or of one company, to a proposal; the municipality's makes it take effect."""
    version = _version(who, ref, "approve_plan")
    asked = speaker(answers_of(version, on=who.viewing.today), request.GET)
    party = Party(asked.voice.side.value)
    plan, agreed = plan_and_agreed(version)

    def verb(data: dict[str, Any]) -> None:
        services.approve_plan(
            actor=who.user,
            version=version,
            party=party,
            company=company_of(asked.voice.company),
            given_on=data["day"],
            on_behalf_reason=OnBehalfReason(data["how"]) if "how" in data else None,
            scan=read_scan(data["scan"].name, data["scan"].read()) if data.get("scan") is not None else None,
            on=who.viewing.today,
        )

    last, name = party == Party.MUNICIPALITY, party_label(party.value, asked.name)
    words = ActPage(
        heading=_("Approve the plan") if last else _("%(party)s says yes") % {"party": name},
        submit=_("Approve on behalf of the municipality") if last else _("Record the yes"),
        done=_("The plan has taken effect.") if last else _("The yes is recorded."),
        back=reverse("citizen", args=[version.package.citizen.ref]) if last else _plan_url(version),
        back_label=version.package.citizen.name,
        about=f"{version.package.citizen.name}: {version.goal.title}",
        sections=(
            Section(_("What changes"), change_sentences(agreed, plan) if agreed else ()),
            Section(
                _("The steps"), tuple(f"{number}. {_placed(row)}" for number, row in enumerate(plan.planned, start=1))
            ),
        ),
    )
    form = ApproveForm(
        request.POST or None, request.FILES or None, initial={"day": version.asked_on(who.viewing.today)}, party=party
    )
    return act(request, form, verb, words, step_names(plan))


def _placed(row: PlannedStep) -> str:
    return f"{row.title} · {row.workplace.name}" if row.workplace else row.title


@form_page
@page(Act.WORK_CASES)
def discard(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Throws a draft away."""
    version = _version(who, ref, "discard_draft")

    def verb(data: dict[str, Any]) -> None:
        services.discard_draft(actor=who.user, version=version, seen=data["seen"], on=who.viewing.today)

    words = ActPage(
        heading=_("Throw the draft away"),
        submit=_("Throw it away"),
        done=_("The draft is gone. What was agreed stays."),
        back=reverse("citizen", args=[version.package.citizen.ref]),
        back_label=version.package.citizen.name,
        about=version.goal.title,
        lines=(_("Nobody has been asked about it. It cannot be brought back."),),
        sections=(Section(_("The steps"), step_titles(version)),),
    )
    return act(request, forms.StateForm(request.POST or None, now=version.edits), verb, words)


def _version(who: Visitor, ref: UUID, page_name: str) -> PlanVersion:
    version = version_or_404(who, ref)
    noted(who, version.package.citizen, page_name)
    return version


def _plan_url(version: PlanVersion) -> str:
    return reverse("plan", args=[version.ref])
