"""A note that hides small numbers, against a reader who has all of it: for each small number there is another truth
of which the very same note would have been written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from jobpakke.access.models import Municipality
from jobpakke.evaluation.disclosure import THRESHOLD as SMALL
from jobpakke.followup.jobs import Jobs
from jobpakke.followup.results import Results
from jobpakke.followup.tables import CITIZENS, COLUMNS, StatusRow, TargetRow, status_table, target_table
from jobpakke.method.status import SELF_SUPPORT
from jobpakke.packages.models import Programme
from jobpakke.print.document import Document, Figures
from jobpakke.web.note.compose import note
from jobpakke.web.note.facts import NoteFacts

COUNTED, ON = date(2009, 4, 30), date(2009, 9, 1)
PLACES = [Municipality(pk=number, code=f"075{number}", name=name) for number, name in enumerate(("Ab", "Be", "Ce"))]
WIDTH = len(COLUMNS) + 2
"""Of a municipality: its statuses, the packages beyond a citizen's first, and those begun since the day of counting."""
numbers = st.sampled_from([0, 0, 1, 2, 4, 5, 8, 20])


@st.composite
def worlds(draw: st.DrawFn) -> list[list[int]]:
    """A row a municipality. Nobody has begun more packages since the day of counting than there are."""
    found = []
    for _ in range(draw(st.integers(1, 3))):
        citizens = [draw(numbers) for _ in COLUMNS]
        further = draw(st.sampled_from([0, 0, 1, 5, 9])) if sum(citizens) else 0
        found.append([*citizens, further, min(draw(st.sampled_from([0, 0, 2, 5, 9])), sum(citizens) + further)])
    return found


def results(world: list[list[int]]) -> Results:
    """The tables of a world; as many have reached a job as have one, and three more."""
    status = [
        StatusRow(place, dict(zip(COLUMNS, row, strict=False))) for place, row in zip(PLACES, world, strict=False)
    ]
    started = [sum(row[: len(COLUMNS) + 1]) for row in world]
    early = [number - row[-1] for number, row in zip(started, world, strict=True)]
    table = status_table(ON, status)
    return Results(
        Programme(code="P", name="P"),
        ON,
        table,
        target_table(ON, [TargetRow(place, 9, number) for place, number in zip(PLACES, started, strict=False)]),
        target_table(COUNTED, [TargetRow(place, 9, number) for place, number in zip(PLACES, early, strict=False)]),
        Jobs(table.total.self_supporting + 5, 5),
    )


def marked_like(shown: Results, world: list[list[int]]) -> Results:
    """Another world with the same numbers hidden."""
    found = results(world)
    assert shown.counted is not None
    assert found.counted is not None
    status, targets, counted = found.status, found.targets, found.counted
    return replace(
        found,
        status=replace(
            status,
            rows=tuple(
                replace(row, hidden=mark.hidden) for row, mark in zip(status.rows, shown.status.rows, strict=True)
            ),
            total=replace(status.total, hidden=shown.status.total.hidden),
        ),
        targets=replace(
            targets,
            rows=tuple(
                replace(row, is_hidden=mark.is_hidden)
                for row, mark in zip(targets.rows, shown.targets.rows, strict=True)
            ),
            total=replace(targets.total, is_hidden=shown.targets.total.is_hidden),
        ),
        counted=replace(
            counted,
            rows=tuple(
                replace(row, is_hidden=mark.is_hidden)
                for row, mark in zip(counted.rows, shown.counted.rows, strict=True)
            ),
            total=replace(counted.total, is_hidden=shown.counted.total.is_hidden),
        ),
        jobs=found.jobs if shown.jobs else None,
        least=SMALL,
    )


def written(found: Results) -> Document:
    return note(NoteFacts(found, None), lang="da", made_on=ON)


@dataclass
class Reader:
    """Solves for the world behind a note."""

    world: list[list[int]]
    shown: Results

    def known(self) -> Iterator[np.ndarray]:
        """A line of signs for each number that is printed."""
        assert self.shown.counted is not None
        places = [[place] for place in range(len(self.world))] + [list(range(len(self.world)))]
        columns = list(range(len(COLUMNS)))
        tables = (self.shown.status, self.shown.targets, self.shown.counted)
        for within, row, now, then in zip(places, *([*table.rows, table.total] for table in tables), strict=True):
            for column, status in enumerate(COLUMNS):
                if status not in row.hidden:
                    yield self.line(within, {column: 1})
            if CITIZENS not in row.hidden:
                yield self.line(within, dict.fromkeys(columns, 1))
            if not row.hides_rate:
                yield self.line(within, {COLUMNS.index(status): 1 for status in SELF_SUPPORT})
            if not now.is_hidden:
                yield self.line(within, dict.fromkeys([*columns, len(COLUMNS)], 1))
            if not then.is_hidden:
                yield self.line(within, {**dict.fromkeys([*columns, len(COLUMNS)], 1), WIDTH - 1: -1})

    def line(self, within: list[int], signs: dict[int, int]) -> np.ndarray:
        found = np.zeros((len(self.world), WIDTH))
        for place in within:
            for column, sign in signs.items():
                found[place, column] = sign
        return found.ravel()

    def other(self, secret: np.ndarray) -> list[list[int]] | None:
        """Another world in which all that is printed is the same and the secret is not."""
        truth = np.array(self.world).ravel()
        lines = np.array(list(self.known()))
        kept = [LinearConstraint(lines, lines @ truth, lines @ truth)] if len(lines) else []
        begun = np.array(
            [
                self.line([place], {**dict.fromkeys(range(WIDTH - 1), 1), WIDTH - 1: -1})
                for place in range(len(self.world))
            ]
        )
        for low, high in ((secret @ truth + 1, np.inf), (-np.inf, secret @ truth - 1)):
            differs = [LinearConstraint(secret, low, high), LinearConstraint(begun, 0, np.inf)]
            solved = milp(
                np.zeros(len(truth)),
                integrality=np.ones(len(truth)),
                bounds=Bounds(0, 99),
                constraints=[*kept, *differs],
            )
            if solved.x is not None:
                return [[round(number) for number in row] for row in solved.x.reshape(-1, WIDTH)]
        return None

    def secrets(self) -> Iterator[np.ndarray]:
        """Every small number of a municipality, of all, and what is their sum."""
        for place in [[each] for each in range(len(self.world))] + [list(range(len(self.world)))]:
            for column in range(WIDTH):
                yield self.line(place, {column: 1})
            yield self.line(place, dict.fromkeys(range(len(COLUMNS)), 1))
            yield self.line(place, dict.fromkeys(range(len(COLUMNS) + 1), 1))


@settings(max_examples=12)
@given(world=worlds())
def test_each_small_number_could_be_another_and_the_note_the_same(world: list[list[int]]) -> None:
    shown = results(world).hiding_small(least=SMALL)
    reader, document, truth = Reader(world, shown), written(shown), np.array(world).ravel()
    for secret in reader.secrets():
        if 0 < secret @ truth < SMALL:
            other = reader.other(secret)
            assert other is not None, secret.reshape(-1, WIDTH)
            assert written(marked_like(shown, other)) == document


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    world = [[20, 8, 0, 20, 0, 8, 0, 0], [8, 5, 20, 0, 5, 0, 9, 9]]
    found = results(world)
    shown = found.hiding_small(least=SMALL)
    assert shown == replace(found, least=SMALL)
    assert shown.hiding_small(least=SMALL) is shown


def test_a_hidden_number_stands_in_no_table_and_no_sentence() -> None:
    shown = results([[20, 3, 0, 20, 0, 8, 0, 0], [20, 11, 20, 20, 5, 0, 0, 0]]).hiding_small(least=SMALL)
    with override("da"):
        document = written(shown)
    tables = [part for part in document.parts if isinstance(part, Figures)]
    assert [row[2] for row in tables[1].rows] == ["skjult", "skjult"]
    assert 2 not in tables[1].summed
    assert all("skjult" in table.notes[-1] for table in tables)
    text = str(document)
    assert "3 af de" not in text


@pytest.mark.parametrize(
    ("reached", "without", "is_shown"), [(20, 5, True), (20, 3, False), (8, 5, False), (4, 0, False)]
)
def test_who_came_into_a_job_is_told_where_no_part_of_it_is_small(reached: int, without: int, is_shown: bool) -> None:  # noqa: FBT001
    found = replace(results([[20, 8, 0, 20, 0, 8, 0, 0]]), jobs=Jobs(reached, without))
    assert (found.hiding_small(least=SMALL).jobs is not None) == is_shown
