"""Registering citizens and who sees them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from jobpakke.access.models import Membership
from jobpakke.citizens.models import Citizen, LimitKind, TargetGroupMembership, TargetGroupScheme
from jobpakke.citizens.services import (
    change_protection,
    record_limit,
    record_qualification,
    record_wish,
    register_citizen,
    set_target_group,
)
from jobpakke.history.models import Event
from jobpakke.lib.refusal import Refused
from tests.builders import DAY, Cast, citizen

pytestmark = pytest.mark.django_db


def names(cast: Cast, who: str) -> set[str]:
    rows = Citizen.objects.visible_to(getattr(cast, who), on=DAY)
    return set(rows.values_list("given_name", flat=True))


def test_a_caseworker_sees_the_own_caseload_and_a_team_leader_the_municipality(cast: Cast) -> None:
    assert names(cast, "bo") == {"Asta"}
    assert names(cast, "erik") == {"Frode"}
    assert names(cast, "dorte") == {"Gerda"}
    assert names(cast, "tove") == {"Asta", "Frode"}
    for nobody in ("finn", "dan", "anna", "asta", "carla"):
        assert names(cast, nobody) == set()


@pytest.mark.parametrize("protected", [True, None])
def test_who_is_or_may_be_protected_is_seen_by_the_own_caseworker_alone(cast: Cast, protected: bool | None) -> None:
    citizen(cast.bo, cast.here, "Hemmelig", "640173-1004", protected=protected)
    assert "Hemmelig" in names(cast, "bo")
    assert "Hemmelig" not in names(cast, "tove")


def test_a_role_that_has_ended_opens_nothing(cast: Cast) -> None:
    Membership.objects.filter(user=cast.bo).update(ends_on=DAY)
    assert names(cast, "bo") == set()
    assert set(Citizen.objects.visible_to(cast.bo, on=DAY - timedelta(days=1))) == {cast.her}


def test_registering_twice_is_refused_whoever_tries(cast: Cast) -> None:
    with pytest.raises(Refused, match="CITIZEN_KNOWN_ALREADY"):
        citizen(cast.erik, cast.here, "Igen", "610170-1001")


def test_names_and_roles_are_needed(cast: Cast) -> None:
    arguments: dict[str, Any] = {"cpr": "640173-1004", "given_name": " ", "family_name": "B", "on": DAY}
    with pytest.raises(Refused, match="NAME_MISSING"):
        register_citizen(actor=cast.bo, municipality=cast.here, **arguments)
    with pytest.raises(Refused, match="ROLE_LACKS_ACT"):
        register_citizen(actor=cast.bo, municipality=cast.there, **arguments)
    with pytest.raises(Refused, match="ROLE_LACKS_ACT"):
        register_citizen(actor=cast.tove, municipality=cast.here, **arguments)


def test_two_who_change_the_protection_at_once(cast: Cast) -> None:
    stale = Citizen.objects.get(pk=cast.her.pk)
    change_protection(actor=cast.bo, citizen=cast.her, protected=True, on=DAY)
    with pytest.raises(Refused, match="CHANGED_MEANWHILE"):
        change_protection(actor=cast.bo, citizen=stale, protected=None, on=DAY)


def test_facts_about_a_citizen_each_leave_one_event(cast: Cast) -> None:
    before = Event.objects.filter(about=cast.her.ref).count()
    record_wish(actor=cast.bo, citizen=cast.her, text=" Butik ", on=DAY)
    record_limit(actor=cast.bo, citizen=cast.her, kind=LimitKind.LIFTING, text="Højst 5 kg", on=DAY)
    record_qualification(actor=cast.bo, citizen=cast.her, text="Kørekort", on=DAY)
    assert cast.her.wishes.get().text == "Butik"
    assert Event.objects.filter(about=cast.her.ref).count() == before + 3
    with pytest.raises(Refused, match="TEXT_NEEDED"):
        record_wish(actor=cast.bo, citizen=cast.her, text="  ", on=DAY)


def test_a_new_target_group_ends_the_one_before(cast: Cast) -> None:
    scheme = TargetGroupScheme.MATCH_CATEGORY
    set_target_group(actor=cast.bo, citizen=cast.her, scheme=scheme, group="5", on=DAY)
    later = DAY + timedelta(days=30)
    set_target_group(actor=cast.bo, citizen=cast.her, scheme=scheme, group="4", on=later)
    held = TargetGroupMembership.objects.filter(citizen=cast.her)
    assert held.on(DAY).get().group == "5"
    assert held.on(later).get().group == "4"
    with pytest.raises(Refused, match="TARGET_GROUP_UNKNOWN"):
        set_target_group(actor=cast.bo, citizen=cast.her, scheme=scheme, group="6", on=later)
