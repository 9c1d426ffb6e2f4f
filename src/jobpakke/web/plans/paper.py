"""The page on which one says that a draft was agreed on paper, and when."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from jobpakke.access.policies import Act
from jobpakke.packages import services
from jobpakke.packages.models import LateReason
from jobpakke.web.acting import ActPage, act
from jobpakke.web.citizens.pages import noted
from jobpakke.web.forms import ActForm, DayField
from jobpakke.web.http import Visitor, page
from jobpakke.web.plans.pages import version_or_404

LATE_CHOICES = [("", "—"), *((value, capfirst(text)) for value, text in LateReason.choices)]


class PaperForm(ActForm):
    """Since when the wording lay on paper, and why it is registered late."""

    day = DayField(
        label=gettext_lazy("On paper since"),
        required=False,
        help_text=gettext_lazy("The day on which the parties had these words before them. Empty: they have not yet."),
    )
    late = forms.ChoiceField(label=gettext_lazy("Why it is registered late"), required=False, choices=LATE_CHOICES)


@require_http_methods(["GET", "HEAD", "POST"])
@page(Act.WORK_CASES)
def tell(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Says that the draft was agreed on paper before it stood here."""
    version = version_or_404(who, ref)
    noted(who, version.package.citizen, "tell_paper")

    def verb(data: dict[str, Any]) -> None:
        services.tell_paper(
            actor=who.user,
            version=version,
            paper_on=data["day"],
            late_reason=LateReason(data["late"]) if data["late"] else None,
            on=who.viewing.today,
        )

    words = ActPage(
        heading=_("Agreed on paper already"),
        submit=_("Save"),
        done=_("The draft follows the day of the paper."),
        back=reverse("plan", args=[version.ref]),
        back_label=_("The plan"),
        about=f"{version.package.citizen.name}: {version.goal.title}",
        lines=(
            _("The plan is then held against the rules of that day, and each party may have said yes on it or later."),
            _("Afterwards the steps are started, and fulfilled or ended, with the days on which it happened."),
        ),
    )
    initial = {"day": version.paper_on, "late": version.late_reason}
    return act(request, PaperForm(request.POST or None, initial=initial), verb, words)
