"""Questionnaires of the progress measure: as data that come with the program, and as a municipality's own."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jobpakke.method.progress import MOST, Answerer


@dataclass(frozen=True, slots=True)
class Words:
    """The same in Danish and in English."""

    da: str
    en: str

    def in_language(self, language: str | None) -> str:
        """Danish, unless English is asked for."""
        return self.en if (language or "").startswith("en") else self.da


@dataclass(frozen=True, slots=True)
class Question:
    """A statement to be answered by a point. ``code`` names what it asks about through all versions."""

    code: str
    text: Words
    short: Words


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """One version of the questions to one party; ``points``: the words of 1 to 5. ``own``: key of a municipality's own
    version, None for what comes with the program."""

    code: str
    version: int
    by: Answerer
    name: str
    points: tuple[Words, ...]
    questions: tuple[Question, ...]
    own: int | None = None

    @property
    def codes(self) -> frozenset[str]:
        """What it asks about."""
        return frozenset(question.code for question in self.questions)


def shipped() -> Mapping[tuple[str, int], Questionnaire]:
    """Every version that comes with the program, by code and number."""
    return _shipped()


@cache
def _shipped() -> Mapping[tuple[str, int], Questionnaire]:
    text = files("jobpakke.packages").joinpath("questionnaires.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["questionnaire"]
    return {(row["code"], row["version"]): _questionnaire(row) for row in rows}


def newest_shipped(by: Answerer) -> Questionnaire:
    """What a party is asked where the municipality has nothing of its own."""
    return max((each for each in shipped().values() if each.by is by), key=lambda each: each.version)


def _questionnaire(row: Mapping[str, Any]) -> Questionnaire:
    by = Answerer(row["by"])
    questions = questions_of(row["question"])
    return Questionnaire(row["code"], row["version"], by, row["name"], points_of(row["points"]), questions)


def points_of(rows: Iterable[Iterable[str]]) -> tuple[Words, ...]:
    """The words of the five points. Raises ValueError when there are more or fewer."""
    found = tuple(Words(*row) for row in rows)
    if len(found) != MOST:
        raise ValueError(f"{len(found)} points; there are {MOST}")
    return found


def questions_of(rows: Iterable[Mapping[str, Any]]) -> tuple[Question, ...]:
    """Questions from TOML or JSON. Raises ValueError when there is none, or a code stands twice."""
    found = tuple(Question(row["code"], Words(*row["text"]), Words(*row["short"])) for row in rows)
    if not found or len({each.code for each in found}) != len(found):
        raise ValueError("questions are needed, each with a code of its own")
    return found


def stored_points(points: Iterable[Words]) -> list[list[str]]:
    """The same as JSON."""
    return [[each.da, each.en] for each in points]


def stored_questions(questions: Iterable[Question]) -> list[dict[str, Any]]:
    """The same as JSON."""
    return [
        {"code": each.code, "text": [each.text.da, each.text.en], "short": [each.short.da, each.short.en]}
        for each in questions
    ]
