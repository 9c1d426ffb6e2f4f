"""The commands run inside the tests' own process write nothing into the user's folder and leave the log alone."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _own_folder(own_folder: None) -> None:
    """For every command."""
