"""The one place that reads the clock."""

from datetime import UTC, date, datetime, time, timedelta
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


def end_of(day: date) -> datetime:
    """The last moment of a day in Denmark, in UTC: *as known on* the day is as known then."""
    midnight = datetime.combine(day + timedelta(days=1), time(), tzinfo=COPENHAGEN)
    return midnight.astimezone(UTC) - timedelta(microseconds=1)
