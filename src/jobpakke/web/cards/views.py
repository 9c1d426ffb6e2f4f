"""Competence cards for those who work with the case: the tab, asking for one, reading it, taking it into the plan."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from jobpakke.access.policies import Act
from jobpakke.citizens.models import Citizen
from jobpakke.lib.refs import Ref
from jobpakke.lib.refusal import Refused
from jobpakke.method.cards import CardState, state_on
from jobpakke.packages import services
from jobpakke.packages.cards import people_at, questions_of, why_not_ask
from jobpakke.packages.facts import plan_of
from jobpakke.packages.models import AsideReason, CompetenceCard, PlanVersion, Step, SubGoal
from jobpakke.web.acting import ActPage, act, act_page
from jobpakke.web.cards.pages import card_line, cards_of, cards_page, counts, level_lines, link_part, titled
from jobpakke.web.citizens.frame import head
from jobpakke.web.citizens.pages import look_up, noted
from jobpakke.web.errors import sentences
from jobpakke.web.forms import ActForm
from jobpakke.web.http import Visitor, page, seen_or_404

form_page = require_http_methods(["GET", "HEAD", "POST"])


class AskForm(ActForm):
    """Who is asked."""

    who = forms.ChoiceField(label=gettext_lazy("Who is asked?"), widget=forms.RadioSelect)

    def __init__(self, data: Any, people: tuple[str, ...]) -> None:
        super().__init__(data, initial={"who": people[0] if people else ""})
        self.fields["who"].choices = [(name, name) for name in people]  # type: ignore[attr-defined]  # a ChoiceField


class LinkForm(ActForm):
    """Nothing to fill in; which link one had before one."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class AsideForm(ActForm):
    """Why it does not count."""

    because = forms.ChoiceField(label=gettext_lazy("Reason"), choices=AsideReason.choices, widget=forms.RadioSelect)


class TakeInForm(ActForm):
    """Whether the sub-goals are met that demand no level; the others are met from their level on."""

    def __init__(self, data: Any, goals: tuple[SubGoal, ...]) -> None:
        super().__init__(data)
        for goal in goals:
            self.fields[f"goal_{goal.ref}"] = forms.ChoiceField(
                label=_("Is “%(goal)s” met?") % {"goal": goal.title},
                choices=(("yes", gettext_lazy("Yes, it is met")), ("no", gettext_lazy("Not yet"))),
                widget=forms.RadioSelect,
            )

    def judged(self, data: dict[str, Any]) -> dict[Ref, bool]:
        """The answers by the ref of the sub-goal."""
        return {UUID(name[5:]): value == "yes" for name, value in data.items() if name.startswith("goal_")}


@require_safe
@page(Act.SEE_CASES)
def cards(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Every card of a citizen, and how the levels have moved."""
    citizen = look_up(who, ref, "citizen_cards")
    context = {"shown": cards_page(citizen, on=who.viewing.on), **head(who, citizen, "citizen_cards")}
    return render(request, "cards/cards.html", context)


@form_page
@page(Act.WORK_CASES)
def ask(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Asks somebody at the workplace of a step."""
    rows = Step.objects.visible_to(who.user, on=who.viewing.today)
    step = seen_or_404(rows.select_related("package__citizen"), ref)
    citizen, today = step.package.citizen, who.viewing.today
    noted(who, citizen, "ask_card")
    plan = plan_of(step.package, on=today)
    planned = next((row for row in plan.planned if row.step_id == step.pk), None)
    place = planned.workplace if planned else None
    if shut := why_not_ask(plan, step, on=today):
        context = {"citizen": citizen, "sentences": sentences(Refused(*shut)), "place": place}
        return render(request, "cards/cannot.html", context, status=409)
    waiting = CompetenceCard.objects.waiting().filter(step=step, asked_name=request.POST.get("who", ""))
    if request.method == "POST" and (same := waiting.first()) is not None:
        messages.info(request, _("%(who)s has been asked already; here is the card.") % {"who": same.asked_name})
        return HttpResponseRedirect(reverse("card", args=[same.ref]))
    asked: list[CompetenceCard] = []

    def verb(data: dict[str, Any]) -> None:
        asked.append(services.ask_for_card(actor=who.user, step=step, asked_name=data["who"], on=today))

    words = ActPage(
        heading=_("Ask for a competence card"),
        submit=_("Make the link"),
        done="",
        back=reverse("citizen", args=[citizen.ref]),
        back_label=citizen.name,
        about=planned.title if planned else "",
        lines=(
            _(
                "The company says what the citizen can do. You get a link that only who is asked is to use; there is no"
                " need to sign in, and it takes about two minutes."
            ),
            *((_("At %(place)s") % {"place": place.name},) if place else ()),
            *_caution(citizen),
        ),
    )
    form = AskForm(request.POST or None, people_at(planned, on=today) if planned else ())
    if request.method == "POST" and form.carried_out(verb):
        return HttpResponseRedirect(reverse("card", args=[asked[0].ref]))
    return act_page(request, form, words)


def _caution(citizen: Citizen) -> tuple[str, ...]:
    """Whoever gets the link of a protected citizen's card learns the given name."""
    if citizen.address_protected is False:
        return ()
    return (_("The citizen is protected, or it is not known: let the mentor scan the code beside you; send no link."),)


@require_safe
@page(Act.SEE_CASES)
def card(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """One card: its link while it waits, else what the company says."""
    held = _card(who, ref, "card")
    citizen, on = held.step.package.citizen, who.viewing.on
    line, working = card_line(held, on=on), who.works(Act.WORK_CASES)
    filled = line.state in (CardState.HANDED_IN, CardState.TAKEN_IN, CardState.SET_ASIDE)
    waits = working and line.state in (CardState.WAITING, CardState.EXPIRED)
    context = {
        "card": held,
        "line": line,
        "levels": level_lines(held, _earlier(held, on=on), _current(held, on=on)) if filled else (),
        "goals": any(each.goal is not None and each.level for each in questions_of(held)) if filled else False,
        "link": link_part(request, held) if waits and line.state is CardState.WAITING else None,
        "waits": waits,
        "form": TakeInForm(None, _to_judge(held)) if working and line.state is CardState.HANDED_IN else None,
        **head(who, citizen, "citizen_cards"),
    }
    return render(request, "cards/card.html", context)


@form_page
@page(Act.WORK_CASES)
def renew(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """A new link in the place of the one that was lost, or has run out."""
    held = _card(who, ref, "renew_card_link")
    lines = (_("The old link opens nothing any more. What has been answered already stays."),)
    words = _words(
        held, _("Make a new link"), _("The link is new. Send it to %(who)s.") % {"who": held.asked_name}, lines
    )

    def verb(data: dict[str, Any]) -> None:
        services.renew_card_link(actor=who.user, card=held, seen=data["seen"], on=who.viewing.today)

    return act(request, LinkForm(request.POST or None, initial={"seen": held.links}), verb, words)


@form_page
@page(Act.WORK_CASES)
def revoke(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """A card that is not wanted any more."""
    held = _card(who, ref, "revoke_card")
    lines = (_("The link opens nothing any more, and the company's answers until now are not used."),)
    words = _words(held, _("Take the card back"), _("The card is taken back."), lines)

    def verb(data: dict[str, Any]) -> None:
        services.revoke_card(actor=who.user, card=held, seen=data["seen"], on=who.viewing.today)

    return act(request, LinkForm(request.POST or None, initial={"seen": held.links}), verb, words)


@form_page
@page(Act.WORK_CASES)
def set_aside(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """What came in does not count."""
    held = _card(who, ref, "set_card_aside")
    lines = (_("The card can still be read, but nothing of it becomes evidence, and its levels stand in no table."),)
    words = _words(held, _("The card does not count"), _("The card does not count."), lines)

    def verb(data: dict[str, Any]) -> None:
        because = AsideReason(data["because"])
        services.set_card_aside(actor=who.user, card=held, because=because, on=who.viewing.today)

    return act(request, AsideForm(request.POST or None), verb, words)


@form_page
@page(Act.WORK_CASES)
def take_in(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """The levels become evidence in the plan."""
    held = _card(who, ref, "take_in_card")
    goals = _to_judge(held) if state_on(held.fact(), on=who.viewing.today) is CardState.HANDED_IN else ()
    form = TakeInForm(request.POST or None, goals)

    def verb(data: dict[str, Any]) -> None:
        services.take_in_card(actor=who.user, card=held, judged=form.judged(data), on=who.viewing.today)

    lines = (_("The levels become evidence of the day on which the company gave them."),)
    words = _words(held, _("Take into the plan"), _("The levels stand as evidence in the plan."), lines)
    return act(request, form, verb, words)


def _words(held: CompetenceCard, heading: str, done: str, lines: tuple[str, ...]) -> ActPage:
    title = getattr(held, "title", None) or ""
    told = {"who": held.asked_name, "day": _day(held.asked_on)}
    return ActPage(
        heading=heading,
        submit=heading,
        done=done,
        back=reverse("card", args=[held.ref]),
        back_label=_("The card"),
        about=title,
        lines=(_("%(who)s was asked on %(day)s.") % told, *lines),
    )


def _to_judge(held: CompetenceCard) -> tuple[SubGoal, ...]:
    """The sub-goals that got a level and demand none."""
    return tuple(
        each.goal for each in questions_of(held) if each.goal is not None and each.level and each.goal.level is None
    )


def _earlier(held: CompetenceCard, *, on: date) -> list[CompetenceCard]:
    """The citizen's cards that were filled in before this one, the newest first."""
    rows = cards_of(held.step.package.citizen, on=on).filter(handed_in_at__lt=held.handed_in_at)
    return [card for card in rows.order_by("-handed_in_at") if counts(card, on=on)]


def _current(held: CompetenceCard, *, on: date) -> set[int]:
    """The keys of its sub-goals that the plan in effect has."""
    version = PlanVersion.objects.filter(package=held.step.package_id).in_effect_on(on).values("pk")[:1]
    goals = SubGoal.objects.filter(cards=held, wordings__version__in=Subquery(version))
    return set(goals.values_list("pk", flat=True))


def _card(who: Visitor, ref: UUID, page_name: str) -> CompetenceCard:
    seen = CompetenceCard.objects.visible_to(who.user, on=who.viewing.today).filter(asked_on__lte=who.viewing.on)
    rows = titled(seen, on=who.viewing.on)
    found = seen_or_404(
        rows.prefetch_related("answers", "sub_goals").select_related(
            "step__package__citizen__municipality", "workplace", "asked_by", "taken_in_by", "sent_through"
        ),
        ref,
    )
    noted(who, found.step.package.citizen, page_name)
    return found


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
