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

    @property
    def is_today(self) -> bool:
        """Whether the pages stand on the real today."""
        return self.on == self.today


def viewable_day(text: str | None) -> date | None:
    """A day as YYYY-MM-DD within a reasonable span, else None."""
    day = parse_day(text)
    return day if day and EARLIEST <= day <= LATEST else None


def viewing(request: HttpRequest) -> Viewing:
    """Where this request stands; the clock is read here, once a request."""
    now = today()
    chosen = viewable_day(request.GET.get("on")) or viewable_day(request.session.get(SESSION_KEY))
    return Viewing(chosen or now, now)
