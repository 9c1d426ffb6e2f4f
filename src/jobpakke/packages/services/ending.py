"""The end of a package, and what goes on after it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.db import transaction

from jobpakke.access.models import User
from jobpakke.citizens.models import OtherReason, Status
from jobpakke.citizens.services import record_status
from jobpakke.citizens.services.status import StatusFacts
from jobpakke.companies.models import Workplace
from jobpakke.history.kinds import JobFound, MentorEnded, PackageEnded, PlanWithdrawn
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.lib.texts import plain
from jobpakke.packages.models import Job, JobPackage, Outcome, PlanVersion, Waiver
from jobpakke.packages.open_ends import mentorships_beyond, steps_beyond, unsettled
from jobpakke.packages.rules import rules_of
from jobpakke.packages.services.aftercare import agree_aftercare
from jobpakke.packages.services.cards import revoke_waiting_cards
from jobpakke.packages.services.plan.drafting import discard_draft
from jobpakke.packages.services.support import mentor_ref
from jobpakke.packages.services.writing import note, require_not_ahead, require_open, require_package_work, swap


class EndingRefusal(StrEnum):
    """Why a package was not ended."""

    STEP_STILL_UNDER_WAY = "STEP_STILL_UNDER_WAY"
    ENDED_BEFORE_ITS_PLAN = "ENDED_BEFORE_ITS_PLAN"
    ENDED_BEFORE_ITS_WAIVER = "ENDED_BEFORE_ITS_WAIVER"
    ENDED_BEFORE_ITS_PROMISE = "ENDED_BEFORE_ITS_PROMISE"
    AFTERCARE_WITHOUT_JOB = "AFTERCARE_WITHOUT_JOB"
    OUTCOME_WITHOUT_JOB = "OUTCOME_WITHOUT_JOB"
    OTHER_WITHOUT_REASON = "OTHER_WITHOUT_REASON"
    JOB_BEFORE_PACKAGE_ENDS = "JOB_BEFORE_PACKAGE_ENDS"
    JOB_AT_TWO_PLACES = "JOB_AT_TWO_PLACES"


@transaction.atomic
def end_package(*, actor: User, package: JobPackage, ended_on: date, outcome: Outcome, on: date) -> JobPackage:
    """Ends a package with its outcome; ``ended_on`` is the first day it is no longer open. Its steps end first.

    What else is open is settled: mentors end with it, a draft of a change is thrown away, a proposed plan is taken
    back, a competence card that nobody has handed in is revoked; what a party has proposed and got no answer to lapses
    (method.proposals).
    Promises stand, with their day: they were given, and are kept or broken.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, DATE_AHEAD, PACKAGE_NOT_OPEN, ENDED_BEFORE_ITS_PLAN (effective_on),
            ENDED_BEFORE_ITS_WAIVER (given_on), ENDED_BEFORE_ITS_PROMISE (made_on: of one that stands open),
            STEP_STILL_UNDER_WAY (steps: how many), CHANGED_MEANWHILE_BY_ANOTHER.
    """
    require_package_work(actor, package, on=on)
    require_not_ahead(ended_on, on=on)
    require_open(package, at=ended_on)
    _require_after_its_plan(package, ended_on)
    _require_after_what_was_given(package, ended_on)
    under_way = steps_beyond(package, ended_on).count()
    if under_way:
        raise Refused(Refusal(EndingRefusal.STEP_STILL_UNDER_WAY, {"steps": under_way, "ended_on": ended_on}))
    rows = JobPackage.objects.filter(pk=package.pk, opened_on=package.opened_on, ended_on__isnull=True)
    swap(rows, ended_on=ended_on, outcome=outcome.value)
    package.ended_on, package.outcome = ended_on, outcome.value
    settle_plan(actor, package, on=on)
    _end_mentorships(actor, package, ended_on)
    revoke_waiting_cards(actor, package.steps.all(), on=on)
    note(actor, package, package.ref, PackageEnded(outcome.value), ended_on)
    return package


def _require_after_its_plan(package: JobPackage, ended_on: date) -> None:
    """A package is not over before what was agreed last in it took effect."""
    agreed = package.versions.filter(effective_on__gt=ended_on).order_by("-effective_on")
    last = agreed.values_list("effective_on", flat=True).first()
    if last is not None:
        raise Refused(Refusal(EndingRefusal.ENDED_BEFORE_ITS_PLAN, {"effective_on": last, "ended_on": ended_on}))


def _require_after_what_was_given(package: JobPackage, ended_on: date) -> None:
    """It is not over before a dispensation was given in it, nor before a promise was made that still stands open."""
    waivers = Waiver.objects.filter(step__package=package, given_on__gt=ended_on).order_by("-given_on")
    given = waivers.values_list("given_on", flat=True).first()
    if given is not None:
        raise Refused(Refusal(EndingRefusal.ENDED_BEFORE_ITS_WAIVER, {"given_on": given, "ended_on": ended_on}))
    promises = package.commitments.filter(made_on__gt=ended_on, kept_on__isnull=True, broken_on__isnull=True)
    made = promises.order_by("-made_on").values_list("made_on", flat=True).first()
    if made is not None:
        raise Refused(Refusal(EndingRefusal.ENDED_BEFORE_ITS_PROMISE, {"made_on": made, "ended_on": ended_on}))


def settle_plan(actor: User, package: JobPackage, *, on: date) -> None:
    """A draft is thrown away; a proposal is taken back, and stays readable with the answers it got."""
    version = unsettled(package)
    if version is None:
        return
    version.package = package
    if version.proposed_on is None:
        discard_draft(actor=actor, version=version, on=on)
    else:
        swap(PlanVersion.objects.proposed().filter(pk=version.pk, edits=version.edits), withdrawn_on=on)
        note(actor, package, version.ref, PlanWithdrawn(version.number), on)


def _end_mentorships(actor: User, package: JobPackage, ended_on: date) -> None:
    """They end with the package; those that had not begun by then never do."""
    rows = mentorships_beyond(package, ended_on)
    for row in rows.select_related("mentor", "step"):
        note(actor, package, row.step.ref, MentorEnded(mentor_ref(row)), ended_on)
    rows.filter(starts_on__gte=ended_on).delete()
    rows.update(ends_on=ended_on)


@dataclass(frozen=True, slots=True)
class Ending:
    """How a package ends: the first day it is no longer open, what came of it, and what follows.

    A job is at a ``workplace`` of the register or with an ``employer`` in free words, and begins on the day the package
    ends unless ``job_starts_on`` says later; on the days between the citizen has neither.
    """

    ended_on: date
    outcome: Outcome
    job_title: str = ""
    workplace: Workplace | None = None
    employer: str = ""
    job_starts_on: date | None = None
    weekly_hours: Decimal | None = None
    reason: OtherReason | None = None
    aftercare_until: date | None = None
    aftercare_weeks: int | None = None

    @property
    def follows_on(self) -> date:
        """The day from which the status holds and aftercare runs."""
        return self.job_starts_on or self.ended_on if self.outcome in JOBS else self.ended_on


@transaction.atomic
def conclude_package(*, actor: User, package: JobPackage, ending: Ending, on: date) -> JobPackage:
    """Ends a package with all that follows from its outcome: the citizen's status, the job, and aftercare.

    Raises:
        Refused: as end_package, record_status and agree_aftercare; OUTCOME_WITHOUT_JOB, OTHER_WITHOUT_REASON,
            AFTERCARE_WITHOUT_JOB, JOB_BEFORE_PACKAGE_ENDS (starts_on, ended_on), JOB_AT_TWO_PLACES, the codes of plain.
    """
    require_package_work(actor, package, on=on)
    _check_ending(ending)
    end_package(actor=actor, package=package, ended_on=ending.ended_on, outcome=ending.outcome, on=on)
    begins, hours = ending.follows_on, ending.weekly_hours if ending.outcome in JOBS else None
    status = STATUSES.get(ending.outcome)
    if status is not None:
        facts = StatusFacts(status, begins, None, ending.reason, hours)
        rules = rules_of(package.municipality_id, on=on)
        record_status(actor=actor, citizen=package.citizen, facts=facts, on=on, rules=rules)
    if ending.outcome in JOBS:
        job = Job.objects.create(
            package=package,
            title=plain(ending.job_title, Job.title.field),
            workplace=ending.workplace,
            employer=plain(ending.employer, Job.employer.field, needed=False),
            starts_on=begins,
            weekly_hours=hours,
        )
        note(actor, package, job.ref, JobFound(ending.outcome.value), begins)
    if ending.aftercare_until is not None:
        agree_aftercare(
            actor=actor,
            package=package,
            starts_on=begins,
            ends_on=ending.aftercare_until,
            every_weeks=ending.aftercare_weeks,
            on=on,
        )
    return package


JOBS = frozenset({Outcome.ORDINARY_JOB, Outcome.FLEX_JOB})
"""The outcomes that are a job."""
STATUSES: Mapping[str, Status] = {
    Outcome.ORDINARY_JOB: Status.ORDINARY_JOB,
    Outcome.FLEX_JOB: Status.FLEX_JOB,
    Outcome.PENSION: Status.DISABILITY_PENSION,
    Outcome.OTHER: Status.OTHER,
}
"""The status that an outcome gives the citizen."""


def _check_ending(ending: Ending) -> None:
    if ending.outcome in JOBS and not ending.job_title.strip():
        raise Refused(Refusal(EndingRefusal.OUTCOME_WITHOUT_JOB, {}))
    if ending.follows_on < ending.ended_on:
        raise Refused(
            Refusal(
                EndingRefusal.JOB_BEFORE_PACKAGE_ENDS, {"starts_on": ending.follows_on, "ended_on": ending.ended_on}
            )
        )
    if ending.outcome in JOBS and ending.workplace is not None and ending.employer.strip():
        raise Refused(Refusal(EndingRefusal.JOB_AT_TWO_PLACES, {}))
    if (ending.outcome == Outcome.OTHER) != (ending.reason is not None):
        raise Refused(Refusal(EndingRefusal.OTHER_WITHOUT_REASON, {}))
    if ending.aftercare_until is not None and ending.outcome not in JOBS:
        raise Refused(Refusal(EndingRefusal.AFTERCARE_WITHOUT_JOB, {}))
