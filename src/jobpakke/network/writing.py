"""What several verbs of the network do the same way."""

from __future__ import annotations

from datetime import date

from jobpakke.access.models import User
from jobpakke.access.policies import AccessRefusal, Act
from jobpakke.history.kinds import SeatGivenUp
from jobpakke.history.periods import with_end
from jobpakke.history.services import Happening, record
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.network.models import CourseSeat
from jobpakke.network.refusals import NetworkRefusal
from jobpakke.packages.models import Programme
from jobpakke.packages.services.writing import WritingRefusal


def require_keeper(actor: User, programme: Programme, *, on: date) -> None:
    """Whoever sees a programme's network by a role that keeps it. Raises Refused (NOT_FOUND, ROLE_LACKS_ACT)."""
    if not Programme.objects.open_to(actor, Act.SEE_NETWORK, on=on).filter(pk=programme.pk).exists():
        raise Refused(Refusal(AccessRefusal.NOT_FOUND, {}))
    if not Programme.objects.open_to(actor, Act.KEEP_NETWORK, on=on).filter(pk=programme.pk).exists():
        raise Refused(Refusal(AccessRefusal.ROLE_LACKS_ACT, {"act": Act.KEEP_NETWORK.value}))


def record_given_up(actor: User, seat: CourseSeat, *, given_up_on: date) -> CourseSeat:
    """Gives the seat an end. Raises Refused (CHANGED_MEANWHILE_BY_ANOTHER)."""
    row = with_end(seat, given_up_on)
    if row is None:
        raise Refused(Refusal(WritingRefusal.CHANGED_MEANWHILE_BY_ANOTHER, {}))
    record(Happening(SeatGivenUp(str(seat.run.ref)), actor.ref, row.ref, seat.ambassador.ref, given_up_on))
    return row


def require_between(number: int, least: int, most: int) -> None:
    """Raises Refused (NUMBER_OUT_OF_RANGE with number, least and most)."""
    if not least <= number <= most:
        raise Refused(Refusal(NetworkRefusal.NUMBER_OUT_OF_RANGE, {"number": number, "least": least, "most": most}))
