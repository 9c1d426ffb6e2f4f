"""Drafts nobody touched: gone on their day, not before; never what was proposed, agreed, or worked with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from jobpakke.access.models import Municipality
from jobpakke.continuity.caseload import caseload
from jobpakke.continuity.findings import FindingKind, findings
from jobpakke.history.models import Event
from jobpakke.lib.refusal import Refused
from jobpakke.method.rulebook import Limit, Severity
from jobpakke.packages.drafts import forgotten_drafts
from jobpakke.packages.models import AcceptedWarning, GoalForm, JobPackage, Party, PlanVersion
from jobpakke.packages.services import (
    change_goal,
    make_commitment,
    override_rule,
    propose_plan,
    remove_forgotten_drafts,
    reopen_plan,
)
from jobpakke.packages.services.plan import tidying
from jobpakke.packages.services.plan.tidying import Tidied
from tests.builders import DAY, Cast, Stairs, agreed, draft

pytestmark = pytest.mark.django_db
GONE = DAY + timedelta(weeks=14)
NOTHING = Tidied(0, 0)


def tidied(cast: Cast, on: date, place: Municipality | None = None) -> Tidied:
    return remove_forgotten_drafts(actor=None, municipality=place or cast.here, on=on)


def told(cast: Cast, on: date) -> dict[FindingKind, date]:
    return {row.kind: row.day for row in findings(caseload(cast.bo, today=on, on=on), on=on)}


def test_announced_two_weeks_before_with_its_day_and_gone_on_it(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    announced = GONE - timedelta(weeks=2)
    assert set(told(cast, announced - timedelta(days=1))) == {FindingKind.PLAN_DRAFT}
    assert told(cast, announced) == {FindingKind.DRAFT_FADING: GONE}
    assert tidied(cast, GONE - timedelta(days=1)) == NOTHING
    assert told(cast, GONE) == {FindingKind.DRAFT_FADING: GONE}
    assert tidied(cast, GONE) == Tidied(1, 1)
    assert not JobPackage.objects.filter(pk=stairs.package.pk).exists()
    event = Event.objects.get(kind="draft_forgotten")
    assert (event.actor, event.about, event.subject) == (None, cast.her.ref, stairs.version.ref)
    assert tidied(cast, GONE + timedelta(days=1)) == NOTHING
    assert Event.objects.filter(kind="draft_forgotten").count() == 1
    draft(cast.bo, cast.her, GONE)


def test_the_day_after_it_goes_as_well(cast: Cast) -> None:
    draft(cast.bo, cast.her)
    assert tidied(cast, GONE + timedelta(days=1)) == Tidied(1, 1)


def test_a_change_that_was_forgotten_leaves_what_is_agreed(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    reopen_plan(actor=cast.bo, package=stairs.package, on=DAY)
    assert tidied(cast, GONE) == Tidied(1, 0)
    assert list(stairs.package.versions.values_list("number", flat=True)) == [1]
    assert stairs.version.planned_steps.count() == 2


def test_what_was_proposed_or_touched_stays(cast: Cast) -> None:
    propose_plan(actor=cast.bo, version=draft(cast.bo, cast.her).version, on=DAY)
    touched = draft(cast.erik, cast.frode).version
    change_goal(actor=cast.erik, version=touched, title="Andet", form=GoalForm.FLEX, on=DAY + timedelta(days=1))
    draft(cast.dorte, cast.gerda)
    assert tidied(cast, GONE) == NOTHING
    assert tidied(cast, GONE + timedelta(days=1)) == Tidied(1, 1)
    assert tidied(cast, GONE, cast.there) == Tidied(1, 1)


def promise(cast: Cast, stairs: Stairs, on: date) -> None:
    make_commitment(
        actor=cast.bo, package=stairs.package, party=Party.COMPANY, text="Kursus", due_on=date(2027, 1, 1), on=on
    )


def accept(cast: Cast, stairs: Stairs, on: date) -> None:
    AcceptedWarning.objects.create(
        package=stairs.package,
        step=stairs.first.step.ref,
        code="X",
        detail="",
        reason="Aftalt",
        accepted_by=cast.bo,
        accepted_on=on,
    )


@pytest.mark.parametrize("work", [promise, accept])
def test_a_promise_or_an_accepted_warning_is_work_on_the_draft(
    cast: Cast, work: Callable[[Cast, Stairs, date], None]
) -> None:
    stairs = draft(cast.bo, cast.her)
    work(cast, stairs, DAY + timedelta(days=20))
    later = GONE + timedelta(days=20)
    assert told(cast, GONE)[FindingKind.PLAN_DRAFT] == DAY + timedelta(days=20)
    assert told(cast, later - timedelta(days=1))[FindingKind.DRAFT_FADING] == later
    assert tidied(cast, later - timedelta(days=1)) == NOTHING


def test_a_promise_in_a_package_that_runs_keeps_no_draft_of_a_change(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    reopen_plan(actor=cast.bo, package=stairs.package, on=DAY)
    promise(cast, stairs, DAY + timedelta(days=20))
    assert tidied(cast, GONE) == Tidied(1, 0)


def test_with_a_promise_the_package_stays(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    promise(cast, stairs, DAY)
    assert tidied(cast, GONE) == Tidied(1, 0)
    assert JobPackage.objects.filter(pk=stairs.package.pk).exists()


def test_a_municipality_keeps_drafts_as_long_as_it_says(cast: Cast) -> None:
    draft(cast.bo, cast.her)
    draft(cast.dorte, cast.gerda)
    override_rule(
        actor=cast.anna,
        municipality=cast.here,
        limit=Limit.DRAFT_KEPT,
        values={"weeks": 20, "announced_weeks": 3},
        severity=Severity.WARN,
        starts_on=DAY,
        reason="Vi har travlt",
        on=DAY,
    )
    own = DAY + timedelta(weeks=20)
    assert tidied(cast, own - timedelta(days=1)) == NOTHING
    assert tidied(cast, own - timedelta(days=1), cast.there) == Tidied(1, 1)
    assert set(told(cast, own - timedelta(weeks=3, days=1))) == {FindingKind.PLAN_DRAFT}
    assert told(cast, own - timedelta(weeks=3)) == {FindingKind.DRAFT_FADING: own}
    assert tidied(cast, own) == Tidied(1, 1)


def test_who_edits_meanwhile_keeps_the_draft(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    version = draft(cast.bo, cast.her).version
    found = forgotten_drafts

    def and_then_edited(*args: object, **kwargs: object) -> list[PlanVersion]:
        rows = found(*args, **kwargs)  # type: ignore[arg-type]
        change_goal(actor=cast.bo, version=version, title="Andet", form=GoalForm.FLEX, on=GONE)
        return rows

    monkeypatch.setattr(tidying, "forgotten_drafts", and_then_edited)
    assert tidied(cast, GONE) == NOTHING
    assert PlanVersion.objects.drafts().filter(pk=version.pk).exists()
    assert not Event.objects.filter(kind="draft_forgotten").exists()


def test_somebody_needs_to_administer_the_municipality(cast: Cast) -> None:
    draft(cast.bo, cast.her)
    for actor, place in ((cast.bo, cast.here), (cast.tove, cast.here), (cast.anna, cast.there)):
        with pytest.raises(Refused, match="ROLE_LACKS_ACT"):
            remove_forgotten_drafts(actor=actor, municipality=place, on=GONE)
    assert remove_forgotten_drafts(actor=cast.anna, municipality=cast.here, on=GONE) == Tidied(1, 1)
