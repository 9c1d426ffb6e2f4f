"""Who came into a job with a package, and who has it no longer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jobpakke.followup.first_jobs import JOBS
from jobpakke.followup.lives import FollowedLife, Lives


@dataclass(frozen=True, slots=True)
class JobsReached:
    """``reached``: citizens who had begun in a job by the date; ``lost``: those who support themselves no more."""

    reached: int
    lost: int


def jobs_reached(lives: Lives, *, on: date) -> JobsReached:
    """Of those who stand in the status table: who had begun in a job after a package of theirs in the programme, and
    how many of these have another status on the date (relapse)."""
    reached = [life for life, _place in lives.counted_on(on) if _reached(life, on=on)]
    return JobsReached(len(reached), sum(life.status_on(on) not in JOBS for life in reached))


def _reached(life: FollowedLife, *, on: date) -> bool:
    """What begins after the municipality gave the case away is not its to tell."""
    last = life.left_on(on) or on
    began = min(package.on for package in life.packages)
    return any(spell.status in JOBS and began <= spell.period.start <= last for spell in life.spells)
