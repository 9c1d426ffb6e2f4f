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
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jobpakke.access.policies import Act
from jobpakke.access.services import log_lookups
from jobpakke.citizens.cpr import fingerprint, parse
from jobpakke.citizens.models import Citizen, TargetGroupMembership
from jobpakke.continuity.news import news_of
from jobpakke.history.models import Event
from jobpakke.lib.refusal import Refused
from jobpakke.packages.models import Contact, ContactKind, Mentorship, Party
from jobpakke.packages.services import record_contact
from jobpakke.web.acting import ActPage, act
from jobpakke.web.citizens.forms import ContactForm, SearchForm
from jobpakke.web.citizens.history import people_of, told
from jobpakke.web.citizens.pages import age, citizen_page, citizen_rows, look_up, users_by_ref
from jobpakke.web.http import Visitor, page

PER_PAGE = 50


@require_safe
@page(Act.SEE_CASES)
def citizens(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Search, filter, sort; fifty a page."""
    form = SearchForm(request.GET)
    rows = Paginator(_rows(who, form), PER_PAGE).get_page(request.GET.get("side"))
    return render(
        request, "citizens/citizens.html", {"form": form, "rows": rows, "can_register": who.holds(Act.WORK_CASES)}
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


def harmless(cell: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text


def _rows(who: Visitor, form: SearchForm) -> Any:
    form.is_valid()
    chosen = form.cleaned_data
    return citizen_rows(who, named=chosen.get("q", ""), state=chosen.get("state", ""), sort=chosen.get("sort", ""))


@require_safe
@page(Act.SEE_CASES)
def citizen(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """The staircase, what is next, the status line, and a field for the next conversation."""
    found = look_up(who, ref, "citizen")
    form = ContactForm(initial={"day": who.viewing.on, "kind": ContactKind.TALK, "party": Party.CITIZEN})
    shown = citizen_page(who, found)
    return render(request, "citizens/citizen.html", {"shown": shown, **_head(found, "citizen", who), "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@page(Act.SEE_CASES)
def contacts(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Conversations, newest first; adding one takes one field."""
    found = look_up(who, ref, "contacts")

    def verb(data: dict[str, Any]) -> None:
        record_contact(
            actor=who.user,
            citizen=found,
            kind=ContactKind(data["kind"]),
            party=Party(data["party"]),
            held_on=data["day"],
            text=data["text"],
            on=who.viewing.today,
        )

    if request.method == "POST":
        words = ActPage(
            heading=_("Note a conversation"),
            submit=_("Save"),
            done=_("The conversation is noted."),
            back=reverse("citizen", args=[found.ref]),
            back_label=found.name,
        )
        return act(request, ContactForm(request.POST), verb, words)
    form = ContactForm(initial={"day": who.viewing.on})
    held = Contact.objects.filter(citizen=found, held_on__lte=who.viewing.on).select_related("recorded_by")
    rows = Paginator(held, PER_PAGE).get_page(request.GET.get("side"))
    return render(request, "citizens/contacts.html", {"rows": rows, "form": form, **_head(found, "contacts", who)})


@require_safe
@page(Act.SEE_CASES)
def about(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Wishes, limits, qualifications, target groups and mentors."""
    found, on = look_up(who, ref, "about"), who.viewing.on
    mentors = Mentorship.objects.filter(step__package__citizen=found, starts_on__lte=on)
    context = {
        "wishes": found.wishes.on(on),
        "limits": found.limits.on(on),
        "qualifications": found.qualifications.on(on),
        "groups": TargetGroupMembership.objects.on(on).filter(citizen=found),
        "mentors": mentors.select_related("mentor__workplace", "step").order_by("starts_on", "pk"),
    }
    return render(request, "citizens/about.html", {**context, **_head(found, "about", who)})


@require_safe
@page(Act.SEE_CASES)
def history(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """What happened, as sentences, newest first."""
    found = look_up(who, ref, "history")
    events = Event.objects.filter(about=found.ref, effective_on__lte=who.viewing.on)
    rows = Paginator(events.order_by("-effective_on", "-pk"), PER_PAGE).get_page(request.GET.get("side"))
    names = users_by_ref({ref for event in rows for ref in people_of(event)})
    lines = [told(event, names) for event in rows]
    return render(request, "citizens/history.html", {"rows": rows, "lines": lines, **_head(found, "history", who)})


def _head(found: Citizen, tab: str, who: Visitor) -> dict[str, Any]:
    working = who.holds(Act.WORK_CASES)
    return {
        "citizen": found,
        "age": age(found.born_on, on=who.viewing.on),
        "tab": tab,
        "working": working,
        "received": news_of(found.received),  # type: ignore[attr-defined]  # annotated by look_up
        "leaving": news_of(found.leaving),  # type: ignore[attr-defined]  # annotated by look_up
    }
