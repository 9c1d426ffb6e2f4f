"""Cases that changed hands lately, read as one value beside the citizen: no query and no join of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from jobpakke.access.models import User
from jobpakke.citizens.models import CaseTransfer, HandOver
from jobpakke.lib.refs import Ref


@dataclass(frozen=True, slots=True)
class News:
    """A hand-over or transfer: its ref, its day, and from whom (or to or from which municipality)."""

    ref: Ref
    day: date
    source: str


def received(user: User, *, on: date) -> Subquery:
    """Of a citizen: the hand-over by which the user got the case, while it is news."""
    return _told(HandOver.objects.news_on(on, user), "starts_on", "giver__full_name")


def offered(user: User, *, on: date, today: date) -> Subquery:
    """Of a citizen: the transfer that waits for an answer of a municipality in which the user leads."""
    return _told(CaseTransfer.objects.waiting_on(on).offered_to(user, on=today), "sent_on", "sender__name")


def leaving(*, on: date) -> Subquery:
    """Of a citizen: the transfer that waits, wherever it goes."""
    return _told(CaseTransfer.objects.waiting_on(on), "sent_on", "receiver__name")


def returned(*, on: date) -> Subquery:
    """Of a citizen: the transfer that was sent back lately."""
    return _told(CaseTransfer.objects.returned_lately(on), "returned_on", "receiver__name")


def _told(rows: QuerySet[Any], day: str, source: str) -> Subquery:
    told = JSONObject(ref="ref", day=day, source=source)
    return Subquery(rows.filter(citizen=OuterRef("pk")).annotate(told=told).values("told")[:1])


def news_of(told: Mapping[str, str | None] | None) -> News | None:
    """What one of the annotations above holds."""
    if told is None:
        return None
    return News(UUID(str(told["ref"])), date.fromisoformat(str(told["day"])), told["source"] or "")
