"""What was recorded by mistake beside the days of steps: taken back, with a reason of a closed list.

The row says what is true; what it said before, with its texts, is kept as a ``Correction``, and the event says why it
was wrong. What stands on it must be taken back first.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from django.db import transaction
from django.db.models import F

from jobpakke.access.models import User
from jobpakke.history.kinds import (
    AftercareEndUndone,
    CommitmentUnsettled,
    GateWaiverUndone,
    MentorUnconfirmed,
    PlanApprovalUndone,
)
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.method.commitments import CommitmentRefusal
from jobpakke.method.corrections import why_not_unwaive, why_not_unwaive_under
from jobpakke.method.mentors import MentorRefusal
from jobpakke.packages.facts import plan_of
from jobpakke.packages.mentors import newest_wording
from jobpakke.packages.models import (
    Aftercare,
    Approval,
    Commitment,
    Corrected,
    CorrectionReason,
    Mentorship,
    PlanVersion,
    Step,
    Waiver,
)
from jobpakke.packages.promises import company_ref
from jobpakke.packages.services.plan.checks import refuse, why_not_editable
from jobpakke.packages.services.support import mentor_ref
from jobpakke.packages.services.writing import WritingRefusal, keep_what_was, note, require_package_work, swap


class UndoingRefusal(StrEnum):
    """Why something that was recorded is not taken back."""

    AFTERCARE_NOT_ENDED = "AFTERCARE_NOT_ENDED"
    AFTERCARE_RESUMED_SINCE = "AFTERCARE_RESUMED_SINCE"


@transaction.atomic
def undo_settlement(*, actor: User, commitment: Commitment, because: CorrectionReason, on: date) -> Commitment:
    """Says that a promise was neither kept nor broken as recorded: it stands open, with the day it had.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, COMMITMENT_NOT_SETTLED, CHANGED_MEANWHILE_BY_ANOTHER.
    """
    package, was_on = commitment.package, commitment.kept_on or commitment.broken_on
    require_package_work(actor, package, on=on)
    if was_on is None:
        raise Refused(Refusal(CommitmentRefusal.COMMITMENT_NOT_SETTLED, {}))
    settled = "kept" if commitment.kept_on else "broken"
    was = {name: getattr(commitment, name) for name in _SETTLED}
    by = commitment.settled_by.ref if commitment.settled_by else None
    told = {**was, "settled_by": by}
    keep_what_was(actor, package, Corrected.PROMISE, commitment.ref, because=because, was=told)
    changes = {"kept_on": None, "broken_on": None, "broken_by": "", "broken_because": "", "broken_words": ""}
    swap(Commitment.objects.filter(pk=commitment.pk, **was), settled_by=None, **changes)
    for name, value in changes.items():
        setattr(commitment, name, value)
    kind = CommitmentUnsettled(commitment.party, settled, was_on, because.value, company_ref(commitment))
    note(actor, package, commitment.ref, kind, was_on)
    return commitment


_SETTLED = ("kept_on", "broken_on", "broken_by", "broken_because", "broken_words")


@transaction.atomic
def undo_waiver(*, actor: User, waiver: Waiver, because: CorrectionReason, on: date) -> None:
    """Says that a dispensation was recorded by mistake: the gate behind the step is as if it had not been given.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, what why_not_unwaive and why_not_unwaive_under say,
            CHANGED_MEANWHILE_BY_ANOTHER.
    """
    step, package = waiver.step, waiver.step.package
    require_package_work(actor, package, on=on)
    was = {"given_on": waiver.given_on, "reason": waiver.reason, "given_as": waiver.given_as}
    rows = Waiver.objects.filter(pk=waiver.pk, **was)
    rows.update(given_on=waiver.given_on)  # who passes the gate now waits for this, or this sees that they did
    fact = plan_of(package, on=on).ladder.steps.get(step.ref)
    if fact is not None:  # what has left the plan never began
        refuse(why_not_unwaive(fact))
    _require_no_followers(step, on=on)
    keep_what_was(
        actor, package, Corrected.WAIVER, step.ref, because=because, was={**was, "given_by": waiver.given_by.ref}
    )
    _take_away(rows.delete()[0])
    note(actor, package, step.ref, GateWaiverUndone(waiver.given_on, because.value), waiver.given_on)


def _require_no_followers(step: Step, *, on: date) -> None:
    """No step began through the gate, by the plan of its own day; and none has it open because of it by today's."""
    rows = Step.objects.filter(wordings__needs=step, started_on__isnull=False).distinct().order_by("started_on", "pk")
    today = plan_of(step.package, on=on).ladder
    for follower in rows:
        began = follower.started_on or on
        then = plan_of(step.package, on=began).ladder
        refuse(why_not_unwaive_under(then, step.ref, follower.ref, on=began))
        refuse(why_not_unwaive_under(today, step.ref, follower.ref, on=on))


@transaction.atomic
def undo_approval(*, actor: User, approval: Approval, because: CorrectionReason, on: date) -> PlanVersion:
    """Says that a party had not said yes, as was recorded, while the version is still a proposal: they are asked again.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, PLAN_AGREED_ALREADY, PLAN_WITHDRAWN, CHANGED_MEANWHILE_BY_ANOTHER.
    """
    version, package = approval.version, approval.version.package
    require_package_work(actor, package, on=on)
    if PlanVersion.objects.proposed().filter(pk=version.pk).update(edits=F("edits") + 1) != 1:
        raise Refused(why_not_editable(version))
    was = {"party": approval.party, "given_on": approval.given_on, "on_behalf_reason": approval.on_behalf_reason}
    company = approval.company.ref if approval.company else None
    told = {**was, "company": company, "recorded_by": approval.recorded_by.ref}
    keep_what_was(actor, package, Corrected.YES, version.ref, because=because, was=told)
    _take_away(Approval.objects.filter(pk=approval.pk, **was).delete()[0])
    kind = PlanApprovalUndone(approval.party, version.number, approval.given_on, because.value, company)
    note(actor, package, version.ref, kind, approval.given_on)
    return version


@transaction.atomic
def undo_confirmation(*, actor: User, mentorship: Mentorship, because: CorrectionReason, on: date) -> Mentorship:
    """Says that a mentor had not confirmed confidentiality, as was recorded. A first day that waited for it is the
    step's planned one again.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, MENTOR_NOT_CONFIRMED, MENTOR_STEP_BEGUN (started_on),
            CHANGED_MEANWHILE_BY_ANOTHER.
    """
    step, was = mentorship.step, mentorship.confidentiality_on
    require_package_work(actor, step.package, on=on)
    if was is None:
        raise Refused(Refusal(MentorRefusal.MENTOR_NOT_CONFIRMED, {}))
    waiting = Step.objects.filter(pk=step.pk, started_on__isnull=True)
    if waiting.update(late_reason=F("late_reason")) != 1:  # who starts the step now waits, and is refused
        step.refresh_from_db(fields=["started_on"])
        raise Refused(Refusal(MentorRefusal.MENTOR_STEP_BEGUN, {"started_on": step.started_on}))
    starts_on = _first_day(mentorship, was)
    held = {"confidentiality_on": was, "starts_on": mentorship.starts_on}
    keep_what_was(actor, step.package, Corrected.CONFIDENTIALITY, mentorship.ref, because=because, was=held)
    rows = Mentorship.objects.filter(pk=mentorship.pk, **held)
    swap(rows, confidentiality_on=None, starts_on=starts_on)
    mentorship.confidentiality_on, mentorship.starts_on = None, starts_on
    note(actor, step.package, step.ref, MentorUnconfirmed(mentor_ref(mentorship), was, because.value), was)
    return mentorship


def _first_day(mentorship: Mentorship, confirmed_on: date) -> date:
    row = newest_wording(mentorship.step)
    waited = row is not None and row.starts_on < mentorship.starts_on == confirmed_on
    return row.starts_on if row is not None and waited else mentorship.starts_on


@transaction.atomic
def undo_aftercare_end(*, actor: User, aftercare: Aftercare, because: CorrectionReason, on: date) -> Aftercare:
    """Says that aftercare did not end by wish, as was recorded: it goes on until the day that was agreed.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, AFTERCARE_NOT_ENDED, AFTERCARE_RESUMED_SINCE (starts_on),
            CHANGED_MEANWHILE_BY_ANOTHER.
    """
    package, was = aftercare.package, aftercare.ended_on
    require_package_work(actor, package, on=on)
    if was is None:
        raise Refused(Refusal(UndoingRefusal.AFTERCARE_NOT_ENDED, {}))
    later = Aftercare.objects.filter(package=package, number__gt=aftercare.number).order_by("number").first()
    if later is not None:
        raise Refused(Refusal(UndoingRefusal.AFTERCARE_RESUMED_SINCE, {"starts_on": later.starts_on}))
    keep_what_was(actor, package, Corrected.AFTERCARE_END, aftercare.ref, because=because, was={"ended_on": was})
    swap(Aftercare.objects.filter(pk=aftercare.pk, ended_on=was, ends_on=aftercare.ends_on), ended_on=None)
    aftercare.ended_on = None
    note(actor, package, aftercare.ref, AftercareEndUndone(was, aftercare.ends_on, because.value), was)
    return aftercare


def _take_away(count: int) -> None:
    """Exactly the row that still was as it had been read."""
    if count != 1:
        raise Refused(Refusal(WritingRefusal.CHANGED_MEANWHILE_BY_ANOTHER, {}))
