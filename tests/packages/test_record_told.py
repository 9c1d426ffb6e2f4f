"""What changed beside the plan since it took effect, and who has been told of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from jobpakke.citizens.services import hand_over
from jobpakke.companies.services import change_workplace, name_mentor
from jobpakke.lib.refusal import Refused
from jobpakke.method.agreement import MUNICIPALITY
from jobpakke.packages.models import BreakReason, Commitment, GoalForm, HowTold, Outcome, Party, Telling
from jobpakke.packages.services import (
    assign_mentor,
    change_goal,
    end_package,
    lay_commitment,
    make_commitment,
    move_commitment,
    record_told,
    reopen_plan,
    settle_commitment,
)
from jobpakke.packages.services.commitments import Breach
from jobpakke.packages.telling import untold
from tests.builders import DAY, Cast, Stairs, agreed, approve, draft, workplace

pytestmark = pytest.mark.django_db


def day(number: int) -> date:
    return DAY + timedelta(days=number)


def left(stairs: Stairs, on: date) -> list[tuple[str, str, str]]:
    return [(each.event.kind, each.about, each.to_tell.party.value) for each in untold(stairs.package, on=on)]


def test_what_stood_beside_the_plan_when_all_said_yes_is_known(cast: Cast) -> None:
    """What was laid in it is too, though it becomes a promise when the plan takes effect."""
    stairs, place = draft(cast.bo, cast.her), workplace(cast.bo, cast.here)
    lay_commitment(actor=cast.bo, version=stairs.version, party=Party.COMPANY, text="Job", due_on=day(9), on=DAY)
    mentor = name_mentor(actor=cast.bo, workplace=place, name="Lis", on=DAY)
    step = stairs.first.step
    assign_mentor(actor=cast.bo, step=step, mentor=mentor, starts_on=DAY, confidentiality_on=DAY, on=DAY)
    approve(cast.bo, stairs.version, DAY)
    assert Commitment.objects.get().made_on == DAY
    assert left(stairs, day(9)) == []


def test_what_happens_on_the_day_the_plan_took_effect_but_after_it_is_told(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    laid = lay_commitment(actor=cast.bo, version=stairs.version, party=Party.COMPANY, text="Job", due_on=day(9), on=DAY)
    approve(cast.bo, stairs.version, DAY)
    make_commitment(actor=cast.bo, package=stairs.package, party=Party.CITIZEN, text="Kursus", due_on=day(9), on=DAY)
    laid.refresh_from_db()
    move_commitment(actor=cast.bo, commitment=laid, due_on=day(12), reason="Ferie", on=DAY)
    expected = [("commitment_made", "Kursus", "company"), ("commitment_moved", "Job", "citizen")]
    for on in (DAY, day(1), day(20)):
        assert sorted(left(stairs, on)) == expected
    version = reopen_plan(actor=cast.bo, package=stairs.package, on=DAY)
    change_goal(actor=cast.bo, version=version, title="Leder", form=GoalForm.ORDINARY, on=DAY)
    approve(cast.bo, version, DAY)
    assert left(stairs, day(1)) == [], "whoever said yes again knew of it"


def test_mentors_promises_contact_persons_and_caseworkers_are_told(cast: Cast) -> None:
    place = workplace(cast.bo, cast.here)
    stairs = agreed(cast.bo, cast.her)
    version = reopen_plan(actor=cast.bo, package=stairs.package, on=DAY)
    change_goal(actor=cast.bo, version=version, title="Leder", form=GoalForm.ORDINARY, workplace=place, on=DAY)
    approve(cast.bo, version, DAY)
    mentor = name_mentor(actor=cast.bo, workplace=place, name="Lis", on=DAY)
    step = stairs.first.step
    assign_mentor(actor=cast.bo, step=step, mentor=mentor, starts_on=day(1), confidentiality_on=DAY, on=day(1))
    row = make_commitment(
        actor=cast.bo, package=stairs.package, party=Party.COMPANY, text="Job", due_on=day(9), on=day(2)
    )
    move_commitment(actor=cast.bo, commitment=row, due_on=day(12), reason="Ferie", on=day(3))
    breach = Breach(Party.CITIZEN, BreakReason.NEED_GONE)
    settle_commitment(actor=cast.bo, commitment=row, kept=False, breach=breach, settled_on=day(4), on=day(4))
    change_workplace(
        actor=cast.bo, workplace=place, ordinary_employees=50, contact_name="Ny", contact_phone="", on=day(5)
    )
    change_workplace(
        actor=cast.bo, workplace=place, ordinary_employees=60, contact_name="Ny", contact_phone="", on=day(5)
    )
    hand_over(actor=cast.bo, citizens=[cast.her], giver=cast.bo, receiver=cast.erik, starts_on=day(6), on=day(6))
    expected = [
        ("mentor_assigned", "Afklaring", "citizen"),
        ("mentor_assigned", "Afklaring", "company"),
        ("commitment_made", "Job", "citizen"),
        ("commitment_moved", "Job", "citizen"),
        ("commitment_broken", "Job", "company"),
        ("workplace_changed", "Hotel Prøven", "citizen"),
        ("case_handed_over", "", "citizen"),
        ("case_handed_over", "", "company"),
    ]
    assert left(stairs, day(6)) == expected
    assert left(stairs, day(1)) == expected[:2]
    other = agreed(cast.dorte, cast.gerda)
    assert left(other, day(9)) == []


def test_told_once_on_a_day_in_one_talk(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    package = stairs.package
    for party, text in ((Party.MUNICIPALITY, "Kursus"), (Party.COMPANY, "Job")):
        make_commitment(actor=cast.bo, package=package, party=party, text=text, due_on=day(9), on=day(1))
    waiting = [(each.event.ref, each.to_tell.voice) for each in untold(package, on=day(2))]
    assert len(waiting) == 3
    arguments: dict[str, Any] = {"actor": cast.bo, "package": package, "how": HowTold.AT_MEETING, "on": day(3)}
    with pytest.raises(Refused, match="NOTHING_TO_TELL"):
        record_told(told=[], told_on=day(2), **arguments)
    with pytest.raises(Refused, match="NOTHING_TO_TELL"):
        record_told(told=[(waiting[0][0], MUNICIPALITY)], told_on=day(2), **arguments)
    with pytest.raises(Refused, match="DATE_AHEAD"):
        record_told(told=waiting, told_on=day(4), **arguments)
    with pytest.raises(Refused, match="PACKAGE_NOT_OPEN"):
        record_told(told=waiting, told_on=day(-1), **arguments)
    with pytest.raises(Refused, match="NOT_FOUND"):
        record_told(told=waiting, told_on=day(2), **{**arguments, "actor": cast.erik})
    record_told(told=waiting[:2], told_on=day(2), **arguments)
    assert len(left(stairs, day(1))) == 3
    assert len(left(stairs, day(3))) == 1
    with pytest.raises(Refused, match="NOTHING_TO_TELL"):
        record_told(told=waiting[:1], told_on=day(2), **arguments)
    assert Telling.objects.count() == 2
    end_package(actor=cast.bo, package=package, ended_on=day(3), outcome=Outcome.NO_JOB, on=day(3))
    with pytest.raises(Refused, match="PACKAGE_NOT_RUNNING"):
        record_told(told=waiting[2:], told_on=day(2), **arguments)
