"""The rulebook at work on rows: what is gathered, what stops a verb, what is accepted, and own limits."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from jobpakke.citizens.models import LimitKind, TargetGroupScheme
from jobpakke.citizens.services import record_limit, set_target_group
from jobpakke.lib.refusal import Refused
from jobpakke.method.rulebook import Group, Limit, Severity, rulebook
from jobpakke.method.step_kinds import StepKind
from jobpakke.method.week import WeekTime
from jobpakke.packages.facts import plan_of, plan_of_version
from jobpakke.packages.models import (
    AcceptedWarning,
    EndReason,
    GroupChoice,
    LateReason,
    LimitChoice,
    Outcome,
    Party,
    PlannedStep,
    PlanVersion,
    RuleOverride,
    SeverityChoice,
)
from jobpakke.packages.rules import Checked, check_plan, rules_of
from jobpakke.packages.services import (
    accept_warning,
    declare_ties,
    duplicate_step,
    end_package,
    end_step,
    extend_step,
    lay_step,
    override_rule,
    propose_plan,
    reopen_plan,
    start_step,
)
from jobpakke.packages.services.plan.checks import StepFacts
from tests.builders import DAY, SINCE, Cast, agreed, approve, draft, say_yes, workplace

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
    place.details.update(ordinary_employees=5)
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
    place.details.update(contact_name="")
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


MONDAY = frozenset({WeekTime(0, time(8), time(12))})


def beside(cast: Cast, weeks: int = 1) -> tuple[PlanVersion, PlannedStep, PlannedStep]:
    """An agreed plan of two steps on the same hours, the second after the first has ended as it was planned."""
    version = draft(cast.bo, cast.her).version
    first = StepFacts(StepKind.GUIDANCE, "Første", DAY, DAY + timedelta(weeks=weeks), times=MONDAY)
    second = StepFacts(StepKind.GUIDANCE, "Andet", first.ends_on, DAY + timedelta(weeks=20), times=MONDAY)
    one, two = (lay_step(actor=cast.bo, version=version, facts=facts, on=DAY) for facts in (first, second))
    return version, one, two


def test_a_step_that_nobody_ended_keeps_its_hours(cast: Cast) -> None:
    version, one, two = beside(cast)
    approve(cast.bo, version, DAY)
    start_step(actor=cast.bo, step=one.step, started_on=DAY, on=DAY)
    late = DAY + timedelta(days=30)
    with pytest.raises(Refused, match="TIMES_CLASH"):
        start_step(actor=cast.bo, step=two.step, started_on=late, on=late)
    end_step(actor=cast.bo, step=one.step, ended_on=late, reason=EndReason.ABSENCE, on=late)
    start_step(actor=cast.bo, step=two.step, started_on=late, on=late)


def test_a_start_told_late_lies_beside_what_is_known_today(cast: Cast) -> None:
    """The first is told late, and was not over on the day the second began."""
    version, one, two = beside(cast)
    approve(cast.bo, version, DAY)
    began, told = DAY + timedelta(days=7), DAY + timedelta(days=10)
    start_step(actor=cast.bo, step=two.step, started_on=began, on=began)
    with pytest.raises(Refused, match="TIMES_CLASH"):
        start_step(actor=cast.bo, step=one.step, started_on=DAY, late_reason=LateReason.TOLD_LATE, on=told)
    assert check_plan(plan_of_version(version), on=DAY, starting=(one.step.ref, DAY)).standing == ()


def test_a_plan_takes_no_effect_over_a_clash_that_came_after_it_was_proposed(cast: Cast) -> None:
    version, one, two = beside(cast, weeks=2)
    approve(cast.bo, version, DAY)
    start_step(actor=cast.bo, step=one.step, started_on=DAY, on=DAY)
    newer = reopen_plan(actor=cast.bo, package=version.package, on=DAY)
    three = StepFacts(StepKind.GUIDANCE, "Tredje", DAY + timedelta(weeks=2), DAY + timedelta(weeks=3), times=MONDAY)
    newer.planned_steps.get(step=two.step).delete()
    lay_step(actor=cast.bo, version=newer, facts=three, on=DAY)
    propose_plan(actor=cast.bo, version=newer, reason="Ny", on=DAY)
    for days, refused in ((13, False), (14, True)):
        on = DAY + timedelta(days=days)
        checked = check_plan(plan_of_version(newer), on=on)
        assert ("TIMES_CLASH" in [str(each.refusal.code) for each in checked.breaches]) is refused
    late = DAY + timedelta(days=14)
    for party in (Party.CITIZEN, Party.COMPANY):
        say_yes(cast.bo, newer, late, party)
    with pytest.raises(Refused, match=r"^TIMES_CLASH"):
        say_yes(cast.bo, newer, late, Party.MUNICIPALITY)
    end_step(actor=cast.bo, step=one.step, ended_on=late, reason=EndReason.ABSENCE, on=late)
    say_yes(cast.bo, newer, late, Party.MUNICIPALITY)


def test_who_is_at_a_workplace_past_the_planned_end_takes_up_a_place_until_somebody_ends_it(cast: Cast) -> None:
    place = workplace(cast.bo, cast.here)
    place.details.update(ordinary_employees=5)
    other = draft(cast.erik, cast.frode)
    facts = StepFacts(StepKind.WORK_TRIAL, "Prøve", DAY, DAY + timedelta(weeks=4), workplace=place)
    theirs = lay_step(actor=cast.erik, version=other.version, facts=facts, on=DAY)
    declare_ties(actor=cast.erik, version=other.version, close_family={place.ref: False}, on=DAY)
    approve(cast.erik, other.version, DAY)
    start_step(actor=cast.erik, step=theirs.step, started_on=DAY, on=DAY)
    late = DAY + timedelta(weeks=6)
    mine = draft(cast.bo, cast.her, on=late)
    practice(cast, mine.version, 4, place, late)
    assert broken(mine.version, late) == ["SUPPORT_RATIO_PASSED"]
    end_step(actor=cast.erik, step=theirs.step, ended_on=late, reason=EndReason.ABSENCE, on=late)
    assert broken(mine.version, late) == []


def test_a_step_that_is_duplicated_is_one_run_with_the_first(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    laid = practice(cast, stairs.version, 13, workplace(cast.bo, cast.here))
    assert broken(stairs.version) == []
    duplicate_step(actor=cast.bo, planned=laid, on=DAY)
    assert broken(stairs.version) == ["PARTS_NEED_ASSESSMENT"]


def test_building_tells_of_a_missing_workplace_and_of_hours_without_times(cast: Cast) -> None:
    record_limit(
        actor=cast.bo, citizen=cast.her, kind=LimitKind.TIME_OF_DAY, text="Dag", window=(time(8), time(15)), on=SINCE
    )
    stairs = draft(cast.bo, cast.her)
    facts = StepFacts(StepKind.INTERNSHIP, "Praktik", DAY, DAY + timedelta(weeks=4), weekly_hours=Decimal(20))
    laid = lay_step(actor=cast.bo, version=stairs.version, facts=facts, on=DAY)
    assert broken(stairs.version) == ["WORKPLACE_MISSING", "TIMES_NOT_WRITTEN"]
    client = Client()
    client.force_login(cast.bo)
    page = client.get(reverse("plan", args=[stairs.version.ref])).content.decode()
    edit = reverse("edit_step", args=[laid.ref])
    assert f'href="{edit}">Vælg en arbejdsplads' in page
    assert f'href="{edit}">Skriv tiderne' in page
    assert "regel=TIMES_NOT_WRITTEN" in page
    assert "regel=WORKPLACE_MISSING" not in page


def test_whoever_builds_plans_reads_the_rules_and_what_a_breach_rests_on(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    practice(cast, stairs.version, 14, workplace(cast.bo, cast.here))
    client = Client()
    client.force_login(cast.bo)
    rules, plan = reverse("rules"), reverse("plan", args=[stairs.version.ref])
    asked = {"on": DAY.isoformat()}
    page = client.get(rules, asked).content.decode()
    assert reverse("override_rule") not in page
    assert "548/2019" in page
    assert "ingen grænse" in client.get(rules, {"on": "2009-09-01"}).content.decode()
    assert "Prøvet mod kilden." in client.get(plan, asked).content.decode()
    override_rule(
        actor=cast.anna,
        municipality=cast.here,
        limit=Limit.INTERNSHIP_LENGTH,
        severity=Severity.WARN,
        group=Group.FAR,
        values={"weeks": 8},
        reason="Byrådets beslutning",
        starts_on=DAY,
        on=DAY,
    )
    shown = client.get(plan, asked).content.decode()
    assert "(Byrådets beslutning)" in shown
    assert "Kommunens egen grænse siden 2. marts 2026." in shown
    client.force_login(cast.anna)
    assert reverse("override_rule") in client.get(rules).content.decode()


def test_an_entry_of_a_limit_that_is_no_longer_one_stays_unread(cast: Cast) -> None:
    arguments = {"municipality": cast.here, "values": {"count": 4}, "severity": "warn", "reason": "x"}
    RuleOverride.objects.create(limit="interviews_first_half_year", starts_on=DAY, recorded_by=cast.anna, **arguments)
    assert rules_of(cast.here.pk, on=DAY).own == ()
