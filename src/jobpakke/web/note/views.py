"""The note on a page: read it, write a text of one's own into it, take it along as a file."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from jobpakke.access.policies import Act, municipalities_for
from jobpakke.followup.groups import Grouping
from jobpakke.followup.hiding import least_shown
from jobpakke.followup.results import Results
from jobpakke.lib.clock import now
from jobpakke.lib.refusal import Refused
from jobpakke.packages.stories import ToldStory, told_stories
from jobpakke.print.document import Document, told
from jobpakke.web.errors import sentences
from jobpakke.web.followup.basis import FROZEN, frozen_of, query_of, results_of
from jobpakke.web.followup.views import Chosen, chosen_by
from jobpakke.web.followup.words import GROUPING
from jobpakke.web.http import Visitor, page
from jobpakke.web.note.compose import (
    BANDS_DRAWING,
    CONTEXT_DRAWING,
    CURVES_DRAWING,
    FLOW_DRAWING,
    STATUS_DRAWING,
    Chapter,
    OwnText,
    note,
)
from jobpakke.web.note.facts import NoteFacts, facts_of, facts_of_file
from jobpakke.web.note.files import FORMATS

ROOM = 16_000
"""Bytes of stories on the page; what does not fit is read in the file."""
LANGUAGES = (("da", _("Danish")), ("en", _("English")))
KINDS = (
    ("pdf", _("PDF, to be sent")),
    ("docx", _("Word, to be written on in")),
    ("xlsx", _("Excel, with totals that add up by themselves")),
    ("html", _("Web page in one file")),
)


class NoteForm(forms.Form):
    """The own text and where it stands, the language, the format."""

    use_required_attribute = False
    own = forms.CharField(
        label=_("A text of your own"),
        required=False,
        max_length=OwnText.max_length,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Stands in the note as you write it. An empty line begins a new paragraph. Write no names."),
    )
    after = forms.ChoiceField(label=_("It stands after"), choices=Chapter.choices)
    lang = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    format = forms.ChoiceField(label=_("Format"), choices=KINDS)
    by = forms.ChoiceField(
        label=_("Also told by"),
        choices=[("", _("nothing more")), *GROUPING.items()],
        required=False,
        help_text=_("A chapter of the file, not of this page."),
    )
    hide_small = forms.BooleanField(
        label=_("Hide small numbers, and what would give them away, in all tables and sentences"),
        required=False,
        help_text=_("The note says which numbers are small: the municipality's own limit, else the common one."),
    )
    stories = forms.BooleanField(
        label=_("With the case stories that citizens consent to on the day the note is made"), required=False
    )


@require_http_methods(["GET", "HEAD", "POST"])
@page(Act.SEE_FOLLOW_UP)
def note_page(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Shows the note; a form that is sent gets it as a file."""
    found_for = _asked(request, who)
    if found_for is None:
        return render(request, "followup/empty.html")
    chosen, results = found_for
    found = facts_of(results)
    by = request.GET.get("by", "")
    first = {"after": Chapter.RESULTS, "lang": get_language(), "format": "pdf", "stories": True, "by": by}
    form = NoteForm(request.POST) if request.method == "POST" else NoteForm(initial=first)
    if form.is_bound and form.is_valid():
        try:
            asked, least = form.cleaned_data, least_shown(results.places, on=who.viewing.today)
            shown = facts_of_file(results, by=Grouping(asked["by"]) if asked["by"] else None, least=least)
            shown = shown.hiding_small(least=least) if asked["hide_small"] else shown
            return _file(shown, asked, _stories(found, chosen, who), made_on=who.viewing.today)
        except Refused as refused:
            form.add_error("own", sentences(refused))
    told = _stories(found, chosen, who)
    lang, today = get_language() or "da", who.viewing.today
    document = note(found, lang=lang, made_on=today, stories=told, draws=False)
    context = {"found": found.results, "form": form, "note": _shown(document, found), "lang": get_language()}
    return render(request, "note/note.html", context, status=422 if form.is_bound else 200)


def _asked(request: HttpRequest, who: Visitor) -> tuple[Chosen, Results] | None:
    """What the address asks for; None where there is no programme. Raises as results_of."""
    if request.GET.get(FROZEN):
        results = frozen_of(request, who)
        among = municipalities_for(who.user, Act.SEE_FOLLOW_UP, on=who.viewing.today)
        return Chosen(results.programme, results.on, among, (results.programme,)), results
    chosen = chosen_by(request, who)
    if chosen is None:
        return None
    before = chosen.before
    return chosen, results_of(request, who, chosen.programme, on=chosen.on, among=chosen.among, before=before)


def _stories(found: NoteFacts, chosen: Chosen, who: Visitor) -> tuple[ToldStory, ...]:
    """Those that are told today, whatever day the note is of."""
    return told_stories(found.programme, of=found.on, made_on=who.viewing.today, among=chosen.among)


def _file(found: NoteFacts, asked: dict[str, Any], told: tuple[ToldStory, ...], *, made_on: date) -> HttpResponse:
    kind = FORMATS[asked["format"]]
    document = note(
        found,
        lang=asked["lang"],
        made_on=made_on,
        own=asked["own"],
        after=asked["after"],
        stories=told if asked["stories"] else (),
    )
    response = HttpResponse(kind.write(document, now()), content_type=kind.content_type)
    name = f"{found.programme.code.lower()}-{found.on}-{asked['lang']}.{asked['format']}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _shown(document: Document, found: NoteFacts) -> dict[str, Any]:
    """The document for the page, which gets each drawing from the drawing's own address."""
    programme, on, query = found.programme.code, found.on.isoformat(), query_of(found.results)
    asked = {STATUS_DRAWING: (reverse("followup_chart"), query)}
    if found.results.lives is not None:
        course = reverse("followup_course_chart")
        for name, table in ((CURVES_DRAWING, "kurver"), (BANDS_DRAWING, "baand"), (FLOW_DRAWING, "skift")):
            asked[name] = (course, {**query, "tabel": table})
    if found.beside is not None:
        window = {"fra": found.programme.starts_on.isoformat(), "til": on}
        benefit = found.beside.window.series.code
        asked[CONTEXT_DRAWING] = (
            reverse("followup_context_chart"),
            {"programme": programme, "benefit": benefit, **window},
        )
    plain = told(document)
    for part in plain["parts"]:
        if "svg" in part:
            address, query = asked[part["name"]]
            part["src"] = f"{address}?{urlencode(query)}"
        if part["kind"] == "stories":
            part.update(_fitting(part["told"]))
    return plain


def _fitting(told: list[dict[str, Any]]) -> dict[str, Any]:
    """The stories for which the page has room, and how many more stand in the file."""
    room, fitting = ROOM, 0
    for each in told:
        room -= sum(len(escape(text).encode()) for text in (each["title"], *each["paragraphs"]))
        if room < 0:
            break
        fitting += 1
    return {"told": told[:fitting], "more": len(told) - fitting}
