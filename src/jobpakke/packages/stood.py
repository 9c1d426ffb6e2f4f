"""What stood on a day that has passed and was corrected, or taken back, since: as it was recorded by then.

Rows say what is true, as known now; the events, and the ``Correction`` rows where there were words, say what was
recorded before. The newest statement recorded by the day holds on a page of it. What nothing recorded by the day tells
of was entered later, and is as known now.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import CharField, DateField, Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, JSONObject

from jobpakke.companies.closings import closing_said, closing_stood
from jobpakke.history.kinds import (
    EventKind,
    GateWaived,
    GateWaiverUndone,
    JobFound,
    PackageEnded,
    PackageEndUndone,
    StepEndCorrected,
    StepEnded,
    StepEndUndone,
    StepFulfilled,
    StepStartCorrected,
    StepStarted,
    StepStartUndone,
)
from jobpakke.history.models import Event
from jobpakke.lib.clock import end_of
from jobpakke.method.ladder import Ending
from jobpakke.packages.jobs import JobSaid, said_then
from jobpakke.packages.models import Corrected, Correction, JobPackage, PlannedStep, Waiver


@dataclass(frozen=True, slots=True)
class End:
    """How a package had ended by what was recorded; ``job`` None: in none, or nobody wrote which."""

    ended_on: date | None
    outcome: str
    job: JobSaid | None


def end_stood(package: JobPackage, row: PlannedStep) -> End | None:
    """How a package had ended by what was recorded on the day that a wording of it was read for (``with_stood``). None:
    it had not, or did as is known now."""
    ended, undone, job = (getattr(row, name, None) for name in ("package_said", "package_undone", "job_was"))
    if not ended or ended["kind"] != PackageEnded.code() or not (undone or job):
        return None
    said = said_then(job) if job else None
    if undone:
        outcome = said.form if said else undone["outcome"]
        return End(date.fromisoformat(undone["was_on"]), outcome, said)
    return End(package.ended_on, said.form if said else package.outcome, said)


def stood_back(package: JobPackage, end: End) -> JobPackage:
    """The package as it stood: another object, to be read and not to be saved."""
    found = copy(package)
    found.ended_on, found.outcome = end.ended_on, end.outcome
    return found


def with_stood(rows: QuerySet[PlannedStep], known_on: date) -> QuerySet[PlannedStep]:
    """The wordings, each with what had been recorded of its step and its package by the day; see ``stand`` and
    ``end_stood``."""
    moment = end_of(known_on)
    found_then = Event.objects.filter(subject=OuterRef("subject"), kind=JobFound.code(), recorded_at__lte=moment)
    jobs = _corrections(Corrected.JOB, moment).filter(Exists(found_then.order_by()), package=OuterRef("step__package"))
    undone = Event.objects.filter(kind=PackageEndUndone.code(), recorded_at__gt=moment).order_by("recorded_at", "pk")
    of_package = undone.filter(subject=OuterRef("step__package__ref"))
    waiver = _corrections(Corrected.WAIVER, moment).filter(subject=OuterRef("step__ref")).values("was")[:1]
    return rows.annotate(
        closing_said=closing_said("workplace__ref", on=known_on),
        shown_on=Value(known_on, output_field=DateField()),
        start_said=_newest("step__ref", moment, StepStarted, StepStartCorrected, StepStartUndone),
        end_said=_newest("step__ref", moment, StepFulfilled, StepEnded, StepEndCorrected, StepEndUndone),
        waiver_said=_newest("step__ref", moment, GateWaived, GateWaiverUndone),
        waiver_was=Subquery(waiver),
        package_said=_newest("step__package__ref", moment, PackageEnded, PackageEndUndone),
        package_undone=Subquery(of_package.values("data")[:1]),
        job_was=Subquery(jobs.values("was")[:1]),
    )


def stand(row: PlannedStep) -> bool:
    """Puts what had been recorded by the day in the place of what is known now, in the step and the workplace of a
    wording that was read ``with_stood``. Whether anything was corrected."""
    step, on = row.step, getattr(row, "shown_on", None)
    if on is not None and row.workplace is not None:
        row.workplace.closed_on = closing_stood(getattr(row, "closing_said", None), row.workplace.closed_on, on=on)
    was = (step.started_on, step.ended_on, step.ending)
    start, end = getattr(row, "start_said", None), getattr(row, "end_said", None)
    if start and start["kind"] != StepStartUndone.code():
        step.started_on = date.fromisoformat(start["day"])
    if end and end["kind"] != StepEndUndone.code():
        step.ended_on, step.ending = date.fromisoformat(end["day"]), _ENDINGS.get(end["kind"]) or end["ending"]
    return _stand_waived(row) or was != (step.started_on, step.ended_on, step.ending)


_ENDINGS: Mapping[str, str] = {
    StepFulfilled.code(): Ending.FULFILLED.value,
    StepEnded.code(): Ending.UNFULFILLED.value,
}


def _stand_waived(row: PlannedStep) -> bool:
    said, was = getattr(row, "waiver_said", None), getattr(row, "waiver_was", None)
    if not was or not said or said["kind"] != GateWaived.code():
        return False
    given = {"reason": was["reason"], "given_as": was["given_as"], "given_on": date.fromisoformat(was["given_on"])}
    row.step.waiver = Waiver(**given)
    return True


def _corrections(what: Corrected, moment: datetime) -> QuerySet[Correction]:
    """Those recorded after the moment, the first of them first: it says what stood until then."""
    return Correction.objects.filter(what=what, recorded_at__gt=moment).order_by("recorded_at", "pk")


def _newest(ref: str, moment: datetime, *kinds: type[EventKind]) -> Subquery:
    """The newest event of the kinds by the moment: its kind and day, and the ``ending`` it tells of."""
    rows = Event.objects.filter(
        subject=OuterRef(ref), kind__in=[kind.code() for kind in kinds], recorded_at__lte=moment
    )
    said = JSONObject(kind=F("kind"), day=Cast("effective_on", CharField()), ending=KT("data__ending"))
    return Subquery(rows.order_by("-recorded_at", "-pk").annotate(said=said).values("said")[:1])
