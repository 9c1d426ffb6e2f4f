"""Building a plan and agreeing on it."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.db import IntegrityError, transaction
from django.db.models import Max

from jobpakke.access.models import User
from jobpakke.citizens.access import require_case_work
from jobpakke.citizens.models import Citizen
from jobpakke.companies.models import WorkFunction, Workplace
from jobpakke.history.kinds import PackageDrafted, PlanAgreed, PlanApproved, StepAdded, SubGoalAdded
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.lib.texts import plain
from jobpakke.method.ladder import Ladder
from jobpakke.method.step_kinds import STEP_KINDS, EvidenceKind, StepKind
from jobpakke.packages.facts import plan_of
from jobpakke.packages.models import (
    Approval,
    GoalForm,
    JobGoal,
    JobPackage,
    Party,
    PlannedStep,
    PlanVersion,
    Programme,
    Step,
    SubGoal,
)
from jobpakke.packages.models.package import OnBehalfReason
from jobpakke.packages.services.writing import note, require_not_ahead, require_package_work, swap


class PlanRefusal(StrEnum):
    """Why a plan was not drafted, extended or approved."""

    PACKAGE_OPEN_ALREADY = "PACKAGE_OPEN_ALREADY"
    PLAN_AGREED_ALREADY = "PLAN_AGREED_ALREADY"
    PLAN_WITHOUT_STEPS = "PLAN_WITHOUT_STEPS"
    STEP_DATES_REVERSED = "STEP_DATES_REVERSED"
    STEP_NEEDS_WORKPLACE = "STEP_NEEDS_WORKPLACE"
    STEP_HOURS_OUT_OF_RANGE = "STEP_HOURS_OUT_OF_RANGE"
    STEP_OF_ANOTHER_PACKAGE = "STEP_OF_ANOTHER_PACKAGE"
    EVIDENCE_KIND_NOT_ALLOWED = "EVIDENCE_KIND_NOT_ALLOWED"
    PARTY_SAID_YES_ALREADY = "PARTY_SAID_YES_ALREADY"
    MUNICIPALITY_APPROVES_LAST = "MUNICIPALITY_APPROVES_LAST"
    ON_BEHALF_REASON_MISSING = "ON_BEHALF_REASON_MISSING"
    ON_BEHALF_NOT_ALLOWED = "ON_BEHALF_NOT_ALLOWED"


@transaction.atomic
def draft_package(
    *,
    actor: User,
    citizen: Citizen,
    goal_title: str,
    form: GoalForm,
    on: date,
    workplace: Workplace | None = None,
    function: WorkFunction | None = None,
    programme: Programme | None = None,
) -> PlanVersion:
    """Drafts a package for a citizen and returns its first plan version, still without steps.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, the codes of plain, PACKAGE_OPEN_ALREADY (one at a time).
    """
    require_case_work(actor, citizen, on=on)
    if JobPackage.objects.filter(citizen=citizen, ended_on__isnull=True).exists():
        raise Refused(Refusal(PlanRefusal.PACKAGE_OPEN_ALREADY, {}))
    goal = JobGoal.objects.create(
        title=plain(goal_title, JobGoal.title.field), form=form, workplace=workplace, function=function
    )
    package = JobPackage.objects.create(
        citizen=citizen, municipality=citizen.municipality, programme=programme, drafted_on=on
    )
    version = PlanVersion.objects.create(package=package, number=1, goal=goal)
    note(actor, package, package.ref, PackageDrafted(form.value), on)
    return version


def check_planned(
    kind: StepKind, starts_on: date, ends_on: date, weekly_hours: Decimal | None, *, has_workplace: bool
) -> None:
    """What must hold of one planned step alone; used by the verb and by bulk loading.

    Raises:
        Refused: STEP_DATES_REVERSED, STEP_NEEDS_WORKPLACE, STEP_HOURS_OUT_OF_RANGE.
    """
    if ends_on <= starts_on:
        raise Refused(Refusal(PlanRefusal.STEP_DATES_REVERSED, {"start": starts_on, "end": ends_on}))
    if STEP_KINDS[kind].needs_workplace and not has_workplace:
        raise Refused(Refusal(PlanRefusal.STEP_NEEDS_WORKPLACE, {"step_kind": kind.value}))
    if weekly_hours is not None and not 0 < weekly_hours <= 37:
        raise Refused(Refusal(PlanRefusal.STEP_HOURS_OUT_OF_RANGE, {"most": 37}))


def check_evidence_kind(kind: StepKind, evidence: EvidenceKind) -> None:
    """A sub-goal's kind of evidence fits its kind of step. Raises Refused (EVIDENCE_KIND_NOT_ALLOWED)."""
    allowed = STEP_KINDS[kind].evidence_kinds
    if evidence not in allowed:
        raise Refused(
            Refusal(PlanRefusal.EVIDENCE_KIND_NOT_ALLOWED, {"allowed": tuple(sorted(each.value for each in allowed))})
        )


@transaction.atomic
def add_step(
    *,
    actor: User,
    version: PlanVersion,
    kind: StepKind,
    title: str,
    starts_on: date,
    ends_on: date,
    on: date,
    needs: Iterable[Step] = (),
    workplace: Workplace | None = None,
    weekly_hours: Decimal | None = None,
) -> PlannedStep:
    """Adds a step to a draft. ``ends_on`` is the first day not included.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, PLAN_AGREED_ALREADY, the codes of plain, the codes of check_planned,
            STEP_OF_ANOTHER_PACKAGE, and the method's refusals of a graph that is no staircase.
    """
    package = version.package
    require_package_work(actor, package, on=on)
    _require_draft(version)
    check_planned(kind, starts_on, ends_on, weekly_hours, has_workplace=workplace is not None)
    needed = list(needs)
    if any(step.package_id != package.pk for step in needed):
        raise Refused(Refusal(PlanRefusal.STEP_OF_ANOTHER_PACKAGE, {}))
    step = Step.objects.create(package=package, kind=kind)
    last = version.planned_steps.aggregate(last=Max("position"))["last"]
    planned = PlannedStep.objects.create(
        version=version,
        step=step,
        position=0 if last is None else last + 1,
        title=plain(title, PlannedStep.title.field),
        starts_on=starts_on,
        ends_on=ends_on,
        workplace=workplace,
        weekly_hours=weekly_hours,
    )
    planned.needs.set(needed)
    Ladder(plan_of(package, on=on).steps)
    note(actor, package, step.ref, StepAdded(kind.value), on)
    return planned


@transaction.atomic
def add_sub_goal(*, actor: User, planned: PlannedStep, title: str, evidence_kind: EvidenceKind, on: date) -> SubGoal:
    """Adds what must be reached in a step of a draft.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, PLAN_AGREED_ALREADY, the codes of plain,
            EVIDENCE_KIND_NOT_ALLOWED (allowed).
    """
    package, step = planned.version.package, planned.step
    require_package_work(actor, package, on=on)
    _require_draft(planned.version)
    check_evidence_kind(StepKind(step.kind), evidence_kind)
    goal = SubGoal.objects.create(
        step=step, position=step.sub_goals.count(), title=plain(title, SubGoal.title.field), evidence_kind=evidence_kind
    )
    note(actor, package, goal.ref, SubGoalAdded(step.ref), on)
    return goal


@transaction.atomic
def approve_plan(
    *,
    actor: User,
    version: PlanVersion,
    party: Party,
    given_on: date,
    on: date,
    on_behalf_reason: OnBehalfReason | None = None,
) -> Approval:
    """Records a party's yes. The municipality's, which comes last, makes the plan take effect on ``given_on``.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, DATE_AHEAD, PLAN_AGREED_ALREADY, PLAN_WITHOUT_STEPS,
            PARTY_SAID_YES_ALREADY, ON_BEHALF_REASON_MISSING, ON_BEHALF_NOT_ALLOWED, MUNICIPALITY_APPROVES_LAST.
    """
    package = version.package
    require_package_work(actor, package, on=on)
    require_not_ahead(given_on, on=on)
    _require_draft(version)
    _check_approval(version, party, on_behalf_reason)
    try:
        with transaction.atomic():
            approval = Approval.objects.create(
                version=version,
                party=party,
                given_on=given_on,
                recorded_by=actor,
                on_behalf_reason=on_behalf_reason or "",
            )
    except IntegrityError as error:
        raise Refused(Refusal(PlanRefusal.PARTY_SAID_YES_ALREADY, {"party": party.value})) from error
    behalf = on_behalf_reason.value if on_behalf_reason else None
    note(actor, package, version.ref, PlanApproved(party.value, version.number, behalf), given_on)
    if party == Party.MUNICIPALITY:
        _take_effect(actor, version, given_on)
    return approval


def _check_approval(version: PlanVersion, party: Party, reason: OnBehalfReason | None) -> None:
    said_yes = set(version.approvals.values_list("party", flat=True))
    if not version.planned_steps.exists():
        raise Refused(Refusal(PlanRefusal.PLAN_WITHOUT_STEPS, {}))
    if party.value in said_yes:
        raise Refused(Refusal(PlanRefusal.PARTY_SAID_YES_ALREADY, {"party": party.value}))
    if party == Party.MUNICIPALITY:
        if reason is not None:
            raise Refused(Refusal(PlanRefusal.ON_BEHALF_NOT_ALLOWED, {}))
        missing = sorted({Party.CITIZEN.value, Party.COMPANY.value} - said_yes)
        if missing:
            raise Refused(Refusal(PlanRefusal.MUNICIPALITY_APPROVES_LAST, {"parties": tuple(missing)}))
    elif reason is None:
        raise Refused(Refusal(PlanRefusal.ON_BEHALF_REASON_MISSING, {"party": party.value}))


def _take_effect(actor: User, version: PlanVersion, on: date) -> None:
    swap(PlanVersion.objects.filter(pk=version.pk, effective_on__isnull=True), effective_on=on)
    version.effective_on = on
    package = version.package
    if package.opened_on is None:
        swap(JobPackage.objects.filter(pk=package.pk, opened_on__isnull=True), opened_on=on)
        package.opened_on = on
    note(actor, package, version.ref, PlanAgreed(version.number), on)


def _require_draft(version: PlanVersion) -> None:
    if version.effective_on is not None:
        raise Refused(Refusal(PlanRefusal.PLAN_AGREED_ALREADY, {"effective_on": version.effective_on}))
