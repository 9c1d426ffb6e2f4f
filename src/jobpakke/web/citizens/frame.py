"""The frame around the pages of one citizen: who it is, the tabs, and the field for the journal."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from jobpakke.access.policies import Act
from jobpakke.citizens.models import Citizen
from jobpakke.continuity.news import news_of
from jobpakke.web.citizens.pages import age
from jobpakke.web.http import Visitor
from jobpakke.web.journal.forms import NoteForm, blank


def head(who: Visitor, citizen: Citizen, tab: str, *, back: str = "") -> dict[str, Any]:
    """What ``citizens/frame.html`` needs; ``tab`` is the name of an address, ``back`` where one is after writing."""
    on = who.viewing.on
    start = blank(on=on, back=back or reverse(tab, args=[citizen.ref]))
    return {
        "citizen": citizen,
        "age": age(citizen.born_on, on=on),
        "tab": tab,
        "working": who.works(Act.WORK_CASES),
        "received": news_of(getattr(citizen, "received", None)),
        "leaving": news_of(getattr(citizen, "leaving", None)),
        "note_form": NoteForm(cared=bool(getattr(citizen, "care", None)), initial=start),
    }
