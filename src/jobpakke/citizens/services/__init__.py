"""Verbs that change what is known about citizens."""

from jobpakke.citizens.services.facts import (
    end_limit,
    end_qualification,
    end_wish,
    record_limit,
    record_qualification,
    record_wish,
    set_target_group,
)
from jobpakke.citizens.services.handing import hand_over, see_hand_over
from jobpakke.citizens.services.person import change_protection, register_citizen
from jobpakke.citizens.services.status import correct_status, end_status, record_status, retract_status
from jobpakke.citizens.services.transfers import accept_transfer, return_transfer

__all__ = [
    "accept_transfer",
    "change_protection",
    "correct_status",
    "end_limit",
    "end_qualification",
    "end_status",
    "end_wish",
    "hand_over",
    "record_limit",
    "record_qualification",
    "record_status",
    "record_wish",
    "register_citizen",
    "retract_status",
    "return_transfer",
    "see_hand_over",
    "set_target_group",
]
