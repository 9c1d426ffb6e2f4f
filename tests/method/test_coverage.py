"""Coverage and gaps against a day-by-day twin."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from jobpakke.lib.periods import Period
from jobpakke.method.coverage import PackageFact, activity, covered, gap_on, gaps, is_covered, next_gap, share
from jobpakke.method.ladder import StepFact
from tests.days import ALL, days, days_of, periods
from tests.method.facts import staircases

WITHIN = Period(ALL[0], ALL[-1] + timedelta(days=1))


@st.composite
def packages(draw: st.DrawFn) -> PackageFact:
    opened_on = draw(days())
    ended_on = draw(st.none() | st.integers(0, 30).map(lambda count: opened_on + timedelta(days=count)))
    return PackageFact(opened_on, ended_on, draw(staircases()), tuple(draw(st.lists(periods(), max_size=2))))


def active(step: StepFact, day: date, on: date) -> bool:
    """Whether the step counts on the day, as known on the date: facts until then, the plan after."""
    if step.started_on is not None and step.started_on <= on:
        if step.ended_on is not None and step.ended_on <= on:
            return step.started_on <= day < step.ended_on
        return step.started_on <= day and (day <= on or (step.planned.end is not None and day < step.planned.end))
    if step.waived_on is not None and step.waived_on <= on:
        return False
    return step.planned.start > on and step.planned.contains(day)


def is_open(package: PackageFact, day: date) -> bool:
    return package.opened_on <= day and (package.ended_on is None or day < package.ended_on)


@given(packages(), days())
def test_covered_days_and_gap_days_equal_the_twin(package: PackageFact, on: date) -> None:
    busy = {day for day in ALL if is_open(package, day) and any(active(step, day, on) for step in package.steps)}
    excused = days_of(package.excused)
    idle = {day for day in ALL if is_open(package, day) and day not in busy and day not in excused}
    assert days_of(covered(package, within=WITHIN, on=on)) == busy
    assert days_of(gaps(package, within=WITHIN, on=on)) == idle
    assert is_covered(package, on=on) == (on in busy)
    gap = gap_on(package, on=on)
    assert (gap is not None) == (on in idle)
    if gap is not None:
        assert days_of([gap]) <= idle
    expected = share(package, within=WITHIN, on=on)
    assert expected == (len(busy) / (len(busy) + len(idle)) if busy or idle else None)


@given(packages(), st.sampled_from(ALL[:24]), st.integers(1, 15))
def test_the_next_gap_is_the_first_idle_day_after_a_busy_one(package: PackageFact, on: date, horizon: int) -> None:
    idle = days_of(gaps(package, within=WITHIN, on=on))
    ahead = [day for day in ALL if on < day <= on + timedelta(days=horizon)]
    openings = [day for day in ahead if day in idle and day - timedelta(days=1) not in idle]
    found = next_gap(package, on=on, days=horizon)
    assert (found.start if found else None) == (openings[0] if openings else None)


@given(packages())
def test_activity_is_what_happened_in_the_open_package(package: PackageFact) -> None:
    def happened(day: date) -> bool:
        return any(
            step.started_on is not None and step.started_on <= day and (step.ended_on is None or day < step.ended_on)
            for step in package.steps
        )

    assert days_of(activity(package)) == {day for day in ALL if is_open(package, day) and happened(day)}
