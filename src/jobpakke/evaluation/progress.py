"""A bar on standard error while an engine works."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

import duckdb
from ibis.backends import BaseBackend
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

_SECONDS = 0.2


@contextmanager
def shown(backend: BaseBackend, *, wanted: bool) -> Iterator[None]:
    """Shows how far the statement at work has come: of DuckDB in per cent, of the others that it moves."""
    if not wanted:
        yield
        return
    if backend.name == "duckdb":
        backend.con.execute("SET enable_progress_bar_print = false; SET enable_progress_bar = true")
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
    )
    done = Event()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(f"Working on {backend.name}", total=100 if backend.name == "duckdb" else None)

        def watch() -> None:
            while not done.wait(_SECONDS):
                with suppress(duckdb.Error):
                    if backend.name == "duckdb":
                        bar.update(task, completed=max(backend.con.query_progress(), 0))

        watcher = Thread(target=watch, daemon=True)
        watcher.start()
        try:
            yield
        finally:
            done.set()
            watcher.join()
