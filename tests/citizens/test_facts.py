"""Wishes, limits and qualifications: recorded, ended, and readable as they were known before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from jobpakke.citizens.models import Limit, LimitKind, Qualification, Wish
from jobpakke.citizens.services import (
    end_limit,
    end_qualification,
    end_wish,
    record_limit,
    record_qualification,
    record_wish,
)
from jobpakke.lib.refusal import Refused
from tests.builders import DAY, Cast

pytestmark = pytest.mark.django_db
LATER = DAY + timedelta(days=10)


def wish(cast: Cast) -> Wish:
    return record_wish(actor=cast.bo, citizen=cast.her, text="Have", on=DAY)


def limit(cast: Cast) -> Limit:
    return record_limit(
        actor=cast.bo,
        citizen=cast.her,
        kind=LimitKind.TIME_OF_DAY,
        text="Dag",
        hours=Decimal(20),
        window=(time(8), time(15)),
        on=DAY,
    )


def qualification(cast: Cast) -> Qualification:
    return record_qualification(actor=cast.bo, citizen=cast.her, text="Truck", on=DAY)


ENDED: list[tuple[Callable[[Cast], Any], Callable[..., Any], str]] = [
    (wish, end_wish, "wish"),
    (limit, end_limit, "limit"),
    (qualification, end_qualification, "qualification"),
]


@pytest.mark.parametrize(("make", "end", "name"), ENDED)
def test_a_fact_ends_and_the_row_that_was_known_stays(
    cast: Cast, make: Callable[[Cast], Any], end: Callable[..., Any], name: str
) -> None:
    row = make(cast)

    def ending(on: date) -> Any:
        return end(**{"actor": cast.bo, name: row, "ended_on": on, "on": LATER})

    with pytest.raises(Refused, match="FACT_ENDS_BEFORE_IT_BEGAN"):
        ending(DAY - timedelta(days=1))
    ended = ending(LATER)
    rows = type(row).objects
    assert list(rows.on(LATER - timedelta(days=1))) == [ended]
    assert not rows.on(LATER).exists()
    assert rows.count() == 2
    assert rows.get(pk=row.pk).ends_on is None
    with pytest.raises(Refused, match="FACT_ENDED_ALREADY"):
        ending(LATER)
    with pytest.raises(Refused, match="FACT_ENDED_ALREADY"):
        end(**{"actor": cast.bo, name: ended, "ended_on": LATER, "on": LATER})
    with pytest.raises(Refused, match="NOT_FOUND"):
        end(**{"actor": cast.erik, name: ended, "ended_on": LATER, "on": LATER})


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"hours": Decimal(0)}, "LIMIT_HOURS_OUT_OF_RANGE"),
        ({"hours": Decimal("37.5")}, "LIMIT_HOURS_OUT_OF_RANGE"),
        ({"window": (time(15), time(15))}, "LIMIT_WINDOW_REVERSED"),
        ({"text": ""}, "TEXT_NEEDED"),
    ],
)
def test_a_limit_that_is_refused(cast: Cast, changes: dict[str, Any], code: str) -> None:
    plain: dict[str, Any] = {"kind": LimitKind.HOURS, "text": "20 timer"}
    with pytest.raises(Refused, match=code):
        record_limit(actor=cast.bo, citizen=cast.her, on=DAY, **{**plain, **changes})
    assert not Limit.objects.exists()
