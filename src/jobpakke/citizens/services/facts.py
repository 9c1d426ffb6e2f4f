"""Wishes, limits, qualifications and target groups: facts with a life, recorded and ended, never deleted."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from django.db import transaction

from jobpakke.access.models import User
from jobpakke.citizens.access import require_case_work
from jobpakke.citizens.groups import groups_mark, target_groups
from jobpakke.citizens.models import (
    Citizen,
    Limit,
    LimitKind,
    Qualification,
    TargetGroupMembership,
    TargetGroupScheme,
    Wish,
)
from jobpakke.citizens.services.person import CitizenRefusal
from jobpakke.history.kinds import (
    LimitEnded,
    LimitRecorded,
    QualificationEnded,
    QualificationRecorded,
    TargetGroupSet,
    WishEnded,
    WishRecorded,
)
from jobpakke.history.periods import with_end
from jobpakke.history.services import Happening, record
from jobpakke.lib.clock import now
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.lib.texts import plain
from jobpakke.method.rulebook import Rulebook, rulebook
from jobpakke.method.week import most_hours

Row = TypeVar("Row", Wish, Limit, Qualification)


class FactRefusal(StrEnum):
    """Why a fact about a citizen was not recorded or ended."""

    TARGET_GROUP_UNKNOWN = "TARGET_GROUP_UNKNOWN"
    LIMIT_HOURS_OUT_OF_RANGE = "LIMIT_HOURS_OUT_OF_RANGE"
    LIMIT_WINDOW_REVERSED = "LIMIT_WINDOW_REVERSED"
    FACT_ENDED_ALREADY = "FACT_ENDED_ALREADY"
    FACT_ENDS_BEFORE_IT_BEGAN = "FACT_ENDS_BEFORE_IT_BEGAN"


@transaction.atomic
def record_wish(*, actor: User, citizen: Citizen, text: str, on: date) -> Wish:
    """Records what the citizen wants, in the citizen's words.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, the codes of plain.
    """
    require_case_work(actor, citizen, on=on)
    row = Wish.objects.create(citizen=citizen, text=plain(text, Wish.text.field), starts_on=on)
    record(Happening(WishRecorded(), actor.ref, row.ref, citizen.ref, on))
    return row


@transaction.atomic
def end_wish(*, actor: User, wish: Wish, ended_on: date, on: date) -> Wish:
    """A wish that no longer holds from a day on.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, FACT_ENDED_ALREADY, FACT_ENDS_BEFORE_IT_BEGAN.
    """
    require_case_work(actor, wish.citizen, on=on)
    row = _ended(wish, ended_on)
    record(Happening(WishEnded(), actor.ref, row.ref, wish.citizen.ref, ended_on))
    return row


@transaction.atomic
def record_limit(
    *,
    actor: User,
    citizen: Citizen,
    kind: LimitKind,
    text: str,
    on: date,
    hours: Decimal | None = None,
    window: tuple[time, time] | None = None,
    rules: Rulebook | None = None,
) -> Limit:
    """Records a functional limit, never its cause. ``window``: the part of the day in which work can lie; ``rules``:
    those of the municipality (None: the common ones).

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, the codes of plain, LIMIT_HOURS_OUT_OF_RANGE (most), LIMIT_WINDOW_REVERSED.
    """
    require_case_work(actor, citizen, on=on)
    most = most_hours(rules or rulebook(), on=on)
    if hours is not None and not 0 < hours <= most:
        raise Refused(Refusal(FactRefusal.LIMIT_HOURS_OUT_OF_RANGE, {"most": most}))
    if window is not None and window[1] <= window[0]:
        raise Refused(Refusal(FactRefusal.LIMIT_WINDOW_REVERSED, {}))
    free_from, free_to = window or (None, None)
    row = Limit.objects.create(
        citizen=citizen,
        kind=kind,
        text=plain(text, Limit.text.field),
        hours=hours,
        free_from=free_from,
        free_to=free_to,
        starts_on=on,
    )
    record(Happening(LimitRecorded(kind), actor.ref, row.ref, citizen.ref, on))
    return row


@transaction.atomic
def end_limit(*, actor: User, limit: Limit, ended_on: date, on: date) -> Limit:
    """A limit that no longer holds from a day on.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, FACT_ENDED_ALREADY, FACT_ENDS_BEFORE_IT_BEGAN.
    """
    require_case_work(actor, limit.citizen, on=on)
    row = _ended(limit, ended_on)
    record(Happening(LimitEnded(limit.kind), actor.ref, row.ref, limit.citizen.ref, ended_on))
    return row


@transaction.atomic
def record_qualification(*, actor: User, citizen: Citizen, text: str, on: date) -> Qualification:
    """Records what the citizen has learned.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, the codes of plain.
    """
    require_case_work(actor, citizen, on=on)
    row = Qualification.objects.create(citizen=citizen, text=plain(text, Qualification.text.field), starts_on=on)
    record(Happening(QualificationRecorded(), actor.ref, row.ref, citizen.ref, on))
    return row


@transaction.atomic
def end_qualification(*, actor: User, qualification: Qualification, ended_on: date, on: date) -> Qualification:
    """A qualification that no longer holds from a day on: a certificate that ran out.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, FACT_ENDED_ALREADY, FACT_ENDS_BEFORE_IT_BEGAN.
    """
    require_case_work(actor, qualification.citizen, on=on)
    row = _ended(qualification, ended_on)
    record(Happening(QualificationEnded(), actor.ref, row.ref, qualification.citizen.ref, ended_on))
    return row


@transaction.atomic
def set_target_group(
    *, actor: User, citizen: Citizen, scheme: TargetGroupScheme, group: str, on: date, seen: str | None = None
) -> TargetGroupMembership:
    """Places a citizen in a group of a scheme from the date; the group held before ends there.

    ``seen``: the ``groups_mark`` of the groups that the actor had read (None: does not matter).

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, TARGET_GROUP_UNKNOWN (allowed: the scheme's groups), CHANGED_MEANWHILE.
    """
    require_case_work(actor, citizen, on=on)
    allowed = TargetGroupMembership.GROUPS[scheme]
    if group not in allowed:
        raise Refused(Refusal(FactRefusal.TARGET_GROUP_UNKNOWN, {"allowed": ", ".join(allowed)}))
    rows = target_groups(citizen, on=on)
    if seen is not None and seen != groups_mark(rows):
        raise Refused(Refusal(CitizenRefusal.CHANGED_MEANWHILE, {}))
    for held in (row for row in rows if row.scheme == scheme):
        if TargetGroupMembership.objects.current().filter(pk=held.pk).update(superseded_at=now()) != 1:
            raise Refused(Refusal(CitizenRefusal.CHANGED_MEANWHILE, {}))
        if held.starts_on < on:
            TargetGroupMembership.objects.create(
                citizen=citizen, scheme=scheme, group=held.group, starts_on=held.starts_on, ends_on=on
            )
    row = TargetGroupMembership.objects.create(citizen=citizen, scheme=scheme, group=group, starts_on=on)
    record(Happening(TargetGroupSet(scheme, group), actor.ref, citizen.ref, citizen.ref, on))
    return row


def _ended(row: Row, ended_on: date) -> Row:
    """The same with an end: the row without one stays readable as what was known until now."""
    if row.ends_on is not None:
        raise Refused(Refusal(FactRefusal.FACT_ENDED_ALREADY, {"ended_on": row.ends_on}))
    if ended_on < row.starts_on:
        raise Refused(
            Refusal(FactRefusal.FACT_ENDS_BEFORE_IT_BEGAN, {"starts_on": row.starts_on, "ended_on": ended_on})
        )
    known = with_end(row, ended_on)
    if known is None:
        raise Refused(Refusal(FactRefusal.FACT_ENDED_ALREADY, {"ended_on": _ended_on(row)}))
    return known


def _ended_on(row: Wish | Limit | Qualification) -> date | None:
    """The end that somebody else gave it meanwhile."""
    ended = type(row)._default_manager.filter(citizen=row.citizen, text=row.text, starts_on=row.starts_on)
    return ended.filter(superseded_at__isnull=True, ends_on__isnull=False).values_list("ends_on", flat=True).last()
