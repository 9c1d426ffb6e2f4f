"""Runs the whole suite on SQLite, then on a private PostgreSQL cluster what uses a database (tests/conftest.py)."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.machine import chromium  # noqa: E402  # the folder is found only after the line above
from tools.postgres import cluster, create_database  # noqa: E402

PARTS = {
    "everything but the browser": ["--ignore=tests/e2e", "--dist", "loadfile"],
    "the browser": ["tests/e2e", "--dist", "worksteal"],
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
    with tempfile.TemporaryDirectory(prefix="jobpakke-demo-") as folder:
        demo = demonstration(url, Path(folder))
        run_parts(database, {**os.environ, "JOBPAKKE_DATABASE_URL": url, "JOBPAKKE_TEST_DEMO": demo})


def demonstration(url: str, folder: Path) -> str:
    """The URL of a database with the demonstration, which each worker of the browser's tests copies."""
    if url:
        create_database(url, "demonstration")
        url = url.replace("/jobpakke?", "/demonstration?")
    else:
        url = f"sqlite:///{folder / 'demonstration.sqlite3'}"
    command = [sys.executable, "-m", "jobpakke.cli", "demo", "--no-serve"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "JOBPAKKE_DATABASE_URL": url})
    return url


def run_parts(database: str, env: dict[str, str]) -> None:
    """What needs no browser, then what does; stops at the first part that fails."""
    for part, chosen in PARTS.items():
        print(f"== {database}: {part}", flush=True)
        command = [sys.executable, "-m", "pytest", "-q", "-n", "2", *chosen]
        done = subprocess.run(command, cwd=ROOT, env=env, check=False)
        if done.returncode:
            sys.exit(done.returncode)


if __name__ == "__main__":
    main()
