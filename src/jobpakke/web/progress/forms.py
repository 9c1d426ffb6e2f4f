"""Answering a questionnaire, and writing the questions of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from jobpakke.method.progress import MOST
from jobpakke.packages.questionnaires import Question, Questionnaire, Words
from jobpakke.packages.services.progress import MOST_QUESTIONS, Wording
from jobpakke.web.forms import ActForm, DayField

SPARE = 3
"""Empty rows under the questions, for new ones."""


class MeasureForm(ActForm):
    """One choice of five for each question, or none. ``day``: with a day to choose."""

    def __init__(
        self, data: Any, asked: Questionnaire, *, language: str, day: bool, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        if day:
            self.fields["answered_on"] = DayField(label=_("Answered on"))
        points = [(str(number), words.in_language(language)) for number, words in enumerate(asked.points, start=1)]
        for question in asked.questions:
            self.fields[f"q_{question.code}"] = forms.ChoiceField(
                label=question.text.in_language(language),
                required=False,
                choices=[*points, ("", _("I do not answer this"))],
                widget=forms.RadioSelect(),
            )

    @property
    def questions(self) -> list[forms.BoundField]:
        """The fields that are questions."""
        return [self[name] for name in self.fields if name.startswith("q_")]

    @staticmethod
    def points(data: Mapping[str, Any]) -> dict[str, int]:
        """What was answered, by the code of the question."""
        return {name[2:]: int(value) for name, value in data.items() if name.startswith("q_") and value}


def points_initial(points: Mapping[str, int]) -> dict[str, str]:
    """The same for a form to begin with."""
    return {f"q_{code}": str(point) for code, point in points.items()}


_PARTS = {
    "text_da": (_("Question in Danish"), 200),
    "text_en": (_("Question in English"), 200),
    "short_da": (_("Short name in Danish"), 40),
    "short_en": (_("Short name in English"), 40),
}
_POINTS = {"da": _("Danish"), "en": _("English")}
Rows = list[forms.BoundField]


class QuestionsForm(ActForm):
    """The questions of a version: a row each, some empty ones for more; the words of the points; and from when."""

    name = forms.CharField(label=_("Name"), max_length=120)
    starts_on = DayField(label=_("In force from"))
    rows = forms.IntegerField(widget=forms.HiddenInput(), min_value=1, max_value=MOST_QUESTIONS + SPARE)

    def __init__(self, data: Any, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        for number in range(1, MOST + 1):
            for language, label in _POINTS.items():
                self.fields[f"point_{number}_{language}"] = forms.CharField(label=label, max_length=40)
        for number in range(self.count):
            code = RegexValidator("^[a-z0-9_]{1,60}$")
            self.fields[f"code_{number}"] = forms.CharField(widget=forms.HiddenInput(), validators=[code])
            for part, (label, longest) in _PARTS.items():
                self.fields[f"{part}_{number}"] = forms.CharField(label=label, max_length=longest, required=False)

    @property
    def count(self) -> int:
        """How many rows the page that was sent had, or the page to be shown has."""
        sent = str(self.data.get("rows", "")) if self.is_bound else str(self.initial["rows"])
        return min(int(sent), MOST_QUESTIONS + SPARE) if sent.isascii() and sent.isdigit() else 1

    @property
    def point_rows(self) -> list[tuple[int, Rows]]:
        """The words of each point."""
        return [(number, [self[f"point_{number}_{each}"] for each in _POINTS]) for number in range(1, MOST + 1)]

    @property
    def question_rows(self) -> list[tuple[int, Rows]]:
        """The texts of each question; the hidden code first."""
        return [
            (number + 1, [self[f"code_{number}"], *(self[f"{part}_{number}"] for part in _PARTS)])
            for number in range(self.count)
        ]

    def clean(self) -> dict[str, Any]:
        """A row is either empty, and taken away, or whole."""
        data: dict[str, Any] = super().clean() or {}
        for number in range(self.count):
            names = [f"{part}_{number}" for part in _PARTS]
            if any(data.get(name) for name in names):
                for name in names:
                    if name in data and not data[name]:
                        self.add_error(name, _("Write it, or empty the whole row."))
        return data

    def wording(self, data: Mapping[str, Any]) -> Wording:
        """What was written; Danish and English of each text."""
        points = tuple(Words(*(data[f"point_{number}_{each}"] for each in _POINTS)) for number in range(1, MOST + 1))
        questions = tuple(
            Question(
                data[f"code_{number}"],
                Words(data[f"text_da_{number}"], data[f"text_en_{number}"]),
                Words(data[f"short_da_{number}"], data[f"short_en_{number}"]),
            )
            for number in range(self.count)
            if data[f"text_da_{number}"]
        )
        return Wording(data["name"], points, questions)


def questions_initial(asked: Questionnaire, new_codes: Iterable[str]) -> dict[str, Any]:
    """A version to begin from, and empty rows with codes of their own."""
    found: dict[str, Any] = {"name": asked.name}
    for number, words in enumerate(asked.points, start=1):
        found |= {f"point_{number}_da": words.da, f"point_{number}_en": words.en}
    for number, question in enumerate(asked.questions):
        found[f"code_{number}"] = question.code
        found |= {f"text_da_{number}": question.text.da, f"text_en_{number}": question.text.en}
        found |= {f"short_da_{number}": question.short.da, f"short_en_{number}": question.short.en}
    codes = list(new_codes)
    for number, code in enumerate(codes, start=len(asked.questions)):
        found[f"code_{number}"] = code
    return found | {"rows": len(asked.questions) + len(codes)}
