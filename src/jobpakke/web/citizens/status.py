"""Recording, correcting and ending a labour-market status."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jobpakke.access.policies import Act
from jobpakke.citizens import services
from jobpakke.citizens.models import Citizen, StatusSpell
from jobpakke.lib.periods import Period
from jobpakke.packages.rules import rules_of
from jobpakke.web.acting import ActPage, act
from jobpakke.web.citizens.forms import EndStatusForm, StatusForm
from jobpakke.web.citizens.pages import look_up, noted
from jobpakke.web.http import Visitor, page, seen_or_404
from jobpakke.web.labels import label

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
@page(Act.WORK_CASES)
def record(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """A new status from a day."""
    citizen = look_up(who, ref, "record_status")

    def verb(data: dict[str, Any]) -> None:
        today = who.viewing.today
        rules = rules_of(citizen.municipality_id, on=today)
        services.record_status(actor=who.user, citizen=citizen, facts=StatusForm.facts(data), on=today, rules=rules)

    form = StatusForm(request.POST or None, held={"starts_on": who.viewing.on})
    return act(request, form, verb, _words(citizen, _("Record a status"), _("The status is recorded.")))


@form_page
@page(Act.WORK_CASES)
def correct(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Corrects what a status says; the old text stays readable in the history."""
    spell = _spell(who, ref, "correct_status")

    def verb(data: dict[str, Any]) -> None:
        services.correct_status(
            actor=who.user,
            spell=spell,
            facts=StatusForm.facts(data),
            seen=data["seen"] or ref,
            on=who.viewing.today,
            rules=rules_of(spell.citizen.municipality_id, on=who.viewing.today),
        )

    names = ("status", "starts_on", "ends_on", "reason", "weekly_hours")
    form = StatusForm(request.POST or None, held={"seen": spell.ref, **{name: getattr(spell, name) for name in names}})
    return act(request, form, verb, _words(spell.citizen, _("Correct the status"), _("The status is corrected.")))


@form_page
@page(Act.WORK_CASES)
def end(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Ends a status that goes on."""
    spell = _spell(who, ref, "end_status")

    def verb(data: dict[str, Any]) -> None:
        services.end_status(actor=who.user, spell=spell, ended_on=data["day"], on=who.viewing.today)

    words = _words(spell.citizen, _("End the status"), _("The status has ended."), label(spell.status))
    return act(request, EndStatusForm(request.POST or None, initial={"day": who.viewing.on}), verb, words)


def _spell(who: Visitor, ref: UUID, page: str) -> StatusSpell:
    """The spell as it is known now, also when somebody has corrected or ended it since its page was opened."""
    seen = Citizen.objects.visible_to(who.user, on=who.viewing.today)
    rows = StatusSpell.objects.filter(citizen__in=seen.values("pk"))
    spell = seen_or_404(rows.select_related("citizen"), ref)
    noted(who, spell.citizen, page)
    return spell if spell.superseded_at is None else _newest(spell)


def _newest(spell: StatusSpell) -> StatusSpell:
    """What stands in its place: written since, rather of the same days than of any."""
    rows = StatusSpell.objects.current().filter(citizen=spell.citizen, recorded_at__gte=spell.superseded_at)
    since = list(rows.select_related("citizen").order_by("recorded_at", "pk"))
    days = Period(spell.starts_on, spell.ends_on)
    return next((row for row in since if days.intersect(Period(row.starts_on, row.ends_on))), [*since, spell][0])


def _words(citizen: Citizen, heading: str, done: str, about: str = "") -> ActPage:
    back = reverse("citizen", args=[citizen.ref])
    return ActPage(heading=heading, submit=_("Save"), done=done, back=back, back_label=citizen.name, about=about)
