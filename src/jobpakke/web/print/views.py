"""A plan version as a file for paper."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jobpakke.access.policies import Act
from jobpakke.lib.clock import now
from jobpakke.print.engine import pdf
from jobpakke.web.citizens.pages import noted
from jobpakke.web.http import Visitor, page
from jobpakke.web.plans.pages import version_or_404
from jobpakke.web.print.pages import paper_of


@require_safe
@page(Act.SEE_CASES)
def plan(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """The print of a version as it was on the viewed day; its name says nothing of whose it is."""
    version = version_or_404(who, ref)
    noted(who, version.package.citizen, "print_plan")
    made = pdf("plan.typ", paper_of(version, on=who.viewing.on), at=now())
    response = HttpResponse(made, content_type="application/pdf")
    name = _("job-package-version-%(number)s") % {"number": version.number}
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
