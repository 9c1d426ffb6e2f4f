"""The console script starts without Django, and in production mode only with settings of its own."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from jobpakke import __version__
from jobpakke.commands import Stopped, how_old, require_free
from jobpakke.settings import DEMONSTRATION_SECRET
from tests.cli.shell import database, jobpakke, python, refusal

Env = Mapping[str, str | None]

PRODUCTION = {
    "JOBPAKKE_MODE": "production",
    "JOBPAKKE_ALLOWED_HOSTS": "jobpakke.example",
    "JOBPAKKE_SECRET_KEY": "s" * 50,
    "JOBPAKKE_CPR_KEY": "c" * 50,
}
SECRETS = ("JOBPAKKE_SECRET_KEY", "JOBPAKKE_CPR_KEY")
WITHOUT_DJANGO = """
import sys
from jobpakke.cli import main
try:
    main({arguments!r})
except SystemExit as stopped:
    assert not stopped.code, stopped.code
print(sorted(name for name in sys.modules if name.partition(".")[0] in {{"django", "ibis", "duckdb", "pyarrow"}}))
"""


@pytest.mark.parametrize(
    "arguments", [["--version"], ["--help"], ["followup", "--help"], ["evaluate", "status-at", "--help"]]
)
def test_what_needs_neither_django_nor_ibis_does_not_load_it(tmp_path: Path, arguments: list[str]) -> None:
    done = python(WITHOUT_DJANGO.format(arguments=arguments), folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    *shown, modules = done.stdout.splitlines()
    assert modules == "[]"
    assert shown


def test_the_version(tmp_path: Path) -> None:
    done = jobpakke("--version", folder=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"jobpakke {__version__}\n", "")


def test_production_starts_with_settings_of_its_own(tmp_path: Path) -> None:
    done = jobpakke("migrate", folder=tmp_path, env=PRODUCTION)
    assert (done.returncode, done.stderr) == (0, "")
    assert database(tmp_path).exists()


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize(
    "secret", [None, "", DEMONSTRATION_SECRET, "x" * 49], ids=["missing", "empty", "demonstration", "short"]
)
def test_production_refuses_a_secret_that_is_none(tmp_path: Path, name: str, secret: str | None) -> None:
    line = refusal(jobpakke("migrate", folder=tmp_path, env={**PRODUCTION, name: secret}))
    assert name in line
    assert not secret or secret not in line
    assert not database(tmp_path).exists()


def test_production_refuses_one_secret_for_both(tmp_path: Path) -> None:
    line = refusal(jobpakke("migrate", folder=tmp_path, env={**PRODUCTION, "JOBPAKKE_CPR_KEY": "s" * 50}))
    assert all(name in line for name in SECRETS)
    assert "ssss" not in line


@pytest.mark.parametrize("hosts", [None, "", " , "], ids=["missing", "empty", "blank"])
def test_production_refuses_to_start_without_allowed_hosts(tmp_path: Path, hosts: str | None) -> None:
    line = refusal(jobpakke("migrate", folder=tmp_path, env={**PRODUCTION, "JOBPAKKE_ALLOWED_HOSTS": hosts}))
    assert "JOBPAKKE_ALLOWED_HOSTS" in line


@pytest.mark.parametrize(
    "arguments",
    [
        ["serve"],
        ["demo", "--no-serve"],
        ["followup", "VIP2", "--on", "2009-09-01"],
        ["user", "add", "kim", "--name", "Kim", "--role", "dpo", "--municipality", "0751", "--password-stdin"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_every_command_refuses_production_without_secrets(tmp_path: Path, arguments: list[str]) -> None:
    env: Env = {**PRODUCTION, **dict.fromkeys(SECRETS)}
    assert SECRETS[0] in refusal(jobpakke(*arguments, folder=tmp_path, env=env))
    assert not database(tmp_path).exists()


def test_the_demonstration_is_not_for_production(tmp_path: Path) -> None:
    assert "JOBPAKKE_MODE" in refusal(jobpakke("demo", "--no-serve", folder=tmp_path, env=PRODUCTION))
    assert not database(tmp_path).exists()


@pytest.mark.parametrize("mode", ["prod", "Production", " production"])
def test_a_mistyped_mode_is_no_demonstration(tmp_path: Path, mode: str) -> None:
    line = refusal(jobpakke("migrate", folder=tmp_path, env={"JOBPAKKE_MODE": mode}))
    assert "JOBPAKKE_MODE" in line
    assert repr(mode) in line


def test_a_port_in_use_is_told_before_anything_is_loaded(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        line = refusal(jobpakke("demo", "--port", str(port), folder=tmp_path))
    assert f"127.0.0.1:{port}" in line
    assert "--port" in line
    assert not database(tmp_path).exists()


@pytest.mark.parametrize(
    ("host", "port", "said"), [("127.0.0.1", 70000, "70000"), ("no.such.host.invalid", 8000, "no.such.host.invalid")]
)
def test_a_port_or_host_that_cannot_be(host: str, port: int, said: str) -> None:
    with pytest.raises(Stopped, match=said):
        require_free(host, port)


def testhow_old_a_demonstration_is_and_how_to_begin_anew() -> None:
    day = date(2026, 11, 20)
    assert "begin anew" not in how_old(day, day)
    assert "2026-11-20" in how_old(day, day + timedelta(days=1))
    assert "delete that" in how_old(day, day + timedelta(days=1))
