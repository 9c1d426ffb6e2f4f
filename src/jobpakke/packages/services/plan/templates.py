"""Laying a ready-made staircase, and keeping a plan as one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction

from jobpakke.access.models import User
from jobpakke.access.policies import Act, require
from jobpakke.companies.models import Workplace
from jobpakke.history.kinds import StaircaseKept, StaircaseLaid, StaircaseRetired
from jobpakke.history.services import Happening, record
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.lib.texts import plain
from jobpakke.method.step_kinds import STEP_KINDS, EvidenceKind, StepKind
from jobpakke.packages.facts import Plan, plan_of_version
from jobpakke.packages.models import JobGoal, PlannedStep, PlanVersion, StaircaseTemplate
from jobpakke.packages.ready_made import ReadyGoal, ReadyStaircase, ReadyStep, days_of, stored
from jobpakke.packages.services.plan.checks import PlanRefusal, StepFacts, take
from jobpakke.packages.services.plan.laying import lay_step
from jobpakke.packages.services.plan.sub_goals import add_sub_goal
from jobpakke.packages.services.writing import note, require_package_work, swap


@transaction.atomic
def lay_staircase(
    *,
    actor: User,
    version: PlanVersion,
    staircase: ReadyStaircase,
    starts_on: date,
    on: date,
    workplace: Workplace | None = None,
    seen: int | None = None,
) -> list[PlannedStep]:
    """Lays all steps of a ready-made staircase in a draft, after those that are there, from a day on.

    Steps that take place at work get the workplace. A goal without a trade is counted as that of the staircase.
    ``seen``: the ``edits`` of the draft one had read, so that two do not lay one staircase upon another.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, the codes of take, lay_step and add_sub_goal.
    """
    require_package_work(actor, version.package, on=on)
    take(version, on=on, seen=seen)
    _count_goal(version, staircase.counted_as)
    laid: list[PlannedStep] = []
    for ready, days in zip(staircase.steps, days_of(staircase.steps, starts_on=starts_on), strict=True):
        at_work = STEP_KINDS[ready.kind].needs_workplace
        facts = StepFacts(
            kind=ready.kind,
            title=ready.title,
            starts_on=days.start,
            ends_on=days.end or days.start,
            weekly_hours=None if ready.hours is None else Decimal(str(ready.hours)),
            workplace=workplace if at_work else None,
            needs=tuple(laid[need].step for need in ready.needs),
        )
        planned = lay_step(actor=actor, version=version, facts=facts, on=on)
        for goal in ready.sub_goals:
            add_sub_goal(
                actor=actor,
                planned=planned,
                title=goal.title,
                evidence_kind=goal.evidence,
                demand=goal.demand,
                on=on,
            )
        laid.append(planned)
    note(actor, version.package, version.ref, StaircaseLaid(version.number), on)
    return laid


@transaction.atomic
def keep_staircase(*, actor: User, version: PlanVersion, name: str, on: date) -> StaircaseTemplate:
    """Keeps the steps of a plan as a ready-made staircase of the municipality: what is done, not who or where.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, the codes of plain, PLAN_WITHOUT_STEPS, STAIRCASE_NAME_TAKEN (name).
    """
    require_package_work(actor, version.package, on=on)
    plan = plan_of_version(version)
    if not plan.planned:
        raise Refused(Refusal(PlanRefusal.PLAN_WITHOUT_STEPS, {}))
    name = plain(name, StaircaseTemplate.name.field)
    try:
        with transaction.atomic():
            row = StaircaseTemplate.objects.create(
                municipality=version.package.municipality,
                name=name,
                goal=version.goal.title,
                form=version.goal.form,
                steps=stored(_ready(plan)),
                kept_by=actor,
                kept_on=on,
            )
    except IntegrityError as error:
        raise Refused(Refusal(PlanRefusal.STAIRCASE_NAME_TAKEN, {"name": name})) from error
    record(Happening(StaircaseKept(), actor.ref, row.ref, row.ref, on))
    return row


@transaction.atomic
def retire_staircase(*, actor: User, template: StaircaseTemplate, on: date) -> None:
    """Puts a municipality's own staircase away; plans that were laid from it stay as they are.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, CHANGED_MEANWHILE_BY_ANOTHER.
    """
    require(actor, Act.WORK_CASES, template, on=on)
    swap(StaircaseTemplate.objects.filter(pk=template.pk, retired_on__isnull=True), retired_on=on)
    record(Happening(StaircaseRetired(), actor.ref, template.ref, template.ref, on))


def _count_goal(version: PlanVersion, trade: str) -> None:
    """The goal of the version before stays as it was."""
    goal = version.goal
    if not trade or goal.trade:
        return
    read = PlanVersion.objects.filter(pk=version.pk, goal=goal)
    version.goal = JobGoal.objects.create(
        title=goal.title, form=goal.form, workplace=goal.workplace, function=goal.function, trade=trade
    )
    swap(read, goal=version.goal)


def _ready(plan: Plan) -> list[ReadyStep]:
    """In an order in which each step comes after those it needs."""
    facts = {fact.ref: fact for fact in plan.steps}
    rows = {row.step.ref: row for row in plan.planned}
    number = {ref: index for index, ref in enumerate(plan.ladder.order)}
    return [
        ReadyStep(
            kind=StepKind(rows[ref].step.kind),
            title=rows[ref].title,
            weeks=max(1, round((rows[ref].ends_on - rows[ref].starts_on).days / 7)),
            hours=None if rows[ref].weekly_hours is None else float(rows[ref].weekly_hours or 0),
            needs=tuple(sorted(number[need] for need in facts[ref].needs)),
            sub_goals=tuple(
                ReadyGoal(goal.title, EvidenceKind(goal.evidence_kind), goal.demand)
                for goal in plan.sub_goals.get(rows[ref].step_id, ())
            ),
        )
        for ref in plan.ladder.order
    ]
