"""Every kind of event, one frozen dataclass each. Fields are codes, refs, dates, numbers: no names, no text."""

from __future__ import annotations

import re
from dataclasses import asdict

from jobpakke.history.kinds.agreements import (
    ChangeProposed,
    CommitmentBroken,
    CommitmentKept,
    CommitmentMade,
    CommitmentMoved,
    PartyTold,
    ProposalAccepted,
    ProposalRejected,
    ProposalReplaced,
    ProposalRetracted,
)
from jobpakke.history.kinds.base import EventKind
from jobpakke.history.kinds.packages import (
    AftercareAgreed,
    AftercareEnded,
    ContactRecorded,
    DraftDiscarded,
    EvidenceRecorded,
    GateWaived,
    GoalChanged,
    JobFound,
    MentorAssigned,
    PackageDrafted,
    PackageEnded,
    PlanAgreed,
    PlanApproved,
    PlanProposed,
    PlanReopened,
    PlanWithdrawn,
    RuleOverridden,
    StaircaseKept,
    StaircaseLaid,
    StaircaseRetired,
    StepAdded,
    StepChanged,
    StepEnded,
    StepExtended,
    StepFulfilled,
    StepMoved,
    StepRemoved,
    StepShortened,
    StepStarted,
    SubGoalAdded,
    SubGoalRemoved,
    WarningAccepted,
)
from jobpakke.history.kinds.people import (
    CaseAssigned,
    CitizenRegistered,
    CompanyRegistered,
    FunctionAdded,
    LimitEnded,
    LimitRecorded,
    MentorNamed,
    NeedRecorded,
    ProgrammeOpened,
    ProtectionChanged,
    QualificationEnded,
    QualificationRecorded,
    RoleGiven,
    StatusCorrected,
    StatusEnded,
    StatusRecorded,
    TargetGroupSet,
    UserAdded,
    WishEnded,
    WishRecorded,
    WorkplaceAdded,
    WorkplaceChanged,
)

__all__ = [
    "AftercareAgreed",
    "AftercareEnded",
    "CaseAssigned",
    "ChangeProposed",
    "CitizenRegistered",
    "CommitmentBroken",
    "CommitmentKept",
    "CommitmentMade",
    "CommitmentMoved",
    "CompanyRegistered",
    "ContactRecorded",
    "DraftDiscarded",
    "EventKind",
    "EvidenceRecorded",
    "FunctionAdded",
    "GateWaived",
    "GoalChanged",
    "JobFound",
    "KINDS",
    "LimitEnded",
    "LimitRecorded",
    "MentorAssigned",
    "MentorNamed",
    "NeedRecorded",
    "PackageDrafted",
    "PackageEnded",
    "PartyTold",
    "PlanAgreed",
    "PlanApproved",
    "PlanProposed",
    "PlanReopened",
    "PlanWithdrawn",
    "ProgrammeOpened",
    "ProposalAccepted",
    "ProposalRejected",
    "ProposalReplaced",
    "ProposalRetracted",
    "ProtectionChanged",
    "QualificationEnded",
    "QualificationRecorded",
    "RoleGiven",
    "RuleOverridden",
    "StaircaseKept",
    "StaircaseLaid",
    "StaircaseRetired",
    "StatusCorrected",
    "StatusEnded",
    "StatusRecorded",
    "StepAdded",
    "StepChanged",
    "StepEnded",
    "StepExtended",
    "StepFulfilled",
    "StepMoved",
    "StepRemoved",
    "StepShortened",
    "StepStarted",
    "SubGoalAdded",
    "SubGoalRemoved",
    "TargetGroupSet",
    "UserAdded",
    "WarningAccepted",
    "WishEnded",
    "WishRecorded",
    "WorkplaceAdded",
    "WorkplaceChanged",
    "payload",
]

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
