"""Curves by group against a reader who knows how large each group is, sees what is shown, and solves for the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from math import inf

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import LinearConstraint, milp

from jobpakke.followup.first_jobs import CAUSES, WEEKS, CurveRow, Curves, first_jobs, wait_of
from jobpakke.followup.groups import Grouping
from jobpakke.followup.hiding import least_shown
from jobpakke.followup.hiding_curves import Courses, too_small
from jobpakke.followup.lives import Lives
from jobpakke.followup.whose import EVERYONE, REST
from tests.followup.lives import FIRST, SPAN, lives

ON = FIRST + timedelta(days=SPAN)
SMALL = least_shown([], on=ON)
WAITS = len(CAUSES)
"""The column of those who wait, after the causes."""
Course = tuple[int, int]


@dataclass
class Reader:
    """Has a week's rows, and knows of how many in each group nothing is told any more (at worst)."""

    truth: Mapping[str, Sequence[int]]
    seen: Callable[[str, int], bool]

    def constraints(self) -> Iterator[tuple[dict[tuple[str, int], int], int]]:
        groups = [code for code in self.truth if code != EVERYONE]
        for code, numbers in self.truth.items():
            yield {(code, column): 1 for column in range(WAITS + 1)}, sum(numbers)
            for column, number in enumerate(numbers):
                if self.seen(code, column):
                    yield {(code, column): 1}, number
        for column in range(WAITS + 1):
            yield {(EVERYONE, column): -1, **{(code, column): 1 for code in groups}}, 0

    def pinned(self) -> list[tuple[str, int]]:
        """The small numbers of groups for which nothing but the truth fits."""
        places = [(code, column) for code in self.truth for column in range(WAITS + 1)]
        number = {place: index for index, place in enumerate(places)}
        matrix, sums = [], []
        for signs, total in self.constraints():
            line = np.zeros(len(places))
            for place, sign in signs.items():
                line[number[place]] = sign
            matrix.append(line)
            sums.append(total)
        known = LinearConstraint(np.array(matrix), sums, sums)
        found = []
        for place in places:
            if 0 < self.truth[place[0]][place[1]] < SMALL and place[0] != EVERYONE:
                goal = np.zeros(len(places))
                goal[number[place]] = 1
                ends = [
                    milp(sign * goal, integrality=np.ones(len(places)), constraints=[known]).fun for sign in (1, -1)
                ]
                if round(ends[0]) == round(-ends[1]):
                    found.append(place)
        return found


def is_shown(rows: Mapping[str, CurveRow], code: str, column: int) -> bool:
    return (rows[code].at_risk if column == WAITS else rows[code].estimates[column]) is not None


def courses_of(known: Lives) -> dict[str, list[Course]]:
    """By the groups that are shown."""
    every = []
    for life, _ in known.counted_on(ON):
        wait = wait_of(life, on=ON)
        course = (wait.days, 0 if wait.cause is None else CAUSES.index(wait.cause) + 1)
        every.append((course, known.groups.on(life.citizen, life.packages[0].on)))
    together = too_small(Counter(code for _, code in every), least=SMALL)
    found: dict[str, list[Course]] = {EVERYONE: [course for course, _ in every]} if every else {}
    for course, code in every:
        found.setdefault(REST if code in together else code, []).append(course)
    return found


def numbers(courses: Sequence[Course], at: float) -> list[int]:
    """How many came to each cause by then, and how many wait."""
    return [
        *(sum(days <= at and event == cause for days, event in courses) for cause in range(1, len(CAUSES) + 1)),
        sum(days >= at and not (days == at and event) for days, event in courses),
    ]


def check_points(found: Curves, courses: Mapping[str, Sequence[Course]]) -> None:
    """Wherever the curve of a group is drawn, every group has none or enough of the cause, and enough who wait."""
    for point in found.points:
        groups = (
            [courses[EVERYONE]]
            if point.whose.is_everyone
            else [each for code, each in courses.items() if code != EVERYONE]
        )
        for each in groups:
            events = sum(days <= point.days and event == CAUSES.index(point.cause) + 1 for days, event in each)
            assert not 0 < events < SMALL or (point.whose.is_everyone and point.share == 0)
        assert point.whose.is_everyone or sum(days >= point.days for days, _ in courses[point.whose.code]) >= SMALL


@given(st.lists(st.lists(st.sampled_from([0, 0, 1, 2, 4, 5, 9]), min_size=5, max_size=5), min_size=1, max_size=4))
def test_no_small_number_of_a_group_can_be_worked_out_from_what_is_not_hidden(counts: list[list[int]]) -> None:
    groups: dict[str, list[tuple[float, int]]] = {}
    for code, found in zip("abcd", counts, strict=False):
        waiting = [(90.0, 0)] * found[WAITS]
        came = [(1.0, cause) for cause in range(1, WAITS + 1) for _ in range(found[cause - 1])]
        groups[code] = [*came, *waiting]
    courses = Courses(groups, range(1, WAITS + 1), SMALL)
    truth = {
        **dict(zip("abcd", counts, strict=False)),
        EVERYONE: [sum(each) for each in zip(*counts, strict=True)],
    }
    every, theirs = courses.for_all(50.0), courses.for_groups(50.0)
    veils = {code: every if code == EVERYONE else theirs for code in truth}
    assert (
        Reader(
            truth, lambda code, column: not (veils[code].waiting if column == WAITS else veils[code].hides(column + 1))
        ).pinned()
        == []
    )


@settings(max_examples=10)
@given(known=lives(Grouping.GOAL, most=30))
def test_no_small_number_of_a_group_is_shown_or_can_be_worked_out(known: Lives) -> None:
    found, courses = first_jobs(known, on=ON, least=SMALL), courses_of(known)
    assert {row.whose.code for row in found.rows} == set(courses)
    assert all(len(each) >= SMALL for code, each in courses.items() if len(courses[EVERYONE]) >= SMALL)
    for weeks in WEEKS if courses else ():
        rows = {row.whose.code: row for row in found.rows if row.weeks == weeks}
        truth = {code: numbers(each, 7 * weeks) for code, each in courses.items()}
        for code, row in rows.items():
            assert row.at_risk is None or not 0 < row.at_risk < SMALL
            for estimate, number in zip(row.estimates, truth[code], strict=False):
                assert estimate is None or not 0 < number < SMALL
        assert Reader(truth, partial(is_shown, rows)).pinned() == [], weeks
    check_points(found, courses)


@given(sizes=st.dictionaries(st.sampled_from("abcdefg"), st.integers(1, 12), min_size=1))
def test_groups_that_are_too_small_stand_together_until_they_are_enough(sizes: dict[str, int]) -> None:
    together = too_small(sizes, least=SMALL)
    assert together >= {code for code, size in sizes.items() if size < SMALL}
    rest = sum(sizes[code] for code in together)
    assert not together or rest >= SMALL or together == set(sizes)
    largest = max((sizes[code] for code in together), default=0)
    assert all(sizes[code] >= largest for code in set(sizes) - together)


def test_a_groups_curve_is_drawn_from_the_day_on_which_no_number_is_small_any_more() -> None:
    def came(*days: float) -> list[tuple[float, int]]:
        return [(each, 1) for each in days]

    some = {"a": came(10, 20, 30, 40, 50, 60), "b": [(90.0, 0)] * 7}
    courses = Courses(some, [1], 5)
    assert courses.drawn_since(1) == 50
    assert (courses.drawn_until("a"), courses.drawn_until("b")) == (20, 90)
    few = Courses({**some, "c": came(10, 20, 30, 40)}, [1], 5)
    assert (few.drawn_since(1), few.drawn_until("c")) == (inf, -inf)
