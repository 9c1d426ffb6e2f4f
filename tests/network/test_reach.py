"""How far a network reaches: against looking at each person and day, and against the figure of the evaluation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from jobpakke.evaluation.status_at import status_at
from jobpakke.followup.arrow import GROUPED, tables
from jobpakke.network.models import Ambassador, Ambassadorship, Organisation
from jobpakke.network.reach import Network, growth, network_of, reach
from tests.builders import DAY, Cast
from tests.clocks import Clock
from tests.network.test_verbs import TODAY, Net

SPAN = 12
PLACES = [Organisation(pk=number, code="0461" if number == 1 else "0" * (number % 2) * 4) for number in range(1, 5)]
number = st.integers(0, SPAN)


def day(after: int) -> date:
    return DAY + timedelta(days=after)


@st.composite
def networks(draw: st.DrawFn) -> list[Ambassadorship]:
    """People in places, each an ambassador over times that do not overlap."""
    rows = []
    for key in range(draw(st.integers(0, 5))):
        person = Ambassador(pk=key, organisation=draw(st.sampled_from(PLACES)))
        bounds = sorted(draw(st.lists(number, min_size=1, max_size=4, unique=True)))
        for start, end in zip(bounds[::2], [*bounds[1::2], None], strict=False):
            rows.append(
                Ambassadorship(ambassador=person, starts_on=day(start), ends_on=None if end is None else day(end))
            )
    return rows


def there(rows: list[Ambassadorship], on: date) -> set[tuple[int, int, str]]:
    """Who, where: looked at one by one."""
    return {
        (row.ambassador.pk, row.ambassador.organisation.pk, row.ambassador.organisation.code)
        for row in rows
        if row.starts_on <= on and not (row.ends_on is not None and row.ends_on <= on)
    }


@given(rows=networks(), after=number)
def test_a_date_counts_each_person_and_each_place_once(rows: list[Ambassadorship], after: int) -> None:
    found, people = reach(rows, on=day(after)), there(rows, day(after))
    assert found.people == len({who for who, _place, _code in people})
    assert found.municipalities == len({place for _who, place, code in people if code})
    assert found.others == len({place for _who, place, code in people if not code})
    assert found.organisations == found.municipalities + found.others


@given(rows=networks(), after=number)
def test_growth_has_the_number_of_every_day(rows: list[Ambassadorship], after: int) -> None:
    steps = growth(rows, until=day(after))
    for each in range(after + 1):
        told = [people for on, people in steps if on <= day(each)]
        assert (told[-1] if told else 0) == len(there(rows, day(each)))
    assert all(one[1] != other[1] for one, other in zip(((day(-1), 0), *steps), steps, strict=False))
    assert all(on <= day(after) for on, _people in steps)


@settings(max_examples=8)
@given(rows=networks().filter(bool), dates=st.lists(number, min_size=1, max_size=3, unique=True))
def test_the_evaluation_says_the_same_of_the_spells(rows: list[Ambassadorship], dates: list[int]) -> None:
    spells = [
        (str(row.ambassador.pk), "ambassador", row.starts_on, row.ends_on, str(row.ambassador.organisation.pk))
        for row in rows
    ]
    with tables() as engine:
        table = engine.table(spells, GROUPED)
        found = engine.rows(status_at(table, [day(each) for each in dates], by=["whose"]))
    for each in dates:
        of_date = {row["whose"]: row["persons"] for row in found if row["on"] == day(each) and row["persons"]}
        told = reach(rows, on=day(each))
        assert sum(of_date.values()) == told.people
        assert len(of_date) == told.organisations


@pytest.mark.django_db
def test_a_network_is_read_in_four_queries(cast: Cast) -> None:
    net = Net(cast)
    for name in ("Lis", "Per"):
        net.seat(net.run(), net.join(name))
        net.letter(title=name)
        with CaptureQueriesContext(connection) as queries:
            network_of(net.programme, on=TODAY, before=DAY)
        assert len(queries) == 4


@pytest.mark.django_db
def test_what_was_recorded_later_was_not_known(clock: Clock, cast: Cast) -> None:
    net = Net(cast)
    clock.at(DAY)
    run, lis = net.run(), net.join()
    acts: list[Callable[[], object]] = [
        lambda: net.seat(run, lis, taken_on=DAY),
        net.run,
        lambda: net.join("Per"),
        net.letter,
        lambda: net.letter(11),
        lambda: net.give_up(run, lis, given_up_on=DAY),
        lambda: net.leave(lis, DAY + timedelta(days=1)),
        lambda: net.off(run),
        lambda: net.leave(lis, DAY + timedelta(days=2)),
    ]
    shown = []
    for act in acts:
        act()
        shown.append((clock.read(), told(net)))
    assert all(one[1] != other[1] for one, other in zip(shown, shown[1:], strict=False)), "each act shows"
    for moment, then in shown:
        found = network_of(net.programme, on=TODAY, before=DAY, known_at=moment)
        assert told(net, found) == then


def told(net: Net, known: Network | None = None) -> object:
    """A network in figures."""
    network = known or network_of(net.programme, on=TODAY, before=DAY)
    courses = [
        [(run.ref, run.taken(on=TODAY), run.held, run in course.extra) for run in course.runs]
        for course in network.courses
    ]
    newsletter = network.newsletter
    return network.now, network.before, network.growth, courses, newsletter and newsletter.subscribers


@pytest.mark.django_db
def test_a_run_that_was_called_off_is_in_it_until_then(cast: Cast) -> None:
    net = Net(cast)
    net.off(net.run())
    assert network_of(net.programme, on=TODAY).courses == ()
    assert len(network_of(net.programme, on=TODAY - timedelta(days=1)).courses) == 1
    assert network_of(net.programme, on=TODAY).is_empty
