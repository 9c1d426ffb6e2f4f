"""Where a figure is computed. The expression is the same; only the engine below differs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import ibis
from ibis.backends import BaseBackend


@contextmanager
def engine(name: str = "duckdb", *, url: str | None = None, memory: str = "") -> Iterator[BaseBackend]:
    """An open engine, closed afterwards."""
    backend = ibis.duckdb.connect()
    try:
        yield backend
    finally:
        backend.disconnect()
