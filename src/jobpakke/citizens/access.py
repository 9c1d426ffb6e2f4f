"""Rights around citizens that several verbs ask for."""

from datetime import date

from jobpakke.access.models import User
from jobpakke.access.policies import Act, require
from jobpakke.citizens.models import Citizen


def require_case_work(actor: User, citizen: Citizen, *, on: date) -> None:
    """Only the citizen's own caseworker changes the case. Raises Refused (NOT_FOUND, ROLE_LACKS_ACT)."""
    require(actor, Act.WORK_CASES, citizen, on=on)
