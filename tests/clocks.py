"""A clock that the tests set, so that what is recorded has a history."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta


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
