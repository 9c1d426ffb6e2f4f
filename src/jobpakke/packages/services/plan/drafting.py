"""A plan's draft: the first of a package, the next of an agreed one, its goal, and its end."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Max, ProtectedError

from jobpakke.access.models import User
from jobpakke.citizens.access import require_case_work
from jobpakke.citizens.models import CaseTransfer, Citizen
from jobpakke.companies.models import WorkFunction, Workplace
from jobpakke.history.kinds import DraftDiscarded, GoalChanged, PackageDrafted, PlanReopened
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.lib.texts import plain
from jobpakke.packages.models import (
    GoalForm,
    JobGoal,
    JobPackage,
    Mentorship,
    PlannedStep,
    PlanVersion,
    Programme,
    Step,
    SubGoal,
    Trade,
)
from jobpakke.packages.services.plan.checks import PlanRefusal, check_place, take
from jobpakke.packages.services.writing import WritingRefusal, note, require_package_work, require_running, swap


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
    trade: Trade | None = None,
    programme: Programme | None = None,
) -> PlanVersion:
    """Drafts a package for a citizen and returns its first plan version, still without steps.

    A package of which nothing was ever agreed, and whose drafts were all thrown away, is taken up again.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, the codes of plain, PACKAGE_OPEN_ALREADY (one at a time),
            CASE_OFFERED_AWAY (another municipality has been asked to take the case), PLACE_OF_ANOTHER_MUNICIPALITY.
    """
    require_case_work(actor, citizen, on=on)
    if CaseTransfer.objects.waiting().filter(citizen=citizen).exists():
        raise Refused(Refusal(PlanRefusal.CASE_OFFERED_AWAY, {}))
    goal = JobGoal.objects.create(
        title=plain(goal_title, JobGoal.title.field),
        form=form,
        workplace=workplace,
        function=function,
        trade=trade or "",
    )
    try:
        with transaction.atomic():
            package = _package_to_draft(citizen, programme, on=on)
            version = _numbered_next(package, goal, on=on)
    except IntegrityError as error:
        raise Refused(Refusal(PlanRefusal.PACKAGE_OPEN_ALREADY, {})) from error
    check_place(version, workplace)
    note(actor, package, package.ref, PackageDrafted(form.value), on)
    return version


def _package_to_draft(citizen: Citizen, programme: Programme | None, *, on: date) -> JobPackage:
    idle = JobPackage.objects.filter(citizen=citizen).idle().first()
    if idle is None:
        return JobPackage.objects.create(
            citizen=citizen, municipality=citizen.municipality, programme=programme, drafted_on=on
        )
    JobPackage.objects.filter(pk=idle.pk).update(programme=programme)
    idle.programme = programme
    return idle


def _numbered_next(package: JobPackage, goal: JobGoal, *, on: date) -> PlanVersion:
    """An empty version after those there are. IntegrityError: somebody else has begun one."""
    newest = package.versions.aggregate(newest=Max("number"))["newest"] or 0
    return PlanVersion.objects.create(package=package, number=newest + 1, goal=goal, drafted_on=on, touched_on=on)


@transaction.atomic
def change_goal(
    *,
    actor: User,
    version: PlanVersion,
    title: str,
    form: GoalForm,
    on: date,
    seen: str | None = None,
    workplace: Workplace | None = None,
    function: WorkFunction | None = None,
    trade: Trade | None = None,
) -> PlanVersion:
    """Words the goal of a draft anew; the goal of the version before stays as it was.

    ``seen``: the ``mark`` of the goal that the actor had read (None: the one that ``version`` was read with).

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, the codes of take and plain, PLACE_OF_ANOTHER_MUNICIPALITY,
            CHANGED_MEANWHILE_BY_ANOTHER.
    """
    require_package_work(actor, version.package, on=on)
    take(version, on=on)
    check_place(version, workplace)
    if seen is not None and seen != version.goal.mark:
        raise Refused(Refusal(WritingRefusal.CHANGED_MEANWHILE_BY_ANOTHER, {}))
    read = PlanVersion.objects.filter(pk=version.pk, goal=version.goal)
    version.goal = JobGoal.objects.create(
        title=plain(title, JobGoal.title.field),
        form=form,
        workplace=workplace,
        function=function,
        trade=trade or "",
    )
    swap(read, goal=version.goal)
    note(actor, version.package, version.ref, GoalChanged(form.value, version.number), on)
    return version


@transaction.atomic
def reopen_plan(*, actor: User, package: JobPackage, on: date) -> PlanVersion:
    """Opens the next version of an agreed plan: a draft that begins with the words of the newest agreed one.

    Approvals are not copied: nobody has seen the new wording. The agreed version holds until the new one does.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, PLAN_NEVER_AGREED, PACKAGE_NOT_RUNNING, PLAN_BEING_CHANGED.
    """
    require_package_work(actor, package, on=on)
    agreed = package.versions.filter(effective_on__isnull=False).order_by("-number").first()
    if agreed is None:
        raise Refused(Refusal(PlanRefusal.PLAN_NEVER_AGREED, {}))
    require_running(package)
    version = next_version(agreed, on=on)
    note(actor, package, version.ref, PlanReopened(version.number), on)
    return version


def next_version(source: PlanVersion, *, on: date) -> PlanVersion:
    """A draft with the words of another version. Raises Refused (PLAN_BEING_CHANGED)."""
    try:
        with transaction.atomic():
            version = _numbered_next(source.package, source.goal, on=on)
    except IntegrityError as error:
        raise Refused(Refusal(PlanRefusal.PLAN_BEING_CHANGED, {})) from error
    for row in source.planned_steps.select_related("workplace").prefetch_related("needs", "sub_goals"):
        _copy_wording(row, version)
    return version


def _copy_wording(row: PlannedStep, version: PlanVersion) -> None:
    copy = PlannedStep.objects.create(
        version=version,
        step=row.step,
        position=row.position,
        title=row.title,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        weekly_hours=row.weekly_hours,
        workplace=row.workplace,
        times=row.times,
    )
    copy.needs.set(row.needs.all())
    copy.sub_goals.set(row.sub_goals.all())


@transaction.atomic
def discard_draft(*, actor: User, version: PlanVersion, on: date, seen: int | None = None) -> None:
    """Throws a draft away, and its package with it if nothing of it was ever proposed. What was agreed stays.

    ``seen``: the ``edits`` one had read, so that what somebody else has written meanwhile is not thrown away.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, the codes of take, CHANGED_MEANWHILE_BY_ANOTHER.
    """
    package = version.package
    require_package_work(actor, package, on=on)
    take(version, on=on, seen=seen)
    note(actor, package, version.ref, DraftDiscarded(version.number), on)
    remove_draft(version)


def remove_draft(version: PlanVersion) -> None:
    """Deletes the rows of a draft that stand in no other version; nothing that anybody was shown is among them."""
    package = version.package
    version.laid_commitments.all().delete()
    version.planned_steps.all().delete()
    remove_unworded(package)
    PlanVersion.objects.drafts().filter(pk=version.pk).delete()
    with suppress(ProtectedError):  # something else speaks of it: it waits, idle, for the next draft
        JobPackage.objects.filter(pk=package.pk, opened_on__isnull=True).delete()


def remove_unworded(package: JobPackage) -> None:
    """Deletes steps that no wording of the plan holds any more, with their sub-goals and mentors."""
    SubGoal.objects.filter(step__package=package, wordings__isnull=True, evidence__isnull=True).delete()
    gone = Step.objects.filter(package=package, wordings__isnull=True, started_on__isnull=True)
    Mentorship.objects.filter(step__in=gone).delete()
    gone.delete()
