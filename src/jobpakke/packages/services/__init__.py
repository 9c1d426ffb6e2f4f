"""The verbs of the job package."""

from jobpakke.packages.services.aftercare import (
    agree_aftercare,
    end_aftercare,
    extend_aftercare,
)
from jobpakke.packages.services.cards import (
    answer_card,
    ask_for_card,
    hand_in_card,
    keep_remark,
    renew_card_link,
    revoke_card,
    set_card_aside,
    take_in_card,
)
from jobpakke.packages.services.climb import end_step, fulfil_step, record_evidence, start_step, waive_gate
from jobpakke.packages.services.commitments import make_commitment, move_commitment, settle_commitment
from jobpakke.packages.services.correcting import correct_end, correct_start, undo_end, undo_package_end, undo_start
from jobpakke.packages.services.ending import conclude_package, end_package
from jobpakke.packages.services.job import correct_job
from jobpakke.packages.services.journal import correct_note, write_note
from jobpakke.packages.services.moving import transfer_case
from jobpakke.packages.services.plan.agreeing import approve_plan, propose_plan, withdraw_proposal
from jobpakke.packages.services.plan.drafting import change_goal, discard_draft, draft_package, reopen_plan
from jobpakke.packages.services.plan.laying import (
    change_step,
    duplicate_step,
    extend_step,
    lay_step,
    move_step,
    place_step,
    remove_step,
    shorten_step,
)
from jobpakke.packages.services.plan.paper import tell_paper
from jobpakke.packages.services.plan.promising import lay_commitment, remove_commitment
from jobpakke.packages.services.plan.staircases import copy_staircase, name_staircase, shape_staircase
from jobpakke.packages.services.plan.sub_goals import add_sub_goal, remove_sub_goal
from jobpakke.packages.services.plan.templates import keep_staircase, lay_staircase, retire_staircase
from jobpakke.packages.services.plan.tidying import remove_forgotten_drafts
from jobpakke.packages.services.programme import open_programme
from jobpakke.packages.services.progress import correct_measure, record_measure, revise_questionnaire
from jobpakke.packages.services.proposals import (
    accept_proposal,
    propose_change,
    reject_proposal,
    retract_proposal,
)
from jobpakke.packages.services.rules import accept_warning, declare_ties, end_rule, override_rule
from jobpakke.packages.services.signed import file_signed_copy, wipe_signed_copy, withdraw_signed_copy
from jobpakke.packages.services.stories import (
    ask_about_story,
    consent_to_story,
    withdraw_story_consent,
    write_story,
)
from jobpakke.packages.services.support import (
    assign_mentor,
    confirm_mentor,
    end_mentor,
    remove_mentor,
    replace_mentor,
)
from jobpakke.packages.services.telling import record_told
from jobpakke.packages.services.undoing import (
    undo_aftercare_end,
    undo_approval,
    undo_confirmation,
    undo_settlement,
    undo_waiver,
)

__all__ = [
    "set_card_aside",
    "keep_remark",
    "take_in_card",
    "revoke_card",
    "renew_card_link",
    "hand_in_card",
    "ask_for_card",
    "answer_card",
    "add_sub_goal",
    "accept_proposal",
    "accept_warning",
    "agree_aftercare",
    "approve_plan",
    "ask_about_story",
    "assign_mentor",
    "change_goal",
    "change_step",
    "conclude_package",
    "consent_to_story",
    "confirm_mentor",
    "copy_staircase",
    "correct_end",
    "correct_job",
    "correct_measure",
    "correct_note",
    "correct_start",
    "declare_ties",
    "discard_draft",
    "draft_package",
    "duplicate_step",
    "end_aftercare",
    "end_mentor",
    "end_package",
    "end_step",
    "extend_aftercare",
    "extend_step",
    "file_signed_copy",
    "fulfil_step",
    "keep_staircase",
    "lay_commitment",
    "lay_staircase",
    "lay_step",
    "make_commitment",
    "move_commitment",
    "move_step",
    "name_staircase",
    "open_programme",
    "end_rule",
    "override_rule",
    "place_step",
    "propose_change",
    "propose_plan",
    "record_evidence",
    "record_measure",
    "remove_forgotten_drafts",
    "record_told",
    "reject_proposal",
    "remove_commitment",
    "remove_mentor",
    "remove_step",
    "remove_sub_goal",
    "reopen_plan",
    "replace_mentor",
    "retire_staircase",
    "revise_questionnaire",
    "retract_proposal",
    "settle_commitment",
    "shape_staircase",
    "shorten_step",
    "start_step",
    "tell_paper",
    "transfer_case",
    "undo_aftercare_end",
    "undo_approval",
    "undo_confirmation",
    "undo_end",
    "undo_package_end",
    "undo_settlement",
    "undo_start",
    "undo_waiver",
    "waive_gate",
    "wipe_signed_copy",
    "withdraw_proposal",
    "withdraw_signed_copy",
    "withdraw_story_consent",
    "write_note",
    "write_story",
]
