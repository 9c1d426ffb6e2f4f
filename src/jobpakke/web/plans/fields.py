"""Fields that find a workplace or a function by what a caseworker types, and hours of a week as one writes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import time
from typing import Any, Generic, TypeVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobpakke.companies.models import WorkFunction, Workplace
from jobpakke.lib.names import sort_key
from jobpakke.method.week import WeekTime

Found = TypeVar("Found", Workplace, WorkFunction)
MOST_SUGGESTED = 100


class FindField(forms.CharField, Generic[Found]):
    """Finds one of the rows by its name as suggested, by a number in it, or by a part that fits one only."""

    rows: Callable[[], Iterable[Found]]

    def __init__(self, *, named: Callable[[Found], str], unknown: Callable[[str], str], **kwargs: Any) -> None:
        super().__init__(required=False, max_length=240, **kwargs)
        self.named: Callable[[Found], str] = named
        self.unknown = unknown
        self.rows = list

    def suggestions(self) -> list[str]:
        """What the browser offers while one types."""
        return [self.named(row) for row in self.rows()][:MOST_SUGGESTED]

    def clean(self, value: Any) -> Any:
        """The row, or None when nothing was typed."""
        text = super().clean(value)
        if not text:
            return None
        names = [(sort_key(self.named(row)), row) for row in self.rows()]
        wanted = sort_key(text)
        fitting = [row for name, row in names if name == wanted] or [row for name, row in names if wanted in name]
        if len(fitting) == 1:
            return fitting[0]
        if not fitting:
            raise forms.ValidationError(self.unknown(text))
        several = "; ".join(self.named(row) for row in fitting[:5])
        raise forms.ValidationError(_("Several fit: %(several)s. Write one of them in full.") % {"several": several})


def place_name(place: Workplace) -> str:
    """A workplace with the number that tells it from others of the same name."""
    return f"{place.name} ({place.p_number})"


def function_name(function: WorkFunction) -> str:
    """A function with its workplace."""
    return f"{function.title}, {place_name(function.workplace)}"


def place_field(label: Any, help_text: Any = "") -> FindField[Workplace]:
    """A workplace of the register."""
    return FindField(
        label=label,
        help_text=help_text,
        named=place_name,
        unknown=lambda _text: _("No workplace in your register fits. Enter it under Companies first."),
    )


def function_field(label: Any, help_text: Any = "") -> FindField[WorkFunction]:
    """A function at a workplace of the register."""
    return FindField(
        label=label,
        help_text=help_text,
        named=function_name,
        unknown=lambda _text: _("No function at your workplaces fits. Describe it on the company's page first."),
    )


class SuggestInput(forms.TextInput):
    """A text field with suggestions of the browser's own."""

    template_name = "plans/suggest.html"
    suggestions: Callable[[], list[str]]

    def __init__(self) -> None:
        super().__init__(attrs={"autocomplete": "off"})
        self.suggestions = list

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the id of the list that the template adds."""
        context = super().get_context(name, value, attrs)
        list_id = f"{context['widget']['attrs'].get('id', name)}-forslag"
        context["widget"]["attrs"]["list"] = list_id
        return {**context, "list_id": list_id, "suggestions": self.suggestions()}


_TIME = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?\s*[-–]\s*(\d{1,2})(?:[.:](\d{2}))?")  # noqa: RUF001  # a Danish dash


class DayTimesField(forms.CharField):
    """The hours of one weekday as one writes them: 8-12, or 8.30-12.00 and 13-15."""

    def __init__(self, weekday: int, label: Any) -> None:
        super().__init__(
            required=False, max_length=60, label=label, widget=forms.TextInput(attrs={"autocomplete": "off"})
        )
        self.weekday = weekday

    def clean(self, value: Any) -> list[WeekTime]:
        """The hours, in order."""
        text = super().clean(value)
        rest = _TIME.sub("", text)
        if re.sub(r"[\s,;&]|og|and|kl\.?", "", rest):
            raise forms.ValidationError(_("Write hours as 8-12 or 8.30-12.00, with a comma between two of them."))
        try:
            return [
                WeekTime(self.weekday, time(int(h1), int(m1 or 0)), time(int(h2), int(m2 or 0)))
                for h1, m1, h2, m2 in _TIME.findall(text)
            ]
        except ValueError as error:
            raise forms.ValidationError(_("The hours must begin before they end, between 0.00 and 23.59.")) from error


def written(times: Iterable[WeekTime]) -> str:
    """The hours of one day as DayTimesField reads them."""
    return ", ".join(f"{_clock(each.starts)}-{_clock(each.ends)}" for each in sorted(times))


def _clock(at: time) -> str:
    return f"{at.hour}.{at.minute:02d}" if at.minute else str(at.hour)


def scan_field(label: Any, *, needed: bool = True) -> forms.FileField:
    """A file; what it is and whether it is taken is for ``packages.scans`` to say."""
    return forms.FileField(
        label=label,
        required=needed,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
        help_text=gettext_lazy("PDF, JPEG or PNG, at most 10 MB. If this page comes back, choose the file again."),
    )
