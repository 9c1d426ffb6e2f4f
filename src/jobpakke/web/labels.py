"""What codes are called on screen."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from jobpakke.access.models import Role
from jobpakke.citizens.models import LimitKind, OtherReason, Status
from jobpakke.companies.models import NeedReason, Sector
from jobpakke.continuity.findings import FindingKind
from jobpakke.method.changes import Effect
from jobpakke.method.commitments import CommitmentState
from jobpakke.method.ladder import StepState
from jobpakke.method.proposals import ProposalState
from jobpakke.method.status import LabourMarketStatus
from jobpakke.packages.models import (
    AnswerChoice,
    BreakReason,
    ContactKind,
    EndReason,
    GoalForm,
    HowTold,
    LateReason,
    LimitChoice,
    Outcome,
    Party,
    SeverityChoice,
    WantedChoice,
)
from jobpakke.packages.models.package import OnBehalfReason
from jobpakke.packages.models.steps import EvidenceKindChoice, StepKindChoice

STATE: Mapping[StepState, Promise | str] = {
    StepState.PLANNED: _("Waits"),
    StepState.READY: _("Ready"),
    StepState.UNDER_WAY: _("Under way"),
    StepState.FULFILLED: _("Fulfilled"),
    StepState.ENDED_UNFULFILLED: _("Ended without fulfilment"),
    StepState.WAIVED: _("Dispensation"),
}

STATUS: Mapping[LabourMarketStatus, Promise | str] = {
    LabourMarketStatus.ORDINARY_JOB: _("Self-support / ordinary job"),
    LabourMarketStatus.FLEX_JOB: _("Flex job"),
    LabourMarketStatus.IN_PACKAGE: _("Still in package"),
    LabourMarketStatus.CASH_BENEFIT: _("Cash benefit"),
    LabourMarketStatus.DISABILITY_PENSION: _("Disability pension"),
    LabourMarketStatus.OTHER: _("Other"),
}

FINDING: Mapping[FindingKind, Promise | str] = {
    FindingKind.GAP_NOW: _("Nothing under way"),
    FindingKind.NO_PACKAGE: _("No package"),
    FindingKind.GAP_AHEAD: _("Gap ahead"),
    FindingKind.PROPOSAL_OPEN: _("Proposal to answer"),
    FindingKind.STOP_AGREED: _("Stop agreed"),
    FindingKind.GATE_READY: _("All sub-goals met"),
    FindingKind.STEP_READY: _("Step can start"),
    FindingKind.PLAN_WAITING: _("Plan waits for approval"),
    FindingKind.PLAN_UNANSWERED: _("Proposal without answers"),
    FindingKind.DRAFT_FADING: _("Draft about to go"),
    FindingKind.PLAN_DRAFT: _("Draft"),
    FindingKind.STEP_OVERDUE: _("Past its planned end"),
    FindingKind.COMMITMENT_BROKEN: _("Promise broken"),
    FindingKind.COMMITMENT_DUE: _("Promise due"),
    FindingKind.NO_CONTACT: _("No conversation for 4 weeks"),
    FindingKind.AFTERCARE_CHECK: _("First talk after the job began"),
}

PROMISE: Mapping[CommitmentState, Promise | str] = {
    CommitmentState.OPEN: _("due"),
    CommitmentState.DUE_SOON: _("due soon"),
    CommitmentState.LATE: _("late since"),
    CommitmentState.KEPT: _("kept"),
    CommitmentState.BROKEN: _("broken"),
    CommitmentState.WAITING: _("waits for its step"),
}
PROMISE_MARKS: Mapping[CommitmentState, str] = {
    CommitmentState.OPEN: "neutral",
    CommitmentState.DUE_SOON: "info",
    CommitmentState.LATE: "warning",
    CommitmentState.KEPT: "success",
    CommitmentState.BROKEN: "error",
    CommitmentState.WAITING: "neutral",
}
PROPOSAL: Mapping[ProposalState, Promise | str] = {
    ProposalState.WAITING: _("Waits for an answer"),
    ProposalState.ACCEPTED: _("Accepted"),
    ProposalState.REJECTED: _("Rejected"),
    ProposalState.RETRACTED: _("Taken back by the party"),
    ProposalState.REPLACED: _("Replaced by a newer one"),
}
PROPOSAL_MARKS: Mapping[ProposalState, str] = {
    ProposalState.WAITING: "warning",
    ProposalState.ACCEPTED: "success",
    ProposalState.REJECTED: "error",
    ProposalState.RETRACTED: "neutral",
    ProposalState.REPLACED: "neutral",
}
EFFECT: Mapping[Effect, Promise | str] = {
    Effect.SILENT: _("May change without anybody being told."),
    Effect.NOTIFY: _("Those it concerns are told of a change."),
    Effect.ACKNOWLEDGE: _("The other parties are told, and must say that they know."),
    Effect.APPROVE: _("Changing it takes a new yes from all three."),
}
"""What changing a field asks of the parties, as it stands beside the field."""
EFFECT_OF_ONE: Mapping[Effect, Promise | str] = {
    Effect.SILENT: _("told to nobody"),
    Effect.NOTIFY: _("is told"),
    Effect.ACKNOWLEDGE: _("is told and acknowledged"),
    Effect.APPROVE: _("takes a yes from all three"),
}
"""The same of one change, beside its sentence."""

PAGES: Mapping[str, Promise | str] = {
    "citizen": _("Staircase"),
    "contacts": _("Conversations"),
    "about": _("About the citizen"),
    "history": _("History"),
    "citizens_download": _("The list of citizens as a file"),
    "record_status": _("Record a status"),
    "correct_status": _("Correct the status"),
    "end_status": _("End the status"),
    "start_step": _("Start the step"),
    "fulfil_step": _("Fulfil the step"),
    "end_step": _("End the step"),
    "waive_gate": _("Give a dispensation"),
    "record_evidence": _("Record evidence"),
    "new_package": _("Begin a job package"),
    "plan": _("The plan"),
    "plan_goal": _("The job goal"),
    "add_step": _("Add a step"),
    "edit_step": _("Change a step"),
    "arrange_step": _("Order the steps"),
    "add_sub_goal": _("Add a sub-goal"),
    "remove_sub_goal": _("Remove a sub-goal"),
    "lay_staircase": _("Lay a ready-made staircase"),
    "keep_staircase": _("Keep as a ready-made staircase"),
    "propose_plan": _("Propose the plan"),
    "accept_warning": _("Accept a warning"),
    "withdraw_plan": _("Take the proposal back"),
    "approve_plan": _("Approve the plan"),
    "discard_draft": _("Throw the draft away"),
    "reopen_plan": _("Change the plan"),
    "versions": _("Versions of the plan"),
    "change_days": _("Other days for a step"),
    "settle_commitment": _("Settle the promise"),
    "move_commitment": _("A later day for the promise"),
    "proposals": _("Proposals of the parties"),
    "propose_change": _("Record a proposal"),
    "proposal": _("A proposal"),
    "record_told": _("Record who was told"),
    "record_wish": _("Record a wish"),
    "record_limit": _("Record a limit"),
    "record_qualification": _("Record a qualification"),
    "set_target_group": _("Set the target group"),
    "change_protection": _("Change the protection"),
    "end_wish": _("End a wish"),
    "end_limit": _("End a limit"),
    "end_qualification": _("End a qualification"),
    "make_commitment": _("Record a promise"),
    "assign_mentor": _("Give the step a mentor"),
    "conclude_package": _("End the package"),
    "agree_aftercare": _("Agree on aftercare"),
    "end_aftercare": _("End the aftercare"),
}
"""The pages on which a citizen can be looked up, by the name of their address."""

_CHOICES: tuple[type[TextChoices], ...] = (
    Status,
    OtherReason,
    LimitKind,
    NeedReason,
    Sector,
    GoalForm,
    Outcome,
    Party,
    OnBehalfReason,
    EvidenceKindChoice,
    StepKindChoice,
    ContactKind,
    EndReason,
    LateReason,
    LimitChoice,
    SeverityChoice,
    BreakReason,
    HowTold,
    WantedChoice,
    AnswerChoice,
    Role,
)
WEEKDAYS = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)
_BY_CODE = {
    "job_ready": _("job-ready"),
    "activity_ready": _("activity-ready"),
    **{choice.value: choice.label for choices in _CHOICES for choice in choices},
    **{f"weekday_{number}": name for number, name in enumerate(WEEKDAYS)},
}


def code_label(code: str) -> str:
    """The words for a stored code of any list of choices; the code itself where there are none."""
    return str(_BY_CODE.get(code, code))


def label(code: str) -> str:
    """As code_label, with a capital."""
    return capfirst(code_label(code))
