"""One demonstration a worker, served as ``jobpakke serve`` does, and a browser that looks at it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen
from uuid import uuid4

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from jobpakke.demo.ground import PASSWORD
from jobpakke.lib.clock import today
from tools.machine import chromium
from tools.postgres import create_database

DESKTOP, PHONE = 1280, 375
ON_DESK_AND_PHONE = [(DESKTOP, True), pytest.param(PHONE, False, marks=pytest.mark.once)]
"""Width and whether there is JavaScript: the phone does without, so that each page works without it."""
DEMONSTRATION = os.environ.get("JOBPAKKE_TEST_DEMO", "")
"""A database with the demonstration, where the run has made one to copy (tools/run_tests.py)."""
PROGRAM = [sys.executable, "-m", "jobpakke.cli"]


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., str]]:
    """Runs ``jobpakke`` on a database of its own, made on the server that the run tests."""
    with own_database(tmp_path_factory.mktemp("e2e")) as url:
        yield program_on(url)


def program_on(url: str) -> Callable[..., str]:
    """Runs ``jobpakke`` on a database, in which there is the demonstration."""
    env = {**os.environ, "JOBPAKKE_DATABASE_URL": url}
    env.pop("DJANGO_SETTINGS_MODULE", None)

    def run(*arguments: str) -> str:
        return subprocess.run([*PROGRAM, *arguments], env=env, check=True, capture_output=True, text=True).stdout

    run.env = env  # type: ignore[attr-defined]  # the server needs the same
    if not DEMONSTRATION:
        run("demo", "--no-serve")
    return run


class own_database:  # noqa: N801  # reads as the act it is
    """An SQLite file, or a database on the PostgreSQL server of the run, gone afterwards; with the demonstration in it
    where there is one to copy."""

    def __init__(self, folder: Path) -> None:
        self.server = os.environ.get("JOBPAKKE_DATABASE_URL", "")
        self.name = f"e2e_{uuid4().hex}"
        self.file = folder / "e2e.sqlite3"

    def __enter__(self) -> str:
        if not self.server.startswith("postgres"):
            if DEMONSTRATION:
                shutil.copy(DEMONSTRATION.removeprefix("sqlite:///"), self.file)
            return f"sqlite:///{self.file}"
        create_database(self.server, self.name, template="demonstration" if DEMONSTRATION else "template1")
        return self.server.replace("/jobpakke?", f"/{self.name}?")

    def __exit__(self, *_error: object) -> None:
        if self.server.startswith("postgres"):
            self._execute(f'DROP DATABASE "{self.name}" WITH (FORCE)')

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self.server.replace("postgres://", "postgresql://"), autocommit=True) as connection:
            connection.execute(statement)


@pytest.fixture(scope="session")
def site(program: Callable[..., str]) -> Iterator[str]:
    """The address of the demonstration that the worker's tests work in."""
    with serve(program) as address:
        yield address


@pytest.fixture(scope="session")
def untouched_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demonstration in which nobody works: which pages there are does not depend on other tests."""
    with own_database(tmp_path_factory.mktemp("untouched")) as url, serve(program_on(url)) as address:
        yield address


def serve(program: Callable[..., str]) -> AbstractContextManager[str]:
    """``jobpakke serve`` on a program's database; gives its address."""
    env: dict[str, str] = program.env  # type: ignore[attr-defined]
    return served(lambda port: [*PROGRAM, "serve", "--port", str(port)], env)


@contextmanager
def served(command: Callable[[int], list[str]], env: dict[str, str]) -> Iterator[str]:
    """Runs a server on a free port until one is done; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(command(port), env=env)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/konto/log-ind/", server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


@dataclass
class Calendar:
    """The day of a server of its own (tests/e2e/dated.py) on a copy of the demonstration; passes when one says so."""

    address: str
    file: Path
    day: date

    def turn(self, day: date) -> None:
        """It is that day now."""
        assert day >= self.day
        self.day = day
        self.file.write_text(day.isoformat(), encoding="utf-8")

    def pass_by(self, *, days: int = 0, weeks: int = 0) -> date:
        """So much later; gives the day."""
        self.turn(self.day + timedelta(days=days, weeks=weeks))
        return self.day


@pytest.fixture(scope="session")
def calendar(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Calendar]:
    """Of a demonstration of its own."""
    folder = tmp_path_factory.mktemp("calendar")
    file = folder / "day"
    file.write_text(today().isoformat(), encoding="utf-8")
    with own_database(folder) as url:
        env: dict[str, str] = program_on(url).env  # type: ignore[attr-defined]
        with served(lambda port: [sys.executable, "-m", "tests.e2e.dated", str(file), str(port)], env) as address:
            yield Calendar(address, file, today())


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        assert server.poll() is None, "the server stopped"
        try:
            with urlopen(address, timeout=5):  # noqa: S310  # our own server
                return
        except (URLError, TimeoutError):
            time.sleep(0.1)
    raise AssertionError("the server did not answer")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(chromium()),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


def sign_in(page: Page, name: str) -> None:
    page.goto("/konto/log-ind/")
    page.get_by_label("Brugernavn").fill(name)
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.get_by_role("button", name="Log ind").click()


@pytest.fixture
def visit(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """Signs somebody in and gives their first page, at a width; relative addresses go to the demonstration, or to the
    address that is said."""
    with visits(browser, lambda: str(request.getfixturevalue("site"))) as enter:
        yield enter


@pytest.fixture
def look(browser: Browser, untouched_site: str) -> Iterator[Callable[..., Page]]:
    """As ``visit``, for whoever looks and changes nothing."""
    with visits(browser, lambda: untouched_site) as enter:
        yield enter


@contextmanager
def visits(browser: Browser, site: Callable[[], str]) -> Iterator[Callable[..., Page]]:
    contexts: list[BrowserContext] = []

    def enter(name: str | None, width: int = DESKTOP, *, script: bool = True, at: str = "") -> Page:
        window: ViewportSize = {"width": width, "height": 900}
        address = at or site()
        context = browser.new_context(base_url=address, viewport=window, locale="da-DK", java_script_enabled=script)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        if name:
            sign_in(page, name)
        return page

    yield enter
    for context in contexts:
        context.close()
