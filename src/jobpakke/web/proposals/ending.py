"""Where what was agreed to stop is ended."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse


def ending_url(package: UUID, step: UUID | None, day: date | None, reason: str) -> str:
    """The page on which the step (None: the package) ends, with the day and the reason filled in."""
    first = day.isoformat() if day else ""
    if step is None:
        return f"{reverse('conclude_package', args=[package])}?{urlencode({'dag': first})}"
    return f"{reverse('end_step', args=[step])}?{urlencode({'dag': first, 'grund': reason})}"
