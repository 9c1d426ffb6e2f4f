"""The history says the reasons that stand in the rows, and names things as they were worded on the day of the event."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jobpakke.lib.clock import today
from jobpakke.method.proposals import Wanted
from jobpakke.method.step_kinds import StepKind
from jobpakke.packages.models import (
    Aftercare,
    BreakReason,
    Commitment,
    CorrectionReason,
    EndReason,
    GoalForm,
    HowTold,
    LateReason,
    Outcome,
    Party,
    PlannedStep,
    Waiver,
)
from jobpakke.packages.services import (
    accept_warning,
    agree_aftercare,
    change_goal,
    change_step,
    end_package,
    end_step,
    extend_aftercare,
    lay_step,
    make_commitment,
    move_commitment,
    propose_change,
    record_evidence,
    reject_proposal,
    reopen_plan,
    settle_commitment,
    start_step,
    undo_settlement,
    undo_waiver,
    waive_gate,
)
from jobpakke.packages.services.commitments import Breach
from jobpakke.packages.services.plan.checks import StepFacts
from jobpakke.packages.services.proposals import Wish
from jobpakke.web.citizens.naming import Thing, Worded, as_worded
from tests.builders import Cast, Stairs, agreed, approve
from tests.web.test_pages import client, text

pytestmark = pytest.mark.django_db
WRONG = CorrectionReason.MISTYPED


def ago(days: int) -> date:
    return today() - timedelta(days=days)


@pytest.fixture
def stairs(cast: Cast) -> Stairs:
    return agreed(cast.bo, cast.her, ago(60))


def history(cast: Cast, on: date | None = None) -> str:
    url = reverse("history", args=[cast.her.ref])
    return text(client("bo").get(url, {"on": on.isoformat()} if on else {}))


def promise(cast: Cast, stairs: Stairs, words: str = "Et kursus") -> Commitment:
    return make_commitment(
        actor=cast.bo, package=stairs.package, party=Party.COMPANY, text=words, due_on=ago(10), on=ago(40)
    )


def test_a_moved_and_a_broken_promise_say_why(cast: Cast, stairs: Stairs) -> None:
    row = promise(cast, stairs)
    for number, reason in enumerate(("Holdet var fyldt", "Læreren blev væk.")):
        move_commitment(actor=cast.bo, commitment=row, due_on=ago(5 - number), reason=reason, on=ago(20))
    breach = Breach(Party.COMPANY, BreakReason.NO_ROOM, "Holdet blev aflyst")
    settle_commitment(actor=cast.bo, commitment=row, kept=False, breach=breach, settled_on=ago(3), on=ago(3))
    page = history(cast)
    first, second = (page.index(words) for words in ("“Læreren blev væk”.", "“Holdet var fyldt”."))
    assert first < second, "each move with its own reason, the newest first"
    assert "“Holdet blev aflyst”." in page
    read = Commitment.objects.select_related("package__citizen").get()
    undo_settlement(actor=cast.bo, commitment=read, because=WRONG, on=ago(2))
    again = Breach(Party.COMPANY, BreakReason.NO_ROOM, "Ingen penge")
    settle_commitment(actor=cast.bo, commitment=read, kept=False, breach=again, settled_on=ago(3), on=ago(1))
    page = history(cast)
    assert page.count("“Holdet blev aflyst”.") == page.count("“Ingen penge”.") == 1


def test_a_dispensation_says_why_also_when_it_was_taken_back_and_another_given(cast: Cast, stairs: Stairs) -> None:
    for reason in ("Lærte det hjemme", "Har papir på det"):
        waive_gate(actor=cast.bo, step=stairs.first.step, given_on=ago(5), reason=reason, on=ago(5))
        assert f"“{reason}”." in history(cast)
        if reason == "Lærte det hjemme":
            row = Waiver.objects.select_related("step__package__citizen", "given_by").get()
            undo_waiver(actor=cast.bo, waiver=row, because=WRONG, on=ago(4))
    page = history(cast)
    assert page.count("“Lærte det hjemme”.") == page.count("“Har papir på det”.") == 1


def test_proposals_say_why_they_were_made_and_rejected(cast: Cast, stairs: Stairs) -> None:
    wish = Wish(Wanted.OTHER_TASK, "Vil gerne i butik", task="Butik")
    row = propose_change(
        actor=cast.bo,
        package=stairs.package,
        party=Party.CITIZEN,
        wish=wish,
        made_on=ago(9),
        how=HowTold.AT_MEETING,
        on=ago(9),
    )
    reject_proposal(actor=cast.bo, proposal=row, reason="Butikken er lukket", answered_on=ago(8), on=ago(8))
    page = history(cast)
    assert "“Vil gerne i butik”." in page
    assert "“Butikken er lukket”." in page


def test_an_extended_aftercare_and_a_changed_plan_say_why(cast: Cast, stairs: Stairs) -> None:
    start_step(actor=cast.bo, step=stairs.first.step, started_on=ago(60), on=ago(60))
    version = reopen_plan(actor=cast.bo, package=stairs.package, on=ago(30))
    facts = StepFacts(StepKind.GUIDANCE, "Mere vejledning", ago(30), ago(5))
    lay_step(actor=cast.bo, version=version, facts=facts, on=ago(30))
    approve(cast.bo, version, ago(30))
    end_step(actor=cast.bo, step=stairs.first.step, ended_on=ago(10), reason=EndReason.GOT_JOB, on=ago(10))
    end_package(actor=cast.bo, package=stairs.package, ended_on=ago(9), outcome=Outcome.FLEX_JOB, on=ago(9))
    until = today() + timedelta(days=90)
    agree_aftercare(actor=cast.bo, package=stairs.package, starts_on=ago(9), ends_on=until, on=ago(9))
    for number, reason in enumerate(("Nye vagter", "Ny leder"), start=1):
        care = Aftercare.objects.select_related("package__citizen").get()
        extend_aftercare(
            actor=cast.bo, aftercare=care, ends_on=until + number * timedelta(days=9), reason=reason, on=ago(5)
        )
    page = history(cast)
    assert "blev foreslået for alle tre parter: “Ny aftale”." in page
    assert page.count("“Nye vagter”.") == page.count("“Ny leder”.") == 1


def test_evidence_that_came_late_says_why(cast: Cast, stairs: Stairs) -> None:
    start_step(actor=cast.bo, step=stairs.first.step, started_on=ago(20), on=ago(20))
    goal = stairs.first.step.sub_goals.select_related("step__package__citizen").get()
    late = LateReason.TOLD_LATE
    record_evidence(actor=cast.bo, sub_goal=goal, meets=True, shown_on=ago(9), late_reason=late, on=ago(3))
    said = "vi fik det at vide sent"
    assert f"nået, registreret bagefter: {said}." in history(cast)
    assert f"Bo bagefter: {said}" in text(client("bo").get(reverse("record_evidence", args=[goal.ref])))


def test_an_accepted_warning_says_why(cast: Cast, stairs: Stairs) -> None:
    version = reopen_plan(actor=cast.bo, package=stairs.package, on=ago(30))
    step = stairs.first.step.ref
    for number, reason in enumerate(("Kommunen har vurderet det", "Igen")):
        on = ago(30 - number)
        accept_warning(actor=cast.bo, version=version, step=step, code="START_IN_PAST", reason=reason, on=on)
        assert f": “{reason}”." in history(cast)
    assert history(cast).count("“Kommunen har vurderet det”.") == 1


def test_reasons_cost_no_query_more(cast: Cast, stairs: Stairs) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            history(cast)
        return len(caught)

    history(cast)
    few = asked()
    for number in range(9):
        row = promise(cast, stairs, f"Kursus {number}")
        move_commitment(actor=cast.bo, commitment=row, due_on=ago(5), reason=f"Nej {number}", on=ago(20))
    waive_gate(actor=cast.bo, step=stairs.first.step, given_on=ago(5), reason="Kan det", on=ago(5))
    assert asked() == few


# -- names


OLD, NEW, DRAFT = Thing("gammel", ""), Thing("ny", ""), Thing("kladde", "")
FIRST, SECOND, NEVER = Worded(OLD, date(2026, 3, 2), 1), Worded(NEW, date(2026, 3, 9), 2), Worded(DRAFT, None, 3)


@pytest.mark.parametrize(
    ("wordings", "on", "expected"),
    [
        ([FIRST, SECOND, NEVER], date(2026, 3, 1), OLD),
        ([NEVER, SECOND, FIRST], date(2026, 3, 2), OLD),
        ([FIRST, SECOND, NEVER], date(2026, 3, 8), OLD),
        ([SECOND, FIRST], date(2026, 3, 9), NEW),
        ([FIRST, SECOND, NEVER], date(2027, 1, 1), NEW),
        ([NEVER, SECOND], date(2026, 3, 1), NEW),
        ([Worded(OLD, None, 2), NEVER], date(2026, 3, 1), DRAFT),
    ],
)
def test_a_thing_is_named_by_the_wording_in_effect(wordings: list[Worded], on: date, expected: Thing) -> None:
    assert as_worded(wordings, on=on) == expected


def reworded(cast: Cast, stairs: Stairs, title: str, on: date) -> PlannedStep:
    version = reopen_plan(actor=cast.bo, package=stairs.package, on=on)
    row = version.planned_steps.select_related("step", "version__package__citizen").get(step=stairs.first.step)
    facts = StepFacts(StepKind.CLARIFICATION, row.title, row.starts_on, row.ends_on)
    return change_step(actor=cast.bo, planned=row, facts=replace(facts, title=title), seen=row.edits, on=on)


def test_what_a_draft_calls_a_step_or_the_goal_is_no_name_of_it(cast: Cast, stairs: Stairs) -> None:
    start_step(actor=cast.bo, step=stairs.first.step, started_on=ago(50), on=ago(50))
    row = reworded(cast, stairs, "Afprøvning", ago(30))
    change_goal(actor=cast.bo, version=row.version, title="Receptionschef", form=GoalForm.FLEX, on=ago(30))
    for page in (history(cast), history(cast, ago(40)), history(cast, ago(29))):
        assert "“Afklaring” begyndte" in page
        assert "Afprøvning" not in page
        assert "ordinært job, “Leder på hotel”" in page
    approve(cast.bo, row.version, ago(20))
    goal_row = stairs.first.step.sub_goals.select_related("step__package__citizen").get()
    record_evidence(actor=cast.bo, sub_goal=goal_row, meets=True, shown_on=ago(40), on=ago(40))
    record_evidence(actor=cast.bo, sub_goal=goal_row, meets=True, shown_on=ago(10), on=ago(10))
    page = history(cast)
    assert f"“{goal_row.title}” i “Afklaring”" in page
    assert f"“{goal_row.title}” i “Afprøvning”" in page
    assert "Version 2 af planen med målet “Receptionschef” trådte i kraft" in page
    assert "Version 1 af planen med målet “Leder på hotel” trådte i kraft" in page
    assert "Afprøvning" not in history(cast, ago(21))
