"""Correcting what was recorded of a step, or of a package's end, and was wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from jobpakke.access.policies import Act
from jobpakke.packages import services
from jobpakke.packages.facts import plan_of
from jobpakke.packages.models import CorrectionReason, JobPackage, Step
from jobpakke.web.acting import ActPage, act
from jobpakke.web.citizens.pages import noted
from jobpakke.web.forms import ActForm, DayField
from jobpakke.web.http import Visitor, page, seen_or_404
from jobpakke.web.labels import label
from jobpakke.web.staircase import step_names

form_page = require_http_methods(["GET", "HEAD", "POST"])
START, END, NO_START, NO_END = "start", "end", "no_start", "no_end"


def because_field() -> forms.ChoiceField:
    """Why it was wrong."""
    return forms.ChoiceField(
        label=gettext_lazy("Why it was wrong"),
        choices=[(value, capfirst(text)) for value, text in CorrectionReason.choices],
        help_text=gettext_lazy("It stays in the history, with what was recorded before."),
    )


class CorrectForm(ActForm):
    """What of a step is wrong, and what is right."""

    what = forms.ChoiceField(label=gettext_lazy("What is wrong?"), widget=forms.RadioSelect)
    day = DayField(
        label=gettext_lazy("The right day"),
        required=False,
        help_text=gettext_lazy("Only when a day is corrected."),
    )
    because = because_field()

    def __init__(self, data: Any, wrong: list[tuple[str, str]]) -> None:
        super().__init__(data, initial={"what": wrong[0][0] if len(wrong) == 1 else None})
        self.fields["what"].choices = wrong  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """A day that is corrected says the right one."""
        data = super().clean() or self.cleaned_data
        if data.get("what") in (START, END) and not data.get("day") and "day" not in self.errors:
            self.add_error("day", _("Write the right day."))
        return data


class UndoForm(ActForm):
    """Why the end of a package was wrong."""

    because = because_field()


@form_page
@page(Act.WORK_CASES)
def step(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Corrects the day on which a step began or was over, or says that it was not so."""
    rows = Step.objects.visible_to(who.user, on=who.viewing.today)
    found = seen_or_404(rows.select_related("package__citizen"), ref)
    package = found.package
    noted(who, package.citizen, "correct_step")
    plan = plan_of(package, on=who.viewing.today)
    title = next((row.title for row in plan.planned if row.step_id == found.pk), label(found.kind))

    def verb(data: dict[str, Any]) -> None:
        _verb(who, found, data["what"], data["day"])(because=CorrectionReason(data["because"]))

    words = ActPage(
        heading=_("Correct the step"),
        submit=_("Correct"),
        done=_("The step is corrected. What was recorded before stands in the history."),
        back=reverse("citizen", args=[package.citizen.ref]),
        back_label=package.citizen.name,
        about=title,
        lines=_recorded(found),
    )
    return act(request, CorrectForm(request.POST or None, _wrong(found)), verb, words, step_names(plan))


def _verb(who: Visitor, found: Step, what: str, day: date | None) -> Callable[..., object]:
    common: dict[str, Any] = {"actor": who.user, "step": found, "on": who.viewing.today}
    verbs: dict[str, Callable[..., object]] = {
        START: lambda **because: services.correct_start(started_on=day, **common, **because),  # type: ignore[arg-type]
        END: lambda **because: services.correct_end(ended_on=day, **common, **because),  # type: ignore[arg-type]
        NO_START: lambda **because: services.undo_start(**common, **because),
        NO_END: lambda **because: services.undo_end(**common, **because),
    }
    return verbs[what]


def _recorded(found: Step) -> tuple[str, ...]:
    if found.started_on is None:
        return (_("It is not recorded as begun."),)
    lines = [_("Recorded as begun: %(day)s.") % {"day": date_format(found.started_on, "DATE_FORMAT")}]
    if found.ended_on is not None:
        said = (
            _("Recorded as fulfilled as of: %(day)s.")
            if found.ending == "fulfilled"
            else _("Recorded as ended as of: %(day)s.")
        )
        lines.append(said % {"day": date_format(found.ended_on, "DATE_FORMAT")})
    return tuple(lines)


def _wrong(found: Step) -> list[tuple[str, str]]:
    """What can be wrong of what is recorded; the first day comes first, as it does in time."""
    choices = [(START, _("The first day is another"))]
    if found.ended_on is None:
        return [*choices, (NO_START, _("It has not begun"))]
    over = _("It was fulfilled as of another day") if found.ending == "fulfilled" else _("It ended as of another day")
    never = _("It is not fulfilled") if found.ending == "fulfilled" else _("It has not ended")
    return [*choices, (END, over), (NO_END, never)]


@form_page
@page(Act.WORK_CASES)
def package_end(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Says that a package did not end as recorded, so that it can be ended rightly, or go on."""
    rows = JobPackage.objects.visible_to(who.user, on=who.viewing.today)
    package = seen_or_404(rows.select_related("citizen"), ref)
    noted(who, package.citizen, "undo_package_end")

    def verb(data: dict[str, Any]) -> None:
        because = CorrectionReason(data["because"])
        services.undo_package_end(actor=who.user, package=package, because=because, on=who.viewing.today)

    ended = package.ended_on
    words = {"day": date_format(ended, "DATE_FORMAT") if ended else "–", "outcome": label(package.outcome)}
    said = ActPage(
        heading=_("The package did not end as recorded"),
        submit=_("Open the package again"),
        done=_("The package is open again. If it did end, end it with the right day and outcome."),
        back=reverse("citizen", args=[package.citizen.ref]),
        back_label=package.citizen.name,
        lines=(
            _("Recorded as ended: %(day)s, %(outcome)s.") % words,
            _("The job, the status and the aftercare that were recorded with the end go with it."),
            _("Mentors whose support ended with it are recorded again where they go on."),
        ),
    )
    return act(request, UndoForm(request.POST or None), verb, said)
