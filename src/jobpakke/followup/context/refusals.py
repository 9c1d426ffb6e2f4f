"""Why counts were not taken in: of the whole file, and of a row."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class CountsRefusal(StrEnum):
    """Why nothing of a file was taken in."""

    COUNTS_EMPTY = "COUNTS_EMPTY"
    COUNTS_TOO_LARGE = "COUNTS_TOO_LARGE"
    COUNTS_TOO_MANY = "COUNTS_TOO_MANY"
    COUNTS_NOT_TEXT = "COUNTS_NOT_TEXT"
    COUNTS_TORN = "COUNTS_TORN"
    COUNTS_LAYOUT_UNKNOWN = "COUNTS_LAYOUT_UNKNOWN"
    COUNTS_WITHOUT_AREA = "COUNTS_WITHOUT_AREA"
    COUNTS_COLUMNS_UNNAMED = "COUNTS_COLUMNS_UNNAMED"
    COUNTS_WITHOUT_BENEFIT = "COUNTS_WITHOUT_BENEFIT"
    COUNTS_BENEFIT_NAMED_TWICE = "COUNTS_BENEFIT_NAMED_TWICE"
    COUNTS_SPLIT = "COUNTS_SPLIT"
    COUNTS_ROWS_WRONG = "COUNTS_ROWS_WRONG"
    COUNTS_OF_OTHER_PLACES = "COUNTS_OF_OTHER_PLACES"
    COUNTS_ALL_MISSING = "COUNTS_ALL_MISSING"
    COUNTS_KNOWN_ALREADY = "COUNTS_KNOWN_ALREADY"
    COUNTS_CHANGED_MEANWHILE = "COUNTS_CHANGED_MEANWHILE"


class RowFault(StrEnum):
    """What is wrong with a row."""

    WRONG_WIDTH = "wrong_width"
    NO_AREA = "no_area"
    NO_BENEFIT = "no_benefit"
    BENEFIT_TOO_LONG = "benefit_too_long"
    NO_MONTH = "no_month"
    NO_COUNT = "no_count"
    TWICE = "twice"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault: the row as a spreadsheet numbers it, the column from 1, and what is wrong there."""

    row: int
    column: int
    fault: RowFault
