"""A refusal's code becomes a sentence: what was wrong, what is allowed, what to do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.web.labels import code_label
from jobpakke.web.sentences import SENTENCES


def sentence(refusal: Refusal, names: Mapping[object, str] | None = None) -> str:
    """The refusal in the language of the page. ``names``: how refs in its arguments are called on this page."""
    text = str(SENTENCES[str(refusal.code)])
    return text % {name: _argument(value, names or {}) for name, value in refusal.args.items()}


def sentences(refused: Refused, names: Mapping[object, str] | None = None) -> list[str]:
    """Every refusal as a sentence, each once."""
    return list(dict.fromkeys(sentence(refusal, names) for refusal in refused.refusals))


def _argument(value: object, names: Mapping[object, str]) -> str:
    if value is None:
        return _("not yet")
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, tuple):
        return ", ".join(_argument(each, names) for each in value)
    if value in names:
        return names[value]
    return code_label(value) if isinstance(value, str) else str(value)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return render(request, "errors/400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return render(request, "errors/403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404; the same for what does not exist and for what one may not see."""
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; says nothing of what went wrong."""
    return render(request, "errors/500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 when a form was sent from an old page."""
    return render(request, "errors/csrf.html", status=403)
