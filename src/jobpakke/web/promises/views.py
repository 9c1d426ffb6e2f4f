"""Recording a promise, moving it to a later day, and whether it was kept."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jobpakke.access.policies import Act
from jobpakke.packages import services
from jobpakke.packages.answers import companies_in
from jobpakke.packages.facts import plan_of, plan_of_version
from jobpakke.packages.models import Commitment, Party, PlanVersion
from jobpakke.web.acting import ActPage, Section, act
from jobpakke.web.citizens.pages import noted
from jobpakke.web.forms import ActForm
from jobpakke.web.http import Visitor, page, seen_or_404
from jobpakke.web.plans.pages import version_or_404
from jobpakke.web.plans.speaking import chosen, company_of
from jobpakke.web.promises import forms
from jobpakke.web.promises.pages import promise_line, promised_by
from jobpakke.web.proposals.views import package_or_404

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
@page(Act.WORK_CASES)
def make(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """What a party promises: by a day, or when a step is fulfilled."""
    package = package_or_404(who, ref, "make_commitment")
    plan = plan_of(package, on=who.viewing.today)
    agreed = plan.version is not None and plan.version.effective_on is not None
    rows = {str(row.step.ref): row for row in plan.planned if agreed and row.step.ended_on is None}

    def verb(data: dict[str, Any]) -> None:
        party, company = chosen(data["party"])
        services.make_commitment(
            actor=who.user,
            package=package,
            party=party,
            company=company_of(company),
            text=data["text"],
            due_on=data["due_on"],
            condition=forms.PromiseForm.condition(data, {key: row.step for key, row in rows.items()}),
            on=who.viewing.today,
        )

    steps = {key: row.title for key, row in rows.items()}
    form = forms.PromiseForm(
        request.POST or None,
        initial={"party": Party.MUNICIPALITY},
        steps=steps,
        companies=companies_in(plan, on=who.viewing.today),
    )
    words = ActPage(
        heading=_("Record a promise"),
        submit=_("Save"),
        done=_("The promise is recorded."),
        back=reverse("citizen", args=[package.citizen.ref]),
        back_label=package.citizen.name,
    )
    return act(request, form, verb, words)


@form_page
@page(Act.WORK_CASES)
def lay(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """A promise as part of a plan that is still being made."""
    version = version_or_404(who, ref)
    noted(who, version.package.citizen, "lay_commitment")

    asked = companies_in(plan_of_version(version), on=who.viewing.today)

    def verb(data: dict[str, Any]) -> None:
        party, company = chosen(data["party"])
        services.lay_commitment(
            actor=who.user,
            version=version,
            party=party,
            company=company_of(company),
            text=data["text"],
            due_on=data["due_on"],
            on=who.viewing.today,
        )

    form = forms.LaidForm(request.POST or None, initial={"party": Party.MUNICIPALITY}, companies=asked)
    words = _laid_words(version, _("Lay a promise"), _("The promise is part of the draft."))
    return act(request, form, verb, words)


@form_page
@page(Act.WORK_CASES)
def remove(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """A promise leaves a plan that is still being made."""
    rows = Commitment.objects.visible_to(who.user, on=who.viewing.today).filter(laid_in__isnull=False)
    promise = seen_or_404(rows.select_related("package__citizen", "laid_in__package", "company"), ref)
    noted(who, promise.package.citizen, "remove_commitment")

    def verb(_data: dict[str, Any]) -> None:
        services.remove_commitment(actor=who.user, commitment=promise, on=who.viewing.today)

    form = ActForm(request.POST if request.method == "POST" else None)
    about = f"{promised_by(promise)}: {promise.text}"
    heading, done = _("Take the promise out of the draft"), _("The promise is taken out.")
    return act(request, form, verb, _laid_words(promise.laid_in, heading, done, about))


def _laid_words(version: PlanVersion | None, heading: str, done: str, about: str = "") -> ActPage:
    lines = () if about else (_("It is given when the plan takes effect, and is part of what the parties say yes to."),)
    url = reverse("plan", args=[version.ref]) + "#tilsagn" if version else reverse("today")
    return ActPage(
        heading=heading, submit=_("Save"), done=done, back=url, back_label=_("The plan"), about=about, lines=lines
    )


@form_page
@page(Act.WORK_CASES)
def settle(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Whether a promise was kept; if not, by whom it was broken and why."""
    promise = _promise(who, ref, "settle_commitment")

    def verb(data: dict[str, Any]) -> None:
        services.settle_commitment(
            actor=who.user,
            commitment=promise,
            kept=data["kept"] == "yes",
            breach=forms.SettleForm.breach(data),
            settled_on=data["day"],
            on=who.viewing.today,
        )

    initial = {"day": who.viewing.on, "kept": "yes", "broken_by": ""}
    words = _words(who, promise, _("Settle the promise"), _("It is recorded."))
    return act(request, forms.SettleForm(request.POST or None, initial=initial), verb, words)


@form_page
@page(Act.WORK_CASES)
def move(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """A later day, with a reason; the day before stays readable."""
    promise = _promise(who, ref, "move_commitment")

    def verb(data: dict[str, Any]) -> None:
        services.move_commitment(
            actor=who.user, commitment=promise, due_on=data["day"], reason=data["reason"], on=who.viewing.today
        )

    words = _words(who, promise, _("A later day for the promise"), _("The promise has a later day."))
    return act(request, forms.MoveForm(request.POST or None), verb, words)


def _promise(who: Visitor, ref: UUID, page_name: str) -> Commitment:
    rows = Commitment.objects.visible_to(who.user, on=who.viewing.today).as_of(who.viewing.today)
    rows = rows.filter(made_on__isnull=False)
    promise = seen_or_404(rows.select_related("package__citizen", "waits_for", "company"), ref)
    noted(who, promise.package.citizen, page_name)
    return promise


def _words(who: Visitor, promise: Commitment, heading: str, done: str) -> ActPage:
    line = promise_line(promise, on=who.viewing.today, working=False)
    day = date_format(line.day, "DATE_FORMAT") if line.day else ""
    moves = tuple(
        _("%(was)s became %(now)s: %(reason)s")
        % {
            "was": date_format(each.was_on, "DATE_FORMAT"),
            "now": date_format(each.due_on, "DATE_FORMAT"),
            "reason": each.reason,
        }
        for each in promise.moves.all()
    )
    return ActPage(
        heading=heading,
        submit=_("Record"),
        done=done,
        back=reverse("citizen", args=[promise.package.citizen.ref]),
        back_label=promise.package.citizen.name,
        about=f"{promised_by(promise)}: {promise.text}",
        lines=(f"{line.state} {day}".strip().capitalize(),),
        sections=(Section(_("Moved"), moves),),
    )
