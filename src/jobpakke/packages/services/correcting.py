"""What was recorded of a step or of a package's end and was wrong: corrected or undone, with a reason of a closed list.

The row says what is true; the event says what it said before, and why it was wrong. *As known on* an earlier day reads
the events (``followup.known``), so nothing that was once said is lost.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from django.db import transaction
from django.db.models import Min, Q, QuerySet

from jobpakke.access.models import User
from jobpakke.citizens.models import CaseTransfer, StatusSpell
from jobpakke.citizens.services import retract_status
from jobpakke.history.kinds import (
    PackageEndUndone,
    StepEndCorrected,
    StepEndUndone,
    StepStartCorrected,
    StepStartUndone,
)
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.method.corrections import (
    reended,
    why_not_reend,
    why_not_restart,
    why_not_under,
    why_not_unend,
    why_not_unstart,
)
from jobpakke.method.ladder import LadderRefusal, StepFact
from jobpakke.packages.facts import plan_of
from jobpakke.packages.jobs import said_of
from jobpakke.packages.models import (
    Aftercare,
    AftercareExtension,
    CompetenceCard,
    Corrected,
    CorrectionReason,
    Evidence,
    Job,
    JobPackage,
    JournalNote,
    Step,
)
from jobpakke.packages.rules import check_corrected, check_plan
from jobpakke.packages.services.cards import revoke_waiting_cards
from jobpakke.packages.services.ending import STATUSES
from jobpakke.packages.services.plan.checks import refuse
from jobpakke.packages.services.rules import require_rules
from jobpakke.packages.services.writing import (
    hold_waivers,
    keep_what_was,
    note,
    require_not_ahead,
    require_open,
    require_package_work,
    swap,
)


class CorrectingRefusal(StrEnum):
    """Why something about a package stands in the way of a correction (of steps alone: method.corrections)."""

    PACKAGE_OVER_FIRST = "PACKAGE_OVER_FIRST"
    PACKAGE_NOT_OVER = "PACKAGE_NOT_OVER"
    PACKAGE_OPEN_SINCE = "PACKAGE_OPEN_SINCE"
    AFTERCARE_USED_SINCE = "AFTERCARE_USED_SINCE"
    AFTERCARE_EXTENDED_SINCE = "AFTERCARE_EXTENDED_SINCE"
    CASE_MOVED_WITH_IT = "CASE_MOVED_WITH_IT"


@transaction.atomic
def correct_start(*, actor: User, step: Step, started_on: date, because: CorrectionReason, on: date) -> Step:
    """Says that a step began on another day, if it may have begun then by the gate and the rules of that day.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, DATE_AHEAD, PACKAGE_NOT_OPEN, what why_not_restart and the rulebook say,
            WARNINGS_STAND, CHANGED_MEANWHILE_BY_ANOTHER.
    """
    require_package_work(actor, step.package, on=on)
    require_not_ahead(started_on, on=on)
    require_open(step.package, at=started_on)
    plan = plan_of(step.package, on=started_on)
    refuse(why_not_restart(plan.ladder, step.ref, started_on, shown_on=_first_shown(step)))
    hold_waivers(plan, plan.ladder.steps[step.ref].needs)
    require_rules(check_plan(plan, on=started_on, starting=(step.ref, started_on)), step.ref)
    _require_no_collision(step, started_on, step.ended_on, on=on)
    was = step.started_on
    swap(_as_read(step), started_on=started_on)
    step.started_on = started_on
    note(actor, step.package, step.ref, StepStartCorrected(step.kind, was, because.value), started_on)
    return step


def _first_shown(step: Step) -> date | None:
    """The first day of which something says what the citizen could in the step: evidence, or a company on a card."""
    shown = Evidence.objects.filter(sub_goal__step=step).counting().aggregate(first=Min("shown_on"))["first"]
    said = CompetenceCard.objects.counting_in(step).aggregate(first=Min("handed_in_on"))["first"]
    return min((day for day in (shown, said) if day is not None), default=None)


@transaction.atomic
def correct_end(*, actor: User, step: Step, ended_on: date, because: CorrectionReason, on: date) -> Step:
    """Says that a step was fulfilled, or ended, as of another day; what began because of it must still be allowed.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, DATE_AHEAD, PACKAGE_OVER_FIRST (ended_on), what why_not_reend and
            why_not_under say, the codes of check_corrected, WARNINGS_STAND, CHANGED_MEANWHILE_BY_ANOTHER.
    """
    require_package_work(actor, step.package, on=on)
    require_not_ahead(ended_on, on=on)
    _require_within(step.package, ended_on)
    fact = _fact(step, on=on)
    refuse(why_not_reend(fact, ended_on))
    _require_followers(step, reended(fact, ended_on))
    _require_no_collision(step, step.started_on, ended_on, on=on)
    was = step.ended_on
    swap(_as_read(step), ended_on=ended_on)
    step.ended_on = ended_on
    note(actor, step.package, step.ref, StepEndCorrected(step.kind, was, step.ending, because.value), ended_on)
    return step


@transaction.atomic
def undo_start(*, actor: User, step: Step, because: CorrectionReason, on: date) -> Step:
    """Says that a step never began: it waits, or is ready, again; a card that was asked for in it is taken back.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, what why_not_unstart says, CHANGED_MEANWHILE_BY_ANOTHER.
    """
    require_package_work(actor, step.package, on=on)
    met = Evidence.objects.filter(sub_goal__step=step, meets=True).counting().exists()
    judged = CompetenceCard.objects.counting_in(step).exists()
    refuse(why_not_unstart(_fact(step, on=on), evidence=met or judged))
    was = step.started_on
    swap(_as_read(step), started_on=None, late_reason="")
    step.started_on, step.late_reason = None, ""
    revoke_waiting_cards(actor, [step], on=on)
    note(actor, step.package, step.ref, StepStartUndone(step.kind, was, because.value), was or on)
    return step


@transaction.atomic
def undo_end(*, actor: User, step: Step, because: CorrectionReason, on: date) -> Step:
    """Says that a step was never fulfilled, or never ended: it is under way again.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, PACKAGE_OVER_FIRST (ended_on), what why_not_unend and why_not_under say,
            the codes of check_corrected, WARNINGS_STAND, CHANGED_MEANWHILE_BY_ANOTHER.
    """
    require_package_work(actor, step.package, on=on)
    _require_within(step.package, None)
    fact = _fact(step, on=on)
    refuse(why_not_unend(fact))
    _require_followers(step, reended(fact, None))
    _require_no_collision(step, step.started_on, None, on=on)
    was, ending = step.ended_on, step.ending
    swap(_as_read(step), ended_on=None, ending="", end_reason="", end_late_reason="")
    step.ended_on, step.ending, step.end_reason, step.end_late_reason = None, "", "", ""
    note(actor, step.package, step.ref, StepEndUndone(step.kind, was, ending, because.value), was or on)
    return step


@transaction.atomic
def undo_package_end(*, actor: User, package: JobPackage, because: CorrectionReason, on: date) -> JobPackage:
    """Says that a package did not end as recorded: it is open again, and can be ended with the right day and outcome.

    What was recorded with the end goes with it: the job, the status from that day, and aftercare nobody has used or
    extended. What the job said is kept for the history.
    Mentors whose support ended that day, drafts that were thrown away and cards that were taken back do not come back.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, PACKAGE_NOT_OVER, PACKAGE_OPEN_SINCE, AFTERCARE_USED_SINCE,
            AFTERCARE_EXTENDED_SINCE, CASE_MOVED_WITH_IT, CHANGED_MEANWHILE_BY_ANOTHER, the codes of retract_status.
    """
    require_package_work(actor, package, on=on)
    was, outcome = package.ended_on, package.outcome
    if was is None:
        raise Refused(Refusal(CorrectingRefusal.PACKAGE_NOT_OVER, {}))
    _require_last(package, was)
    _take_back_what_followed(actor, package, was, because, on=on)
    rows = JobPackage.objects.filter(pk=package.pk, ended_on=was, outcome=outcome)
    swap(rows, ended_on=None, outcome="")
    package.ended_on, package.outcome = None, ""
    note(actor, package, package.ref, PackageEndUndone(was, outcome, because.value), was)
    return package


def _require_last(package: JobPackage, ended_on: date) -> None:
    others = JobPackage.objects.filter(citizen=package.citizen_id).exclude(pk=package.pk)
    if others.filter(Q(ended_on__isnull=True) | Q(opened_on__gte=ended_on)).exists():
        raise Refused(Refusal(CorrectingRefusal.PACKAGE_OPEN_SINCE, {}))
    moves = CaseTransfer.objects.filter(citizen=package.citizen_id, moved_on=ended_on, returned_on__isnull=True)
    if moves.exists():
        raise Refused(Refusal(CorrectingRefusal.CASE_MOVED_WITH_IT, {"moved_on": ended_on}))
    if JournalNote.objects.filter(aftercare__package=package).exists():
        raise Refused(Refusal(CorrectingRefusal.AFTERCARE_USED_SINCE, {}))
    if AftercareExtension.objects.filter(aftercare__package=package).exists():
        raise Refused(Refusal(CorrectingRefusal.AFTERCARE_EXTENDED_SINCE, {}))


def _take_back_what_followed(
    actor: User, package: JobPackage, ended_on: date, because: CorrectionReason, *, on: date
) -> None:
    """The status that the end recorded begins with the job, or with the end; one corrected since is another row's."""
    job = Job.objects.filter(package=package).select_related("workplace").first()
    status = STATUSES.get(package.outcome)
    if status is not None:
        spells = StatusSpell.objects.current().filter(citizen=package.citizen_id, status=status)
        for spell in spells.filter(starts_on=job.starts_on if job else ended_on).select_related("citizen"):
            retract_status(actor=actor, spell=spell, on=on)
    if job is not None:
        keep_what_was(actor, package, Corrected.JOB, job.ref, because=because, was=said_of(job, package))
        job.delete()
    Aftercare.objects.filter(package=package).delete()


def _as_read(step: Step) -> QuerySet[Step]:
    return Step.objects.filter(pk=step.pk, started_on=step.started_on, ended_on=step.ended_on, ending=step.ending)


def _fact(step: Step, *, on: date) -> StepFact:
    found = plan_of(step.package, on=on).ladder.steps.get(step.ref)
    if found is None:
        raise Refused(Refusal(LadderRefusal.STEP_NOT_IN_PLAN, {"step": step.ref, "day": on}))
    return found


def _require_within(package: JobPackage, ended_on: date | None) -> None:
    """No step outlives its package."""
    over = package.ended_on
    if over is not None and (ended_on is None or ended_on > over):
        raise Refused(Refusal(CorrectingRefusal.PACKAGE_OVER_FIRST, {"ended_on": over}))


def _require_no_collision(step: Step, started_on: date | None, ended_on: date | None, *, on: date) -> None:
    """On its corrected days it does not claim what others claimed, or claim now, by all that is agreed today."""
    plan, asked_on = plan_of(step.package, on=on), ended_on or on
    checked = check_corrected(plan, step.ref, started_on=started_on, ended_on=ended_on, on=asked_on, today=on)
    require_rules(checked, step.ref)


def _require_followers(step: Step, corrected: StepFact) -> None:
    """Each step that began and needs this one in some wording is asked by the plan of the day it began."""
    rows = Step.objects.filter(wordings__needs=step, started_on__isnull=False).distinct().order_by("started_on", "pk")
    for follower in rows:
        if follower.started_on is None:  # as filtered above
            continue
        ladder = plan_of(step.package, on=follower.started_on).ladder
        if follower.ref in ladder.steps:
            refuse(why_not_under(ladder, corrected, ladder.steps[follower.ref]))
