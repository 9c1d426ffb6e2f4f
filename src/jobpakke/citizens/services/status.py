"""The recorded labour-market status: begins, is corrected, ends. A correction closes the old row, opens a new."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.db import IntegrityError, transaction

from jobpakke.access.models import User
from jobpakke.citizens.access import require_case_work
from jobpakke.citizens.models import Citizen, OtherReason, Status, StatusSpell
from jobpakke.history.guards import PERIOD_OVERLAP
from jobpakke.history.kinds import StatusCorrected, StatusEnded, StatusRecorded, StatusRetracted
from jobpakke.history.services import Happening, record
from jobpakke.lib.clock import now
from jobpakke.lib.refs import Ref
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.method.rulebook import Rulebook, rulebook
from jobpakke.method.week import most_hours


class StatusRefusal(StrEnum):
    """Why a status was not recorded."""

    STATUS_DATES_REVERSED = "STATUS_DATES_REVERSED"
    STATUS_REASON_MISSING = "STATUS_REASON_MISSING"
    STATUS_REASON_NOT_ALLOWED = "STATUS_REASON_NOT_ALLOWED"
    STATUS_HOURS_OUT_OF_RANGE = "STATUS_HOURS_OUT_OF_RANGE"
    STATUS_OVERLAPS = "STATUS_OVERLAPS"
    STATUS_CHANGED_MEANWHILE = "STATUS_CHANGED_MEANWHILE"
    STATUS_ENDED_ALREADY = "STATUS_ENDED_ALREADY"


@dataclass(frozen=True, slots=True)
class StatusFacts:
    """What a spell says: status over [starts_on, ends_on), the reason of an "other", weekly hours of a job."""

    status: Status
    starts_on: date
    ends_on: date | None = None
    reason: OtherReason | None = None
    weekly_hours: Decimal | None = None


def check_status(facts: StatusFacts, rules: Rulebook | None = None) -> None:
    """What must hold of one spell alone; used by the verbs and by bulk loading. ``rules``: those of the municipality
    (None: the common ones), as on the day it begins.

    Raises:
        Refused: STATUS_DATES_REVERSED, STATUS_REASON_MISSING, STATUS_REASON_NOT_ALLOWED, STATUS_HOURS_OUT_OF_RANGE.
    """
    if facts.ends_on is not None and facts.ends_on <= facts.starts_on:
        raise Refused(Refusal(StatusRefusal.STATUS_DATES_REVERSED, {"start": facts.starts_on, "end": facts.ends_on}))
    if facts.status == Status.OTHER and facts.reason is None:
        raise Refused(Refusal(StatusRefusal.STATUS_REASON_MISSING, {}))
    if facts.status != Status.OTHER and facts.reason is not None:
        raise Refused(Refusal(StatusRefusal.STATUS_REASON_NOT_ALLOWED, {}))
    most = most_hours(rules or rulebook(), on=facts.starts_on)
    if facts.weekly_hours is not None and not 0 < facts.weekly_hours <= most:
        raise Refused(Refusal(StatusRefusal.STATUS_HOURS_OUT_OF_RANGE, {"most": most}))


@transaction.atomic
def record_status(
    *, actor: User, citizen: Citizen, facts: StatusFacts, on: date, rules: Rulebook | None = None
) -> StatusSpell:
    """Records a status of a citizen. ``rules``: as check_status.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, the codes of check_status, STATUS_OVERLAPS.
    """
    require_case_work(actor, citizen, on=on)
    check_status(facts, rules)
    row = _insert(citizen, facts)
    record(Happening(StatusRecorded(facts.status.value), actor.ref, row.ref, citizen.ref, facts.starts_on))
    return row


@transaction.atomic
def correct_status(
    *,
    actor: User,
    spell: StatusSpell,
    facts: StatusFacts,
    on: date,
    seen: Ref | None = None,
    rules: Rulebook | None = None,
) -> StatusSpell:
    """Replaces what a spell said from its beginning: the old row stays readable as what was known then.

    ``seen``: the row that the actor had read (None: ``spell`` itself); ``rules``: as check_status.

    Raises:
        Refused: as record_status; STATUS_CHANGED_MEANWHILE when somebody corrected the same row first.
    """
    require_case_work(actor, spell.citizen, on=on)
    check_status(facts, rules)
    if seen is not None and seen != spell.ref:
        raise Refused(Refusal(StatusRefusal.STATUS_CHANGED_MEANWHILE, {}))
    _close(spell)
    row = _insert(spell.citizen, facts)
    event = StatusCorrected(spell.status, facts.status.value)
    record(Happening(event, actor.ref, row.ref, spell.citizen.ref, facts.starts_on))
    return row


@transaction.atomic
def end_status(*, actor: User, spell: StatusSpell, ended_on: date, on: date) -> StatusSpell:
    """Ends an open spell; ``ended_on`` is the first day it no longer holds.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, STATUS_ENDED_ALREADY, STATUS_DATES_REVERSED, STATUS_CHANGED_MEANWHILE.
    """
    require_case_work(actor, spell.citizen, on=on)
    if spell.ends_on is not None:
        raise Refused(Refusal(StatusRefusal.STATUS_ENDED_ALREADY, {"ended_on": spell.ends_on}))
    facts = StatusFacts(
        Status(spell.status),
        spell.starts_on,
        ended_on,
        OtherReason(spell.reason) if spell.reason else None,
        spell.weekly_hours,
    )
    check_status(replace(facts, weekly_hours=None))  # what was recorded was asked then
    _close(spell)
    row = _insert(spell.citizen, facts)
    record(Happening(StatusEnded(spell.status), actor.ref, row.ref, spell.citizen.ref, ended_on))
    return row


@transaction.atomic
def retract_status(*, actor: User, spell: StatusSpell, on: date) -> None:
    """Says that a status never held: its row is closed and stays readable as what was known then.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, STATUS_CHANGED_MEANWHILE.
    """
    require_case_work(actor, spell.citizen, on=on)
    _close(spell)
    record(Happening(StatusRetracted(spell.status), actor.ref, spell.ref, spell.citizen.ref, spell.starts_on))


def _close(spell: StatusSpell) -> None:
    closed = StatusSpell.objects.current().filter(pk=spell.pk).update(superseded_at=now())
    if closed != 1:
        raise Refused(Refusal(StatusRefusal.STATUS_CHANGED_MEANWHILE, {}))


def _insert(citizen: Citizen, facts: StatusFacts) -> StatusSpell:
    try:
        with transaction.atomic():
            return StatusSpell.objects.create(
                citizen=citizen,
                status=facts.status,
                starts_on=facts.starts_on,
                ends_on=facts.ends_on,
                reason=facts.reason or "",
                weekly_hours=facts.weekly_hours,
            )
    except IntegrityError as error:
        if PERIOD_OVERLAP not in str(error):
            raise
        raise Refused(Refusal(StatusRefusal.STATUS_OVERLAPS, {"status": facts.status.value})) from error
