"""The job that a package led to, as it is compared and kept."""

from __future__ import annotations

from jobpakke.packages.models import Job, JobPackage


def mark_of(job: Job, package: JobPackage) -> str:
    """Tells what is recorded of a job, with its form, from what was recorded before."""
    return f"{job.mark}-{package.outcome}"


def said_of(job: Job, package: JobPackage) -> dict[str, object]:
    """What a job said, as a ``Correction`` keeps it and the history reads it."""
    place = job.workplace.name if job.workplace else job.employer
    return {
        "title": job.title,
        "place": place,
        "form": package.outcome,
        "starts_on": job.starts_on,
        "weekly_hours": job.weekly_hours,
    }
