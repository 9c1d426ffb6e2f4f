"""Proposals of the parties: as facts for the method, and those that stand, read together with their package."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery

from jobpakke.method.parties import Side
from jobpakke.method.proposals import ProposalFact, ProposalState, Wanted
from jobpakke.method.week import WeekTime
from jobpakke.packages.json_rows import JsonRow, JsonRows
from jobpakke.packages.models import JobPackage, PlanVersion, Proposal


def proposal_fact(row: Proposal) -> ProposalFact:
    """A row as the method sees it."""
    return ProposalFact(
        ref=row.ref,
        wanted=Wanted(row.wanted),
        party=Side(row.party),
        made_on=row.made_on,
        step=row.step.ref if row.step else None,
        day=row.day,
        answered_on=row.answered_on,
        answer=ProposalState(row.answer) if row.answer else None,
        package_ended_on=row.package.ended_on,
    )


def times_wanted(row: Proposal) -> frozenset[WeekTime]:
    """The hours of the week that a proposal asks for."""
    return _times(row.times)


@dataclass(frozen=True, slots=True)
class Standing:
    """A proposal that waits for an answer; ``agreed``: a stop that was accepted and not carried out yet.

    ``step``: the primary key of the step; None: it concerns the whole package.
    """

    ref: UUID
    step: int | None
    party: str
    company: str
    """Its name; empty where the party is no company, or none that is named."""
    wanted: Wanted
    made_on: date
    agreed: bool
    day: date | None
    weekly_hours: Decimal | None
    times: frozenset[WeekTime]
    task: str
    end_reason: str


_FIELDS = (
    "ref",
    "step_id",
    "party",
    "company__name",
    "wanted",
    "made_on",
    "answered_on",
    "day",
    "weekly_hours",
    "times",
    "task",
    "end_reason",
)


def _listed(rows: QuerySet[Proposal], group: str) -> Subquery:
    """The proposals of one package or version as a JSON list; the rows name it by an OuterRef."""
    row = JsonRow(*(F(name) for name in _FIELDS))
    return Subquery(rows.order_by().values(group).annotate(rows=JsonRows(row)).values("rows"))


def with_standing(packages: QuerySet[JobPackage], *, on: date) -> QuerySet[JobPackage]:
    """The packages, each with the proposals that stand on the date: read them by ``standing``."""
    rows = Proposal.objects.filter(package=OuterRef("pk")).standing_on(on)
    return packages.annotate(standing_rows=_listed(rows, "package"))


def with_made_here(versions: QuerySet[PlanVersion]) -> QuerySet[PlanVersion]:
    """The versions, each with the proposals that were made in it: read them by ``made_here``."""
    return versions.annotate(made_here_rows=_listed(Proposal.objects.filter(led_to=OuterRef("pk")), "led_to"))


def made_here(version: PlanVersion) -> tuple[Standing, ...]:
    """The proposals of a version read ``with_made_here``, the oldest first; of another, none."""
    return _in_order(getattr(version, "made_here_rows", None), on=date.min)


def standing(package: JobPackage, *, on: date) -> tuple[Standing, ...]:
    """The proposals of a package read ``with_standing`` of the same date, the oldest first; of another, none."""
    return _in_order(getattr(package, "standing_rows", None), on=on)


def _in_order(rows: list[list[Any]] | None, *, on: date) -> tuple[Standing, ...]:
    found = (_standing(dict(zip(_FIELDS, row, strict=True)), on=on) for row in rows or ())
    return tuple(sorted(found, key=lambda each: (each.made_on, str(each.ref))))


def _standing(row: Mapping[str, Any], *, on: date) -> Standing:
    answered = _day(row["answered_on"])
    return Standing(
        ref=UUID(row["ref"]),
        step=row["step_id"],
        party=row["party"],
        company=row["company__name"] or "",
        wanted=Wanted(row["wanted"]),
        made_on=date.fromisoformat(row["made_on"]),
        agreed=answered is not None and answered <= on,
        day=_day(row["day"]),
        weekly_hours=None if row["weekly_hours"] is None else Decimal(str(row["weekly_hours"])),
        times=_times(row["times"]),
        task=row["task"],
        end_reason=row["end_reason"],
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _times(kept: Any) -> frozenset[WeekTime]:
    """From the column's own list; within a JSON list SQLite gives its text."""
    rows = json.loads(kept) if isinstance(kept, str) else kept
    return frozenset(
        WeekTime(weekday, time.fromisoformat(starts), time.fromisoformat(ends)) for weekday, starts, ends in rows
    )
