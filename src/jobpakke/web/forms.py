"""Forms as Det Fælles Designsystem draws them, and the one way from a form to a verb."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jobpakke.access.policies import AccessRefusal
from jobpakke.lib.refusal import Refused
from jobpakke.web.conflict import conflict
from jobpakke.web.errors import sentences
from jobpakke.web.viewing import EARLIEST, LATEST

MEANWHILE = "CHANGED_MEANWHILE"
"""Stands in every code that says that somebody else was first."""

DATE_FORMATS = ("%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y")


class DayInput(forms.DateInput):
    """A native date field, which phones know how to fill in."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day between 1990 and 2100."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=DayInput(),
            input_formats=DATE_FORMATS,
            error_messages={"invalid": _("Write a date, for example 01-09-2026.")},
            **kwargs,
        )

    def clean(self, value: Any) -> date | None:
        """The day, or None where it may be empty."""
        day: date | None = super().clean(value)
        if day is not None and not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(_("The date must lie between 1990 and 2100."))
        return day


def hours_field(label: Any, **more: Any) -> forms.DecimalField:
    """So many hours a week, to the tenth; empty: not said. ``more``: what the form itself asks of them."""
    return forms.DecimalField(label=label, required=False, localize=True, max_digits=4, decimal_places=1, **more)


class ActForm(forms.Form):
    """A form that is sent to a verb: what the verb refuses stands above it, and nothing typed is lost."""

    use_required_attribute = False
    differs: Sequence[tuple[str, str, str]] = ()
    """Label, the other's text and one's own, where two wrote at once."""

    def carried_out(self, verb: Callable[[dict[str, Any]], object], names: Mapping[object, str] | None = None) -> bool:
        """Validates, calls the verb with the cleaned data, and says whether it was done."""
        if not self.is_valid():
            return False
        try:
            verb(self.cleaned_data)
        except Refused as refused:
            if any(refusal.code in tuple(AccessRefusal) for refusal in refused.refusals):
                raise
            self.refused(refused)
            for text in sentences(refused, names):
                self.add_error(None, text)
            return False
        return True

    def refused(self, refused: Refused) -> None:
        """What else a form shows of what its verb refused."""


class SeenForm(ActForm):
    """A form that words anew what stands. It carries what one had ``seen``; when somebody else saved meanwhile, it
    shows both texts, and saving again then means one's own.

    ``held``: what stands now by field, and under ``seen`` what tells it from what stood before.
    """

    seen: forms.Field = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, *, held: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(data, initial=dict(held), **kwargs)
        self.held = held

    def refused(self, refused: Refused) -> None:
        """Both texts, where somebody else was first."""
        if not any(MEANWHILE in str(refusal.code) for refusal in refused.refusals):
            return
        self.differs = conflict(self, self.held)
        self.data = self.data.copy()  # type: ignore[attr-defined]  # what was posted, with what stands now
        self.data["seen"] = str(self.held.get("seen", ""))  # type: ignore[index]
