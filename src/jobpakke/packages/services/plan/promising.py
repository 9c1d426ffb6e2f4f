"""Promises as part of a plan that is still being made: they are given when the plan takes effect."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from jobpakke.access.models import User
from jobpakke.companies.models import Company
from jobpakke.history.kinds import CommitmentLaid, CommitmentMade, CommitmentRemoved
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.lib.texts import plain
from jobpakke.method.commitments import CommitmentRefusal
from jobpakke.packages.facts import plan_of_version
from jobpakke.packages.models import Commitment, Party, PlanVersion
from jobpakke.packages.promises import company_ref
from jobpakke.packages.services.plan.checks import take
from jobpakke.packages.services.writing import note, promising_company, require_package_work


@transaction.atomic
def lay_commitment(
    *,
    actor: User,
    version: PlanVersion,
    party: Party,
    text: str,
    due_on: date,
    on: date,
    company: Company | None = None,
) -> Commitment:
    """Writes a promise into a draft: by a day. It is made when the version takes effect. ``company``: which one, where
    the draft concerns several.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, the codes of take, plain and promising_company, COMMITMENT_DUE_BEFORE_MADE.
    """
    require_package_work(actor, version.package, on=on)
    take(version, on=on)
    if due_on < on:
        raise Refused(Refusal(CommitmentRefusal.COMMITMENT_DUE_BEFORE_MADE, {"due_on": due_on, "made_on": on}))
    row = Commitment.objects.create(
        package=version.package,
        laid_in=version,
        party=party,
        company=promising_company(plan_of_version(version), party, company, on=on),
        text=plain(text, Commitment.text.field),
        due_on=due_on,
    )
    note(actor, version.package, row.ref, CommitmentLaid(party.value, due_on, company_ref(row)), on)
    return row


@transaction.atomic
def remove_commitment(*, actor: User, commitment: Commitment, on: date) -> None:
    """Takes a promise out of a draft. One that was made is not removed: it is kept or broken.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, the codes of take.
    """
    package, version = commitment.package, commitment.laid_in
    require_package_work(actor, package, on=on)
    if version is not None:
        take(version, on=on)
        note(actor, package, commitment.ref, CommitmentRemoved(commitment.party), on)
        Commitment.objects.filter(pk=commitment.pk, made_on__isnull=True).delete()


def require_days_ahead(version: PlanVersion, *, on: date) -> None:
    """No promise of a draft is due before it is proposed. Raises Refused (COMMITMENT_DAYS_PASSED with texts)."""
    passed = tuple(Commitment.objects.laid_in(version).filter(due_on__lt=on).values_list("text", flat=True))
    if passed:
        raise Refused(Refusal(CommitmentRefusal.COMMITMENT_DAYS_PASSED, {"texts": passed}))


def carry_over(source: PlanVersion, draft: PlanVersion) -> None:
    """The promises of a proposal that was taken back stand in the draft that goes on from it."""
    Commitment.objects.bulk_create(
        Commitment(
            package=draft.package, laid_in=draft, party=row.party, company=row.company, text=row.text, due_on=row.due_on
        )
        for row in Commitment.objects.laid_in(source)
    )


def make_laid(actor: User, version: PlanVersion, made_on: date) -> None:
    """The promises of a version are given on the day it takes effect."""
    for row in Commitment.objects.laid_in(version).filter(made_on__isnull=True):
        Commitment.objects.filter(pk=row.pk).update(made_on=made_on)
        note(actor, version.package, row.ref, CommitmentMade(row.party, row.due_on, company_ref(row)), made_on)
