"""What must be reached in the steps of a draft."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from jobpakke.access.models import User
from jobpakke.history.kinds import SubGoalAdded, SubGoalRemoved
from jobpakke.lib.names import sort_key
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.lib.texts import plain
from jobpakke.method.changes import ChangeRefusal
from jobpakke.method.evidence import NO_DEMAND, Demand, why_not_ask
from jobpakke.method.step_kinds import EvidenceKind, StepKind
from jobpakke.packages.models import PlannedStep, SubGoal
from jobpakke.packages.services.plan.checks import (
    PlanRefusal,
    check_evidence_kind,
    count_edit,
    refuse,
    require_words_as_read,
    take,
)
from jobpakke.packages.services.writing import note, require_package_work


@transaction.atomic
def add_sub_goal(
    *,
    actor: User,
    planned: PlannedStep,
    title: str,
    evidence_kind: EvidenceKind,
    on: date,
    demand: Demand = NO_DEMAND,
) -> SubGoal:
    """Adds what must be reached in a step of a draft, and what its evidence must say beyond its kind.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, the codes of take and plain, STEP_ENDED_STAYS, SUB_GOAL_TWICE,
            EVIDENCE_KIND_NOT_ALLOWED (allowed), the codes of why_not_ask.
    """
    version, step = planned.version, planned.step
    require_package_work(actor, version.package, on=on)
    take(version, on=on)
    _require_not_ended(planned)
    check_evidence_kind(StepKind(step.kind), evidence_kind)
    refuse(why_not_ask(evidence_kind, demand))
    title = plain(title, SubGoal.title.field)
    held = list(planned.sub_goals.all())
    if any(sort_key(goal.title) == sort_key(title) for goal in held):
        raise Refused(Refusal(PlanRefusal.SUB_GOAL_TWICE, {"title": title}))
    position = max((goal.position for goal in held), default=-1) + 1
    goal = SubGoal.objects.create(
        step=step,
        position=position,
        title=title,
        evidence_kind=evidence_kind,
        share=demand.share,
        level=demand.level,
        which=plain(demand.which, SubGoal.which.field, needed=False),
    )
    planned.sub_goals.add(goal)
    count_edit(planned)
    note(actor, version.package, goal.ref, SubGoalAdded(step.ref), on)
    return goal


@transaction.atomic
def remove_sub_goal(*, actor: User, planned: PlannedStep, goal: SubGoal, on: date, seen: int | None = None) -> None:
    """Takes a sub-goal out of a step of a draft. Versions that were agreed keep it, and its evidence stays.

    ``seen``: the ``edits`` of the step one had read, so that what somebody else wrote of it meanwhile is read first.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, the codes of take, STEP_ENDED_STAYS, SUB_GOAL_NOT_HERE,
            CHANGED_MEANWHILE_BY_ANOTHER.
    """
    version = planned.version
    require_package_work(actor, version.package, on=on)
    take(version, on=on)
    _require_not_ended(planned)
    if not planned.sub_goals.filter(pk=goal.pk).exists():
        raise Refused(Refusal(PlanRefusal.SUB_GOAL_NOT_HERE, {}))
    require_words_as_read(planned, seen)
    planned.sub_goals.remove(goal)
    SubGoal.objects.filter(pk=goal.pk, wordings__isnull=True, evidence__isnull=True).delete()
    count_edit(planned)
    note(actor, version.package, goal.ref, SubGoalRemoved(planned.step.ref), on)


def _require_not_ended(planned: PlannedStep) -> None:
    step = planned.step
    if step.ended_on is not None:
        raise Refused(Refusal(ChangeRefusal.STEP_ENDED_STAYS, {"step": step.ref, "ended_on": step.ended_on}))
