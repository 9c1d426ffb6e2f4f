"""Verbs that change what is known about citizens."""

from jobpakke.citizens.services.person import (
    assign_caseworker,
    change_protection,
    record_limit,
    record_qualification,
    record_wish,
    register_citizen,
    set_target_group,
)
from jobpakke.citizens.services.status import correct_status, end_status, record_status

__all__ = [
    "assign_caseworker",
    "change_protection",
    "correct_status",
    "end_status",
    "record_limit",
    "record_qualification",
    "record_status",
    "record_wish",
    "register_citizen",
    "set_target_group",
]
