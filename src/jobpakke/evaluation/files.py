"""Tables from files: checked whole before anything is computed."""

from __future__ import annotations

from ibis.backends import BaseBackend
from ibis.expr.types import Table

from jobpakke.evaluation.layouts import Layout


def load(backend: BaseBackend, file: str, layout: Layout, *, problems: str | None = None) -> Table:
    """The file's table by its layout."""
    raise NotImplementedError
