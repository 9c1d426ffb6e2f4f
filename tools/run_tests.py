"""Runs the whole suite twice: on SQLite, then on a private PostgreSQL cluster. Nothing is skipped."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.machine import chromium  # noqa: E402  # the folder is found only after the line above
from tools.postgres import cluster  # noqa: E402

PARTS = {
    "everything but the browser": ["--ignore=tests/e2e", "--dist", "loadgroup"],
    "the browser": ["tests/e2e", "--dist", "load"],
}
"""The browser's tests run apart: Playwright's loop in a worker would stand in the way of Django's own."""


def main() -> None:
    """Runs both, stops at the first that fails."""
    os.environ["JOBPAKKE_TEST_CHROMIUM"] = str(chromium())
    run("SQLite", "")
    with cluster() as url:
        run("PostgreSQL", url)


def run(database: str, url: str) -> None:
    """The whole suite on one database."""
    env = {**os.environ, "JOBPAKKE_DATABASE_URL": url}
    for part, chosen in PARTS.items():
        print(f"== {database}: {part}", flush=True)
        command = [sys.executable, "-m", "pytest", "-q", "-n", "2", *chosen]
        done = subprocess.run(command, cwd=ROOT, env=env, check=False)
        if done.returncode:
            sys.exit(done.returncode)


if __name__ == "__main__":
    main()
