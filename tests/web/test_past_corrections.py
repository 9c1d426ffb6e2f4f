"""A page of a day that has passed shows what stood on it: what was corrected, or taken back, later is as it was."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from jobpakke.packages.models import CorrectionReason, EndReason, JobPackage, LateReason, Outcome, Step
from jobpakke.packages.services import (
    conclude_package,
    correct_end,
    correct_job,
    correct_start,
    end_step,
    start_step,
    undo_end,
    undo_package_end,
    undo_start,
    undo_waiver,
    waive_gate,
)
from jobpakke.packages.services.ending import Ending
from jobpakke.packages.services.job import JobFacts
from tests.builders import DAY, Cast, Stairs, agreed
from tests.clocks import Clock
from tests.web.test_pages import client, text

pytestmark = pytest.mark.django_db
NOTICE = "blev rettet senere"
WRONG = CorrectionReason.MISTYPED


def day(number: int) -> date:
    return DAY + timedelta(days=number)


@pytest.fixture
def stairs(clock: Clock, cast: Cast) -> Stairs:
    clock.at(DAY)
    return agreed(cast.bo, cast.her, DAY)


@pytest.fixture
def bo(stairs: Stairs) -> Client:
    return client("bo")


def page(bo: Client, stairs: Stairs, on: date | None, name: str = "citizen") -> str:
    args = [stairs.package.citizen.ref] if name == "citizen" else [stairs.version.ref]
    found = re.sub(r"<[^>]+>", " ", text(bo.get(reverse(name, args=args), {"on": on.isoformat()} if on else {})))
    return " ".join(found.split())


def read(package: JobPackage) -> JobPackage:
    return JobPackage.objects.select_related("citizen__municipality").get(pk=package.pk)


def step(stairs: Stairs) -> Step:
    return Step.objects.select_related("package__citizen__municipality").get(pk=stairs.first.step.pk)


@pytest.fixture
def job_corrected(clock: Clock, cast: Cast, stairs: Stairs) -> Stairs:
    """Told on day 10; on day 20 it was another, with other hours and another form."""
    clock.at(day(10))
    told = Ending(day(10), Outcome.ORDINARY_JOB, job_title="KASSEMEDARBEJDER", employer="BUTIK A")
    conclude_package(actor=cast.bo, package=read(stairs.package), ending=told, on=day(10))
    clock.at(day(20))
    right = JobFacts("GARTNER", Outcome.FLEX_JOB, day(12), employer="GARTNERI B", weekly_hours=Decimal(14))
    correct_job(actor=cast.bo, package=read(stairs.package), facts=right, because=WRONG, on=day(20))
    return stairs


@pytest.mark.parametrize("name", ["citizen", "plan"])
def test_the_job_is_the_one_that_stood(bo: Client, job_corrected: Stairs, name: str) -> None:
    for on in (day(10), day(19)):
        then = page(bo, job_corrected, on, name)
        assert "KASSEMEDARBEJDER" in then
        assert "BUTIK A" in then
        assert "Målet er nået" in then, "by its form of then"
        assert "GARTNER" not in then
        assert NOTICE in then
    for later in (day(20), None):
        now = page(bo, job_corrected, later, name)
        assert "GARTNERI B" in now
        assert "KASSEMEDARBEJDER" not in now
        assert "Målet er nået" not in now
        assert NOTICE not in now
    before = page(bo, job_corrected, day(9), name)
    assert "KASSEMEDARBEJDER" not in before


def test_each_correction_of_a_job_stands_until_the_next(
    bo: Client, clock: Clock, cast: Cast, job_corrected: Stairs
) -> None:
    clock.at(day(30))
    last = JobFacts("TREDJE", Outcome.FLEX_JOB, day(12), employer="C")
    correct_job(actor=cast.bo, package=read(job_corrected.package), facts=last, because=WRONG, on=day(30))
    for on, title in ((day(19), "KASSEMEDARBEJDER"), (day(20), "GARTNER"), (day(29), "GARTNER"), (day(30), "TREDJE")):
        shown = page(bo, job_corrected, on)
        assert [each for each in ("KASSEMEDARBEJDER", "GARTNER", "TREDJE") if each in shown] == [title]


def test_an_end_that_was_undone_stood_until_then(bo: Client, clock: Clock, cast: Cast, job_corrected: Stairs) -> None:
    clock.at(day(30))
    undo_package_end(actor=cast.bo, package=read(job_corrected.package), because=WRONG, on=day(30))
    assert "KASSEMEDARBEJDER" in page(bo, job_corrected, day(19))
    stood = page(bo, job_corrected, day(29))
    assert "GARTNERI B" in stood
    assert "· sluttet" in stood
    for on in (day(30), None):
        assert "· sluttet" not in page(bo, job_corrected, on)
    clock.at(day(40))
    late = Ending(day(11), Outcome.NO_JOB)
    conclude_package(actor=cast.bo, package=read(job_corrected.package), ending=late, on=day(40))
    assert "GARTNERI B" in page(bo, job_corrected, day(29))
    assert "Afsluttet uden job" in page(bo, job_corrected, day(30)), "entered late: as known now"


def test_what_was_entered_after_the_day_is_as_known_now(bo: Client, clock: Clock, cast: Cast, stairs: Stairs) -> None:
    clock.at(day(30))
    told = Ending(day(10), Outcome.ORDINARY_JOB, job_title="KASSEMEDARBEJDER", employer="BUTIK A")
    conclude_package(actor=cast.bo, package=read(stairs.package), ending=told, on=day(30))
    clock.at(day(31))
    right = JobFacts("GARTNER", Outcome.ORDINARY_JOB, day(10), employer="GARTNERI B")
    correct_job(actor=cast.bo, package=read(stairs.package), facts=right, because=WRONG, on=day(31))
    shown = page(bo, stairs, day(15))
    assert "GARTNERI B" in shown
    assert "KASSEMEDARBEJDER" not in shown
    assert NOTICE not in shown
    assert "KASSEMEDARBEJDER" in page(bo, stairs, day(30))


def days_shown(bo: Client, stairs: Stairs, on: date) -> str:
    """What the tread of the first step says of its days."""
    found = text(bo.get(reverse("citizen", args=[stairs.package.citizen.ref]), {"on": on.isoformat()}))
    tread = found.partition('<article class="trin')[2].partition("</article>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", tread).split())


def test_the_days_of_a_step_are_those_that_had_been_recorded(
    bo: Client, clock: Clock, cast: Cast, stairs: Stairs
) -> None:
    clock.at(day(2))
    start_step(actor=cast.bo, step=step(stairs), started_on=day(2), on=day(2))
    clock.at(day(5))
    correct_start(actor=cast.bo, step=step(stairs), started_on=day(1), because=WRONG, on=day(5))
    clock.at(day(8))
    end_step(actor=cast.bo, step=step(stairs), ended_on=day(8), reason=EndReason.ABSENCE, on=day(8))
    clock.at(day(11))
    correct_end(actor=cast.bo, step=step(stairs), ended_on=day(7), because=WRONG, on=day(11))
    clock.at(day(14))
    undo_end(actor=cast.bo, step=step(stairs), because=WRONG, on=day(14))
    clock.at(day(17))
    undo_start(actor=cast.bo, step=step(stairs), because=WRONG, on=day(17))
    clock.at(day(20))
    late = LateReason.FORGOTTEN
    start_step(actor=cast.bo, step=step(stairs), started_on=day(3), on=day(20), late_reason=late)
    said = {
        2: ("Nu", "4. mar"),
        4: ("Nu", "4. mar"),
        5: ("Nu", "3. mar"),
        8: ("Sluttet", "3. mar 2026 – 9. mar"),
        10: ("Sluttet", "3. mar 2026 – 9. mar"),
        11: ("Sluttet", "3. mar 2026 – 8. mar"),
        13: ("Sluttet", "3. mar 2026 – 8. mar"),
        14: ("Nu", "3. mar"),
        16: ("Nu", "3. mar"),
        17: ("Nu", "5. mar"),  # undone by then, and entered late since: as known now
        20: ("Nu", "5. mar"),
    }
    for number, (state, days) in said.items():
        shown = days_shown(bo, stairs, day(number))
        assert f'"> {state}' in shown, (number, shown)
        assert days in shown, (number, shown)
        assert (NOTICE in page(bo, stairs, day(number))) is (number < 17), number


def test_a_dispensation_that_was_taken_back_stood_until_then(
    bo: Client, clock: Clock, cast: Cast, stairs: Stairs
) -> None:
    clock.at(day(2))
    start_step(actor=cast.bo, step=step(stairs), started_on=day(2), on=day(2))
    clock.at(day(5))
    given = waive_gate(actor=cast.bo, step=step(stairs), given_on=day(5), reason="BEVIS KOMMER", on=day(5))
    clock.at(day(9))
    undo_waiver(actor=cast.bo, waiver=given, because=WRONG, on=day(9))
    clock.at(day(12))
    again = waive_gate(actor=cast.bo, step=step(stairs), given_on=day(12), reason="NY GRUND", on=day(12))
    clock.at(day(14))
    undo_waiver(actor=cast.bo, waiver=again, because=WRONG, on=day(14))
    said = {4: "", 5: "BEVIS KOMMER", 8: "BEVIS KOMMER", 9: "", 11: "", 12: "NY GRUND", 13: "NY GRUND", 14: ""}
    for number, reason in said.items():
        shown = page(bo, stairs, day(number))
        assert [each for each in ("BEVIS KOMMER", "NY GRUND") if each in shown] == [each for each in [reason] if each]
        assert (NOTICE in shown) is bool(reason)
