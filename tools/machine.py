"""What the tests need of the machine: found there, installed where that may be done, otherwise named in one line."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path


def need(found: Callable[[], Path | None], *, package: str, what: str) -> Path:
    """The path, after installing the Debian package if it takes that. Exits with one line when it cannot."""
    path = found() or installed(found, package=package)
    if path is None:
        sys.exit(f"{what} not found. Install it: apt-get install {package}")
    return path


def installed(found: Callable[[], Path | None], *, package: str) -> Path | None:
    """The path after installing the Debian package; None where that may not be done, or fails."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    print(f"Installing {package} ...", flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update"], ["install", "-y", "--no-install-recommends", package]):
        if subprocess.run(["apt-get", "-qq", *step], check=False, stdout=subprocess.DEVNULL, env=env).returncode:
            return None
    return found()


def chromium() -> Path:
    """The browser: JOBPAKKE_TEST_CHROMIUM, or the one without windows, which takes two thirds of the time of the
    whole one; or that, where it is what can be had.
    """
    named = os.environ.get("JOBPAKKE_TEST_CHROMIUM")
    if named:
        return Path(named)
    shell = on_path("chromium-headless-shell")
    return (
        shell()
        or installed(shell, package="chromium-headless-shell")
        or need(on_path("chromium", "chromium-browser"), package="chromium", what="Chromium")
    )


def on_path(*names: str) -> Callable[[], Path | None]:
    """Finds the first program of these names on the path."""
    return lambda: next((Path(each) for each in map(shutil.which, names) if each), None)
