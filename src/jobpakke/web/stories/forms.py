"""Forms of a case story."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from jobpakke.packages.models import CaseStory, HowTold
from jobpakke.packages.models.package import OnBehalfReason
from jobpakke.web.forms import ActForm, DayField, SeenForm


class LinesField(forms.CharField):
    """Text of many lines; a line's end counts as one sign, as it does where one types."""

    def to_python(self, value: Any) -> Any:
        """The text with plain line ends."""
        text = super().to_python(value)
        return text.replace("\r\n", "\n") if isinstance(text, str) else text


class WriteStoryForm(SeenForm):
    """The made-up name and the text."""

    told_as = forms.CharField(
        label=_("Told under the name"),
        max_length=CaseStory.told_as.field.max_length,
        help_text=_("A made-up name, never the citizen's own."),
    )
    text = LinesField(
        label=_("The story"),
        max_length=CaseStory.text.field.max_length,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_(
            "In Danish. An empty line begins a new paragraph. Name nobody: neither family, colleagues nor the"
            " workplace."
        ),
    )


class AskForm(ActForm):
    """When and how the citizen was asked."""

    day = DayField(label=_("Asked on"))
    how = forms.ChoiceField(
        label=_("How"), choices=[(value, capfirst(text)) for value, text in HowTold.choices], widget=forms.RadioSelect
    )


class ConsentForm(ActForm):
    """When and how the citizen consented."""

    day = DayField(label=_("Consented on"))
    how = forms.ChoiceField(
        label=_("How the consent was given"),
        choices=[(value, capfirst(text)) for value, text in OnBehalfReason.choices],
        widget=forms.RadioSelect,
    )


class WithdrawForm(AskForm):
    """When and how the citizen took the consent back."""

    day = DayField(label=_("Taken back on"))
