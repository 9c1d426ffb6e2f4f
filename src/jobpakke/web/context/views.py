"""Results in context: the page with its chart and file, and taking a file of counts in."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jobpakke.access.policies import Act, require
from jobpakke.followup.context.areas import Areas
from jobpakke.followup.context.beside import series_code
from jobpakke.followup.context.models import importable
from jobpakke.followup.context.reading import read_counts
from jobpakke.followup.context.services import import_benefit_counts
from jobpakke.followup.export import FORMATS, written
from jobpakke.lib.refusal import Refused
from jobpakke.web.context.chart import index_lines
from jobpakke.web.context.forms import CountsForm, WindowForm
from jobpakke.web.context.pages import cells, choices, chosen, results
from jobpakke.web.context.report import faults_told, outcome
from jobpakke.web.http import Visitor, page


@require_http_methods(["GET", "HEAD", "POST"])
@page(Act.SEE_FOLLOW_UP)
def in_context(request: HttpRequest, who: Visitor) -> HttpResponse:
    """The programme's results beside the counts; whoever may, takes a file of counts in."""
    may_import = who.holds(Act.IMPORT_COUNTS)
    upload = CountsForm(request.POST or None, request.FILES or None, initial={"source": "Danmarks Statistik"})
    told: list[str] = []
    if request.method == "POST":
        require(who.user, Act.IMPORT_COUNTS, on=who.viewing.today)
        taken = _sent(request, who, upload, told)
        if taken:
            return redirect(f"{reverse('followup_context')}?{urlencode({'benefit': taken})}")
    found = chosen(who, request.GET)
    form = WindowForm(
        initial={
            "programme": found.programme.code if found.programme else "",
            "benefit": found.series.code if found.series else "",
            "fra": found.starts_on,
            "til": found.ends_on,
        },
        **choices(found.programmes, found.serieses),
    )
    context = {
        "found": found,
        "form": form,
        "upload": upload if may_import else None,
        "told": told,
        **results(found),
    }
    status = 422 if request.method == "POST" else 200
    name = "context/context.html" if found.series else "context/empty.html"
    return render(request, name, context, status=status)


def _sent(request: HttpRequest, who: Visitor, upload: CountsForm, told: list[str]) -> str:
    """The code of what was taken in; empty where nothing was, and ``told`` then says what is wrong with the rows."""
    taken: list[str] = []

    def verb(data: dict[str, Any]) -> None:
        try:
            taken.append(_take(request, who, data))
        except Refused as refused:
            told.extend(faults_told(refused))
            raise

    return taken[0] if upload.carried_out(verb) else ""


def _take(request: HttpRequest, who: Visitor, data: dict[str, Any]) -> str:
    """Reads a file and takes it in; gives the code of what it counts. Raises Refused."""
    places = importable(who.user, on=who.viewing.today)
    file = read_counts(data["file"].read(), Areas(list(places.values_list("code", "name"))), benefit=data["benefit"])
    done = import_benefit_counts(actor=who.user, file=file, source=data["source"], on=who.viewing.today)
    messages.success(request, outcome(done, file))
    first = next(iter(file.counts))
    return series_code(first.benefit, first.span.months)


@require_safe
@page(Act.SEE_FOLLOW_UP)
def chart(request: HttpRequest, who: Visitor) -> HttpResponse:
    """The counts as an index, a line a municipality."""
    shown = chosen(who, request.GET).shown
    if shown is None or not shown.lines:
        raise Http404
    return HttpResponse(index_lines(shown), content_type="image/svg+xml")


@require_safe
@page(Act.SEE_FOLLOW_UP)
def download(request: HttpRequest, who: Visitor) -> HttpResponse:
    """The index of every month as CSV or JSON."""
    shown, kind = chosen(who, request.GET).shown, request.GET.get("format", "csv")
    if shown is None or kind not in FORMATS:
        raise Http404
    response = HttpResponse(written(cells(shown), kind), content_type=FORMATS[kind])
    response["Content-Disposition"] = f'attachment; filename="sammenhaeng-{shown.window.last.start}.{kind}"'
    return response
