"""What is laid again is what was built."""

from datetime import timedelta

import pytest
from django.db import transaction

from jobpakke.access.models import Municipality
from jobpakke.history.models import Event
from jobpakke.lib.clock import now
from jobpakke.packages.models import Approval, GoalForm, JobPackage
from jobpakke.packages.services import draft_package
from tests.builders import DAY, agreed, build_cast, draft
from tests.relaying import KNOWN, LAID, built_once

BUILT: list[str] = []


@built_once
def noted(code: str) -> Municipality:
    BUILT.append(code)
    return Municipality.objects.create(code=code, name="Prøve")


@pytest.fixture(params=["built", "laid again"])
def _twice(db: None, request: pytest.FixtureRequest) -> None:
    """What the first builds the second lays again."""
    if request.param == "built":
        LAID.clear()
        BUILT.clear()


@pytest.mark.usefixtures("_twice")
def test_an_agreed_plan_is_the_same_and_what_comes_after_goes_on() -> None:
    before = now()
    cast = build_cast()
    between = now()
    stairs = agreed(cast.bo, cast.her)
    after = now()
    assert KNOWN.state is not None
    assert stairs.package.citizen is cast.her
    assert stairs.version.package == stairs.package == JobPackage.objects.get()
    assert Approval.objects.count() == 3
    events = list(Event.objects.order_by("pk"))
    assert events == list(Event.objects.order_by("recorded_at"))
    assert before <= events[0].recorded_at < between < events[-1].recorded_at <= after
    assert len({event.recorded_at for event in events}) == len(events)
    other = draft(cast.erik, cast.frode, DAY + timedelta(days=1))
    assert other.package.pk != stairs.package.pk
    assert Event.objects.count() > len(events)
    later = draft_package(actor=cast.dorte, citizen=cast.gerda, goal_title="Kok", form=GoalForm.ORDINARY, on=DAY)
    assert later.package.pk not in {stairs.package.pk, other.package.pk}


def test_it_is_built_anew_on_whatever_else_there_is(db: None) -> None:
    LAID.clear()
    BUILT.clear()
    for _ in range(2):
        with transaction.atomic():
            noted("0101")
            transaction.set_rollback(True)
    assert BUILT == ["0101"]
    noted("0147")
    noted("0151")
    assert BUILT == ["0101", "0147", "0151"]
    Municipality.objects.filter(code="0151").delete()
    noted("0153")
    Municipality.objects.filter(code="0153").delete()
    noted("0153")
    assert BUILT == ["0101", "0147", "0151", "0153", "0153"]
    assert sorted(Municipality.objects.values_list("code", flat=True)) == ["0147", "0153"]


@pytest.mark.parametrize("_time", [1, 2])
def test_who_changes_the_program_builds_anew(db: None, monkeypatch: pytest.MonkeyPatch, _time: int) -> None:
    BUILT.clear()
    noted("0101")
    assert BUILT == ["0101"]
    assert KNOWN.state is None
