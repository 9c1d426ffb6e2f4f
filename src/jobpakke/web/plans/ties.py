"""Whether the citizen is close family of who owns or leads a workplace of a plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from jobpakke.access.policies import Act
from jobpakke.companies.models import Workplace
from jobpakke.packages.facts import plan_of_version
from jobpakke.packages.models import PlanVersion
from jobpakke.packages.rules import supported_places, ties_of
from jobpakke.packages.services import declare_ties
from jobpakke.web.acting import ActPage, act
from jobpakke.web.citizens.pages import noted
from jobpakke.web.forms import ActForm
from jobpakke.web.http import Visitor, page, seen_or_404

_ANSWERS = (("no", gettext_lazy("No")), ("yes", gettext_lazy("Yes")))


class TiesForm(ActForm):
    """One question a workplace; each is answered."""

    def __init__(self, *args: Any, places: Mapping[UUID, Workplace], known: Mapping[UUID, bool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for ref, place in places.items():
            self.fields[str(ref)] = forms.ChoiceField(
                label=place.name,
                choices=_ANSWERS,
                widget=forms.RadioSelect,
                initial={True: "yes", False: "no", None: None}[known.get(ref)],
            )


@require_http_methods(["GET", "HEAD", "POST"])
@page(Act.WORK_CASES)
def declare(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Declares it for every workplace at which the plan has somebody supported."""
    rows = PlanVersion.objects.visible_to(who.user, on=who.viewing.today)
    version = seen_or_404(rows.select_related("package__citizen__municipality", "goal"), ref)
    noted(who, version.package.citizen, "declare_ties")
    places, known = supported_places(plan_of_version(version)), ties_of(version.package)

    def verb(data: dict[str, Any]) -> None:
        told = {place: data[str(place)] == "yes" for place in places}
        declare_ties(actor=who.user, version=version, close_family=told, on=who.viewing.today)

    question = _("Is the citizen close family of who owns or leads the workplace?")
    who_counts = _("Close family: spouse or partner, parents, children, siblings, and those of the spouse or partner.")
    nothing = _("The plan has no workplace at which this is asked.")
    words = ActPage(
        heading=_("Family at the workplace"),
        submit=_("Declare"),
        done=_("It is declared."),
        back=reverse("plan", args=[version.ref]),
        back_label=_("The plan"),
        about=version.package.citizen.name,
        lines=(question, who_counts) if places else (nothing,),
    )
    return act(request, TiesForm(request.POST or None, places=places, known=known), verb, words)
