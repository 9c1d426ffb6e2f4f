"""A refusal's code becomes a sentence: what was wrong, what is allowed, what to do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from jobpakke.lib.logs import LINKS
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.method.rulebook import Verified
from jobpakke.web.labels import VERIFIED, code_label
from jobpakke.web.sentences import SENTENCES


def sentence(refusal: Refusal, names: Mapping[object, str] | None = None) -> str:
    """The refusal in the language of the page. ``names``: how refs in its arguments are called on this page."""
    text = str(SENTENCES[str(refusal.code)])
    return text % {name: _argument(value, names or {}) for name, value in refusal.args.items()}


def basis(refusal: Refusal) -> str:
    """What a limit of the rulebook that was passed rests on; empty where the refusal is of none."""
    if own_from := refusal.args.get("own_from"):
        return _("The municipality's own limit since %(day)s.") % {"day": _argument(own_from, {})}
    verified = refusal.args.get("verified")
    return f"{capfirst(str(VERIFIED[Verified(str(verified))]))}." if verified else ""


def sentences(refused: Refused, names: Mapping[object, str] | None = None) -> list[str]:
    """Every refusal as a sentence, each once, and what a limit of the rulebook rests on."""
    found = (f"{sentence(refusal, names)} {basis(refusal)}".strip() for refusal in refused.refusals)
    return list(dict.fromkeys(found))


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
    if request.path.startswith(LINKS):
        context = {
            "sentences": [_("Open the link again and go on from there. The phone must allow cookies.")],
            "opens": True,
        }
        return render(request, "cards/closed.html", context, status=403)
    return render(request, "errors/csrf.html", status=403)
