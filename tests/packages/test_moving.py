"""A citizen moves: what ends, who sees what, and how it is counted, before and after the other municipality answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from jobpakke.access.models import Role, User
from jobpakke.citizens.models import (
    CaseAssignment,
    CaseTransfer,
    Citizen,
    HandOver,
    OtherReason,
    Status,
    StatusSpell,
    TransferGround,
)
from jobpakke.citizens.services import accept_transfer, record_status, return_transfer
from jobpakke.citizens.services.status import StatusFacts
from jobpakke.continuity.caseload import caseload
from jobpakke.continuity.findings import FindingKind, findings
from jobpakke.followup.tables import StatusTable, status_at, targets_by
from jobpakke.lib.refusal import Refused
from jobpakke.method.status import LabourMarketStatus
from jobpakke.packages.models import GoalForm, JobPackage, JournalNote, Party, PlanVersion, Programme
from jobpakke.packages.services import (
    draft_package,
    make_commitment,
    open_programme,
    reopen_plan,
    settle_commitment,
    start_step,
    transfer_case,
    write_note,
)
from jobpakke.packages.services.journal import NoteFacts
from jobpakke.packages.services.moving import Move
from tests.builders import DAY, Cast, Stairs, agreed, draft, user

pytestmark = pytest.mark.django_db
MOVED = DAY + timedelta(days=30)
SENT = MOVED + timedelta(days=2)
TAKEN = SENT + timedelta(days=5)


@pytest.fixture
def programme(cast: Cast) -> Programme:
    targets = [(cast.here, 3), (cast.there, 3)]
    return open_programme(actor=None, code="P", name="P", starts_on=DAY, ends_on=None, targets=targets, on=DAY)


@pytest.fixture
def stairs(cast: Cast, programme: Programme) -> Stairs:
    found = agreed(cast.bo, cast.her, programme=programme)
    start_step(actor=cast.bo, step=found.first.step, started_on=DAY, on=DAY)
    return found


@pytest.fixture
def tina(cast: Cast) -> User:
    return user("tina", Role.TEAM_LEADER, cast.there)


def move(cast: Cast, **changes: object) -> Move:
    return replace(Move(cast.there, MOVED, TransferGround.CONSENT, "Bor nu hos sin søn", end_steps=True), **changes)  # type: ignore[arg-type]


def send(cast: Cast, **changes: object) -> CaseTransfer:
    return transfer_case(actor=cast.bo, citizen=cast.her, move=move(cast, **changes), on=SENT)


def sees(who: User, on: date) -> bool:
    her = Citizen.objects.visible_to(who, on=on).filter(given_name="Asta").exists()
    package = JobPackage.objects.visible_to(who, on=on).filter(citizen__given_name="Asta").exists()
    assert her == package
    return her


def kinds(who: User, on: date) -> set[FindingKind]:
    return {row.kind for row in findings(caseload(who, today=on, on=on), on=on)}


def test_everything_here_ends_and_the_case_is_offered(cast: Cast, stairs: Stairs, tina: User) -> None:
    row = send(cast)
    package = JobPackage.objects.get(citizen=cast.her)
    assert (package.ended_on, package.outcome) == (MOVED, "other")
    stairs.first.step.refresh_from_db()
    assert (stairs.first.step.ended_on, stairs.first.step.end_reason) == (MOVED, "moved")
    spell = StatusSpell.objects.get(citizen=cast.her)
    assert (spell.status, spell.reason, spell.starts_on, spell.ends_on) == ("other", "moved", MOVED, None)
    assert (row.ground, row.sender, row.receiver) == ("consent", cast.here, cast.there)
    assert (sees(cast.bo, SENT), sees(cast.tove, SENT), sees(tina, SENT), sees(cast.dorte, SENT)) == (
        True,
        True,
        False,
        False,
    )
    assert FindingKind.CASE_OFFERED in kinds(tina, SENT)
    assert kinds(cast.bo, SENT) == set()
    assert FindingKind.CASE_OFFERED not in kinds(cast.tove, SENT) | kinds(cast.dorte, SENT)


def test_after_acceptance_only_the_new_municipality_sees_the_citizen(cast: Cast, stairs: Stairs, tina: User) -> None:
    row = send(cast)
    accept_transfer(actor=tina, transfer=row, caseworker=cast.dorte, on=TAKEN)
    assert (sees(cast.bo, TAKEN), sees(cast.tove, TAKEN), sees(tina, TAKEN), sees(cast.dorte, TAKEN)) == (
        False,
        False,
        True,
        True,
    )
    held = CaseAssignment.objects.current().filter(citizen=cast.her).order_by("starts_on")
    assert [(each.caseworker, each.ends_on) for each in held] == [(cast.bo, TAKEN), (cast.dorte, None)]
    news = HandOver.objects.get(citizen=cast.her)
    assert (news.giver, news.receiver, news.note) == (cast.bo, cast.dorte, "Bor nu hos sin søn")
    assert kinds(cast.dorte, TAKEN) >= {FindingKind.CASE_RECEIVED, FindingKind.NO_PACKAGE}
    moved = StatusSpell.objects.current().get(citizen=cast.her)
    assert (moved.starts_on, moved.ends_on) == (MOVED, TAKEN)
    assert PlanVersion.objects.visible_to(cast.dorte, on=TAKEN).filter(pk=stairs.version.pk).exists()
    assert not CaseTransfer.objects.visible_to(cast.bo, on=TAKEN).exists()
    assert not CaseTransfer.objects.visible_to(cast.tove, on=TAKEN).exists()


def test_the_former_caseworker_sees_nothing_of_what_comes_later(cast: Cast, stairs: Stairs, tina: User) -> None:
    promise = make_commitment(
        actor=cast.bo, package=stairs.package, party=Party.MUNICIPALITY, text="Kursus", due_on=TAKEN, on=DAY
    )
    accept_transfer(actor=tina, transfer=send(cast), caseworker=cast.dorte, on=TAKEN)
    her = Citizen.objects.get(pk=cast.her.pk)
    later = NoteFacts("Hej", TAKEN)
    write_note(actor=cast.dorte, citizen=her, facts=later, on=TAKEN)
    draft_package(actor=cast.dorte, citizen=her, goal_title="Butik", form=GoalForm.FLEX, on=TAKEN)
    assert JobPackage.objects.latest("pk").municipality == cast.there
    for stranger in (cast.bo, cast.tove, cast.erik):
        assert not JobPackage.objects.visible_to(stranger, on=TAKEN).filter(citizen=her).exists()
        assert her not in [case.citizen for case in caseload(stranger, today=TAKEN, on=TAKEN)]
        with pytest.raises(Refused, match="NOT_FOUND"):
            write_note(actor=stranger, citizen=her, facts=later, on=TAKEN)
        with pytest.raises(Refused, match="NOT_FOUND"):
            settle_commitment(actor=stranger, commitment=promise, kept=True, settled_on=TAKEN, on=TAKEN)
    assert JournalNote.objects.filter(citizen=her).count() == 1
    promise.refresh_from_db()
    settle_commitment(actor=cast.dorte, commitment=promise, kept=True, settled_on=TAKEN, on=TAKEN)


def row_of(table: StatusTable, place: object) -> dict[str, int]:
    found = next(row for row in table.rows if row.municipality == place)
    return {status.value: count for status, count in found.counts.items() if count}


def test_the_figures_stay_where_the_package_was(cast: Cast, stairs: Stairs, tina: User, programme: Programme) -> None:
    row = send(cast)
    days = [MOVED, TAKEN, TAKEN + timedelta(days=100)]
    before = [row_of(status_at(programme, on=on), cast.here) for on in days]
    assert before == [{LabourMarketStatus.OTHER.value: 1}] * 3
    accept_transfer(actor=tina, transfer=row, caseworker=cast.dorte, on=TAKEN)
    her = Citizen.objects.get(pk=cast.her.pk)
    record_status(actor=cast.dorte, citizen=her, facts=StatusFacts(Status.FLEX_JOB, TAKEN), on=TAKEN)
    assert [row_of(status_at(programme, on=on), cast.here) for on in days] == before
    assert [row_of(status_at(programme, on=on), cast.there) for on in days] == [{}] * 3
    assert [each.packages for each in targets_by(programme, on=TAKEN).rows] == [1, 0]
    agreed(cast.dorte, her, TAKEN, programme)
    table = status_at(programme, on=TAKEN)
    assert (row_of(table, cast.here), row_of(table, cast.there)) == ({}, {LabourMarketStatus.FLEX_JOB.value: 1})


def test_taken_over_on_the_very_day(cast: Cast, stairs: Stairs, tina: User, programme: Programme) -> None:
    row = transfer_case(actor=cast.bo, citizen=cast.her, move=move(cast), on=MOVED)
    accept_transfer(actor=tina, transfer=row, caseworker=cast.dorte, on=MOVED)
    spell = StatusSpell.objects.current().get(citizen=cast.her)
    assert (spell.starts_on, spell.ends_on) == (MOVED, MOVED + timedelta(days=1))
    assert row_of(status_at(programme, on=MOVED), cast.here) == {LabourMarketStatus.OTHER.value: 1}


def test_sent_back_it_stays_and_can_be_offered_again(cast: Cast, stairs: Stairs, tina: User) -> None:
    row = send(cast)
    return_transfer(actor=tina, transfer=row, reason="Bor ikke her", on=TAKEN)
    assert (sees(cast.bo, TAKEN), sees(tina, TAKEN), sees(cast.dorte, TAKEN)) == (True, False, False)
    assert FindingKind.CASE_OFFERED not in kinds(tina, TAKEN)
    for days, told in ((-1, False), (0, True), (13, True), (14, False)):
        assert (FindingKind.CASE_RETURNED in kinds(cast.bo, TAKEN + timedelta(days=days))) == told
    again = transfer_case(actor=cast.bo, citizen=cast.her, move=move(cast), on=TAKEN)
    accept_transfer(actor=tina, transfer=again, caseworker=cast.dorte, on=TAKEN)
    assert sees(cast.dorte, TAKEN)


def test_what_is_refused_of_an_offer_changes_nothing(cast: Cast, stairs: Stairs) -> None:
    refused: list[tuple[dict[str, object], str]] = [
        ({"receiver": cast.here}, "MOVED_NOWHERE"),
        ({"moved_on": SENT + timedelta(days=1)}, "DATE_AHEAD"),
        ({"end_steps": False}, "STEP_STILL_UNDER_WAY"),
        ({"moved_on": DAY - timedelta(days=1)}, "NOT_UNDER_WAY"),
        ({"note": "x" * 1001}, "TEXT_TOO_LONG"),
    ]
    for changes, code in refused:
        with pytest.raises(Refused, match=code):
            send(cast, **changes)
    for actor, code in ((cast.erik, "NOT_FOUND"), (cast.dorte, "NOT_FOUND"), (cast.tove, "ROLE_LACKS_ACT")):
        with pytest.raises(Refused, match=code):
            transfer_case(actor=actor, citizen=cast.her, move=move(cast), on=SENT)
    assert JobPackage.objects.get(citizen=cast.her).ended_on is None
    assert not CaseTransfer.objects.exists()
    assert not StatusSpell.objects.exists()
    send(cast)
    with pytest.raises(Refused, match="TRANSFER_WAITS"):
        send(cast)


def test_what_is_refused_of_an_answer(cast: Cast, stairs: Stairs, tina: User) -> None:
    row = send(cast)
    for actor, code in ((cast.bo, "ROLE_LACKS_ACT"), (cast.tove, "ROLE_LACKS_ACT"), (cast.dorte, "NOT_FOUND")):
        with pytest.raises(Refused, match=code):
            accept_transfer(actor=actor, transfer=row, caseworker=cast.dorte, on=TAKEN)
        with pytest.raises(Refused, match=code):
            return_transfer(actor=actor, transfer=row, reason="Nej", on=TAKEN)
    for caseworker in (cast.bo, tina):
        with pytest.raises(Refused, match="NOT_A_CASEWORKER"):
            accept_transfer(actor=tina, transfer=row, caseworker=caseworker, on=TAKEN)
    with pytest.raises(Refused, match="TEXT_NEEDED"):
        return_transfer(actor=tina, transfer=row, reason=" ", on=TAKEN)
    stale = CaseTransfer.objects.get(pk=row.pk)
    accept_transfer(actor=tina, transfer=row, caseworker=cast.dorte, on=TAKEN)
    with pytest.raises(Refused, match="TRANSFER_ANSWERED"):
        accept_transfer(actor=tina, transfer=stale, caseworker=cast.dorte, on=TAKEN)
    with pytest.raises(Refused, match="TRANSFER_ANSWERED"):
        return_transfer(actor=tina, transfer=stale, reason="Nej", on=TAKEN)


def test_no_package_is_begun_here_while_another_municipality_is_asked(
    cast: Cast, stairs: Stairs, tina: User, client: Client
) -> None:
    row = send(cast)
    client.force_login(cast.bo)
    page, begin = reverse("citizen", args=[cast.her.ref]), reverse("new_package", args=[cast.her.ref])
    with pytest.raises(Refused, match="CASE_OFFERED_AWAY"):
        draft_package(actor=cast.bo, citizen=cast.her, goal_title="Butik", form=GoalForm.FLEX, on=SENT)
    assert begin not in client.get(page).content.decode()
    return_transfer(actor=tina, transfer=row, reason="Bor her ikke", on=TAKEN)
    assert begin in client.get(page).content.decode()
    draft_package(actor=cast.bo, citizen=cast.her, goal_title="Butik", form=GoalForm.FLEX, on=TAKEN)


def test_without_a_running_package_the_draft_goes_and_the_status_is_recorded(cast: Cast) -> None:
    draft(cast.bo, cast.her)
    record_status(
        actor=cast.bo, citizen=cast.her, facts=StatusFacts(Status.OTHER, DAY, None, OtherReason.TREATMENT), on=DAY
    )
    send(cast)
    assert not JobPackage.objects.exists()
    spells = StatusSpell.objects.current().order_by("starts_on")
    assert [(each.reason, each.starts_on, each.ends_on) for each in spells] == [
        ("treatment", DAY, MOVED),
        ("moved", MOVED, None),
    ]


def test_a_change_that_is_being_made_does_not_outlive_the_move(cast: Cast, stairs: Stairs) -> None:
    reopen_plan(actor=cast.bo, package=stairs.package, on=DAY)
    send(cast)
    assert not PlanVersion.objects.unsettled().exists()
