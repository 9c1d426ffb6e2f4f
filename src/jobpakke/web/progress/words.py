"""What the measures say in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobpakke.method.progress import Answerer, Change, Course
from jobpakke.packages.progress import Span

NAMES: Mapping[Answerer, Promise | str] = {
    Answerer.CITIZEN: gettext_lazy("The citizen"),
    Answerer.CASEWORKER: gettext_lazy("The job consultant"),
}
COURSES: Mapping[Course, Promise | str] = {
    Course.UP: gettext_lazy("up"),
    Course.STEADY: gettext_lazy("steady"),
    Course.DOWN: gettext_lazy("down"),
}


def mean_text(mean: float) -> str:
    """With one decimal, as the language writes it."""
    return number_format(mean, 1)


def in_words(spans: Iterable[Span]) -> str:
    """The means of a package's first and last measure, party by party; empty where there is none."""
    said = []
    for span in spans:
        words = {
            "who": NAMES[span.by],
            "first": mean_text(span.first.mean),
            "since": date_format(span.first.on, "DATE_FORMAT"),
            "last": mean_text(span.last.mean),
            "day": date_format(span.last.on, "DATE_FORMAT"),
        }
        if span.first.on == span.last.on:
            said.append(_("%(who)s: mean %(last)s on %(day)s.") % words)
        else:
            said.append(_("%(who)s: mean from %(first)s on %(since)s to %(last)s on %(day)s.") % words)
    return " ".join(said)


def change_text(change: Change) -> str:
    """From which point to which, and which way that is."""
    words = {"first": change.first, "last": change.last, "course": COURSES[change.course]}
    if change.course is Course.STEADY:
        return _("%(course)s at %(last)s") % words
    return _("from %(first)s to %(last)s, %(course)s") % words
