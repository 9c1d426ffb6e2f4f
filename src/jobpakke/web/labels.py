"""What codes are called on screen."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from jobpakke.access.models import Role
from jobpakke.citizens.models import LimitKind, OtherReason, Status, TargetGroupScheme, TransferGround
from jobpakke.companies.models import NeedReason, Sector
from jobpakke.continuity.findings import FindingKind
from jobpakke.method.changes import Effect
from jobpakke.method.commitments import CommitmentState
from jobpakke.method.ladder import StepState
from jobpakke.method.proposals import ProposalState
from jobpakke.method.rulebook import Verified
from jobpakke.method.rules import RuleRefusal
from jobpakke.method.status import LabourMarketStatus
from jobpakke.packages.models import (
    AnswerChoice,
    BreakReason,
    CareTopic,
    CorrectionReason,
    EndReason,
    GoalForm,
    GroupChoice,
    HowTold,
    LateReason,
    LimitChoice,
    NoteKind,
    Outcome,
    Parties,
    Party,
    SeverityChoice,
    Visibility,
    WantedChoice,
)
from jobpakke.packages.models.card import AsideReason
from jobpakke.packages.models.package import OnBehalfReason
from jobpakke.packages.models.signed import CopyEnding
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
    FindingKind.NO_CASEWORKER: _("No job consultant"),
    FindingKind.CASE_OFFERED: _("Case offered"),
    FindingKind.CASE_RETURNED: _("Case sent back"),
    FindingKind.CASE_RECEIVED: _("Case received"),
    FindingKind.JOB_AHEAD: _("Job ahead"),
    FindingKind.GAP_NOW: _("Nothing under way"),
    FindingKind.RELAPSE: _("Relapse"),
    FindingKind.NO_PACKAGE: _("No package"),
    FindingKind.GAP_AHEAD: _("Gap ahead"),
    FindingKind.PROPOSAL_OPEN: _("Proposal to answer"),
    FindingKind.STOP_AGREED: _("Stop agreed"),
    FindingKind.GATE_READY: _("All sub-goals met"),
    FindingKind.STEP_READY: _("Step can start"),
    FindingKind.CARD_IN: _("Competence card filled in"),
    FindingKind.CARD_WAITING: _("Competence card missing"),
    FindingKind.PLAN_WAITING: _("Plan waits for approval"),
    FindingKind.PLAN_UNANSWERED: _("Proposal without answers"),
    FindingKind.DRAFT_FADING: _("Draft about to go"),
    FindingKind.PLAN_DRAFT: _("Draft"),
    FindingKind.STEP_OVERDUE: _("Past its planned end"),
    FindingKind.COMMITMENT_BROKEN: _("Promise broken"),
    FindingKind.COMMITMENT_DUE: _("Promise due"),
    FindingKind.INTERVIEW_DUE: _("Job interview due"),
    FindingKind.NO_CONTACT: _("No conversation for 4 weeks"),
    FindingKind.AFTERCARE_CHECK: _("Check-in after the job began"),
    FindingKind.PROGRESS_DUE: _("Progress to be measured"),
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
    ProposalState.LAPSED: _("Not answered before the package ended"),
}
PROPOSAL_MARKS: Mapping[ProposalState, str] = {
    ProposalState.WAITING: "warning",
    ProposalState.ACCEPTED: "success",
    ProposalState.REJECTED: "error",
    ProposalState.RETRACTED: "neutral",
    ProposalState.REPLACED: "neutral",
    ProposalState.LAPSED: "neutral",
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

LISTS: Mapping[str, Promise | str] = {
    "today": _("Today"),
    "citizens": _("The list of citizens"),
    "hand_over": _("Hand cases over"),
    "offered_cases": _("Received cases"),
    "company": _("A company's page"),
}
"""The pages on which citizens stand by name among others."""

PAGES: Mapping[str, Promise | str] = {
    **LISTS,
    "citizen": _("Staircase"),
    "journal": _("Journal"),
    "search_journal": _("Search in the journal"),
    "write_note": _("Write in the journal"),
    "note": _("A note of the journal"),
    "correct_note": _("Correct a note"),
    "aftercare": _("Aftercare"),
    "about": _("About the citizen"),
    "history": _("History"),
    "citizens_download": _("The list of citizens as a file"),
    "record_status": _("Record a status"),
    "correct_status": _("Correct the status"),
    "end_status": _("End the status"),
    "start_step": _("Start the step"),
    "correct_step": _("Correct the step"),
    "undo_package_end": _("The package did not end"),
    "correct_job": _("Correct the job"),
    "undo_settlement": _("The promise is not settled"),
    "undo_waiver": _("The dispensation was not given"),
    "undo_approval": _("The yes was not given"),
    "undo_confirmation": _("Confidentiality is not confirmed"),
    "undo_aftercare_end": _("The aftercare did not end"),
    "tell_paper": _("Agreed on paper already"),
    "fulfil_step": _("Fulfil the step"),
    "end_step": _("End the step"),
    "waive_gate": _("Give a dispensation"),
    "record_evidence": _("Record evidence"),
    "citizen_cards": _("Competence cards"),
    "card": _("A competence card"),
    "ask_card": _("Ask for a competence card"),
    "renew_card_link": _("A new link to a competence card"),
    "revoke_card": _("Take a competence card back"),
    "set_card_aside": _("A competence card does not count"),
    "take_in_card": _("Take a competence card into the plan"),
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
    "declare_ties": _("Family at the workplace"),
    "withdraw_plan": _("Take the proposal back"),
    "approve_plan": _("Approve the plan"),
    "discard_draft": _("Throw the draft away"),
    "print_plan": _("The plan as a print"),
    "signed_copies": _("Signed copies"),
    "signed_copy": _("The file of a signed copy"),
    "withdraw_signed_copy": _("Withdraw a signed copy"),
    "wipe_signed_copy": _("Remove the file of a signed copy"),
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
    "lay_commitment": _("Lay a promise"),
    "remove_commitment": _("Take the promise out of the draft"),
    "make_commitment": _("Record a promise"),
    "step_mentors": _("The step's mentors"),
    "assign_mentor": _("Give the step a mentor"),
    "confirm_mentor": _("Confidentiality is confirmed"),
    "replace_mentor": _("Replace the mentor"),
    "end_mentor": _("End the mentor's support"),
    "remove_mentor": _("Take the mentor out of the draft"),
    "conclude_package": _("End the package"),
    "transfer_case": _("The citizen has moved"),
    "received_case": _("A case received"),
    "sent_case": _("A case sent"),
    "accept_transfer": _("Take the case over"),
    "return_transfer": _("Send the case back"),
    "agree_aftercare": _("Agree on aftercare"),
    "end_aftercare": _("End the aftercare"),
    "extend_aftercare": _("Extend the aftercare"),
    "story": _("Case story"),
    "write_story": _("Write the case story"),
    "ask_about_story": _("Ask about the case story"),
    "consent_to_story": _("Consent to the case story"),
    "withdraw_story_consent": _("Take the consent back"),
    "progress": _("Progress"),
    "progress_curve": _("The drawing of progress"),
    "progress_download": _("Progress as a file"),
    "measure_progress": _("Measure progress"),
    "measure": _("One measure of progress"),
    "correct_measure": _("Correct a measure of progress"),
}
"""The pages on which a citizen can be looked up, by the name of their address."""

_CHOICES: tuple[type[TextChoices], ...] = (
    AsideReason,
    Status,
    OtherReason,
    LimitKind,
    NeedReason,
    Sector,
    GoalForm,
    Outcome,
    Parties,
    Party,
    OnBehalfReason,
    EvidenceKindChoice,
    StepKindChoice,
    NoteKind,
    Visibility,
    CareTopic,
    CorrectionReason,
    EndReason,
    LateReason,
    GroupChoice,
    LimitChoice,
    SeverityChoice,
    CopyEnding,
    BreakReason,
    HowTold,
    WantedChoice,
    AnswerChoice,
    Role,
    TargetGroupScheme,
    TransferGround,
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
PASSED: Mapping[RuleRefusal, Promise | str] = {
    RuleRefusal.STEP_TOO_LONG: _("longer than the limit"),
    RuleRefusal.STEP_NEEDS_ASSESSMENT: _("longer, after a specific assessment"),
    RuleRefusal.STEP_NEEDS_SPECIAL_NEED: _("longer, for a special need"),
    RuleRefusal.SUPPORT_RATIO_PASSED: _("more supported people than the workplace may have"),
    RuleRefusal.EMPLOYEES_UNKNOWN: _("the number of ordinary employees is not known"),
    RuleRefusal.HOURS_OVER_WEEK: _("more hours a week than allowed"),
    RuleRefusal.HOURS_OVER_CITIZENS_LIMIT: _("more hours than the citizen's limit"),
    RuleRefusal.TIMES_NOT_WRITTEN: _("no times written for a citizen with certain times of the day"),
    RuleRefusal.PARTS_TOO_LONG: _("longer than allowed, with what lies before it"),
    RuleRefusal.PARTS_NEED_ASSESSMENT: _("with what lies before it so long that it takes an assessment"),
    RuleRefusal.PARTS_NEED_SPECIAL_NEED: _("with what lies before it so long that it takes a special need"),
    RuleRefusal.SUBSIDY_AFTER_ITS_END: _("a subsidy after the subsidy's end"),
    RuleRefusal.TIMES_CLASH: _("the same hours as another step"),
    RuleRefusal.TIMES_OUTSIDE_LIMIT: _("outside the citizen's part of the day"),
    RuleRefusal.UNDER_AGE: _("the citizen is under age"),
    RuleRefusal.PAST_PENSION_AGE: _("the citizen is past pension age"),
    RuleRefusal.START_IN_PAST: _("started in the past"),
    RuleRefusal.CONTACT_PERSON_MISSING: _("the workplace has no contact person"),
    RuleRefusal.WORKPLACE_MISSING: _("no workplace"),
    RuleRefusal.WORKPLACE_CLOSED: _("at a workplace that has closed"),
    RuleRefusal.TIES_NOT_DECLARED: _("family ties at the workplace not declared"),
    RuleRefusal.TIES_DECLARED: _("close family at the workplace"),
    RuleRefusal.SAME_PLACE_AGAIN: _("without pay at the same workplace again"),
}
"""Limits of the rulebook as one says in few words that they were passed."""

VERIFIED: dict[Verified, Promise | str] = {
    Verified.YES: _("held against the source"),
    Verified.PARTLY: _("partly held against the source"),
    Verified.NO: _("not held against the source"),
    Verified.OWN: _("own choice"),
}
"""Whether a limit of the rulebook was held against its source."""

_BY_CODE = {
    **{code.value: words for code, words in PASSED.items()},
    "protected": _("protected"),
    "open": _("not protected"),
    "unknown": _("not known"),
    "fulfilled": _("fulfilled"),
    "unfulfilled": _("without fulfilment"),
    "kept": PROMISE[CommitmentState.KEPT],
    "broken": PROMISE[CommitmentState.BROKEN],
    "job_ready": _("job-ready"),
    "activity_ready": _("activity-ready"),
    **{choice.value: choice.label for choices in _CHOICES for choice in choices if choice.value},
    **{f"weekday_{number}": name for number, name in enumerate(WEEKDAYS)},
}


def code_label(code: str) -> str:
    """The words for a stored code of any list of choices; the code itself where there are none."""
    return str(_BY_CODE.get(code, code))


def label(code: str) -> str:
    """As code_label, with a capital."""
    return capfirst(code_label(code))


def party_label(party: str, company: str = "") -> str:
    """A party at the head of a line; a company that is named by its name."""
    return str(_("The company %(name)s")) % {"name": company} if company else label(party)
