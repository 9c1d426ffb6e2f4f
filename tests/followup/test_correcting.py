"""What was recorded wrongly: corrected or undone, known as it was then, and named when two follow-ups are compared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from jobpakke.citizens.models import CaseTransfer, StatusSpell, TransferGround
from jobpakke.followup.differences import differences
from jobpakke.followup.services import freeze_follow_up
from jobpakke.followup.standings import standings
from jobpakke.history.models import Event
from jobpakke.lib.refusal import Refused
from jobpakke.method.comparison import Reason
from jobpakke.method.status import LabourMarketStatus
from jobpakke.packages.models import (
    Aftercare,
    CareTopic,
    CorrectionReason,
    EndReason,
    Evidence,
    Job,
    JobPackage,
    LateReason,
    Outcome,
    Party,
    Programme,
    Step,
)
from jobpakke.packages.services import (
    conclude_package,
    correct_end,
    correct_job,
    correct_start,
    discard_draft,
    end_package,
    end_step,
    extend_aftercare,
    fulfil_step,
    record_evidence,
    start_step,
    transfer_case,
    undo_end,
    undo_package_end,
    undo_start,
    write_note,
)
from jobpakke.packages.services.ending import Ending
from jobpakke.packages.services.job import JobFacts
from jobpakke.packages.services.journal import CareUse, NoteFacts
from jobpakke.packages.services.moving import Move
from tests.builders import DAY, Cast, Stairs, agreed, draft
from tests.clocks import Clock

pytestmark = pytest.mark.django_db
TODAY = DAY + timedelta(days=90)
LATE, WRONG = LateReason.FORGOTTEN, CorrectionReason.MISTYPED


def day(number: int) -> date:
    return DAY + timedelta(days=number)


def moment(number: int) -> datetime:
    on = day(number)
    return datetime(on.year, on.month, on.day, 20, tzinfo=UTC)


class Life:
    """Her first step begun on day 10, its goal met on day 20, fulfilled on day 30; the second begun on day 40."""

    def __init__(self, cast: Cast, stairs: Stairs) -> None:
        self.cast, self.stairs = cast, stairs
        self.common: dict[str, Any] = {"actor": cast.bo, "on": TODAY}
        self.why: dict[str, Any] = {**self.common, "because": WRONG}

    @property
    def first(self) -> Step:
        return Step.objects.select_related("package__citizen").get(pk=self.stairs.first.step_id)

    @property
    def second(self) -> Step:
        return Step.objects.select_related("package__citizen").get(pk=self.stairs.second.step_id)

    @property
    def package(self) -> JobPackage:
        return JobPackage.objects.select_related("citizen").get(pk=self.stairs.package.pk)

    def begin(self, number: int = 10) -> None:
        start_step(step=self.first, started_on=day(number), late_reason=LATE, **self.common)

    def fulfil(self, number: int = 30) -> None:
        goal = self.first.sub_goals.select_related("step__package__citizen").get()
        record_evidence(sub_goal=goal, shown_on=day(20), meets=True, **self.common)
        fulfil_step(step=self.first, fulfilled_on=day(number), late_reason=LATE, **self.common)

    def follow(self, number: int = 40) -> None:
        start_step(step=self.second, started_on=day(number), late_reason=LATE, **self.common)

    def all(self) -> None:
        self.begin()
        self.fulfil()
        self.follow()


@pytest.fixture
def life(clock: Clock, cast: Cast, programme: Programme) -> Life:
    clock.at(DAY)
    return Life(cast, agreed(cast.bo, cast.her, DAY, programme))


def refused(code: str, verb: Callable[..., object], **arguments: Any) -> None:
    before = list(Step.objects.order_by("pk").values()), Event.objects.count()
    with pytest.raises(Refused, match=code):
        verb(**arguments)
    assert (list(Step.objects.order_by("pk").values()), Event.objects.count()) == before


def test_a_first_day_is_corrected_where_it_could_have_been(life: Life) -> None:
    refused("NOT_BEGUN", correct_start, step=life.first, started_on=day(5), **life.why)
    life.all()
    first, second = life.first, life.second
    refused("DATE_AHEAD", correct_start, step=first, started_on=TODAY + timedelta(days=1), **life.why)
    refused("PACKAGE_NOT_OPEN", correct_start, step=first, started_on=day(-1), **life.why)
    refused("NOTHING_TO_CORRECT", correct_start, step=first, started_on=day(10), **life.why)
    refused("START_AFTER_EVIDENCE", correct_start, step=first, started_on=day(21), **life.why)
    refused("START_AFTER_END", correct_start, step=first, started_on=day(31), **life.why)
    refused("STEP_NOT_FULFILLED", correct_start, step=second, started_on=day(29), **life.why)
    correct_start(step=second, started_on=day(30), **life.why)
    correct_start(step=first, started_on=day(20), **life.why)
    assert (life.first.started_on, life.second.started_on) == (day(20), day(30))
    told = Event.objects.get(kind="step_start_corrected", subject=first.ref)
    assert (told.effective_on, told.data["was_on"], told.data["because"]) == (day(20), f"{day(10)}", "mistyped")


def test_a_last_day_is_corrected_where_what_came_after_still_holds(life: Life) -> None:
    life.begin()
    refused("NOT_OVER", correct_end, step=life.first, ended_on=day(25), **life.why)
    refused("NOT_OVER", undo_end, step=life.first, **life.why)
    life.fulfil()
    life.follow()
    first = life.first
    refused("DATE_AHEAD", correct_end, step=first, ended_on=TODAY + timedelta(days=1), **life.why)
    refused("NOTHING_TO_CORRECT", correct_end, step=first, ended_on=day(30), **life.why)
    refused("END_BEFORE_START", correct_end, step=first, ended_on=day(9), **life.why)
    refused("SUB_GOAL_NOT_MET", correct_end, step=first, ended_on=day(19), **life.why)
    refused("FOLLOWER_STANDS_FIRST", correct_end, step=first, ended_on=day(41), **life.why)
    refused("FOLLOWER_STANDS_FIRST", undo_end, step=first, **life.why)
    correct_end(step=first, ended_on=day(40), **life.why)
    refused("END_STANDS_FIRST", undo_start, step=life.first, **life.why)
    undo_start(step=life.second, **life.why)
    undo_end(step=life.first, **life.why)
    refused("EVIDENCE_STANDS_FIRST", undo_start, step=life.first, **life.why)
    shown = Evidence.objects.select_related("sub_goal__step__package__citizen").get()
    record_evidence(sub_goal=shown.sub_goal, shown_on=day(20), meets=False, replaces=shown, **life.common)
    undo_start(step=life.first, **life.why)
    refused("NOT_BEGUN", undo_start, step=life.first, **life.why)
    assert [(row.started_on, row.ended_on, row.late_reason) for row in (life.first, life.second)] == 2 * [
        (None, None, "")
    ]


def test_a_step_does_not_outlive_its_package(life: Life) -> None:
    life.begin()
    end_step(step=life.first, ended_on=day(25), reason=EndReason.ABSENCE, late_reason=LATE, **life.common)
    end_package(package=life.package, ended_on=day(50), outcome=Outcome.NO_JOB, **life.common)
    refused("PACKAGE_OVER_FIRST", correct_end, step=life.first, ended_on=day(51), **life.why)
    refused("PACKAGE_OVER_FIRST", undo_end, step=life.first, **life.why)
    correct_end(step=life.first, ended_on=day(50), **life.why)
    undo_package_end(package=life.package, **life.why)
    undo_end(step=life.first, **life.why)
    assert life.first.end_reason == ""


def test_who_corrects_what_somebody_has_corrected_meanwhile(life: Life) -> None:
    life.begin()
    stale = life.first
    correct_start(step=life.first, started_on=day(12), **life.why)
    refused("CHANGED_MEANWHILE_BY_ANOTHER", correct_start, step=stale, started_on=day(14), **life.why)


@pytest.mark.parametrize("stranger", ["dorte", "erik", "tove"])
def test_only_who_works_on_the_case_corrects_it(cast: Cast, life: Life, stranger: str) -> None:
    life.all()
    actor = {**life.why, "actor": getattr(cast, stranger)}
    refused("NOT_FOUND|ROLE_LACKS_ACT", correct_start, step=life.first, started_on=day(12), **actor)
    refused("NOT_FOUND|ROLE_LACKS_ACT", correct_end, step=life.first, ended_on=day(32), **actor)
    refused("NOT_FOUND|ROLE_LACKS_ACT", undo_start, step=life.second, **actor)
    refused("NOT_FOUND|ROLE_LACKS_ACT", undo_end, step=life.first, **actor)
    refused("NOT_FOUND|ROLE_LACKS_ACT", undo_package_end, package=life.package, **actor)


JOB = Ending(
    ended_on=day(60),
    outcome=Outcome.ORDINARY_JOB,
    job_title="Receptionist",
    job_starts_on=day(65),
    aftercare_until=day(200),
)


def test_an_end_that_was_wrong_goes_with_all_that_came_of_it(life: Life) -> None:
    refused("PACKAGE_NOT_OVER", undo_package_end, package=life.package, **life.why)
    conclude_package(package=life.package, ending=JOB, **life.common)
    undo_package_end(package=life.package, **life.why)
    assert (life.package.ended_on, life.package.outcome) == (None, "")
    assert not Job.objects.exists()
    assert not Aftercare.objects.exists()
    assert not StatusSpell.objects.current().filter(citizen=life.cast.her).exists()
    assert StatusSpell.objects.filter(citizen=life.cast.her).count() == 1
    conclude_package(package=life.package, ending=replace(JOB, outcome=Outcome.FLEX_JOB), **life.common)
    assert StatusSpell.objects.current().get(citizen=life.cast.her).status == "flex_job"


def test_an_end_on_which_something_stands_stays(cast: Cast, life: Life) -> None:
    conclude_package(package=life.package, ending=JOB, **life.common)
    second = draft(cast.bo, cast.her, TODAY)
    refused("PACKAGE_OPEN_SINCE", undo_package_end, package=life.package, **life.why)
    discard_draft(actor=cast.bo, version=second.version, on=TODAY)
    Aftercare.objects.update(starts_on=day(60))
    care = Aftercare.objects.get()
    facts = NoteFacts("Ringede om vagterne", TODAY, use=CareUse(care, Party.CITIZEN, CareTopic.HOURS))
    write_note(actor=cast.bo, citizen=cast.her, facts=facts, on=TODAY)
    refused("AFTERCARE_USED_SINCE", undo_package_end, package=life.package, **life.why)


def test_an_end_whose_aftercare_was_extended_stays(cast: Cast, life: Life) -> None:
    conclude_package(package=life.package, ending=JOB, **life.common)
    Aftercare.objects.update(starts_on=day(60))
    extend_aftercare(actor=cast.bo, aftercare=Aftercare.objects.get(), ends_on=day(230), reason="Nyt skift", on=TODAY)
    refused("AFTERCARE_EXTENDED_SINCE", undo_package_end, package=life.package, **life.why)


def test_an_end_by_which_the_case_was_offered_stays_until_it_is_sent_back(cast: Cast, life: Life) -> None:
    move = Move(cast.there, day(60), TransferGround.CONSENT, "Bor nu hos sin søn", end_steps=True)
    transfer = transfer_case(actor=cast.bo, citizen=cast.her, move=move, on=TODAY)
    refused("CASE_MOVED_WITH_IT", undo_package_end, package=life.package, **life.why)
    CaseTransfer.objects.filter(pk=transfer.pk).update(returned_on=TODAY, reason="Bor her ikke", answered_by=cast.dorte)
    undo_package_end(package=life.package, **life.why)
    assert life.package.ended_on is None


def cell(programme: Programme, on: date, known: int | None = None) -> str:
    found = standings(programme, on=on, known_at=None if known is None else moment(known))
    return next(iter(found.citizens.values())).cell[-1]


def test_what_was_known_then_is_what_was_recorded_then(clock: Clock, life: Life, programme: Programme) -> None:
    package, benefit = LabourMarketStatus.IN_PACKAGE, LabourMarketStatus.CASH_BENEFIT
    clock.at(day(30))
    life.begin()
    clock.at(day(31))
    correct_start(step=life.first, started_on=day(15), **life.why)
    clock.at(day(32))
    undo_start(step=life.first, **life.why)
    clock.at(day(33))
    life.begin(12)
    life.fulfil(28)
    clock.at(day(34))
    correct_end(step=life.first, ended_on=day(26), **life.why)
    clock.at(day(35))
    undo_end(step=life.first, **life.why)
    seen = {known: [cell(programme, day(on), known) for on in (11, 12, 15, 27, 29)] for known in range(29, 36)}
    assert seen == {
        29: [benefit] * 5,
        30: [package] * 5,
        31: [benefit, benefit, package, package, package],
        32: [benefit] * 5,
        33: [benefit, package, package, package, benefit],
        34: [benefit, package, package, benefit, benefit],
        35: [benefit, package, package, package, package],
    }
    assert [cell(programme, day(on)) for on in (11, 12, 15, 27, 29)] == seen[35]


def test_an_end_of_a_package_is_known_until_it_was_undone(clock: Clock, life: Life, programme: Programme) -> None:
    life.begin()
    end_step(step=life.first, ended_on=day(50), reason=EndReason.ABSENCE, late_reason=LATE, **life.common)
    clock.at(day(60))
    undo_end(step=life.first, **life.why)
    end_step(step=life.first, ended_on=day(20), reason=EndReason.ABSENCE, late_reason=LATE, **life.common)
    end_package(package=life.package, ended_on=day(20), outcome=Outcome.NO_JOB, **life.common)
    clock.at(day(61))
    undo_package_end(package=life.package, **life.why)
    undo_end(step=life.first, **life.why)
    assert [cell(programme, day(25), known) for known in (59, 60, 61)] == [
        LabourMarketStatus.IN_PACKAGE,
        LabourMarketStatus.CASH_BENEFIT,
        LabourMarketStatus.IN_PACKAGE,
    ]


@pytest.mark.parametrize("verb", [correct_start, undo_start])
def test_two_follow_ups_name_a_corrected_step(
    clock: Clock, cast: Cast, life: Life, programme: Programme, verb: Callable[..., object]
) -> None:
    life.begin()
    before = freeze_follow_up(actor=cast.finn, programme=programme, cut_off_on=day(12), on=TODAY)
    clock.at(TODAY)
    verb(step=life.first, **life.why, **({"started_on": day(14)} if verb is correct_start else {}))
    (move,) = differences(before, None).by_status.moves
    assert (move.source, move.target, move.reason) == (("in_package",), ("cash_benefit",), Reason.CORRECTED_FACT)


def test_two_follow_ups_name_an_end_that_was_undone(clock: Clock, cast: Cast, life: Life, programme: Programme) -> None:
    life.begin()
    end_step(step=life.first, ended_on=day(50), reason=EndReason.ABSENCE, late_reason=LATE, **life.common)
    conclude_package(package=life.package, ending=replace(JOB, ended_on=day(50), job_starts_on=None), **life.common)
    before = freeze_follow_up(actor=cast.finn, programme=programme, cut_off_on=day(55), on=TODAY)
    clock.at(TODAY)
    undo_package_end(package=life.package, **life.why)
    (move,) = differences(before, None).by_status.moves
    assert (move.source, move.target, move.reason) == (("ordinary_job",), ("cash_benefit",), Reason.CORRECTED_FACT)


def test_a_job_that_was_another_is_known_as_it_was_recorded_until_it_was_corrected(
    clock: Clock, cast: Cast, life: Life, programme: Programme
) -> None:
    clock.at(day(60))
    conclude_package(package=life.package, ending=JOB, **life.common)
    before = freeze_follow_up(actor=cast.finn, programme=programme, cut_off_on=day(66), on=TODAY)
    clock.at(day(70))
    facts = JobFacts("Receptionist", Outcome.FLEX_JOB, day(68))
    correct_job(package=life.package, facts=facts, **life.why)
    ordinary, flex = LabourMarketStatus.ORDINARY_JOB, LabourMarketStatus.FLEX_JOB
    benefit = LabourMarketStatus.CASH_BENEFIT
    assert [cell(programme, day(on), 69) for on in (64, 65, 68)] == [benefit, ordinary, ordinary]
    assert [cell(programme, day(on), 70) for on in (64, 65, 68)] == [benefit, benefit, flex]
    assert [cell(programme, day(on)) for on in (64, 65, 68)] == [benefit, benefit, flex]
    (move,) = differences(before, None).by_status.moves
    assert (move.source, move.target, move.reason) == (("ordinary_job",), ("cash_benefit",), Reason.CORRECTED_FACT)
