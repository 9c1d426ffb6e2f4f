"""A plan that is held against the rulebook, and what is found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from jobpakke.lib.periods import Period
from jobpakke.lib.refs import Ref
from jobpakke.method.rulebook import Limit, Rulebook, rulebook
from jobpakke.method.ruled import PersonFact, PlannedFact, RuledPlan, WorkplaceFact
from jobpakke.method.rules import (
    Breach,
    breaches,
)
from jobpakke.method.step_kinds import StepKind

DAY = date(2026, 3, 2)
RULES = rulebook()
at = partial(WorkplaceFact, close_family=False)
"""A workplace where it has been declared that nobody is family."""
PLACE = UUID(int=99)
HERE: Mapping[Ref, WorkplaceFact] = {PLACE: at("private", 60)}
PERSON = PersonFact(born_on=date(1980, 5, 17))
STEP = PlannedFact(UUID(int=1), StepKind.INTERNSHIP, Period(DAY, DAY + timedelta(weeks=4)), workplace=PLACE)
ONE = timedelta(days=1)


def found(
    *steps: PlannedFact,
    person: PersonFact = PERSON,
    places: Mapping[Ref, WorkplaceFact] = HERE,
    on: date | None = None,
    rules: Rulebook = RULES,
) -> list[Breach]:
    asked = on or min(step.days.start for step in steps)
    return list(breaches(rules, RuledPlan(person, steps, places), on=asked))


def codes(all_found: list[Breach]) -> list[str]:
    return [str(breach.refusal.code) for breach in all_found]


def own(limit: Limit, **values: int) -> Rulebook:
    """A municipality's own numbers instead of every common entry of a limit."""
    return RULES.with_own([replace(entry, values=values) for entry in RULES.entries if entry.limit is limit])


def lasting(start: date, days: int, kind: StepKind = StepKind.INTERNSHIP) -> PlannedFact:
    return replace(STEP, kind=kind, planned=Period(start, start + timedelta(days=days)))
