"""Runs the whole suite twice: on SQLite, then on a private PostgreSQL cluster. Nothing is skipped."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.machine import chromium  # noqa: E402  # the folder is found only after the line above
from tools.postgres import cluster  # noqa: E402


def main() -> None:
    """Runs both, stops at the first that fails."""
    os.environ["JOBPAKKE_TEST_CHROMIUM"] = str(chromium())
    run("SQLite", "")
    with cluster() as url:
        run("PostgreSQL", url)


def run(name: str, url: str) -> None:
    """One run of pytest on one database."""
    print(f"== {name}", flush=True)
    env = {**os.environ, "JOBPAKKE_DATABASE_URL": url}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "2", *sys.argv[1:]], cwd=ROOT, env=env, check=False
    )
    if done.returncode:
        sys.exit(done.returncode)


if __name__ == "__main__":
    main()
