"""A case that another municipality is offered: taken over, or sent back. Offering it is packages.services.moving."""

from datetime import date, timedelta
from enum import StrEnum

from django.db import transaction
from django.db.models import Q

from jobpakke.access.models import Membership, Role, User
from jobpakke.access.policies import AccessRefusal, Act, municipalities_for
from jobpakke.citizens.models import CaseAssignment, CaseTransfer, Citizen, HandOver, OtherReason, Status, StatusSpell
from jobpakke.citizens.services.person import CitizenRefusal
from jobpakke.history.kinds import CaseAccepted, CaseReturned, StatusEnded
from jobpakke.history.services import Happening, record
from jobpakke.lib.clock import now
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.lib.texts import plain


class TransferRefusal(StrEnum):
    """Why a case was not offered, taken over or sent back."""

    MOVED_NOWHERE = "MOVED_NOWHERE"
    TRANSFER_WAITS = "TRANSFER_WAITS"
    TRANSFER_ANSWERED = "TRANSFER_ANSWERED"


@transaction.atomic
def accept_transfer(*, actor: User, transfer: CaseTransfer, caseworker: User, on: date) -> CaseTransfer:
    """Takes an offered case over and gives it a caseworker, who is told as of any hand-over.

    From now on the citizen belongs to the municipality; the sender sees nothing more of them. The status "moved" ends:
    here the citizen has not moved away, and needs a plan.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, NOT_A_CASEWORKER (name), TRANSFER_ANSWERED, CHANGED_MEANWHILE.
    """
    _require_receiver(actor, transfer, on=on)
    role = Membership.objects.on(on).filter(user=caseworker, role=Role.CASEWORKER, municipality=transfer.receiver_id)
    if not caseworker.is_active or not role.exists():
        raise Refused(Refusal(CitizenRefusal.NOT_A_CASEWORKER, {"name": caseworker.full_name}))
    _answer(transfer, actor, accepted_on=on)
    citizen = transfer.citizen
    moved = Citizen.objects.filter(pk=citizen.pk, municipality=transfer.sender_id)
    if moved.update(municipality=transfer.receiver_id) != 1:
        raise Refused(Refusal(CitizenRefusal.CHANGED_MEANWHILE, {}))
    citizen.municipality = transfer.receiver
    giver = _end_assignment(citizen, on)
    CaseAssignment.objects.create(citizen=citizen, caseworker=caseworker, starts_on=on)
    HandOver.objects.create(
        citizen=citizen, giver=giver, receiver=caseworker, starts_on=on, note=transfer.note, handed_by=actor
    )
    _end_moved(actor, citizen, on)
    kind = CaseAccepted(transfer.sender.code, caseworker.ref)
    record(Happening(kind, actor.ref, transfer.ref, citizen.ref, on))
    return transfer


@transaction.atomic
def return_transfer(*, actor: User, transfer: CaseTransfer, reason: str, on: date) -> CaseTransfer:
    """Sends an offered case back, with a reason that the sender reads. The case stays where it is.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, the codes of plain, TRANSFER_ANSWERED.
    """
    _require_receiver(actor, transfer, on=on)
    _answer(transfer, actor, returned_on=on, reason=plain(reason, CaseTransfer.reason.field))
    kind = CaseReturned(transfer.receiver.code)
    record(Happening(kind, actor.ref, transfer.ref, transfer.citizen.ref, on))
    return transfer


def _require_receiver(actor: User, transfer: CaseTransfer, *, on: date) -> None:
    if municipalities_for(actor, Act.RECEIVE_CASES, on=on).filter(pk=transfer.receiver_id).exists():
        return
    seen = CaseTransfer.objects.visible_to(actor, on=on).filter(pk=transfer.pk).exists()
    if not seen:
        raise Refused(Refusal(AccessRefusal.NOT_FOUND, {}))
    raise Refused(Refusal(AccessRefusal.ROLE_LACKS_ACT, {"act": Act.RECEIVE_CASES.value}))


def _answer(transfer: CaseTransfer, actor: User, **changes: object) -> None:
    if CaseTransfer.objects.waiting().filter(pk=transfer.pk).update(answered_by=actor, **changes) != 1:
        raise Refused(Refusal(TransferRefusal.TRANSFER_ANSWERED, {}))
    for name, value in {**changes, "answered_by": actor}.items():
        setattr(transfer, name, value)


def _end_assignment(citizen: Citizen, on: date) -> User | None:
    """Ends the sender's assignments as of the day, planned ones too; returns who had the case."""
    rows = CaseAssignment.objects.current().filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), citizen=citizen)
    held = list(rows.select_related("caseworker").order_by("starts_on"))
    rows.update(superseded_at=now())
    before = [row for row in held if row.starts_on < on]
    CaseAssignment.objects.bulk_create(
        CaseAssignment(citizen=citizen, caseworker=row.caseworker, starts_on=row.starts_on, ends_on=on)
        for row in before
    )
    present = [row for row in held if row.starts_on <= on]
    return present[0].caseworker if present else None


def _end_moved(actor: User, citizen: Citizen, on: date) -> None:
    """Ends the status "moved", which has held for a day at least."""
    rows = StatusSpell.objects.current().filter(
        citizen=citizen, status=Status.OTHER, reason=OtherReason.MOVED, ends_on__isnull=True
    )
    spell = rows.first()
    if spell is None:
        return
    ends_on = max(on, spell.starts_on + timedelta(days=1))
    if rows.filter(pk=spell.pk).update(superseded_at=now()) != 1:
        raise Refused(Refusal(CitizenRefusal.CHANGED_MEANWHILE, {}))
    row = StatusSpell.objects.create(
        citizen=citizen, status=spell.status, reason=spell.reason, starts_on=spell.starts_on, ends_on=ends_on
    )
    record(Happening(StatusEnded(spell.status), actor.ref, row.ref, citizen.ref, ends_on))
