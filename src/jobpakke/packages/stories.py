"""Reading case stories: what a note of a programme tells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from jobpakke.access.models import Municipality
from jobpakke.packages.models import CaseStory, Programme


@dataclass(frozen=True, slots=True)
class ToldStory:
    """A story as it is told: under a made-up name, paragraph by paragraph."""

    told_as: str
    paragraphs: tuple[str, ...]


def told_stories(
    programme: Programme, *, of: date, made_on: date, among: QuerySet[Municipality] | None = None
) -> tuple[ToldStory, ...]:
    """The stories of a programme that its note of one date, made on another, tells, in the order in which they were
    written; of the municipalities in ``among``, as its figures are. One query."""
    rows = CaseStory.objects.told_in(of=of, made_on=made_on).filter(package__programme=programme)
    if among is not None:
        rows = rows.filter(package__municipality__in=among)
    words = rows.order_by("written_on", "pk").values_list("told_as", "text")
    return tuple(ToldStory(told_as, paragraphs(text)) for told_as, text in words)


def paragraphs(text: str) -> tuple[str, ...]:
    """What empty lines set apart."""
    return tuple(part.strip() for part in re.split(r"\n\s*\n", text) if part.strip())
