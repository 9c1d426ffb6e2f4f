"""Verbs of the network."""

from jobpakke.network.services.courses import call_off_run, give_up_seat, open_run, take_seat
from jobpakke.network.services.members import join_network, leave_network
from jobpakke.network.services.newsletters import record_newsletter

__all__ = [
    "call_off_run",
    "give_up_seat",
    "join_network",
    "leave_network",
    "open_run",
    "record_newsletter",
    "take_seat",
]
