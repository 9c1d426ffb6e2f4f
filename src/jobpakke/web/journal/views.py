"""The journal of a citizen: read, searched, written and corrected."""

from __future__ import annotations

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
from jobpakke.citizens.models import Citizen
from jobpakke.lib.texts import holds_number
from jobpakke.packages.interviews import interviews_of
from jobpakke.packages.models import Aftercare, JournalNote, NoteKind
from jobpakke.packages.services import correct_note, write_note
from jobpakke.web.acting import ActPage, act
from jobpakke.web.citizens.frame import head
from jobpakke.web.citizens.pages import look_up
from jobpakke.web.http import Visitor, local_path, page, seen_or_404
from jobpakke.web.journal.forms import BEGUN_AS, JournalSearchForm, NoteForm, blank, chosen, filled
from jobpakke.web.journal.pages import authors, found_notes, note_lines

PER_PAGE = 50
form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@page(Act.SEE_CASES)
def journal(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Every note, newest first, each chain of corrections once; fifty a page."""
    found = look_up(who, ref, "journal")
    form = JournalSearchForm(request.GET, authors(found))
    rows = Paginator(found_notes(who, found, form.chosen), PER_PAGE).get_page(request.GET.get("side"))
    asked = interviews_of(found, on=who.viewing.on)
    context = {
        "rows": rows,
        "lines": note_lines(rows),
        "form": form,
        "searched": bool(form.chosen),
        "interviews": asked,
    }
    return render(request, "journal/journal.html", {**context, **head(who, found, "journal")})


@require_POST
@page(Act.SEE_CASES)
def search(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Sent in the body, so that a CPR number that somebody types never stands in an address or a log."""
    found = look_up(who, ref, "search_journal")
    chosen = JournalSearchForm(request.POST, authors(found)).chosen
    if holds_number(chosen.get("q", "")):
        messages.warning(request, _("Search for words: a CPR number has no place in the journal."))
        del chosen["q"]
    return redirect(f"{reverse('journal', args=[ref])}?{urlencode(chosen)}")


@form_page
@page(Act.WORK_CASES)
def write(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """One field and one key: a note, or by the other key a conversation. Back to the page one came from."""
    found = look_up(who, ref, "write_note")
    care = _running(found)

    def verb(data: dict[str, Any]) -> None:
        write_note(actor=who.user, citizen=found, facts=NoteForm.facts(data, care), on=who.viewing.today)

    asked = request.POST.get("back") or request.GET.get("tilbage", "")
    back = local_path(asked, reverse("journal", args=[ref]))
    start = blank(on=who.viewing.on, back=back, kind=BEGUN_AS.get(request.GET.get("som"), NoteKind.NOTE))
    form = NoteForm(chosen(request.POST) or None, cared=care is not None, initial=start)
    words = ActPage(
        heading=_("Write in the journal"),
        submit=_("Save in the journal"),
        done=_("It stands in the journal."),
        back=back,
        back_label=found.name,
    )
    return act(request, form, verb, words)


@require_safe
@page(Act.SEE_CASES)
def note(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """The whole text as it stands corrected, and what it said before."""
    asked = _note(who, ref)
    found = look_up(who, asked.citizen.ref, "note")
    line = note_lines([_newest(asked)], room=100_000)[0]
    return render(request, "journal/note.html", {"line": line, **head(who, found, "journal")})


@form_page
@page(Act.WORK_CASES)
def correct(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """A new note in the old one's place. Who comes second sees both texts, and saves over the newest."""
    row = _note(who, ref)
    found = look_up(who, row.citizen.ref, "correct_note")
    care = row.aftercare or _running(found)

    def verb(data: dict[str, Any]) -> None:
        correct_note(actor=who.user, note=row, facts=NoteForm.facts(data, care), on=who.viewing.today)

    back = reverse("journal", args=[found.ref])
    form = NoteForm(request.POST or None, cared=care is not None, initial=filled(row))
    if request.method == "POST" and form.carried_out(verb):
        messages.success(request, _("The note is corrected."))
        return redirect(back)
    newest = _newest(row)
    if newest != row and request.method != "POST":
        return redirect("correct_note", ref=newest.ref)
    context = {"row": row, "newest": newest, "form": form, "back": back, "citizen": found}
    return render(request, "journal/correct.html", context, status=422 if request.method == "POST" else 200)


def _note(who: Visitor, ref: UUID) -> JournalNote:
    rows = JournalNote.objects.visible_to(who.user, on=who.viewing.today)
    return seen_or_404(rows.select_related("citizen__municipality", "recorded_by", "aftercare__package"), ref)


def _newest(row: JournalNote) -> JournalNote:
    return JournalNote.objects.newest().select_related("recorded_by").get(chain=row.chain)


def _running(found: Citizen) -> Aftercare | None:
    """The aftercare that ``look_up`` found running, with its package."""
    ref = getattr(found, "care", None)
    return Aftercare.objects.select_related("package").get(ref=ref) if ref else None
