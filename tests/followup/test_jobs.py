"""A job is reached when it begins after a package and while the municipality has the case."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from jobpakke.followup.groups import Grouping, Groups
from jobpakke.followup.jobs import jobs_in
from jobpakke.followup.lives import Begun, FollowedLife, Lives, Move
from jobpakke.lib.periods import Period
from jobpakke.method.status import LabourMarketStatus, SpellFact
from jobpakke.packages.models import Programme, Target

HERE, THERE = 1, 2
BEGAN = date(2026, 1, 5)


def day(number: int) -> date:
    return BEGAN + timedelta(days=number)


def counted(spell: tuple[int, int | None], *moves: Move, on: int = 100) -> tuple[int, int]:
    start, end = spell
    job = SpellFact(LabourMarketStatus.FLEX_JOB, Period(day(start), None if end is None else day(end)))
    life = FollowedLife(1, (Begun(BEGAN, HERE),), (job,), (), moves)
    parts = (Target(municipality_id=HERE),)
    lives = Lives(Programme(), day(on), parts, (life,), Groups(Grouping.MUNICIPALITY))
    found = jobs_in(lives, on=day(on))
    return found.reached, found.without


@pytest.mark.parametrize(
    ("spell", "reached", "without"),
    [
        ((0, None), 1, 0),
        ((-1, None), 0, 0),
        ((100, None), 1, 0),
        ((101, None), 0, 0),
        ((10, 101), 1, 0),
        ((10, 100), 1, 1),
    ],
)
def test_it_counts_from_the_day_the_package_began_to_the_date(
    spell: tuple[int, int | None], reached: int, without: int
) -> None:
    assert counted(spell) == (reached, without)


def test_what_comes_after_the_case_was_given_away_is_not_told() -> None:
    away = Move(HERE, THERE, day(20), day(30))
    assert counted((29, None), away) == (1, 0)
    assert counted((30, None), away) == (0, 0)
    assert counted((10, 40), away) == (1, 0)
    assert counted((30, None), away, Move(THERE, HERE, day(50), day(60))) == (1, 0)
