"""Mentors."""

from datetime import date
from enum import StrEnum

from django.db import transaction

from jobpakke.access.models import User
from jobpakke.companies.models import Mentor
from jobpakke.history.kinds import (
    MentorAssigned,
)
from jobpakke.lib.names import sort_key
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.packages.models import Mentorship, Step
from jobpakke.packages.services.writing import note, require_package_work


class SupportRefusal(StrEnum):
    """Why a mentor was not recorded."""

    MENTOR_IS_PARTICIPANT = "MENTOR_IS_PARTICIPANT"
    MENTOR_WITHOUT_CONFIDENTIALITY = "MENTOR_WITHOUT_CONFIDENTIALITY"
    MENTOR_DATES_REVERSED = "MENTOR_DATES_REVERSED"


@transaction.atomic
def assign_mentor(
    *,
    actor: User,
    step: Step,
    mentor: Mentor,
    starts_on: date,
    confidentiality_on: date | None,
    on: date,
    ends_on: date | None = None,
) -> Mentorship:
    """Ties a mentor, who has confirmed confidentiality before the first day, to a step.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, MENTOR_IS_PARTICIPANT, MENTOR_WITHOUT_CONFIDENTIALITY,
            MENTOR_DATES_REVERSED.
    """
    require_package_work(actor, step.package, on=on)
    if sort_key(mentor.name) == sort_key(step.package.citizen.name):
        raise Refused(Refusal(SupportRefusal.MENTOR_IS_PARTICIPANT, {}))
    if confidentiality_on is None or confidentiality_on > starts_on:
        raise Refused(Refusal(SupportRefusal.MENTOR_WITHOUT_CONFIDENTIALITY, {"starts_on": starts_on}))
    if ends_on is not None and ends_on <= starts_on:
        raise Refused(Refusal(SupportRefusal.MENTOR_DATES_REVERSED, {"start": starts_on, "end": ends_on}))
    row = Mentorship.objects.create(
        step=step, mentor=mentor, starts_on=starts_on, ends_on=ends_on, confidentiality_on=confidentiality_on
    )
    note(actor, step.package, step.ref, MentorAssigned(mentor.ref), starts_on)
    return row
