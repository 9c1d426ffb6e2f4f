"""What a caseworker of today recorded by mistake, took back and recorded rightly, told through the verbs; and an
aftercare that ended by wish, which can be taken back."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from jobpakke.access.models import User
from jobpakke.citizens.models import CaseAssignment
from jobpakke.demo.bulk import Ground
from jobpakke.demo.ground import TODAY_CODE
from jobpakke.packages.models import Aftercare, Commitment, CorrectionReason, JobPackage, Party, PlannedStep, Step
from jobpakke.packages.services import (
    assign_mentor,
    confirm_mentor,
    end_aftercare,
    settle_commitment,
    undo_confirmation,
    undo_settlement,
    undo_waiver,
    waive_gate,
)
from jobpakke.packages.services.support import FreeMentor

_REASON = "Arbejdspladsen har set, at det går uden; beviset vises i næste trin."


def tell(ground: Ground, today: date) -> None:
    """The same for both caseworkers of today."""
    for name in ("bo", "erik"):
        user = ground.users[name]
        assigned = CaseAssignment.objects.on(today).filter(caseworker=user, starts_on__lt=today - timedelta(days=8))
        mine = assigned.values("citizen")
        packages = JobPackage.objects.filter(citizen__in=mine, programme__code=TODAY_CODE, ended_on=None)
        _promise(user, Commitment.objects.filter(package__in=packages).order_by("pk"), today)
        _dispensation(user, Step.objects.filter(package__in=packages).order_by("pk"), today)
        _confirmation(user, PlannedStep.objects.filter(version__package__in=packages).order_by("pk"), today)
        _aftercare(
            user, Aftercare.objects.filter(package__citizen__in=mine, package__programme__code=TODAY_CODE), today
        )


def _promise(user: User, rows: QuerySet[Commitment], today: date) -> None:
    """It was kept, but some days later than was written first."""
    read = rows.filter(kept_on__isnull=False, kept_on__lt=today - timedelta(days=2))
    row = read.select_related("package__citizen", "settled_by").first()
    if row is None or row.kept_on is None:
        return
    right, on = row.kept_on + timedelta(days=2), today - timedelta(days=1)
    open_again = undo_settlement(actor=user, commitment=row, because=CorrectionReason.MISTYPED, on=on)
    settle_commitment(actor=user, commitment=open_again, kept=True, settled_on=right, on=on)


def _dispensation(user: User, rows: QuerySet[Step], today: date) -> None:
    """It was written at the step of another citizen, and taken back the next day."""
    begun = Step.objects.filter(wordings__needs=OuterRef("pk"), started_on__isnull=False)
    going = rows.filter(~Exists(begun), started_on__lt=today - timedelta(days=2), ended_on=None, waiver=None)
    step = going.select_related("package__citizen").first()
    if step is not None:
        day = today - timedelta(days=2)
        waiver = waive_gate(actor=user, step=step, given_on=day, reason=_REASON, on=day)
        undo_waiver(actor=user, waiver=waiver, because=CorrectionReason.ELSEWHERE, on=day + timedelta(days=1))


def _confirmation(user: User, rows: QuerySet[PlannedStep], today: date) -> None:
    """The mentor of a step that is still to begin had not signed yet; two days later they had."""
    ahead = rows.filter(version__effective_on__isnull=False, step__started_on=None, workplace__isnull=False)
    row = ahead.filter(starts_on__gt=today).select_related("step__package__citizen").first()
    if row is None:
        return
    day = today - timedelta(days=4)
    who = FreeMentor("Bodil Holm", Party.COMPANY)
    mentor = assign_mentor(
        actor=user, step=row.step, mentor=who, starts_on=row.starts_on, confidentiality_on=None, on=day
    )
    confirm_mentor(actor=user, mentorship=mentor, confirmed_on=day, on=day)
    undo_confirmation(actor=user, mentorship=mentor, because=CorrectionReason.TOLD_WRONG, on=day + timedelta(days=1))
    later = day + timedelta(days=2)
    confirm_mentor(actor=user, mentorship=mentor, confirmed_on=later, on=later)


def _aftercare(user: User, rows: QuerySet[Aftercare], today: date) -> None:
    """It ended by wish last week."""
    row = rows.filter(ended_on=None, ends_on__gt=today, number=1).select_related("package__citizen").last()
    if row is not None:
        day = today - timedelta(days=7)
        end_aftercare(actor=user, aftercare=row, ended_on=day, on=day)
