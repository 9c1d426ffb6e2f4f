"""Ending a package with all that follows from it, and the aftercare."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from jobpakke.citizens.models import OtherReason, StatusSpell
from jobpakke.lib.refusal import Refused
from jobpakke.packages.models import Aftercare, Job, JobPackage, Outcome
from jobpakke.packages.services import agree_aftercare, conclude_package, end_aftercare, start_step
from jobpakke.packages.services.ending import Ending
from tests.builders import DAY, Cast, agreed, draft

pytestmark = pytest.mark.django_db
END = DAY + timedelta(days=90)
JOB = Ending(END, Outcome.ORDINARY_JOB, job_title="Receptionist", weekly_hours=Decimal(30))


def test_a_job_gives_the_status_the_job_and_the_aftercare_in_one(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    until = date(2031, 5, 31)
    conclude_package(actor=cast.bo, package=stairs.package, ending=replace(JOB, aftercare_until=until), on=END)
    spell = StatusSpell.objects.get(citizen=cast.her)
    assert (spell.status, spell.starts_on, spell.ends_on) == ("ordinary_job", END, None)
    assert spell.weekly_hours == Decimal(30)
    assert Job.objects.get(package=stairs.package).title == "Receptionist"
    care = Aftercare.objects.get()
    assert (care.ends_on, care.every_weeks) == (until, 12)
    draft(cast.bo, cast.her, END)


@pytest.mark.parametrize(
    ("ending", "code"),
    [
        (replace(JOB, job_title=" "), "OUTCOME_WITHOUT_JOB"),
        (replace(JOB, reason=OtherReason.MOVED), "OTHER_WITHOUT_REASON"),
        (Ending(END, Outcome.OTHER), "OTHER_WITHOUT_REASON"),
        (Ending(END, Outcome.NO_JOB, aftercare_until=END + timedelta(days=9)), "AFTERCARE_WITHOUT_JOB"),
        (replace(JOB, weekly_hours=Decimal(38)), "STATUS_HOURS_OUT_OF_RANGE"),
        (replace(JOB, aftercare_until=date(2031, 6, 1)), "AFTERCARE_TOO_LONG"),
        (replace(JOB, aftercare_until=END), "AFTERCARE_DATES_REVERSED"),
        (replace(JOB, aftercare_until=END + timedelta(days=9), aftercare_weeks=0), "AFTERCARE_INTERVAL_OUT_OF_RANGE"),
        (replace(JOB, aftercare_until=END + timedelta(days=9), aftercare_weeks=53), "AFTERCARE_INTERVAL_OUT_OF_RANGE"),
        (replace(JOB, ended_on=END + timedelta(days=1)), "DATE_AHEAD"),
    ],
)
def test_an_ending_that_is_refused_changes_nothing(cast: Cast, ending: Ending, code: str) -> None:
    stairs = agreed(cast.bo, cast.her)
    with pytest.raises(Refused, match=code):
        conclude_package(actor=cast.bo, package=stairs.package, ending=ending, on=END)
    assert JobPackage.objects.get().ended_on is None
    assert not StatusSpell.objects.exists()


@pytest.mark.parametrize(
    ("outcome", "reason", "status"),
    [
        (Outcome.FLEX_JOB, None, "flex_job"),
        (Outcome.PENSION, None, "disability_pension"),
        (Outcome.OTHER, OtherReason.MATERNITY, "other"),
        (Outcome.NO_JOB, None, None),
        (Outcome.NEW_PACKAGE, None, None),
    ],
)
def test_each_outcome_has_its_status(
    cast: Cast, outcome: Outcome, reason: OtherReason | None, status: str | None
) -> None:
    stairs = agreed(cast.bo, cast.her)
    ending = Ending(END, outcome, job_title="Medhjælper", reason=reason)
    conclude_package(actor=cast.bo, package=stairs.package, ending=ending, on=END)
    assert [spell.status for spell in StatusSpell.objects.all()] == ([status] if status else [])
    assert Job.objects.exists() == (outcome == Outcome.FLEX_JOB)


def test_steps_end_first(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    start_step(actor=cast.bo, step=stairs.first.step, started_on=DAY, on=DAY)
    with pytest.raises(Refused, match="STEP_STILL_UNDER_WAY"):
        conclude_package(actor=cast.bo, package=stairs.package, ending=JOB, on=END)


def test_aftercare_ends_by_wish_on_a_day_in_it(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    conclude_package(actor=cast.bo, package=stairs.package, ending=JOB, on=END)
    until = END + timedelta(days=365)
    row = agree_aftercare(actor=cast.bo, package=stairs.package, starts_on=END, ends_on=until, on=END)
    for day in (END - timedelta(days=1), until):
        with pytest.raises(Refused, match="AFTERCARE_NOT_RUNNING"):
            end_aftercare(actor=cast.bo, aftercare=row, ended_on=day, on=until)
    with pytest.raises(Refused, match="DATE_AHEAD"):
        end_aftercare(actor=cast.bo, aftercare=row, ended_on=END + timedelta(days=1), on=END)
    end_aftercare(actor=cast.bo, aftercare=row, ended_on=END, on=END)
    with pytest.raises(Refused, match="AFTERCARE_NOT_RUNNING"):
        end_aftercare(actor=cast.bo, aftercare=row, ended_on=END, on=END)
