"""What is open when a package ends: settled, or left as it is; and a job that begins later, or with a stranger."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from jobpakke.citizens.models import StatusSpell
from jobpakke.companies.services import name_mentor
from jobpakke.continuity.caseload import caseload
from jobpakke.continuity.findings import FindingKind, findings
from jobpakke.history.models import Event
from jobpakke.lib.refusal import Refused
from jobpakke.packages.models import (
    Aftercare,
    EndReason,
    GoalForm,
    Job,
    JobPackage,
    Mentorship,
    Outcome,
    Party,
    PlanVersion,
)
from jobpakke.packages.open_ends import open_ends
from jobpakke.packages.services import (
    assign_mentor,
    change_goal,
    conclude_package,
    end_package,
    end_step,
    make_commitment,
    propose_plan,
    reopen_plan,
    start_step,
)
from jobpakke.packages.services.ending import Ending
from tests.builders import DAY, Cast, Stairs, agreed, workplace

pytestmark = pytest.mark.django_db
END = DAY + timedelta(days=90)
LATER = END + timedelta(days=20)
JOB = Ending(END, Outcome.ORDINARY_JOB, job_title="Receptionist", weekly_hours=Decimal(30))


def end(cast: Cast, stairs: Stairs, ending: Ending = JOB) -> None:
    conclude_package(actor=cast.bo, package=JobPackage.objects.get(pk=stairs.package.pk), ending=ending, on=END)


def kinds(cast: Cast, days: int) -> set[FindingKind]:
    on = END + timedelta(days=days)
    return {row.kind for row in findings(caseload(cast.bo, today=on, on=on), on=on)}


def test_mentors_end_with_it_and_those_who_had_not_begun_never_do(cast: Cast) -> None:
    stairs, place = agreed(cast.bo, cast.her), workplace(cast.bo, cast.here)
    for name, days, length in (("A", 60, None), ("B", 70, 40), ("C", 65, 20), ("D", 90, None), ("E", 105, 10)):
        starts_on = DAY + timedelta(days=days)
        assign_mentor(
            actor=cast.bo,
            step=stairs.second.step,
            mentor=name_mentor(actor=cast.bo, workplace=place, name=name, on=DAY),
            starts_on=starts_on,
            ends_on=starts_on + timedelta(days=length) if length else None,
            confidentiality_on=DAY,
            on=DAY,
        )
    assert open_ends(stairs.package, on=END).mentors == ("A", "B", "D", "E")
    end(cast, stairs)
    left = dict(Mentorship.objects.values_list("mentor__name", "ends_on"))
    assert left == {"A": END, "B": END, "C": DAY + timedelta(days=85)}
    assert Event.objects.filter(kind="mentor_ended").count() == 4


def test_a_draft_of_a_change_is_thrown_away(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    version = reopen_plan(actor=cast.bo, package=stairs.package, on=DAY)
    assert open_ends(stairs.package, on=END).version == version
    end(cast, stairs)
    assert not PlanVersion.objects.filter(pk=version.pk).exists()
    assert Event.objects.filter(kind="draft_discarded").count() == 1


def test_a_proposal_is_taken_back_and_stays_readable(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    version = reopen_plan(actor=cast.bo, package=stairs.package, on=DAY)
    change_goal(actor=cast.bo, version=version, title="Andet", form=GoalForm.FLEX, on=DAY)
    propose_plan(actor=cast.bo, version=version, on=DAY, reason="Ny aftale")
    end(cast, stairs)
    version.refresh_from_db()
    assert version.withdrawn_on == END
    assert not PlanVersion.objects.unsettled().exists()
    assert version.planned_steps.count() == 2


def test_promises_stand_and_are_still_found(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    promise = make_commitment(
        actor=cast.bo, package=stairs.package, party=Party.COMPANY, text="Kursus", due_on=END, on=DAY
    )
    end(cast, stairs)
    promise.refresh_from_db()
    assert (promise.kept_on, promise.broken_on, promise.due_on) == (None, None, END)
    assert FindingKind.COMMITMENT_DUE in kinds(cast, 0)


def test_no_step_outlives_the_package(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    begun = END - timedelta(days=5)
    start_step(actor=cast.bo, step=stairs.first.step, started_on=begun, on=begun)
    for day in (END, begun - timedelta(days=1)):
        with pytest.raises(Refused, match="STEP_STILL_UNDER_WAY"):
            end_package(actor=cast.bo, package=stairs.package, ended_on=day, outcome=Outcome.NO_JOB, on=END)
    assert open_ends(stairs.package, on=END).steps == ("Afklaring",)
    end_step(actor=cast.bo, step=stairs.first.step, ended_on=END, reason=EndReason.GOT_JOB, on=END)
    end(cast, stairs)


def test_a_job_that_begins_later_has_its_status_and_aftercare_from_its_own_day(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    until = LATER + timedelta(days=365)
    end(cast, stairs, replace(JOB, job_starts_on=LATER, employer="Rederiet Nord", aftercare_until=until))
    spell, job, care = StatusSpell.objects.get(), Job.objects.get(), Aftercare.objects.get()
    assert (spell.starts_on, job.starts_on, care.starts_on) == (LATER, LATER, LATER)
    assert (job.employer, job.workplace) == ("Rederiet Nord", None)
    assert JobPackage.objects.get().ended_on == END
    assert kinds(cast, 0) == {FindingKind.JOB_AHEAD}
    assert kinds(cast, 19) == {FindingKind.JOB_AHEAD}
    assert kinds(cast, 20) == set()
    assert kinds(cast, 20 + 13) == set()
    assert kinds(cast, 20 + 14) == {FindingKind.AFTERCARE_CHECK}


def test_what_is_refused_of_a_job(cast: Cast) -> None:
    stairs, place = agreed(cast.bo, cast.her), workplace(cast.bo, cast.here)
    refused = [
        (replace(JOB, job_starts_on=END - timedelta(days=1)), "JOB_BEFORE_PACKAGE_ENDS"),
        (replace(JOB, workplace=place, employer="Rederiet"), "JOB_AT_TWO_PLACES"),
        (replace(JOB, employer="x" * 121), "TEXT_TOO_LONG"),
        (replace(JOB, weekly_hours=Decimal("37.5")), "STATUS_HOURS_OUT_OF_RANGE"),
    ]
    for ending, code in refused:
        with pytest.raises(Refused, match=code):
            end(cast, stairs, ending)
    assert not Job.objects.exists()
    end(cast, stairs, replace(JOB, job_starts_on=END, weekly_hours=Decimal(37)))


def test_hours_and_day_of_a_job_mean_nothing_without_one(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    end(cast, stairs, Ending(END, Outcome.PENSION, weekly_hours=Decimal(30), job_starts_on=LATER))
    spell = StatusSpell.objects.get()
    assert (spell.status, spell.starts_on, spell.weekly_hours) == ("disability_pension", END, None)
