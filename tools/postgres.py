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

import psycopg
from psycopg import sql

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
    before = ["setpriv", f"--reuid={owner}", f"--regid={_group(owner)}", "--clear-groups"] if owner else []
    env = {**os.environ, "HOME": str(folder)}

    def run(program: str, *arguments: str | Path) -> None:
        command = [*before, programs / program, *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder, env=env)

    run("initdb", "-D", data, "-U", "jobpakke", "-A", "trust", "-E", "UTF8", "--no-sync")
    control = ("-D", data, "-s", "-w")
    run("pg_ctl", *control, "-l", folder / "log", "-o", f"{_FAST} -k {folder}", "start")
    try:
        run("createdb", "-h", folder, "-U", "jobpakke", "jobpakke")
        yield f"postgres://jobpakke@/jobpakke?host={folder}"
    finally:
        run("pg_ctl", *control, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def create_database(url: str, name: str, *, template: str = "template1") -> None:
    """Creates a database on the server of the URL, as a copy of another."""
    with psycopg.connect(url.replace("postgres://", "postgresql://"), autocommit=True) as connection:
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))


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
