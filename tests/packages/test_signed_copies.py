"""Filing the scan of what was signed, withdrawing one, wiping one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from cryptography.fernet import InvalidToken
from django.db import DatabaseError, IntegrityError, transaction

from jobpakke.citizens import cpr
from jobpakke.history.models import Event
from jobpakke.lib.refusal import Refused
from jobpakke.packages.models import Party, PlanVersion, SealedBytes, SignedCopy, SignedCopyEnding
from jobpakke.packages.models.package import OnBehalfReason
from jobpakke.packages.scans import Scan
from jobpakke.packages.sealing import seal, unseal
from jobpakke.packages.services import (
    approve_plan,
    file_signed_copy,
    propose_plan,
    wipe_signed_copy,
    withdraw_proposal,
    withdraw_signed_copy,
)
from tests.builders import DAY, Cast, draft
from tests.packages.papers import pdf, scan

pytestmark = pytest.mark.django_db
LATER = DAY + timedelta(days=3)


@pytest.fixture
def version(cast: Cast) -> PlanVersion:
    """Proposed, unanswered."""
    stairs = draft(cast.bo, cast.her)
    propose_plan(actor=cast.bo, version=stairs.version, on=DAY)
    return stairs.version


def filed(cast: Cast, version: PlanVersion, paper: Scan | None = None, signed_on: date = DAY) -> SignedCopy:
    return file_signed_copy(
        actor=cast.bo,
        version=version,
        parties=[Party.CITIZEN.value, Party.COMPANY.value],
        scan=paper or scan(),
        signed_on=signed_on,
        on=LATER,
    )


def test_a_copy_is_kept_sealed_with_whose_signatures_it_carries(cast: Cast, version: PlanVersion) -> None:
    copy = filed(cast, version)
    assert copy.parties == (Party.CITIZEN, Party.COMPANY)
    assert (copy.size, copy.sha256, copy.kind) == (len(pdf()), scan().sha256, "pdf")
    token = bytes(copy.sealed.token)
    assert b"%PDF" not in token
    assert unseal(token) == pdf()
    event = Event.objects.get(kind="signed_copy_filed")
    assert event.data == {"version": 1, "by_citizen": True, "by_company": True, "by_municipality": False}
    assert event.about == cast.her.ref


def test_the_key_of_files_opens_no_number_and_the_other_way_round() -> None:
    with pytest.raises(InvalidToken):
        cpr.decrypt(seal(b"x").decode())
    with pytest.raises(InvalidToken):
        unseal(cpr.encrypt("0101701234").encode())


def test_what_is_refused_of_a_filing(cast: Cast, version: PlanVersion) -> None:
    arguments = {"actor": cast.bo, "version": version, "scan": scan(), "signed_on": DAY, "on": LATER}
    for parties, code in (((), "COPY_WITHOUT_PARTY"), (("citizen", "union"), "COPY_PARTY_UNKNOWN")):
        with pytest.raises(Refused, match=code):
            file_signed_copy(parties=parties, **arguments)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="DATE_AHEAD"):
        filed(cast, version, signed_on=LATER + timedelta(days=1))
    with pytest.raises(Refused, match="SIGNED_BEFORE_PROPOSED"):
        filed(cast, version, signed_on=DAY - timedelta(days=1))
    with pytest.raises(Refused, match="NOT_FOUND"):
        file_signed_copy(parties=["citizen"], **{**arguments, "actor": cast.erik})  # type: ignore[arg-type]
    with pytest.raises(Refused, match="ROLE_LACKS_ACT"):
        file_signed_copy(parties=["citizen"], **{**arguments, "actor": cast.tove})  # type: ignore[arg-type]
    assert not SignedCopy.objects.exists()


def test_a_draft_cannot_have_been_signed_but_what_was_taken_back_can(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    with pytest.raises(Refused, match="PLAN_NOT_PROPOSED"):
        filed(cast, stairs.version)
    propose_plan(actor=cast.bo, version=stairs.version, on=DAY)
    withdraw_proposal(actor=cast.bo, version=stairs.version, on=LATER)
    filed(cast, stairs.version)


def test_the_same_file_is_on_a_version_once_unless_it_was_withdrawn(cast: Cast, version: PlanVersion) -> None:
    first = filed(cast, version)
    filed(cast, version, scan(width=600))
    with pytest.raises(Refused, match="COPY_FILED_ALREADY"):
        filed(cast, version, scan(name="et andet navn.pdf"))
    withdraw_signed_copy(actor=cast.bo, copy=first, reason="Det forkerte ark", on=LATER)
    filed(cast, version)


def test_a_withdrawn_copy_counts_no_more_and_keeps_its_bytes(cast: Cast, version: PlanVersion) -> None:
    copy = filed(cast, version)
    with pytest.raises(Refused, match="TEXT_NEEDED"):
        withdraw_signed_copy(actor=cast.bo, copy=copy, reason=" ", on=LATER)
    assert list(SignedCopy.objects.standing_on(LATER)) == [copy]
    withdraw_signed_copy(actor=cast.bo, copy=copy, reason="Kan ikke læses", on=LATER + timedelta(days=1))
    assert list(SignedCopy.objects.standing_on(LATER)) == [copy]
    assert not SignedCopy.objects.standing_on(LATER + timedelta(days=1)).exists()
    assert unseal(SealedBytes.objects.get(copy=copy).token) == pdf()
    with pytest.raises(Refused, match="COPY_WITHDRAWN_ALREADY"):
        withdraw_signed_copy(actor=cast.bo, copy=copy, reason="Igen", on=LATER)
    assert Event.objects.filter(kind="signed_copy_withdrawn").count() == 1


def test_wiping_removes_the_bytes_and_keeps_who_when_and_why(cast: Cast, version: PlanVersion) -> None:
    copy = filed(cast, version)
    with pytest.raises(Refused, match="NOT_FOUND"):
        wipe_signed_copy(actor=cast.dorte, copy=copy, reason="x", on=LATER)
    wipe_signed_copy(actor=cast.bo, copy=copy, reason="En anden borgers papir", on=LATER)
    assert not SealedBytes.objects.exists()
    ending = SignedCopyEnding.objects.get()
    assert (ending.ended_by, ending.ended_on, ending.reason) == (cast.bo, LATER, "En anden borgers papir")
    assert SignedCopy.objects.get() == copy
    assert Event.objects.filter(kind="signed_copy_wiped").count() == 1
    for verb in (wipe_signed_copy, withdraw_signed_copy):
        with pytest.raises(Refused, match="COPY_WIPED_ALREADY"):
            verb(actor=cast.bo, copy=copy, reason="Igen", on=LATER)


def test_what_was_withdrawn_can_still_be_wiped(cast: Cast, version: PlanVersion) -> None:
    copy = filed(cast, version)
    withdraw_signed_copy(actor=cast.bo, copy=copy, reason="Forkert", on=LATER)
    wipe_signed_copy(actor=cast.bo, copy=copy, reason="En anden borgers papir", on=LATER)
    assert [row.ending for row in copy.endings.all()] == ["withdrawn", "wiped"]


def test_the_record_cannot_be_changed_even_from_behind(cast: Cast, version: PlanVersion) -> None:
    copy = filed(cast, version)
    withdraw_signed_copy(actor=cast.bo, copy=copy, reason="Forkert", on=LATER)
    for rows in (SignedCopy.objects.all(), SignedCopyEnding.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(id=99)
    with pytest.raises(DatabaseError), transaction.atomic():
        SignedCopyEnding.objects.all().delete()
    for change in ({"by_citizen": False, "by_company": False}, {"size": 0}, {"signed_on": LATER + timedelta(days=9)}):
        again = SignedCopy.objects.get(pk=copy.pk)
        again.pk = None
        again.ref = cast.her.ref
        for name, value in change.items():
            setattr(again, name, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            again.save(force_insert=True)


def test_a_yes_on_paper_takes_its_scan_along(cast: Cast, version: PlanVersion) -> None:
    arguments = {"actor": cast.bo, "version": version, "given_on": DAY, "on": LATER, "scan": scan()}
    for how in (OnBehalfReason.SAID_AT_MEETING, OnBehalfReason.SAID_ON_PHONE):
        with pytest.raises(Refused, match="COPY_NOT_ON_PAPER"):
            approve_plan(party=Party.CITIZEN, on_behalf_reason=how, **arguments)  # type: ignore[arg-type]
    approve_plan(party=Party.CITIZEN, on_behalf_reason=OnBehalfReason.SIGNED_ON_PAPER, **arguments)  # type: ignore[arg-type]
    copy = SignedCopy.objects.get()
    assert copy.parties == (Party.CITIZEN,)
    assert copy.signed_on == DAY
    with pytest.raises(Refused, match="COPY_FILED_ALREADY"):
        approve_plan(party=Party.COMPANY, on_behalf_reason=OnBehalfReason.SIGNED_ON_PAPER, **arguments)  # type: ignore[arg-type]
    assert version.approvals.count() == 1
