"""Seats of a run and which runs are extra, against going through the days one by one."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from jobpakke.lib.periods import Period
from jobpakke.method.network import RunFacts, extra_runs

FIRST = date(2026, 3, 2)
SPAN = 12
number = st.integers(0, SPAN)


def day(after: int) -> date:
    return FIRST + timedelta(days=after)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start, length = draw(number), draw(st.none() | st.integers(0, SPAN))
    return Period(day(start), None if length is None else day(start + length))


@st.composite
def run_lists(draw: st.DrawFn) -> list[RunFacts]:
    """Of one course, in the order they were announced in."""
    opened = sorted(draw(st.lists(number, min_size=1, max_size=5)))
    return [
        RunFacts(
            UUID(int=place),
            day(after),
            day(after + draw(st.integers(0, 6))),
            draw(st.integers(1, 2)),
            tuple(draw(st.lists(periods(), max_size=3))),
            draw(st.none() | number.map(day)),
        )
        for place, after in enumerate(opened)
    ]


def held_by(run: RunFacts, on: date) -> int:
    """Counted day by day."""
    return sum(
        1
        for period in run.held
        if any(
            period.start + timedelta(days=days) == on
            for days in range((period.end or day(99)).toordinal() - period.start.toordinal())
        )
    )


@given(runs=run_lists(), after=number)
def test_seats_are_counted_day_by_day(runs: list[RunFacts], after: int) -> None:
    for run in runs:
        on = day(after)
        assert run.taken(on=on) == held_by(run, on)
        assert run.left(on=on) == max(0, run.seats - held_by(run, on))
        known = [each for each in range(SPAN * 3) if run.opened_on <= day(each)]
        off = run.called_off_on
        assert run.is_held(on=on) == (after in known and not (off is not None and on >= off))


@given(runs=run_lists())
def test_a_run_is_extra_where_no_seat_was_left_on_any_still_to_begin(runs: list[RunFacts]) -> None:
    extra = []
    for place, run in enumerate(runs):
        room, waiting = 0, 0
        for other in runs[:place]:
            called_off = other.called_off_on is not None and other.called_off_on <= run.opened_on
            if called_off or other.starts_on < run.opened_on:
                continue
            waiting += 1
            room += max(0, other.seats - held_by(other, run.opened_on))
        if waiting and not room:
            extra.append(run)
    assert extra_runs(runs) == tuple(extra)


def test_the_runs_of_2009() -> None:
    """The one in August was full, so there was another in September; the one in February was the next round."""
    seat = Period(day(1))
    autumn = RunFacts(UUID(int=1), day(0), day(10), 1, (seat,))
    spring = RunFacts(UUID(int=2), day(11), day(20), 1)
    august = RunFacts(UUID(int=3), day(21), day(40), 2, (Period(day(22)), Period(day(23))))
    september = RunFacts(UUID(int=4), day(24), day(60), 2)
    assert extra_runs([autumn, spring, august, september]) == (september,)
    given_up = RunFacts(UUID(int=3), day(21), day(40), 2, (Period(day(22)), Period(day(23), day(24))))
    assert extra_runs([autumn, spring, given_up, september]) == ()
    called_off = RunFacts(UUID(int=3), day(21), day(40), 2, (Period(day(22)), Period(day(23))), day(24))
    assert extra_runs([autumn, spring, called_off, september]) == ()
