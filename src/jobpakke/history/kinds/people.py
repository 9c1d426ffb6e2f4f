"""Events about users, citizens, companies and programmes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from jobpakke.history.kinds.base import EventKind


@dataclass(frozen=True, slots=True)
class UserAdded(EventKind):
    """A user was added."""


@dataclass(frozen=True, slots=True)
class RoleGiven(EventKind):
    """A user was given a role in a municipality."""

    role: str
    municipality: str


@dataclass(frozen=True, slots=True)
class RoleEnded(EventKind):
    """A user's role in a municipality ended."""

    role: str
    municipality: str


@dataclass(frozen=True, slots=True)
class TeamChanged(EventKind):
    """A user came into a team of a municipality, or into none (empty). ``team`` is its ref."""

    team: str
    municipality: str


@dataclass(frozen=True, slots=True)
class PasswordReplaced(EventKind):
    """An administrator gave a user a new password, which signs the user out everywhere."""


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
class CaseHandedOver(EventKind):
    """A case went from one caseworker (None: nobody had it) to another."""

    giver: UUID | None
    receiver: UUID


@dataclass(frozen=True, slots=True)
class HandOverSeen(EventKind):
    """The receiver acknowledged a hand-over."""


@dataclass(frozen=True, slots=True)
class CaseOffered(EventKind):
    """The citizen moved, and the case was offered to the other municipality."""

    municipality: str
    ground: str


@dataclass(frozen=True, slots=True)
class CaseAccepted(EventKind):
    """The municipality to which the citizen moved took the case over."""

    sender: str
    caseworker: UUID


@dataclass(frozen=True, slots=True)
class CaseReturned(EventKind):
    """The municipality that was offered the case sent it back."""

    municipality: str


@dataclass(frozen=True, slots=True)
class WishRecorded(EventKind):
    """A wish was recorded."""


@dataclass(frozen=True, slots=True)
class WishEnded(EventKind):
    """A wish no longer holds."""


@dataclass(frozen=True, slots=True)
class LimitEnded(EventKind):
    """A functional limit no longer holds."""

    limit: str


@dataclass(frozen=True, slots=True)
class QualificationEnded(EventKind):
    """A qualification no longer holds."""


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
class StatusRetracted(EventKind):
    """A labour-market status that was recorded never held: its row was closed, and none came instead."""

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
class WorkplaceChanged(EventKind):
    """A workplace got another contact person or number of ordinary employees."""

    contact: bool
    employees: int | None


@dataclass(frozen=True, slots=True)
class WorkplaceClosed(EventKind):
    """A workplace closes from a day."""

    closed_on: date


@dataclass(frozen=True, slots=True)
class WorkplaceReopened(EventKind):
    """A workplace had not closed after all."""


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
