"""Follow-up: choose programme, dates and groups; both tables, the chart, the sentences; download. Never names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from jobpakke.access.models import Municipality
from jobpakke.access.policies import Act, municipalities_for
from jobpakke.followup.export import FORMATS, Cells, rate_cells, status_cells, target_cells, written
from jobpakke.followup.groups import Grouping
from jobpakke.followup.hiding import least_shown, without_small_cells
from jobpakke.followup.lives import Lives, lives_of
from jobpakke.followup.models import FollowUp
from jobpakke.followup.results import results_in
from jobpakke.followup.tables import COLUMNS, StatusTable, TargetTable, status_in, targets_in
from jobpakke.packages.models import Programme
from jobpakke.web.followup.basis import FROZEN, KNOWN, grouping_asked, results_of, status_by
from jobpakke.web.followup.chart import stacked_bars
from jobpakke.web.followup.sentences import derived
from jobpakke.web.followup.words import GROUP_NOTE, GROUPING, hidden_note
from jobpakke.web.forms import DayField
from jobpakke.web.http import Visitor, page
from jobpakke.web.labels import STATUS
from jobpakke.web.viewing import viewable_day


class ChoiceForm(forms.Form):
    """Programme and date of a follow-up."""

    use_required_attribute = False
    programme = forms.ChoiceField(label=_("Programme"))
    on = DayField(label=_("Date"))
    before = DayField(label=_("Compared with"), required=False)
    by = forms.ChoiceField(label=_("Grouped by"), choices=GROUPING.items())


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a follow-up is about: a programme, a date, and the municipalities that the visitor may see; by what it is
    grouped, and an earlier date it is compared with, if one was asked for (``is_not_before``: the one asked for is not
    earlier)."""

    programme: Programme
    on: date
    among: QuerySet[Municipality]
    programmes: tuple[Programme, ...]
    by: Grouping = Grouping.MUNICIPALITY
    before: date | None = None
    is_not_before: bool = False

    @property
    def query(self) -> str:
        """The same choice as an address asks for it."""
        before = self.before.isoformat() if self.before else ""
        asked = {"programme": self.programme.code, "on": self.on.isoformat(), "by": self.by.value, "before": before}
        return urlencode(asked)

    @property
    def form(self) -> ChoiceForm:
        """The form, filled in with it."""
        form = ChoiceForm(
            initial={"programme": self.programme.code, "on": self.on, "before": self.before, "by": self.by.value}
        )
        form.fields["programme"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (programme.code, f"{programme.code}: {programme.name}") for programme in self.programmes
        ]
        return form

    def lives(self) -> Lives:
        """What its tables are made of."""
        return lives_of(self.programme, until=self.on, among=self.among, by=self.by)


@require_safe
@page(Act.SEE_FOLLOW_UP)
def followup(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Both tables as in print, the chart beside, the sentences under."""
    chosen = chosen_by(request, who)
    if chosen is None:
        return render(request, "followup/empty.html")
    lives, on = chosen.lives(), chosen.on
    results = results_in(lives, on=on, before=chosen.before)
    least = least_shown(lives.places, on=who.viewing.today)
    context = {
        "form": chosen.form,
        "chosen": chosen,
        "programme": chosen.programme,
        "on": on,
        "grouped_by": GROUPING[chosen.by],
        "group_note": GROUP_NOTE.get(chosen.by, ""),
        "hidden_note": hidden_note(least),
        "status": without_small_cells(status_in(lives, on=on), least=least),
        "targets": results.targets,
        "columns": [STATUS[column] for column in COLUMNS],
        "sentences": derived(results),
    }
    return render(request, "followup/followup.html", context)


@require_safe
@page(Act.SEE_FOLLOW_UP)
def chart(request: HttpRequest, who: Visitor) -> HttpResponse:
    """The status table as stacked bars."""
    chosen = chosen_by(request, who)
    if chosen is None:
        raise Http404
    status, _targets = _tables(request, who, chosen)
    return HttpResponse(stacked_bars(status), content_type="image/svg+xml")


@require_safe
@page(Act.SEE_FOLLOW_UP)
def download(request: HttpRequest, who: Visitor) -> HttpResponse:
    """One of the tables as CSV or JSON."""
    chosen, kind = chosen_by(request, who), request.GET.get("format", "csv")
    if chosen is None or kind not in FORMATS:
        raise Http404
    table = request.GET.get("tabel")
    status, targets = _tables(request, who, chosen)
    if table == "targets":
        return as_file(chosen, "maaltal", kind, target_cells(targets))
    if table == "rates":
        return as_file(chosen, "selvforsoergelse", kind, rate_cells(status))
    return as_file(chosen, "status", kind, status_cells(status))


def _tables(request: HttpRequest, who: Visitor, chosen: Chosen) -> tuple[StatusTable, TargetTable]:
    """By any group, without what must not be shown, as known now or earlier; or as frozen."""
    if request.GET.get(FROZEN) or request.GET.get(KNOWN):
        found = results_of(request, who, chosen.programme, on=chosen.on, among=chosen.among)
        least = least_shown(found.places, on=who.viewing.today)
        return status_by(found, chosen.by, least=least), found.targets
    lives = chosen.lives()
    least = least_shown(lives.places, on=who.viewing.today)
    return without_small_cells(status_in(lives, on=chosen.on), least=least), targets_in(lives, on=chosen.on)


def as_file(chosen: Chosen, name: str, kind: str, cells: Cells) -> HttpResponse:
    """Cells as a file, named after programme, table and date."""
    response = HttpResponse(written(cells, kind), content_type=FORMATS[kind])
    filename = f"{chosen.programme.code.lower()}-{name}-{chosen.on}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def chosen_by(request: HttpRequest, who: Visitor) -> Chosen | None:
    """What the address asks for; else the oldest programme that has a follow-up date, on that date, compared with the
    last frozen follow-up before it."""
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
    if "before" in request.GET:
        before = viewable_day(request.GET.get("before"))
    else:
        seen = FollowUp.objects.visible_to(who.user, on=who.viewing.today)
        before = seen.cut_off_before(on, programme)
    earlier = before if before and before < on else None
    return Chosen(
        programme, on, among, programmes, grouping_asked(request.GET), earlier, is_not_before=before != earlier
    )
