"""The bridge to ``evaluation``: rows of ours become tables of an engine in this process, and answers rows again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    from ibis.backends import BaseBackend
    from ibis.expr.types import Table

SPELLS = pa.schema({"person_id": pa.string(), "status": pa.string(), "start": pa.date32(), "end": pa.date32()})
PLACED = SPELLS.append(pa.field("municipality", pa.string()))
GROUPED = SPELLS.append(pa.field("whose", pa.string()))
DURATIONS = pa.schema({"duration": pa.float64(), "event": pa.int64(), "group": pa.string()})
Row = tuple[Any, ...]
"""Values in the order of the columns."""


@dataclass(frozen=True, slots=True)
class Tables:
    """Tables in an engine of one's own: threads share none."""

    backend: BaseBackend
    numbers: Iterator[int] = field(default_factory=count)

    def table(self, rows: Sequence[Row], schema: pa.Schema) -> Table:
        """The rows as a table."""
        columns = zip(*rows, strict=True) if rows else [()] * len(schema)
        arrays = [pa.array(values, kind) for values, kind in zip(columns, schema.types, strict=True)]
        named = f"rows{next(self.numbers)}"
        return self.backend.create_table(named, pa.Table.from_arrays(arrays, schema=schema), temp=True)

    def rows(self, answer: Table) -> list[dict[str, Any]]:
        """The answer computed, a dict a row."""
        found: list[dict[str, Any]] = self.backend.to_pyarrow(answer).to_pylist()
        return found


_OPEN: ContextVar[Tables | None] = ContextVar("open tables", default=None)
"""What the work at hand has opened already."""


@contextmanager
def tables() -> Iterator[Tables]:
    """DuckDB, opened and closed; within another one, that one. Loads Ibis, which takes a second or two the first
    time."""
    from jobpakke.evaluation.engines import engine

    already = _OPEN.get()
    if already is not None:
        yield already
        return
    with engine() as backend:
        opened = Tables(backend)
        token = _OPEN.set(opened)
        try:
            yield opened
        finally:
            _OPEN.reset(token)
