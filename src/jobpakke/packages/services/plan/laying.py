"""Laying the steps of a draft: add, word anew, extend, shorten, move, duplicate, order, remove."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.db.models import F

from jobpakke.access.models import User
from jobpakke.history.kinds import StepAdded, StepChanged, StepExtended, StepMoved, StepRemoved, StepShortened
from jobpakke.lib.periods import Period
from jobpakke.lib.refs import Ref
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.lib.texts import plain
from jobpakke.method.changes import why_not_change, why_not_extend, why_not_remove, why_not_shorten
from jobpakke.method.followers import moved_along
from jobpakke.method.ladder import StepFact
from jobpakke.method.lengths import most_steps
from jobpakke.method.step_kinds import EvidenceKind, StepKind
from jobpakke.packages.facts import plan_of_version
from jobpakke.packages.models import PlannedStep, PlanVersion, Step, SubGoal
from jobpakke.packages.rules import rules_of
from jobpakke.packages.services.plan.checks import (
    PlanRefusal,
    StepFacts,
    check_facts,
    check_graph,
    check_needs,
    next_position,
    refuse,
    require_as_read,
    require_words_as_read,
    take,
)
from jobpakke.packages.services.plan.drafting import remove_unworded
from jobpakke.packages.services.plan.sub_goals import add_sub_goal
from jobpakke.packages.services.support import mentors_follow
from jobpakke.packages.services.writing import WritingRefusal, note, require_package_work, swap
from jobpakke.packages.wording import order_mark, stored_times, times_of


@transaction.atomic
def lay_step(*, actor: User, version: PlanVersion, facts: StepFacts, on: date, goal: str = "") -> PlannedStep:
    """Adds a step to a draft, last in order. ``goal``: what must be reached in it first, shown by a signed statement
    unless one says otherwise later.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, the codes of take, plain, check_facts and (with a goal) add_sub_goal,
            PLAN_TOO_LONG (most), and the method's refusals of a graph that is no staircase.
    """
    require_package_work(actor, version.package, on=on)
    take(version, on=on)
    check_facts(version, facts)
    most = most_steps(rules_of(version.package.municipality_id, on=on), on=on)
    if version.planned_steps.count() >= most:
        raise Refused(Refusal(PlanRefusal.PLAN_TOO_LONG, {"most": most}))
    step = Step.objects.create(package=version.package, kind=facts.kind)
    planned = PlannedStep.objects.create(version=version, step=step, position=next_position(version), **_columns(facts))
    planned.needs.set(facts.needs)
    check_graph(version)
    note(actor, version.package, step.ref, StepAdded(facts.kind.value, facts.starts_on, facts.ends_on), on)
    if goal:
        add_sub_goal(actor=actor, planned=planned, title=goal, evidence_kind=EvidenceKind.STATEMENT, on=on)
    return planned


@transaction.atomic
def change_step(
    *, actor: User, planned: PlannedStep, facts: StepFacts, seen: int, on: date, along: bool = False
) -> PlannedStep:
    """Words a step of a draft anew. ``seen``: the ``edits`` of the wording that the actor had read. ``along``: what
    builds on it gets other days too, as ``moved_along`` says.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, the codes of take, plain and check_facts, STEP_KIND_STAYS, the codes of
            why_not_change and why_not_need, CHANGED_MEANWHILE_BY_ANOTHER, and the method's refusals of a graph that is
            no staircase.
    """
    version, step = planned.version, planned.step
    require_package_work(actor, version.package, on=on)
    take(version, on=on)
    check_facts(version, facts)
    _check_kind(planned, facts.kind)
    was, days = _days(planned), Period(facts.starts_on, facts.ends_on)
    refuse(why_not_change(_fact(planned), days, on=on))
    going = _followers(planned, days, on=on) if along else {}
    _swap(planned, seen, _columns(facts))
    mentors_follow(step, was, Period(facts.starts_on, facts.ends_on))
    planned.needs.set(facts.needs)
    Step.objects.filter(pk=step.pk).update(kind=facts.kind)
    check_graph(version)
    check_needs(version, on=version.asked_on(on), step=step.ref)
    note(actor, version.package, step.ref, StepChanged(facts.kind.value, facts.starts_on, facts.ends_on), on)
    _take_along(actor, version, going, on=on)
    return planned


@transaction.atomic
def extend_step(
    *, actor: User, planned: PlannedStep, ends_on: date, seen: int, on: date, along: bool = False
) -> PlannedStep:
    """Ends a step of a draft later. ``ends_on`` is the first day not included; ``along`` as in change_step.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, the codes of take and why_not_change, NOT_LATER (ends_on),
            CHANGED_MEANWHILE_BY_ANOTHER.
    """
    require_package_work(actor, planned.version.package, on=on)
    take(planned.version, on=on)
    refuse(why_not_extend(_days(planned), ends_on))
    was = _days(planned)
    going = _redate(planned, Period(planned.starts_on, ends_on), seen, on=on, along=along)
    note(actor, planned.version.package, planned.step.ref, StepExtended(ends_on, was.end), on)
    _take_along(actor, planned.version, going, on=on)
    return planned


@transaction.atomic
def shorten_step(
    *, actor: User, planned: PlannedStep, ends_on: date, seen: int, on: date, along: bool = False
) -> PlannedStep:
    """Ends a step of a draft earlier, but not before what has happened. ``along`` as in change_step.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, the codes of take and why_not_change, NOT_EARLIER (ends_on),
            STEP_DATES_REVERSED, CHANGED_MEANWHILE_BY_ANOTHER.
    """
    require_package_work(actor, planned.version.package, on=on)
    take(planned.version, on=on)
    refuse(why_not_shorten(_days(planned), ends_on))
    _require_order(planned.starts_on, ends_on)
    was = _days(planned)
    going = _redate(planned, Period(planned.starts_on, ends_on), seen, on=on, along=along)
    note(actor, planned.version.package, planned.step.ref, StepShortened(ends_on, was.end), on)
    _take_along(actor, planned.version, going, on=on)
    return planned


@transaction.atomic
def move_step(
    *,
    actor: User,
    planned: PlannedStep,
    starts_on: date,
    ends_on: date,
    seen: int,
    on: date,
    along: bool = False,
) -> PlannedStep:
    """Gives a step of a draft, which has not begun, other days. ``along`` as in change_step.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, the codes of take and why_not_change, STEP_DATES_REVERSED,
            CHANGED_MEANWHILE_BY_ANOTHER.
    """
    require_package_work(actor, planned.version.package, on=on)
    take(planned.version, on=on)
    _require_order(starts_on, ends_on)
    was = _days(planned)
    going = _redate(planned, Period(starts_on, ends_on), seen, on=on, along=along)
    note(actor, planned.version.package, planned.step.ref, StepMoved(starts_on, ends_on, was.start, was.end), on)
    _take_along(actor, planned.version, going, on=on)
    return planned


@transaction.atomic
def duplicate_step(*, actor: User, planned: PlannedStep, on: date, seen: int | None = None) -> PlannedStep:
    """Adds a step with the same words right after another: to repeat it, or to change less than writing it anew.

    It begins where the other ends and lasts as long. Its sub-goals are to be met again, by evidence of its own.
    ``seen``: the ``edits`` one had read, so that nobody repeats words that somebody else has changed meanwhile.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, the codes of lay_step, CHANGED_MEANWHILE_BY_ANOTHER.
    """
    require_package_work(actor, planned.version.package, on=on)
    take(planned.version, on=on)
    require_words_as_read(planned, seen)
    length = planned.ends_on - planned.starts_on
    facts = StepFacts(
        kind=StepKind(planned.step.kind),
        title=planned.title,
        starts_on=planned.ends_on,
        ends_on=planned.ends_on + length,
        weekly_hours=planned.weekly_hours,
        workplace=planned.workplace,
        needs=tuple(planned.needs.all()),
        times=times_of(planned),
    )
    copy = lay_step(actor=actor, version=planned.version, facts=facts, on=on)
    for goal in planned.sub_goals.all():
        copy.sub_goals.add(
            SubGoal.objects.create(
                step=copy.step,
                position=goal.position,
                title=goal.title,
                evidence_kind=goal.evidence_kind,
                share=goal.share,
                level=goal.level,
                which=goal.which,
            )
        )
    note(actor, planned.version.package, copy.step.ref, StepChanged(planned.step.kind), on)
    return copy


@transaction.atomic
def remove_step(*, actor: User, planned: PlannedStep, on: date, seen: int | None = None) -> None:
    """Takes a step that has not begun out of a draft. Versions that were agreed keep it.

    ``seen``: the ``edits`` one had read, so that what somebody else has written meanwhile is not thrown away.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, the codes of take and why_not_remove, STEP_NEEDED (by: titles of steps),
            CHANGED_MEANWHILE_BY_ANOTHER.
    """
    version, step = planned.version, planned.step
    require_package_work(actor, version.package, on=on)
    take(version, on=on)
    refuse(why_not_remove(_fact(planned)))
    needing = list(version.planned_steps.filter(needs=step).values_list("title", flat=True))
    if needing:
        raise Refused(Refusal(PlanRefusal.STEP_NEEDED, {"by": tuple(needing)}))
    rows = PlannedStep.objects.filter(pk=planned.pk)
    swap(rows if seen is None else rows.filter(edits=seen), edits=F("edits") + 1)
    rows.delete()
    remove_unworded(version.package)
    note(actor, version.package, step.ref, StepRemoved(step.kind), on)


@transaction.atomic
def place_step(*, actor: User, planned: PlannedStep, up: bool, on: date, seen: str | None = None) -> None:
    """Moves a step of a draft one place up or down in the list; at the end of it nothing changes.

    ``seen``: the ``order_mark`` of the list one had read, so that a list somebody else has ordered stays as it is.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, the codes of take, CHANGED_MEANWHILE_BY_ANOTHER.
    """
    version = planned.version
    require_package_work(actor, version.package, on=on)
    take(version, on=on)
    order = list(version.planned_steps.order_by("position", "pk"))
    require_as_read(order_mark(order), seen)
    here = next(index for index, row in enumerate(order) if row.pk == planned.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(order):
        return
    order[here], order[there] = order[there], order[here]
    for position, row in enumerate(order):
        row.position = position
    PlannedStep.objects.bulk_update(order, ["position"])
    note(actor, version.package, planned.step.ref, StepChanged(planned.step.kind), on)


def _columns(facts: StepFacts) -> dict[str, object]:
    return {
        "title": plain(facts.title, PlannedStep.title.field),
        "starts_on": facts.starts_on,
        "ends_on": facts.ends_on,
        "weekly_hours": facts.weekly_hours,
        "workplace": facts.workplace,
        "times": stored_times(facts.times),
    }


def _swap(planned: PlannedStep, seen: int, columns: dict[str, object]) -> None:
    if PlannedStep.objects.filter(pk=planned.pk, edits=seen).update(edits=F("edits") + 1, **columns) != 1:
        raise Refused(Refusal(WritingRefusal.CHANGED_MEANWHILE_BY_ANOTHER, {}))
    planned.refresh_from_db(fields=[*columns, "edits"])


def _redate(planned: PlannedStep, days: Period, seen: int, *, on: date, along: bool) -> dict[Ref, Period]:
    """Gives the step its days; the answer are those of what goes along, as the plan stood before."""
    refuse(why_not_change(_fact(planned), days, on=on))
    was, going = _days(planned), _followers(planned, days, on=on) if along else {}
    _swap(planned, seen, {"starts_on": days.start, "ends_on": days.end})
    mentors_follow(planned.step, was, days)
    return going


def _followers(planned: PlannedStep, days: Period, *, on: date) -> dict[Ref, Period]:
    return moved_along(plan_of_version(planned.version).steps, planned.step.ref, days, on=on)


def _take_along(actor: User, version: PlanVersion, going: Mapping[Ref, Period], *, on: date) -> None:
    """Each is an edit of its own: whoever had read one of them before is told."""
    for row in PlannedStep.objects.filter(version=version, step__ref__in=going).select_related("step"):
        was, days = _days(row), going[row.step.ref]
        PlannedStep.objects.filter(pk=row.pk).update(starts_on=days.start, ends_on=days.end, edits=F("edits") + 1)
        mentors_follow(row.step, was, days)
        moved = StepMoved(days.start, days.end or days.start, was.start, was.end or was.start)
        note(actor, version.package, row.step.ref, moved, on)


def _require_order(starts_on: date, ends_on: date) -> None:
    if ends_on <= starts_on:
        raise Refused(Refusal(PlanRefusal.STEP_DATES_REVERSED, {"start": starts_on, "end": ends_on}))


def _check_kind(planned: PlannedStep, kind: StepKind) -> None:
    if kind.value != planned.step.kind and planned.step.wordings.count() > 1:
        raise Refused(Refusal(PlanRefusal.STEP_KIND_STAYS, {"step_kind": planned.step.kind}))


def _days(planned: PlannedStep) -> Period:
    return Period(planned.starts_on, planned.ends_on)


def _fact(planned: PlannedStep) -> StepFact:
    steps = plan_of_version(planned.version).steps
    return next(step for step in steps if step.ref == planned.step.ref)
