"""A proposal in plain words: who wants what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from jobpakke.method.proposals import Wanted
from jobpakke.method.week import WeekTime
from jobpakke.packages.models import Proposal
from jobpakke.packages.proposals import Standing, times_wanted
from jobpakke.web.labels import WEEKDAYS, code_label, label
from jobpakke.web.plans.fields import written


class Asked(Protocol):
    """What the words need of a proposal, stored or standing."""

    @property
    def party(self) -> str: ...  # noqa: D102
    @property
    def day(self) -> date | None: ...  # noqa: D102
    @property
    def weekly_hours(self) -> Decimal | None: ...  # noqa: D102
    @property
    def task(self) -> str: ...  # noqa: D102
    @property
    def end_reason(self) -> str: ...  # noqa: D102


def standing_words(asked: Standing, step: str) -> str:
    """One that waits for an answer, or a stop that was agreed; ``step``: the title, empty for the whole package."""
    if asked.agreed:
        return _("A stop is agreed: %(what)s") % {"what": _what(asked.wanted, asked, asked.times, step)}
    return _by(asked.company or label(asked.party), _what(asked.wanted, asked, asked.times, step))


def proposal_words(row: Proposal, step: str) -> str:
    """The same of a stored one."""
    return _by(row.company.name if row.company else label(row.party), wanted_words(row, step))


def wanted_words(row: Proposal, step: str) -> str:
    """What a stored one asks for, without the party."""
    return _what(Wanted(row.wanted), row, times_wanted(row), step)


def _by(party: str, what: str) -> str:
    return _("%(party)s proposes: %(what)s") % {"party": party, "what": what}


def _what(wanted: Wanted, asked: Asked, times: Iterable[WeekTime], step: str) -> str:
    words = {
        "step": step,
        "task": asked.task,
        "last": _day(asked.day - timedelta(days=1)) if asked.day else "",
        "first": _day(asked.day) if asked.day else "",
        "reason": code_label(asked.end_reason) if asked.end_reason else "",
        "hours": _hours(asked.weekly_hours, times),
    }
    texts = {
        Wanted.EXTEND: _("“%(step)s” until %(last)s"),
        Wanted.OTHER_HOURS: _("“%(step)s”: %(hours)s"),
        Wanted.OTHER_TASK: _("“%(step)s” becomes “%(task)s”") if step else _("another task: %(task)s"),
        Wanted.STOP: _("“%(step)s” stops from %(first)s (%(reason)s)")
        if step
        else _("the package stops from %(first)s (%(reason)s)"),
    }
    return texts[wanted] % words


def _hours(hours: Decimal | None, times: Iterable[WeekTime]) -> str:
    found = [_("%(hours)s hours a week") % {"hours": f"{hours:g}".replace(".", ",")}] if hours else []
    claimed = tuple(times)
    days = sorted({each.weekday for each in claimed})
    found += [f"{WEEKDAYS[day]} {written(each for each in claimed if each.weekday == day)}" for day in days]
    return "; ".join(found)


def _day(day: date) -> str:
    return date_format(day, "MEDIUM_DATE_FORMAT")
