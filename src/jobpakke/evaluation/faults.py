"""Why a table cannot be used or a figure not be made: a code, and its sentence in English (the command line's)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from jobpakke.evaluation.faults_curves import CURVE_SENTENCES
from jobpakke.lib.refusal import Refusal, Refused


class TableFault(StrEnum):
    """Everything the evaluation refuses."""

    NO_SUCH_FILE = "NO_SUCH_FILE"
    NOT_A_FILE = "NOT_A_FILE"
    UNKNOWN_FILE_KIND = "UNKNOWN_FILE_KIND"
    EMPTY_FILE = "EMPTY_FILE"
    UNREADABLE_FILE = "UNREADABLE_FILE"
    WRONG_DELIMITER = "WRONG_DELIMITER"
    DUPLICATE_COLUMN = "DUPLICATE_COLUMN"
    MISSING_COLUMN = "MISSING_COLUMN"
    UNKNOWN_COLUMN = "UNKNOWN_COLUMN"
    RESERVED_COLUMN = "RESERVED_COLUMN"
    WRONG_TYPE = "WRONG_TYPE"
    BAD_ROWS = "BAD_ROWS"
    NO_WEEKS = "NO_WEEKS"
    WRONG_WEEKS = "WRONG_WEEKS"
    UNKNOWN_CODES = "UNKNOWN_CODES"
    WRONG_CODE_MAP = "WRONG_CODE_MAP"
    WRONG_DATE = "WRONG_DATE"
    WRONG_NUMBER = "WRONG_NUMBER"
    WRONG_CHOICE = "WRONG_CHOICE"
    NO_NAMES = "NO_NAMES"
    OUT_OF_RANGE = "OUT_OF_RANGE"
    NO_DATES = "NO_DATES"
    WOULD_OVERWRITE = "WOULD_OVERWRITE"
    NO_ENGINE = "NO_ENGINE"
    ENGINE_FAILED = "ENGINE_FAILED"
    NO_SUCH_TABLE = "NO_SUCH_TABLE"
    CANNOT_WRITE = "CANNOT_WRITE"
    NEEDS_OUT = "NEEDS_OUT"


SENTENCES: Mapping[str, str] = {
    **CURVE_SENTENCES,
    TableFault.NO_SUCH_FILE: "there is no file %(file)s",
    TableFault.NOT_A_FILE: "%(file)s is not a file",
    TableFault.UNKNOWN_FILE_KIND: "%(file)s is neither .csv, .csv.gz nor .parquet",
    TableFault.EMPTY_FILE: "%(file)s is empty; it needs a line of column names: %(columns)s",
    TableFault.UNREADABLE_FILE: "%(file)s cannot be read: %(reason)s",
    TableFault.WRONG_DELIMITER: (
        "%(file)s has a single column; separate columns by comma, semicolon, tab or |: %(columns)s"
    ),
    TableFault.DUPLICATE_COLUMN: "%(file)s names a column twice: %(columns)s",
    TableFault.MISSING_COLUMN: "%(file)s lacks the column %(missing)s; it has: %(columns)s",
    TableFault.UNKNOWN_COLUMN: "%(file)s has no column %(column)s; it has: %(columns)s",
    TableFault.RESERVED_COLUMN: "the figure needs the name %(column)s itself; call the column of groups otherwise",
    TableFault.WRONG_TYPE: "column %(column)s of %(file)s holds %(found)s; it must hold %(needed)s",
    TableFault.BAD_ROWS: "%(file)s: %(count)s; the first: row %(row)s, %(problem)s; %(listing)s",
    TableFault.NO_WEEKS: "%(file)s has no column of a week; they are called y_YYWW, for example y_0936",
    TableFault.WRONG_WEEKS: "%(file)s: %(column)s %(problem)s",
    TableFault.UNKNOWN_CODES: "%(file)s has codes that the code map does not name: %(codes)s",
    TableFault.WRONG_CODE_MAP: "the code map %(file)s cannot be used: %(reason)s",
    TableFault.WRONG_DATE: "%(option)s: %(value)r is not a date; write it as YYYY-MM-DD, for example 2009-09-01",
    TableFault.WRONG_NUMBER: "%(option)s: %(value)r is not %(needed)s",
    TableFault.WRONG_CHOICE: "%(option)s: %(value)r is not one of %(choices)s",
    TableFault.NO_NAMES: "%(option)s: name at least one; put a comma between several",
    TableFault.OUT_OF_RANGE: "%(option)s: %(value)s is outside %(allowed)s",
    TableFault.NO_DATES: "name at least one date",
    TableFault.WOULD_OVERWRITE: "%(option)s would overwrite %(file)s, read or written too; choose another name",
    TableFault.NO_ENGINE: "the engine %(engine)s cannot be used so: %(remedy)s",
    TableFault.ENGINE_FAILED: "%(engine)s stopped: %(reason)s",
    TableFault.NO_SUCH_TABLE: "the database has no table %(table)s, and there is no such file",
    TableFault.CANNOT_WRITE: "cannot write %(file)s: %(reason)s",
    TableFault.NEEDS_OUT: "parquet is not for a screen; say where to with --out FILE",
}


def refused(code: StrEnum, **arguments: object) -> Refused:
    """What to raise. ``arguments``: what the sentence of the code needs."""
    return Refused(Refusal(code, arguments))


def sentence(refusal: Refused) -> str:
    """Every reason, in one line."""
    return "; ".join(SENTENCES[str(each.code)] % dict(each.args) for each in refusal.refusals)
