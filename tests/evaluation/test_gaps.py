"""Gaps, coverage and targets against the method's periods and counting by hand."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from jobpakke.evaluation.gaps import coverage, gaps
from jobpakke.evaluation.layouts import ACTIVITIES, PACKAGES, SPELLS, TARGETS
from jobpakke.evaluation.spells import Row, table_of
from jobpakke.evaluation.targets import targets_by
from jobpakke.lib.periods import Period, subtract
from tests.evaluation.tables import DAY, PACKAGES_2009, TARGETS_2009, days, ends, groups, rows

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
@given(st.lists(st.tuples(st.sampled_from("ab"), periods, groups), min_size=1, max_size=6))
def test_gaps_of_spells_alone_are_the_days_between_without_any(
    told: list[tuple[str, tuple[date, date | None], str]],
) -> None:
    spells = table_of([(person, "x", *period, group) for person, period, group in told], SPELLS, "place")
    starts, ends = [period[0] for _, period, _ in told], [period[1] for _, period, _ in told if period[1]]
    last = max([start + timedelta(days=1) for start in starts] + ends)
    expected = []
    for person in sorted({person for person, _, _ in told}):
        theirs = [Period(*period) for each, period, _ in told if each == person]
        whole = Period(min(each.start for each in theirs), min(last, max(each.end or last for each in theirs)))
        group = min(group or "" for each, _, group in told if each == person)
        expected += [
            (person, person, group, gap.start, gap.end, gap.days) for gap in subtract(whole, theirs) if gap.days
        ]
    assert rows(gaps(spells, by=["place"])) == expected
    (total,) = rows(coverage(spells))
    assert total[2] - total[3] == sum(row[5] or 0 for row in expected)


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
