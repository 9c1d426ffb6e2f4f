"""How the rows of a follow-up are written in a table."""

from __future__ import annotations

from django import template

from jobpakke.followup.groups import Grouping
from jobpakke.followup.tables import StatusRow
from jobpakke.web.followup import words

register = template.Library()


@register.filter
def whose(row: StatusRow, by: Grouping) -> str:
    """The municipality, or the other group, of a row."""
    return words.row_name(row, by)


@register.filter
def rate(row: StatusRow) -> str:
    """Self-support with its interval."""
    return words.rate_text(row)


@register.filter
def unless_hidden(number: int | None) -> str:
    """A count, or that it must not be shown."""
    return words.number_text(number)
