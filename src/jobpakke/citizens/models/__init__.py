"""Models of citizens: who they are and what is known of them, and how their cases change hands."""

from jobpakke.citizens.models.cases import CaseTransfer, HandOver, TransferGround
from jobpakke.citizens.models.person import (
    CaseAssignment,
    Citizen,
    CitizenQuerySet,
    Limit,
    LimitKind,
    OtherReason,
    Qualification,
    Status,
    StatusSpell,
    TargetGroupMembership,
    TargetGroupScheme,
    Wish,
    seen_by,
)

__all__ = [
    "CaseAssignment",
    "CaseTransfer",
    "Citizen",
    "CitizenQuerySet",
    "HandOver",
    "Limit",
    "LimitKind",
    "OtherReason",
    "Qualification",
    "Status",
    "StatusSpell",
    "TargetGroupMembership",
    "TargetGroupScheme",
    "TransferGround",
    "Wish",
    "seen_by",
]
