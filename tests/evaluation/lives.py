"""Lives of a few persons, drawn: spells that may overlap, and the same day by day."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from ibis.expr.types import Table

from jobpakke.method.status import PRECEDENCE
from tests.evaluation.rows import table

FIRST = date(2009, 8, 24)
DAYS = [FIRST + timedelta(days=number) for number in range(24)]
LAST = 40
"""Beyond the last day anybody looks at."""
STATUSES = ("ordinary_job", "flex_job", "cash_benefit", "education")
ORDER = [status.value for status in PRECEDENCE]
Spell = tuple[str, str, int, int | None, str]
"""Person, status, start, end, group; days counted from FIRST."""


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


@st.composite
def lives(draw: st.DrawFn) -> list[Spell]:
    """Up to forty spells of up to ten persons, and one of each status, so that every status occurs."""

    def spell() -> Spell:
        start = draw(st.integers(0, 22))
        end = draw(st.none() | st.integers(start + 1, 26))
        return (
            draw(st.sampled_from("abcdefghij")),
            draw(st.sampled_from(STATUSES)),
            start,
            end,
            draw(st.sampled_from("xy")),
        )

    fixed: list[Spell] = [("z", status, 3 * place, 3 * place + 3, "x") for place, status in enumerate(STATUSES)]
    return [*fixed, *(spell() for _ in range(draw(st.integers(0, 40))))]


@st.composite
def lives_and_days(draw: st.DrawFn) -> tuple[list[Spell], int, int]:
    """Lives, and two days in order: as often as not days on which something begins or ends."""
    found = draw(lives())
    edges = sorted({number for each in found for number in each[2:4] if isinstance(number, int) and number < len(DAYS)})
    pick = st.sampled_from(edges) | st.integers(0, len(DAYS) - 1)
    first, last = draw(st.tuples(pick, pick).filter(lambda pair: pair[0] < pair[1]))
    return found, first, last


def spells_of(found: Sequence[Spell]) -> Table:
    """As a table with the group column ``municipality``."""
    columns: dict[str, list[Any]] = {
        "person_id": [each[0] for each in found],
        "status": [each[1] for each in found],
        "start": [day(each[2]) for each in found],
        "end": [None if each[3] is None else day(each[3]) for each in found],
        "municipality": [each[4] for each in found],
    }
    return table(columns)


def persons(found: Sequence[Spell]) -> list[str]:
    return sorted({each[0] for each in found})


def holds(spell: Spell, on: int) -> bool:
    return spell[2] <= on and (spell[3] is None or on < spell[3])


def statuses_on(found: Sequence[Spell], person: str, on: int) -> set[str]:
    return {each[1] for each in found if each[0] == person and holds(each, on)}


def status_on(found: Sequence[Spell], person: str, on: int, *, without: Collection[str] = ()) -> str | None:
    """The one status: the method's order first, then the alphabet."""
    held = statuses_on(found, person, on) - set(without)
    return min(held, key=lambda each: (ORDER.index(each) if each in ORDER else len(ORDER), each), default=None)


def stretches_of(found: Sequence[Spell], person: str, statuses: Collection[str]) -> list[tuple[int, int | None]]:
    """Unbroken runs of days in the statuses; an end of None is open."""
    inside: Callable[[int], bool] = lambda on: bool(statuses_on(found, person, on) & set(statuses))  # noqa: E731
    runs: list[tuple[int, int | None]] = []
    start: int | None = None
    for on in range(LAST + 1):
        if inside(on) and start is None:
            start = on
        if not inside(on) and start is not None:
            runs.append((start, on))
            start = None
    return [*runs, (start, None)] if start is not None else runs


def group_at(found: Sequence[Spell], person: str, start: int, statuses: Collection[str]) -> str:
    """The group of the spell that opens a stretch: of several the one that ends first, then the alphabet."""
    opening = [each for each in found if each[0] == person and each[1] in statuses and each[2] == start]
    return min(opening, key=lambda each: (each[3] is None, each[3] or 0, each[4]))[4]


def counted(rows: Sequence[Mapping[str, Any]], *names: str) -> dict[tuple[Any, ...], int]:
    """persons by the named columns."""
    return {tuple(row[name] for name in names): row["persons"] for row in rows}
