"""The installed ``jobpakke`` as a process of its own, with a folder and an SQLite file of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from subprocess import CompletedProcess
from urllib.parse import quote

SCRIPT = Path(sys.executable).parent / "jobpakke"
SECONDS = 60
"""Long enough for every command here; one that serves instead of refusing is ended by it."""


def database(folder: Path) -> Path:
    """Where ``jobpakke`` keeps its data."""
    return folder / "own.sqlite3"


def jobpakke(
    *arguments: str, folder: Path, stdin: str = "", env: Mapping[str, str | None] | None = None
) -> CompletedProcess[str]:
    """Runs the console script. ``env`` adds settings; None takes one away."""
    return run([str(SCRIPT), *arguments], folder=folder, stdin=stdin, env=env)


def python(code: str, *, folder: Path) -> CompletedProcess[str]:
    """Runs a few lines of Python."""
    return run([sys.executable, "-c", code], folder=folder)


def run(
    command: list[str], *, folder: Path, stdin: str = "", env: Mapping[str, str | None] | None = None
) -> CompletedProcess[str]:
    """Runs a command with none of the settings of whoever runs the tests; every warning is an error."""
    plain = {name: text for name, text in os.environ.items() if not name.startswith(("JOBPAKKE_", "DJANGO_"))}
    wanted: dict[str, str | None] = {
        **plain,
        "PYTHONUTF8": "1",
        "PYTHONWARNINGS": "error",
        "JOBPAKKE_DATA_DIR": str(folder),
        "JOBPAKKE_DATABASE_URL": f"sqlite:///{quote(str(database(folder)))}",
        **(env or {}),
    }
    return subprocess.run(
        command,
        input=stdin,
        env={name: text for name, text in wanted.items() if text is not None},
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )


def refusal(done: CompletedProcess[str]) -> str:
    """The one line in which a process said why it did nothing."""
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    return one_line(done.stderr)


def one_line(stderr: str) -> str:
    """The one line on standard error; no traceback, no warning beside it."""
    lines = stderr.splitlines()
    assert len(lines) == 1, stderr
    assert lines[0].startswith("jobpakke: ")
    assert stderr.endswith("\n")
    return lines[0]
