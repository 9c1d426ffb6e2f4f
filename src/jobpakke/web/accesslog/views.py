"""Who looked at whom, when, on which page."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jobpakke.access.models import AccessLog, User
from jobpakke.access.policies import Act, municipalities_for
from jobpakke.citizens.models import Citizen
from jobpakke.lib.refs import parse_ref
from jobpakke.web.http import Visitor, page
from jobpakke.web.labels import LISTS, PAGES

PER_PAGE = 50
CITIZEN, USER, LISTED = "borger", "bruger", "lister"


@dataclass(frozen=True, slots=True)
class LookUp:
    """One line: the look-up, what the citizen is called here, the page, and the addresses of the same citizen's and the
    same user's look-ups."""

    row: AccessLog
    citizen: str
    page: Promise | str
    of_citizen: str
    of_user: str


@require_safe
@page(Act.SEE_ACCESS_LOG)
def access_log(request: HttpRequest, who: Visitor) -> HttpResponse:
    """The look-ups in the visitor's municipality, newest first; of one citizen, by one user, or those of lists too."""
    where = municipalities_for(who.user, Act.SEE_ACCESS_LOG, on=who.viewing.today)
    found = _narrowed(AccessLog.objects.filter(municipality__in=where), request.GET)
    rows = Paginator(found.select_related("user"), PER_PAGE).get_page(request.GET.get("side"))
    names = _names(rows, Citizen.objects.filter(municipality__in=where))
    lines = tuple(_line(row, names.get(row.citizen)) for row in rows)
    context = {
        "rows": rows,
        "lines": lines,
        "of_citizen": lines[0].citizen if lines and parse_ref(request.GET.get(CITIZEN)) else "",
        "of_user": lines[0].row.user.full_name if lines and parse_ref(request.GET.get(USER)) else "",
        "with_lists": LISTED in request.GET,
        "other_way": _toggled(request.GET),
    }
    return render(request, "accesslog/access_log.html", context)


def _narrowed(rows: QuerySet[AccessLog], asked: QueryDict) -> QuerySet[AccessLog]:
    """What stands in a list is left out unless it is asked for: fifty names at once would hide who was opened."""
    citizen, user = parse_ref(asked.get(CITIZEN)), parse_ref(asked.get(USER))
    if citizen:
        rows = rows.filter(citizen=citizen)
    if user:
        rows = rows.filter(user__in=User.objects.filter(ref=user))
    return rows if LISTED in asked else rows.exclude(page__in=LISTS)


def _names(rows: Page[AccessLog], citizens: QuerySet[Citizen]) -> dict[UUID, str]:
    """What the citizens are called; a protected one's name is their caseworker's alone, so the ref tells them apart."""
    found = citizens.filter(ref__in={row.citizen for row in rows})
    return {
        each.ref: each.name
        if each.address_protected is False
        else _("Protected citizen %(ref)s") % {"ref": str(each.ref)[-6:]}
        for each in found
    }


def _line(row: AccessLog, name: str | None) -> LookUp:
    return LookUp(
        row,
        name or _("Has moved to another municipality"),
        PAGES[row.page],
        f"?{urlencode({CITIZEN: row.citizen, LISTED: 1})}",
        f"?{urlencode({USER: row.user.ref})}",
    )


def _toggled(asked: QueryDict) -> str:
    """The address of the same look-ups with those of lists, or without."""
    kept = {name: asked[name] for name in (CITIZEN, USER) if asked.get(name)}
    return f"?{urlencode(kept if LISTED in asked else {**kept, LISTED: 1})}"
