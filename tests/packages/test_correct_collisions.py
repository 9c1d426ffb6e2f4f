"""A step whose days are corrected claims no hours and no place that others have by then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from jobpakke.access.models import User
from jobpakke.citizens.models import Citizen, LimitKind
from jobpakke.citizens.services import record_limit
from jobpakke.companies.models import Workplace
from jobpakke.lib.refusal import Refused
from jobpakke.method.step_kinds import StepKind
from jobpakke.method.week import WeekTime
from jobpakke.packages.models import CorrectionReason, EndReason, PlanVersion, Step
from jobpakke.packages.services import (
    correct_end,
    correct_start,
    declare_ties,
    end_step,
    lay_step,
    start_step,
    undo_end,
)
from jobpakke.packages.services.plan.checks import StepFacts
from tests.builders import DAY, SINCE, Cast, approve, draft, workplace

pytestmark = pytest.mark.django_db
TODAY = DAY + timedelta(days=50)
MONDAY = frozenset({WeekTime(0, time(8), time(12))})
TUESDAY = frozenset({WeekTime(1, time(8), time(12))})


def day(number: int) -> date:
    return DAY + timedelta(days=number)


class Two:
    """Two steps of one plan, planned after each other: the first from day 0 to 20, the second from day 20 to 60."""

    def __init__(self, cast: Cast, version: PlanVersion, **facts: Any) -> None:
        self.cast = cast
        self.one = self.lay(version, "Ene", 0, 20, **facts)
        self.other = self.lay(version, "Andet", 20, 60, **facts)
        self.common: dict[str, Any] = {"actor": cast.bo, "on": TODAY}
        self.why: dict[str, Any] = {**self.common, "because": CorrectionReason.MISTYPED}

    def lay(self, version: PlanVersion, title: str, first: int, last: int, **facts: Any) -> Step:
        said = StepFacts(StepKind.GUIDANCE, title, day(first), day(last), **facts)
        return lay_step(actor=self.cast.bo, version=version, facts=said, on=DAY).step

    def lived(self, one_ends: int = 20, other_starts: int = 20) -> None:
        bo = self.cast.bo
        start_step(actor=bo, step=self.step(self.one), started_on=DAY, on=DAY)
        self.end(self.one, day(one_ends))
        start_step(actor=bo, step=self.step(self.other), started_on=day(other_starts), on=day(other_starts))

    def end(self, step: Step, on: date) -> None:
        end_step(actor=self.cast.bo, step=self.step(step), ended_on=on, reason=EndReason.ABSENCE, on=on)

    def step(self, step: Step) -> Step:
        return Step.objects.select_related("package__citizen").get(pk=step.pk)


def two(cast: Cast, **facts: Any) -> Two:
    stairs = draft(cast.bo, cast.her)
    found = Two(cast, stairs.version, **facts)
    approve(cast.bo, stairs.version, DAY)
    return found


def refused(code: str, verb: Callable[..., object], **arguments: Any) -> None:
    before = list(Step.objects.order_by("pk").values())
    with pytest.raises(Refused, match=f"^{code}"):
        verb(**arguments)
    assert list(Step.objects.order_by("pk").values()) == before


def test_the_same_hours_are_not_claimed_by_a_step_that_is_said_to_go_on(cast: Cast) -> None:
    life = two(cast, times=MONDAY)
    life.lived()
    one = life.step(life.one)
    refused("TIMES_CLASH", undo_end, step=one, **life.why)
    refused("TIMES_CLASH", correct_end, step=one, ended_on=day(21), **life.why)
    correct_end(step=one, ended_on=day(19), **life.why)
    correct_end(step=life.step(life.one), ended_on=day(20), **life.why)


def test_nor_by_one_that_began_earlier_and_is_over(cast: Cast) -> None:
    life = two(cast, times=MONDAY)
    life.lived()
    life.end(life.other, TODAY)
    refused("TIMES_CLASH", correct_start, step=life.step(life.other), started_on=day(19), **life.why)
    correct_start(step=life.step(life.other), started_on=day(21), **life.why)


def test_hours_of_a_week_are_added_up_on_the_corrected_days(cast: Cast) -> None:
    life = two(cast, weekly_hours=Decimal(20))
    life.lived()
    refused("HOURS_OVER_WEEK", undo_end, step=life.step(life.one), **life.why)
    refused("HOURS_OVER_WEEK", correct_end, step=life.step(life.one), ended_on=day(21), **life.why)


def test_so_are_those_of_the_citizens_own_limit(cast: Cast) -> None:
    record_limit(actor=cast.bo, citizen=cast.her, kind=LimitKind.HOURS, text="15", hours=Decimal(15), on=SINCE)
    life = two(cast, weekly_hours=Decimal(10))
    life.lived()
    refused("HOURS_OVER_CITIZENS_LIMIT", undo_end, step=life.step(life.one), **life.why)


def test_what_stood_before_the_correction_does_not_stop_it(cast: Cast) -> None:
    """A limit that came later holds no day back on which the step was as it was."""
    life = two(cast, weekly_hours=Decimal(10))
    life.lived(15)
    record_limit(actor=cast.bo, citizen=cast.her, kind=LimitKind.HOURS, text="8", hours=Decimal(8), on=SINCE)
    correct_end(step=life.step(life.one), ended_on=day(18), **life.why)
    assert life.step(life.one).ended_on == day(18)


def test_a_step_beside_which_nothing_lies_goes_on_again(cast: Cast) -> None:
    life = two(cast, weekly_hours=Decimal(20), times=TUESDAY)
    start_step(actor=cast.bo, step=life.step(life.one), started_on=DAY, on=DAY)
    life.end(life.one, day(5))
    undo_end(step=life.step(life.one), **{**life.why, "on": day(10)})
    life.end(life.one, day(12))
    correct_end(step=life.step(life.one), ended_on=day(7), **life.why)
    correct_end(step=life.step(life.one), ended_on=day(20), **life.why)
    refused("HOURS_OVER_WEEK, TIMES_CLASH", correct_end, step=life.step(life.one), ended_on=day(21), **life.why)
    assert life.step(life.one).ended_on == day(20)


def test_at_the_workplace_somebody_else_has_taken_the_room(cast: Cast) -> None:
    place = workplace(cast.bo, cast.here)
    place.details.update(ordinary_employees=5)
    hers = practice(cast.bo, cast.her, place, 0, 20)
    start_step(actor=cast.bo, step=hers, started_on=DAY, on=DAY)
    end_step(actor=cast.bo, step=hers, ended_on=day(20), reason=EndReason.ABSENCE, on=day(20))
    his = practice(cast.erik, cast.frode, place, 20, 40)
    start_step(actor=cast.erik, step=his, started_on=day(20), on=day(20))
    why: dict[str, Any] = {"actor": cast.bo, "because": CorrectionReason.MISTYPED, "on": day(30)}
    refused("SUPPORT_RATIO_PASSED", undo_end, step=hers, **why)
    refused("SUPPORT_RATIO_PASSED", correct_end, step=hers, ended_on=day(21), **why)
    correct_end(step=hers, ended_on=day(19), **why)


def practice(actor: User, whom: Citizen, place: Workplace, first: int, last: int) -> Step:
    """An internship that is agreed on the day it begins."""
    version = draft(actor, whom, day(first)).version
    facts = StepFacts(StepKind.INTERNSHIP, "Praktik", day(first), day(last), workplace=place)
    laid = lay_step(actor=actor, version=version, facts=facts, on=day(first))
    declare_ties(actor=actor, version=version, close_family={place.ref: False}, on=day(first))
    approve(actor, version, day(first))
    return laid.step
