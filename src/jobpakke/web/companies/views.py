"""The company register."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from jobpakke.access.policies import Act
from jobpakke.access.services import log_lookups
from jobpakke.companies.models import Company
from jobpakke.companies.services import register_company
from jobpakke.lib.names import sort_key
from jobpakke.web.acting import ActPage, act
from jobpakke.web.companies.pages import company_page
from jobpakke.web.forms import ActForm
from jobpakke.web.http import Visitor, page, seen_or_404


class SearchForm(forms.Form):
    """A name, or a part of one."""

    q = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=80)


class CompanyForm(ActForm):
    """A new company."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    cvr = forms.CharField(label=gettext_lazy("CVR number"), max_length=20, help_text=gettext_lazy("Eight digits."))


@require_safe
@page(Act.SEE_COMPANIES)
def companies(request: HttpRequest, who: Visitor) -> HttpResponse:
    """The register, searched by name."""
    form = SearchForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    rows = Company.objects.visible_to(who.user, on=who.viewing.today)
    for word in sort_key(text).split():
        rows = rows.filter(Q(sort_key__startswith=word) | Q(sort_key__contains=f" {word}"))
    rows = rows.annotate(places=Count("workplaces")).order_by("sort_key", "pk")
    context = {"rows": Paginator(rows, 50).get_page(request.GET.get("side")), "form": form}
    return render(request, "companies/companies.html", context)


@require_safe
@page(Act.SEE_COMPANIES)
def company(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Workplaces, functions and needs, mentors, and whom of your own caseload you have there."""
    found = seen_or_404(Company.objects.visible_to(who.user, on=who.viewing.today), ref)
    shown, working = company_page(who, found), who.works(Act.WORK_COMPANIES)
    log_lookups(actor=who.user, citizens=shown.named, page="company")
    return render(request, "companies/company.html", {"company": found, "shown": shown, "working": working})


@require_http_methods(["GET", "HEAD", "POST"])
@page(Act.WORK_COMPANIES)
def register(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Enters a company."""

    def verb(data: dict[str, Any]) -> None:
        municipality = who.municipalities(Act.WORK_COMPANIES)[0]
        register_company(
            actor=who.user,
            municipality=municipality,
            cvr=data["cvr"],
            name=data["name"],
            on=who.viewing.today,
        )

    words = ActPage(
        heading=_("Enter a company"),
        submit=_("Enter"),
        done=_("The company is in the register."),
        back=reverse("companies"),
        back_label=_("Companies"),
    )
    return act(request, CompanyForm(request.POST or None), verb, words)
