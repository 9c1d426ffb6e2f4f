"""Mentors and contacts."""

from datetime import date
from enum import StrEnum

from django.db import transaction

from jobpakke.access.models import User
from jobpakke.citizens.access import require_case_work
from jobpakke.citizens.models import Citizen
from jobpakke.companies.models import Mentor
from jobpakke.history.kinds import (
    ContactRecorded,
    MentorAssigned,
)
from jobpakke.history.services import Happening, record
from jobpakke.lib.names import sort_key
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.lib.texts import plain
from jobpakke.packages.models import Contact, ContactKind, Mentorship, Party, Step
from jobpakke.packages.services.writing import note, require_not_ahead, require_package_work


class SupportRefusal(StrEnum):
    """Why a mentor or contact was not recorded."""

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


@transaction.atomic
def record_contact(
    *, actor: User, citizen: Citizen, kind: ContactKind, party: Party, held_on: date, text: str, on: date
) -> Contact:
    """Records a contact with the citizen or the company.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, DATE_AHEAD, the codes of plain.
    """
    require_case_work(actor, citizen, on=on)
    require_not_ahead(held_on, on=on)
    text = plain(text, Contact.text.field)
    row = Contact.objects.create(citizen=citizen, kind=kind, party=party, held_on=held_on, text=text, recorded_by=actor)
    record(Happening(ContactRecorded(kind.value, party.value), actor.ref, row.ref, citizen.ref, held_on))
    return row
