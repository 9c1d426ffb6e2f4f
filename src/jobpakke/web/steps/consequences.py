"""What the end of a package settles, in words, before it is saved."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from jobpakke.citizens.models import CaseAssignment, Citizen
from jobpakke.packages.models import Commitment
from jobpakke.packages.open_ends import OpenEnds
from jobpakke.web.promises.pages import due_words, promised_by


def settled(ends: OpenEnds, *, on: date) -> tuple[str, ...]:
    """A line for everything open that the end settles, or leaves as it is."""
    found = []
    if ends.version is not None:
        words = (
            _("The proposal of version %(version)s is taken back; it stays readable.")
            if ends.version.proposed_on
            else _("The draft of version %(version)s is thrown away.")
        )
        found.append(words % {"version": ends.version.number})
    if ends.mentors:
        found.append(_("Mentor support ends: %(names)s.") % {"names": ", ".join(ends.mentors)})
    if ends.cards_waiting:
        found.append(
            _("Cards that are not filled in are taken back: %(names)s.") % {"names": ", ".join(ends.cards_waiting)}
        )
    if ends.cards_in:
        names = {"names": ", ".join(ends.cards_in)}
        found.append(
            _("Filled in, but not taken into the plan: the card of %(names)s. Take it in first if it is to count.")
            % names
        )
    found += [_promise(promise, on=on) for promise in ends.promises]
    return tuple(found)


def handed_on(citizen: Citizen, today: date) -> tuple[str, ...]:
    """A hand-over that is planned: the end of a package does not call it off."""
    row = CaseAssignment.objects.current().filter(citizen=citizen, starts_on__gt=today).select_related("caseworker")
    said = _("The case goes to %(name)s on %(day)s all the same, as it was handed over.")
    return tuple(
        said % {"name": each.caseworker.full_name, "day": date_format(each.starts_on, "DATE_FORMAT")}
        for each in row[:1]
    )


def _promise(promise: Commitment, *, on: date) -> str:
    said = {"party": promised_by(promise), "text": promise.text, "due": due_words(promise, on=on)}
    return _("The promise stands: %(party)s, %(text)s, %(due)s. I dag goes on reminding you.") % said
