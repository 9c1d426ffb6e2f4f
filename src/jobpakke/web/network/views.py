"""The network: who is in it and where, its growth, courses with seats left, newsletters."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jobpakke.access.policies import Act
from jobpakke.followup.export import FORMATS, written
from jobpakke.network.reach import Network
from jobpakke.web.http import Visitor, page
from jobpakke.web.network.chart import growth_steps
from jobpakke.web.network.pages import (
    ambassador_page,
    member_cells,
    network_on,
    network_page,
    programme_asked,
    programmes_of,
    run_cells,
    run_page,
)
from jobpakke.web.network.sentences import told


@require_safe
@page(Act.SEE_NETWORK)
def network(request: HttpRequest, who: Visitor) -> HttpResponse:
    """The network of a programme on the date of the page."""
    found = network_page(who, request.GET)
    if found is None:
        return render(request, "network/nowhere.html")
    return render(request, "network/network.html", {"found": found, "sentences": told(found.network)})


@require_safe
@page(Act.SEE_NETWORK)
def chart(request: HttpRequest, who: Visitor) -> HttpResponse:
    """The growth as a staircase."""
    found = _asked(request, who)
    if not found.growth:
        raise Http404
    return HttpResponse(growth_steps(found), content_type="image/svg+xml")


@require_safe
@page(Act.SEE_NETWORK)
def download(request: HttpRequest, who: Visitor) -> HttpResponse:
    """The ambassadors of the date, or the runs of courses, as CSV or JSON."""
    found, kind = _asked(request, who), request.GET.get("format", "csv")
    if kind not in FORMATS:
        raise Http404
    name, cells = ("hold", run_cells) if request.GET.get("tabel") == "hold" else ("ambassadoerer", member_cells)
    response = HttpResponse(written(cells(found), kind), content_type=FORMATS[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}-{found.on}.{kind}"'
    return response


@require_safe
@page(Act.SEE_NETWORK)
def run(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """A run of a course, and who has its seats."""
    return render(request, "network/run.html", {"found": run_page(who, ref, request.GET.get("side"))})


@require_safe
@page(Act.SEE_NETWORK)
def ambassador(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """An ambassador."""
    return render(request, "network/ambassador.html", {"found": ambassador_page(who, ref)})


def _asked(request: HttpRequest, who: Visitor) -> Network:
    """Of the programme in the address. Raises Http404."""
    programme = programme_asked(programmes_of(who, Act.SEE_NETWORK), request.GET.get("programme"))
    if programme is None:
        raise Http404
    return network_on(programme, on=who.viewing.on)
