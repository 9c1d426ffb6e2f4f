"""What a party promises: made, moved to a later day, kept or broken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from jobpakke.access.models import User
from jobpakke.companies.models import Company
from jobpakke.history.kinds import CommitmentBroken, CommitmentKept, CommitmentMade, CommitmentMoved
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.lib.texts import plain
from jobpakke.method.commitments import (
    CommitmentFact,
    CommitmentRefusal,
    due_day,
    why_not_move,
    why_not_settle,
)
from jobpakke.method.ladder import Ending
from jobpakke.packages.facts import plan_of
from jobpakke.packages.models import BreakReason, Commitment, CommitmentMove, JobPackage, Party, Step
from jobpakke.packages.models.support import CommitmentQuerySet
from jobpakke.packages.promises import company_ref, promise_fact
from jobpakke.packages.services.plan.checks import PlanRefusal, refuse
from jobpakke.packages.services.writing import (
    note,
    promising_company,
    require_not_ahead,
    require_package_work,
    require_running,
    swap,
)


@dataclass(frozen=True, slots=True)
class Condition:
    """A promise is due so many days after a step is fulfilled."""

    step: Step
    days_after: int = 0


@dataclass(frozen=True, slots=True)
class Breach:
    """Why a promise was broken, and by whom: the party itself, or another whose act made it impossible."""

    by: Party
    because: BreakReason
    words: str = ""


@transaction.atomic
def make_commitment(
    *,
    actor: User,
    package: JobPackage,
    party: Party,
    text: str,
    on: date,
    due_on: date | None = None,
    condition: Condition | None = None,
    company: Company | None = None,
) -> Commitment:
    """Records what a party promises: by a day, or when a step is fulfilled. ``company``: which one, where the plan
    concerns several.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, PACKAGE_NOT_RUNNING (it has ended), the codes of plain,
            COMMITMENT_WITHOUT_DAY (neither of the two, or both),
            COMMITMENT_DUE_BEFORE_MADE, STEP_OF_ANOTHER_PACKAGE, COMMITMENT_STEP_NOT_AGREED,
            COMMITMENT_STEP_ENDED (without being fulfilled), the codes of promising_company.
    """
    require_package_work(actor, package, on=on)
    if package.ended_on is not None and package.ended_on <= on:
        require_running(package)
    _check_made(package, due_on, condition, on=on)
    row = Commitment.objects.create(
        package=package,
        party=party,
        company=promising_company(plan_of(package, on=on), party, company, on=on),
        text=plain(text, Commitment.text.field),
        made_on=on,
        due_on=due_on,
        waits_for=condition.step if condition else None,
        days_after=condition.days_after if condition else None,
    )
    note(actor, package, row.ref, CommitmentMade(party.value, due_on, company_ref(row)), on)
    return row


def _check_made(package: JobPackage, due_on: date | None, condition: Condition | None, *, on: date) -> None:
    if (due_on is None) == (condition is None):
        raise Refused(Refusal(CommitmentRefusal.COMMITMENT_WITHOUT_DAY, {}))
    if due_on is not None and due_on < on:
        raise Refused(Refusal(CommitmentRefusal.COMMITMENT_DUE_BEFORE_MADE, {"due_on": due_on, "made_on": on}))
    if condition is None:
        return
    if condition.step.package_id != package.pk:
        raise Refused(Refusal(PlanRefusal.STEP_OF_ANOTHER_PACKAGE, {}))
    if not condition.step.wordings.filter(version__effective_on__isnull=False).exists():
        raise Refused(Refusal(CommitmentRefusal.COMMITMENT_STEP_NOT_AGREED, {}))
    if condition.step.ending == Ending.UNFULFILLED.value:
        raise Refused(Refusal(CommitmentRefusal.COMMITMENT_STEP_ENDED, {"ended_on": condition.step.ended_on}))


@transaction.atomic
def move_commitment(*, actor: User, commitment: Commitment, due_on: date, reason: str, on: date) -> Commitment:
    """Agrees on a later day for a promise; the day before stays readable.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, the codes of plain, COMMITMENT_SETTLED_ALREADY, COMMITMENT_WAITS,
            COMMITMENT_NOT_LATER (due_on), CHANGED_MEANWHILE_BY_ANOTHER.
    """
    package = commitment.package
    require_package_work(actor, package, on=on)
    fact = _fact(commitment, on=on)
    refuse(why_not_move(fact, due_on, on=on))
    was = due_day(fact, on=on) or on
    why = plain(reason, CommitmentMove.reason.field)
    swap(_unsettled(commitment).filter(due_on=commitment.due_on), due_on=due_on)
    CommitmentMove.objects.create(
        commitment=commitment, moved_on=on, was_on=was, due_on=due_on, reason=why, moved_by=actor
    )
    commitment.due_on = due_on
    note(actor, package, commitment.ref, CommitmentMoved(commitment.party, was, due_on, company_ref(commitment)), on)
    return commitment


@transaction.atomic
def settle_commitment(
    *, actor: User, commitment: Commitment, kept: bool, settled_on: date, on: date, breach: Breach | None = None
) -> Commitment:
    """Records that a promise was kept, or broken: by whom and why.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, the codes of plain, DATE_AHEAD, BROKEN_WITHOUT_REASON,
            COMMITMENT_KEPT_BY_WHOM (a reason for breaking what was kept), COMMITMENT_SETTLED_ALREADY,
            COMMITMENT_SETTLED_BEFORE_MADE, CHANGED_MEANWHILE_BY_ANOTHER.
    """
    package = commitment.package
    require_package_work(actor, package, on=on)
    require_not_ahead(settled_on, on=on)
    if not kept and breach is None:
        raise Refused(Refusal(CommitmentRefusal.BROKEN_WITHOUT_REASON, {}))
    if kept and breach is not None:
        raise Refused(Refusal(CommitmentRefusal.COMMITMENT_KEPT_BY_WHOM, {}))
    refuse(why_not_settle(_fact(commitment, on=on), settled_on))
    columns = _settled(settled_on, breach)
    swap(_unsettled(commitment), settled_by=actor, **columns)
    for name, value in columns.items():
        setattr(commitment, name, value)
    if breach is None:
        note(actor, package, commitment.ref, CommitmentKept(commitment.party, company_ref(commitment)), settled_on)
    else:
        kind = CommitmentBroken(commitment.party, breach.by.value, breach.because.value, company_ref(commitment))
        note(actor, package, commitment.ref, kind, settled_on)
    return commitment


def _settled(settled_on: date, breach: Breach | None) -> dict[str, object]:
    if breach is None:
        return {"kept_on": settled_on}
    return {
        "broken_on": settled_on,
        "broken_by": breach.by.value,
        "broken_because": breach.because.value,
        "broken_words": plain(breach.words, Commitment.broken_words.field, needed=False),
    }


def _fact(commitment: Commitment, *, on: date) -> CommitmentFact:
    """As it stands in the database now."""
    return promise_fact(Commitment.objects.as_of(on).get(pk=commitment.pk))


def _unsettled(commitment: Commitment) -> CommitmentQuerySet:
    return Commitment.objects.filter(
        pk=commitment.pk, made_on__isnull=False, kept_on__isnull=True, broken_on__isnull=True
    )
