"""Giving a fact with a life an end."""

from copy import copy
from datetime import date
from typing import TypeVar

from jobpakke.history.models import PeriodRow
from jobpakke.lib.clock import now
from jobpakke.lib.refs import new_ref

Row = TypeVar("Row", bound=PeriodRow)


def with_end(row: Row, ends_on: date) -> Row | None:
    """The same fact with an end; the row without it stays readable as what was known until now.

    None: it was closed meanwhile, and nothing was changed. The row must have a ref.
    """
    moment = now()
    if type(row)._default_manager.filter(pk=row.pk, superseded_at__isnull=True).update(superseded_at=moment) != 1:
        return None
    known = copy(row)
    known.pk, known.ends_on, known.recorded_at = None, ends_on, moment
    known.ref = new_ref()  # type: ignore[attr-defined]  # of the models that have one
    known._state.adding = True
    known.save(force_insert=True)
    return known
