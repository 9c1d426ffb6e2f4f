"""A plan over several companies on its pages: one line a company, each with its own yes, told and printed by name."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from jobpakke.companies.models import Workplace
from jobpakke.demo.ground import invented_cvr
from jobpakke.lib.clock import today
from jobpakke.packages.models import Approval, Commitment, Party, PlanVersion, Proposal, SignedCopy, Telling
from jobpakke.packages.services import make_commitment, propose_plan, remove_step, reopen_plan
from tests.builders import Cast, Stairs, approve, say_yes, shared, workplace
from tests.print.test_engine import squeezed
from tests.web.test_pages import client, text
from tests.web.test_print import printed
from tests.web.test_queries import MOST_QUERIES, measured
from tests.web.test_signed_copies import upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def places(cast: Cast) -> list[Workplace]:
    return [workplace(cast.bo, cast.here), workplace(cast.bo, cast.here, invented_cvr(903), "Butik Syd")]


@pytest.fixture
def stairs(cast: Cast, places: list[Workplace]) -> Stairs:
    return shared(cast.bo, cast.her, places, today())


@pytest.fixture
def asked(cast: Cast, stairs: Stairs) -> PlanVersion:
    propose_plan(actor=cast.bo, version=stairs.version, on=today())
    return stairs.version


def yes(bo: Client, version: PlanVersion, query: str) -> int:
    data = {"day": today().isoformat(), "how": "said_on_phone"}
    return bo.post(f"{reverse('approve_plan', args=[version.ref])}?{query}", data).status_code


def test_taking_a_yes_back_says_whose(asked: PlanVersion, cast: Cast, places: list[Workplace]) -> None:
    bo, hotel = client("bo"), places[0].company
    say_yes(cast.bo, asked, today(), Party.COMPANY, hotel)
    page = text(bo.get(reverse("undo_approval", args=[Approval.objects.get().ref])))
    assert "Virksomheden Hotel Prøven skrev under på papir" in page


def test_each_company_has_a_line_and_a_yes_of_its_own(cast: Cast, asked: PlanVersion, places: list[Workplace]) -> None:
    bo, hotel = client("bo"), places[0].company
    url = reverse("plan", args=[asked.ref])
    page = text(bo.get(url))
    assert page.index("Borgeren") < page.index("Virksomheden Butik Syd") < page.index("Virksomheden Hotel Prøven")
    assert f"part=company&amp;firma={hotel.ref}" in page
    form = text(bo.get(f"{reverse('approve_plan', args=[asked.ref])}?part=company&firma={hotel.ref}"))
    assert "Virksomheden Hotel Prøven siger ja" in form
    assert yes(bo, asked, "part=citizen") == 302
    assert yes(bo, asked, f"part=company&firma={hotel.ref}") == 302
    assert yes(bo, asked, f"part=company&firma={hotel.ref}") == 422
    late = text(bo.post(reverse("approve_plan", args=[asked.ref]), {"day": today().isoformat()}))
    assert "Der mangler: Butik Syd." in late
    assert "Forslaget har ventet i 0 dage på et ja fra: Butik Syd" in text(bo.get(reverse("today")))
    assert yes(bo, asked, f"part=company&firma={places[1].company.ref}") == 302
    assert "Planen venter" in text(bo.get(reverse("today"))) or "Kommunen" in text(bo.get(url))
    assert yes(bo, asked, "part=municipality") == 302
    history = text(bo.get(reverse("history", args=[cast.her.ref])))
    assert "Hotel Prøven sagde ja til version 1 af planen (sagde ja i telefonen)." in history
    assert "Butik Syd sagde ja til version 1" in history


@pytest.mark.parametrize("query", ["part=company", "part=company&firma=1", "part=company&firma={other}"])
def test_an_address_of_no_company_that_is_asked_is_not_found(cast: Cast, asked: PlanVersion, query: str) -> None:
    other = workplace(cast.bo, cast.here, invented_cvr(904), "Lageret").company
    address = f"{reverse('approve_plan', args=[asked.ref])}?{query.format(other=other.ref)}"
    assert client("bo").get(address).status_code == 404
    assert client("bo").post(address, {"day": today().isoformat()}).status_code == 404
    assert not Approval.objects.exists()


def test_who_is_asked_is_said_before(stairs: Stairs) -> None:
    page = text(client("bo").get(reverse("propose_plan", args=[stairs.version.ref])))
    for line in ("Borgeren", "Virksomheden Butik Syd", "Virksomheden Hotel Prøven", "Kommunen"):
        assert line in page
    assert "bliver ikke spurgt mere" not in page


def test_a_company_that_leaves_the_plan_is_named_before_and_told_afterwards(
    cast: Cast, stairs: Stairs, places: list[Workplace]
) -> None:
    bo = client("bo")
    approve(cast.bo, stairs.version, today())
    version = reopen_plan(actor=cast.bo, package=stairs.package, on=today())
    remove_step(actor=cast.bo, planned=version.planned_steps.get(workplace=places[1]), on=today())
    page = text(bo.get(reverse("propose_plan", args=[version.ref])))
    assert "Butik Syd har intet trin i denne version" in page
    approve(cast.bo, version, today())
    told = reverse("record_told", args=[stairs.package.ref])
    form = text(bo.get(told))
    assert "Virksomheden Butik Syd: en ny version af planen" in form
    key = next(
        part.split('"')[0] for part in form.split('value="') if f":{places[1].company.ref}" in part.split('"')[0]
    )
    assert bo.post(told, {"told": [key], "how": "on_phone", "day": today().isoformat()}).status_code == 302
    history = text(bo.get(reverse("history", args=[cast.her.ref])))
    assert "Butik Syd fik en ændring at vide, i telefonen: en ny version af planen" in history


def test_the_print_has_a_field_a_company(cast: Cast, asked: PlanVersion, places: list[Workplace]) -> None:
    say_yes(cast.bo, asked, today(), Party.COMPANY, places[0].company)
    words, _reader = printed(cast, asked, today())
    assert words.count(squeezed("Navn med blokbogstaver")) == 4
    assert squeezed("Virksomheden: Butik Syd") in words
    assert squeezed("Virksomheden: Hotel Prøven") in words
    assert words.count(squeezed("skrevet ind af Bo")) == 1


def test_a_signed_copy_is_filed_for_the_company_that_signed(
    cast: Cast, asked: PlanVersion, places: list[Workplace]
) -> None:
    bo, hotel = client("bo"), places[0].company
    url = reverse("signed_copies", args=[asked.ref])
    assert f'value="company:{hotel.ref}"' in text(bo.get(url))
    data = {"scan": upload(), "parties": [f"company:{hotel.ref}"], "day": today().isoformat()}
    assert bo.post(url, data).status_code == 302
    assert list(SignedCopy.objects.get().companies.all()) == [hotel]
    assert "Hotel Prøven" in text(bo.get(url)).split("Asta.pdf")[1].split("</li>")[0]


def test_a_company_proposes_and_is_told_by_name(cast: Cast, stairs: Stairs, places: list[Workplace]) -> None:
    bo, on, shop = client("bo"), today(), places[1].company
    approve(cast.bo, stairs.version, on)
    url = f"{reverse('propose_change', args=[stairs.package.ref])}?art=other_task&trin="
    assert "Virksomheden Butik Syd" in text(bo.get(url))
    data = {"reason": "Derfor", "made_on": on.isoformat(), "how": "in_writing", "task": "Butik"}
    assert bo.post(url, {**data, "party": "company"}).status_code == 422
    assert bo.post(url, {**data, "party": f"company:{shop.ref}"}).status_code == 302
    row = Proposal.objects.get()
    assert row.company == shop
    for name, args in (
        ("today", []),
        ("citizen", [cast.her.ref]),
        ("proposal", [row.ref]),
        ("history", [cast.her.ref]),
    ):
        assert "Butik Syd foreslog" in (page := text(bo.get(reverse(name, args=args)))) or "Butik Syd foreslår" in page
    due_on = on + timedelta(days=9)
    make_commitment(
        actor=cast.bo, package=stairs.package, party=Party.MUNICIPALITY, text="Kursus", due_on=due_on, on=on
    )
    told = reverse("record_told", args=[stairs.package.ref])
    form = text(bo.get(told))
    assert "Virksomheden Butik Syd: et tilsagn" in form
    key = next(part.split('"')[0] for part in form.split('value="') if part.split('"')[0].endswith(f":{shop.ref}"))
    assert bo.post(told, {"told": [key], "how": "on_phone", "day": on.isoformat()}).status_code == 302
    assert Telling.objects.get().company == shop
    assert "Virksomheden Butik Syd: et tilsagn" not in text(bo.get(told))
    assert "Virksomheden Hotel Prøven: et tilsagn" in text(bo.get(told))
    assert "Butik Syd fik en ændring at vide" in text(bo.get(reverse("history", args=[cast.her.ref])))


def test_a_promise_is_shown_as_that_of_its_company(cast: Cast, places: list[Workplace]) -> None:
    stairs, on, bo = shared(cast.bo, cast.her, places, today()), today(), client("bo")
    approve(cast.bo, stairs.version, on)
    shop = places[1].company
    url = reverse("make_commitment", args=[stairs.package.ref])
    data = {"text": "FAST VAGTPLAN", "due_on": (on + timedelta(days=9)).isoformat()}
    assert bo.post(url, {**data, "party": "company"}).status_code == 422
    assert bo.post(url, {**data, "party": f"company:{shop.ref}"}).status_code == 302
    assert Commitment.objects.get().company == shop
    for name in ("citizen", "history"):
        assert f"{shop.name}" in text(bo.get(reverse(name, args=[cast.her.ref]))).partition("FAST VAGTPLAN")[0][-600:]
    own, others = "Hvad virksomheden har lovet", "Hvad de andre har lovet i pakker her"
    for place in places:
        page = text(bo.get(reverse("company", args=[place.company.ref])))
        assert "FAST VAGTPLAN" in page
        assert (own in page) is (place.company == shop)
        assert (others in page) is (place.company != shop)


def test_the_pages_take_the_same_queries_for_two_companies_and_for_ten(cast: Cast, places: list[Workplace]) -> None:
    assert connection.features.supports_json_field  # asked of SQLite once a process, which is no query of a page
    more = [workplace(cast.bo, cast.here, invented_cvr(910 + number), f"Firma {number}") for number in range(8)]
    found = []
    for user, whom, there in ((cast.bo, cast.her, places), (cast.erik, cast.frode, [*places, *more])):
        stairs = shared(user, whom, there, today())
        propose_plan(actor=user, version=stairs.version, on=today())
        for place in there[1:]:
            say_yes(user, stairs.version, today(), Party.COMPANY, place.company)
        version, package = [stairs.version.ref], [stairs.package.ref]
        pages = [
            *((name, version) for name in ("plan", "approve_plan", "print_plan", "signed_copies")),
            *((name, package) for name in ("versions", "record_told", "proposals")),
            ("citizen", [whom.ref]),
            ("today", []),
        ]
        found.append({name: measured(user.username, reverse(name, args=args)) for name, args in pages})
    assert found[0] == found[1]
    assert max(found[0].values()) <= MOST_QUERIES
