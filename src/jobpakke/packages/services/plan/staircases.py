"""A municipality's own ready-made staircases: copied from another, named, and changed step by step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from jobpakke.access.models import Municipality, User
from jobpakke.access.policies import AccessRefusal, Act, municipalities_for, require
from jobpakke.history.kinds import StaircaseChanged, StaircaseCopied
from jobpakke.history.services import Happening, record
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.lib.texts import plain
from jobpakke.packages.models import GoalForm, PlannedStep, StaircaseTemplate, SubGoal
from jobpakke.packages.ready_made import ReadyGoal, ReadyStaircase, ReadyStep, stored
from jobpakke.packages.rules import rules_of
from jobpakke.packages.services.plan.checks import PlanRefusal
from jobpakke.packages.services.writing import swap
from jobpakke.packages.shaping import check_steps


@transaction.atomic
def copy_staircase(
    *, actor: User, municipality: Municipality, source: ReadyStaircase, name: str, on: date
) -> StaircaseTemplate:
    """Copies a ready-made staircase, or one of the municipality's own, to a new one that it can change.

    Raises:
        Refused: ROLE_LACKS_ACT, the codes of plain, STAIRCASE_NAME_TAKEN (name).
    """
    if not municipalities_for(actor, Act.WORK_CASES, on=on).filter(pk=municipality.pk).exists():
        raise Refused(Refusal(AccessRefusal.ROLE_LACKS_ACT, {"act": Act.WORK_CASES.value}))
    row = StaircaseTemplate(
        municipality=municipality,
        name=plain(name, StaircaseTemplate.name.field),
        trade=source.trade,
        goal=source.goal,
        form=source.form,
        steps=stored(source.steps),
        kept_by=actor,
        kept_on=on,
    )
    _named(row.name, lambda: row.save(force_insert=True))
    record(Happening(StaircaseCopied(), actor.ref, row.ref, row.ref, on))
    return row


@transaction.atomic
def name_staircase(
    *,
    actor: User,
    template: StaircaseTemplate,
    name: str,
    trade: str,
    goal: str,
    form: GoalForm,
    seen: int,
    on: date,
) -> StaircaseTemplate:
    """Gives a municipality's own staircase another name, trade or goal. ``seen``: the ``edits`` one had read.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, the codes of plain, STAIRCASE_NAME_TAKEN (name),
            CHANGED_MEANWHILE_BY_ANOTHER.
    """
    require(actor, Act.WORK_CASES, template, on=on)
    columns = {
        "name": plain(name, StaircaseTemplate.name.field),
        "trade": plain(trade, StaircaseTemplate.trade.field, needed=False),
        "goal": plain(goal, StaircaseTemplate.goal.field),
        "form": form.value,
    }
    _named(columns["name"], lambda: swap(_as_read(template, seen), edits=F("edits") + 1, **columns))
    template.refresh_from_db(fields=[*columns, "edits"])
    record(Happening(StaircaseChanged(), actor.ref, template.ref, template.ref, on))
    return template


@transaction.atomic
def shape_staircase(
    *, actor: User, template: StaircaseTemplate, steps: tuple[ReadyStep, ...], seen: int, on: date
) -> StaircaseTemplate:
    """Gives a municipality's own staircase other steps (packages.shaping); plans laid from it stay as they are.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, the codes of plain and check_steps, CHANGED_MEANWHILE_BY_ANOTHER.
    """
    require(actor, Act.WORK_CASES, template, on=on)
    rules = rules_of(template.municipality_id, on=on)
    written = check_steps(tuple(_written(step) for step in steps), rules, on=on)
    swap(_as_read(template, seen), edits=F("edits") + 1, steps=stored(written))
    template.refresh_from_db(fields=["steps", "edits"])
    record(Happening(StaircaseChanged(), actor.ref, template.ref, template.ref, on))
    return template


def _written(step: ReadyStep) -> ReadyStep:
    goals = tuple(_written_goal(goal) for goal in step.sub_goals)
    return replace(step, title=plain(step.title, PlannedStep.title.field), sub_goals=goals)


def _written_goal(goal: ReadyGoal) -> ReadyGoal:
    which = plain(goal.demand.which, SubGoal.which.field, needed=False)
    return replace(goal, title=plain(goal.title, SubGoal.title.field), demand=replace(goal.demand, which=which))


def _as_read(template: StaircaseTemplate, seen: int) -> QuerySet[StaircaseTemplate]:
    return StaircaseTemplate.objects.in_use().filter(pk=template.pk, edits=seen)


def _named(name: str, write: Callable[[], object]) -> None:
    try:
        with transaction.atomic():
            write()
    except IntegrityError as error:
        raise Refused(Refusal(PlanRefusal.STAIRCASE_NAME_TAKEN, {"name": name})) from error
