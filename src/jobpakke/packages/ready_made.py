"""Ready-made staircases: as data that come with the program, and as a municipality's own."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from jobpakke.lib.periods import Period
from jobpakke.method.evidence import NO_DEMAND, Demand, why_not_ask
from jobpakke.method.step_kinds import STEP_KINDS, EvidenceKind, StepKind


@dataclass(frozen=True, slots=True)
class ReadyGoal:
    """What must be reached in a step, what shows it, and how much of it."""

    title: str
    evidence: EvidenceKind
    demand: Demand = NO_DEMAND


@dataclass(frozen=True, slots=True)
class ReadyStep:
    """A step to be laid: how long, how many hours a week, after which steps (counted from 0), what must be reached."""

    kind: StepKind
    title: str
    weeks: int
    hours: float | None = None
    needs: tuple[int, ...] = ()
    sub_goals: tuple[ReadyGoal, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadyStaircase:
    """A whole staircase toward a goal. ``code`` names it among those one can choose from; the names of those that come
    with the program begin with their trade. ``counted_as``: the code of the trade, for those that come with it.
    """

    code: str
    name: str
    goal: str
    form: str
    steps: tuple[ReadyStep, ...]
    trade: str = ""
    counted_as: str = ""


def shipped() -> Mapping[str, ReadyStaircase]:
    """Those that come with the program, by code."""
    return _shipped()


@cache
def _shipped() -> Mapping[str, ReadyStaircase]:
    text = files("jobpakke.packages").joinpath("ready_made.toml").read_text(encoding="utf-8")
    return {each["code"]: _staircase(each) for each in tomllib.loads(text)["staircase"]}


def _staircase(data: Mapping[str, Any]) -> ReadyStaircase:
    steps = tuple(steps_of(data["step"]))
    trade = data["name"].partition(":")[0]
    return ReadyStaircase(
        data["code"], data["name"], data["goal"], data["form"], steps, trade, data.get("counted_as", "")
    )


def steps_of(rows: Iterable[Mapping[str, Any]]) -> Iterator[ReadyStep]:
    """Steps from the tables of a TOML file, or from the JSON that a municipality's own are kept in.

    Raises:
        ValueError: a step needs one that does not come before it; a kind, evidence or demand that does not fit.
    """
    for number, row in enumerate(rows):
        step = ReadyStep(
            kind=StepKind(row["kind"]),
            title=row["title"],
            weeks=row["weeks"],
            hours=row.get("hours"),
            needs=tuple(row.get("needs", ())),
            sub_goals=tuple(_goal(each) for each in row.get("sub_goals", ())),
        )
        if any(not 0 <= need < number for need in step.needs) or step.weeks < 1:
            raise ValueError(f"step {number} ({step.title}) needs a step that does not come before it, or has no weeks")
        if any(goal.evidence not in STEP_KINDS[step.kind].evidence_kinds for goal in step.sub_goals):
            raise ValueError(f"step {number} ({step.title}) asks for evidence that its kind does not take")
        if any(why_not_ask(goal.evidence, goal.demand) for goal in step.sub_goals):
            raise ValueError(f"step {number} ({step.title}) asks for a share or level that does not fit")
        yield step


def _goal(row: Sequence[Any] | Mapping[str, Any]) -> ReadyGoal:
    """From a pair (title, kind of evidence), or a table that also says how much: share, level, which."""
    if isinstance(row, Mapping):
        return ReadyGoal(row["title"], EvidenceKind(row["evidence"]), Demand(**row.get("demand", {})))
    title, kind = row
    return ReadyGoal(title, EvidenceKind(kind))


def stored(steps: Iterable[ReadyStep]) -> list[dict[str, Any]]:
    """The same as JSON."""
    return [asdict(step) for step in steps]


def days_of(steps: Iterable[ReadyStep], *, starts_on: date) -> list[Period]:
    """The days of each step when the first begins on a date: a step begins when the last it needs has ended."""
    found: list[Period] = []
    for step in steps:
        begin = max((found[need].end or starts_on for need in step.needs), default=starts_on)
        found.append(Period(begin, begin + timedelta(weeks=step.weeks)))
    return found
