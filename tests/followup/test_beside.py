"""Counts beside results: the window, the change, the index."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobpakke.followup.context.beside import Series, beside, series_of, span_around, window_of
from jobpakke.followup.context.layouts import Span
from jobpakke.followup.context.models import BenefitCount
from jobpakke.followup.tables import status_at
from jobpakke.packages.services import open_programme
from tests.builders import DAY, Cast, agreed
from tests.followup.counts import counted

DAYS = st.dates(date(2007, 1, 1), date(2011, 12, 31))
MONTHS = st.sampled_from([1, 3])


def spans_of(months: int) -> list[Span]:
    """Every month, or quarter, of the years around, by stepping through the days."""
    found: list[Span] = []
    day = date(2006, 1, 1)
    while day.year < 2013:
        if day.day == 1 and (day.month - 1) % months == 0:
            found.append(Span(day, months))
        day += timedelta(days=1)
    return found


SPANS = {months: spans_of(months) for months in (1, 3)}


@given(day=DAYS, months=MONTHS)
def test_the_span_around_a_day_is_the_last_one_begun(day: date, months: int) -> None:
    assert span_around(day, months) == [each for each in SPANS[months] if each.start <= day][-1]


@given(ends=st.tuples(DAYS, DAYS), known=st.tuples(DAYS, DAYS), months=MONTHS)
def test_a_window_lies_within_what_is_known(ends: tuple[date, date], known: tuple[date, date], months: int) -> None:
    series = Series("A", months, *(span_around(day, months).start for day in sorted(known)))
    window = window_of(series, *ends)
    first, last = (span_around(day, months).start for day in sorted(ends))
    wanted = [
        each for each in SPANS[months] if first <= each.start <= last and series.first <= each.start <= series.last
    ]
    assert (list(window.spans) if window else []) == (wanted if len(wanted) > 1 else [])
    if window:
        assert window.reaches(max(ends)) is (last == wanted[-1].start)


def test_one_count_or_none_in_the_time_is_no_window() -> None:
    series = Series("A", 1, date(2008, 1, 1), date(2009, 12, 1))
    for ends in [(date(2025, 1, 1), date(2026, 11, 25)), (date(2009, 12, 1), date(2026, 1, 1)), (DAY, DAY)]:
        assert window_of(series, *ends) is None
    window = window_of(series, date(2009, 11, 30), date(2026, 1, 1))
    assert window is not None
    assert [each.start for each in window.spans] == [date(2009, 11, 1), date(2009, 12, 1)]


@pytest.mark.django_db
def test_the_figures_of_a_programme(cast: Cast) -> None:
    programme = open_programme(
        actor=None, code="P", name="P", starts_on=DAY, ends_on=None, on=DAY, targets=[(cast.here, 1), (cast.there, 1)]
    )
    agreed(cast.bo, cast.her, programme=programme)
    header = "OMRÅDE;YDELSESTYPE;2026M01;2026M02;2026M03"
    counted(None, "Århus;A;200;..;267", "Aabenraa;A;..;5;6", "Århus;B;1;1;1", on=DAY, header=header)
    counts = BenefitCount.objects.current()
    assert [(each.code, each.last) for each in series_of(counts)] == [
        ("1:A", date(2026, 3, 1)),
        ("1:B", date(2026, 3, 1)),
    ]
    window = window_of(series_of(counts)[0], date(2025, 1, 1), DAY)
    assert window is not None
    shown = beside(window, counts, status_at(programme, on=DAY))
    here, there = shown.rows
    assert (here.first, here.last, here.change) == (200, 267, Fraction(67, 200))
    assert (there.first, there.last, there.change) == (None, 6, None)
    assert (shown.total.first, shown.total.last, shown.total.status.citizens) == (200, 267, 1)
    assert [line.municipality for line in shown.lines] == [cast.here]
    assert shown.lines[0].values == (Fraction(100), None, Fraction(267, 2))
    assert [source.text for source in shown.sources] == ["Prøve"]


@pytest.mark.django_db
def test_from_nobody_no_change_can_be_told(cast: Cast) -> None:
    programme = open_programme(
        actor=None, code="P", name="P", starts_on=DAY, ends_on=None, on=DAY, targets=[(cast.here, 1)]
    )
    counted(None, "Århus;A;0;7", on=DAY)
    counts = BenefitCount.objects.current()
    window = window_of(series_of(counts)[0], date(2026, 1, 1), DAY)
    assert window is not None
    shown = beside(window, counts, status_at(programme, on=DAY))
    assert (shown.total.first, shown.total.last, shown.total.change) == (0, 7, None)
    assert shown.lines == ()
