"""What every view goes through: who, which act, on which date; and finding objects the right way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from jobpakke.access.backend import roles_held_today
from jobpakke.access.models import Municipality, Role, User
from jobpakke.access.policies import ALLOWED, Act
from jobpakke.web.viewing import Viewing, viewing

Row = TypeVar("Row", bound=Model)
View = Callable[..., HttpResponseBase]


_MOST_DIGITS = 9


def number_of(text: str) -> int:
    """A whole number that a page had written into an address or a hidden field; -1, which none is, for all else."""
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else -1


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks: the signed-in user, the roles held today, and the date the page stands on."""

    user: User
    roles: Mapping[Role, tuple[Municipality, ...]]
    viewing: Viewing

    def holds(self, act: Act) -> bool:
        """Whether one of the roles opens the act."""
        return any(role in self.roles for role in ALLOWED[act])

    def works(self, act: Act) -> bool:
        """Whether the page offers the act: it is open, and the page does not show a day that has passed."""
        return self.holds(act) and not self.viewing.is_past

    def municipalities(self, act: Act) -> tuple[Municipality, ...]:
        """Where the act is open."""
        found = {place.pk: place for role in ALLOWED[act] for place in self.roles.get(role, ())}
        return tuple(found.values())


def visitor(request: HttpRequest) -> Visitor:
    """The visitor of a request, read once. The user must be signed in."""
    known = getattr(request, "_visitor", None)
    if known is None:
        known = _visitor(request)
        request._visitor = known  # type: ignore[attr-defined]  # kept for the templates of the same request
    return cast(Visitor, known)


def _visitor(request: HttpRequest) -> Visitor:
    stands = viewing(request)
    user = cast(User, request.user)
    roles: dict[Role, list[Municipality]] = {}
    for row in roles_held_today(user):
        roles.setdefault(Role(row.role), []).append(row.municipality)
    return Visitor(user, {role: tuple(places) for role, places in roles.items()}, stands)


def page(act: Act | None) -> Callable[[View], View]:
    """Opens a view to visitors whose role opens the act (None: to everybody signed in). A GET cannot write."""

    def decorate(view: View) -> View:
        @never_cache
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            who = visitor(request)
            if act is not None and not who.holds(act):
                raise PermissionDenied
            if request.method in ("GET", "HEAD"):
                with reading_only():
                    return view(request, who, *args, **kwargs)
            return view(request, who, *args, **kwargs)

        guarded.opens_to = act  # type: ignore[attr-defined]  # GateMiddleware refuses a view without it
        return guarded

    return decorate


BY_LINK = "whoever holds the link"


def by_link(view: View) -> View:
    """Opens a view to whoever holds a link, who need not sign in: the view itself asks what the link opens, and makes a
    page of what it refuses. A GET cannot write. No search engine keeps the page, and no file that it fetches is told
    the link in ``Referer``: ``strict-origin``, as with ``no-referrer`` browsers hide from CSRF where a form is from."""

    @login_not_required
    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method in ("GET", "HEAD"):
            with reading_only():
                response = view(request, *args, **kwargs)
        else:
            response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        response["Referrer-Policy"] = "strict-origin"
        return response

    guarded.opens_to = BY_LINK  # type: ignore[attr-defined]  # GateMiddleware refuses a view without it
    return guarded


def seen_or_404(rows: QuerySet[Row], ref: UUID) -> Row:
    """The row with the ref among rows already narrowed by ``visible_to``. Raises Http404."""
    found = rows.filter(ref=ref).first()
    if found is None:
        raise Http404
    return found


def local_path(asked: str, instead: str) -> str:
    """The asked address when it is one of our own pages, without a host; else the other one."""
    path = asked.partition("?")[0]
    try:
        resolve(path)
    except Resolver404:
        return instead
    return asked if url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else instead


class WroteWhileReading(RuntimeError):
    """A page that only shows tried to write: a mistake in the code, never the visitor's."""


@contextmanager
def reading_only() -> Iterator[None]:
    """Inside, only the access log is written."""

    def check(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        verb = sql.lstrip("( ").split(maxsplit=1)[0].upper()
        if verb in {"INSERT", "UPDATE", "DELETE"} and not sql.startswith('INSERT INTO "access_accesslog"'):
            raise WroteWhileReading(verb)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(check):
        yield
