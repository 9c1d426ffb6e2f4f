"""Shares with Wilson's interval against statsmodels."""

from __future__ import annotations

from datetime import date

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from jobpakke.evaluation.rates import NUMERATOR, self_support_rate, with_interval
from jobpakke.evaluation.wilson import interval
from jobpakke.lib.refusal import Refused
from tests.evaluation.tables import SPELLS_2009, rows

counts = st.integers(1, 10**6).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))


@settings(max_examples=12)
@given(of=st.lists(counts, min_size=1, max_size=20), level=st.floats(0.5, 0.999))
def test_the_interval_is_wilsons(of: list[tuple[int, int]], level: float) -> None:
    table = ibis.memtable(
        [(place, p, w) for place, (p, w) in enumerate(of)],
        schema=ibis.schema(dict.fromkeys(("place", "part", "whole"), "int64")),
    )
    found = rows(with_interval(table, "part", "whole", level=level).order_by("place"))
    for (_, part, whole, rate, low, high), (p, w) in zip(found, of, strict=True):
        assert (part, whole) == (p, w)
        expected = proportion_confint(part, whole, alpha=1 - level, method="wilson")
        assert (rate, low, high) == pytest.approx((part / whole, *expected), abs=1e-12)
        assert interval(part, whole, level=level) == pytest.approx((low, high), abs=1e-15)


def test_nobody_has_no_rate() -> None:
    assert interval(0, 0) is None
    found = rows(self_support_rate(SPELLS_2009, [date(2000, 1, 1)]))
    assert found == [(date(2000, 1, 1), 0, 0, None, None, None)]


def test_an_ordinary_and_a_flex_job_support() -> None:
    assert NUMERATOR == ("flex_job", "ordinary_job")
    asked = [date(2009, 5, 1), date(2009, 7, 1)]
    found = rows(self_support_rate(SPELLS_2009, asked))
    assert [row[:4] for row in found] == [(asked[0], 1, 3, 1 / 3), (asked[1], 2, 3, 2 / 3)]
    by_place = rows(self_support_rate(SPELLS_2009, asked[:1], by=["place"], numerator=["in_package"]))
    assert [row[1:4] for row in by_place] == [
        ("Aabenraa", 1, 1),
        ("Slagelse", 0, 1),
        ("Zealand", 0, 0),
        ("Århus", 0, 1),
    ]


@pytest.mark.parametrize("level", [0, 1, -0.5, 95])
def test_a_level_is_between_0_and_1(level: float) -> None:
    with pytest.raises(Refused, match="OUT_OF_RANGE"):
        self_support_rate(SPELLS_2009, [date(2009, 1, 1)], level=level)
