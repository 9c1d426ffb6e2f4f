"""Where each role starts, and the date the pages stand on."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jobpakke.web.http import Visitor, page
from jobpakke.web.shell import NAVIGATION
from jobpakke.web.viewing import SESSION_KEY, viewable_day


@require_safe
@page(None)
def front(request: HttpRequest, who: Visitor) -> HttpResponse:
    """The first page of the menu that is open to the visitor; nobody without a role gets further than here."""
    for act, name, _words in NAVIGATION:
        if who.holds(act):
            return redirect(name)
    raise PermissionDenied


@require_POST
@page(None)
def choose_date(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Keeps the chosen date in the session; an unreadable one, or today, means today."""
    asked = request.POST.get("shortcut") or request.POST.get("on")
    day = viewable_day(asked)
    if asked and day is None:
        messages.warning(request, _("That date could not be read. Choose one between 1990 and 2100."))
    if day is None or day == who.viewing.today:
        request.session.pop(SESSION_KEY, None)
    else:
        request.session[SESSION_KEY] = day.isoformat()
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(back if safe else reverse("front"))
