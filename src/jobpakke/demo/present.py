"""A caseload of today: about 120 citizens in Århus, two caseworkers, every finding and every state of a step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from jobpakke.citizens.models import LimitKind
from jobpakke.demo.ground import TODAY_CODE
from jobpakke.demo.lives import (
    Life,
    MeasureLife,
    NoteLife,
    PackageLife,
)
from jobpakke.demo.notes import monthly, one
from jobpakke.demo.people import Person, people
from jobpakke.demo.progress import measures
from jobpakke.demo.scenes import SCENARIOS, Scene, near_the_labour_market
from jobpakke.demo.trades import TRADES
from jobpakke.method.progress import Answerer

_SEED = 2026
_PER_CASEWORKER = 60
_LIMITS = (
    (LimitKind.LIFTING, "Løft højst 10 kg"),
    (LimitKind.STANDING, "Skal kunne sidde ned hver time"),
    (LimitKind.TIME_OF_DAY, "Kun mellem kl. 8 og 15"),
    (LimitKind.LANGUAGE, "Har brug for beskeder på enkelt dansk"),
)


def lives(today: date) -> Iterator[Life]:
    """The same people each time, with days counted from today."""
    rng = Random(_SEED)  # noqa: S311  # invented lives, not secrets
    crowd = people(rng, first_serial=2000, oldest=1964)
    for number in range(2 * _PER_CASEWORKER):
        caseworker = ("bo", "erik")[number % 2]
        nearest = number >= 2 * (_PER_CASEWORKER - 1)
        scenario = near_the_labour_market if nearest else SCENARIOS[(number // 2) % len(SCENARIOS)]
        life = _life(rng, next(crowd), caseworker, scenario(rng, today), today)
        yield replace(life, measures=_measured(number, life.packages, today))


def _measured(number: int, packages: tuple[PackageLife, ...], today: date) -> tuple[MeasureLife, ...]:
    """Most are up to date; one in twelve has not been measured for a while, in one in twelve somebody forgot to answer,
    and one in fifteen has not begun. A stream of chance of its own, so that nothing else of a life moves."""
    if not packages or packages[0].opened_on is None or number % 30 in (7, 22):
        return ()
    rng = Random(f"progress {_SEED} {number}")  # noqa: S311  # invented answers, not secrets
    first = packages[0].opened_on + timedelta(days=rng.randrange(2, 15))
    silent = rng.choice(list(Answerer)) if number % 24 in (4, 15) else None
    until = packages[0].ended_on or today
    return measures(rng, first, until, late_by=100 if number % 24 in (0, 11) else 0, silent=silent)


def _life(rng: Random, person: Person, caseworker: str, scene: Scene, today: date) -> Life:
    since = min((package.drafted_on for package in scene.packages), default=today - timedelta(days=60))
    spoken = today - timedelta(days=scene.quiet_days)
    notes: tuple[NoteLife, ...] = monthly(rng, since, min([spoken, *(note.held_on for note in scene.notes)]))
    if spoken >= since and not scene.notes:
        notes = (*(each for each in notes if each.held_on < spoken), one(spoken))
    return Life(
        given_name=person.given_name,
        family_name=person.family_name,
        cpr=person.cpr,
        municipality="0751",
        caseworker=caseworker,
        known_from=since,
        programme=TODAY_CODE,
        packages=scene.packages,
        spells=scene.spells,
        notes=(*notes, *scene.notes),
        wish=rng.choice(TRADES).goal,
        limits=(rng.choice(_LIMITS),) if rng.random() < 0.5 else (),
        target_group=("readiness", "job_ready" if scene.near else "activity_ready"),
        address_protected=scene.protected,
    )
