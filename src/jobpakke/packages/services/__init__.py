"""The verbs of the job package."""

from jobpakke.packages.services.climb import end_step, fulfil_step, record_evidence, start_step, waive_gate
from jobpakke.packages.services.ending import agree_aftercare, end_package
from jobpakke.packages.services.plan import add_step, add_sub_goal, approve_plan, draft_package
from jobpakke.packages.services.programme import open_programme
from jobpakke.packages.services.support import assign_mentor, make_commitment, record_contact, settle_commitment

__all__ = [
    "add_step",
    "add_sub_goal",
    "agree_aftercare",
    "approve_plan",
    "assign_mentor",
    "draft_package",
    "end_package",
    "end_step",
    "fulfil_step",
    "make_commitment",
    "open_programme",
    "record_contact",
    "record_evidence",
    "settle_commitment",
    "start_step",
    "waive_gate",
]
