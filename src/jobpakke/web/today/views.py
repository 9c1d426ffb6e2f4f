"""I dag: the rows, what breaks first on top, each with the act that mends it."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jobpakke.access.policies import Act
from jobpakke.access.services import log_lookups
from jobpakke.web.http import Visitor, page
from jobpakke.web.today.pages import today_page


@require_safe
@page(Act.SEE_CASES)
def today(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Who needs somebody, of the caseload on the viewed date."""
    shown = today_page(who)
    rows = Paginator(shown.rows, 50).get_page(request.GET.get("side"))
    log_lookups(actor=who.user, citizens=(row.named for row in rows if row.named), page="today")
    return render(request, "today/today.html", {"shown": shown, "rows": rows, "leading": who.holds(Act.RECEIVE_CASES)})
