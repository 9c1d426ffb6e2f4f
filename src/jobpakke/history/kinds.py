"""Every kind of event, one frozen dataclass each. Fields are codes, refs, dates, numbers: no names, no text."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID


class EventKind:
    """What all kinds share: a code made from the class's name and data that fit in JSON."""

    __slots__ = ()

    @classmethod
    def code(cls) -> str:
        """``StepStarted`` -> ``step_started``."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


@dataclass(frozen=True, slots=True)
class UserAdded(EventKind):
    """A user was added."""


@dataclass(frozen=True, slots=True)
class RoleGiven(EventKind):
    """A user was given a role in a municipality."""

    role: str
    municipality: str


@dataclass(frozen=True, slots=True)
class CitizenRegistered(EventKind):
    """A citizen was registered."""

    municipality: str


@dataclass(frozen=True, slots=True)
class ProtectionChanged(EventKind):
    """Name and address protection was set, lifted or became unknown."""

    protection: str


@dataclass(frozen=True, slots=True)
class CaseAssigned(EventKind):
    """A citizen got a caseworker."""

    caseworker: UUID


@dataclass(frozen=True, slots=True)
class WishRecorded(EventKind):
    """A wish was recorded."""


@dataclass(frozen=True, slots=True)
class LimitRecorded(EventKind):
    """A functional limit was recorded."""

    limit: str


@dataclass(frozen=True, slots=True)
class QualificationRecorded(EventKind):
    """A qualification was recorded."""


@dataclass(frozen=True, slots=True)
class TargetGroupSet(EventKind):
    """A citizen was placed in a target group."""

    scheme: str
    group: str


@dataclass(frozen=True, slots=True)
class StatusRecorded(EventKind):
    """A labour-market status was recorded from a date."""

    status: str


@dataclass(frozen=True, slots=True)
class StatusCorrected(EventKind):
    """A labour-market status was corrected: the old row was closed, a new one opened."""

    was: str
    status: str


@dataclass(frozen=True, slots=True)
class StatusEnded(EventKind):
    """A labour-market status ended."""

    status: str


@dataclass(frozen=True, slots=True)
class CompanyRegistered(EventKind):
    """A company was registered."""


@dataclass(frozen=True, slots=True)
class WorkplaceAdded(EventKind):
    """A workplace was added to a company."""


@dataclass(frozen=True, slots=True)
class FunctionAdded(EventKind):
    """A work function was described at a workplace."""


@dataclass(frozen=True, slots=True)
class NeedRecorded(EventKind):
    """A company told of a need of staff."""

    reason: str
    wanted_from: date


@dataclass(frozen=True, slots=True)
class MentorNamed(EventKind):
    """A colleague at a workplace was named as mentor."""


@dataclass(frozen=True, slots=True)
class ProgrammeOpened(EventKind):
    """A programme was opened."""

    programme: str


@dataclass(frozen=True, slots=True)
class PackageDrafted(EventKind):
    """A package was drafted."""

    form: str


@dataclass(frozen=True, slots=True)
class StepAdded(EventKind):
    """A step was added to a plan."""

    step_kind: str


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
    """A step was worded anew in a draft."""

    step_kind: str


@dataclass(frozen=True, slots=True)
class StepExtended(EventKind):
    """A step was planned to end later."""

    ends_on: date


@dataclass(frozen=True, slots=True)
class StepShortened(EventKind):
    """A step was planned to end earlier."""

    ends_on: date


@dataclass(frozen=True, slots=True)
class StepMoved(EventKind):
    """A step got other days."""

    starts_on: date
    ends_on: date


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
class StaircaseLaid(EventKind):
    """A ready-made staircase was laid in a draft."""

    version: int


@dataclass(frozen=True, slots=True)
class StaircaseKept(EventKind):
    """A plan's steps were kept as a ready-made staircase."""


@dataclass(frozen=True, slots=True)
class StaircaseRetired(EventKind):
    """A ready-made staircase was put away."""


@dataclass(frozen=True, slots=True)
class PlanProposed(EventKind):
    """A plan version was proposed to the parties."""

    version: int


@dataclass(frozen=True, slots=True)
class PlanWithdrawn(EventKind):
    """A proposal was taken back to be changed."""

    version: int


@dataclass(frozen=True, slots=True)
class PlanApproved(EventKind):
    """A party said yes to one plan version."""

    party: str
    version: int
    on_behalf: str | None


@dataclass(frozen=True, slots=True)
class PlanAgreed(EventKind):
    """All three parties have said yes: the plan takes effect."""

    version: int


@dataclass(frozen=True, slots=True)
class StepStarted(EventKind):
    """A step started."""

    step_kind: str


@dataclass(frozen=True, slots=True)
class StepFulfilled(EventKind):
    """A step was fulfilled."""

    step_kind: str


@dataclass(frozen=True, slots=True)
class StepEnded(EventKind):
    """A step ended without being fulfilled."""

    step_kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class EvidenceRecorded(EventKind):
    """Evidence was recorded for a sub-goal."""

    step: UUID
    evidence_kind: str
    meets: bool


@dataclass(frozen=True, slots=True)
class GateWaived(EventKind):
    """A gate was passed without evidence."""


@dataclass(frozen=True, slots=True)
class CommitmentMade(EventKind):
    """A party promised something by a date."""

    party: str
    due_on: date


@dataclass(frozen=True, slots=True)
class CommitmentKept(EventKind):
    """A promise was kept."""

    party: str


@dataclass(frozen=True, slots=True)
class CommitmentBroken(EventKind):
    """A promise was broken."""

    party: str


@dataclass(frozen=True, slots=True)
class MentorAssigned(EventKind):
    """A mentor was tied to a step."""

    mentor: UUID


@dataclass(frozen=True, slots=True)
class ContactRecorded(EventKind):
    """A contact with the citizen or the company was recorded."""

    contact_kind: str
    party: str


@dataclass(frozen=True, slots=True)
class PackageEnded(EventKind):
    """A package ended with an outcome."""

    outcome: str


@dataclass(frozen=True, slots=True)
class AftercareAgreed(EventKind):
    """Aftercare was agreed until a date."""

    until: date


KINDS: dict[str, type[EventKind]] = {kind.code(): kind for kind in EventKind.__subclasses__()}
"""Every kind by its code. Stored events name their kind by this code, so a code is never reused."""

_CODE = re.compile(r"^[A-Za-z0-9_.-]{0,60}$")


def payload(kind: EventKind) -> dict[str, str | int | bool | None]:
    """The data of an event as JSON values.

    Raises:
        ValueError: a text that is not a code: free text must never reach the event log.
    """
    found: dict[str, str | int | bool | None] = {}
    for name, value in asdict(kind).items():  # type: ignore[call-overload]  # every kind is a dataclass
        if isinstance(value, str) and not _CODE.match(value):
            raise ValueError(f"{kind.code()}.{name} is not a code")
        found[name] = value if value is None or isinstance(value, str | int | bool) else str(value)
    return found
