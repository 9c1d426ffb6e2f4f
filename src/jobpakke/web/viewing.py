"""The date on which the pages stand: chosen in the address or kept in the session, else today.

Rights are always those of the real today; only what is shown moves.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from jobpakke.lib.clock import today
from jobpakke.lib.days import parse_day

SESSION_KEY = "viewed_on"
EARLIEST = date(1990, 1, 1)
LATEST = date(2100, 1, 1)


@dataclass(frozen=True, slots=True)
class Viewing:
    """``on``: the viewed date. ``today``: the real one."""

    on: date
    today: date
    unread: bool = False
    """Whether the address asked for a day that could not be read, or lies out of reach."""

    @property
    def is_today(self) -> bool:
        """Whether the pages stand on the real today."""
        return self.on == self.today

    @property
    def is_past(self) -> bool:
        """Whether the pages show how it was; then they offer no acts."""
        return self.on < self.today


def viewable_day(text: str | None) -> date | None:
    """A day as YYYY-MM-DD within a reasonable span, else None."""
    day = parse_day(text)
    return day if day and EARLIEST <= day <= LATEST else None


def given_day(request: HttpRequest) -> date | None:
    """The day in the address, if it can be read."""
    return viewable_day(request.GET.get("on"))


def viewing(request: HttpRequest) -> Viewing:
    """Where this request stands; the clock is read here, once a request."""
    now = today()
    given = given_day(request)
    chosen = given or viewable_day(request.session.get(SESSION_KEY))
    return Viewing(chosen or now, now, unread=bool(request.GET.get("on")) and given is None)
