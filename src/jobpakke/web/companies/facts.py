"""Workplaces, functions, needs of staff and mentors of a company."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from jobpakke.access.policies import Act
from jobpakke.companies import services
from jobpakke.companies.models import Company, NeedReason, Sector, WorkFunction, Workplace, WorkplaceDetails
from jobpakke.method.changes import Field
from jobpakke.web.acting import ActPage, act
from jobpakke.web.effects import say_effects
from jobpakke.web.forms import ActForm, DayField, SeenForm
from jobpakke.web.http import Visitor, page, seen_or_404

form_page = require_http_methods(["GET", "HEAD", "POST"])


class ContactForm(SeenForm):
    """Who answers at the workplace, and how many ordinary employees it has."""

    ordinary_employees = forms.IntegerField(
        label=gettext_lazy("Ordinary employees"),
        required=False,
        min_value=0,
        max_value=100_000,
        help_text=gettext_lazy("It decides how many supported people there may be."),
    )
    contact_name = forms.CharField(label=gettext_lazy("Contact person"), required=False, max_length=120)
    contact_phone = forms.CharField(label=gettext_lazy("Phone"), required=False, max_length=20)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_effects(self, {"contact_name": Field.CONTACT_PERSON})


class WorkplaceForm(ContactForm):
    """A new workplace."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    p_number = forms.CharField(
        label=gettext_lazy("P number"), max_length=20, help_text=gettext_lazy("Ten digits; not the CVR number.")
    )
    sector = forms.ChoiceField(
        label=gettext_lazy("Sector"), choices=[(value, capfirst(text)) for value, text in Sector.choices]
    )
    field_order = ("name", "p_number", "sector", "ordinary_employees", "contact_name", "contact_phone")


class CloseForm(ActForm):
    """When a workplace closes."""

    closed_on = DayField(
        label=gettext_lazy("Closed from"),
        help_text=gettext_lazy("The first day on which nobody works there. It may lie ahead."),
    )


class FunctionForm(ActForm):
    """What is done, and what it asks."""

    title = forms.CharField(label=gettext_lazy("Function"), max_length=120)
    demands = forms.CharField(
        label=gettext_lazy("What it asks of somebody"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NeedForm(ActForm):
    """Staff wanted."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why"), choices=[(value, capfirst(text)) for value, text in NeedReason.choices]
    )
    people = forms.IntegerField(label=gettext_lazy("How many"), min_value=1, max_value=200, initial=1)
    wanted_from = DayField(label=gettext_lazy("From"))


class MentorForm(ActForm):
    """A colleague who helps."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    phone = forms.CharField(label=gettext_lazy("Phone"), required=False, max_length=20)


@form_page
@page(Act.WORK_COMPANIES)
def workplace(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """A new workplace of a company."""
    company = seen_or_404(Company.objects.visible_to(who.user, on=who.viewing.today), ref)

    def verb(data: dict[str, Any]) -> None:
        services.add_workplace(
            actor=who.user,
            company=company,
            p_number=data["p_number"],
            name=data["name"],
            sector=Sector(data["sector"]),
            ordinary_employees=data["ordinary_employees"],
            contact_name=data["contact_name"],
            contact_phone=data["contact_phone"],
            on=who.viewing.today,
        )

    form = WorkplaceForm(request.POST or None, held={"name": company.name})
    return act(request, form, verb, _words(company, _("Add a workplace")))


@form_page
@page(Act.WORK_COMPANIES)
def change(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Another contact person or number of employees."""
    place = _place(who, ref)

    def verb(data: dict[str, Any]) -> None:
        services.change_workplace(
            actor=who.user,
            workplace=place,
            ordinary_employees=data["ordinary_employees"],
            contact_name=data["contact_name"],
            contact_phone=data["contact_phone"],
            seen=data["seen"],
            on=who.viewing.today,
        )

    said = WorkplaceDetails.objects.as_of(who.viewing.today).get(workplace=place)
    names = ("ordinary_employees", "contact_name", "contact_phone")
    held = {"seen": said.mark, **{name: getattr(said, name) for name in names}}
    words = _words(place.company, _("Change the workplace"), about=place.name)
    return act(request, ContactForm(request.POST or None, held=held), verb, words)


@form_page
@page(Act.WORK_COMPANIES)
def close(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Closes a workplace from a day."""
    place = _place(who, ref)

    def verb(data: dict[str, Any]) -> None:
        services.close_workplace(actor=who.user, workplace=place, closed_on=data["closed_on"], on=who.viewing.today)

    lines = (
        _("From that day no step can be planned or begun there, and searches do not offer it."),
        _("Steps under way there do not end by themselves: end them, or let them end before the day."),
    )
    words = replace(_words(place.company, _("Close the workplace"), about=place.name), lines=lines)
    return act(request, CloseForm(request.POST or None, initial={"closed_on": who.viewing.today}), verb, words)


@form_page
@page(Act.WORK_COMPANIES)
def reopen(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Corrects a closing."""
    place = _place(who, ref)

    def verb(_data: dict[str, Any]) -> None:
        services.reopen_workplace(actor=who.user, workplace=place, on=who.viewing.today)

    lines = (_("Use it when the closing was a mistake, or came to nothing."),)
    words = replace(_words(place.company, _("The workplace has not closed"), about=place.name), lines=lines)
    return act(request, ActForm(request.POST if request.method == "POST" else None), verb, words)


@form_page
@page(Act.WORK_COMPANIES)
def function(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """A function at a workplace."""
    place = _place(who, ref)

    def verb(data: dict[str, Any]) -> None:
        services.add_function(
            actor=who.user, workplace=place, title=data["title"], demands=data["demands"], on=who.viewing.today
        )

    words = _words(place.company, _("Describe a function"), about=place.name)
    return act(request, FunctionForm(request.POST or None), verb, words)


@form_page
@page(Act.WORK_COMPANIES)
def need(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Staff wanted in a function."""
    places = Workplace.objects.visible_to(who.user, on=who.viewing.today)
    rows = WorkFunction.objects.filter(workplace__in=places.values("pk")).select_related("workplace__company")
    found = seen_or_404(rows, ref)

    def verb(data: dict[str, Any]) -> None:
        services.record_need(
            actor=who.user,
            function=found,
            reason=NeedReason(data["reason"]),
            wanted_from=data["wanted_from"],
            people=data["people"],
            on=who.viewing.today,
        )

    words = _words(found.workplace.company, _("Record a need of staff"), about=found.title)
    form = NeedForm(request.POST or None, initial={"wanted_from": who.viewing.today, "people": 1})
    return act(request, form, verb, words)


@form_page
@page(Act.WORK_COMPANIES)
def mentor(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """A mentor at a workplace."""
    place = _place(who, ref)

    def verb(data: dict[str, Any]) -> None:
        services.name_mentor(
            actor=who.user, workplace=place, name=data["name"], phone=data["phone"], on=who.viewing.today
        )

    words = _words(place.company, _("Name a mentor"), about=place.name)
    return act(request, MentorForm(request.POST or None), verb, words)


def _place(who: Visitor, ref: UUID) -> Workplace:
    rows = Workplace.objects.visible_to(who.user, on=who.viewing.today)
    return seen_or_404(rows.select_related("company"), ref)


def _words(company: Company, heading: str, *, about: str = "") -> ActPage:
    return ActPage(
        heading=heading,
        submit=_("Save"),
        done=_("It is saved."),
        back=reverse("company", args=[company.ref]),
        back_label=company.name,
        about=about,
    )
