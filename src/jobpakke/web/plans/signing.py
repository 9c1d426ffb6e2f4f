"""Forms of signed papers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from jobpakke.packages.answers import Companies
from jobpakke.web.forms import ActForm, DayField
from jobpakke.web.plans.fields import scan_field
from jobpakke.web.plans.speaking import choices_of


class SignedCopyForm(ActForm):
    """A scan with who signed and when."""

    scan = scan_field(gettext_lazy("The file"))
    parties = forms.MultipleChoiceField(label=gettext_lazy("Who has signed"), widget=forms.CheckboxSelectMultiple)
    day = DayField(label=gettext_lazy("Signed on"))

    def __init__(self, *args: Any, companies: Companies, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        signers = list(choices_of(companies, municipality=True))
        self.fields["parties"].choices = signers  # type: ignore[attr-defined]  # a choice field


class EndCopyForm(ActForm):
    """Why a signed copy counts no more, or its file goes."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It stays with your name. Name nobody else, and nothing private."),
    )
