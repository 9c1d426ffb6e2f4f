"""Fills an empty database with the demonstration."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum

from django.db import transaction

from jobpakke.access.models import User
from jobpakke.demo import (
    agreements,
    bulk,
    cards,
    cares,
    cases,
    counts,
    freezing,
    hands,
    limits,
    mistakes,
    network,
    present,
    shared,
    staircases,
    stories,
    vip2,
)
from jobpakke.demo.ground import lay
from jobpakke.history.models import Event
from jobpakke.lib.clock import day_of
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.packages.models import Programme

Progress = Callable[[int, int], None]
"""Called with how much is done and how much there is."""

_PARTS = 4


class DemoRefusal(StrEnum):
    """Why the demonstration was not loaded."""

    DATABASE_NOT_EMPTY = "DATABASE_NOT_EMPTY"


def is_empty() -> bool:
    """Whether nobody is in the database yet."""
    return not User.objects.exists()


def is_loaded() -> bool:
    """Whether the demonstration is in the database already."""
    return Programme.objects.filter(code=vip2.CODE).exists()


def loaded_on() -> date:
    """The day on which the demonstration was loaded; its caseload of the present stands there."""
    first = Event.objects.order_by("pk").values_list("recorded_at", flat=True)[0]
    return day_of(first)


@transaction.atomic
def load(*, today: date, progress: Progress) -> int:
    """Loads everything; returns the number of citizens. Raises Refused (DATABASE_NOT_EMPTY)."""
    if not is_empty():
        raise Refused(Refusal(DemoRefusal.DATABASE_NOT_EMPTY))
    ground = lay(today)
    progress(1, _PARTS)
    citizens = bulk.load(vip2.lives(), ground)
    counts.take_in(ground, today)
    progress(2, _PARTS)
    citizens += cases.tell(ground)
    network.tell(ground)
    freezing.keep(ground, today)
    progress(3, _PARTS)
    citizens += bulk.load(present.lives(today), ground)
    agreements.tell(ground, today)
    cares.tell(ground, today)
    cards.tell(ground, today)
    stories.tell(ground, today)
    staircases.keep(ground, today)
    limits.decide(ground, today)
    citizens += hands.change(ground, today)
    citizens += shared.tell(ground, today)
    mistakes.tell(ground, today)
    progress(4, _PARTS)
    return citizens
