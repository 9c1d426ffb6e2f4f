"""Weeks and moves by group: against looking at each person, and against a reader who knows every sum."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import LinearConstraint, milp

from jobpakke.evaluation.disclosure import CountTable, pinned
from jobpakke.followup.bands import READ, bands
from jobpakke.followup.course_files import group_band_cells, group_flow_cells
from jobpakke.followup.flow import MOVES, Work, group_flow
from jobpakke.followup.groups import Grouping
from jobpakke.followup.hiding_groups import Counts, Veil, veil
from jobpakke.followup.lives import FollowedLife, Lives
from jobpakke.followup.tables import COLUMNS
from jobpakke.method.status import SELF_SUPPORT
from tests.followup.lives import FIRST, SPAN, days, last_told, lives, place_on, raw_status, told_status

ASKED = {1, 2}
SMALL = 5
BY = st.sampled_from([Grouping.MUNICIPALITY, Grouping.GOAL])


def group_of(known: Lives, life: FollowedLife, on: date) -> str:
    return str(place_on(life, on)) if known.groups.by is Grouping.MUNICIPALITY else known.groups.on(life.citizen, on)


@settings(max_examples=6)
@given(known=BY.flatmap(lives), on=days)
def test_the_weeks_of_a_group_look_at_each_person(known: Lives, on: date) -> None:
    truth: Counter[tuple[str, int, object]] = Counter()
    for life in known.every:
        began = life.packages[0].on
        for week in READ if place_on(life, on) in ASKED else ():
            day = began + timedelta(days=7 * week)
            if day <= max(began, last_told(life, on)):
                code = group_of(known, life, on if known.groups.by is Grouping.MUNICIPALITY else began)
                truth[code, week, raw_status(life, day)] += 1
    found = bands(known, on=on, least=None)
    assert {(row.whose.code, row.week) for row in found.groups} >= {(code, week) for code, week, _ in truth}
    for row in found.groups:
        assert row.counts == tuple(truth[row.whose.code, row.week, status] for status in COLUMNS)
        assert row.persons == sum(number for (code, week, _), number in truth.items() if (code, week) == row_key(row))
    for whole in found.weeks:
        if whole.week in READ and whole.persons:
            assert whole.persons == sum(row.persons or 0 for row in found.groups if row.week == whole.week)
    assert len(group_band_cells(found)) == len(found.groups) + 1


def row_key(row: object) -> tuple[str, int]:
    return row.whose.code, row.week  # type: ignore[attr-defined]  # a GroupWeek


@settings(max_examples=12)
@given(known=BY.flatmap(lives), then=days, apart=st.integers(1, 90))
def test_the_moves_of_a_group_look_at_each_person(known: Lives, then: date, apart: int) -> None:
    now = then + timedelta(days=apart)
    truth: Counter[tuple[str, Work, Work]] = Counter()
    for life in known.every:
        if place_on(life, now) in ASKED:
            ends = [Work.JOB if told_status(life, on) in SELF_SUPPORT else Work.NO_JOB for on in (then, now)]
            source = ends[0] if place_on(life, then) in ASKED else Work.NOT_BEGUN
            truth[group_of(known, life, now), source, ends[1]] += 1
    found = group_flow(known, then=then, now=now, least=None)
    for row in found.rows:
        assert row.counts == tuple(truth[row.whose.code, *move] for move in MOVES)
    assert sum(row.persons for row in found.rows) == truth.total()
    assert len(group_flow_cells(found)) == 1 + len(found.rows) * len(MOVES)


# -- what a reader can work out

numbers = st.sampled_from([0, 0, 1, 2, 4, 5, 7, 20])
GROUPS, STATUSES = "abcd", "pqr"


def forced(counts: Mapping[tuple[str, ...], int], found: Veil, margins: Sequence[Sequence[int]]) -> list[object]:
    """The small numbers for which nothing but the truth fits what is shown, and the sums over each of ``margins``."""
    cells = list(counts)
    lines, sums = [], []
    shown = [cell for cell in cells if not found.hides(cell[0], cell[1])]
    wanted = [[cell] for cell in shown]
    for kept in margins:
        together: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        for cell in cells:
            if cell[0] not in found.groups or 0 not in kept:
                together.setdefault(tuple(cell[each] for each in kept), []).append(cell)
        wanted += together.values()
    for each in wanted:
        lines.append([float(cell in each) for cell in cells])
        sums.append(sum(counts[cell] for cell in each))
    known = [LinearConstraint(np.array(lines), sums, sums)] if lines else []
    result: list[object] = []
    for place, cell in enumerate(cells):
        if 0 < counts[cell] < SMALL:
            goal = np.eye(len(cells))[place]
            ends = [milp(sign * goal, integrality=np.ones(len(cells)), constraints=known).fun for sign in (1, -1)]
            if None not in ends and round(ends[0]) == round(-ends[1]):
                result.append(cell)
    return result


@settings(max_examples=60)
@given(rows=st.lists(st.lists(numbers, min_size=3, max_size=3), min_size=1, max_size=4))
def test_no_small_number_of_a_week_can_be_worked_out_from_the_sums(rows: list[list[int]]) -> None:
    counts: dict[tuple[str, ...], int] = {
        (group, status): number
        for group, row in zip(GROUPS, rows, strict=False)
        for status, number in zip(STATUSES, row, strict=True)
    }
    found = veil(counts, least=SMALL)
    assert all(found.hides(*cell) for cell, number in counts.items() if 0 < number < SMALL)
    if found.groups != {group for group, _ in counts}:
        assert forced(counts, found, [(1,), (0,)]) == []


@settings(max_examples=40)
@given(rows=st.lists(st.lists(numbers, min_size=6, max_size=6), min_size=2, max_size=3))
def test_no_small_move_can_be_worked_out_by_one_who_knows_both_dates(rows: list[list[int]]) -> None:
    counts: dict[tuple[str, ...], int] = {
        (group, *move): number
        for group, row in zip(GROUPS, rows, strict=False)
        for move, number in zip(MOVES, row, strict=True)
    }
    found = veil(counts, least=SMALL)
    assert all(found.hides(cell[0], cell[1]) for cell, number in counts.items() if 0 < number < SMALL)
    if found.groups != {group for group, *_ in counts}:
        assert forced(counts, found, [(1, 2), (0, 1), (0, 2)]) == []


def test_where_nothing_is_small_all_is_shown_and_where_one_group_is_left_nothing() -> None:
    large: Counts = dict.fromkeys(((group, status) for group in "ab" for status in STATUSES), 9)
    assert veil(large, least=SMALL) == Veil()
    alone: Counts = {("a", "p"): 9, ("a", "q"): 3, ("b", "p"): 0}
    assert veil(alone, least=SMALL) == Veil(frozenset("ab"), frozenset("pq"))
    both: Counts = {("a", "p"): 9, ("a", "q"): 3, ("a", "r"): 8, ("b", "p"): 7, ("b", "q"): 9, ("b", "r"): 8}
    assert veil(both, least=SMALL) == Veil(columns=frozenset("qp"))
    assert not pinned([CountTable(("g", "s"), both)], [[(g, s) for g in "ab" for s in "qp"]])
    assert pinned([CountTable(("g", "s"), both)], [[("a", "q"), ("b", "q")]])


@settings(max_examples=3)
@given(known=lives(Grouping.GOAL, most=30))
def test_of_lives_nothing_small_is_shown(known: Lives) -> None:
    on = FIRST + timedelta(days=SPAN)
    for row in bands(known, on=on, least=SMALL).groups:
        shown = [number for number in (row.persons, *row.counts) if number]
        assert not shown or min(shown) >= SMALL
    for moves in group_flow(known, then=FIRST + timedelta(days=60), now=on, least=SMALL).rows:
        assert all(number is None or number == 0 or number >= SMALL for number in moves.counts)
