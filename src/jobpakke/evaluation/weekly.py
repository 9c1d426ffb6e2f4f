"""The weekly register: a row a person, a column a week (`y_YYWW`, ISO weeks), a code in each, as in DREAM.

A code map says which status a code is. Weeks in a row with the same status become one spell, from the Monday of the
first to the Monday after the last; a spell that lasts to the last week of the register ends with it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

import duckdb

from jobpakke.evaluation.checks import MOST, ROW, Problem, RowFault
from jobpakke.evaluation.faults import TableFault, refused
from jobpakke.evaluation.layouts import SPELLS, Layout
from jobpakke.evaluation.reading import Raw, literal, quoted, readable

WEEK = re.compile(r"y_(\d\d)(\d\d)", re.IGNORECASE)
_PIVOT = 70
"""Two digits below this are of the 21st century."""
OTHERWISE = "*"


def make(
    con: duckdb.DuckDBPyConnection, raw: Raw, layout: Layout, name: str, *, codes: str | None
) -> tuple[list[Problem], int]:
    """Makes the table of spells; gives persons that have two rows, and how many.

    Refused: MISSING_COLUMN, NO_WEEKS, WRONG_WEEKS, WRONG_CODE_MAP, UNKNOWN_CODES.
    """
    person = raw.column("person_id")
    has = ", ".join(each for each in raw.types if not WEEK.fullmatch(each))
    if person is None:
        raise refused(TableFault.MISSING_COLUMN, file=raw.file, missing="person_id", columns=has)
    groups = [column.name for column in layout.columns if column not in SPELLS.columns]
    for group in groups:
        if raw.column(group) is None:
            raise refused(TableFault.MISSING_COLUMN, file=raw.file, missing=group, columns=has)
    first, weeks = weeks_of(raw.file, raw.types)
    statuses = code_map(codes)
    with readable(raw.file):
        con.execute(_runs(raw, person, groups, weeks, name))
    _check_codes(con, raw, statuses, name)
    con.execute(f"CREATE TABLE {name}_codes (code VARCHAR, status VARCHAR)")
    con.executemany(f"INSERT INTO {name}_codes VALUES (?, ?)", list(statuses.items()))
    con.execute(f"CREATE TABLE {name} AS {_spells(groups, first, name, statuses.get(OTHERWISE))}")
    twice = con.execute(
        f"SELECT max({ROW}) FROM (SELECT DISTINCT {ROW}, person_id FROM {name}_runs WHERE person_id IS NOT NULL) "
        f"GROUP BY person_id HAVING count(*) > 1 ORDER BY 1"
    ).fetchall()
    con.execute(f"DROP TABLE {name}_runs")
    return [Problem(int(row), "person_id", RowFault.TWICE) for (row,) in twice[:MOST]], len(twice)


def weeks_of(file: str, names: Mapping[str, str]) -> tuple[date, list[str]]:
    """The Monday of the first week, and the columns in order of time. Refused: NO_WEEKS, WRONG_WEEKS."""
    mondays = {_monday(file, name): name for name in names if WEEK.fullmatch(name)}
    if not mondays:
        raise refused(TableFault.NO_WEEKS, file=file)
    for before, after in zip(sorted(mondays), sorted(mondays)[1:], strict=False):
        if after - before != timedelta(weeks=1):
            raise refused(TableFault.WRONG_WEEKS, file=file, column=mondays[after], problem="follows a missing week")
    return min(mondays), [mondays[day] for day in sorted(mondays)]


def _monday(file: str, name: str) -> date:
    found = WEEK.fullmatch(name)
    year, week = (int(found[1]), int(found[2])) if found else (0, 0)
    try:
        return date.fromisocalendar(year + (2000 if year < _PIVOT else 1900), week, 1)
    except ValueError as error:
        problem = "is no ISO week; some years have 52 and some 53"
        raise refused(TableFault.WRONG_WEEKS, file=file, column=name, problem=problem) from error


def code_map(file: str | None) -> dict[str, str]:
    """Code to status. The code "" is an empty week (no spell without it), "*" every other one. None: the one that
    comes along, a start that must be held against the register's own guide. Refused: WRONG_CODE_MAP."""
    shipped = files("jobpakke.evaluation") / "danish_benefits.csv"
    try:
        text = Path(file).read_text("utf-8-sig") if file else shipped.read_text("utf-8")
        rows = list(csv.DictReader(io.StringIO(text), delimiter=";" if ";" in text.partition("\n")[0] else ","))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise refused(TableFault.WRONG_CODE_MAP, file=file, reason=str(error)) from error
    found: dict[str, str] = {}
    for number, row in enumerate(rows, start=2):
        code, status = row.get("code"), (row.get("status") or "").strip()
        if code is None or not status:
            reason = f"row {number} lacks a code or a status; its columns are code,status"
            raise refused(TableFault.WRONG_CODE_MAP, file=file, reason=reason)
        if code.strip() in found:
            raise refused(TableFault.WRONG_CODE_MAP, file=file, reason=f"row {number} names {code.strip()!r} again")
        found[code.strip()] = status
    if not found:
        raise refused(TableFault.WRONG_CODE_MAP, file=file, reason="it is empty; its columns are code,status")
    return found


def _runs(raw: Raw, person: str, groups: list[str], weeks: list[str], name: str) -> str:
    """SQL: weeks in a row with the same code, found within each row, so that the register is read once, in a stream."""
    codes = ", ".join(f"coalesce(regexp_replace(trim({quoted(week)}::VARCHAR), '\\.0+$', ''), '')" for week in weeks)
    kept = "".join(
        f", nullif(trim({quoted(raw.column(group) or group)}::VARCHAR), '') AS {quoted(group)}" for group in groups
    )
    also = "".join(f", {quoted(group)}" for group in groups)
    return f"""CREATE TABLE {name}_runs AS
        SELECT {ROW}, person_id{also}, unnest(list_transform(starts, lambda i: codes[i])) AS code,
            unnest(starts) AS first, unnest(list_concat(starts[2:], [{len(weeks) + 1}])) AS past
        FROM (SELECT *, list_filter(range(1, {len(weeks) + 1}), lambda i: i = 1 OR codes[i] <> codes[i - 1]) AS starts
            FROM (SELECT {ROW}, nullif(trim({quoted(person)}::VARCHAR), '') AS person_id{kept}, [{codes}] AS codes
                FROM {raw.name}))"""


def _check_codes(con: duckdb.DuckDBPyConnection, raw: Raw, statuses: Mapping[str, str], name: str) -> None:
    if OTHERWISE in statuses:
        return
    found = [code for (code,) in con.execute(f"SELECT DISTINCT code FROM {name}_runs ORDER BY 1").fetchall()]
    unknown = [code for code in found if code and code not in statuses]
    if unknown:
        raise refused(TableFault.UNKNOWN_CODES, file=raw.file, codes=", ".join(code[:12] for code in unknown[:20]))


def _spells(groups: list[str], first: date, name: str, otherwise: str | None) -> str:
    """SQL: runs of codes as spells of statuses, neighbours of the same status joined."""
    also = "".join(f", {quoted(group)}" for group in groups)
    any_also = "".join(f", any_value({quoted(group)}) AS {quoted(group)}" for group in groups)
    other = f"CASE WHEN code <> '' THEN {literal(otherwise)} END" if otherwise else "NULL"
    monday = f"DATE '{first.isoformat()}'"
    return f"""SELECT {ROW}, any_value(person_id) AS person_id, any_value(status) AS status,
            ({monday} + (min(first) - 1)::INTEGER * 7)::DATE AS start,
            ({monday} + (max(past) - 1)::INTEGER * 7)::DATE AS "end"{any_also}
        FROM (SELECT *, sum(begins) OVER (PARTITION BY {ROW} ORDER BY first) AS island
            FROM (SELECT {ROW}, person_id{also}, first, past, status,
                    CASE WHEN status = lag(status) OVER w AND first = lag(past) OVER w THEN 0 ELSE 1 END AS begins
                FROM (SELECT r.*, coalesce(status, {other}) AS status
                    FROM {name}_runs r LEFT JOIN {name}_codes USING (code))
                WHERE status IS NOT NULL
                WINDOW w AS (PARTITION BY {ROW} ORDER BY first)))
        GROUP BY {ROW}, island"""
