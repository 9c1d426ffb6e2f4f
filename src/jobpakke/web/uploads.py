"""How much one may send: what is larger is refused before it is read."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def most_bytes(request: HttpRequest) -> int:
    """A file and its form from who has signed in, a small form from anybody else."""
    if request.user.is_authenticated:
        return int(settings.FILE_UPLOAD_MAX_MEMORY_SIZE)
    return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


def sized(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answers 413 by the length that is announced; a body without one is read as empty."""

    def middleware(request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if announced.isdigit() and int(announced) > most_bytes(request):
            return render(request, "errors/413.html", status=413)
        return get_response(request)

    return middleware
