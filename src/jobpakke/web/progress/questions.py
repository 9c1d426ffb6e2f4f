"""The questions in force in the administrator's municipality, and writing some of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import count, islice
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from jobpakke.access.models import Municipality
from jobpakke.access.policies import Act
from jobpakke.method.progress import Answerer
from jobpakke.packages.models import OwnQuestionnaire
from jobpakke.packages.progress import in_force, of_own
from jobpakke.packages.questionnaires import Questionnaire, newest_shipped
from jobpakke.packages.services import revise_questionnaire
from jobpakke.packages.services.progress import MOST_QUESTIONS
from jobpakke.web.http import Visitor, page
from jobpakke.web.progress.answering import ANSWERERS
from jobpakke.web.progress.forms import SPARE, QuestionsForm, questions_initial
from jobpakke.web.progress.words import NAMES


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version and since when it holds; None: it came with the program."""

    asked: Questionnaire
    since: date | None
    made_by: str


@dataclass(frozen=True, slots=True)
class PartyPart:
    """What one party is asked: now, later, and what it was asked before."""

    who: str
    name: Promise | str
    now: VersionLine
    later: tuple[VersionLine, ...]
    before: tuple[VersionLine, ...]


@require_safe
@page(Act.MANAGE_USERS)
def questionnaires(request: HttpRequest, who: Visitor) -> HttpResponse:
    """What each party is asked on the viewed day."""
    municipality = who.municipalities(Act.MANAGE_USERS)[0]
    own = list(_own(municipality))
    parts = [_part(text, by, [row for row in own if row.by == by.value], on=who.viewing.on) for text, by in _PARTIES]
    return render(request, "progress/questionnaires.html", {"parts": parts, "municipality": municipality})


_PARTIES = tuple(ANSWERERS.items())


def _own(municipality: Municipality) -> Iterable[OwnQuestionnaire]:
    rows = OwnQuestionnaire.objects.filter(municipality=municipality)
    return rows.select_related("municipality", "made_by").order_by("starts_on")


def _part(text: str, by: Answerer, own: list[OwnQuestionnaire], *, on: date) -> PartyPart:
    lines = [VersionLine(newest_shipped(by), None, "")]
    lines += [VersionLine(of_own(row), row.starts_on, row.made_by.full_name) for row in own]
    begun = [each for each in lines if each.since is None or each.since <= on]
    later = tuple(each for each in lines if each not in begun)
    return PartyPart(text, NAMES[by], begun[-1], later, tuple(reversed(begun[:-1])))


@require_http_methods(["GET", "HEAD", "POST"])
@page(Act.MANAGE_USERS)
def revise(request: HttpRequest, who: Visitor) -> HttpResponse:
    """A copy of the questions in force, or of those that came with the program, to be changed."""
    municipality = who.municipalities(Act.MANAGE_USERS)[0]
    text = request.GET.get("hvem", "")
    by = ANSWERERS.get(text, Answerer.CITIZEN)
    today = who.viewing.today
    fresh = request.GET.get("fra") == "metoden"
    asked = newest_shipped(by) if fresh else in_force(municipality.pk, by, on=today)
    initial = {**questions_initial(asked, _new_codes(municipality, by, asked)), "starts_on": today}
    form = QuestionsForm(request.POST or None, initial)

    def verb(data: dict[str, Any]) -> None:
        revise_questionnaire(
            actor=who.user,
            municipality=municipality,
            by=by,
            wording=form.wording(data),
            starts_on=data["starts_on"],
            on=today,
        )

    if request.method == "POST" and form.carried_out(verb):
        messages.success(request, _("The questions are put in force."))
        return redirect("questionnaires")
    context = {"form": form, "name": NAMES[by], "fresh": fresh, "who": text or "borger"}
    return render(request, "progress/revise.html", context, status=422 if request.method == "POST" else 200)


def _new_codes(municipality: Municipality, by: Answerer, asked: Questionnaire) -> list[str]:
    """Codes for new questions that no version of the municipality has used, so that no line mixes two questions."""
    rows = OwnQuestionnaire.objects.filter(municipality=municipality, by=by.value).values_list("questions", flat=True)
    used = {question["code"] for questions in rows for question in questions}
    fresh = (code for number in count(1) if (code := f"own_{number}") not in used)
    return list(islice(fresh, min(SPARE, MOST_QUESTIONS + SPARE - len(asked.questions))))
