"""Answering the questions: on a phone handed to the citizen, from paper, or by the job consultant; and correcting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jobpakke.access.policies import Act
from jobpakke.citizens.models import Citizen
from jobpakke.method.progress import Answerer
from jobpakke.packages.models import OwnQuestionnaire, ProgressMeasure
from jobpakke.packages.progress import asked_in, facts_of, in_force, of_own
from jobpakke.packages.questionnaires import Questionnaire, shipped
from jobpakke.packages.services import correct_measure, record_measure
from jobpakke.web.citizens.pages import look_up
from jobpakke.web.http import Visitor, page
from jobpakke.web.progress.forms import MeasureForm, points_initial
from jobpakke.web.progress.pages import answer_url, due_first
from jobpakke.web.progress.views import look_at
from jobpakke.web.progress.words import NAMES

form_page = require_http_methods(["GET", "HEAD", "POST"])
ANSWERERS = {"borger": Answerer.CITIZEN, "konsulent": Answerer.CASEWORKER}
LANGUAGES = ("da", "en")


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """What the page of the questions says. ``asked``: the version, so that it is still known when it comes back."""

    heading: str
    back: str
    back_label: str
    asked: str
    lead: str | Promise


@form_page
@page(Act.WORK_CASES)
def measure(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """The questions to one party; whoever is due when the address does not say."""
    citizen = look_up(who, ref, "measure_progress")
    by = ANSWERERS.get(request.GET.get("hvem", "")) or due_first(who, citizen)
    if by is Answerer.CITIZEN and "papir" not in request.GET:
        return _handed(request, who, citizen)
    asked = _sent(request, citizen, by) or in_force(citizen.municipality_id, by, on=who.viewing.on)
    form = MeasureForm(
        request.POST or None,
        asked,
        language=get_language() or "da",
        day=True,
        initial={"answered_on": min(who.viewing.on, who.viewing.today)},
    )

    def verb(data: dict[str, Any]) -> None:
        _record(who, citizen, asked, data, form)

    if request.method == "POST" and form.carried_out(verb):
        messages.success(request, _("The answers are recorded."))
        return HttpResponseRedirect(reverse("progress", args=[citizen.ref]))
    heading = _("The citizen's answers from paper") if by is Answerer.CITIZEN else _("How is it going?")
    words = AnswerPage(
        heading=heading,
        back=reverse("progress", args=[citizen.ref]),
        back_label=citizen.name,
        asked=f"{asked.code}:{asked.version}",
        lead=_("One answer for each. Leave out what you do not know."),
    )
    action = answer_url(citizen, by, paper=by is Answerer.CITIZEN)
    context = {"form": form, "words": words, "action": action}
    return render(request, "progress/answer.html", context, status=_status(request))


def _handed(request: HttpRequest, who: Visitor, citizen: Citizen) -> HttpResponse:
    """The phone is in the citizen's hand: the questions alone, in the citizen's language; nothing of anybody. Once
    answered that day, the way back does not lead to them again."""
    language = _language(request)
    day = min(who.viewing.on, who.viewing.today)
    asked = _sent(request, citizen, Answerer.CITIZEN) or in_force(citizen.municipality_id, Answerer.CITIZEN, on=day)
    with override(language):
        form = MeasureForm(request.POST or None, asked, language=language, day=False)

        def verb(data: dict[str, Any]) -> None:
            _record(who, citizen, asked, {**data, "answered_on": day}, form)

        context = {
            "form": form,
            "language": language,
            "other": LANGUAGES[language == "da"],
            "asked": f"{asked.code}:{asked.version}",
            "citizen": citizen,
            "action": answer_url(citizen, Answerer.CITIZEN),
        }
        if request.method != "POST" and _answered(citizen, day):
            return render(request, "progress/thanks.html", {**context, "now": "tak" in request.GET})
        if "skift" in request.POST:  # another language; nothing is recorded, nothing is lost
            return render(request, "progress/handed.html", {**context, "quiet": True})
        if request.method == "POST" and form.carried_out(verb):
            return HttpResponseRedirect(f"{context['action']}&tak=1&sprog={language}")
        return render(request, "progress/handed.html", {**context, "quiet": False}, status=_status(request))


def _answered(citizen: Citizen, day: date) -> bool:
    rows = ProgressMeasure.objects.current().filter(citizen=citizen, by=Answerer.CITIZEN.value, answered_on=day)
    return rows.exists()


def _record(who: Visitor, citizen: Citizen, asked: Questionnaire, data: dict[str, Any], form: MeasureForm) -> None:
    record_measure(
        actor=who.user,
        citizen=citizen,
        questionnaire=asked,
        points=form.points(data),
        answered_on=data["answered_on"],
        on=who.viewing.today,
    )


@form_page
@page(Act.WORK_CASES)
def correct(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """The same questions with the answers that were given."""
    held = look_at(who, ref, "correct_measure")
    asked = asked_in(held)
    initial = {"answered_on": held.answered_on, **points_initial(facts_of(held).points)}
    form = MeasureForm(request.POST or None, asked, language=get_language() or "da", day=True, initial=initial)

    def verb(data: dict[str, Any]) -> None:
        correct_measure(
            actor=who.user,
            measure=held,
            points=form.points(data),
            answered_on=data["answered_on"],
            on=who.viewing.today,
        )

    if request.method == "POST" and form.carried_out(verb):
        messages.success(request, _("The measure is corrected; what it said before can still be read."))
        return HttpResponseRedirect(reverse("progress", args=[held.citizen.ref]))
    words = AnswerPage(
        heading=_("Correct a measure of progress"),
        back=reverse("measure", args=[held.ref]),
        back_label=_("The measure"),
        asked=f"{asked.code}:{asked.version}",
        lead=NAMES[Answerer(held.by)],
    )
    action = reverse("correct_measure", args=[held.ref])
    context = {"form": form, "words": words, "action": action}
    return render(request, "progress/answer.html", context, status=_status(request))


def _status(request: HttpRequest) -> int:
    return 422 if request.method == "POST" else 200


def _language(request: HttpRequest) -> str:
    sent: QueryDict = request.POST if request.method == "POST" else request.GET
    chosen = sent.get("skift") or sent.get("sprog") or get_language()
    return chosen if chosen in LANGUAGES else "da"


def _sent(request: HttpRequest, citizen: Citizen, by: Answerer) -> Questionnaire | None:
    """The version that the page had when it was opened, so that no answer is lost when another came into force."""
    code, _colon, number = request.POST.get("skema", "").partition(":")
    if not (number.isascii() and number.isdigit() and len(number) < 5):
        return None
    found = shipped().get((code, int(number)))
    if found is None:
        rows = OwnQuestionnaire.objects.filter(municipality=citizen.municipality_id, by=by.value, number=int(number))
        row = rows.select_related("municipality").first()
        found = None if row is None else of_own(row)
    return found if found is not None and (found.code, found.by) == (code, by) else None
