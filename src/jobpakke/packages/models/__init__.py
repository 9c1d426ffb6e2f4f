"""Models of the job package, by what they speak of."""

from jobpakke.packages.models.aftercare import Aftercare, AftercareExtension, CareTopic
from jobpakke.packages.models.card import AsideReason, CardAnswer, CompetenceCard
from jobpakke.packages.models.correction import Corrected, Correction
from jobpakke.packages.models.draft import DraftWording
from jobpakke.packages.models.job import Job
from jobpakke.packages.models.journal import JournalNote, NoteKind, Parties, Visibility
from jobpakke.packages.models.package import (
    Approval,
    GoalForm,
    JobGoal,
    JobPackage,
    LateReason,
    Outcome,
    Party,
    PlanVersion,
    Trade,
)
from jobpakke.packages.models.programme import Programme, Target
from jobpakke.packages.models.progress import AnswererChoice, OwnQuestionnaire, ProgressAnswer, ProgressMeasure
from jobpakke.packages.models.proposal import AnswerChoice, HowTold, Proposal, Telling, WantedChoice
from jobpakke.packages.models.rules import (
    AcceptedWarning,
    GroupChoice,
    LimitChoice,
    RuleOverride,
    SeverityChoice,
    TiesDeclared,
)
from jobpakke.packages.models.signed import CompanySignature, SealedBytes, SignedCopy, SignedCopyEnding
from jobpakke.packages.models.steps import CorrectionReason, EndReason, Evidence, PlannedStep, Step, SubGoal, Waiver
from jobpakke.packages.models.story import CaseStory, StoryAsking, StoryConsent
from jobpakke.packages.models.support import (
    BreakReason,
    Commitment,
    CommitmentMove,
    Mentorship,
)
from jobpakke.packages.models.template import StaircaseTemplate

__all__ = [
    "AcceptedWarning",
    "Aftercare",
    "AftercareExtension",
    "AnswerChoice",
    "AnswererChoice",
    "Approval",
    "AsideReason",
    "BreakReason",
    "CardAnswer",
    "CareTopic",
    "CaseStory",
    "Commitment",
    "CommitmentMove",
    "CompanySignature",
    "CompetenceCard",
    "Corrected",
    "Correction",
    "DraftWording",
    "CorrectionReason",
    "EndReason",
    "Evidence",
    "GoalForm",
    "GroupChoice",
    "HowTold",
    "Job",
    "JobGoal",
    "JobPackage",
    "JournalNote",
    "LateReason",
    "LimitChoice",
    "Mentorship",
    "NoteKind",
    "Outcome",
    "OwnQuestionnaire",
    "Parties",
    "Party",
    "PlanVersion",
    "PlannedStep",
    "Programme",
    "ProgressAnswer",
    "ProgressMeasure",
    "Proposal",
    "RuleOverride",
    "SealedBytes",
    "SeverityChoice",
    "SignedCopy",
    "SignedCopyEnding",
    "StaircaseTemplate",
    "Step",
    "StoryAsking",
    "StoryConsent",
    "SubGoal",
    "Trade",
    "Target",
    "Telling",
    "TiesDeclared",
    "Visibility",
    "Waiver",
    "WantedChoice",
]
