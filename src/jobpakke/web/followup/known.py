"""Both tables on a date, as they were known on an earlier day."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from jobpakke.access.policies import Act, municipalities_for
from jobpakke.followup.hiding import least_shown
from jobpakke.followup.known import first_recorded_at
from jobpakke.followup.results import results_known
from jobpakke.followup.tables import COLUMNS
from jobpakke.lib.clock import end_of
from jobpakke.web.followup.basis import grouping_asked, query_of, status_by
from jobpakke.web.followup.programmes import ProgrammeForm, programmes
from jobpakke.web.followup.words import GROUP_NOTE, GROUPING, hidden_note
from jobpakke.web.forms import DayField
from jobpakke.web.http import Visitor, page
from jobpakke.web.labels import STATUS
from jobpakke.web.viewing import viewable_day


class KnownForm(ProgrammeForm):
    """Programme, the date of the tables, and the day on which they were known."""

    on = DayField(label=_("Date"))
    known = DayField(label=_("As known on"))
    by = forms.ChoiceField(label=_("Grouped by"), choices=GROUPING.items())


@require_safe
@page(Act.SEE_FOLLOW_UP)
def known(request: HttpRequest, who: Visitor) -> HttpResponse:
    """The tables with what had been recorded by the end of a day; where that is nothing, a sentence that says so."""
    found = programmes(request, who)
    if found is None:
        return render(request, "followup/empty.html")
    programme, today = found.chosen, who.viewing.today
    standing = None if who.viewing.is_today else who.viewing.on
    on = viewable_day(request.GET.get("on")) or standing or programme.followed_up_on or today
    day = viewable_day(request.GET.get("known")) or min(on, today)
    by = grouping_asked(request.GET)
    form = KnownForm(initial={"programme": programme.code, "on": on, "known": day, "by": by})
    form.fields["programme"].choices = found.choices  # type: ignore[attr-defined]  # a ChoiceField
    first = first_recorded_at(programme)
    context: dict[str, Any] = {"form": form, "programme": programme, "on": on, "known": day, "first": first}
    if first is not None and first <= end_of(day):
        among = municipalities_for(who.user, Act.SEE_FOLLOW_UP, on=today)
        found_then = results_known(programme, on=on, known_on=day, among=among)
        least = least_shown(found_then.places, on=today)
        context |= {
            "status": status_by(found_then, by, least=least),
            "targets": found_then.targets,
            "grouped_by": GROUPING[by],
            "group_note": GROUP_NOTE.get(by, ""),
            "hidden_note": hidden_note(least),
            "query": urlencode({**query_of(found_then), "by": by.value}),
            "columns": [STATUS[column] for column in COLUMNS],
        }
    return render(request, "followup/known.html", context)
