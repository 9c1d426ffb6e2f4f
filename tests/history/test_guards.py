"""What the database itself refuses, on both databases."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from jobpakke.access.models import AccessLog
from jobpakke.citizens.models import StatusSpell
from jobpakke.history.guards import install
from jobpakke.history.kinds import KINDS, PlanAgreed, RoleGiven, payload
from jobpakke.history.models import Event
from jobpakke.lib.clock import now
from jobpakke.lib.periods import Period
from tests.builders import Cast
from tests.days import periods

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [Event, AccessLog])
def test_the_past_is_not_changed(cast: Cast, model: type[Event] | type[AccessLog]) -> None:
    AccessLog.objects.create(user=cast.bo, citizen=cast.her.ref, municipality=cast.here, page="citizen")
    before = model.objects.count()
    assert before
    changes = {Event: {"kind": "x"}, AccessLog: {"page": "x"}}[model]
    for act in (lambda: model.objects.update(**changes), lambda: model.objects.all().delete()):
        with pytest.raises(IntegrityError, match="append_only"), transaction.atomic():
            act()
    assert model.objects.count() == before


def test_guards_are_installed_again_without_harm(cast: Cast) -> None:
    install(connection)
    install(connection)
    with pytest.raises(IntegrityError, match="append_only"), transaction.atomic():
        Event.objects.all().delete()


@given(periods(), periods(), st.booleans())
def test_two_current_rows_overlap_exactly_when_a_day_is_in_both(
    cast: Cast, one: Period, other: Period, corrected: bool
) -> None:
    both = one.intersect(other)
    clash = both is not None and not both.is_empty and not corrected

    def insert(period: Period, *, closed: bool = False) -> None:
        StatusSpell.objects.create(
            citizen=cast.her,
            status="flex_job",
            starts_on=period.start,
            ends_on=period.end,
            superseded_at=now() if closed else None,
        )

    with transaction.atomic():
        insert(one, closed=corrected)
        if clash:
            with pytest.raises(IntegrityError, match="overlap"), transaction.atomic():
                insert(other)
        else:
            insert(other)
        transaction.set_rollback(True)


def test_an_end_before_the_start_is_refused_by_the_database(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        StatusSpell.objects.create(
            citizen=cast.her, status="flex_job", starts_on=date(2026, 2, 1), ends_on=date(2026, 1, 1)
        )


def test_events_hold_codes_and_never_free_text() -> None:
    assert payload(PlanAgreed(3)) == {"version": 3}
    with pytest.raises(ValueError, match="is not a code"):
        payload(RoleGiven("Asta Testesen", "0751"))


def test_codes_are_one_a_kind() -> None:
    assert KINDS["step_started"].__name__ == "StepStarted"
    assert len(KINDS) == len({kind.code() for kind in KINDS.values()})
