"""One aftercare: the plan of check-ins, and when it was used."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jobpakke.access.policies import Act
from jobpakke.packages.models import Aftercare, PlanVersion
from jobpakke.packages.retention import locked_since
from jobpakke.web.aftercare.pages import as_agreed, care_page, listed
from jobpakke.web.citizens.frame import head
from jobpakke.web.citizens.pages import look_up
from jobpakke.web.http import Visitor, page, seen_or_404

PER_PAGE = 50


@require_safe
@page(Act.SEE_CASES)
def aftercare(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """The plan as a line, and under it what was held, missed and used, newest first."""
    wordings = PlanVersion.objects.filter(package=OuterRef("package"), effective_on__isnull=False).order_by("-number")
    rows = Aftercare.objects.visible_to(who.user, on=who.viewing.today)
    rows = rows.annotate(goal=Subquery(wordings.values("goal__title")[:1]))
    row = as_agreed(seen_or_404(rows.select_related("package__citizen"), ref), on=who.viewing.on)
    found = look_up(who, row.package.citizen.ref, "aftercare")
    shown = care_page(row, on=who.viewing.on)
    sheet = Paginator(tuple(reversed(shown.moments)), PER_PAGE).get_page(request.GET.get("side"))
    others = list(row.package.aftercares.agreed_by(who.viewing.on).exclude(pk=row.pk))
    extensions = row.extensions.filter(extended_on__lte=who.viewing.on).select_related("extended_by")
    context = {
        "shown": shown,
        "row": row,
        "rows": sheet,
        "lines": listed(sheet),
        "others": others,
        "again": all(each.number < row.number for each in others)
        and locked_since(row.package, on=who.viewing.today) is None,
        "extensions": extensions,
    }
    here = reverse("aftercare", args=[ref])
    return render(request, "aftercare/aftercare.html", {**context, **head(who, found, "aftercare", back=here)})
