"""What a frozen follow-up holds, as bytes that are the same wherever and whenever they are made, and read again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from jobpakke.access.models import Municipality, User
from jobpakke.followup.groups import Grouping
from jobpakke.followup.models import FollowUp
from jobpakke.followup.standings import Standings
from jobpakke.followup.tables import (
    CITIZENS,
    COLUMNS,
    StatusRow,
    StatusTable,
    TargetRow,
    TargetTable,
    status_grouped,
    status_table,
    target_table,
)
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.method.comparison import Standing
from jobpakke.method.status import LabourMarketStatus

FORMAT = 2
"""Raised when the content is laid out otherwise; what was frozen before stays as it is and is still read: 1 has no
tables by group."""
Codes = Mapping[Grouping, Mapping[str, str]]
"""The code of each citizen's group, by ref, for each grouping but the municipality."""


CITIZENS_IN_ALL = "all"


class FrozenRefusal(StrEnum):
    """Why a frozen follow-up is not shown."""

    FOLLOW_UP_ALTERED = "FOLLOW_UP_ALTERED"


@dataclass(frozen=True, slots=True)
class Label:
    """What a frozen follow-up says of itself beside the tables: its programme's code, when, who, the note."""

    programme: str
    frozen_at: datetime
    frozen_by: User
    note: str


@dataclass(frozen=True, slots=True)
class Frozen:
    """The tables as they were, and where everybody counted. ``groups``: the status table by each other grouping, with
    what was hidden in it then, numbers below ``least``; none of what was frozen before these were kept."""

    status: StatusTable
    targets: TargetTable
    standings: Standings
    groups: Mapping[Grouping, StatusTable] = field(default_factory=dict)
    least: int | None = None


def content_of(
    label: Label, status: StatusTable, targets: TargetTable, groups: Iterable[StatusTable], facts: bytes, *, least: int
) -> bytes:
    """The bytes to keep and to give out: both tables, the status table by groups without what must not be shown of it
    (null), the label, and the hash of the facts."""
    return _canonical(
        {
            "format": FORMAT,
            "programme": label.programme,
            "cut_off_on": status.on.isoformat(),
            "frozen_at": label.frozen_at.isoformat(),
            "frozen_by": str(label.frozen_by.ref),
            "note": label.note,
            "statuses": [
                {**_place(row.municipality), "citizens": {key.value: row.counts[key] for key in COLUMNS}}
                for row in status.rows
            ],
            "targets": [
                {**_place(row.municipality), "target": row.target, "packages": row.packages} for row in targets.rows
            ],
            "groups": {table.by.value: [_group(row) for row in (*table.rows, table.total)] for table in groups},
            "small_counts": least - 1,
            "facts_sha256": digest(facts),
        }
    )


def facts_of(standings: Standings, groups: Codes) -> bytes:
    """The bytes to keep and never to give out: refs, cells and refs of facts, and the codes of groups."""
    every = {"citizens": _listed(standings.citizens), "packages": _listed(standings.packages)}
    return _canonical({**every, "groups": groups})


def digest(content: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def intact(follow_up: FollowUp) -> bytes:
    """The frozen bytes, after looking whether anything of the row was changed.

    Raises:
        Refused: FOLLOW_UP_ALTERED (sha256).
    """
    content = bytes(follow_up.content)
    altered = Refused(Refusal(FrozenRefusal.FOLLOW_UP_ALTERED, {"sha256": follow_up.sha256}))
    if digest(content) != follow_up.sha256:
        raise altered
    said = json.loads(content)
    columns = {
        "facts_sha256": digest(bytes(follow_up.facts)),
        "cut_off_on": follow_up.cut_off_on.isoformat(),
        "frozen_at": follow_up.frozen_at.isoformat(),
        "frozen_by": str(follow_up.frozen_by.ref),
        "programme": follow_up.programme.code,
        "note": follow_up.note,
    }
    if any(said[name] != value for name, value in columns.items()):
        raise altered
    return content


def read(follow_up: FollowUp) -> Frozen:
    """The tables and standings of a frozen follow-up.

    Raises:
        Refused: as intact.
    """
    said, facts = json.loads(intact(follow_up)), json.loads(bytes(follow_up.facts))
    on = follow_up.cut_off_on
    found = Standings(_standings(facts["citizens"]), _standings(facts["packages"]))
    kept = {Grouping(by): codes for by, codes in facts.get("groups", {}).items()}
    groups = {by: status_grouped(found, codes, on=on, by=by) for by, codes in kept.items()}
    return Frozen(
        status_table(on, _status_rows(said["statuses"])),
        target_table(on, _target_rows(said["targets"])),
        found,
        {by: _as_hidden(table, said["groups"][by]) for by, table in groups.items()},
        said["small_counts"] + 1 if groups else None,
    )


def _group(row: StatusRow) -> dict[str, object]:
    """The last of a table is its total."""
    shown = dict(zip((key.value for key in COLUMNS), row.shown, strict=True))
    return {"group": row.group, "citizens": shown, CITIZENS_IN_ALL: row.shown_citizens}


def _as_hidden(table: StatusTable, rows: Sequence[Mapping[str, Any]]) -> StatusTable:
    """With what was hidden then marked."""
    *parts, total = rows
    hidden = {said["group"]: frozenset(_hidden(said)) for said in parts}
    marked = tuple(replace(row, hidden=hidden[row.group]) for row in table.rows)
    return replace(table, rows=marked, total=replace(table.total, hidden=frozenset(_hidden(total))))


def _hidden(said: Mapping[str, Any]) -> Iterator[str]:
    yield from (LabourMarketStatus(key) for key, number in said["citizens"].items() if number is None)
    if said[CITIZENS_IN_ALL] is None:
        yield CITIZENS


def _status_rows(rows: Iterable[Mapping[str, Any]]) -> list[StatusRow]:
    return [
        StatusRow(_municipality(row), {LabourMarketStatus(key): count for key, count in row["citizens"].items()})
        for row in rows
    ]


def _target_rows(rows: Iterable[Mapping[str, Any]]) -> list[TargetRow]:
    return [TargetRow(_municipality(row), row["target"], row["packages"]) for row in rows]


def _standings(rows: Mapping[str, tuple[list[str], list[str]]]) -> dict[str, Standing]:
    return {ref: Standing(tuple(cell), frozenset(facts)) for ref, (cell, facts) in rows.items()}


def _listed(standings: Mapping[str, Standing]) -> dict[str, tuple[Iterable[str], list[str]]]:
    return {ref: (standing.cell, sorted(standing.facts)) for ref, standing in standings.items()}


def _place(municipality: Municipality | None) -> dict[str, str]:
    return {"code": municipality.code, "name": municipality.name} if municipality else {}


def _municipality(row: Mapping[str, str]) -> Municipality:
    """As it was called then; not a row of the database."""
    return Municipality(code=row["code"], name=row["name"])


def _canonical(value: object) -> bytes:
    """JSON in UTF-8 with sorted keys and no blanks: the same value is always the same bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
