"""Which programme a page of the follow-up is about."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _

from jobpakke.packages.models import Programme
from jobpakke.web.http import Visitor


@dataclass(frozen=True, slots=True)
class Programmes:
    """The one that was asked for, among those that the visitor may follow up."""

    chosen: Programme
    all: tuple[Programme, ...]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """As options of a form."""
        return [(each.code, f"{each.code}: {each.name}") for each in self.all]


class ProgrammeForm(forms.Form):
    """Which programme."""

    use_required_attribute = False
    programme = forms.ChoiceField(label=_("Programme"))


def programmes(request: HttpRequest, who: Visitor) -> Programmes | None:
    """What the address asks for, else the oldest; None where there is none. Raises Http404 for one not to be seen."""
    found = tuple(Programme.objects.visible_to(who.user, on=who.viewing.today).order_by("starts_on", "code"))
    code = request.GET.get("programme")
    chosen = next((each for each in found if each.code == code), None)
    if code and chosen is None:
        raise Http404
    return Programmes(chosen or found[0], found) if found else None
