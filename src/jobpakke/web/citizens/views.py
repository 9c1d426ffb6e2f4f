"""The list of citizens and the pages of one."""

from __future__ import annotations

import csv
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jobpakke.access.policies import Act
from jobpakke.access.services import log_lookups
from jobpakke.citizens.cpr import fingerprint, parse
from jobpakke.citizens.models import Citizen, TargetGroupMembership
from jobpakke.history.models import Event
from jobpakke.lib.refusal import Refused
from jobpakke.lib.texts import harmless
from jobpakke.packages.models import Mentorship
from jobpakke.web.citizens.forms import SearchForm
from jobpakke.web.citizens.frame import head
from jobpakke.web.citizens.history import told
from jobpakke.web.citizens.naming import names_of
from jobpakke.web.citizens.pages import citizen_page, citizen_rows, look_up
from jobpakke.web.citizens.words import with_words
from jobpakke.web.http import Visitor, page

PER_PAGE = 50


@require_safe
@page(Act.SEE_CASES)
def citizens(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Search, filter, sort; fifty a page."""
    form = SearchForm(request.GET)
    rows = Paginator(_rows(who, form), PER_PAGE).get_page(request.GET.get("side"))
    log_lookups(actor=who.user, citizens=rows, page="citizens")
    return render(
        request, "citizens/citizens.html", {"form": form, "rows": rows, "can_register": who.works(Act.WORK_CASES)}
    )


@require_POST
@page(Act.SEE_CASES)
def search(request: HttpRequest, who: Visitor) -> HttpResponse:
    """By name or by CPR number. Sent in the body, so that a number never stands in an address or a log."""
    form = SearchForm(request.POST)
    form.is_valid()
    words = form.cleaned_data.get("q", "")
    try:
        number, _born_on = parse(words, on=who.viewing.today)
    except Refused:
        kept = {name: value for name, value in form.cleaned_data.items() if value}
        if any(sign.isdigit() for sign in words):
            messages.warning(request, _("Write a name, or all ten digits of a CPR number."))
            kept.pop("q")
        return redirect(f"{reverse('citizens')}?{urlencode(kept)}")
    seen = Citizen.objects.visible_to(who.user, on=who.viewing.today)
    found = seen.filter(cpr_fingerprint=fingerprint(number)).first()
    if found is None:
        messages.warning(request, _("No citizen whom you may see has that CPR number."))
        return redirect("citizens")
    return redirect("citizen", ref=found.ref)


@require_safe
@page(Act.SEE_CASES)
def download(request: HttpRequest, who: Visitor) -> HttpResponse:
    """The list as a file: never with CPR numbers."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="borgere.csv"'
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";")
    writer.writerow([_("Name"), _("Goal"), _("Package since"), _("Last conversation"), _("Job consultant")])
    rows = list(_rows(who, SearchForm(request.GET)))
    log_lookups(actor=who.user, citizens=rows, page="citizens_download")
    for row in rows:
        cells = (row.name, row.goal, row.opened_on, row.spoken_on, row.caseworker)
        writer.writerow([harmless(cell) for cell in cells])
    return response


def _rows(who: Visitor, form: SearchForm) -> Any:
    form.is_valid()
    chosen = form.cleaned_data
    return citizen_rows(who, named=chosen.get("q", ""), state=chosen.get("state", ""), sort=chosen.get("sort", ""))


@require_safe
@page(Act.SEE_CASES)
def citizen(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """The staircase, what is next, the status line and the newest of the journal."""
    found = look_up(who, ref, "citizen")
    shown = citizen_page(who, found)
    return render(request, "citizens/citizen.html", {"shown": shown, **head(who, found, "citizen")})


@require_safe
@page(Act.SEE_CASES)
def about(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Wishes, limits, qualifications, target groups and mentors."""
    found, on = look_up(who, ref, "about"), who.viewing.on
    mentors = Mentorship.objects.filter(step__package__citizen=found, named_on__lte=on)
    context = {
        "wishes": found.wishes.on(on),
        "limits": found.limits.on(on),
        "qualifications": found.qualifications.on(on),
        "groups": TargetGroupMembership.objects.on(on).filter(citizen=found),
        "mentors": mentors.called().order_by("starts_on", "pk"),
    }
    return render(request, "citizens/about.html", {**context, **head(who, found, "about")})


@require_safe
@page(Act.SEE_CASES)
def history(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """What happened, as sentences, newest first."""
    found = look_up(who, ref, "history")
    events = Event.objects.filter(about=found.ref, effective_on__lte=who.viewing.on)
    newest = with_words(events).order_by("-effective_on", "-pk")
    rows = Paginator(newest, PER_PAGE).get_page(request.GET.get("side"))
    names = names_of(rows)
    context = {
        "rows": rows,
        "lines": [told(event, names) for event in rows],
        "drafted": who.viewing.is_past and names.drafted_on(who.viewing.on),
    }
    return render(request, "citizens/history.html", {**context, **head(who, found, "history")})
