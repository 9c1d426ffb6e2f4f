"""A life as plain data: what happened to one invented citizen, before it becomes rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from jobpakke.citizens.models import LimitKind
from jobpakke.citizens.services.status import StatusFacts
from jobpakke.method.ladder import Ending
from jobpakke.method.progress import Answerer
from jobpakke.method.step_kinds import EvidenceKind, StepKind
from jobpakke.packages.models import CareTopic, EndReason, GoalForm, NoteKind, Outcome, Parties, Party


@dataclass(frozen=True, slots=True)
class SubGoalLife:
    """A sub-goal and when it was met, if it was."""

    title: str
    evidence_kind: EvidenceKind
    met_on: date | None = None


@dataclass(frozen=True, slots=True)
class StepLife:
    """A step as planned and as it went. ``needs``: indexes of earlier steps. ``at_work``: where the package works."""

    kind: StepKind
    title: str
    starts_on: date
    ends_on: date
    started_on: date | None = None
    ended_on: date | None = None
    ending: Ending | None = None
    end_reason: EndReason | None = None
    needs: tuple[int, ...] = ()
    sub_goals: tuple[SubGoalLife, ...] = ()
    at_work: bool = False
    waived_on: date | None = None


@dataclass(frozen=True, slots=True)
class CommitmentLife:
    """A promise and what became of it."""

    party: Party
    text: str
    made_on: date
    due_on: date
    kept_on: date | None = None
    broken_on: date | None = None


@dataclass(frozen=True, slots=True)
class PackageLife:
    """A package from draft to end. ``proposed``: the parties were asked on the day it was drafted. ``answered``: the
    citizen and the company said yes; with ``opened_on`` None nobody else has."""

    drafted_on: date
    goal_title: str
    form: GoalForm
    steps: tuple[StepLife, ...]
    opened_on: date | None = None
    ended_on: date | None = None
    outcome: Outcome | None = None
    commitments: tuple[CommitmentLife, ...] = ()
    aftercare_until: date | None = None
    aftercare_ended_on: date | None = None
    aftercare_weeks: int = 12
    proposed: bool = True
    answered: bool = True


@dataclass(frozen=True, slots=True)
class NoteLife:
    """A note of the journal. ``use``: who used the aftercare, for what. ``first_text``: what it said before it was
    corrected."""

    held_on: date
    kind: NoteKind
    parties: Parties
    text: str
    use: tuple[Party, CareTopic] | None = None
    internal: bool = False
    first_text: str = ""


@dataclass(frozen=True, slots=True)
class MeasureLife:
    """What a party answered of the questions that come with the program."""

    answered_on: date
    by: Answerer
    points: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Life:
    """One citizen with everything known of them."""

    given_name: str
    family_name: str
    cpr: str
    municipality: str
    caseworker: str
    known_from: date
    programme: str
    packages: tuple[PackageLife, ...] = ()
    spells: tuple[StatusFacts, ...] = ()
    notes: tuple[NoteLife, ...] = ()
    measures: tuple[MeasureLife, ...] = ()
    wish: str = ""
    limits: tuple[tuple[LimitKind, str], ...] = field(default=())
    target_group: tuple[str, str] = ("match_category", "4")
    address_protected: bool | None = False
