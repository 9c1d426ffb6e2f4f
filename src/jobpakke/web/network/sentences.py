"""The network in plain sentences, the same on the page and in the note."""

from __future__ import annotations

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from jobpakke.network.reach import CourseTold, Network, Reach
from jobpakke.print.document import written
from jobpakke.web.followup.wording import day_text, listed


def told(network: Network) -> list[str]:
    """All of them; one that has nothing to tell of is left out."""
    extra = [_extra(course, place) for course in network.courses for place in range(len(course.extra))]
    return [text for text in (_reach(network), *extra, _newsletter(network)) if text]


def where(reach: Reach) -> str:
    """In how many municipalities and other organisations."""
    parts = []
    if reach.municipalities:
        text = ngettext("in %(number)s municipality", "in %(number)s municipalities", reach.municipalities)
        parts.append(text % {"number": reach.municipalities})
    if reach.others:
        text = ngettext("at %(number)s other actor", "at %(number)s other actors", reach.others)
        parts.append(text % {"number": reach.others})
    return listed(parts)


def _reach(network: Network) -> str:
    now, before = network.now, network.before
    if not network.growth:
        return ""
    if not now.people:
        return _("On %(day)s there is no ambassador.") % {"day": day_text(now.on)}
    people = ngettext("%(number)s ambassador", "%(number)s ambassadors", now.people) % {"number": now.people}
    values: dict[str, str | int] = {"day": day_text(now.on), "people": people, "where": where(now)}
    if before is None or not before.people:
        return _("On %(day)s the network has %(people)s %(where)s.") % values
    values |= {"before": before.people, "there": where(before), "then": day_text(before.on)}
    return _("On %(day)s the network has %(people)s %(where)s, against %(before)s %(there)s on %(then)s.") % values


def _extra(course: CourseTold, place: int) -> str:
    return _(
        "The course “%(title)s” was given an extra run, to begin on %(day)s, because there was no seat left on the one"
        " before."
    ) % {"title": course.title, "day": day_text(course.extra[place].starts_on)}


def _newsletter(network: Network) -> str:
    last = network.newsletter
    if last is None:
        return ""
    text = ngettext(
        "The newsletter of %(day)s went to %(number)s subscriber.",
        "The newsletter of %(day)s went to %(number)s subscribers.",
        last.subscribers,
    )
    return text % {"day": day_text(last.sent_on), "number": written(last.subscribers, get_language() or "da")}
