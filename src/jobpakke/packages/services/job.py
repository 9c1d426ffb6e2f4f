"""The job that a package led to was another than was recorded: corrected, with what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.db import transaction

from jobpakke.access.models import User
from jobpakke.citizens.models import StatusSpell
from jobpakke.citizens.services import correct_status
from jobpakke.citizens.services.status import StatusFacts, check_status
from jobpakke.companies.models import Workplace
from jobpakke.history.kinds import AftercareFollowed, JobCorrected
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.lib.texts import plain
from jobpakke.method.rulebook import Rulebook
from jobpakke.packages.aftercare import latest_end
from jobpakke.packages.jobs import mark_of, said_of
from jobpakke.packages.models import (
    Aftercare,
    Corrected,
    CorrectionReason,
    Job,
    JobPackage,
    JournalNote,
    Outcome,
)
from jobpakke.packages.rules import rules_of
from jobpakke.packages.services.aftercare import AftercareRefusal
from jobpakke.packages.services.ending import JOBS, STATUSES, EndingRefusal
from jobpakke.packages.services.plan.checks import PlanRefusal
from jobpakke.packages.services.writing import WritingRefusal, keep_what_was, note, require_package_work, swap


class JobRefusal(StrEnum):
    """Why the job of a package was not corrected."""

    NO_JOB_TO_CORRECT = "NO_JOB_TO_CORRECT"
    JOB_AS_RECORDED = "JOB_AS_RECORDED"
    OUTCOME_IS_NO_JOB = "OUTCOME_IS_NO_JOB"
    JOB_AFTER_AFTERCARE = "JOB_AFTER_AFTERCARE"
    JOB_AFTER_AFTERCARE_USED = "JOB_AFTER_AFTERCARE_USED"


@dataclass(frozen=True, slots=True)
class JobFacts:
    """The job as it is: at a ``workplace`` of the register, or with an ``employer`` in free words."""

    title: str
    form: Outcome
    starts_on: date
    workplace: Workplace | None = None
    employer: str = ""
    weekly_hours: Decimal | None = None


@transaction.atomic
def correct_job(
    *,
    actor: User,
    package: JobPackage,
    facts: JobFacts,
    because: CorrectionReason,
    on: date,
    seen: str | None = None,
) -> Job:
    """Says which job a package led to, in which form, from when, for how many hours, also after aftercare was used.

    The status that began with the job, and was not corrected since, is corrected with it; aftercare that began with the
    job does so still, and ends at the latest when the rulebook says so from the right first day. ``seen``: the ``mark``
    of the job that one had read.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, NO_JOB_TO_CORRECT, OUTCOME_IS_NO_JOB, JOB_AS_RECORDED, JOB_AT_TWO_PLACES,
            PLACE_OF_ANOTHER_MUNICIPALITY, JOB_BEFORE_PACKAGE_ENDS (starts_on, ended_on), JOB_AFTER_AFTERCARE (ends_on),
            JOB_AFTER_AFTERCARE_USED (held_on), AFTERCARE_TOO_LONG (latest), the codes of plain, check_status and
            correct_status, CHANGED_MEANWHILE_BY_ANOTHER.
    """
    require_package_work(actor, package, on=on)
    job = Job.objects.filter(package=package).select_related("workplace").first()
    if job is None or package.ended_on is None:
        raise Refused(Refusal(JobRefusal.NO_JOB_TO_CORRECT, {}))
    if seen is not None and seen != mark_of(job, package):
        raise Refused(Refusal(WritingRefusal.CHANGED_MEANWHILE_BY_ANOTHER, {}))
    _check(package, facts, package.ended_on)
    columns = _columns(facts)
    if facts.form == package.outcome and all(getattr(job, name) == value for name, value in columns.items()):
        raise Refused(Refusal(JobRefusal.JOB_AS_RECORDED, {}))
    was, form = job.starts_on, package.outcome
    rules = rules_of(package.municipality_id, on=on)
    if facts.weekly_hours != job.weekly_hours:  # what was recorded was asked then
        check_status(_status(facts), rules)
    _follow(actor, package, was, facts.starts_on, on=on)
    _correct_status(actor, package, job, facts, rules, on=on)
    told = {**said_of(job, package), "workplace": job.workplace.ref if job.workplace else None}
    keep_what_was(actor, package, Corrected.JOB, job.ref, because=because, was=told)
    swap(Job.objects.filter(pk=job.pk, **{name: getattr(job, name) for name in columns}), **columns)
    swap(JobPackage.objects.filter(pk=package.pk, ended_on=package.ended_on, outcome=form), outcome=facts.form.value)
    package.outcome = facts.form.value
    for name, value in columns.items():
        setattr(job, name, value)
    event = JobCorrected(facts.form.value, form, was, because.value)
    note(actor, package, job.ref, event, min(facts.starts_on, on))
    return job


def _columns(facts: JobFacts) -> dict[str, object]:
    return {
        "title": plain(facts.title, Job.title.field),
        "workplace": facts.workplace,
        "employer": plain(facts.employer, Job.employer.field, needed=False),
        "starts_on": facts.starts_on,
        "weekly_hours": facts.weekly_hours,
    }


def _check(package: JobPackage, facts: JobFacts, ended_on: date) -> None:
    if facts.form not in JOBS:
        raise Refused(Refusal(JobRefusal.OUTCOME_IS_NO_JOB, {}))
    if facts.workplace is not None and facts.employer.strip():
        raise Refused(Refusal(EndingRefusal.JOB_AT_TWO_PLACES, {}))
    place = facts.workplace
    if place is not None and place.company.municipality_id != package.municipality_id:
        raise Refused(Refusal(PlanRefusal.PLACE_OF_ANOTHER_MUNICIPALITY, {}))
    if facts.starts_on < ended_on:
        raise Refused(
            Refusal(EndingRefusal.JOB_BEFORE_PACKAGE_ENDS, {"starts_on": facts.starts_on, "ended_on": ended_on})
        )


def _status(facts: JobFacts, ends_on: date | None = None) -> StatusFacts:
    return StatusFacts(STATUSES[facts.form], facts.starts_on, ends_on, None, facts.weekly_hours)


def _correct_status(actor: User, package: JobPackage, job: Job, facts: JobFacts, rules: Rulebook, *, on: date) -> None:
    """The status that the end recorded begins with the job; one corrected since is another row's and stays."""
    was, now = STATUSES[package.outcome], STATUSES[facts.form]
    same = (was, job.starts_on, job.weekly_hours) == (now, facts.starts_on, facts.weekly_hours)
    spells = StatusSpell.objects.current().filter(citizen=package.citizen_id, status=was, starts_on=job.starts_on)
    spell = spells.select_related("citizen").first()
    if spell is None or same:
        return
    correct_status(actor=actor, spell=spell, facts=_status(facts, spell.ends_on), rules=rules, on=on)


def _follow(actor: User, package: JobPackage, was: date, starts_on: date, *, on: date) -> None:
    """Aftercare that began with the job begins with it still; none lasts longer than from the right first day."""
    if was == starts_on:
        return
    latest = latest_end(package, starts_on, on=on)
    for row in Aftercare.objects.filter(package=package).order_by("number"):
        begins = starts_on if row.number == 1 and row.starts_on == was else row.starts_on
        ends = row.ends_on if row.ended_on else min(row.ends_on, latest)
        _check_followed(row, begins, row.ended_on or ends, latest)
        if (begins, ends) == (row.starts_on, row.ends_on):
            continue
        same = Aftercare.objects.filter(pk=row.pk, starts_on=row.starts_on, ends_on=row.ends_on, ended_on=row.ended_on)
        swap(same, starts_on=begins, ends_on=ends)
        note(actor, package, row.ref, AftercareFollowed(begins, ends, row.starts_on, row.ends_on), min(begins, on))


def _check_followed(row: Aftercare, begins: date, ends: date, latest: date) -> None:
    if begins >= latest:
        raise Refused(Refusal(AftercareRefusal.AFTERCARE_TOO_LONG, {"latest": latest}))
    if begins >= ends:
        raise Refused(Refusal(JobRefusal.JOB_AFTER_AFTERCARE, {"ends_on": ends}))
    uses = JournalNote.objects.newest().filter(aftercare=row, held_on__lt=begins).order_by("held_on")
    first = uses.values_list("held_on", flat=True).first()
    if first is not None:
        raise Refused(Refusal(JobRefusal.JOB_AFTER_AFTERCARE_USED, {"held_on": first}))
