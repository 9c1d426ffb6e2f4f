"""Serves the pages with a clock that stands on the day a file says: ``python -m tests.e2e.dated FILE PORT``.

The program has no such thing: its one clock is replaced here, before anything else of it is loaded.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, date, datetime, timedelta
from datetime import time as hour
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from jobpakke.lib import clock

_STARTED = time.monotonic()


def on_the_day(file: Path) -> datetime:
    """A moment of the day in the file; later ones come after earlier ones."""
    day = date.fromisoformat(file.read_text(encoding="utf-8"))
    return datetime.combine(day, hour(8), UTC) + timedelta(seconds=time.monotonic() - _STARTED)


class Server(ThreadingMixIn, WSGIServer):
    """A thread a request."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """Writes no line a request."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # as its parent has it
        """Nothing."""


def main() -> None:
    """Serves until it is stopped."""
    file, port = Path(sys.argv[1]), int(sys.argv[2])
    clock.now = lambda: on_the_day(file)
    from jobpakke.web.wsgi import application

    make_server("127.0.0.1", port, application, server_class=Server, handler_class=Quiet).serve_forever()


if __name__ == "__main__":
    main()
