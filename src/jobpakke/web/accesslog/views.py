"""Who looked at whom, when, on which page."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jobpakke.access.models import AccessLog
from jobpakke.access.policies import Act, municipalities_for
from jobpakke.citizens.models import Citizen
from jobpakke.web.http import Visitor, page
from jobpakke.web.labels import PAGES


@require_safe
@page(Act.SEE_ACCESS_LOG)
def access_log(request: HttpRequest, who: Visitor) -> HttpResponse:
    """The look-ups in the visitor's municipality, newest first."""
    where = municipalities_for(who.user, Act.SEE_ACCESS_LOG, on=who.viewing.today)
    found = AccessLog.objects.filter(municipality__in=where).select_related("user")
    rows = Paginator(found, 50).get_page(request.GET.get("side"))
    refs = {row.citizen for row in rows}
    people = Citizen.objects.filter(ref__in=refs, municipality__in=where)
    names = {citizen.ref: citizen.name for citizen in people}
    lines = [(row, names.get(row.citizen, ""), PAGES[row.page]) for row in rows]
    return render(request, "accesslog/access_log.html", {"rows": rows, "lines": lines})
