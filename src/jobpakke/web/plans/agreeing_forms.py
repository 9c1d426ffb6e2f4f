"""The forms of an agreement: why a plan changes, who said yes, why a limit is passed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from jobpakke.packages.models import Party
from jobpakke.packages.models.package import OnBehalfReason
from jobpakke.web.forms import ActForm, DayField
from jobpakke.web.plans.fields import scan_field


class ProposeForm(ActForm):
    """Why the plan changes; asked only when one holds already."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Why the plan changes"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("All three read it. Write nothing about illness or other private causes."),
    )

    def __init__(self, *args: Any, first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if first:
            del self.fields["reason"]


class ApproveForm(ActForm):
    """A party's yes. The municipality answers for itself; for the others one says how they said it."""

    day = DayField(label=gettext_lazy("Said yes on"))
    how = forms.ChoiceField(
        label=gettext_lazy("How the yes was given"),
        choices=[(value, capfirst(label)) for value, label in OnBehalfReason.choices],
        widget=forms.RadioSelect,
    )

    scan = scan_field(gettext_lazy("The signed paper as a file"), needed=False)

    def __init__(self, *args: Any, party: Party, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if party == Party.MUNICIPALITY:
            del self.fields["how"], self.fields["scan"]
            self.fields["day"].label = gettext_lazy("The plan takes effect on")


class AcceptForm(ActForm):
    """Why a limit is passed."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "It stays in the history with your name. Write nothing about illness or other private causes."
        ),
    )
