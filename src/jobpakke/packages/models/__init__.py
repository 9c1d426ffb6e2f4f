"""Models of the job package, by what they speak of."""

from jobpakke.packages.models.job import Job
from jobpakke.packages.models.package import (
    Approval,
    GoalForm,
    JobGoal,
    JobPackage,
    Outcome,
    Party,
    PlanVersion,
)
from jobpakke.packages.models.programme import Programme, Target
from jobpakke.packages.models.proposal import AnswerChoice, HowTold, Proposal, Telling, WantedChoice
from jobpakke.packages.models.rules import AcceptedWarning, GroupChoice, LimitChoice, RuleOverride, SeverityChoice
from jobpakke.packages.models.steps import EndReason, Evidence, LateReason, PlannedStep, Step, SubGoal, Waiver
from jobpakke.packages.models.support import (
    Aftercare,
    BreakReason,
    Commitment,
    CommitmentMove,
    Contact,
    ContactKind,
    Mentorship,
)
from jobpakke.packages.models.template import StaircaseTemplate

__all__ = [
    "AcceptedWarning",
    "Aftercare",
    "AnswerChoice",
    "Approval",
    "BreakReason",
    "Commitment",
    "CommitmentMove",
    "Contact",
    "ContactKind",
    "EndReason",
    "Evidence",
    "GoalForm",
    "GroupChoice",
    "HowTold",
    "Job",
    "JobGoal",
    "JobPackage",
    "LateReason",
    "LimitChoice",
    "Mentorship",
    "Outcome",
    "Party",
    "PlanVersion",
    "PlannedStep",
    "Programme",
    "Proposal",
    "RuleOverride",
    "SeverityChoice",
    "StaircaseTemplate",
    "Step",
    "SubGoal",
    "Target",
    "Telling",
    "Waiver",
    "WantedChoice",
]
