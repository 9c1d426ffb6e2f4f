"""A file as a table of DuckDB with the layout's types, and what stands in it that has none of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb

from jobpakke.evaluation.checks import MOST, ROW, Problem, RowFault
from jobpakke.evaluation.faults import TableFault, refused
from jobpakke.evaluation.headers import check_twice, header_of, kind_of
from jobpakke.evaluation.layouts import Column, Kind, Layout
from jobpakke.evaluation.spells import TYPES

_DATE = r"\d{4}-\d{2}-\d{2}"
_WHOLE = r"[+-]?\d+(\.0+)?"
_FAULTS = {Kind.DATE: RowFault.NOT_A_DATE, Kind.NUMBER: RowFault.NOT_A_NUMBER, Kind.WHOLE: RowFault.NOT_WHOLE}
_SQL = {"string": "VARCHAR", "date": "DATE", "float64": "DOUBLE", "int64": "BIGINT"}


@dataclass(frozen=True, slots=True)
class Raw:
    """``name`` is a table or view of DuckDB with `row_` and the file's columns: for each, its type. ``delimiter``: what
    stands between them; nothing in Parquet."""

    name: str
    file: str
    types: Mapping[str, str]
    delimiter: str = ""

    @property
    def is_csv(self) -> bool:
        """Whether everything in it is text."""
        return bool(self.delimiter)

    @property
    def comma(self) -> bool:
        """Whether its numbers may have a decimal comma."""
        return self.delimiter == ";"

    def column(self, name: str) -> str | None:
        """How the file writes a column's name; capitals make no difference."""
        return next((each for each in self.types if each.casefold() == name.casefold()), None)


def quoted(name: str) -> str:
    """A name in SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text in SQL."""
    return "'" + text.replace("'", "''") + "'"


def raw_of(con: duckdb.DuckDBPyConnection, file: str, name: str, *, needed: Sequence[str], keep: Sequence[str]) -> Raw:
    """The file as it is. ``keep``: the columns in use; all, when empty, and then it is read anew by each question.
    Refused: as ``headers`` says, UNREADABLE_FILE."""
    with readable(file):
        if kind_of(file) == "parquet":
            return _parquet(con, file, name)
        return _csv(con, file, name, tuple(needed), {each.casefold() for each in keep})


@contextmanager
def readable(file: str) -> Iterator[None]:
    """What DuckDB says of the file is a refusal. Refused: UNREADABLE_FILE."""
    try:
        yield
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error as error:
        reason = str(error).splitlines()[0][:200]
        raise refused(TableFault.UNREADABLE_FILE, file=file, reason=reason) from error


def _parquet(con: duckdb.DuckDBPyConnection, file: str, name: str) -> Raw:
    source = f"read_parquet({literal(file)}, file_row_number = true)"
    described = con.execute(f"DESCRIBE SELECT * EXCLUDE file_row_number FROM {source}").fetchall()
    types = {str(row[0]): str(row[1]) for row in described}
    check_twice(file, tuple(types))
    con.execute(f"CREATE VIEW {name} AS SELECT *, file_row_number + 2 AS {ROW} FROM {source}")
    return Raw(name, file, types)


def _csv(con: duckdb.DuckDBPyConnection, file: str, name: str, needed: tuple[str, ...], keep: set[str]) -> Raw:
    header = header_of(file, needed=needed)
    names = [each or f"column {place}" for place, each in enumerate(header.names, start=1)]
    columns = ", ".join(f"{literal(each)}: 'VARCHAR'" for each in names)
    kept = [each for each in names if not keep or each.casefold() in keep]
    con.execute(
        f"CREATE {'TABLE' if keep else 'VIEW'} {name} AS "
        f"SELECT {', '.join(['row_number() OVER () + 1 AS ' + ROW, *map(quoted, kept)])} "
        f"FROM read_csv({literal(file)}, delim = {literal(header.delimiter)}, columns = {{{columns}}}, header = true, "
        "auto_detect = false, quote = '\"', escape = '\"', null_padding = false, store_rejects = true, "
        f"rejects_table = '{name}_errors', rejects_scan = '{name}_scan', max_line_size = 4000000)"
    )
    return Raw(name, file, dict.fromkeys(names, "VARCHAR"), header.delimiter)


def rejected(con: duckdb.DuckDBPyConnection, raw: Raw) -> list[Problem]:
    """The lines that were no rows, once the file has been read."""
    known = "SELECT count(*) FROM duckdb_tables() WHERE table_name = ?"
    if not raw.is_csv or con.execute(known, [f"{raw.name}_errors"]).fetchall() == [(0,)]:
        return []
    lines = con.execute(
        f"SELECT line, max(error_type = 'INVALID ENCODING') FROM {raw.name}_errors GROUP BY line ORDER BY line"
    ).fetchall()
    return [Problem(int(line), "", RowFault.NOT_UTF8 if encoding else RowFault.BROKEN_LINE) for line, encoding in lines]


def check_columns(raw: Raw, layout: Layout) -> None:
    """Refused: MISSING_COLUMN, WRONG_TYPE."""
    has = ", ".join(raw.types)
    for column in layout.columns:
        written = raw.column(column.name)
        if written is None and not column.optional:
            raise refused(TableFault.MISSING_COLUMN, file=raw.file, missing=column.name, columns=has)
        if written is not None and not _fits(raw.types[written], column.kind):
            found = raw.types[written].lower()
            raise refused(
                TableFault.WRONG_TYPE, column=written, file=raw.file, found=found, needed=f"a {column.kind.value}"
            )


def _fits(kind: str, wanted: Kind) -> bool:
    if kind == "VARCHAR" or wanted is Kind.TEXT:
        return not kind.endswith("[]") and not kind.startswith(("STRUCT", "MAP", "BLOB"))
    if wanted is Kind.DATE:
        return kind == "DATE" or kind.startswith("TIMESTAMP")
    return kind in {"DOUBLE", "FLOAT"} or "INT" in kind or kind.startswith("DECIMAL")


def typed(raw: Raw, layout: Layout) -> str:
    """SQL: the row's number and the layout's columns, null where a text is empty or is not what it should be."""
    columns = [f"{ROW}::BIGINT AS {ROW}"]
    for column in layout.columns:
        written = raw.column(column.name)
        if written is None:
            columns.append(f"NULL::{_SQL[TYPES[column.kind]]} AS {quoted(column.name)}")
        else:
            columns.append(f"{_value(raw, written, column)} AS {quoted(column.name)}")
    return f"SELECT {', '.join(columns)} FROM {raw.name}"


def _text(raw: Raw, written: str) -> str:
    return f"nullif(trim({quoted(written)}::VARCHAR), '')"


def _value(raw: Raw, written: str, column: Column) -> str:
    text, kind = _text(raw, written), raw.types[written]
    if column.kind is Kind.TEXT:
        return text
    if kind != "VARCHAR":
        return f"{quoted(written)}::{_SQL[TYPES[column.kind]]}"
    if column.kind is Kind.DATE:
        return f"CASE WHEN regexp_full_match({text}, '{_DATE}') THEN TRY_CAST({text} AS DATE) END"
    if column.kind is Kind.WHOLE:
        return f"CASE WHEN regexp_full_match({text}, '{_WHOLE}') THEN TRY_CAST({text} AS BIGINT) END"
    number = f"TRY_CAST({f'''replace({text}, ',', '.')''' if raw.comma else text} AS DOUBLE)"
    return f"CASE WHEN isfinite({number}) THEN {number} END"


def read_from_text(raw: Raw, layout: Layout) -> set[str]:
    """The columns of dates and numbers that the file holds as texts."""
    found = {column.name: raw.column(column.name) for column in layout.columns if column.kind is not Kind.TEXT}
    return {name for name, written in found.items() if written is not None and raw.types[written] == "VARCHAR"}


def misread(con: duckdb.DuckDBPyConnection, raw: Raw, layout: Layout) -> tuple[list[Problem], int]:
    """Texts that are empty or are not what they should be: the first of them, and how many."""
    parts = [part for column in layout.columns for part in _misread(raw, column, read_from_text(raw, layout))]
    if not parts:
        return [], 0
    faults = f"({' UNION ALL '.join(parts)})"
    rows = con.execute(f"SELECT *, count(*) OVER () FROM {faults} ORDER BY 1, 2 LIMIT {MOST}").fetchall()
    found = [Problem(int(row), column, RowFault(fault), shape) for row, column, fault, shape, _ in rows]
    return found, int(rows[0][4]) if rows else 0


def _misread(raw: Raw, column: Column, texts: set[str]) -> Iterator[str]:
    written = raw.column(column.name)
    if written is None or column.kind is Kind.TEXT:
        return

    def part(fault: RowFault, wrong: str) -> str:
        shape = f"left(trim({quoted(written)}::VARCHAR), 20)"
        shape = f"regexp_replace(regexp_replace({shape}, '[0-9]', '9', 'g'), '\\p{{L}}', 'a', 'g')"
        return (
            f"SELECT {ROW}, {literal(column.name)} AS c, '{fault.value}' AS f, coalesce({shape}, '') AS s "
            f"FROM {raw.name} WHERE {wrong}"
        )

    if column.name in texts:
        text = _text(raw, written)
        yield part(_FAULTS[column.kind], f"{text} IS NOT NULL AND {_value(raw, written, column)} IS NULL")
        if not column.nullable:
            yield part(RowFault.EMPTY, f"{text} IS NULL")
    elif raw.types[written].startswith("TIMESTAMP"):
        yield part(RowFault.HAS_TIME, f"{quoted(written)} <> date_trunc('day', {quoted(written)})")
