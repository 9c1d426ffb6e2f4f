"""A figure's table on a screen or in a file."""

from __future__ import annotations

from ibis.backends import BaseBackend
from ibis.expr.types import Table


def write(table: Table, kind: str, out: str | None, *, backend: BaseBackend, title: str) -> None:
    """Writes it as table, csv, json or parquet."""
    raise NotImplementedError
