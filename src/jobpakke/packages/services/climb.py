"""Climbing the staircase: start, evidence, fulfil, end, waive."""

from datetime import date
from enum import StrEnum

from django.db import transaction

from jobpakke.access.models import User
from jobpakke.access.policies import Act, role_for
from jobpakke.history.kinds import EvidenceRecorded, GateWaived, StepEnded, StepFulfilled, StepStarted
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.lib.texts import plain
from jobpakke.method.corrections import why_not_unmeet
from jobpakke.method.evidence import why_not_show
from jobpakke.method.ladder import Ending, why_not_end, why_not_fulfil, why_not_start, why_not_waive
from jobpakke.method.step_kinds import EvidenceKind
from jobpakke.packages.facts import Plan, plan_of
from jobpakke.packages.models import CompetenceCard, EndReason, Evidence, LateReason, Step, SubGoal, Waiver
from jobpakke.packages.rules import check_plan
from jobpakke.packages.services.rules import require_rules
from jobpakke.packages.services.support import mentors_begin, why_not_begin_with_mentors
from jobpakke.packages.services.writing import (
    hold_waivers,
    note,
    require_not_ahead,
    require_open,
    require_package_work,
    swap,
)


class ClimbRefusal(StrEnum):
    """Why evidence was not taken (what the method refuses of steps stands in method.ladder)."""

    STARTED_LATE_WITHOUT_REASON = "STARTED_LATE_WITHOUT_REASON"
    ENDED_LATE_WITHOUT_REASON = "ENDED_LATE_WITHOUT_REASON"
    EVIDENCE_BEFORE_STEP = "EVIDENCE_BEFORE_STEP"
    EVIDENCE_AFTER_PACKAGE = "EVIDENCE_AFTER_PACKAGE"
    EVIDENCE_OF_ANOTHER_SUB_GOAL = "EVIDENCE_OF_ANOTHER_SUB_GOAL"
    EVIDENCE_REPLACED_ALREADY = "EVIDENCE_REPLACED_ALREADY"


@transaction.atomic
def start_step(*, actor: User, step: Step, started_on: date, on: date, late_reason: LateReason | None = None) -> Step:
    """Starts a step on a day, if its gate is open that day and the rules in force then allow it.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, DATE_AHEAD, STARTED_LATE_WITHOUT_REASON (started_on), PACKAGE_NOT_OPEN,
            what why_not_start, why_not_start_with (its mentors) and the rulebook (method.rules) say, WARNINGS_STAND,
            CHANGED_MEANWHILE_BY_ANOTHER.
    """
    require_package_work(actor, step.package, on=on)
    require_not_ahead(started_on, on=on)
    require_open(step.package, at=started_on)
    late = _late(late_reason, started_on, on=on)
    plan = plan_of(step.package, on=started_on)
    shut = why_not_start(plan.ladder, step.ref, on=started_on)
    shut = (*shut, *why_not_begin_with_mentors(step, started_on=started_on))
    if started_on < on and not late:
        silent = Refusal(ClimbRefusal.STARTED_LATE_WITHOUT_REASON, {"started_on": started_on, "today": on})
        shut = (*shut, silent)
    _refuse(shut)
    hold_waivers(plan, plan.ladder.steps[step.ref].needs)
    ruled = plan if started_on == on else _as_known(plan, step, on=on)
    require_rules(check_plan(ruled, on=started_on, starting=(step.ref, started_on), today=on), step.ref)
    rows = Step.objects.filter(pk=step.pk, started_on__isnull=True, ended_on__isnull=True)
    swap(rows, started_on=started_on, late_reason=late)
    step.started_on, step.late_reason = started_on, late
    mentors_begin(step, plan.ladder.steps[step.ref].planned, started_on)
    note(actor, step.package, step.ref, StepStarted(step.kind, late or None), started_on)
    return step


def _as_known(plan: Plan, step: Step, *, on: date) -> Plan:
    """What has been agreed and begun since the day of a start that is told late: the step lies beside that too."""
    now = plan_of(step.package, on=on)
    return now if any(row.step_id == step.pk for row in now.planned) else plan


@transaction.atomic
def fulfil_step(
    *, actor: User, step: Step, fulfilled_on: date, on: date, late_reason: LateReason | None = None
) -> Step:
    """Ends a step as fulfilled; from ``fulfilled_on`` on it is no longer under way and what needs it may start.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, DATE_AHEAD, ENDED_LATE_WITHOUT_REASON (ended_on), what why_not_fulfil says,
            CHANGED_MEANWHILE_BY_ANOTHER.
    """
    require_package_work(actor, step.package, on=on)
    require_not_ahead(fulfilled_on, on=on)
    late = _late(late_reason, fulfilled_on, on=on)
    plan = plan_of(step.package, on=fulfilled_on)
    why_not = why_not_fulfil(plan.ladder, step.ref, on=fulfilled_on)
    _refuse((*why_not, *_silent(late, fulfilled_on, on=on)))
    hold_waivers(plan, [step.ref])
    _end(step, fulfilled_on, Ending.FULFILLED, "", late)
    note(actor, step.package, step.ref, StepFulfilled(step.kind, late or None), fulfilled_on)
    return step


@transaction.atomic
def end_step(
    *, actor: User, step: Step, ended_on: date, reason: EndReason, on: date, late_reason: LateReason | None = None
) -> Step:
    """Ends a step without fulfilment; ``ended_on`` is the first day it is no longer under way.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, DATE_AHEAD, ENDED_LATE_WITHOUT_REASON (ended_on), what why_not_end says,
            CHANGED_MEANWHILE_BY_ANOTHER.
    """
    require_package_work(actor, step.package, on=on)
    require_not_ahead(ended_on, on=on)
    late = _late(late_reason, ended_on, on=on)
    why_not = why_not_end(plan_of(step.package, on=ended_on).ladder, step.ref, on=ended_on)
    _refuse((*why_not, *_silent(late, ended_on, on=on)))
    _end(step, ended_on, Ending.UNFULFILLED, reason.value, late)
    note(actor, step.package, step.ref, StepEnded(step.kind, reason.value, late or None), ended_on)
    return step


@transaction.atomic
def record_evidence(
    *,
    actor: User,
    sub_goal: SubGoal,
    shown_on: date,
    meets: bool,
    on: date,
    remark: str = "",
    replaces: Evidence | None = None,
    late_reason: LateReason | None = None,
    shown: int | None = None,
    card: CompetenceCard | None = None,
) -> Evidence:
    """Records what shows that a sub-goal is met, or not yet; of the kind that the sub-goal asks for.

    A paper is often some days old when it comes; so ``late_reason`` may be given for an earlier day, and need not be.
    ``shown``: percent attended, or the level reached, where the kind has one; ``card``: where the level stands, if the
    company gave it on one.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, DATE_AHEAD, EVIDENCE_BEFORE_STEP (started_on, None if not begun),
            EVIDENCE_AFTER_PACKAGE (ended_on), EVIDENCE_OF_ANOTHER_SUB_GOAL, EVIDENCE_REPLACED_ALREADY, what
            why_not_show and why_not_unmeet (where it replaces) say, the codes of plain.
    """
    step = sub_goal.step
    require_package_work(actor, step.package, on=on)
    require_not_ahead(shown_on, on=on)
    if step.started_on is None or shown_on < step.started_on:
        raise Refused(Refusal(ClimbRefusal.EVIDENCE_BEFORE_STEP, {"started_on": step.started_on, "shown_on": shown_on}))
    over = step.package.ended_on
    if over is not None and shown_on > over:
        raise Refused(Refusal(ClimbRefusal.EVIDENCE_AFTER_PACKAGE, {"ended_on": over}))
    if replaces is not None:
        _check_replaced(sub_goal, replaces)
    _refuse(why_not_show(EvidenceKind(sub_goal.evidence_kind), sub_goal.demand, shown, meets=meets))
    late = _late(late_reason, shown_on, on=on)
    evidence = Evidence.objects.create(
        sub_goal=sub_goal,
        kind=sub_goal.evidence_kind,
        shown_on=shown_on,
        meets=meets,
        shown=shown,
        remark=plain(remark, Evidence.remark.field, needed=False),
        late_reason=late,
        recorded_by=actor,
        replaces=replaces,
        card=card,
    )
    if replaces is not None:
        _require_still_fulfilled(sub_goal, on=on)
    kind = EvidenceRecorded(step.ref, sub_goal.evidence_kind, meets, late or None)
    note(actor, step.package, evidence.ref, kind, shown_on)
    return evidence


@transaction.atomic
def waive_gate(*, actor: User, step: Step, given_on: date, reason: str, on: date) -> Waiver:
    """Lets the staircase pass a step without evidence, with a reason that stays.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, DATE_AHEAD, PACKAGE_NOT_OPEN, the codes of plain, what why_not_waive says.
    """
    require_package_work(actor, step.package, on=on)
    require_not_ahead(given_on, on=on)
    require_open(step.package, at=given_on)
    _refuse(why_not_waive(plan_of(step.package, on=given_on).ladder, step.ref, on=given_on))
    role = role_for(actor, Act.WORK_CASES, step.package.citizen.municipality_id, on=on)
    waiver = Waiver.objects.create(
        step=step, given_on=given_on, reason=plain(reason, Waiver.reason.field), given_by=actor, given_as=role
    )
    note(actor, step.package, step.ref, GateWaived(role), given_on)
    return waiver


def _end(step: Step, ended_on: date, ending: Ending, reason: str, late: str) -> None:
    rows = Step.objects.filter(pk=step.pk, started_on=step.started_on, ended_on__isnull=True)
    swap(rows, ended_on=ended_on, ending=ending.value, end_reason=reason, end_late_reason=late)
    step.ended_on, step.ending, step.end_reason, step.end_late_reason = ended_on, ending.value, reason, late


def _late(reason: LateReason | None, day: date, *, on: date) -> str:
    """Why it is registered late, where it is."""
    return reason.value if reason and day < on else ""


def _silent(late: str, day: date, *, on: date) -> tuple[Refusal, ...]:
    if late or day >= on:
        return ()
    return (Refusal(ClimbRefusal.ENDED_LATE_WITHOUT_REASON, {"ended_on": day, "today": on}),)


def _refuse(refusals: tuple[Refusal, ...]) -> None:
    if refusals:
        raise Refused(*refusals)


def _require_still_fulfilled(sub_goal: SubGoal, *, on: date) -> None:
    """A step that was fulfilled still was, after evidence in it was corrected: what came after stands on that."""
    steps = plan_of(sub_goal.step.package, on=on).ladder.steps
    if sub_goal.step.ref in steps:
        _refuse(why_not_unmeet(steps[sub_goal.step.ref], sub_goal.ref))


def _check_replaced(sub_goal: SubGoal, replaced: Evidence) -> None:
    if replaced.sub_goal_id != sub_goal.pk:
        raise Refused(Refusal(ClimbRefusal.EVIDENCE_OF_ANOTHER_SUB_GOAL, {}))
    if Evidence.objects.filter(replaces=replaced).exists():
        raise Refused(Refusal(ClimbRefusal.EVIDENCE_REPLACED_ALREADY, {}))
