"""The parties' answers to plan versions, read with the versions themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from jobpakke.packages.models import Approval, Party, PlanVersion, SealedBytes, SignedCopy


@dataclass(frozen=True, slots=True)
class Answered:
    """A party's yes: ``how`` somebody else gave it (empty: the party itself), ``by`` whom it was recorded, and the
    newest signed copy that carries the party's signature, if one is filed."""

    ref: UUID
    given_on: date
    how: str
    by: str
    copy: UUID | None


def with_answers(rows: QuerySet[PlanVersion]) -> QuerySet[PlanVersion]:
    """The versions as ``answers_of`` needs them; no query more."""
    return rows.annotate(**{f"said_{party.value}": Subquery(_said(party)) for party in Party})


def _said(party: Party) -> QuerySet[Approval, Any]:
    given = Approval.objects.filter(version=OuterRef("pk"), party=party)
    copies = SignedCopy.objects.filter(
        Exists(SealedBytes.objects.filter(copy=OuterRef("pk"))),
        version=OuterRef("version"),
        endings__isnull=True,
        **{f"by_{party.value}": True},
    )
    said = JSONObject(
        ref=F("ref"),
        given_on=F("given_on"),
        how=F("on_behalf_reason"),
        by=F("recorded_by__full_name"),
        copy=Subquery(copies.order_by("-pk").values("ref")[:1]),
    )
    return given.values(said=said)[:1]


def answers_of(version: PlanVersion) -> Mapping[Party, Answered]:
    """The answers of a version that was read ``with_answers``."""
    said = {party: getattr(version, f"said_{party.value}") for party in Party}
    return {
        party: Answered(
            ref=UUID(row["ref"]),
            given_on=date.fromisoformat(row["given_on"]),
            how=row["how"],
            by=row["by"],
            copy=UUID(row["copy"]) if row["copy"] else None,
        )
        for party, row in said.items()
        if row
    }
