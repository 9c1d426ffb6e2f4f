"""The rulebook: every limit as data with its days, source and whether it has been verified. No number stands in code.

Limits change (the act in force for VIP2, act 548/2019 from 2020, the reform of 2026, the main act of 2027), so each is
asked for a day. A municipality may have an entry of its own on some days, with a reason; it wins over the common one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from jobpakke.lib.periods import Period

_ALWAYS = date(1900, 1, 1)
_KEYS = {"limit", "group", "sector", "values", "unlimited", "from", "to", "source", "verified", "severity"}


class Limit(StrEnum):
    """Everything that is limited."""

    INTERNSHIP_LENGTH = "internship_length"
    WORK_TRIAL_LENGTH = "work_trial_length"
    WAGE_SUBSIDY_LENGTH = "wage_subsidy_length"
    ONE_RUN = "one_run"
    SUPPORT_RATIO = "support_ratio"
    WEEKLY_HOURS = "weekly_hours"
    TIMES_WRITTEN = "times_written"
    PLAN_STEPS = "plan_steps"
    SAME_PLACE_AGAIN = "same_place_again"
    START_IN_PAST = "start_in_past"
    CONTACT_PERSON = "contact_person"
    FAMILY_TIES = "family_ties"
    LEAST_AGE = "least_age"
    PENSION_AGE = "pension_age"
    CONTACT_EVERY = "contact_every"
    FIRST_CONTACT_AFTER_JOB = "first_contact_after_job"
    JOB_INTERVIEWS = "job_interviews"
    AFTERCARE_LENGTH = "aftercare_length"
    AFTERCARE_CHECK_EVERY = "aftercare_check_every"
    RELAPSE_SHOWN = "relapse_shown"
    DRAFT_KEPT = "draft_kept"
    PROGRESS_EVERY = "progress_every"
    CARD_LINK = "card_link"
    CARD_REMINDED = "card_reminded"
    RETENTION = "retention"
    SMALL_COUNTS = "small_counts"


RANGES: Mapping[str, tuple[int, int]] = {
    "weeks": (1, 520),
    "assessed_weeks": (1, 520),
    "more_weeks": (1, 520),
    "announced_weeks": (0, 52),
    "first_weeks": (0, 52),
    "months": (1, 1200),
    "years": (1, 100),
    "days": (0, 3650),
    "hours": (1, 168),
    "steps": (1, 16),
    "least": (0, 1000),
    "most": (0, 1000),
    "per": (1, 1000),
    "up_to": (0, 100_000),
    "per_above": (1, 1000),
}
"""What each number of a limit may be, with which every rule can be asked on every day."""


class Severity(StrEnum):
    """Whether a limit that is passed stops, or warns and can be accepted with a reason."""

    STOP = "stop"
    WARN = "warn"


class Verified(StrEnum):
    """Whether the value was held against its source; ``own`` is a choice of the method, with nothing to verify."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    OWN = "own"


class Group(StrEnum):
    """How far somebody is from the labour market, as the limits distinguish it."""

    CLOSE = "close"
    FAR = "far"


@dataclass(frozen=True, slots=True)
class Entry:
    """One limit on some days. ``group`` or ``sector`` None: whichever. ``reason``: why a municipality has its own.

    No ``values``: the rulebook knows no limit on those days, and ``source`` says why.
    """

    limit: Limit
    values: Mapping[str, int]
    valid: Period
    source: str
    verified: Verified
    severity: Severity
    group: Group | None = None
    sector: str | None = None
    reason: str = ""

    def __getitem__(self, name: str) -> int:
        """A value by its name. Raises KeyError."""
        return self.values[name]


class Rulebook:
    """Entries, and which of them holds.

    Raises:
        ValueError: two common entries of one limit, group and sector hold on the same day.
    """

    def __init__(self, entries: Iterable[Entry], own: Iterable[Entry] = ()) -> None:
        self.entries = tuple(entries)
        self.own = tuple(own)
        for number, entry in enumerate(self.entries):
            for other in self.entries[number + 1 :]:
                if _scope(entry) == _scope(other) and entry.valid.intersect(other.valid):
                    raise ValueError(f"{entry.limit} has two entries for {_scope(entry)[1:]} on the same day")

    def entry(self, limit: Limit, *, on: date, group: Group | None = None, sector: str | None = None) -> Entry | None:
        """What limits on the day for the group and sector: a municipality's own first, the most specific first."""
        found = self.told(limit, on=on, group=group, sector=sector)
        return found if found is not None and found.values else None

    def told(self, limit: Limit, *, on: date, group: Group | None = None, sector: str | None = None) -> Entry | None:
        """The same, also where the entry says that there is no limit on the day."""
        own = _fitting(self.own, limit, on, group, sector)
        common = _fitting(self.entries, limit, on, group, sector)
        return common if own is None else self._completed(own, common)

    def _completed(self, own: Entry, common: Entry | None) -> Entry:
        """A municipality's own entry; a number that every entry of the limit has and this one does not name is the
        common one, of that day or the last. A length that names no longer time after an assessment has none.
        """
        entries = [entry for entry in self.entries if entry.limit is own.limit and entry.values]
        held = common if common is not None and common.values else max(entries, key=_begins)
        needed = set(held.values).intersection(*(entry.values for entry in entries))
        return replace(own, values={**{name: held[name] for name in needed}, **own.values})

    def turns(self, limit: Limit) -> frozenset[date]:
        """The days from which another entry of the limit may hold."""
        valid = [entry.valid for entry in (*self.own, *self.entries) if entry.limit is limit]
        return frozenset(day for each in valid for day in (each.start, each.end) if day is not None)

    def value(self, limit: Limit, name: str, *, on: date) -> int:
        """A number of a limit that always holds. Raises KeyError when it does not hold."""
        entry = self.entry(limit, on=on)
        if entry is None:
            raise KeyError(f"{limit} does not hold on {on}")
        return entry[name]

    def with_own(self, own: Iterable[Entry]) -> Rulebook:
        """The same with a municipality's own entries."""
        return Rulebook(self.entries, own)


def _fitting(entries: Iterable[Entry], limit: Limit, on: date, group: Group | None, sector: str | None) -> Entry | None:
    """The most specific entry that holds."""
    found = (
        entry
        for entry in entries
        if entry.limit is limit
        and entry.valid.contains(on)
        and entry.group in (None, group)
        and entry.sector in (None, sector)
    )
    return max(found, key=_specific, default=None)


def rulebook() -> Rulebook:
    """The common rulebook, read once from the TOML files beside this module."""
    return _common()


@cache
def _common() -> Rulebook:
    folder = files("jobpakke.method").joinpath("rulebooks")
    found: list[Entry] = []
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        found += entries_of(file.read_text(encoding="utf-8"), file.name)
    return Rulebook(found)


def entries_of(text: str, name: str) -> Iterator[Entry]:
    """The entries of a TOML text. Raises ValueError with the name of the file and the number of the entry."""
    for number, row in enumerate(tomllib.loads(text)["entry"], start=1):
        try:
            yield _entry(row)
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{name}, entry {number}: {error}") from error


def _entry(row: Mapping[str, Any]) -> Entry:
    if unknown := set(row) - _KEYS:
        raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
    values = row.get("values", {})
    if not row["source"].strip() or bool(values) is bool(row.get("unlimited")):
        raise ValueError("a source and values are needed, or a source and that it is unlimited")
    if not all(isinstance(value, int) for value in values.values()):
        raise ValueError("values are whole numbers")
    if wrong := out_of_range(values):
        raise ValueError(f"out of range: {', '.join(wrong)}")
    return Entry(
        limit=Limit(row["limit"]),
        values=dict(values),
        valid=Period(row.get("from", _ALWAYS), row.get("to")),
        source=row["source"],
        verified=Verified(row["verified"]),
        severity=Severity(row["severity"]),
        group=Group(row["group"]) if "group" in row else None,
        sector=row.get("sector"),
    )


def out_of_range(values: Mapping[str, int]) -> tuple[str, ...]:
    """The names that no limit has, or whose number is none it may be (RANGES)."""
    least_and_most = {name: RANGES.get(name, (1, 0)) for name in values}
    return tuple(name for name, (least, most) in least_and_most.items() if not least <= values[name] <= most)


def _scope(entry: Entry) -> tuple[Limit, Group | None, str | None]:
    return entry.limit, entry.group, entry.sector


def _begins(entry: Entry) -> date:
    return entry.valid.start


def _specific(entry: Entry) -> int:
    return (entry.group is not None) + (entry.sector is not None)
