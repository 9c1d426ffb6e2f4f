"""The rulebook at work on rows: what is gathered, what stops a verb, what is accepted, and own limits."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from jobpakke.citizens.models import LimitKind, TargetGroupScheme
from jobpakke.citizens.services import record_limit, set_target_group
from jobpakke.lib.refusal import Refused
from jobpakke.method.rulebook import Group, Limit, Severity, rulebook
from jobpakke.method.step_kinds import StepKind
from jobpakke.method.week import WeekTime
from jobpakke.packages.facts import plan_of, plan_of_version
from jobpakke.packages.models import (
    AcceptedWarning,
    GroupChoice,
    LateReason,
    LimitChoice,
    Outcome,
    PlannedStep,
    PlanVersion,
    SeverityChoice,
)
from jobpakke.packages.rules import Checked, check_plan
from jobpakke.packages.services import (
    accept_warning,
    declare_ties,
    end_package,
    extend_step,
    lay_step,
    override_rule,
    propose_plan,
    reopen_plan,
    start_step,
)
from jobpakke.packages.services.plan.checks import StepFacts
from tests.builders import DAY, SINCE, Cast, agreed, approve, draft, workplace

pytestmark = pytest.mark.django_db


def practice(cast: Cast, version: PlanVersion, weeks: int, place: object, start: date = DAY) -> PlannedStep:
    facts = StepFacts(StepKind.INTERNSHIP, "Praktik", start, start + timedelta(weeks=weeks), workplace=place)  # type: ignore[arg-type]
    laid = lay_step(actor=cast.bo, version=version, facts=facts, on=start)
    declare_ties(actor=cast.bo, version=version, close_family={place.ref: False}, on=start)  # type: ignore[attr-defined]
    return laid


def broken(version: PlanVersion, on: date = DAY) -> list[str]:
    return [str(each.refusal.code) for each in check_plan(plan_of_version(version), on=on).standing]


def test_the_words_for_limits_are_those_of_the_rulebook() -> None:
    assert {choice.value for choice in LimitChoice} == {limit.value for limit in Limit}
    assert {choice.value for choice in GroupChoice} == {"", *(group.value for group in Group)}
    assert {choice.value for choice in SeverityChoice} == {severity.value for severity in Severity}


def test_a_warning_stops_the_proposal_until_it_is_accepted_for_just_that(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    laid = practice(cast, stairs.version, 14, workplace(cast.bo, cast.here))
    with pytest.raises(Refused, match="STEP_NEEDS_ASSESSMENT, WARNINGS_STAND"):
        propose_plan(actor=cast.bo, version=stairs.version, on=DAY)
    arguments = {"actor": cast.bo, "version": stairs.version, "step": laid.step.ref, "on": DAY}
    with pytest.raises(Refused, match="NO_SUCH_WARNING"):
        accept_warning(code="STEP_TOO_LONG", reason="x", **arguments)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="TEXT_NEEDED"):
        accept_warning(code="STEP_NEEDS_ASSESSMENT", reason=" ", **arguments)  # type: ignore[arg-type]
    accept_warning(code="STEP_NEEDS_ASSESSMENT", reason="Konkret vurdering", **arguments)  # type: ignore[arg-type]
    assert broken(stairs.version) == []
    laid.refresh_from_db()
    extend_step(actor=cast.bo, planned=laid, ends_on=DAY + timedelta(weeks=27), seen=laid.edits, on=DAY)
    assert broken(stairs.version) == ["STEP_NEEDS_SPECIAL_NEED"]
    assert AcceptedWarning.objects.get().reason == "Konkret vurdering"


def test_a_length_accepted_as_planned_is_accepted_on_whichever_day_it_starts(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    laid = practice(cast, stairs.version, 14, workplace(cast.bo, cast.here))
    plan, later = plan_of_version(stairs.version), DAY + timedelta(days=3)
    assert lengths(check_plan(plan, on=DAY, starting=(laid.step.ref, later))) == ["STEP_NEEDS_ASSESSMENT"]
    accept_warning(
        actor=cast.bo,
        version=stairs.version,
        step=laid.step.ref,
        code="STEP_NEEDS_ASSESSMENT",
        reason="Konkret vurdering",
        on=DAY,
    )
    for days in (-3, 0, 3, 7):
        assert lengths(check_plan(plan, on=DAY, starting=(laid.step.ref, DAY + timedelta(days=days)))) == [], days


def lengths(checked: Checked) -> list[str]:
    return [str(each.refusal.code) for each in checked.standing if "STEP_NEEDS" in each.refusal.code]


def test_what_stops_is_not_accepted(cast: Cast) -> None:
    set_target_group(actor=cast.bo, citizen=cast.her, scheme=TargetGroupScheme.READINESS, group="job_ready", on=SINCE)
    stairs = draft(cast.bo, cast.her)
    laid = practice(cast, stairs.version, 5, workplace(cast.bo, cast.here))
    with pytest.raises(Refused, match="RULE_STOPS"):
        accept_warning(
            actor=cast.bo, version=stairs.version, step=laid.step.ref, code="STEP_TOO_LONG", reason="x", on=DAY
        )
    with pytest.raises(Refused, match=r"^STEP_TOO_LONG$") as refused:
        propose_plan(actor=cast.bo, version=stairs.version, on=DAY)
    assert "548/2019" in str(refused.value.refusals[0].args["source"])


def test_an_accepted_warning_cannot_be_changed(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    laid = practice(cast, stairs.version, 14, workplace(cast.bo, cast.here))
    row = accept_warning(
        actor=cast.bo, version=stairs.version, step=laid.step.ref, code="STEP_NEEDS_ASSESSMENT", reason="x", on=DAY
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        AcceptedWarning.objects.filter(pk=row.pk).update(reason="y")


def test_other_peoples_places_count_and_ended_packages_and_drafts_do_not(cast: Cast) -> None:
    place = workplace(cast.bo, cast.here)
    place.ordinary_employees = 5
    place.save(update_fields=["ordinary_employees"])
    other = draft(cast.erik, cast.frode)
    facts = StepFacts(StepKind.WORK_TRIAL, "Prøve", DAY, DAY + timedelta(weeks=4), workplace=place)
    lay_step(actor=cast.erik, version=other.version, facts=facts, on=DAY)
    declare_ties(actor=cast.erik, version=other.version, close_family={place.ref: False}, on=DAY)
    mine = draft(cast.bo, cast.her)
    practice(cast, mine.version, 4, place)
    assert broken(mine.version) == []
    approve(cast.erik, other.version, DAY)
    assert broken(mine.version) == ["SUPPORT_RATIO_PASSED"]
    end_package(actor=cast.erik, package=other.package, ended_on=DAY, outcome=Outcome.NO_JOB, on=DAY)
    assert broken(mine.version) == []


def test_the_citizens_own_limits_are_kept(cast: Cast) -> None:
    record_limit(actor=cast.bo, citizen=cast.her, kind=LimitKind.HOURS, text="20", hours=Decimal(20), on=SINCE)
    record_limit(
        actor=cast.bo,
        citizen=cast.her,
        kind=LimitKind.TIME_OF_DAY,
        text="Kun i dagtimerne",
        window=(time(8), time(15)),
        on=SINCE,
    )
    stairs = draft(cast.bo, cast.her)
    facts = StepFacts(
        StepKind.GUIDANCE,
        "Aften",
        DAY,
        DAY + timedelta(weeks=4),
        weekly_hours=Decimal(21),
        times=frozenset({WeekTime(0, time(17), time(19))}),
    )
    lay_step(actor=cast.bo, version=stairs.version, facts=facts, on=DAY)
    assert broken(stairs.version) == ["HOURS_OVER_CITIZENS_LIMIT", "TIMES_OUTSIDE_LIMIT"]


def test_an_earlier_package_at_the_same_place_is_remembered(cast: Cast) -> None:
    place = workplace(cast.bo, cast.here)
    first = draft(cast.bo, cast.her)
    laid = practice(cast, first.version, 13, place)
    approve(cast.bo, first.version, DAY)
    start_step(actor=cast.bo, step=laid.step, started_on=DAY, on=DAY)
    later = DAY + timedelta(weeks=20)
    type(laid.step).objects.filter(pk=laid.step.pk).update(
        ended_on=DAY + timedelta(weeks=13), ending="unfulfilled", end_reason="absence"
    )
    end_package(actor=cast.bo, package=first.package, ended_on=later, outcome=Outcome.NO_JOB, on=later)
    second = draft(cast.bo, cast.her, on=later)
    practice(cast, second.version, 13, place, later)
    assert broken(second.version, later) == []
    practice(cast, second.version, 13, place, later + timedelta(weeks=13))
    assert broken(second.version, later) == ["PARTS_NEED_ASSESSMENT", "SAME_PLACE_AGAIN"]


def test_rules_are_asked_again_when_a_step_starts(cast: Cast) -> None:
    place = workplace(cast.bo, cast.here)
    stairs = draft(cast.bo, cast.her)
    laid = practice(cast, stairs.version, 4, place)
    approve(cast.bo, stairs.version, DAY)
    place.contact_name = ""
    place.save(update_fields=["contact_name"])
    with pytest.raises(Refused, match="CONTACT_PERSON_MISSING"):
        start_step(actor=cast.bo, step=laid.step, started_on=DAY, on=DAY)
    start_step(actor=cast.bo, step=stairs.first.step, started_on=DAY, on=DAY)


def test_a_start_that_is_registered_late_says_why(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    later = DAY + timedelta(days=1)
    with pytest.raises(Refused, match="STARTED_LATE_WITHOUT_REASON"):
        start_step(actor=cast.bo, step=stairs.first.step, started_on=DAY, on=later)
    start_step(actor=cast.bo, step=stairs.first.step, started_on=DAY, late_reason=LateReason.TOLD_LATE, on=later)
    stairs.first.step.refresh_from_db()
    assert stairs.first.step.late_reason == "told_late"
    other = agreed(cast.erik, cast.frode)
    start_step(actor=cast.erik, step=other.first.step, started_on=DAY, late_reason=LateReason.FORGOTTEN, on=DAY)
    assert other.first.step.late_reason == ""


def test_a_municipalitys_own_limit_holds_there_on_its_days(cast: Cast) -> None:
    place = workplace(cast.bo, cast.here)
    stairs = draft(cast.bo, cast.her)
    practice(cast, stairs.version, 10, place)
    assert broken(stairs.version) == []
    arguments = {
        "actor": cast.anna,
        "municipality": cast.here,
        "limit": Limit.INTERNSHIP_LENGTH,
        "severity": Severity.WARN,
        "group": Group.FAR,
        "starts_on": DAY,
        "on": DAY,
    }
    with pytest.raises(Refused, match="RULE_VALUES_WRONG"):
        override_rule(values={"percent": 4}, reason="x", **arguments)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="TEXT_NEEDED"):
        override_rule(values={"weeks": 8}, reason="", **arguments)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="RULE_DATES_REVERSED"):
        override_rule(values={"weeks": 8}, reason="x", ends_on=DAY, **arguments)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="ROLE_LACKS_ACT"):
        override_rule(values={"weeks": 8}, reason="x", **{**arguments, "actor": cast.bo})  # type: ignore[arg-type]
    override_rule(values={"weeks": 8}, reason="Byrådets beslutning", **arguments)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="RULE_OVERRIDDEN_ALREADY"):
        override_rule(values={"weeks": 9}, reason="x", **arguments)  # type: ignore[arg-type]
    assert broken(stairs.version) == ["STEP_TOO_LONG"]
    breach = check_plan(plan_of_version(stairs.version), on=DAY).breaches[0]
    assert breach.entry is not None
    assert breach.entry.reason == "Byrådets beslutning"
    common = rulebook().entry(Limit.INTERNSHIP_LENGTH, on=DAY, group=Group.FAR)
    assert common is not None
    assert common["weeks"] == 13


def test_only_unended_steps_of_the_new_version_are_judged(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    version = reopen_plan(actor=cast.bo, package=stairs.package, on=DAY)
    assert broken(version) == []
    assert broken(version, DAY + timedelta(days=1)) == ["START_IN_PAST"]
    assert check_plan(plan_of(stairs.package, on=DAY), on=DAY).breaches == ()
