"""The company register: what is entered, the event it leaves, every refusal, and whose register it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from jobpakke.access import policies
from jobpakke.access.models import Membership, Role, User
from jobpakke.access.policies import Act
from jobpakke.companies.models import (
    Company,
    Mentor,
    NeedReason,
    Sector,
    StaffingNeed,
    WorkFunction,
    Workplace,
    WorkplaceDetails,
)
from jobpakke.companies.services import (
    add_function,
    add_workplace,
    change_workplace,
    check_cvr,
    close_workplace,
    name_mentor,
    record_need,
    register_company,
    reopen_workplace,
)
from jobpakke.history.models import Event
from jobpakke.lib.names import sort_key
from jobpakke.lib.refusal import Refused
from tests.builders import DAY, SINCE, Cast, build_cast, company, workplace

pytestmark = pytest.mark.django_db
CVR = "99100028"
P_NUMBER = "9900000001"
Verb = Callable[[User], object]


def rows() -> tuple[int, ...]:
    models = (Company, Workplace, WorkFunction, StaffingNeed, Mentor, Event)
    return tuple(model._default_manager.count() for model in models)


def refused(verb: Callable[[], object], code: str) -> Refused:
    before = rows()
    with pytest.raises(Refused) as caught:
        verb()
    assert str(caught.value) == code
    assert rows() == before
    return caught.value


def happened(actor: User, owner: Company, subject: Any) -> Event:
    event = Event.objects.get(subject=subject.ref)
    assert (event.actor, event.about, event.effective_on) == (actor.ref, owner.ref, DAY)
    return event


def registering(cast: Cast, **changes: Any) -> Callable[[], Company]:
    plain = {"actor": cast.bo, "municipality": cast.here, "cvr": CVR, "name": "Hotel Prøven", "on": DAY}
    return lambda: register_company(**{**plain, **changes})


def adding(cast: Cast, owner: Company, **changes: Any) -> Callable[[], Workplace]:
    plain = {"p_number": P_NUMBER, "name": "Prøven Øst", "sector": Sector.PUBLIC, "on": DAY}
    return lambda: add_workplace(**{"actor": cast.bo, "company": owner, **plain, **changes})


def below(place: Workplace, function: WorkFunction, on: date = DAY) -> dict[str, Verb]:
    need: dict[str, Any] = {"reason": NeedReason.SEASON, "wanted_from": DAY, "on": on}
    more: dict[str, Any] = {"p_number": "9900000002", "name": "Ny", "sector": Sector.PRIVATE, "on": on}
    return {
        "add_workplace": lambda actor: add_workplace(actor=actor, company=place.company, **more),
        "add_function": lambda actor: add_function(actor=actor, workplace=place, title="Ny", on=on),
        "record_need": lambda actor: record_need(actor=actor, function=function, **need),
        "name_mentor": lambda actor: name_mentor(actor=actor, workplace=place, name="Ny", on=on),
        "close_workplace": lambda actor: close_workplace(actor=actor, workplace=place, closed_on=on, on=on),
        "reopen_workplace": lambda actor: reopen_workplace(actor=actor, workplace=place, on=on),
    }


VERBS = ("add_workplace", "add_function", "record_need", "name_mentor", "close_workplace", "reopen_workplace")


@pytest.fixture
def place(cast: Cast) -> Workplace:
    return workplace(cast.bo, cast.here)


@pytest.fixture
def function(cast: Cast, place: Workplace) -> WorkFunction:
    return add_function(actor=cast.bo, workplace=place, title="Rengøring", on=SINCE)


def test_a_company_is_entered(cast: Cast) -> None:
    found = registering(cast, cvr=" DK 99 10 00 28 ", name="  Ålborg Værft ")()
    found.refresh_from_db()
    assert (found.municipality, found.cvr, found.name) == (cast.here, CVR, "Ålborg Værft")
    assert found.sort_key == sort_key("Ålborg Værft")
    event = happened(cast.bo, found, found)
    assert (event.kind, event.data) == ("company_registered", {})


def test_a_workplace_is_added(cast: Cast) -> None:
    owner = company(cast.bo, cast.here)
    contact = {"ordinary_employees": 12, "contact_name": " Birthe ", "contact_phone": " 00 00 00 00 "}
    found = adding(cast, owner, p_number=f" {P_NUMBER} ", name=" Prøven Øst ", **contact)()
    found.refresh_from_db()
    assert (found.company, found.p_number, found.name, found.sector) == (owner, P_NUMBER, "Prøven Øst", "public")
    assert said(found) == (12, "Birthe", "00 00 00 00")
    event = happened(cast.bo, owner, found)
    assert (event.kind, event.data) == ("workplace_added", {})


def test_what_is_not_known_of_a_workplace_stays_open(cast: Cast) -> None:
    found = adding(cast, company(cast.bo, cast.here))()
    assert said(found) == (None, "", "")


@pytest.mark.parametrize("number", [CVR, "DK 99100028", "99 10 00 28", "12345678"])
def test_a_cvr_number_is_no_p_number(cast: Cast, number: str) -> None:
    refused(adding(cast, company(cast.bo, cast.here), p_number=number), "P_NUMBER_IS_CVR")


def test_a_workplace_closes_and_has_not_closed_after_all(cast: Cast, place: Workplace, function: WorkFunction) -> None:
    refused(lambda: reopen_workplace(actor=cast.bo, workplace=place, on=DAY), "WORKPLACE_NOT_CLOSED")
    close_workplace(actor=cast.bo, workplace=place, closed_on=DAY, on=DAY)
    for days, offered in ((-1, True), (0, False), (1, False)):
        assert Workplace.objects.open_on(DAY + timedelta(days=days)).exists() is offered
    again = refused(
        lambda: close_workplace(actor=cast.bo, workplace=place, closed_on=SINCE, on=DAY), "WORKPLACE_CLOSED_ALREADY"
    )
    assert again.refusals[0].args == {"closed_on": DAY}
    acts = below(place, function)
    for name in ("record_need", "name_mentor"):
        refused(partial(acts[name], cast.bo), "WORKPLACE_CLOSED_ALREADY")
    reopen_workplace(actor=cast.bo, workplace=place, on=DAY)
    place.refresh_from_db()
    assert place.closed_on is None
    for name in ("record_need", "name_mentor"):
        acts[name](cast.bo)
    events = Event.objects.filter(subject=place.ref).exclude(kind="workplace_added").order_by("pk")
    assert [(each.kind, each.data) for each in events] == [
        ("workplace_closed", {"closed_on": DAY.isoformat()}),
        ("workplace_reopened", {}),
    ]


def test_a_function_is_described(cast: Cast, place: Workplace) -> None:
    found = add_function(actor=cast.bo, workplace=place, title=" Stuepige ", demands=" Gå meget ", on=DAY)
    found.refresh_from_db()
    assert (found.workplace, found.title, found.demands) == (place, "Stuepige", "Gå meget")
    event = happened(cast.bo, place.company, found)
    assert (event.kind, event.data) == ("function_added", {})


def test_a_need_is_recorded(cast: Cast, place: Workplace, function: WorkFunction) -> None:
    wanted_from = DAY + timedelta(days=60)
    found = record_need(
        actor=cast.bo, function=function, reason=NeedReason.RETIREMENT, wanted_from=wanted_from, people=3, on=DAY
    )
    found.refresh_from_db()
    assert (found.function, found.reason, found.people) == (function, "retirement", 3)
    assert found.wanted_from == wanted_from
    event = happened(cast.bo, place.company, found)
    assert (event.kind, event.data) == ("need_recorded", {"reason": "retirement", "wanted_from": "2026-05-01"})


def test_a_need_is_of_one_person_unless_said_otherwise(cast: Cast, function: WorkFunction) -> None:
    found = record_need(actor=cast.bo, function=function, reason=NeedReason.VACANCY, wanted_from=DAY, on=DAY)
    assert found.people == 1


def test_a_mentor_is_named(cast: Cast, place: Workplace) -> None:
    found = name_mentor(actor=cast.bo, workplace=place, name=" Lis Lund ", phone=" 00 00 00 01 ", on=DAY)
    found.refresh_from_db()
    assert (found.workplace, found.name, found.phone) == (place, "Lis Lund", "00 00 00 01")
    event = happened(cast.bo, place.company, found)
    assert (event.kind, event.data) == ("mentor_named", {})


@pytest.mark.parametrize("written", [CVR, "99 10 00 28", "DK99100028", f"  {CVR} "])
def test_a_cvr_number_in_the_forms_people_write(written: str) -> None:
    assert check_cvr(written) == CVR


@pytest.mark.parametrize("written", ["", "99100029", "9910002", "991000280", "9910002x", "00000000", "610170-1001"])
def test_what_is_no_cvr_number(cast: Cast, written: str) -> None:
    refused(registering(cast, cvr=written), "CVR_WRONG")


@pytest.mark.parametrize(
    "written", ["", "990000000", "99000000011", "990000000x", "990000 001", "９９０００００００１"]
)
def test_what_is_no_p_number(cast: Cast, written: str) -> None:
    refused(adding(cast, company(cast.bo, cast.here), p_number=written), "P_NUMBER_WRONG")


@pytest.mark.parametrize("blank", ["", "  \t"])
def test_everything_has_a_name(cast: Cast, place: Workplace, blank: str) -> None:
    at: dict[str, Any] = {"actor": cast.bo, "workplace": place, "on": DAY}
    refused(registering(cast, cvr="99100036", name=blank), "TEXT_NEEDED")
    refused(adding(cast, place.company, p_number="9900000002", name=blank), "TEXT_NEEDED")
    refused(lambda: add_function(title=blank, **at), "TEXT_NEEDED")
    refused(lambda: name_mentor(name=blank, **at), "TEXT_NEEDED")


def test_a_company_is_once_in_a_register(cast: Cast) -> None:
    company(cast.bo, cast.here)
    again = registering(cast, actor=cast.erik, cvr="99 10 00 28", name="Et andet navn")
    assert refused(again, "COMPANY_KNOWN_ALREADY").refusals[0].args == {"name": "Hotel Prøven"}
    elsewhere = registering(cast, actor=cast.dorte, municipality=cast.there)()
    assert Company.objects.filter(cvr=CVR).count() == 2
    assert set(Company.objects.visible_to(cast.dorte, on=DAY)) == {elsewhere}


def test_a_workplace_is_once_in_a_company(cast: Cast, place: Workplace) -> None:
    refused(adding(cast, place.company, p_number=f"{P_NUMBER} "), "WORKPLACE_KNOWN_ALREADY")
    adding(cast, company(cast.bo, cast.here, "99100036", "En anden"))()
    assert Workplace.objects.filter(p_number=P_NUMBER).count() == 2


@pytest.mark.parametrize("who", ["dorte", "finn", "dan", "anna", "carla", "asta"])
def test_who_may_not_enter_a_company_here(cast: Cast, who: str) -> None:
    says = refused(registering(cast, actor=getattr(cast, who)), "ROLE_LACKS_ACT")
    assert says.refusals[0].args == {"act": "work_companies"}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("who", ["dorte", "finn", "dan", "anna", "carla", "asta"])
def test_a_company_outside_the_own_register_is_not_found(
    cast: Cast, place: Workplace, function: WorkFunction, who: str, verb: str
) -> None:
    refused(lambda: below(place, function)[verb](getattr(cast, who)), "NOT_FOUND")


@pytest.mark.parametrize("who", ["erik", "tove"])
def test_the_register_belongs_to_the_whole_municipality(
    cast: Cast, place: Workplace, function: WorkFunction, who: str
) -> None:
    actor = getattr(cast, who)
    registering(cast, actor=actor, cvr="99100036")()
    for verb in below(place, function).values():
        verb(actor)
    assert Event.objects.filter(actor=actor.ref, about=place.company.ref).count() == len(VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_who_sees_a_register_does_not_work_it_for_that(
    cast: Cast, place: Workplace, function: WorkFunction, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    seeing = {Act.SEE_COMPANIES: policies.ALLOWED[Act.SEE_COMPANIES] | {Role.EVALUATOR}}
    monkeypatch.setattr(policies, "ALLOWED", {**policies.ALLOWED, **seeing})
    says = refused(lambda: below(place, function)[verb](cast.finn), "ROLE_LACKS_ACT")
    assert says.refusals[0].args == {"act": "work_companies"}


def test_a_role_counts_on_the_date_of_the_act(cast: Cast, place: Workplace, function: WorkFunction) -> None:
    Membership.objects.filter(user=cast.bo).update(ends_on=DAY)
    refused(registering(cast, cvr="99100036"), "ROLE_LACKS_ACT")
    for verb in below(place, function).values():
        refused(partial(verb, cast.bo), "NOT_FOUND")
    day_before = DAY - timedelta(days=1)
    registering(cast, cvr="99100036", on=day_before)()
    for verb in below(place, function, day_before).values():
        verb(cast.bo)


def test_a_workplace_changes_and_who_read_the_older_one_is_told(cast: Cast) -> None:
    place = workplace(cast.bo, cast.here)
    older = place.details.get()
    arguments = {"actor": cast.bo, "contact_name": "Ny Kontakt", "contact_phone": "", "on": DAY}
    change_workplace(workplace=place, ordinary_employees=12, seen=older.mark, **arguments)  # type: ignore[arg-type]
    assert said(place) == (12, "Ny Kontakt", "")
    with pytest.raises(Refused, match="WORKPLACE_CHANGED_MEANWHILE"):
        change_workplace(workplace=place, ordinary_employees=9, seen=older.mark, **arguments)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="NOT_FOUND"):
        change_workplace(workplace=place, ordinary_employees=9, **{**arguments, "actor": cast.dorte})  # type: ignore[arg-type]
    event = Event.objects.filter(kind="workplace_changed").get()
    assert event.data == {"contact": True, "employees": 12}
    assert said(place, DAY - timedelta(days=1)) == (50, "Else Rask", "")
    assert said(place, SINCE - timedelta(days=1)) == (50, "Else Rask", ""), "the first that is known"


@settings(max_examples=25)
@given(changes=st.lists(st.integers(0, 6), max_size=6))
def test_a_day_shows_who_was_contact_person_on_it(changes: list[int]) -> None:
    """Against a diary that writes over each day from the change on; the verb on the days as they come."""
    with transaction.atomic():
        cast = build_cast()
        place = workplace(cast.bo, cast.here)
        diary = dict.fromkeys(range(-1, 9), "Else Rask")
        for number, day in enumerate(sorted(changes)):
            name, on = f"Kontakt {number}", DAY + timedelta(days=day)
            change_workplace(
                actor=cast.bo, workplace=place, ordinary_employees=None, contact_name=name, contact_phone="", on=on
            )
            diary |= dict.fromkeys(range(day, 9), name)
        for day, name in diary.items():
            assert said(place, DAY + timedelta(days=day))[1] == name
        known = place.details.filter(superseded_at__isnull=True).order_by("starts_on")
        ends = [row.ends_on for row in known]
        assert ends == [*[row.starts_on for row in known][1:], None], "one interval after the other, the last open"
        assert place.details.filter(superseded_at__isnull=False).count() == len(changes), "nothing is written over"
        transaction.set_rollback(True)


def said(place: Workplace, on: date = DAY) -> tuple[int | None, str, str]:
    row = WorkplaceDetails.objects.as_of(on).get(workplace=place)
    return row.ordinary_employees, row.contact_name, row.contact_phone
