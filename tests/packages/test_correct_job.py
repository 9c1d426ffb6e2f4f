"""The job that a package led to: corrected on its own, with the status and the aftercare that came of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from jobpakke.citizens.models import Status, StatusSpell
from jobpakke.citizens.services import correct_status
from jobpakke.citizens.services.status import StatusFacts
from jobpakke.history.guards import APPEND_ONLY
from jobpakke.history.models import Event
from jobpakke.lib.refusal import Refused
from jobpakke.method.rulebook import Limit, Severity
from jobpakke.packages.jobs import mark_of
from jobpakke.packages.models import (
    Aftercare,
    CareTopic,
    Correction,
    CorrectionReason,
    Job,
    JobPackage,
    Outcome,
    Party,
)
from jobpakke.packages.services import (
    agree_aftercare,
    conclude_package,
    correct_job,
    end_aftercare,
    extend_aftercare,
    override_rule,
    undo_aftercare_end,
    undo_package_end,
    write_note,
)
from jobpakke.packages.services.ending import Ending
from jobpakke.packages.services.job import JobFacts
from jobpakke.packages.services.journal import CareUse, NoteFacts
from tests.builders import DAY, Cast, agreed, workplace

pytestmark = pytest.mark.django_db
BEGAN, TODAY = DAY + timedelta(days=60), DAY + timedelta(days=200)
UNTIL = date(2031, 5, 1)
WRONG = CorrectionReason.TOLD_WRONG
RIGHT = JobFacts("Portør", Outcome.FLEX_JOB, BEGAN, employer="Klinik Nord", weekly_hours=Decimal("12.5"))


def day(number: int) -> date:
    return BEGAN + timedelta(days=number)


@pytest.fixture
def package(cast: Cast) -> JobPackage:
    """Ended in an ordinary job at the hotel from that day, with aftercare for the whole five years."""
    found = agreed(cast.bo, cast.her).package
    ending = Ending(
        BEGAN,
        Outcome.ORDINARY_JOB,
        job_title="Receptionist",
        workplace=workplace(cast.bo, cast.here),
        weekly_hours=Decimal(30),
        aftercare_until=UNTIL,
    )
    conclude_package(actor=cast.bo, package=found, ending=ending, on=BEGAN)
    return found


def correct(cast: Cast, package: JobPackage, facts: JobFacts = RIGHT, **more: Any) -> Job:
    read = JobPackage.objects.select_related("citizen").get(pk=package.pk)
    return correct_job(**{"actor": cast.bo, "package": read, "facts": facts, "because": WRONG, "on": TODAY, **more})


def refused(code: str, cast: Cast, package: JobPackage, facts: JobFacts = RIGHT, **more: Any) -> None:
    before = list(Job.objects.values()), list(Aftercare.objects.values()), Event.objects.count()
    with pytest.raises(Refused, match=code):
        correct(cast, package, facts, **more)
    assert (list(Job.objects.values()), list(Aftercare.objects.values()), Event.objects.count()) == before


def test_all_of_it_is_corrected_and_what_stood_before_is_kept(cast: Cast, package: JobPackage) -> None:
    job = correct(cast, package)
    row, ended = Job.objects.get(), JobPackage.objects.get(pk=package.pk)
    assert (row.title, row.workplace, row.employer) == ("Portør", None, "Klinik Nord")
    assert (row.weekly_hours, ended.outcome, ended.ended_on) == (Decimal("12.5"), "flex_job", BEGAN)
    spell = StatusSpell.objects.current().get(citizen=cast.her)
    assert (spell.status, spell.weekly_hours, spell.starts_on) == ("flex_job", Decimal("12.5"), BEGAN)
    event = Event.objects.get(kind="job_corrected", subject=job.ref)
    assert event.data == {
        "outcome": "flex_job",
        "was": "ordinary_job",
        "was_on": BEGAN.isoformat(),
        "because": "told_wrong",
    }
    kept = Correction.objects.get()
    assert (kept.subject, kept.because, kept.corrected_by) == (job.ref, "told_wrong", cast.bo)
    assert (kept.was["title"], kept.was["place"], kept.was["form"]) == ("Receptionist", "Hotel Prøven", "ordinary_job")
    assert (kept.was["starts_on"], Decimal(kept.was["weekly_hours"])) == (BEGAN.isoformat(), Decimal(30))
    with pytest.raises(IntegrityError, match=APPEND_ONLY), transaction.atomic():
        Correction.objects.update(because="mistyped")


def test_what_is_refused(cast: Cast, package: JobPackage) -> None:
    place = workplace(cast.dorte, cast.there, "99100036")
    same = JobFacts("Receptionist", Outcome.ORDINARY_JOB, BEGAN, Job.objects.get().workplace, weekly_hours=Decimal(30))
    refused("JOB_AS_RECORDED", cast, package, same)
    refused("OUTCOME_IS_NO_JOB", cast, package, replace(RIGHT, form=Outcome.PENSION))
    refused("JOB_AT_TWO_PLACES", cast, package, replace(RIGHT, workplace=Job.objects.get().workplace))
    refused("PLACE_OF_ANOTHER_MUNICIPALITY", cast, package, replace(RIGHT, workplace=place, employer=""))
    refused("JOB_BEFORE_PACKAGE_ENDS", cast, package, replace(RIGHT, starts_on=day(-1)))
    refused("TEXT_NEEDED", cast, package, replace(RIGHT, title=" "))
    refused("STATUS_HOURS_OUT_OF_RANGE", cast, package, replace(RIGHT, weekly_hours=Decimal(38)))
    for stranger in (cast.erik, cast.dorte, cast.tove):
        refused("NOT_FOUND|ROLE_LACKS_ACT", cast, package, actor=stranger)
    seen = mark_of(Job.objects.get(), package)
    correct(cast, package, seen=seen)
    refused("CHANGED_MEANWHILE_BY_ANOTHER", cast, package, replace(RIGHT, title="Tjener"), seen=seen)
    refused("PACKAGE_LOCKED", cast, package, replace(RIGHT, title="Tjener"), on=date(2046, 1, 1))
    undo = JobPackage.objects.select_related("citizen").get(pk=package.pk)
    undo_package_end(actor=cast.bo, package=undo, because=WRONG, on=TODAY)
    refused("NO_JOB_TO_CORRECT", cast, package)
    assert [each.was["title"] for each in Correction.objects.all()] == ["Receptionist", "Portør"]


def test_also_after_aftercare_was_used_and_extended(cast: Cast, package: JobPackage) -> None:
    care = Aftercare.objects.select_related("package__citizen").get()
    end_aftercare(actor=cast.bo, aftercare=care, ended_on=day(30), on=day(30))
    undo_aftercare_end(actor=cast.bo, aftercare=care, because=WRONG, on=day(31))
    facts = NoteFacts("Ringede om vagterne", day(40), use=CareUse(care, Party.CITIZEN, CareTopic.HOURS))
    write_note(actor=cast.bo, citizen=cast.her, facts=facts, on=day(40))
    Aftercare.objects.update(ends_on=day(100))
    care = Aftercare.objects.select_related("package__citizen").get()
    extend_aftercare(actor=cast.bo, aftercare=care, ends_on=day(300), reason="Nye vagter", on=day(50))
    correct(cast, package)
    assert Job.objects.get().title == "Portør"
    refused("JOB_AFTER_AFTERCARE_USED", cast, package, replace(RIGHT, starts_on=day(41)))
    correct(cast, package, replace(RIGHT, starts_on=day(40)))
    assert Aftercare.objects.get().starts_on == day(40)


def test_aftercare_follows_the_first_day_and_lasts_no_longer_than_it_may(cast: Cast, package: JobPackage) -> None:
    correct(cast, package, replace(RIGHT, starts_on=day(10)))
    care = Aftercare.objects.get()
    assert (care.starts_on, care.ends_on) == (day(10), UNTIL)
    event = Event.objects.get(kind="aftercare_followed", subject=care.ref)
    assert event.data == {
        "starts_on": day(10).isoformat(),
        "until": UNTIL.isoformat(),
        "was_from": BEGAN.isoformat(),
        "was_on": UNTIL.isoformat(),
    }
    Aftercare.objects.update(ends_on=date(2031, 5, 11))
    correct(cast, package, replace(RIGHT, starts_on=day(2)))
    assert (Aftercare.objects.get().starts_on, Aftercare.objects.get().ends_on) == (day(2), date(2031, 5, 3))


def test_a_job_does_not_begin_after_its_aftercare(cast: Cast, package: JobPackage) -> None:
    care = Aftercare.objects.select_related("package__citizen").get()
    end_aftercare(actor=cast.bo, aftercare=care, ended_on=day(30), on=day(30))
    refused("JOB_AFTER_AFTERCARE", cast, package, replace(RIGHT, starts_on=day(30)))
    correct(cast, package, replace(RIGHT, starts_on=day(29)))
    assert Aftercare.objects.get().ends_on == UNTIL, "ended by wish: what was agreed stays as it was"
    care = Aftercare.objects.select_related("package__citizen").get()
    late = date(2031, 5, 10)
    fresh = JobPackage.objects.select_related("citizen").get(pk=package.pk)
    agree_aftercare(actor=cast.bo, package=fresh, starts_on=late, ends_on=date(2031, 5, 20), on=TODAY)
    refused("AFTERCARE_TOO_LONG", cast, package, replace(RIGHT, starts_on=day(1)))


def test_a_status_that_was_corrected_since_stays(cast: Cast, package: JobPackage) -> None:
    spell = StatusSpell.objects.current().select_related("citizen").get()
    correct_status(actor=cast.bo, spell=spell, facts=StatusFacts(Status.ORDINARY_JOB, day(3)), on=day(5))
    correct(cast, package)
    assert StatusSpell.objects.current().get().status == "ordinary_job"


@pytest.mark.parametrize("hours", ["-5", "0", "37.5", "200"])
def test_impossible_hours_are_refused_also_where_the_status_was_corrected_since(
    cast: Cast, package: JobPackage, hours: str
) -> None:
    wrong = replace(RIGHT, weekly_hours=Decimal(hours))
    refused("STATUS_HOURS_OUT_OF_RANGE", cast, package, wrong)
    spell = StatusSpell.objects.current().select_related("citizen").get()
    moved = StatusFacts(Status.ORDINARY_JOB, day(20), None, None, Decimal(30))
    correct_status(actor=cast.bo, spell=spell, facts=moved, on=day(20))
    refused("STATUS_HOURS_OUT_OF_RANGE", cast, package, wrong)


@pytest.mark.parametrize("most", [12, 40])
def test_the_hours_of_a_week_are_the_municipalitys_own(cast: Cast, package: JobPackage, most: int) -> None:
    override_rule(
        actor=cast.anna,
        municipality=cast.here,
        limit=Limit.WEEKLY_HOURS,
        values={"hours": most},
        severity=Severity.STOP,
        starts_on=BEGAN,
        reason="Byrådet",
        on=BEGAN,
    )
    refused("STATUS_HOURS_OUT_OF_RANGE", cast, package, replace(RIGHT, weekly_hours=Decimal(most + 1)))
    correct(cast, package, replace(RIGHT, weekly_hours=Decimal(most)))


def test_a_status_that_had_ended_by_then_keeps_the_job_as_it_is(cast: Cast, package: JobPackage) -> None:
    spell = StatusSpell.objects.current().select_related("citizen").get()
    facts = StatusFacts(Status.ORDINARY_JOB, BEGAN, day(20), None, Decimal(30))
    correct_status(actor=cast.bo, spell=spell, facts=facts, on=day(20))
    refused("STATUS_DATES_REVERSED", cast, package, replace(RIGHT, starts_on=day(20)))
