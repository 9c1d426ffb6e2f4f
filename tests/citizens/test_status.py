"""Recording, correcting and ending a status."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from jobpakke.citizens.models import OtherReason, Status, StatusSpell
from jobpakke.citizens.services import correct_status, end_status, record_status
from jobpakke.citizens.services.status import StatusFacts
from jobpakke.lib.clock import now
from jobpakke.lib.refusal import Refused
from tests.builders import DAY, Cast

pytestmark = pytest.mark.django_db
LATER = DAY + timedelta(days=30)


def record(cast: Cast, facts: StatusFacts) -> StatusSpell:
    return record_status(actor=cast.bo, citizen=cast.her, facts=facts, on=DAY)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (StatusFacts(Status.FLEX_JOB, DAY, DAY), "STATUS_DATES_REVERSED"),
        (StatusFacts(Status.FLEX_JOB, DAY, DAY - timedelta(days=1)), "STATUS_DATES_REVERSED"),
        (StatusFacts(Status.OTHER, DAY), "STATUS_REASON_MISSING"),
        (StatusFacts(Status.FLEX_JOB, DAY, reason=OtherReason.MOVED), "STATUS_REASON_NOT_ALLOWED"),
        (StatusFacts(Status.FLEX_JOB, DAY, weekly_hours=Decimal("37.5")), "STATUS_HOURS_OUT_OF_RANGE"),
        (StatusFacts(Status.FLEX_JOB, DAY, weekly_hours=Decimal(0)), "STATUS_HOURS_OUT_OF_RANGE"),
    ],
)
def test_refused(cast: Cast, facts: StatusFacts, code: str) -> None:
    with pytest.raises(Refused, match=code):
        record(cast, facts)
    assert not StatusSpell.objects.exists()


def test_the_same_status_does_not_overlap_but_another_may(cast: Cast) -> None:
    record(cast, StatusFacts(Status.ORDINARY_JOB, DAY, LATER))
    with pytest.raises(Refused, match="STATUS_OVERLAPS"):
        record(cast, StatusFacts(Status.ORDINARY_JOB, LATER - timedelta(days=1)))
    record(cast, StatusFacts(Status.ORDINARY_JOB, LATER))
    record(cast, StatusFacts(Status.FLEX_JOB, DAY, weekly_hours=Decimal(37)))
    assert StatusSpell.objects.count() == 3


def test_a_correction_leaves_what_was_known_before(cast: Cast) -> None:
    spell = record(cast, StatusFacts(Status.ORDINARY_JOB, DAY))
    known_then = now()
    fresh = correct_status(actor=cast.bo, spell=spell, facts=StatusFacts(Status.FLEX_JOB, LATER), on=LATER)
    rows = StatusSpell.objects.filter(citizen=cast.her)
    assert [row.status for row in rows.known_at(known_then)] == ["ordinary_job"]
    assert [row.status for row in rows.current()] == ["flex_job"]
    with pytest.raises(Refused, match="STATUS_CHANGED_MEANWHILE"):
        correct_status(
            actor=cast.bo, spell=spell, facts=StatusFacts(Status.OTHER, DAY, None, OtherReason.MOVED), on=DAY
        )
    ended = end_status(actor=cast.bo, spell=fresh, ended_on=LATER + timedelta(days=1), on=LATER)
    assert (ended.starts_on, ended.ends_on) == (LATER, LATER + timedelta(days=1))
    with pytest.raises(Refused, match="STATUS_ENDED_ALREADY"):
        end_status(actor=cast.bo, spell=ended, ended_on=date(2027, 1, 1), on=LATER)


@pytest.mark.parametrize("stranger", ["erik", "dorte", "finn", "dan", "anna", "asta", "carla"])
def test_a_stranger_finds_no_case(cast: Cast, stranger: str) -> None:
    with pytest.raises(Refused, match="NOT_FOUND"):
        record_status(actor=getattr(cast, stranger), citizen=cast.her, facts=StatusFacts(Status.FLEX_JOB, DAY), on=DAY)


def test_a_team_leader_sees_but_does_not_change(cast: Cast) -> None:
    with pytest.raises(Refused, match="ROLE_LACKS_ACT"):
        record_status(actor=cast.tove, citizen=cast.her, facts=StatusFacts(Status.FLEX_JOB, DAY), on=DAY)
