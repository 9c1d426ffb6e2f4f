"""A citizen moves to another municipality: the package ends, and the case is offered there."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from jobpakke.access.models import Municipality, User
from jobpakke.citizens.access import require_case_work
from jobpakke.citizens.models import CaseTransfer, Citizen, OtherReason, Status, StatusSpell, TransferGround
from jobpakke.citizens.services import end_status, record_status
from jobpakke.citizens.services.status import StatusFacts
from jobpakke.citizens.services.transfers import TransferRefusal
from jobpakke.history.kinds import CaseOffered
from jobpakke.history.services import Happening, record
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.lib.texts import plain
from jobpakke.packages.models import EndReason, JobPackage, LateReason, Outcome
from jobpakke.packages.open_ends import steps_beyond
from jobpakke.packages.services.climb import end_step
from jobpakke.packages.services.ending import Ending, conclude_package, settle_plan
from jobpakke.packages.services.writing import require_not_ahead


@dataclass(frozen=True, slots=True)
class Move:
    """Where to, from which day, what lets the data go there, a note to who takes over.

    ``end_steps``: steps under way end that day, because the citizen moved; else they stand in the way.
    """

    receiver: Municipality
    moved_on: date
    ground: TransferGround
    note: str = ""
    end_steps: bool = False


@transaction.atomic
def transfer_case(*, actor: User, citizen: Citizen, move: Move, on: date) -> CaseTransfer:
    """Ends what runs here because the citizen moved, and offers the case to the other municipality.

    The package ends as "other reason: moved", the status is that from the day, a draft is thrown away and a proposal
    taken back. The caseworker keeps the case until the other municipality accepts it.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, DATE_AHEAD, MOVED_NOWHERE, TRANSFER_WAITS (municipality), the codes of
            plain; as end_step, conclude_package and record_status.
    """
    require_case_work(actor, citizen, on=on)
    require_not_ahead(move.moved_on, on=on)
    if move.receiver.pk == citizen.municipality_id:
        raise Refused(Refusal(TransferRefusal.MOVED_NOWHERE, {}))
    text = plain(move.note, CaseTransfer.note.field, needed=False)
    transfer = _offer(actor, citizen, move, text, on=on)
    package = JobPackage.objects.filter(citizen=citizen, ended_on__isnull=True).first()
    if package is not None:
        package.citizen = citizen
    if package is not None and package.opened_on is not None:
        _end_package(actor, package, move, on=on)
    else:
        if package is not None:
            settle_plan(actor, package, on=on)
        _record_moved(actor, citizen, move.moved_on, on=on)
    kind = CaseOffered(move.receiver.code, move.ground.value)
    record(Happening(kind, actor.ref, transfer.ref, citizen.ref, move.moved_on))
    return transfer


def _offer(actor: User, citizen: Citizen, move: Move, text: str, *, on: date) -> CaseTransfer:
    try:
        with transaction.atomic():
            return CaseTransfer.objects.create(
                citizen=citizen,
                sender=citizen.municipality,
                receiver=move.receiver,
                moved_on=move.moved_on,
                ground=move.ground,
                note=text,
                sent_on=on,
                sent_by=actor,
            )
    except IntegrityError as error:
        waiting = CaseTransfer.objects.waiting().select_related("receiver").filter(citizen=citizen).first()
        if waiting is None:
            raise
        raise Refused(Refusal(TransferRefusal.TRANSFER_WAITS, {"municipality": waiting.receiver.name})) from error


def _end_package(actor: User, package: JobPackage, move: Move, *, on: date) -> None:
    if move.end_steps:
        for step in steps_beyond(package, move.moved_on):
            step.package = package
            end_step(
                actor=actor,
                step=step,
                ended_on=move.moved_on,
                reason=EndReason.MOVED,
                late_reason=LateReason.TOLD_LATE,
                on=on,
            )
    _make_room(actor, package.citizen, move.moved_on, on=on)
    ending = Ending(move.moved_on, Outcome.OTHER, reason=OtherReason.MOVED)
    conclude_package(actor=actor, package=package, ending=ending, on=on)


def _record_moved(actor: User, citizen: Citizen, moved_on: date, *, on: date) -> None:
    """Unless it stands there already, from an offer that was sent back."""
    moved = StatusSpell.objects.on(moved_on).filter(citizen=citizen, status=Status.OTHER, reason=OtherReason.MOVED)
    if moved.exists():
        return
    _make_room(actor, citizen, moved_on, on=on)
    facts = StatusFacts(Status.OTHER, moved_on, reason=OtherReason.MOVED)
    record_status(actor=actor, citizen=citizen, facts=facts, on=on)


def _make_room(actor: User, citizen: Citizen, moved_on: date, *, on: date) -> None:
    """An "other" that goes on, for another reason, gives way to the move."""
    rows = StatusSpell.objects.on(moved_on).filter(citizen=citizen, status=Status.OTHER, ends_on__isnull=True)
    spell = rows.filter(starts_on__lt=moved_on).first()
    if spell is not None:
        spell.citizen = citizen
        end_status(actor=actor, spell=spell, ended_on=moved_on, on=on)
