"""What every page needs around it: navigation by role, who is signed in, the date it stands on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jobpakke.access.policies import Act
from jobpakke.web.http import Visitor, visitor
from jobpakke.web.templatetags.day import of_day

NAVIGATION: tuple[tuple[Act, str, Promise | str], ...] = (
    (Act.SEE_CASES, "today", _("Today")),
    (Act.SEE_CASES, "citizens", _("Citizens")),
    (Act.SEE_COMPANIES, "companies", _("Companies")),
    (Act.SEE_FOLLOW_UP, "followup", _("Follow-up")),
    (Act.SEE_NETWORK, "network", _("The network")),
    (Act.SEE_ACCESS_LOG, "access_log", _("Look-ups")),
    (Act.MANAGE_USERS, "users", _("Users")),
    (Act.SEE_RULES, "rules", _("Rules")),
    (Act.MANAGE_USERS, "questionnaires", _("Questions")),
)
"""Every page of the menu, in order, with the act it takes; the first that is open is where one starts."""

_WITHOUT_DAY = ("followup", "access_log", "users")
DEMO_DATES = (date(2008, 6, 1), date(2009, 4, 30), date(2009, 9, 1))


@dataclass(frozen=True, slots=True)
class NavItem:
    """A line of the menu."""

    label: Promise | str
    url: str
    current: bool


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of the page's frame; empty of names for somebody who has not signed in."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {"visitor": None, "nav": (), "demo_dates": (), "dated": False}
    who = visitor(request)
    return {
        "visitor": who,
        "nav": _nav(request, who),
        "demo_dates": () if settings.PRODUCTION else DEMO_DATES,
        "dated": not _stands_on_no_day(request.path),
    }


def _stands_on_no_day(path: str) -> bool:
    """Whether another day would change nothing on the page, or the page asks for its own."""
    return path == reverse("companies") or any(path.startswith(reverse(name)) for name in _WITHOUT_DAY)


def _nav(request: HttpRequest, who: Visitor) -> tuple[NavItem, ...]:
    return tuple(
        NavItem(label, of_day(url, request), request.path.startswith(url))
        for act, name, label in NAVIGATION
        if who.holds(act) and (url := reverse(name))
    )
