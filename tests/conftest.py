"""What every test stands on: strict templates, checked responses, and the cast."""

from __future__ import annotations

import gc
import inspect
import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

os.environ.setdefault("JOBPAKKE_MODE", "demo")

from django.db import connection  # noqa: E402
from django.http import HttpResponse  # noqa: E402  # the mode comes first
from django.test import Client  # noqa: E402

from jobpakke.lib.refusal import Refusal  # noqa: E402
from tests.builders import Cast, build_cast  # noqa: E402
from tests.clocks import Clock  # noqa: E402
from tests.refusals import all_provoked  # noqa: E402
from tests.relaying import KNOWN  # noqa: E402

settings.register_profile(
    "suite",
    deadline=None,
    derandomize=True,
    max_examples=100,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.load_profile("suite")


def pytest_collection_finish() -> None:
    """What has been loaded stays: the collector need not look at it again and again, a tenth of the suite's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


LONGEST = (
    "tests/demo/",
    "tests/test_access_table.py",
    "tests/packages/test_life.py",
    "tests/web/test_queries.py",
    "tests/web/test_note.py",
    "tests/followup/test_courses.py",
    "tests/evaluation/test_engines.py",
    "tests/cli/",
    "tests/packages/test_own_limits.py",
    "tests/e2e/test_every_page.py::test_pages_of[bo]",
    "tests/e2e/test_rebuild_the_cases.py",
)
"""What takes half a minute and more begins first, so that no core waits for it at the end."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The longest first, then the files of most tests. On PostgreSQL, the second run, only what uses its database:
    the rest would be the same as on SQLite."""
    sizes = Counter(item.path for item in items)
    items.sort(key=lambda item: (place_of(item), -sizes[item.path]))
    if not os.environ.get("JOBPAKKE_DATABASE_URL", "").startswith("postgres"):
        return
    config.hook.pytest_deselected(items=[item for item in items if not uses_database(item)])
    items[:] = [item for item in items if uses_database(item)]


def place_of(item: pytest.Item) -> int:
    """When a test begins, by LONGEST."""
    return next((place for place, start in enumerate(LONGEST) if item.nodeid.startswith(start)), len(LONGEST))


def uses_database(item: pytest.Item) -> bool:
    """Whether a test uses the database of the run, by itself or through the browser.

    What is marked ``once`` would only be done again: pages looked at, queries counted, a path walked at another width.
    tests/test_access_table.py asks every page for its figures on both, and every act is tried on both.
    """
    wanted = {"db", "transactional_db", "django_db_setup", "site", "program", "visit"}
    if item.get_closest_marker("once"):
        return False
    return bool(item.get_closest_marker("django_db") or wanted & set(getattr(item, "fixturenames", ())))


class ByFile(LoadScopeScheduling):  # type: ignore[misc]  # xdist's own, untyped
    """Gives a file to one worker, and the tests of the demonstration together: loading it takes longer than they do."""

    def _split_scope(self, nodeid: str) -> str:
        return "tests/demo" if nodeid.startswith("tests/demo/") else nodeid.split("::", 1)[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile | None:
    """Takes the place of ``--dist loadfile``."""
    config.option.loadscopereorder = False  # the order of ``pytest_collection_modifyitems`` stays
    return ByFile(config, log) if config.getvalue("dist") == "loadfile" else None


class UnknownTemplateVariable(AssertionError):
    """A template asked for something its page does not give."""


class _Strict(str):
    """Stands for ``string_if_invalid``: whoever uses it has a mistake in a template."""

    __slots__ = ()

    def __mod__(self, name: object) -> str:
        raise UnknownTemplateVariable(str(name))

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __bool__(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _strict_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.template import engines

    monkeypatch.setattr(
        engines["django"].engine,  # type: ignore[attr-defined]  # Django's own engine
        "string_if_invalid",
        _Strict("%s"),
    )


@pytest.fixture(autouse=True)
def _no_memory_of_attempts() -> None:
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(autouse=True)
def _database_holds_nothing_yet(request: pytest.FixtureRequest) -> None:
    KNOWN.begin(inspect.signature(request.function).parameters)


@pytest.fixture(autouse=True)
def _fast_passwords(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def _files_found_when_asked_for(settings: Any) -> None:
    """Without it WhiteNoise lists every file anew for each client that a test makes; that was half of their time."""
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture
def own_folder(settings: Any, tmp_path: Path) -> None:
    """Commands that are run inside the tests' process write nothing into the user's folder and leave the log alone."""
    settings.DATA_DIR = tmp_path
    settings.LOGGING_CONFIG = None


@pytest.fixture
def _drawings_by_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each drawing is held against the schema of Vega-Lite, which the program leaves to the tests."""
    import altair
    import vl_convert

    plain = vl_convert.vegalite_to_svg

    def checked(chart: str) -> str:
        altair.Root.validate(json.loads(chart))
        return str(plain(chart))

    monkeypatch.setattr(vl_convert, "vegalite_to_svg", checked)


INLINE = re.compile(rb"<script(?![^>]*\bsrc=)|\sstyle=|<style|\son[a-z]+=", re.IGNORECASE)
POST_FORM = re.compile(rb"<form[^>]*method=\"post\".*?</form>", re.DOTALL | re.IGNORECASE)


@pytest.fixture(autouse=True)
def _checked_responses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every page of the test client: no inline script or style, a CSRF token in each form."""
    plain = Client.request

    def request(self: Client, **arguments: Any) -> HttpResponse:
        response: HttpResponse = plain(self, **arguments)  # type: ignore[assignment]  # the client's own wrapper
        is_file = "attachment" in response.headers.get("Content-Disposition", "")
        if response.headers.get("Content-Type", "").startswith("text/html") and not is_file:
            check_page(response.content)
        return response

    monkeypatch.setattr(Client, "request", request)


def check_page(content: bytes) -> None:
    """Raises AssertionError for what no page of ours may hold."""
    found = INLINE.search(content)
    assert found is None, f"inline script or style: {content[found.start() : found.start() + 80]!r}"
    for form in POST_FORM.findall(content):
        assert b"csrfmiddlewaretoken" in form, form[:120]
    assert len(content) <= 60_000, f"a page of {len(content)} bytes"


SAID_TO_PROVOKE = all_provoked()


@pytest.fixture(autouse=True)
def _what_a_test_is_said_to_provoke_it_provokes(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """What tests/refusals.py says of a test is refused while it runs; of one with parameters, where they say so."""
    file = Path(request.node.path).relative_to(Path(__file__).parent).as_posix()
    codes = SAID_TO_PROVOKE.get(file, {}).get(request.node.originalname, set())
    if not codes:
        yield
        return
    made: set[str] = set()
    plain = Refusal.__init__

    def noted(self: Refusal, code: str, *args: Any, **named: Any) -> None:
        made.add(str(code))
        plain(self, code, *args, **named)

    monkeypatch.setattr(Refusal, "__init__", noted)
    yield
    told = repr(request.node.callspec.params) if hasattr(request.node, "callspec") else ""
    asked = {code for code in codes if not told or code in told or code in _body(request.node.function)}
    assert asked <= made, f"not provoked: {sorted(asked - made)}"


def _body(function: Any) -> str:
    """The source of a test without its parameters."""
    return inspect.getsource(function).partition("\ndef ")[2]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Django asks SQLite once a process whether it knows JSON: before any test counts its queries."""
    with django_db_blocker.unblock():
        assert connection.features.supports_json_field


@pytest.fixture
def cast(db: None) -> Cast:
    """asta and her caseworker bo; erik beside, dorte elsewhere, and one of each other role."""
    return build_cast()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """What ``lib.clock.now`` reads."""
    found = Clock()

    class Set(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Any:
            return found.read()

    monkeypatch.setattr("jobpakke.lib.clock.datetime", Set)
    return found
