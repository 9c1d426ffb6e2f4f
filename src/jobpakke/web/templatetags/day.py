"""Addresses that keep the day a page stands on, where the address of the page says it (``?on=``)."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse

from jobpakke.web.viewing import given_day

register = template.Library()


@register.simple_tag(takes_context=True)
def day_url(context: template.Context, name: str, *args: Any) -> str:
    """As ``url``, with the day of this page."""
    return of_day(reverse(name, args=args), context.get("request"))


@register.filter
def of_day(url: str, request: HttpRequest | None) -> str:
    """The address with the day of this page, before its fragment."""
    day = given_day(request) if request is not None else None
    if day is None or not url:
        return url
    path, mark, fragment = url.partition("#")
    return f"{path}{'&' if '?' in path else '?'}on={day.isoformat()}{mark}{fragment}"


@register.filter
def without_day(request: HttpRequest) -> str:
    """The address of this page with the rest of what stands in it, but without the day."""
    kept = request.GET.copy()
    kept.pop("on", None)
    return f"{request.path}?{kept.urlencode()}" if kept else request.path
