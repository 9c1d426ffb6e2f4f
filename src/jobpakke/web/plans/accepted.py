"""Warnings that somebody accepted for steps of a plan: they stay on its page, whatever it breaks today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from jobpakke.method.rules import Breach
from jobpakke.packages.accepted import AcceptedFact, accepted_of
from jobpakke.packages.facts import Plan
from jobpakke.packages.models import PlanVersion
from jobpakke.web.labels import code_label
from jobpakke.web.staircase import step_names


@dataclass(frozen=True, slots=True)
class AcceptedLine:
    """A limit that was passed: at which step, why, who accepted it and when."""

    step: str
    limit: str
    reason: str
    by: str
    accepted_on: date


@dataclass(frozen=True, slots=True)
class Accepted:
    """The accepted warnings of a plan's steps, the oldest first."""

    facts: tuple[AcceptedFact, ...]
    names: Mapping[object, str]

    def of(self, breach: Breach) -> AcceptedLine | None:
        """How just this was accepted, the last time; None where nobody did."""
        place = self._newest(breach)
        return None if place is None else self._line(self.facts[place])

    def besides(self, breaches: Iterable[Breach]) -> tuple[AcceptedLine, ...]:
        """Those that none of the breaches shows."""
        shown = {self._newest(breach) for breach in breaches}
        return tuple(self._line(fact) for place, fact in enumerate(self.facts) if place not in shown)

    def _newest(self, breach: Breach) -> int | None:
        wanted = (breach.step, str(breach.refusal.code), breach.detail)
        places = (place for place, each in enumerate(self.facts) if (each.step, each.code, each.detail) == wanted)
        return max(places, default=None)

    def _line(self, fact: AcceptedFact) -> AcceptedLine:
        return AcceptedLine(self.names[fact.step], code_label(fact.code), fact.reason, fact.by, fact.accepted_on)


def accepted_in(plan: Plan, version: PlanVersion, *, on: date) -> Accepted:
    """Those of the plan's own steps that had been accepted by the date; the version was read with them."""
    names = step_names(plan)
    return Accepted(tuple(fact for fact in accepted_of(version, on=on) if fact.step in names), names)
