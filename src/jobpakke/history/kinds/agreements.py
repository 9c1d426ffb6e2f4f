"""Events about what the parties promise, propose and are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from jobpakke.history.kinds.base import EventKind


@dataclass(frozen=True, slots=True)
class CommitmentLaid(EventKind):
    """A promise was written into a draft; it is made when the plan takes effect."""

    party: str
    due_on: date
    company: UUID | None = None


@dataclass(frozen=True, slots=True)
class CommitmentRemoved(EventKind):
    """A promise was taken out of a draft."""

    party: str


@dataclass(frozen=True, slots=True)
class CommitmentMade(EventKind):
    """A party promised something, by a day or (None) when a step is fulfilled."""

    party: str
    due_on: date | None
    company: UUID | None = None


@dataclass(frozen=True, slots=True)
class CommitmentMoved(EventKind):
    """A promise got a later day."""

    party: str
    was_on: date
    due_on: date
    company: UUID | None = None


@dataclass(frozen=True, slots=True)
class CommitmentKept(EventKind):
    """A promise was kept."""

    party: str
    company: UUID | None = None


@dataclass(frozen=True, slots=True)
class CommitmentBroken(EventKind):
    """A promise was broken: by whom and why (None: was not asked yet when it was recorded)."""

    party: str
    broken_by: str | None = None
    because: str | None = None
    company: UUID | None = None


@dataclass(frozen=True, slots=True)
class CommitmentUnsettled(EventKind):
    """A promise was neither kept nor broken, as was recorded; it stands open again."""

    party: str
    settled: str
    was_on: date
    because: str
    company: UUID | None = None


@dataclass(frozen=True, slots=True)
class ChangeProposed(EventKind):
    """A party proposed a change of the plan; ``step`` None: of the whole package; ``company``: which one, if it was."""

    party: str
    wanted: str
    step: UUID | None
    company: UUID | None = None


@dataclass(frozen=True, slots=True)
class ProposalAccepted(EventKind):
    """A party's proposal was accepted; nothing has changed yet."""

    party: str
    wanted: str
    company: UUID | None = None


@dataclass(frozen=True, slots=True)
class ProposalRejected(EventKind):
    """A party's proposal was rejected, with a reason."""

    party: str
    wanted: str
    company: UUID | None = None


@dataclass(frozen=True, slots=True)
class ProposalRetracted(EventKind):
    """A party took its proposal back."""

    party: str
    wanted: str
    company: UUID | None = None


@dataclass(frozen=True, slots=True)
class ProposalReplaced(EventKind):
    """A party's newer proposal replaced this one."""

    by: UUID


@dataclass(frozen=True, slots=True)
class PartyTold(EventKind):
    """A party was told of a change beside the plan; ``event``: the change."""

    party: str
    event: UUID
    how: str
    company: UUID | None = None
