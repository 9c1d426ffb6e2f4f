"""What is compared, and the file that counts come in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jobpakke.followup.context.models import BenefitImport
from jobpakke.followup.context.reading import LONGEST_BENEFIT
from jobpakke.web.forms import ActForm, DayField


class WindowForm(forms.Form):
    """A programme, a benefit, and from when to when."""

    use_required_attribute = False
    programme = forms.ChoiceField(label=_("Programme"))
    benefit = forms.ChoiceField(label=_("Benefit"))
    fra = DayField(label=_("From"))
    til = DayField(label=_("To"))

    def __init__(
        self, *args: Any, programmes: list[tuple[str, str]], benefits: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("programme", programmes), ("benefit", benefits)):
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # both are ChoiceFields


class CountsForm(ActForm):
    """A file from Statistikbanken; whether it can be used is for ``followup.context.reading`` to say."""

    file = forms.FileField(
        label=_("File from Statistikbanken"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv"}),
        help_text=_("CSV, at most 10 MB. If this page comes back, choose the file again."),
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=BenefitImport.source.field.max_length,
        help_text=_("Stands under every table, for example: Danmarks Statistik, AUK01."),
    )
    benefit = forms.CharField(
        label=_("What is counted"),
        required=False,
        max_length=LONGEST_BENEFIT,
        help_text=_("Only where the file has no column of benefits, for example: Ledige på kontanthjælp."),
    )
