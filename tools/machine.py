"""What the tests need of the machine: found there, installed where that may be done, otherwise named in one line."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path


def need(found: Callable[[], Path | None], *, package: str, what: str) -> Path:
    """The path, after installing the Debian package if it takes that. Exits with one line when it cannot."""
    path = found()
    if path is None and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Installing {package} ...", flush=True)
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for step in (["update"], ["install", "-y", "--no-install-recommends", package]):
            subprocess.run(["apt-get", "-qq", *step], check=True, stdout=subprocess.DEVNULL, env=env)
        path = found()
    if path is None:
        sys.exit(f"{what} not found. Install it: apt-get install {package}")
    return path


def chromium() -> Path:
    """The browser: JOBPAKKE_TEST_CHROMIUM, or chromium on the path."""

    def found() -> Path | None:
        named = os.environ.get("JOBPAKKE_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
        return Path(named) if named else None

    return need(found, package="chromium", what="Chromium")
