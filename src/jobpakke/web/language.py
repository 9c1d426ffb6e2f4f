"""Danish first: the language of the page is the visitor's own choice, else Danish, whatever the browser prefers."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


def danish_first(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Takes the browser's preference away, so that only the switch on the page counts."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.META.pop("HTTP_ACCEPT_LANGUAGE", None)
        return get_response(request)

    return middleware
