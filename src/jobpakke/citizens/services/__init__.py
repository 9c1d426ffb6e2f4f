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
from jobpakke.citizens.services.person import assign_caseworker, change_protection, register_citizen
from jobpakke.citizens.services.status import correct_status, end_status, record_status

__all__ = [
    "assign_caseworker",
    "change_protection",
    "correct_status",
    "end_limit",
    "end_qualification",
    "end_status",
    "end_wish",
    "record_limit",
    "record_qualification",
    "record_status",
    "record_wish",
    "register_citizen",
    "set_target_group",
]
