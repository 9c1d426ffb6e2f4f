"""Events about packages, plans, steps and what carries them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from jobpakke.history.kinds.base import EventKind


@dataclass(frozen=True, slots=True)
class PackageDrafted(EventKind):
    """A package was drafted."""

    form: str


@dataclass(frozen=True, slots=True)
class StepAdded(EventKind):
    """A step was added to a plan, planned in [starts_on, ends_on)."""

    step_kind: str
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class SubGoalAdded(EventKind):
    """A sub-goal was added to a step."""

    step: UUID


@dataclass(frozen=True, slots=True)
class SubGoalRemoved(EventKind):
    """A sub-goal was taken out of a plan."""

    step: UUID


@dataclass(frozen=True, slots=True)
class GoalChanged(EventKind):
    """The goal was worded anew in a plan version."""

    form: str
    version: int


@dataclass(frozen=True, slots=True)
class StepChanged(EventKind):
    """A step was worded anew in a draft, planned in [starts_on, ends_on) now."""

    step_kind: str
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class StepExtended(EventKind):
    """A step was planned to end later than before ``was_until``."""

    ends_on: date
    was_until: date | None = None


@dataclass(frozen=True, slots=True)
class StepShortened(EventKind):
    """A step was planned to end earlier than before ``was_until``."""

    ends_on: date
    was_until: date | None = None


@dataclass(frozen=True, slots=True)
class StepMoved(EventKind):
    """A step got other days."""

    starts_on: date
    ends_on: date
    was_from: date | None = None
    was_until: date | None = None


@dataclass(frozen=True, slots=True)
class StepRemoved(EventKind):
    """A step was taken out of a plan."""

    step_kind: str


@dataclass(frozen=True, slots=True)
class PlanReopened(EventKind):
    """A new version of the plan was begun."""

    version: int


@dataclass(frozen=True, slots=True)
class DraftDiscarded(EventKind):
    """A draft was thrown away."""

    version: int


@dataclass(frozen=True, slots=True)
class DraftForgotten(EventKind):
    """A draft that nobody had touched for as long as the rulebook keeps one was removed by the system."""

    version: int


@dataclass(frozen=True, slots=True)
class StaircaseLaid(EventKind):
    """A ready-made staircase was laid in a draft."""

    version: int


@dataclass(frozen=True, slots=True)
class StaircaseKept(EventKind):
    """A plan's steps were kept as a ready-made staircase."""


@dataclass(frozen=True, slots=True)
class StaircaseCopied(EventKind):
    """A ready-made staircase was copied to a municipality's own."""


@dataclass(frozen=True, slots=True)
class StaircaseChanged(EventKind):
    """A municipality's own staircase was changed."""


@dataclass(frozen=True, slots=True)
class StaircaseRetired(EventKind):
    """A ready-made staircase was put away."""


@dataclass(frozen=True, slots=True)
class PlanProposed(EventKind):
    """A plan version was proposed to the parties; ``late``: why it was registered after the day."""

    version: int
    late: str | None = None


@dataclass(frozen=True, slots=True)
class PaperTold(EventKind):
    """It was told on which day a draft lay on paper, and why it stands here so late; None: on no other day."""

    version: int
    paper_on: date | None
    late: str | None


@dataclass(frozen=True, slots=True)
class PlanWithdrawn(EventKind):
    """A proposal was taken back to be changed."""

    version: int


@dataclass(frozen=True, slots=True)
class PlanApproved(EventKind):
    """A party said yes to one plan version; ``company``: which one, of a company that is named."""

    party: str
    version: int
    on_behalf: str | None
    company: UUID | None = None


@dataclass(frozen=True, slots=True)
class PlanApprovalUndone(EventKind):
    """A party had not said yes to a plan version, as was recorded; ``company``: which one, of one that is named."""

    party: str
    version: int
    was_on: date
    because: str
    company: UUID | None = None


@dataclass(frozen=True, slots=True)
class PlanAgreed(EventKind):
    """All whom it concerns have said yes: the plan takes effect."""

    version: int


@dataclass(frozen=True, slots=True)
class StepStarted(EventKind):
    """A step started; ``late``: why it was registered after the day."""

    step_kind: str
    late: str | None = None


@dataclass(frozen=True, slots=True)
class StepFulfilled(EventKind):
    """A step was fulfilled; ``late``: why it was registered after the day."""

    step_kind: str
    late: str | None = None


@dataclass(frozen=True, slots=True)
class StepEnded(EventKind):
    """A step ended without being fulfilled; ``late``: why it was registered after the day."""

    step_kind: str
    reason: str
    late: str | None = None


@dataclass(frozen=True, slots=True)
class StepStartCorrected(EventKind):
    """A step began on another day than was recorded: on the day of the event instead of ``was_on``."""

    step_kind: str
    was_on: date | None
    because: str


@dataclass(frozen=True, slots=True)
class StepEndCorrected(EventKind):
    """A step was over as of another day than was recorded: that of the event instead of ``was_on``."""

    step_kind: str
    was_on: date | None
    ending: str
    because: str


@dataclass(frozen=True, slots=True)
class StepStartUndone(EventKind):
    """A step that was recorded as begun had not."""

    step_kind: str
    was_on: date | None
    because: str


@dataclass(frozen=True, slots=True)
class StepEndUndone(EventKind):
    """A step that was recorded as fulfilled, or ended, was still under way."""

    step_kind: str
    was_on: date | None
    ending: str
    because: str


@dataclass(frozen=True, slots=True)
class EvidenceRecorded(EventKind):
    """Evidence was recorded for a sub-goal."""

    step: UUID
    evidence_kind: str
    meets: bool
    late: str | None = None


@dataclass(frozen=True, slots=True)
class GateWaived(EventKind):
    """A gate was passed without evidence, by somebody in a role."""

    given_as: str


@dataclass(frozen=True, slots=True)
class GateWaiverUndone(EventKind):
    """A dispensation was recorded by mistake: the gate is not passed."""

    was_on: date
    because: str


@dataclass(frozen=True, slots=True)
class PackageEnded(EventKind):
    """A package ended with an outcome."""

    outcome: str


@dataclass(frozen=True, slots=True)
class PackageEndUndone(EventKind):
    """A package had not ended as was recorded; it is open again."""

    was_on: date
    outcome: str
    because: str


@dataclass(frozen=True, slots=True)
class JobFound(EventKind):
    """A package led to a job."""

    outcome: str


@dataclass(frozen=True, slots=True)
class JobCorrected(EventKind):
    """The job that a package led to was another than was recorded, or had other hours or another first day."""

    outcome: str
    was: str
    was_on: date
    because: str


@dataclass(frozen=True, slots=True)
class WarningAccepted(EventKind):
    """A limit that warns was passed, with a reason."""

    rule: str


@dataclass(frozen=True, slots=True)
class FamilyTiesDeclared(EventKind):
    """It was said whether the citizen is close family of who owns or leads a workplace of the plan."""

    workplace: UUID


@dataclass(frozen=True, slots=True)
class RuleOverridden(EventKind):
    """A municipality got a limit of its own."""

    limit: str


@dataclass(frozen=True, slots=True)
class RuleEnded(EventKind):
    """A municipality's own limit ended; the common one holds again."""

    limit: str
