"""The one place that reads the clock."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def now() -> datetime:
    """This moment in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The day it is in Denmark."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The day it was in Denmark at a moment."""
    return moment.astimezone(COPENHAGEN).date()
