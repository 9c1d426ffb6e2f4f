"""Promises and mentors."""

from datetime import date
from enum import StrEnum

from django.db import transaction

from jobpakke.access.models import User
from jobpakke.companies.models import Mentor
from jobpakke.history.kinds import (
    CommitmentBroken,
    CommitmentKept,
    CommitmentMade,
    MentorAssigned,
)
from jobpakke.lib.names import sort_key
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.lib.texts import plain
from jobpakke.packages.models import Commitment, JobPackage, Mentorship, Party, Step
from jobpakke.packages.services.writing import note, require_not_ahead, require_package_work, swap


class SupportRefusal(StrEnum):
    """Why a promise or mentor was not recorded."""

    COMMITMENT_DUE_BEFORE_MADE = "COMMITMENT_DUE_BEFORE_MADE"
    COMMITMENT_SETTLED_ALREADY = "COMMITMENT_SETTLED_ALREADY"
    COMMITMENT_SETTLED_BEFORE_MADE = "COMMITMENT_SETTLED_BEFORE_MADE"
    MENTOR_IS_PARTICIPANT = "MENTOR_IS_PARTICIPANT"
    MENTOR_WITHOUT_CONFIDENTIALITY = "MENTOR_WITHOUT_CONFIDENTIALITY"
    MENTOR_DATES_REVERSED = "MENTOR_DATES_REVERSED"


@transaction.atomic
def make_commitment(*, actor: User, package: JobPackage, party: Party, text: str, due_on: date, on: date) -> Commitment:
    """Records what a party promises by a date.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, the codes of plain, COMMITMENT_DUE_BEFORE_MADE.
    """
    require_package_work(actor, package, on=on)
    if due_on < on:
        raise Refused(Refusal(SupportRefusal.COMMITMENT_DUE_BEFORE_MADE, {"due_on": due_on, "made_on": on}))
    row = Commitment.objects.create(
        package=package, party=party, text=plain(text, Commitment.text.field), made_on=on, due_on=due_on
    )
    note(actor, package, row.ref, CommitmentMade(party.value, due_on), on)
    return row


@transaction.atomic
def settle_commitment(*, actor: User, commitment: Commitment, kept: bool, settled_on: date, on: date) -> Commitment:
    """Records that a promise was kept, or broken, on a day.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, DATE_AHEAD, COMMITMENT_SETTLED_ALREADY, COMMITMENT_SETTLED_BEFORE_MADE.
    """
    package = commitment.package
    require_package_work(actor, package, on=on)
    require_not_ahead(settled_on, on=on)
    if commitment.kept_on or commitment.broken_on:
        raise Refused(Refusal(SupportRefusal.COMMITMENT_SETTLED_ALREADY, {}))
    if settled_on < commitment.made_on:
        raise Refused(Refusal(SupportRefusal.COMMITMENT_SETTLED_BEFORE_MADE, {"made_on": commitment.made_on}))
    field = "kept_on" if kept else "broken_on"
    rows = Commitment.objects.filter(pk=commitment.pk, kept_on__isnull=True, broken_on__isnull=True)
    swap(rows, **{field: settled_on})
    setattr(commitment, field, settled_on)
    kind = CommitmentKept(commitment.party) if kept else CommitmentBroken(commitment.party)
    note(actor, package, commitment.ref, kind, settled_on)
    return commitment


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
