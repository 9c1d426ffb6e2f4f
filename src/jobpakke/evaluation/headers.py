"""What can be told of a file from its outside: that it is one, what kind, which columns, what stands between them."""

from __future__ import annotations

import csv
import gzip
from contextlib import suppress
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import IO, cast

from jobpakke.evaluation.faults import TableFault, refused

DELIMITERS = ",;\t|"
_LONGEST = 4_000_000
KINDS = {".csv": "csv", ".csv.gz": "csv", ".parquet": "parquet"}


@dataclass(frozen=True, slots=True)
class Header:
    """A CSV file's first line. ``names`` are as written, without blanks around them."""

    names: tuple[str, ...]
    delimiter: str


def kind_of(file: str) -> str:
    """``csv`` or ``parquet``. Refused: NO_SUCH_FILE, NOT_A_FILE, UNKNOWN_FILE_KIND."""
    path = Path(file)
    if not path.exists():
        raise refused(TableFault.NO_SUCH_FILE, file=file)
    if not path.is_file():
        raise refused(TableFault.NOT_A_FILE, file=file)
    for ending, kind in KINDS.items():
        if path.name.lower().endswith(ending):
            return kind
    raise refused(TableFault.UNKNOWN_FILE_KIND, file=file)


def header_of(file: str, *, needed: tuple[str, ...]) -> Header:
    """The first line. Refused: EMPTY_FILE, UNREADABLE_FILE, WRONG_DELIMITER, DUPLICATE_COLUMN."""
    line = _first_line(file)
    if not line.strip():
        raise refused(TableFault.EMPTY_FILE, file=file, columns=", ".join(needed))
    best: tuple[str, ...] = ()
    chosen = DELIMITERS[0]
    for delimiter in DELIMITERS:
        names = tuple(name.strip() for name in next(csv.reader([line], delimiter=delimiter)))
        if len(names) > len(best):
            best, chosen = names, delimiter
    if len(best) == 1 and len(needed) > 1:
        raise refused(TableFault.WRONG_DELIMITER, file=file, columns=", ".join(needed))
    check_twice(file, best)
    return Header(best, chosen)


def check_twice(file: str, names: tuple[str, ...]) -> None:
    """Refused: DUPLICATE_COLUMN; capitals make no difference."""
    folded = [name.casefold() for name in names]
    twice = dict.fromkeys(name for name in names if folded.count(name.casefold()) > 1)
    if twice:
        raise refused(TableFault.DUPLICATE_COLUMN, file=file, columns=", ".join(repr(name) for name in twice))


def empty_rows(file: str, delimiter: str, *, until: int) -> list[int]:
    """The rows that are empty, which DuckDB passes over without counting them, as far as they stand before the row that
    is the ``until``-th without them."""
    found: list[int] = []
    with _opened(file) as opened, suppress(csv.Error):
        text = TextIOWrapper(opened, encoding="utf-8", errors="replace", newline="")
        for row, fields in enumerate(csv.reader(text, delimiter=delimiter), start=1):
            if row - len(found) > until:
                break
            if not fields:
                found.append(row)
    return found


def _opened(file: str) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(file)) if file.lower().endswith(".gz") else Path(file).open("rb")


def _first_line(file: str) -> str:
    try:
        with _opened(file) as opened:
            raw = opened.readline(_LONGEST)
    except (OSError, EOFError) as error:
        raise refused(TableFault.UNREADABLE_FILE, file=file, reason=str(error)) from error
    try:
        line = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        reason = "it is not UTF-8 text; save it as CSV UTF-8"
        raise refused(TableFault.UNREADABLE_FILE, file=file, reason=reason) from error
    if "\0" in line:
        raise refused(TableFault.UNREADABLE_FILE, file=file, reason="it is not text")
    return line.rstrip("\r\n")
