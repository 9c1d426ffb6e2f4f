"""A clock that the tests set, so that what is recorded has a history."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

import pytest

from jobpakke.packages.models import Programme
from jobpakke.packages.services import open_programme
from tests.builders import SINCE, Cast


class Clock:
    """Stands at noon of a day, and goes a second each time it is read."""

    def __init__(self) -> None:
        self.moment = datetime(2025, 12, 1, 12, tzinfo=UTC)

    def at(self, day: date) -> None:
        """Never back."""
        self.moment = max(self.moment, datetime(day.year, day.month, day.day, 12, tzinfo=UTC))

    def read(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


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


@pytest.fixture
def programme(clock: Clock, cast: Cast) -> Programme:
    """Of both municipalities; whatever is built before the test was recorded in December 2025."""
    targets = [(cast.here, 3), (cast.there, None)]
    return open_programme(actor=None, code="P", name="P", starts_on=SINCE, ends_on=None, targets=targets, on=SINCE)
