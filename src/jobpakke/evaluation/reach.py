"""The days a figure can be asked about. Registers write 9999-12-31 for "for ever": no figure counts that far."""

from __future__ import annotations

from datetime import date

from jobpakke.evaluation.faults import TableFault, refused

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
FOR_EVER = date(9999, 12, 31)
"""What an open end is compared as."""


def check_days(option: str, *days: date) -> None:
    """Refused: OUT_OF_RANGE, with the first day that lies outside."""
    for day in days:
        if not EARLIEST <= day <= LATEST:
            raise refused(TableFault.OUT_OF_RANGE, option=option, value=day, allowed=f"{EARLIEST} to {LATEST}")
