"""The demonstration, loaded once for all tests of this folder, which one worker runs, and taken back after them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from jobpakke.demo.load import load

TODAY = date(2026, 11, 2)


@pytest.fixture(scope="package")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[int]:
    """How many citizens were loaded; the database is as it was afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load(today=TODAY, progress=lambda _done, _total: None)
        transaction.set_rollback(True)
