"""Drafting, agreeing and ending a package; promises, mentors, contacts, aftercare."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from jobpakke.companies.services import name_mentor
from jobpakke.lib.refusal import Refused
from jobpakke.method.step_kinds import EvidenceKind, StepKind
from jobpakke.packages.models import Contact, ContactKind, GoalForm, Outcome, Party
from jobpakke.packages.models.package import OnBehalfReason
from jobpakke.packages.services import (
    add_step,
    add_sub_goal,
    agree_aftercare,
    approve_plan,
    assign_mentor,
    draft_package,
    end_package,
    make_commitment,
    open_programme,
    record_contact,
    settle_commitment,
    start_step,
)
from tests.builders import DAY, Cast, agreed, draft, workplace

pytestmark = pytest.mark.django_db
PAPER = OnBehalfReason.SIGNED_ON_PAPER
LATER = DAY + timedelta(days=10)


def step_arguments(cast: Cast, **changes: Any) -> dict[str, Any]:
    plain = {
        "actor": cast.bo,
        "kind": StepKind.GUIDANCE,
        "title": "Samtaler",
        "starts_on": DAY,
        "ends_on": LATER,
        "on": DAY,
    }
    return {**plain, **changes}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"ends_on": DAY}, "STEP_DATES_REVERSED"),
        ({"kind": StepKind.INTERNSHIP}, "STEP_NEEDS_WORKPLACE"),
        ({"weekly_hours": Decimal("37.5")}, "STEP_HOURS_OUT_OF_RANGE"),
        ({"weekly_hours": Decimal(0)}, "STEP_HOURS_OUT_OF_RANGE"),
        ({"title": " "}, "TEXT_NEEDED"),
    ],
)
def test_a_step_that_is_refused(cast: Cast, changes: dict[str, Any], code: str) -> None:
    stairs = draft(cast.bo, cast.her)
    with pytest.raises(Refused, match=code):
        add_step(version=stairs.version, **step_arguments(cast, **changes))


def test_a_step_depends_on_its_own_package_only(cast: Cast) -> None:
    stairs, other = draft(cast.bo, cast.her), draft(cast.erik, cast.frode)
    with pytest.raises(Refused, match="STEP_OF_ANOTHER_PACKAGE"):
        add_step(version=stairs.version, **step_arguments(cast, needs=[other.first.step]))


def test_evidence_fits_the_kind_of_step(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    with pytest.raises(Refused, match="EVIDENCE_KIND_NOT_ALLOWED"):
        add_sub_goal(
            actor=cast.bo, planned=stairs.first, title="Modul", evidence_kind=EvidenceKind.LANGUAGE_MODULE, on=DAY
        )


def test_one_package_at_a_time(cast: Cast) -> None:
    draft(cast.bo, cast.her)
    with pytest.raises(Refused, match="PACKAGE_OPEN_ALREADY"):
        draft_package(actor=cast.bo, citizen=cast.her, goal_title="To", form=GoalForm.FLEX, on=DAY)


def test_the_three_say_yes_the_municipality_last(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    arguments: dict[str, Any] = {"actor": cast.bo, "version": stairs.version, "given_on": DAY, "on": DAY}
    with pytest.raises(Refused, match="MUNICIPALITY_APPROVES_LAST"):
        approve_plan(party=Party.MUNICIPALITY, **arguments)
    with pytest.raises(Refused, match="ON_BEHALF_REASON_MISSING"):
        approve_plan(party=Party.CITIZEN, **arguments)
    approve_plan(party=Party.CITIZEN, on_behalf_reason=PAPER, **arguments)
    with pytest.raises(Refused, match="PARTY_SAID_YES_ALREADY"):
        approve_plan(party=Party.CITIZEN, on_behalf_reason=PAPER, **arguments)
    approve_plan(party=Party.COMPANY, on_behalf_reason=PAPER, **arguments)
    with pytest.raises(Refused, match="ON_BEHALF_NOT_ALLOWED"):
        approve_plan(party=Party.MUNICIPALITY, on_behalf_reason=PAPER, **arguments)
    stairs.package.refresh_from_db()
    assert stairs.package.opened_on is None
    approve_plan(party=Party.MUNICIPALITY, **arguments)
    stairs.package.refresh_from_db()
    assert stairs.package.opened_on == DAY
    stairs.version.refresh_from_db()
    for verb in (
        lambda: approve_plan(party=Party.MUNICIPALITY, **arguments),
        lambda: add_step(version=stairs.version, **step_arguments(cast)),
    ):
        with pytest.raises(Refused, match="PLAN_AGREED_ALREADY"):
            verb()


def test_nobody_says_yes_to_nothing_or_in_advance(cast: Cast) -> None:
    version = draft_package(actor=cast.bo, citizen=cast.her, goal_title="Butik", form=GoalForm.FLEX, on=DAY)
    arguments: dict[str, Any] = {
        "actor": cast.bo,
        "version": version,
        "party": Party.CITIZEN,
        "on_behalf_reason": PAPER,
    }
    with pytest.raises(Refused, match="PLAN_WITHOUT_STEPS"):
        approve_plan(given_on=DAY, on=DAY, **arguments)
    with pytest.raises(Refused, match="DATE_AHEAD"):
        approve_plan(given_on=LATER, on=DAY, **arguments)


def test_a_package_ends_when_its_steps_have(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    start_step(actor=cast.bo, step=stairs.first.step, started_on=DAY, on=DAY)
    arguments: dict[str, Any] = {"actor": cast.bo, "package": stairs.package, "outcome": Outcome.NO_JOB, "on": LATER}
    with pytest.raises(Refused, match="STEP_STILL_UNDER_WAY"):
        end_package(ended_on=LATER, **arguments)
    other = agreed(cast.erik, cast.frode)
    end_package(actor=cast.erik, package=other.package, ended_on=LATER, outcome=Outcome.NO_JOB, on=LATER)
    with pytest.raises(Refused, match="PACKAGE_NOT_OPEN"):
        end_package(actor=cast.erik, package=other.package, ended_on=LATER, outcome=Outcome.NO_JOB, on=LATER)
    draft(cast.erik, cast.frode, LATER)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "code"),
    [
        (DAY, LATER, "AFTERCARE_BEFORE_END"),
        (LATER, LATER, "AFTERCARE_DATES_REVERSED"),
        (LATER, date(2031, 3, 13), "AFTERCARE_TOO_LONG"),
        (LATER, date(2031, 3, 12), None),
        (LATER, date(2031, 3, 11), None),
    ],
)
def test_aftercare_up_to_five_years(cast: Cast, starts_on: date, ends_on: date, code: str | None) -> None:
    package = agreed(cast.bo, cast.her).package
    end_package(actor=cast.bo, package=package, ended_on=LATER, outcome=Outcome.ORDINARY_JOB, on=LATER)
    arguments: dict[str, Any] = {"actor": cast.bo, "package": package, "on": LATER}
    if code:
        with pytest.raises(Refused, match=code):
            agree_aftercare(starts_on=starts_on, ends_on=ends_on, **arguments)
        return
    agree_aftercare(starts_on=starts_on, ends_on=ends_on, **arguments)
    with pytest.raises(Refused, match="AFTERCARE_AGREED_ALREADY"):
        agree_aftercare(starts_on=starts_on, ends_on=ends_on, **arguments)


def test_promises(cast: Cast) -> None:
    package = agreed(cast.bo, cast.her).package
    with pytest.raises(Refused, match="COMMITMENT_DUE_BEFORE_MADE"):
        make_commitment(actor=cast.bo, package=package, party=Party.COMPANY, text="Job", due_on=DAY, on=LATER)
    promise = make_commitment(actor=cast.bo, package=package, party=Party.COMPANY, text="Job", due_on=LATER, on=DAY)
    with pytest.raises(Refused, match="COMMITMENT_SETTLED_BEFORE_MADE"):
        settle_commitment(actor=cast.bo, commitment=promise, kept=True, settled_on=DAY - timedelta(days=1), on=LATER)
    settle_commitment(actor=cast.bo, commitment=promise, kept=False, settled_on=LATER, on=LATER)
    promise.refresh_from_db()
    assert (promise.kept_on, promise.broken_on) == (None, LATER)
    with pytest.raises(Refused, match="COMMITMENT_SETTLED_ALREADY"):
        settle_commitment(actor=cast.bo, commitment=promise, kept=True, settled_on=LATER, on=LATER)


def test_mentors(cast: Cast) -> None:
    step, place = agreed(cast.bo, cast.her).first.step, workplace(cast.bo, cast.here)
    mentor = name_mentor(actor=cast.bo, workplace=place, name="Lis", on=DAY)
    herself = name_mentor(actor=cast.bo, workplace=place, name="asta testesen", on=DAY)
    arguments: dict[str, Any] = {"actor": cast.bo, "step": step, "starts_on": DAY, "on": DAY}
    with pytest.raises(Refused, match="MENTOR_IS_PARTICIPANT"):
        assign_mentor(mentor=herself, confidentiality_on=DAY, **arguments)
    for confirmed in (None, DAY + timedelta(days=1)):
        with pytest.raises(Refused, match="MENTOR_WITHOUT_CONFIDENTIALITY"):
            assign_mentor(mentor=mentor, confidentiality_on=confirmed, **arguments)
    with pytest.raises(Refused, match="MENTOR_DATES_REVERSED"):
        assign_mentor(mentor=mentor, confidentiality_on=DAY, ends_on=DAY, **arguments)
    assert assign_mentor(mentor=mentor, confidentiality_on=DAY, **arguments).mentor == mentor


def test_contacts(cast: Cast) -> None:
    arguments: dict[str, Any] = {
        "actor": cast.bo,
        "citizen": cast.her,
        "kind": ContactKind.CALL,
        "party": Party.CITIZEN,
        "on": DAY,
    }
    with pytest.raises(Refused, match="TEXT_NEEDED"):
        record_contact(held_on=DAY, text=" \n", **arguments)
    with pytest.raises(Refused, match="TEXT_TOO_LONG"):
        record_contact(held_on=DAY, text="x" * 1001, **arguments)
    with pytest.raises(Refused, match="DATE_AHEAD"):
        record_contact(held_on=LATER, text="Hej", **arguments)
    record_contact(held_on=DAY, text="<script>alert(1)</script>", **arguments)
    assert Contact.objects.get().recorded_by == cast.bo


def test_programmes(cast: Cast) -> None:
    arguments: dict[str, Any] = {"code": "P", "name": "P", "starts_on": DAY, "on": DAY}
    here, both = [(cast.here, 10)], [(cast.here, 10), (cast.there, None)]
    with pytest.raises(Refused, match="ROLE_LACKS_ACT"):
        open_programme(actor=cast.anna, ends_on=None, targets=both, **arguments)
    with pytest.raises(Refused, match="PROGRAMME_DATES_REVERSED"):
        open_programme(actor=cast.anna, ends_on=DAY, targets=here, **arguments)
    with pytest.raises(Refused, match="PROGRAMME_WITHOUT_MUNICIPALITY"):
        open_programme(actor=None, ends_on=None, targets=[], **arguments)
    open_programme(actor=cast.anna, ends_on=None, targets=here, **arguments)
    with pytest.raises(Refused, match="PROGRAMME_KNOWN_ALREADY"):
        open_programme(actor=None, ends_on=None, targets=both, **arguments)
