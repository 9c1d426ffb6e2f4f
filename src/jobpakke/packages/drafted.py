"""What a draft said on a day: written down before it is changed, and read back for a page of that day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from jobpakke.companies.models import Company, Workplace
from jobpakke.lib.refs import Ref
from jobpakke.packages.models import Commitment, DraftWording, JobGoal, PlannedStep, PlanVersion, Step, SubGoal

Said = Mapping[str, Any]


def said_by(version: PlanVersion) -> dict[str, Any]:
    """All that a draft says, as JSON values; seven queries."""
    rows = version.planned_steps.order_by("position", "pk").select_related("step", "workplace__company")
    goal = JobGoal.objects.select_related("workplace__company").get(versions=version)
    return {
        "goal": {"title": goal.title, "form": goal.form, "place": _place(goal.workplace)},
        "steps": [_step(row) for row in rows.prefetch_related("needs", "sub_goals")],
        "promises": [_promise(row) for row in Commitment.objects.laid_in(version)],
    }


def _step(row: PlannedStep) -> dict[str, Any]:
    return {
        "ref": str(row.ref),
        "step": str(row.step.ref),
        "kind": row.step.kind,
        "title": row.title,
        "starts_on": row.starts_on.isoformat(),
        "ends_on": row.ends_on.isoformat(),
        "weekly_hours": None if row.weekly_hours is None else str(row.weekly_hours),
        "times": row.times,
        "place": _place(row.workplace),
        "needs": [str(step.ref) for step in row.needs.all()],
        "sub_goals": [{"ref": str(goal.ref), **{name: getattr(goal, name) for name in _GOAL}} for goal in _goals(row)],
    }


_GOAL = ("title", "evidence_kind", "share", "level", "which", "position")


def _goals(row: PlannedStep) -> list[SubGoal]:
    return sorted(row.sub_goals.all(), key=lambda goal: (goal.position, goal.pk))


def _place(place: Workplace | None) -> dict[str, Any] | None:
    if place is None:
        return None
    company = {"pk": place.company_id, "ref": str(place.company.ref), "name": place.company.name}
    return {"pk": place.pk, "ref": str(place.ref), "name": place.name, "sector": place.sector, "company": company}


def _promise(row: Commitment) -> dict[str, Any]:
    company = row.company.name if row.company else ""
    due_on = row.due_on.isoformat() if row.due_on else None
    return {"ref": str(row.ref), "party": row.party, "company": company, "text": row.text, "due_on": due_on}


@dataclass(frozen=True, slots=True)
class Drafted:
    """The goal and the wordings of a draft on a day, to be read and not to be saved, with what each needs and must
    reach, by key; and the promises that were laid with it."""

    goal: JobGoal
    rows: tuple[PlannedStep, ...]
    needs: Mapping[int, frozenset[Ref]]
    sub_goals: Mapping[int, tuple[SubGoal, ...]]
    promises: tuple[Said, ...]


def with_drafted(rows: QuerySet[PlannedStep], on: date) -> QuerySet[PlannedStep]:
    """The wordings, each with what its version said at the end of the day, if that was kept: see ``drafted``."""
    kept = DraftWording.objects.on(on).filter(version=OuterRef("version"))
    return rows.annotate(draft_said=Subquery(kept.values("said")[:1]))


def drafted(rows: Sequence[PlannedStep], reached: Mapping[int, Iterable[SubGoal]]) -> Drafted | None:
    """What the version of the wordings said on the day they were read for; ``reached``: the sub-goals they have now,
    with their evidence. None: as they are, or nothing was kept."""
    said: Said | None = getattr(rows[0], "draft_said", None) if rows else None
    if said is None:
        return None
    version, now = rows[0].version, {str(row.ref): row for row in rows}
    version.goal = JobGoal(
        title=said["goal"]["title"], form=said["goal"]["form"], workplace=_place_of(said["goal"]["place"])
    )
    then = tuple(
        _row_of(each, now.get(each["ref"]), version, number) for number, each in enumerate(said["steps"], start=1)
    )
    known = {str(goal.ref): goal for row in rows for goal in reached.get(row.pk, ())}
    pairs = list(zip(then, said["steps"], strict=True))
    return Drafted(
        goal=version.goal,
        rows=then,
        needs={row.pk: frozenset(UUID(ref) for ref in each["needs"]) for row, each in pairs},
        sub_goals={row.pk: tuple(_goal_of(goal, known) for goal in each["sub_goals"]) for row, each in pairs},
        promises=tuple(said["promises"]),
    )


def _row_of(said: Said, row: PlannedStep | None, version: PlanVersion, number: int) -> PlannedStep:
    """The wording as it was; one that was taken out since is made up, with a key that no row has."""
    if row is None:
        step = Step(pk=-number, ref=UUID(said["step"]), kind=said["kind"], package=version.package)
        row = PlannedStep(pk=-number, ref=UUID(said["ref"]), step=step)
    row.version, row.title, row.times = version, said["title"], said["times"]
    row.starts_on, row.ends_on = date.fromisoformat(said["starts_on"]), date.fromisoformat(said["ends_on"])
    row.weekly_hours = Decimal(said["weekly_hours"]) if said["weekly_hours"] else None
    row.step.kind = said["kind"]
    place = _place_of(said["place"])
    if (place.pk if place else None) != row.workplace_id:
        row.workplace = place
        vars(row).pop("detail_rows", None)  # those are of the place of now
    return row


def _place_of(said: Said | None) -> Workplace | None:
    if said is None:
        return None
    company = Company(pk=said["company"]["pk"], ref=UUID(said["company"]["ref"]), name=said["company"]["name"])
    return Workplace(pk=said["pk"], ref=UUID(said["ref"]), name=said["name"], sector=said["sector"], company=company)


def _goal_of(said: Said, known: Mapping[str, SubGoal]) -> SubGoal:
    found = known.get(said["ref"])
    if found is None:
        found = SubGoal(ref=UUID(said["ref"]), **{name: said[name] for name in _GOAL})
        found.met_on = None
    return found
