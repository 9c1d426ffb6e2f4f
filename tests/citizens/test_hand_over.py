"""Cases that go to a colleague: all or none, on a day, seen by who should; nobody is left without a caseworker."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobpakke.access.models import Membership, Role, User
from jobpakke.access.services import give_role
from jobpakke.citizens.models import CaseAssignment, Citizen, HandOver
from jobpakke.citizens.services import hand_over, see_hand_over
from jobpakke.continuity.caseload import caseload
from jobpakke.continuity.findings import FindingKind, findings
from jobpakke.history.models import Event
from jobpakke.lib.refusal import Refused
from tests.builders import DAY, SINCE, Cast, citizen, user

pytestmark = pytest.mark.django_db


def names(who: User, on: object = DAY) -> set[str]:
    return {each.given_name for each in Citizen.objects.visible_to(who, on=on)}  # type: ignore[arg-type]


def give(cast: Cast, **changes: object) -> list[HandOver]:
    facts = {"actor": cast.tove, "citizens": [cast.her], "giver": cast.bo, "receiver": cast.erik, "starts_on": DAY}
    return hand_over(**{**facts, "on": DAY, **changes})  # type: ignore[arg-type]


def kinds(who: User, on: object = DAY) -> list[tuple[FindingKind, bool]]:
    cases = caseload(who, today=on, on=on)  # type: ignore[arg-type]
    return [(row.kind, row.hidden) for row in findings(cases, on=on)]  # type: ignore[arg-type]


@pytest.mark.parametrize("actor", ["bo", "tove"])
def test_a_case_goes_over_with_one_event_and_the_rows_that_tell_it(cast: Cast, actor: str) -> None:
    [row] = give(cast, actor=getattr(cast, actor), note="  Ring til plejehjemmet  ")
    assert names(cast.bo) == set()
    assert names(cast.erik) == {"Asta", "Frode"}
    rows = CaseAssignment.objects.filter(citizen=cast.her)
    assert rows.count() == 3
    assert [(each.caseworker, each.ends_on) for each in rows.current().order_by("starts_on")] == [
        (cast.bo, DAY),
        (cast.erik, None),
    ]
    assert (row.note, row.handed_by, row.seen_on) == ("Ring til plejehjemmet", getattr(cast, actor), None)
    event = Event.objects.get(kind="case_handed_over")
    assert event.about == cast.her.ref
    assert event.data == {"giver": str(cast.bo.ref), "receiver": str(cast.erik.ref)}


def test_on_a_later_day_the_giver_keeps_it_until_then(cast: Cast) -> None:
    later = DAY + timedelta(days=10)
    give(cast, starts_on=later)
    before = later - timedelta(days=1)
    assert (names(cast.bo, before), names(cast.erik, before)) == ({"Asta"}, {"Frode"})
    assert (names(cast.bo, later), names(cast.erik, later)) == (set(), {"Asta", "Frode"})
    assert FindingKind.CASE_RECEIVED not in [kind for kind, _ in kinds(cast.erik, before)]
    assert FindingKind.CASE_RECEIVED in [kind for kind, _ in kinds(cast.erik, later)]


def test_what_was_planned_is_replaced_or_called_off(cast: Cast) -> None:
    later = DAY + timedelta(days=10)
    give(cast, starts_on=later)
    give(cast, receiver=cast.bo)
    assert names(cast.bo, later) == {"Asta"}
    assert FindingKind.CASE_RECEIVED not in [kind for kind, _ in kinds(cast.erik, later)]
    current = CaseAssignment.objects.current().filter(citizen=cast.her)
    assert [each.caseworker for each in current.on(later)] == [cast.bo]


def test_what_is_refused_changes_nothing(cast: Cast) -> None:
    later = DAY + timedelta(days=10)
    other = citizen(cast.bo, cast.here, "Olga", "640173-1004")
    give(cast, citizens=[other], starts_on=later)
    before = CaseAssignment.objects.count(), HandOver.objects.count(), Event.objects.count()
    refused: list[tuple[dict[str, object], str]] = [
        ({"citizens": []}, "NOBODY_CHOSEN"),
        ({"starts_on": DAY - timedelta(days=1)}, "HAND_OVER_IN_PAST"),
        ({"receiver": cast.dorte}, "NOT_A_CASEWORKER"),
        ({"receiver": cast.tove}, "NOT_A_CASEWORKER"),
        ({"receiver": cast.bo}, "RECEIVER_HAS_CASE"),
        ({"citizens": [other], "giver": cast.erik, "receiver": cast.bo}, "HAND_OVER_BEFORE_CASE_BEGAN"),
        ({"giver": cast.erik}, "CHANGED_MEANWHILE"),
        ({"giver": None}, "CHANGED_MEANWHILE"),
        ({"citizens": [cast.her, cast.frode]}, "CHANGED_MEANWHILE"),
        ({"citizens": [cast.her, cast.gerda]}, "NOT_FOUND"),
        ({"actor": cast.erik}, "NOT_FOUND"),
        ({"actor": cast.dorte}, "NOT_FOUND"),
        ({"actor": cast.finn}, "ROLE_LACKS_ACT"),
        ({"note": "x" * 1001}, "TEXT_TOO_LONG"),
    ]
    for changes, code in refused:
        with pytest.raises(Refused, match=f"^{code}$"):
            give(cast, **changes)
    assert (CaseAssignment.objects.count(), HandOver.objects.count(), Event.objects.count()) == before


def test_the_receiver_must_be_one_on_that_day(cast: Cast) -> None:
    later = DAY + timedelta(days=10)
    Membership.objects.filter(user=cast.erik).update(ends_on=later)
    give(cast, starts_on=later - timedelta(days=1))
    with pytest.raises(Refused, match="NOT_A_CASEWORKER"):
        give(cast, giver=cast.erik, receiver=cast.erik, starts_on=later)
    User.objects.filter(pk=cast.bo.pk).update(is_active=False)
    cast.bo.refresh_from_db()
    with pytest.raises(Refused, match="NOT_A_CASEWORKER"):
        give(cast, citizens=[cast.frode], giver=cast.erik, receiver=cast.bo)


def test_two_who_hand_the_same_case_over_at_once(cast: Cast) -> None:
    ida = user("ida", Role.CASEWORKER, cast.here)
    give(cast)
    with pytest.raises(Refused, match="CHANGED_MEANWHILE"):
        give(cast, receiver=ida)
    assert names(cast.erik) == {"Asta", "Frode"}


def test_many_take_as_few_statements_as_few(cast: Cast) -> None:
    crowd = [citizen(cast.bo, cast.here, f"N{number}", f"0101{70 + number}-{1010 + number}") for number in range(20)]

    def statements(citizens: list[Citizen]) -> int:
        with CaptureQueriesContext(connection) as queries:
            give(cast, citizens=citizens)
        return len(queries)

    assert statements(crowd[:2]) == statements(crowd[2:])
    assert Event.objects.filter(kind="case_handed_over").count() == 20


def test_a_protected_citizen_is_handed_over_unseen(cast: Cast) -> None:
    hidden = citizen(cast.bo, cast.here, "Hemmelig", "640173-1004", protected=True)
    unknown = citizen(cast.bo, cast.here, "Ukendt", "650174-1005", protected=None)
    assert names(cast.tove) == {"Asta", "Frode"}
    give(cast, citizens=[hidden, unknown])
    assert names(cast.tove) == {"Asta", "Frode"}
    assert names(cast.erik) == {"Frode", "Hemmelig", "Ukendt"}


def test_nobodys_case_is_the_first_thing_of_the_team_leader_alone(cast: Cast) -> None:
    hidden = citizen(cast.bo, cast.here, "Hemmelig", "640173-1004", protected=True)
    Membership.objects.filter(user=cast.bo).update(ends_on=DAY)
    before = DAY - timedelta(days=1)
    assert FindingKind.NO_CASEWORKER not in [kind for kind, _ in kinds(cast.tove, before)]
    assert kinds(cast.tove)[:2] == [(FindingKind.NO_CASEWORKER, False), (FindingKind.NO_CASEWORKER, True)]
    assert [hidden for _, hidden in kinds(cast.tove)].count(True) == 1
    for other in (cast.bo, cast.erik, cast.dorte, cast.finn):
        assert FindingKind.NO_CASEWORKER not in [kind for kind, _ in kinds(other)]
    give(cast, citizens=[cast.her, hidden], giver=None)
    assert FindingKind.NO_CASEWORKER not in [kind for kind, _ in kinds(cast.tove)]
    assert names(cast.erik) == {"Asta", "Frode", "Hemmelig"}


@pytest.mark.parametrize("how", ["inactive", "ended", "elsewhere"])
def test_each_way_of_having_no_caseworker(cast: Cast, how: str) -> None:
    if how == "inactive":
        User.objects.filter(pk=cast.bo.pk).update(is_active=False)
    elif how == "ended":
        CaseAssignment.objects.filter(citizen=cast.her).update(ends_on=DAY)
    else:
        Membership.objects.filter(user=cast.bo).update(ends_on=DAY)
        give_role(actor=None, user=cast.bo, role=Role.CASEWORKER, municipality=cast.there, on=DAY)
    assert kinds(cast.tove)[0] == (FindingKind.NO_CASEWORKER, False)
    give(cast, giver=None)
    assert FindingKind.NO_CASEWORKER not in [kind for kind, _ in kinds(cast.tove)]


def test_what_was_received_is_told_for_fourteen_days_or_until_seen(cast: Cast) -> None:
    [row] = give(cast)

    def told(days: int, who: User = cast.erik) -> bool:
        return FindingKind.CASE_RECEIVED in [kind for kind, _ in kinds(who, DAY + timedelta(days=days))]

    assert [told(days) for days in (-1, 0, 13, 14)] == [False, True, True, False]
    assert not told(0, cast.tove)
    seen_on = DAY + timedelta(days=3)
    with pytest.raises(Refused, match="ROLE_LACKS_ACT"):
        see_hand_over(actor=cast.tove, hand_over=row, on=seen_on)
    for stranger in (cast.bo, cast.dorte):
        with pytest.raises(Refused, match="NOT_FOUND"):
            see_hand_over(actor=stranger, hand_over=row, on=seen_on)
    see_hand_over(actor=cast.erik, hand_over=row, on=seen_on)
    assert [told(days) for days in (0, 2, 3)] == [True, True, False]
    with pytest.raises(Refused, match="HAND_OVER_SEEN_ALREADY"):
        see_hand_over(actor=cast.erik, hand_over=row, on=seen_on)
    assert SINCE < DAY
