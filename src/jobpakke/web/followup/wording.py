"""Days, shares in whole percent, and parts as one says them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from django.utils.formats import date_format
from django.utils.translation import gettext as _


def day_text(day: date) -> str:
    """A day as one says it."""
    return date_format(day, "DATE_FORMAT")


def percent(share: Fraction) -> int:
    """A share as a whole percentage, half up."""
    return int(share * 100 + Fraction(1, 2))


def listed(parts: Sequence[str]) -> str:
    """Parts as one says them: one, one and another, one, another and a third."""
    if len(parts) < 2:
        return "".join(parts)
    return _("%(parts)s and %(last)s") % {"parts": ", ".join(parts[:-1]), "last": parts[-1]}
