"""The job that a package led to, as it is compared, kept and shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from jobpakke.packages.models import Job, JobPackage


@dataclass(frozen=True, slots=True)
class JobSaid:
    """What is, or was, recorded of a job; ``form``: the outcome of its package."""

    title: str
    place: str
    form: str
    starts_on: date
    weekly_hours: Decimal | None


def mark_of(job: Job, package: JobPackage) -> str:
    """Tells what is recorded of a job, with its form, from what was recorded before."""
    return f"{job.mark}-{package.outcome}"


def job_said(job: Job, package: JobPackage) -> JobSaid:
    """What a job says."""
    place = job.workplace.name if job.workplace else job.employer
    return JobSaid(job.title, place, package.outcome, job.starts_on, job.weekly_hours)


def said_of(job: Job, package: JobPackage) -> dict[str, object]:
    """The same as a ``Correction`` keeps it and the history reads it."""
    return asdict(job_said(job, package))


def said_then(was: Mapping[str, str | None]) -> JobSaid:
    """What a job said, as a ``Correction`` kept it."""
    hours = was["weekly_hours"]
    return JobSaid(
        title=was["title"] or "",
        place=was["place"] or "",
        form=was["form"] or "",
        starts_on=date.fromisoformat(was["starts_on"] or ""),
        weekly_hours=Decimal(hours) if hours else None,
    )
