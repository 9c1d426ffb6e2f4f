"""Forms of signed papers."""

from __future__ import annotations

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from jobpakke.packages.models import Party
from jobpakke.web.forms import ActForm, DayField
from jobpakke.web.plans.fields import scan_field


class SignedCopyForm(ActForm):
    """A scan with who signed and when."""

    scan = scan_field(gettext_lazy("The file"))
    parties = forms.MultipleChoiceField(
        label=gettext_lazy("Who has signed"),
        choices=[(value, capfirst(label)) for value, label in Party.choices],
        widget=forms.CheckboxSelectMultiple,
    )
    day = DayField(label=gettext_lazy("Signed on"))


class EndCopyForm(ActForm):
    """Why a signed copy counts no more, or its file goes."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It stays with your name. Name nobody else, and nothing private."),
    )
