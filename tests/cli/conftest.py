"""The commands run inside the tests' own process write nothing into the user's folder and leave the log alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.shell import database, jobpakke


@pytest.fixture(autouse=True)
def _own_folder(own_folder: None) -> None:
    """For every command."""


@pytest.fixture(scope="session")
def _migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as ``jobpakke migrate`` lays it, which takes longer than all that a test then does with it."""
    folder = tmp_path_factory.mktemp("migrated")
    done = jobpakke("migrate", folder=folder)
    assert (done.returncode, done.stderr) == (0, "")
    return database(folder)


@pytest.fixture
def migrated(_migrated: Path, tmp_path: Path) -> Path:
    """A folder with a copy of it."""
    shutil.copy(_migrated, database(tmp_path))
    return tmp_path
