"""Cases that go to another caseworker: many at once, and the receiver's word that they have been seen."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from django.db import IntegrityError, transaction
from django.db.models import Q

from jobpakke.access.models import Membership, Role, User
from jobpakke.access.policies import AccessRefusal, Act, require
from jobpakke.citizens.models import CaseAssignment, Citizen, HandOver
from jobpakke.citizens.services.person import CitizenRefusal
from jobpakke.history.guards import PERIOD_OVERLAP
from jobpakke.history.kinds import CaseHandedOver, HandOverSeen
from jobpakke.history.services import Happening, record, record_many
from jobpakke.lib.clock import now
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.lib.texts import plain


class HandOverRefusal(StrEnum):
    """Why no case was handed over."""

    NOBODY_CHOSEN = "NOBODY_CHOSEN"
    HAND_OVER_IN_PAST = "HAND_OVER_IN_PAST"
    HAND_OVER_BEFORE_CASE_BEGAN = "HAND_OVER_BEFORE_CASE_BEGAN"
    RECEIVER_HAS_CASE = "RECEIVER_HAS_CASE"
    HAND_OVER_SEEN_ALREADY = "HAND_OVER_SEEN_ALREADY"


@transaction.atomic
def hand_over(
    *,
    actor: User,
    citizens: Sequence[Citizen],
    giver: User | None,
    receiver: User,
    starts_on: date,
    on: date,
    note: str = "",
) -> list[HandOver]:
    """Gives cases to another caseworker of the municipality from a day on; all of them, or none.

    ``giver``: who has them, as the actor saw it; None when nobody has. What was planned for later days is replaced:
    giving a case that goes to somebody else later back to who has it calls that off.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, NOBODY_CHOSEN, HAND_OVER_IN_PAST (day, today), NOT_A_CASEWORKER (name),
            HAND_OVER_BEFORE_CASE_BEGAN (began), RECEIVER_HAS_CASE (name), CHANGED_MEANWHILE, the codes of plain.
    """
    chosen = _chosen(actor, citizens, on=on)
    if starts_on < on:
        raise Refused(Refusal(HandOverRefusal.HAND_OVER_IN_PAST, {"day": starts_on, "today": on}))
    _require_caseworker(receiver, {citizen.municipality_id for citizen in chosen}, on=starts_on)
    text = plain(note, HandOver.note.field, needed=False)
    held = _held(chosen, starts_on)
    working = CaseAssignment.objects.working_on(starts_on).filter(citizen__in=chosen)
    minded = set(working.values_list("citizen", flat=True))
    for citizen in chosen:
        _check(held[citizen.pk], giver, receiver, starts_on, minded=citizen.pk in minded)
    _reassign(chosen, held, receiver, starts_on)
    rows = HandOver.objects.bulk_create(
        HandOver(citizen=citizen, giver=giver, receiver=receiver, starts_on=starts_on, note=text, handed_by=actor)
        for citizen in chosen
    )
    kind = CaseHandedOver(giver.ref if giver else None, receiver.ref)
    record_many(Happening(kind, actor.ref, row.ref, row.citizen.ref, starts_on) for row in rows)
    return rows


@transaction.atomic
def see_hand_over(*, actor: User, hand_over: HandOver, on: date) -> HandOver:
    """The receiver acknowledges what was received; then it is no longer told of.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, HAND_OVER_IN_PAST (day, today) before its day, HAND_OVER_SEEN_ALREADY.
    """
    require(actor, Act.WORK_CASES, hand_over.citizen, on=on)
    if hand_over.receiver_id != actor.pk:
        raise Refused(Refusal(AccessRefusal.ROLE_LACKS_ACT, {"act": Act.WORK_CASES.value}))
    rows = HandOver.objects.filter(pk=hand_over.pk, seen_on__isnull=True, starts_on__lte=on)
    if rows.update(seen_on=on) != 1:
        raise Refused(Refusal(HandOverRefusal.HAND_OVER_SEEN_ALREADY, {}))
    hand_over.seen_on = on
    record(Happening(HandOverSeen(), actor.ref, hand_over.ref, hand_over.citizen.ref, on))
    return hand_over


def _chosen(actor: User, citizens: Iterable[Citizen], *, on: date) -> list[Citizen]:
    """Each once, all of them in the actor's charge."""
    require(actor, Act.HAND_OVER, on=on)
    chosen = list({citizen.pk: citizen for citizen in citizens}.values())
    if not chosen:
        raise Refused(Refusal(HandOverRefusal.NOBODY_CHOSEN, {}))
    mine = Citizen.objects.in_charge_of(actor, on=on).filter(pk__in=[citizen.pk for citizen in chosen])
    if mine.count() != len(chosen):
        raise Refused(Refusal(AccessRefusal.NOT_FOUND, {}))
    return chosen


def _require_caseworker(receiver: User, places: set[int], *, on: date) -> None:
    """The receiver can sign in and is a caseworker on the day in each of the municipalities."""
    roles = Membership.objects.on(on).filter(user=receiver, role=Role.CASEWORKER, municipality__in=places)
    if not receiver.is_active or roles.count() != len(places):
        raise Refused(Refusal(CitizenRefusal.NOT_A_CASEWORKER, {"name": receiver.full_name}))


def _held(citizens: Iterable[Citizen], day: date) -> Mapping[int, list[CaseAssignment]]:
    """Who has each case on the day, and who is to have it later, in order."""
    found: dict[int, list[CaseAssignment]] = defaultdict(list)
    rows = CaseAssignment.objects.current().filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), citizen__in=citizens)
    for row in rows.select_related("caseworker").order_by("citizen", "starts_on"):
        found[row.citizen_id].append(row)
    return found


def _check(held: list[CaseAssignment], giver: User | None, receiver: User, day: date, *, minded: bool) -> None:
    present = held[0] if held and held[0].starts_on <= day else None
    if giver is None:
        if minded:
            raise Refused(Refusal(CitizenRefusal.CHANGED_MEANWHILE, {}))
        return
    if present is None or present.caseworker_id != giver.pk:
        later = [row for row in held if row.caseworker_id == giver.pk]
        if later:
            raise Refused(Refusal(HandOverRefusal.HAND_OVER_BEFORE_CASE_BEGAN, {"began": later[0].starts_on}))
        raise Refused(Refusal(CitizenRefusal.CHANGED_MEANWHILE, {}))
    if giver.pk == receiver.pk and len(held) == 1:
        raise Refused(Refusal(HandOverRefusal.RECEIVER_HAS_CASE, {"name": receiver.full_name}))


def _reassign(citizens: Sequence[Citizen], held: Mapping[int, list[CaseAssignment]], receiver: User, day: date) -> None:
    """Closes what held on the day or later, keeps what lay before, and opens the receiver's rows."""
    closing = [row for rows in held.values() for row in rows]
    closed = CaseAssignment.objects.current().filter(pk__in=[row.pk for row in closing]).update(superseded_at=now())
    if closed != len(closing):
        raise Refused(Refusal(CitizenRefusal.CHANGED_MEANWHILE, {}))
    before = [
        CaseAssignment(citizen_id=row.citizen_id, caseworker=row.caseworker, starts_on=row.starts_on, ends_on=day)
        for row in closing
        if row.starts_on < day
    ]
    after = [CaseAssignment(citizen=citizen, caseworker=receiver, starts_on=day) for citizen in citizens]
    try:
        with transaction.atomic():
            CaseAssignment.objects.bulk_create([*before, *after])
    except IntegrityError as error:
        if PERIOD_OVERLAP not in str(error):
            raise
        raise Refused(Refusal(CitizenRefusal.CHANGED_MEANWHILE, {})) from error
