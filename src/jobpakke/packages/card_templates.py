"""What a competence card asks of everybody: versions as data that come with the program."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jobpakke.packages.questionnaires import Question, Words, points_of, questions_of


@dataclass(frozen=True, slots=True)
class CardTemplate:
    """One version of the card's content. ``levels``: the words of level 1 to 5, of every question."""

    code: str
    version: int
    levels: tuple[Words, ...]
    questions: tuple[Question, ...]


@cache
def templates() -> Mapping[tuple[str, int], CardTemplate]:
    """Every version that there has been, by code and number."""
    text = files("jobpakke.packages").joinpath("card_templates.toml").read_text(encoding="utf-8")
    return {
        (row["code"], row["version"]): CardTemplate(
            row["code"], row["version"], points_of(row["levels"]), questions_of(row["question"])
        )
        for row in tomllib.loads(text)["card"]
    }


def newest_template() -> CardTemplate:
    """What a card asks that is asked for now."""
    return max(templates().values(), key=lambda each: each.version)
