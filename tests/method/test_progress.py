"""When a measure is due and what the answers say, against twins that go day by day and answer by answer."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from jobpakke.method.progress import (
    LEAST,
    MOST,
    Answerer,
    Change,
    Course,
    Every,
    MeasureFact,
    changes,
    course,
    due_on,
    mean,
)
from jobpakke.packages.models import AnswererChoice
from tests.days import ALL, days

POINTS = st.integers(LEAST, MOST)
QUESTIONS = ("a", "b", "c")


def covered(day: date, opened_on: date, measured: list[date], every: Every) -> bool:
    """Whether nobody need answer yet on the day: the first's time has not run out, or one is young enough."""
    if any(last <= day < last + timedelta(weeks=every.weeks) for last in measured):
        return True
    within = [last for last in measured if last >= opened_on]
    return not within and day < opened_on + timedelta(weeks=every.first_weeks)


@given(days(), st.lists(days(), max_size=4), st.integers(1, 3), st.integers(1, 4), days())
def test_the_due_day_is_the_first_on_which_somebody_must_answer(
    opened_on: date, measured: list[date], first: int, weeks: int, on: date
) -> None:
    every = Every(first, weeks)
    known = [day for day in measured if day <= on]
    since = max([opened_on, *known])
    ahead = [since + timedelta(days=number) for number in range(200)]
    expected = next(day for day in ahead if not covered(day, opened_on, known, every))
    assert due_on(opened_on, measured, every, on=on) == expected


def test_a_measure_of_tomorrow_is_not_known_today() -> None:
    every = Every(4, 13)
    opened = ALL[0]
    assert due_on(opened, [opened + timedelta(days=9)], every, on=opened) == opened + timedelta(weeks=4)
    assert due_on(opened, [opened], every, on=opened) == opened + timedelta(weeks=13)
    assert due_on(opened, [opened - timedelta(days=1)], every, on=opened) == opened + timedelta(days=90)
    assert due_on(opened, [opened - timedelta(days=300)], every, on=opened) == opened + timedelta(weeks=4)


@st.composite
def histories(draw: st.DrawFn) -> list[MeasureFact]:
    """Of one party: each day once, in any order, some questions left out."""
    chosen = draw(st.lists(days(), unique=True, max_size=6))
    return [MeasureFact(day, draw(st.dictionaries(st.sampled_from(QUESTIONS), POINTS))) for day in chosen]


@given(histories())
def test_a_change_goes_from_the_first_answer_to_the_last(measures: list[MeasureFact]) -> None:
    found = changes(measures)
    for question in QUESTIONS:
        answered = {each.on: each.points[question] for each in measures if question in each.points}
        if len(answered) < 2:
            assert question not in found
        else:
            assert found[question] == Change(answered[min(answered)], answered[max(answered)])


@given(st.lists(POINTS))
def test_a_mean_is_of_what_was_answered(points: list[int]) -> None:
    expected = Fraction(sum(points), len(points)) if points else None
    found = mean(points)
    assert (found is None) == (expected is None)
    assert expected is None or abs(Fraction(found or 0) - expected) < Fraction(1, 10**9)


@given(POINTS, POINTS)
def test_a_question_is_up_or_down_by_one_point(first: int, last: int) -> None:
    expected = Course.STEADY if first == last else Course.UP if last > first else Course.DOWN
    assert Change(first, last).course is expected
    assert Change(last, first).course is {Course.UP: Course.DOWN, Course.DOWN: Course.UP}.get(expected, expected)


def test_a_mean_moves_by_half_a_point() -> None:
    assert course(2.0, 2.4, step=0.5) is Course.STEADY
    assert course(2.0, 2.5, step=0.5) is Course.UP
    assert course(3.0, 2.5, step=0.5) is Course.DOWN


def test_the_models_know_the_same_parties() -> None:
    assert {each.value for each in Answerer} == set(AnswererChoice.values)
