"""Whether a workplace had closed on a day, and what had been told of it by then."""

from __future__ import annotations

from datetime import date

from django.db.models import OuterRef, Subquery
from django.db.models.fields.json import KT

from jobpakke.history.kinds import WorkplaceClosed, WorkplaceReopened
from jobpakke.history.models import Event

_KINDS = (WorkplaceClosed.code(), WorkplaceReopened.code())


def closing_said(ref: str, *, on: date) -> Subquery:
    """The day that the newest telling by the date names as the first of a closing, as text; null where none had been
    told, or it had been taken back. ``ref``: the path to the workplace's."""
    told = Event.objects.filter(subject=OuterRef(ref), kind__in=_KINDS, effective_on__lte=on)
    newest = told.order_by("-effective_on", "-recorded_at", "-pk")
    return Subquery(newest.annotate(day=KT("data__closed_on")).values("day")[:1])


def closing_told_after(ref: str, *, on: date) -> Subquery:
    """The day on which a closing was first told after the date."""
    told = Event.objects.filter(subject=OuterRef(ref), kind=WorkplaceClosed.code(), effective_on__gt=on)
    return Subquery(told.order_by("effective_on").values("effective_on")[:1])


def closing_stood(said: str | None, known: date | None, *, on: date) -> date | None:
    """The closing that a page of the date shows: the one that had been told, which may lie ahead or have been taken
    back since; else one that is ``known`` now and had happened, though nobody had told it yet."""
    if said:
        return date.fromisoformat(said)
    return known if known is not None and known <= on else None
