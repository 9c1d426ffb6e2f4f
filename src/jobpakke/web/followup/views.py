"""Follow-up: choose programme and date; both tables, the chart, the sentences; download. Figures, never names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from jobpakke.access.models import Municipality
from jobpakke.access.policies import Act, municipalities_for
from jobpakke.followup.export import FORMATS, status_cells, target_cells, written
from jobpakke.followup.tables import COLUMNS, status_at, targets_by
from jobpakke.packages.models import Programme
from jobpakke.web.followup.chart import stacked_bars
from jobpakke.web.followup.sentences import derived
from jobpakke.web.forms import DayField
from jobpakke.web.http import Visitor, page
from jobpakke.web.labels import STATUS
from jobpakke.web.viewing import viewable_day


class ChoiceForm(forms.Form):
    """Programme and date of a follow-up."""

    use_required_attribute = False
    programme = forms.ChoiceField(label=_("Programme"))
    on = DayField(label=_("Date"))


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a follow-up is about: a programme, a date, and the municipalities that the visitor may see."""

    programme: Programme
    on: date
    among: QuerySet[Municipality]
    programmes: tuple[Programme, ...]


@require_safe
@page(Act.SEE_FOLLOW_UP)
def followup(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Both tables as in print, the chart beside, the sentences under."""
    chosen = chosen_follow_up(request, who)
    if chosen is None:
        return render(request, "followup/empty.html")
    status = status_at(chosen.programme, on=chosen.on, among=chosen.among)
    targets = targets_by(chosen.programme, on=chosen.on, among=chosen.among)
    form = ChoiceForm(initial={"programme": chosen.programme.code, "on": chosen.on})
    form.fields["programme"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
        (programme.code, f"{programme.code}: {programme.name}") for programme in chosen.programmes
    ]
    context = {
        "form": form,
        "programme": chosen.programme,
        "on": chosen.on,
        "status": status,
        "targets": targets,
        "columns": [STATUS[column] for column in COLUMNS],
        "sentences": derived(chosen.programme, status, targets, among=chosen.among),
    }
    return render(request, "followup/followup.html", context)


@require_safe
@page(Act.SEE_FOLLOW_UP)
def chart(request: HttpRequest, who: Visitor) -> HttpResponse:
    """The status table as stacked bars."""
    chosen = chosen_follow_up(request, who)
    if chosen is None:
        raise Http404
    svg = stacked_bars(status_at(chosen.programme, on=chosen.on, among=chosen.among))
    return HttpResponse(svg, content_type="image/svg+xml")


@require_safe
@page(Act.SEE_FOLLOW_UP)
def download(request: HttpRequest, who: Visitor) -> HttpResponse:
    """One of the tables as CSV or JSON."""
    chosen, kind = chosen_follow_up(request, who), request.GET.get("format", "csv")
    if chosen is None or kind not in FORMATS:
        raise Http404
    if request.GET.get("tabel") == "targets":
        name, cells = "maaltal", target_cells(targets_by(chosen.programme, on=chosen.on, among=chosen.among))
    else:
        name, cells = "status", status_cells(status_at(chosen.programme, on=chosen.on, among=chosen.among))
    response = HttpResponse(written(cells, kind), content_type=FORMATS[kind])
    filename = f"{chosen.programme.code.lower()}-{name}-{chosen.on}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def chosen_follow_up(request: HttpRequest, who: Visitor) -> Chosen | None:
    """What the address asks for; else the oldest programme that has a follow-up date, on that date."""
    programmes = tuple(Programme.objects.visible_to(who.user, on=who.viewing.today).order_by("starts_on", "code"))
    if not programmes:
        return None
    code = request.GET.get("programme")
    programme = next((each for each in programmes if each.code == code), None)
    if code and programme is None:
        raise Http404
    programme = programme or programmes[0]
    standing = None if who.viewing.is_today else who.viewing.on
    on = viewable_day(request.GET.get("on")) or standing or programme.followed_up_on or who.viewing.today
    among = municipalities_for(who.user, Act.SEE_FOLLOW_UP, on=who.viewing.today)
    return Chosen(programme, on, among, programmes)
