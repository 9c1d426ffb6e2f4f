"""Deny by default: a view that does not say whom it opens to opens to nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from jobpakke.access.policies import AccessRefusal
from jobpakke.lib.refusal import Refused
from jobpakke.web.errors import sentences

OPEN_NAMES = frozenset({"account_login", "account_logout", "account_reauthenticate", "language"})
"""Views of others that are open by their own rules: signing in and out, and the language of the page."""


class GateMiddleware:
    """Refuses undeclared views, and turns a refusal that no view caught into a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The rest of the chain; this class only looks at what it chose."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any) -> None:
        """Raises PermissionDenied for a view without a declaration."""
        match = request.resolver_match
        name = match.view_name if match else ""
        if not hasattr(view, "opens_to") and name not in OPEN_NAMES:
            raise PermissionDenied

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A Refused: not found, not allowed, or a page with its sentences (409)."""
        if not isinstance(error, Refused):
            return None
        codes = {refusal.code for refusal in error.refusals}
        if AccessRefusal.NOT_FOUND in codes:
            raise Http404 from error
        if AccessRefusal.ROLE_LACKS_ACT in codes:
            raise PermissionDenied from error
        return render(request, "errors/409.html", {"sentences": sentences(error)}, status=409)
