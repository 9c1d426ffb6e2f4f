"""Days as people and programs write them."""

from datetime import date


def parse_day(text: str | None) -> date | None:
    """The day written YYYY-MM-DD, else None (the other forms of ISO 8601 are not taken)."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if day.isoformat() == text else None
