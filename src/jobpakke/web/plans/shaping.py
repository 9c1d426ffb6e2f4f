"""A municipality's own ready-made staircase: its page, its name, and its steps one by one."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jobpakke.access.policies import Act, municipalities_for
from jobpakke.lib.refusal import Refused
from jobpakke.packages import services, shaping
from jobpakke.packages.models import GoalForm, StaircaseTemplate
from jobpakke.packages.ready_made import ReadyStaircase, ReadyStep, shipped, steps_of
from jobpakke.web.acting import ActPage, act
from jobpakke.web.errors import sentences
from jobpakke.web.evidence import shown_words
from jobpakke.web.http import Visitor, number_of, page, seen_or_404
from jobpakke.web.labels import label
from jobpakke.web.plans import shaping_forms as forms

form_page = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, slots=True)
class ReadyLine:
    """A step in the table: its number counted from 1, and what it says in words."""

    number: int
    step: ReadyStep
    kind: str
    hours: Decimal | None
    needs: tuple[str, ...]
    goals: tuple[tuple[str, str], ...]
    first: bool
    last: bool


def ready_lines(steps: tuple[ReadyStep, ...]) -> tuple[ReadyLine, ...]:
    """The steps of a staircase as the table shows them."""
    return tuple(
        ReadyLine(
            number=number,
            step=step,
            kind=label(step.kind.value),
            hours=None if step.hours is None else Decimal(str(step.hours)),
            needs=tuple(steps[need].title for need in step.needs),
            goals=tuple((goal.title, shown_words(goal.evidence.value, goal.demand)) for goal in step.sub_goals),
            first=number == 1,
            last=number == len(steps),
        )
        for number, step in enumerate(steps, start=1)
    )


@require_safe
@page(Act.SEE_CASES)
def staircase(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """One of the municipality's own, with what can be done to each step."""
    row = _own(who, ref)
    lines, working = ready_lines(_steps(row)), who.holds(Act.WORK_CASES)
    return render(
        request, "plans/own_staircase.html", {"row": row, "form": label(row.form), "lines": lines, "working": working}
    )


@form_page
@page(Act.WORK_CASES)
def copy(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Copies a ready-made staircase to the municipality's own."""
    source = _source(who, request.GET.get("fra", ""))
    places = list(municipalities_for(who.user, Act.WORK_CASES, on=who.viewing.today).order_by("name"))

    def verb(data: dict[str, Any]) -> None:
        place = next(each for each in places if each.code == data["place"]) if "place" in data else places[0]
        made.append(
            services.copy_staircase(
                actor=who.user, municipality=place, source=source, name=data["name"], on=who.viewing.today
            )
        )

    made: list[StaircaseTemplate] = []
    words = ActPage(
        heading=_("Copy to our own"),
        submit=_("Copy"),
        done=_("The staircase is copied. Change what should be different."),
        back=reverse("own_staircases"),
        back_label=_("Ready-made staircases"),
        about=source.name,
    )
    form = forms.CopyForm(request.POST or None, places=places, initial={"name": source.name})
    answer = act(request, form, verb, words)
    return redirect("own_staircase", made[0].ref) if made else answer


@form_page
@page(Act.WORK_CASES)
def name(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Another name, trade or goal."""
    row = _own(who, ref)

    def verb(data: dict[str, Any]) -> None:
        services.name_staircase(
            actor=who.user,
            template=row,
            name=data["name"],
            trade=data["trade"],
            goal=data["goal"],
            form=GoalForm(data["form"]),
            seen=data["seen"],
            on=who.viewing.today,
        )

    initial = {"name": row.name, "trade": row.trade, "goal": row.goal, "form": row.form, "seen": row.edits}
    words = _words(row, _("Name, trade and goal"), _("The staircase is changed."))
    return act(request, forms.NameForm(request.POST or None, initial=initial), verb, words)


@form_page
@page(Act.WORK_CASES)
def add_step(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """One more step, at the end."""
    row = _own(who, ref)
    steps = _steps(row)

    def verb(data: dict[str, Any]) -> None:
        _shape(who, row, shaping.added(steps, form.step(data)), data["seen"])

    form = forms.ReadyStepForm(request.POST or None, before=steps, step=None, seen=row.edits)
    return act(request, form, verb, _words(row, _("Add a step"), _("The step is added.")))


@form_page
@page(Act.WORK_CASES)
def edit_step(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Everything a staircase says of one step; ``?trin=`` counts from 1."""
    row = _own(who, ref)
    steps, number = _steps(row), number_of(request.GET.get("trin", "1"))
    if not 1 <= number <= len(steps):
        raise Http404

    def verb(data: dict[str, Any]) -> None:
        _shape(who, row, shaping.changed(steps, number - 1, form.step(data)), data["seen"])

    step = steps[number - 1]
    form = forms.ReadyStepForm(request.POST or None, before=steps[: number - 1], step=step, seen=row.edits)
    return act(request, form, verb, _words(row, step.title, _("The step is changed.")))


@require_POST
@page(Act.WORK_CASES)
def arrange(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Duplicates a step, removes it, or moves it one place."""
    row = _own(who, ref)
    steps, index = _steps(row), number_of(request.POST.get("trin", "")) - 1
    acts = {
        "duplicate": lambda: shaping.duplicated(steps, index),
        "remove": lambda: shaping.removed(steps, index),
        "up": lambda: shaping.moved(steps, index, up=True),
        "down": lambda: shaping.moved(steps, index, up=False),
    }
    wanted = acts.get(request.POST.get("act", ""))
    try:
        if wanted is not None:
            _shape(who, row, wanted(), number_of(request.POST.get("seen", "")))
    except Refused as refused:
        for text in sentences(refused):
            messages.error(request, text)
    return redirect("own_staircase", row.ref)


def _shape(who: Visitor, row: StaircaseTemplate, steps: tuple[ReadyStep, ...], seen: int) -> None:
    services.shape_staircase(actor=who.user, template=row, steps=steps, seen=seen, on=who.viewing.today)


def _steps(row: StaircaseTemplate) -> tuple[ReadyStep, ...]:
    return tuple(steps_of(row.steps))


def _own(who: Visitor, ref: UUID) -> StaircaseTemplate:
    rows = StaircaseTemplate.objects.visible_to(who.user, on=who.viewing.today).in_use()
    return seen_or_404(rows.select_related("municipality", "kept_by"), ref)


def _source(who: Visitor, code: str) -> ReadyStaircase:
    """One that comes with the program, by its code, or one of our own, by its ref."""
    if code in shipped():
        return shipped()[code]
    try:
        own = _own(who, UUID(code))
    except ValueError as error:
        raise Http404 from error
    return ReadyStaircase(code, own.name, own.goal, own.form, _steps(own), own.trade)


def _words(row: StaircaseTemplate, heading: str, done: str) -> ActPage:
    back = reverse("own_staircase", args=[row.ref])
    return ActPage(heading=heading, submit=_("Save"), done=done, back=back, back_label=row.name, about=row.name)
