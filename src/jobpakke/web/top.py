"""What stands at the top of a staircase: the goal, or the job that the package led to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.text import capfirst

from jobpakke.packages.facts import Plan
from jobpakke.packages.jobs import job_said
from jobpakke.packages.models import GoalForm, Job, JobGoal, Outcome
from jobpakke.web.labels import label


@dataclass(frozen=True, slots=True)
class JobFound:
    """The job that a package led to."""

    title: str
    form: str
    place: str
    starts_on: date
    weekly_hours: Decimal | None
    correct_url: str | None
    """Where one says that it was another, or None: not one's own case, or a day that has passed."""
    as_agreed: bool
    """Whether title, form and place are the goal's; then the goal needs no words of its own."""


@dataclass(frozen=True, slots=True)
class Top:
    """The goal at the top of the stairs. ``job``: what stands there instead, from the day the package ended."""

    title: str
    form: str
    place: str
    reached_on: date | None
    """When the package ended in what the goal was about."""
    ended_on: date | None
    outcome: str
    job: JobFound | None


_REACHED_BY: Mapping[str, str] = {
    GoalForm.ORDINARY: Outcome.ORDINARY_JOB,
    GoalForm.FLEX: Outcome.FLEX_JOB,
    GoalForm.CLARIFY_PENSION: Outcome.PENSION,
}
"""The outcome that is what the form of a goal is about."""


def top_of(plan: Plan, *, on: date, working: bool = False) -> Top:
    """The top of a plan with steps, as it stood on the date; ``working``: the visitor may act."""
    package = plan.package
    goal = plan.planned[0].version.goal
    ended = package.ended_on if package.ended_on and package.ended_on <= on else None
    reached = package.outcome == _REACHED_BY[goal.form]
    return Top(
        title=goal.title,
        form=label(goal.form),
        place=goal.workplace.name if goal.workplace else "",
        reached_on=ended if reached else None,
        ended_on=ended,
        outcome=capfirst(label(package.outcome)) if ended else "",
        job=_job(plan, goal, reached=reached, working=working) if ended else None,
    )


def _job(plan: Plan, goal: JobGoal, *, reached: bool, working: bool) -> JobFound | None:
    """None where the package led to no job, or where nobody wrote which."""
    job: Job | None = getattr(plan.package, "job", None)
    now = job_said(job, plan.package) if job is not None else None
    said = plan.end.job if plan.end else now
    if said is None:
        return None
    place = goal.workplace.name if goal.workplace else ""
    return JobFound(
        title=said.title,
        form=label(said.form),
        place=said.place,
        starts_on=said.starts_on,
        weekly_hours=said.weekly_hours,
        correct_url=reverse("correct_job", args=[job.ref]) if working and job is not None else None,
        as_agreed=reached and (said.title, said.place) == (goal.title, place),
    )
