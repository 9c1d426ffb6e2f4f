"""Mentors: named while the plan is made and after, confirmed, replaced, ended; and no step begins with an unknown."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from jobpakke.companies.models import Mentor
from jobpakke.companies.services import name_mentor
from jobpakke.history.models import Event
from jobpakke.lib.refusal import Refused
from jobpakke.packages.facts import plan_of
from jobpakke.packages.mentors import mentors_of, newest_wording
from jobpakke.packages.models import LateReason, Mentorship, Party
from jobpakke.packages.services import (
    assign_mentor,
    confirm_mentor,
    discard_draft,
    end_mentor,
    extend_step,
    fulfil_step,
    move_step,
    propose_plan,
    record_evidence,
    remove_mentor,
    reopen_plan,
    replace_mentor,
    start_step,
    withdraw_proposal,
)
from jobpakke.packages.services.support import FreeMentor, MentorDays
from jobpakke.packages.telling import untold
from tests.builders import DAY, Cast, Stairs, agreed, approve, draft, workplace

pytestmark = pytest.mark.django_db
SOMEBODY = FreeMentor("Lis Lund", Party.MUNICIPALITY, "lis@eksempel.dk")


def day(number: int) -> date:
    return DAY + timedelta(days=number)


def named(cast: Cast, stairs: Stairs, on: date = DAY, **facts: Any) -> Mentorship:
    known = {"mentor": SOMEBODY, "starts_on": DAY, "confidentiality_on": None, **facts}
    return assign_mentor(actor=cast.bo, step=stairs.first.step, on=on, **known)


def colleague(cast: Cast, name: str = "Lis") -> Mentor:
    return name_mentor(actor=cast.bo, workplace=workplace(cast.bo, cast.here), name=name, on=DAY)


def start(cast: Cast, stairs: Stairs, on: date = DAY) -> None:
    start_step(actor=cast.bo, step=stairs.first.step, started_on=on, on=on)


def seen(stairs: Stairs, on: date) -> list[tuple[str, bool]]:
    row = plan_of(stairs.package, on=on).planned[0]
    return [(each.who, each.confirmed) for each in mentors_of(row, on=on)]


def kinds() -> list[str]:
    return [kind for kind in Event.objects.order_by("pk").values_list("kind", flat=True) if kind.startswith("mentor_")]


def test_named_and_taken_out_while_the_plan_is_a_draft(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    row = named(cast, stairs)
    assert seen(stairs, DAY) == [("Lis Lund", False)]
    remove_mentor(actor=cast.bo, mentorship=row, on=DAY)
    assert seen(stairs, DAY) == []
    assert kinds() == ["mentor_assigned", "mentor_removed"]


def test_not_while_the_parties_answer(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    row = named(cast, stairs)
    propose_plan(actor=cast.bo, version=stairs.version, on=DAY)
    for verb in (lambda: named(cast, stairs), lambda: remove_mentor(actor=cast.bo, mentorship=row, on=DAY)):
        with pytest.raises(Refused, match="PLAN_PROPOSED"):
            verb()


def test_what_was_agreed_is_ended_not_removed(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    row = named(cast, stairs)
    approve(cast.bo, stairs.version, DAY)
    with pytest.raises(Refused, match="MENTOR_AGREED_STAYS"):
        remove_mentor(actor=cast.bo, mentorship=row, on=DAY)
    assert untold(stairs.package, on=day(1)) == ()


def test_a_step_begins_when_its_mentors_have_confirmed(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    row = named(cast, stairs)
    with pytest.raises(Refused, match="MENTOR_UNCONFIRMED"):
        start(cast, stairs)
    with pytest.raises(Refused, match="DATE_AHEAD"):
        confirm_mentor(actor=cast.bo, mentorship=row, confirmed_on=day(1), on=DAY)
    confirm_mentor(actor=cast.bo, mentorship=row, confirmed_on=DAY, on=DAY)
    with pytest.raises(Refused, match="MENTOR_CONFIRMED_ALREADY"):
        confirm_mentor(actor=cast.bo, mentorship=row, confirmed_on=DAY, on=DAY)
    start(cast, stairs)
    assert seen(stairs, DAY) == [("Lis Lund", True)]


def test_confirmed_and_begun_later_than_planned(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    row = named(cast, stairs)
    confirm_mentor(actor=cast.bo, mentorship=row, confirmed_on=day(3), on=day(4))
    assert row.starts_on == day(3)
    start(cast, stairs, day(5))
    row.refresh_from_db()
    assert (row.starts_on, row.confidentiality_on) == (day(5), day(3))


def test_confirmed_when_it_would_be_over(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    row = named(cast, stairs, ends_on=day(2))
    with pytest.raises(Refused, match="MENTOR_DATES_REVERSED"):
        confirm_mentor(actor=cast.bo, mentorship=row, confirmed_on=day(3), on=day(4))
    start(cast, stairs, day(4))
    assert not Mentorship.objects.exists()


def test_a_participant_who_was_named_stops_the_start(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    for herself in (colleague(cast, "asta testesen"), FreeMentor("Asta Testesen", Party.CITIZEN)):
        with pytest.raises(Refused, match="MENTOR_IS_PARTICIPANT"):
            named(cast, stairs, mentor=herself)
    Mentorship.objects.create(
        step=stairs.first.step, name=cast.her.name, party=Party.CITIZEN, named_on=DAY, starts_on=DAY
    )
    with pytest.raises(Refused, match="MENTOR_IS_PARTICIPANT"):
        start(cast, stairs)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"starts_on": day(-1)}, "MENTOR_OUTSIDE_STEP"),
        ({"starts_on": day(60)}, "MENTOR_OUTSIDE_STEP"),
        ({"ends_on": day(61)}, "MENTOR_OUTSIDE_STEP"),
        ({"ends_on": DAY}, "MENTOR_DATES_REVERSED"),
        ({"confidentiality_on": day(1)}, "MENTOR_WITHOUT_CONFIDENTIALITY"),
        ({"mentor": FreeMentor(" ", Party.CITIZEN)}, "TEXT_NEEDED"),
    ],
)
def test_refused(cast: Cast, facts: dict[str, Any], code: str) -> None:
    stairs = draft(cast.bo, cast.her)
    with pytest.raises(Refused, match=code):
        named(cast, stairs, **facts)


def test_of_a_step_under_way(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    start(cast, stairs)
    stairs.first.step.refresh_from_db()
    with pytest.raises(Refused, match="MENTOR_WITHOUT_CONFIDENTIALITY"):
        named(cast, stairs, starts_on=day(5), on=day(5))
    with pytest.raises(Refused, match="MENTOR_LATE_WITHOUT_REASON"):
        named(cast, stairs, starts_on=day(4), confidentiality_on=DAY, on=day(5))
    late = {"starts_on": day(4), "confidentiality_on": DAY, "late_reason": LateReason.FORGOTTEN}
    row = named(cast, stairs, on=day(5), **late)
    assert row.late_reason == "forgotten"
    with pytest.raises(Refused, match="MENTOR_TWICE"):
        named(cast, stairs, on=day(6), **late)
    assert [each.event.kind for each in untold(stairs.package, on=day(5))] == ["mentor_assigned"] * 2


def test_of_a_step_that_is_over(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    start(cast, stairs)
    stairs.goal.step = stairs.first.step
    stairs.goal.step.refresh_from_db()
    record_evidence(actor=cast.bo, sub_goal=stairs.goal, shown_on=DAY, meets=True, on=DAY)
    fulfil_step(actor=cast.bo, step=stairs.first.step, fulfilled_on=day(9), on=day(9))
    with pytest.raises(Refused, match="MENTOR_STEP_ENDED"):
        named(cast, stairs, starts_on=day(9), confidentiality_on=DAY, on=day(9))


def test_replaced(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    row = named(cast, stairs, confidentiality_on=DAY)
    start(cast, stairs)
    stairs.first.step.refresh_from_db()
    row = Mentorship.objects.get()
    other = colleague(cast, "Ole")
    with pytest.raises(Refused, match="MENTOR_WITHOUT_CONFIDENTIALITY"):
        replace_mentor(actor=cast.bo, mentorship=row, mentor=other, days=MentorDays(day(3)), on=day(3))
    row = Mentorship.objects.get()
    days = MentorDays(day(3), confidentiality_on=day(2))
    replace_mentor(actor=cast.bo, mentorship=row, mentor=other, days=days, on=day(3))
    assert (seen(stairs, day(2)), seen(stairs, day(3))) == ([("Lis Lund", True)], [("Ole", True)])
    assert kinds() == ["mentor_assigned", "mentor_named", "mentor_replaced"]
    # The first one was named on the day the plan took effect, after it was agreed: that is to be told as well.
    to_tell = sorted(each.event.kind for each in untold(stairs.package, on=day(3)))
    assert to_tell == ["mentor_assigned"] * 2 + ["mentor_replaced"] * 2


def test_ended(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    row = named(cast, stairs, starts_on=day(5))
    with pytest.raises(Refused, match="MENTOR_OUTSIDE_STEP"):
        end_mentor(actor=cast.bo, mentorship=row, ended_on=day(90), on=day(2))
    end_mentor(actor=cast.bo, mentorship=row, ended_on=day(20), on=day(2))
    with pytest.raises(Refused, match="MENTOR_ENDED_ALREADY"):
        end_mentor(actor=cast.bo, mentorship=row, ended_on=day(20), on=day(2))
    end_mentor(actor=cast.bo, mentorship=row, ended_on=day(4), on=day(2))
    assert not Mentorship.objects.exists()
    assert {each.event.kind for each in untold(stairs.package, on=day(2))} == {"mentor_assigned", "mentor_stopped"}


def test_two_at_once_end_one(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    row = named(cast, stairs)
    twin = Mentorship.objects.get()
    end_mentor(actor=cast.bo, mentorship=row, ended_on=day(4), on=day(2))
    with pytest.raises(Refused, match="CHANGED_MEANWHILE_BY_ANOTHER"):
        end_mentor(actor=cast.bo, mentorship=twin, ended_on=day(3), on=day(2))


def test_mentors_follow_a_step_of_a_draft_to_other_days(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    named(cast, stairs, confidentiality_on=DAY, ends_on=day(50))
    planned = stairs.first
    planned.refresh_from_db()
    move_step(actor=cast.bo, planned=planned, starts_on=day(7), ends_on=day(30), seen=planned.edits, on=DAY)
    row = Mentorship.objects.get()
    assert (row.starts_on, row.ends_on, row.confidentiality_on) == (day(7), None, DAY)
    move_step(actor=cast.bo, planned=planned, starts_on=day(-30), ends_on=day(-9), seen=planned.edits, on=DAY)
    row = Mentorship.objects.get()
    assert (row.starts_on, row.confidentiality_on) == (day(-30), None)


def test_only_the_own_caseworker(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    row = named(cast, stairs)
    for actor in (cast.erik, cast.dorte):
        for verb, facts in (
            (assign_mentor, {"step": row.step, "mentor": SOMEBODY, "starts_on": DAY, "confidentiality_on": None}),
            (replace_mentor, {"mentorship": row, "mentor": SOMEBODY, "days": MentorDays(DAY)}),
            (end_mentor, {"mentorship": row, "ended_on": DAY}),
            (confirm_mentor, {"mentorship": row, "confirmed_on": DAY}),
            (remove_mentor, {"mentorship": row}),
        ):
            with pytest.raises(Refused, match="NOT_FOUND|ROLE_LACKS_ACT"):
                verb(actor=actor, on=DAY, **facts)


def test_of_a_workplace_elsewhere(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    place = workplace(cast.dorte, cast.there)
    stranger = name_mentor(actor=cast.dorte, workplace=place, name="Lis", on=DAY)
    with pytest.raises(Refused, match="PLACE_OF_ANOTHER_MUNICIPALITY"):
        named(cast, stairs, mentor=stranger)


def test_the_database_holds_it(cast: Cast) -> None:
    step = draft(cast.bo, cast.her).first.step
    with pytest.raises(IntegrityError):
        Mentorship.objects.create(step=step, named_on=DAY, starts_on=DAY)


def test_a_step_is_worded_as_by_the_plan_that_stands(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    version = reopen_plan(actor=cast.bo, package=stairs.package, on=DAY)
    longer = version.planned_steps.get(step=stairs.first.step)
    assert newest_wording(stairs.first.step) == longer
    extend_step(actor=cast.bo, planned=longer, ends_on=longer.ends_on + timedelta(days=7), seen=longer.edits, on=DAY)
    propose_plan(actor=cast.bo, version=version, reason="Længere tid", on=DAY)
    discard_draft(actor=cast.bo, version=withdraw_proposal(actor=cast.bo, version=version, on=DAY), on=DAY)
    assert newest_wording(stairs.first.step) == stairs.first
