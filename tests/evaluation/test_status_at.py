"""Statuses on dates against asking person by person and date by date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobpakke.evaluation.faults import TableFault
from jobpakke.evaluation.layouts import PERSONS
from jobpakke.evaluation.reach import EARLIEST, LATEST
from jobpakke.evaluation.spells import Row, table_of
from jobpakke.evaluation.status_at import WIDTH, order_of, status_at
from jobpakke.lib.periods import Period
from jobpakke.lib.refusal import Refused
from jobpakke.method.status import PRECEDENCE, LabourMarketStatus, SpellFact, status_on
from tests.evaluation.tables import DAY, STATUSES, days, persons, rows, spell_rows, spells

quick = settings(max_examples=12)
dates = st.lists(days, min_size=1, max_size=5)
orders = st.one_of(st.none(), st.permutations(STATUSES).map(lambda each: each[:4]))


def holds(row: Row, on: date) -> bool:
    start, end = row[2], row[3]
    assert isinstance(start, date)
    return start <= on and (end is None or (isinstance(end, date) and on < end))


def order(of: Sequence[Row], precedence: Sequence[str] | None, default: str | None) -> list[str]:
    found = {str(row[1]) for row in of}
    first = [each.value for each in PRECEDENCE if each.value in found] if precedence is None else list(precedence)
    last = [] if default is None or default in first else [default]
    return [*first, *sorted(found - {*first, *last}), *last]


def twin(of: Sequence[Row], on: date, ranked: Sequence[str], default: str | None) -> Counter[tuple[str, str]]:
    """Persons by group and status."""
    counts: Counter[tuple[str, str]] = Counter()
    for person in {row[0] for row in of}:
        mine = [row for row in of if row[0] == person]
        holding = sorted((ranked.index(str(row[1])), str(row[4])) for row in mine if holds(row, on))
        if holding:
            rank, group = holding[0]
            counts[group, ranked[rank]] += 1
        elif default is not None:
            counts[min(str(row[4]) for row in mine), default] += 1
    return counts


@quick
@given(of=spell_rows, asked=dates, precedence=orders, default=st.sampled_from([None, "other", "none at all"]))
def test_each_person_once_a_date_by_precedence(
    of: list[Row], asked: list[date], precedence: list[str] | None, default: str | None
) -> None:
    ranked = order(of, precedence, default)
    table = spells(of)
    found = rows(status_at(table, asked, precedence=precedence, default_status=default))
    assert [(on, status) for on, status, _ in found] == [(on, each) for on in sorted(set(asked)) for each in ranked]
    for on in set(asked):
        expected: Counter[str] = Counter()
        for (_, status), persons_ in twin(of, on, ranked, default).items():
            expected[status] += persons_
        assert {status: count for day, status, count in found if day == on and count} == expected
    grouped = rows(status_at(table, asked, by=["place"], precedence=precedence, default_status=default))
    assert grouped == sorted(grouped, key=lambda row: (row[0], row[1], ranked.index(row[2])))
    for on in set(asked):
        told = {(place, status): count for day, place, status, count in grouped if day == on and count}
        assert told == twin(of, on, ranked, default)


@quick
@given(of=spell_rows, asked=dates, known=st.sets(persons), default=st.sampled_from([None, "none at all"]))
def test_a_population_is_counted_and_nobody_else(
    of: list[Row], asked: list[date], known: set[str], default: str | None
) -> None:
    population = table_of([(person, person.upper()) for person in sorted(known)], PERSONS, "place")
    found = rows(status_at(spells(of), asked, by=["place"], default_status=default, population=population))
    ranked = order(of, None, default)
    for on in set(asked):
        expected: Counter[tuple[str, str]] = Counter()
        for person in known:
            held = [ranked.index(str(row[1])) for row in of if row[0] == person and holds(row, on)]
            if held or default is not None:
                expected[person.upper(), ranked[min(held)] if held else str(default)] += 1
        assert {(place, status): count for day, place, status, count in found if day == on and count} == expected


@quick
@given(of=spell_rows.map(lambda each: [row for row in each if row[1] != "zz"]).filter(bool), on=days)
def test_the_shipped_order_is_the_methods(of: list[Row], on: date) -> None:
    expected: Counter[str] = Counter()
    for person in {row[0] for row in of}:
        facts = [
            SpellFact(LabourMarketStatus(str(row[1])), Period(row[2], row[3]))  # type: ignore[arg-type]
            for row in of
            if row[0] == person and row[1] != "in_package"
        ]
        busy = [Period(row[2], row[3]) for row in of if row[0] == person and row[1] == "in_package"]  # type: ignore[arg-type]
        expected[status_on(facts, busy, on=on).value] += 1
    found = rows(status_at(spells(of), [on], default_status="cash_benefit"))
    assert {status: count for _, status, count in found if count} == expected


@pytest.mark.parametrize("number", [WIDTH, WIDTH + 1, 2 * WIDTH + 3])
@pytest.mark.parametrize("by", [(), ("place",)])
def test_more_dates_than_a_mask_holds(number: int, by: tuple[str, ...]) -> None:
    of: list[Row] = [
        ("a", "x", DAY, None, "X"),
        ("b", "x", DAY + timedelta(days=61), DAY + timedelta(days=62), "X"),
        ("b", "y", DAY + timedelta(days=60), DAY + timedelta(days=125), "Y"),
        ("c", "y", DAY - timedelta(days=9), DAY + timedelta(days=number), "Y"),
    ]
    asked = [DAY + timedelta(days=each) for each in range(number)]
    at_once = rows(status_at(spells(of), asked, by=by, default_status="none"))
    for on in {asked[0], asked[60], *asked[61:63], asked[-2], asked[-1]}:
        singly = rows(status_at(spells(of), [on], by=by, default_status="none"))
        assert [row for row in at_once if row[-1] and row[0] == on] == [row for row in singly if row[-1]]


def test_nobody_is_a_count_and_no_spells_are_none() -> None:
    of: list[Row] = [("a", "x", date(2009, 1, 1), date(2009, 1, 1), "X")]
    assert rows(status_at(spells(of), [date(2009, 1, 1)])) == [(date(2009, 1, 1), "x", 0)]
    assert rows(status_at(spells([]), [date(2009, 1, 1)], by=["place"])) == []


def test_a_date_must_be_named() -> None:
    with pytest.raises(Refused, match="NO_DATES"):
        status_at(spells([("a", "x", DAY, None, "")]), [])


def test_statuses_are_put_in_order() -> None:
    table = spells([("a", "x", DAY, None, ""), ("a", "other", DAY, None, ""), ("a", "flex_job", DAY, None, "")])
    assert order_of(table, ["y"], "z") == ["y", "flex_job", "other", "x", "z"]
    assert order_of(table, None, "x") == ["flex_job", "other", "x"]


@pytest.mark.parametrize("name", ["status", "persons", "on", "mine_"])
def test_a_group_does_not_take_the_name_of_a_column_of_the_answer(name: str) -> None:
    with pytest.raises(Refused, match="RESERVED_COLUMN"):
        status_at(spells([("a", "x", DAY, None, "")]), [DAY], by=[name])


@pytest.mark.parametrize("on", [date.max, date.min, LATEST + timedelta(days=1), EARLIEST - timedelta(days=1)])
def test_a_date_far_away_is_refused(on: date) -> None:
    with pytest.raises(Refused) as caught:
        status_at(spells([]), [DAY, on])
    assert caught.value.refusals[0].code == TableFault.OUT_OF_RANGE
