"""A private PostgreSQL cluster for the tests: in a temporary folder, on a Unix socket, gone afterwards.

PostgreSQL refuses to run as root; started by root it runs as another user of the machine.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.machine import need

_FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=40 -c listen_addresses=''"


@contextmanager
def cluster() -> Iterator[str]:
    """Runs a cluster and gives the URL of an empty database in it."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="jobpakke-pg-"))
    folder.chmod(0o755)
    owner = _owner()
    if owner:
        shutil.chown(folder, owner)
    data = folder / "data"
    run = ["setpriv", f"--reuid={owner}", f"--regid={_group(owner)}", "--clear-groups"] if owner else []
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "cwd": folder}
    env = {**os.environ, "HOME": str(folder)}
    subprocess.run(
        [*run, programs / "initdb", "-D", data, "-U", "jobpakke", "-A", "trust", "-E", "UTF8", "--no-sync"],
        env=env,
        **quiet,
    )
    control = [*run, programs / "pg_ctl", "-D", data, "-s", "-w"]
    log = ["-l", folder / "log"]
    subprocess.run([*control, *log, "-o", f"{_FAST} -k {folder}", "start"], env=env, **quiet)
    try:
        subprocess.run([*run, programs / "createdb", "-h", folder, "-U", "jobpakke", "jobpakke"], env=env, **quiet)
        yield f"postgres://jobpakke@/jobpakke?host={folder}"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], env=env, **quiet)
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    def found() -> Path | None:
        for initdb in sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True):
            return initdb.parent
        on_path = shutil.which("initdb")
        return Path(on_path).parent if on_path else None

    return need(found, package="postgresql", what="PostgreSQL's programs (initdb, pg_ctl)")


def _owner() -> str | None:
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _group(owner: str) -> int:
    return pwd.getpwnam(owner).pw_gid
