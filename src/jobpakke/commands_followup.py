"""What the commands of the follow-up do: its tables, and the note. Imported when one is run."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from jobpakke.commands import Stopped, _start, _write
from jobpakke.lib.clock import today
from jobpakke.lib.days import parse_day

if TYPE_CHECKING:
    from jobpakke.followup.models import FollowUp
    from jobpakke.followup.results import Results
    from jobpakke.packages.models import Programme


def followup(chosen: argparse.Namespace) -> None:
    """Prints or writes one table of a programme on a date."""
    on = _day(chosen.on)
    _start(needs_tables=True)
    from jobpakke.followup.export import status_cells, target_cells, written
    from jobpakke.followup.hiding import hidden_together, least_shown
    from jobpakke.followup.lives import lives_of
    from jobpakke.followup.tables import status_in, targets_in

    lives = lives_of(_asked_programme(chosen), until=on)
    status, targets = status_in(lives, on=on), targets_in(lives, on=on)
    if chosen.hide_small:
        status, targets, _counted = hidden_together(status, targets, least=least_shown(lives.places, on=today()))
    cells = target_cells(targets) if chosen.table == "targets" else status_cells(status)
    text = _aligned(cells) if chosen.format == "table" else written(cells, chosen.format)
    _write(text.encode(), chosen.out)


def note(chosen: argparse.Namespace) -> None:
    """Writes the follow-up of a programme as a note: on a date, as known on a day, or as it was frozen."""
    if chosen.out is None and chosen.format != "html" and sys.stdout.isatty():
        raise Stopped(f"a note as {chosen.format} is no text for the screen; say where to write it with --out FILE")
    if chosen.frozen and (chosen.known_on or chosen.before or chosen.on):
        raise Stopped("a frozen follow-up has its own day: leave out --on, --known-on and --before")
    days = {name: _day(getattr(chosen, name)) for name in ("on", "known_on", "before") if getattr(chosen, name)}
    if not chosen.frozen and "on" not in days:
        raise Stopped("say of which day: --on YYYY-MM-DD, or --frozen REF")
    _start(needs_tables=True)
    from django.utils.translation import override

    from jobpakke.followup.groups import Grouping
    from jobpakke.followup.hiding import least_shown
    from jobpakke.lib.clock import now
    from jobpakke.lib.refusal import Refused
    from jobpakke.packages.stories import told_stories
    from jobpakke.web.errors import sentences
    from jobpakke.web.note.compose import note as composed
    from jobpakke.web.note.facts import facts_of_file
    from jobpakke.web.note.files import FORMATS

    made_on = today()
    try:
        results = _results(chosen, days)
        least = least_shown(results.places, on=made_on)
        found = facts_of_file(results, by=Grouping(chosen.by) if chosen.by else None, least=least)
        found = found.hiding_small(least=least) if chosen.hide_small else found
        told = told_stories(found.programme, of=found.on, made_on=made_on) if chosen.stories else ()
        document = composed(found, lang=chosen.lang, made_on=made_on, own=chosen.text, after=chosen.after, stories=told)
    except Refused as refused:
        with override("en"):
            raise Stopped(" ".join(sentences(refused))) from refused
    _write(FORMATS[chosen.format].write(document, now()), chosen.out)


def _results(chosen: argparse.Namespace, days: Mapping[str, date]) -> Results:
    from jobpakke.followup.lives import lives_of
    from jobpakke.followup.models import FollowUp
    from jobpakke.followup.results import results_frozen, results_in, results_known

    programme = _asked_programme(chosen)
    if chosen.frozen:
        return results_frozen(_asked_frozen(chosen.frozen, programme))
    on = days["on"]
    before = days.get("before") or FollowUp.objects.cut_off_before(on, programme)
    if before and before >= on:
        raise Stopped(f"--before {before} must lie before --on {on}")
    if "known_on" in days:
        return results_known(programme, on=on, known_on=days["known_on"], before=before)
    return results_in(lives_of(programme, until=on), on=on, before=before)


def _asked_frozen(ref: str, programme: Programme) -> FollowUp:
    from jobpakke.followup.models import FollowUp
    from jobpakke.lib.refs import parse_ref

    rows = FollowUp.objects.filter(programme=programme).select_related("programme", "frozen_by")
    wanted = parse_ref(ref)
    found = rows.filter(ref=wanted).first() if wanted else None
    if found is None:
        known = ", ".join(f"{each.ref} ({each.cut_off_on})" for each in rows.listed()[:5])
        raise Stopped(f"no frozen follow-up of {programme.code} has the ref {ref!r}; there are: {known or 'none'}")
    return found


def _day(text: str) -> date:
    on = parse_day(text)
    if on is None:
        raise Stopped(f"{text!r} is not a date; write it as YYYY-MM-DD, for example 2009-09-01")
    if on > today():
        raise Stopped(f"{on} lies ahead, and nobody knows it yet; today is {today()}")
    return on


def _asked_programme(chosen: argparse.Namespace) -> Programme:
    from jobpakke.packages.models import Programme

    known = {programme.code: programme for programme in Programme.objects.order_by("starts_on", "code")}
    if not known:
        raise Stopped("the database is empty; load the demonstration with: jobpakke demo --no-serve")
    if chosen.programme not in known:
        raise Stopped(f"unknown programme {chosen.programme!r}; the database has: {', '.join(known)}")
    return known[chosen.programme]


def _aligned(cells: Sequence[Sequence[str | int | float | None]]) -> str:
    texts = [["" if cell is None else str(cell) for cell in row] for row in cells]
    widths = [max(len(row[column]) for row in texts) for column in range(len(texts[0]))]
    lines = [
        "  ".join(
            cell.ljust(width) if column < 2 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in texts
    ]
    return "\n".join(lines) + "\n"
