"""Job interviews in a package's first months, against a twin that goes day by day; on the days around each limit."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobpakke.method.interviews import Interviews, interviews
from jobpakke.method.lengths import months_later
from jobpakke.method.rulebook import rulebook
from tests.days import days

RULES = rulebook()
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("opened_on", "asked"),
    [
        (date(2009, 2, 2), False),
        (date(2026, 6, 30), False),
        (date(2026, 7, 1), True),
        (date(2026, 7, 2), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), True),
        (date(2027, 1, 2), True),
    ],
)
def test_which_packages_are_asked(opened_on: date, asked: bool) -> None:
    found = interviews(RULES, opened_on=opened_on, near=True, held=0)
    expected = Interviews(opened_on, months_later(opened_on, 6), 4, 0)
    assert found == (expected if asked else None)
    assert interviews(RULES, opened_on=opened_on, near=False, held=0) is None


def test_the_last_is_due_until_the_day_before_the_time_ends() -> None:
    asked = Interviews(date(2026, 7, 1), date(2027, 1, 1), 4, 2)
    assert asked.next_due == date(2026, 11, 16)
    assert asked.due_on(date(2026, 11, 15)) is None
    assert asked.due_on(date(2026, 11, 16)) == asked.due_on(date(2026, 11, 17)) == date(2026, 11, 16)
    assert asked.last == date(2026, 12, 31)
    assert asked.due_on(asked.last) == date(2026, 11, 16)
    assert asked.due_on(asked.last + DAY) is None


@given(days(), st.integers(1, 300), st.integers(1, 8), st.integers(0, 9), days())
def test_an_interview_is_due_when_fewer_are_held_than_even_steps_of_the_time_have_passed(
    opened_on: date, length: int, least: int, held: int, on: date
) -> None:
    asked = Interviews(opened_on, opened_on + timedelta(days=length), least, held)
    within = on < asked.until
    # A step of the time is over when the day after would lie beyond it.
    days_gone = (on - opened_on).days + 1
    passed = sum(days_gone * least > number * length for number in range(1, least + 1))
    due = asked.due_on(on)
    assert (due is not None) == (within and passed > held)
    if due is not None:
        assert opened_on <= due <= on
        assert asked.due_on(due - DAY) is None
