"""Filing a signed copy on the version it signs, withdrawing one, and wiping the bytes of one filed wrongly."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from django.db import IntegrityError, transaction
from django.db.models import F

from jobpakke.access.models import User
from jobpakke.companies.models import Company
from jobpakke.history.kinds import SignedCopyFiled, SignedCopyWiped, SignedCopyWithdrawn
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.lib.texts import plain
from jobpakke.packages.answers import companies_asked, with_answers
from jobpakke.packages.models import Party, PlanVersion
from jobpakke.packages.models.signed import CompanySignature, CopyEnding, SealedBytes, SignedCopy, SignedCopyEnding
from jobpakke.packages.scans import Scan
from jobpakke.packages.sealing import seal
from jobpakke.packages.services.plan.checks import PlanRefusal, reread
from jobpakke.packages.services.writing import note, require_not_ahead, require_package_work, which_company


class SignedRefusal(StrEnum):
    """Why a signed copy was not filed, withdrawn or wiped."""

    COPY_WITHOUT_PARTY = "COPY_WITHOUT_PARTY"
    COPY_PARTY_UNKNOWN = "COPY_PARTY_UNKNOWN"
    COPY_NOT_ON_PAPER = "COPY_NOT_ON_PAPER"
    COPY_FILED_ALREADY = "COPY_FILED_ALREADY"
    COPY_WITHDRAWN_ALREADY = "COPY_WITHDRAWN_ALREADY"
    COPY_WIPED_ALREADY = "COPY_WIPED_ALREADY"
    SIGNED_BEFORE_PROPOSED = "SIGNED_BEFORE_PROPOSED"


@transaction.atomic
def file_signed_copy(
    *,
    actor: User,
    version: PlanVersion,
    parties: Iterable[str],
    scan: Scan,
    signed_on: date,
    on: date,
    companies: Iterable[Company] = (),
) -> SignedCopy:
    """Files a scan (``packages.scans.read_scan``) on a version that has been proposed. It says who signed; whether
    somebody has said yes is an approval's matter. ``companies``: which of them, where the plan concerns several.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, the codes of check_filing and which_company.
    """
    require_package_work(actor, version.package, on=on)
    signed_by = frozenset(parties)
    check_filing(version, signed_by, scan, signed_on, on=on)
    signing = _signing(version, companies, signed_on) if Party.COMPANY in signed_by else ()
    copy = SignedCopy.objects.create(
        version=version,
        by_citizen=Party.CITIZEN in signed_by,
        by_company=Party.COMPANY in signed_by,
        by_municipality=Party.MUNICIPALITY in signed_by,
        file_name=scan.name,
        kind=scan.kind,
        size=len(scan.content),
        sha256=scan.sha256,
        signed_on=signed_on,
        filed_on=on,
        filed_by=actor,
    )
    CompanySignature.objects.bulk_create(CompanySignature(copy=copy, company=company) for company in signing)
    SealedBytes.objects.create(copy=copy, token=seal(scan.content))
    kind = SignedCopyFiled(version.number, copy.by_citizen, copy.by_company, copy.by_municipality)
    note(actor, version.package, copy.ref, kind, on)
    return copy


def _signing(version: PlanVersion, companies: Iterable[Company], signed_on: date) -> tuple[Company, ...]:
    """The companies whose signature it is, each once; none where the plan names none."""
    read = with_answers(PlanVersion.objects.filter(pk=version.pk)).get()
    asked = companies_asked(read, on=date.max, over_on=signed_on)
    named = (which_company(asked, company) for company in tuple(dict.fromkeys(companies)) or (None,))
    return tuple(company for company in named if company is not None)


def check_filing(version: PlanVersion, parties: frozenset[str], scan: Scan, signed_on: date, *, on: date) -> None:
    """What must hold of a copy on its version; who files on the same version waits for who came first.

    Raises:
        Refused: COPY_WITHOUT_PARTY, COPY_PARTY_UNKNOWN, DATE_AHEAD, PLAN_NOT_PROPOSED, SIGNED_BEFORE_PROPOSED
            (signed_on, proposed_on), COPY_FILED_ALREADY (version).
    """
    if not parties:
        raise Refused(Refusal(SignedRefusal.COPY_WITHOUT_PARTY, {}))
    if not parties <= set(Party.values):
        raise Refused(Refusal(SignedRefusal.COPY_PARTY_UNKNOWN, {}))
    require_not_ahead(signed_on, on=on)
    PlanVersion.objects.filter(pk=version.pk).update(edits=F("edits"))
    reread(version)
    if version.proposed_on is None:
        raise Refused(Refusal(PlanRefusal.PLAN_NOT_PROPOSED, {}))
    if signed_on < version.proposed_on:
        raise Refused(
            Refusal(SignedRefusal.SIGNED_BEFORE_PROPOSED, {"signed_on": signed_on, "proposed_on": version.proposed_on})
        )
    if SignedCopy.objects.filter(version=version, sha256=scan.sha256, endings__isnull=True).exists():
        raise Refused(Refusal(SignedRefusal.COPY_FILED_ALREADY, {"version": version.number}))


@transaction.atomic
def withdraw_signed_copy(*, actor: User, copy: SignedCopy, reason: str, on: date) -> None:
    """Lets a copy count no more. Its bytes stay, and so does the record.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, the codes of plain, COPY_WITHDRAWN_ALREADY, COPY_WIPED_ALREADY.
    """
    package = copy.version.package
    require_package_work(actor, package, on=on)
    why = plain(reason, SignedCopyEnding.reason.field)
    if copy.endings.filter(ending=CopyEnding.WIPED).exists():
        raise Refused(Refusal(SignedRefusal.COPY_WIPED_ALREADY, {}))
    _end(actor, copy, CopyEnding.WITHDRAWN, why, on)
    note(actor, package, copy.ref, SignedCopyWithdrawn(copy.version.number), on)


@transaction.atomic
def wipe_signed_copy(*, actor: User, copy: SignedCopy, reason: str, on: date) -> None:
    """Removes the bytes for good, withdrawn or not: somebody else's papers, for one. Who, when and why stay.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, the codes of plain, COPY_WIPED_ALREADY.
    """
    package = copy.version.package
    require_package_work(actor, package, on=on)
    why = plain(reason, SignedCopyEnding.reason.field)
    _end(actor, copy, CopyEnding.WIPED, why, on)
    SealedBytes.objects.filter(copy=copy).delete()
    note(actor, package, copy.ref, SignedCopyWiped(copy.version.number), on)


def _end(actor: User, copy: SignedCopy, ending: CopyEnding, why: str, on: date) -> None:
    """One row; the second of its kind is refused by the database."""
    try:
        with transaction.atomic():
            SignedCopyEnding.objects.create(copy=copy, ending=ending, reason=why, ended_by=actor, ended_on=on)
    except IntegrityError as error:
        if ending == CopyEnding.WITHDRAWN:
            raise Refused(Refusal(SignedRefusal.COPY_WITHDRAWN_ALREADY, {})) from error
        raise Refused(Refusal(SignedRefusal.COPY_WIPED_ALREADY, {})) from error
