"""The commands run inside the tests' own process write nothing into the user's folder and leave the log alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.demo.conftest import demo

__all__ = ["demo"]


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    settings.LOGGING_CONFIG = None
