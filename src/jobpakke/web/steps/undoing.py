"""Saying that something was recorded by mistake: each a form with the reason, a verb, and back to where it stood."""

from __future__ import annotations

from collections.abc import Callable
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
from jobpakke.packages.facts import plan_of
from jobpakke.packages.models import (
    Aftercare,
    Approval,
    Commitment,
    CorrectionReason,
    JobPackage,
    Mentorship,
    PlanVersion,
    Step,
    Waiver,
)
from jobpakke.web.acting import ActPage, act
from jobpakke.web.citizens.pages import noted
from jobpakke.web.http import Visitor, page, seen_or_404
from jobpakke.web.labels import code_label, label, party_label
from jobpakke.web.promises.pages import promise_line, promised_by
from jobpakke.web.staircase import step_names
from jobpakke.web.steps.correcting import UndoForm

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
@page(Act.WORK_CASES)
def settlement(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """A promise was neither kept nor broken."""
    today = who.viewing.today
    rows = Commitment.objects.visible_to(who.user, on=today).as_of(today).filter(made_on__isnull=False)
    row = seen_or_404(rows.select_related("package__citizen", "waits_for", "settled_by"), ref)
    noted(who, row.package.citizen, "undo_settlement")
    line = promise_line(row, on=today, working=False)
    words = ActPage(
        heading=_("The promise is not settled"),
        submit=_("Let it stand open again"),
        done=_("The promise stands open again. Settle it rightly when it is kept or broken."),
        back=reverse("citizen", args=[row.package.citizen.ref]),
        back_label=row.package.citizen.name,
        about=f"{promised_by(row)}: {row.text}",
        lines=(
            _("Recorded: %(state)s %(day)s") % {"state": line.state, "day": _day(line.day)},
            *((f"{line.more[:1].upper()}{line.more[1:]}",) if line.more else ()),
        ),
    )

    def verb(because: CorrectionReason) -> object:
        return services.undo_settlement(actor=who.user, commitment=row, because=because, on=today)

    return _undo(request, verb, words)


@form_page
@page(Act.WORK_CASES)
def waiver(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """A dispensation was not given."""
    today = who.viewing.today
    steps = Step.objects.visible_to(who.user, on=today)
    rows = Waiver.objects.filter(step__in=steps.values("pk")).select_related("step__package__citizen", "given_by")
    row = seen_or_404(rows, ref)
    package = row.step.package
    noted(who, package.citizen, "undo_waiver")
    plan = plan_of(package, on=today)
    names = step_names(plan)
    words = ActPage(
        heading=_("The dispensation was not given"),
        submit=_("Take the dispensation back"),
        done=_("The dispensation is taken back. The gate is as it was before; the history says both."),
        back=reverse("citizen", args=[package.citizen.ref]),
        back_label=package.citizen.name,
        about=names.get(row.step.ref, label(row.step.kind)),
        lines=(
            _("Recorded: %(day)s by %(who)s: “%(reason)s”")
            % {"day": _day(row.given_on), "who": row.given_by.full_name, "reason": row.reason},
            _("It stays where a step has begun because of it, or was fulfilled without all of its sub-goals."),
        ),
    )

    def verb(because: CorrectionReason) -> object:
        return services.undo_waiver(actor=who.user, waiver=row, because=because, on=today)

    return _undo(request, verb, words, names)


@form_page
@page(Act.WORK_CASES)
def approval(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """A party has not said yes to a proposal."""
    today = who.viewing.today
    seen = PlanVersion.objects.visible_to(who.user, on=today)
    rows = Approval.objects.filter(version__in=seen.values("pk"))
    row = seen_or_404(rows.select_related("version__package__citizen", "version__goal", "recorded_by", "company"), ref)
    package, version = row.version.package, row.version
    noted(who, package.citizen, "undo_approval")
    words = ActPage(
        heading=_("The yes was not given"),
        submit=_("Take the yes out"),
        done=_("The yes is taken out. The party is asked again; the history says both."),
        back=reverse("plan", args=[version.ref]),
        back_label=_("The plan"),
        about=f"{package.citizen.name}: {version.goal.title}",
        lines=(
            _("Recorded: %(party)s %(how)s on %(day)s, written by %(who)s.")
            % {
                "party": party_label(row.party, row.company.name if row.company else ""),
                "day": _day(row.given_on),
                "how": code_label(row.on_behalf_reason),
                "who": row.recorded_by.full_name,
            },
            _("A signed copy that was filed with it stays; withdraw it under “Signed copies” if it was wrong too."),
        ),
    )

    def verb(because: CorrectionReason) -> object:
        return services.undo_approval(actor=who.user, approval=row, because=because, on=today)

    return _undo(request, verb, words)


@form_page
@page(Act.WORK_CASES)
def confirmation(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """A mentor has not confirmed confidentiality."""
    today = who.viewing.today
    rows = Mentorship.objects.visible_to(who.user, on=today).called()
    row = seen_or_404(rows.select_related("mentor", "step__package__citizen"), ref)
    noted(who, row.step.package.citizen, "undo_confirmation")
    words = ActPage(
        heading=_("Confidentiality is not confirmed"),
        submit=_("Take the confirmation out"),
        done=_("The confirmation is taken out. It must be there before the step can begin."),
        back=reverse("step_mentors", args=[row.step.ref]),
        back_label=_("The step's mentors"),
        about=row.who,
        lines=(_("Recorded as confirmed: %(day)s.") % {"day": _day(row.confidentiality_on)},),
    )

    def verb(because: CorrectionReason) -> object:
        return services.undo_confirmation(actor=who.user, mentorship=row, because=because, on=today)

    return _undo(request, verb, words)


@form_page
@page(Act.WORK_CASES)
def aftercare_end(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Aftercare did not end by wish."""
    today = who.viewing.today
    rows = Aftercare.objects.visible_to(who.user, on=today).select_related("package__citizen")
    row = seen_or_404(rows, ref)
    package: JobPackage = row.package
    noted(who, package.citizen, "undo_aftercare_end")
    words = ActPage(
        heading=_("The aftercare did not end"),
        submit=_("Let the aftercare go on"),
        done=_("The aftercare goes on until the day that was agreed."),
        back=reverse("aftercare", args=[row.ref]),
        back_label=_("Aftercare"),
        about=package.citizen.name,
        lines=(
            _("Recorded as ended by wish: %(day)s.") % {"day": _day(row.ended_on)},
            _("Agreed until: %(day)s.") % {"day": _day(row.ends_on)},
        ),
    )

    def verb(because: CorrectionReason) -> object:
        return services.undo_aftercare_end(actor=who.user, aftercare=row, because=because, on=today)

    return _undo(request, verb, words)


def _undo(
    request: HttpRequest,
    verb: Callable[[CorrectionReason], object],
    words: ActPage,
    names: Any = None,
) -> HttpResponse:
    form = UndoForm(request.POST or None)
    return act(request, form, lambda data: verb(CorrectionReason(data["because"])), words, names)


def _day(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else _("not yet")
