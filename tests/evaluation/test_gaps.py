"""Gaps, coverage and targets against the method's periods and counting by hand."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobpakke.evaluation.gaps import coverage, gaps
from jobpakke.evaluation.layouts import ACTIVITIES, PACKAGES, SPELLS, TARGETS
from jobpakke.evaluation.spells import Row, table_of
from jobpakke.evaluation.targets import targets_by
from jobpakke.lib.periods import Period, subtract
from jobpakke.lib.refusal import Refused
from tests.evaluation.tables import DAY, PACKAGES_2009, TARGETS_2009, days, ends, groups, rows, spell_rows

DAYS = timedelta(days=1)

quick = settings(max_examples=12)
periods = st.tuples(days, ends).filter(lambda each: each[1] is None or each[0] <= each[1])
packages = st.lists(st.tuples(periods, groups), min_size=1, max_size=4)
activities = st.lists(st.tuples(st.integers(0, 4), periods), max_size=10)


@quick
@given(opened=packages, acts=activities, until=days, since=ends)
def test_gaps_are_what_is_left_of_a_package(
    opened: list[tuple[tuple[date, date | None], str]],
    acts: list[tuple[int, tuple[date, date | None]]],
    until: date,
    since: date | None,
) -> None:
    of: list[Row] = [("p", str(number), *period, group) for number, (period, group) in enumerate(opened)]
    steps: list[Row] = [(str(number), *period) for number, period in acts]
    table, under_way = table_of(of, PACKAGES, "place"), table_of(steps, ACTIVITIES)
    expected, lost, whole = [], Counter[str](), Counter[str]()
    for number, ((start, end), group) in enumerate(opened):
        within = Period(max(start, since or start), max(start, since or start, min(end or until, until)))
        free = subtract(within, [Period(*period) for each, period in acts if each == number])
        whole[group] += within.days or 0
        for gap in free:
            if gap.days:
                expected.append((str(number), "p", group, gap.start, gap.end, gap.days))
                lost[group] += gap.days
    found = rows(gaps(table, activities=under_way, until=until, since=since, by=["place"]))
    assert found == expected
    told = rows(coverage(table, activities=under_way, until=until, since=since, by=["place"]))
    assert {row[0]: row[3:5] for row in told} == {
        group: (total, total - lost[group]) for group, total in whole.items() if total
    }
    (total,) = rows(coverage(table, activities=under_way, until=until, since=since))
    all_days = sum(whole.values())
    assert total[2:4] == (all_days, all_days - sum(lost.values()))
    assert total[4] == ((all_days - sum(lost.values())) / all_days if all_days else None)


@quick
@given(of=spell_rows)
def test_rows_alone_leave_the_days_between_them(of: list[Row]) -> None:
    told: list[tuple[Any, Any, Any]] = [(row[0], row[2], row[3]) for row in of if row[2] != row[3]]
    if not told:
        with pytest.raises(Refused, match="NO_PERSONS"):
            gaps(table_of(of, SPELLS, "place"))
        return
    last = max([start for _, start, _ in told] + [end - DAYS for _, _, end in told if end]) + DAYS
    lacking = set()
    for person in {person for person, _, _ in told}:
        theirs = [(start, end or last) for whose, start, end in told if whose == person]
        whole = range(min(start for start, _ in theirs).toordinal(), max(end for _, end in theirs).toordinal())
        held = {day for start, end in theirs for day in range(start.toordinal(), end.toordinal())}
        lacking |= {(person, day) for day in whole if day not in held and day < last.toordinal()}
    found = rows(gaps(table_of(of, SPELLS, "place")))
    days_of = {(person, day) for _, person, start, end, _ in found for day in range(start.toordinal(), end.toordinal())}
    assert days_of == lacking
    assert sum(row[-1] for row in found) == len(lacking)


def test_a_row_without_days_begins_and_ends_no_persons_time() -> None:
    of: list[Row] = [
        ("a", "x", DAY, DAY),
        ("a", "x", DAY + 9 * DAYS, DAY + 20 * DAYS),
        ("a", "x", DAY + 30 * DAYS, DAY + 30 * DAYS),
    ]
    assert rows(gaps(table_of(of))) == []


@quick
@given(
    opened=packages,
    promised=st.dictionaries(groups, st.one_of(st.none(), st.integers(0, 5)), max_size=4),
    on=days,
)
def test_targets_meet_what_was_started(
    opened: list[tuple[tuple[date, date | None], str]], promised: dict[str, int | None], on: date
) -> None:
    of: list[Row] = [("p", str(number), *period, group) for number, (period, group) in enumerate(opened)]
    goals: list[Row] = [(target, group) for group, target in promised.items()]
    counts = Counter(group for (start, _), group in opened if start <= on)
    found = rows(
        targets_by(table_of(of, PACKAGES, "place"), targets=table_of(goals, TARGETS, "place"), on=on, by=["place"])
    )
    assert found == [
        (group, target := promised.get(group), counts[group], counts[group] / target if target else None)
        for group in sorted({*counts, *promised})
    ]


def test_a_package_that_ended_still_was_started() -> None:
    found = rows(targets_by(PACKAGES_2009, targets=TARGETS_2009, on=date(2030, 1, 1), by=["place"]))
    assert found == [("W", 0, 0, None), ("X", 5, 1, 0.2), ("Y", None, 2, None), ("Z", None, 0, None)]


def test_nothing_open_is_no_coverage() -> None:
    nothing = table_of([], ACTIVITIES)
    assert rows(coverage(PACKAGES_2009, activities=nothing, until=DAY - timedelta(days=1))) == [(0, 0, 0, 0, None)]
