"""Pages of the network: what they say, what they refuse, and how much they ask of the database."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jobpakke.access.models import User
from jobpakke.lib.clock import today
from jobpakke.lib.names import sort_key
from jobpakke.network.models import Ambassador, Ambassadorship, CourseRun, CourseSeat, Newsletter, Organisation
from jobpakke.network.services import join_network, open_run, record_newsletter, take_seat
from jobpakke.packages.models import Programme
from jobpakke.packages.services import open_programme
from tests.builders import DAY, Cast
from tests.web.test_context import words

pytestmark = [pytest.mark.django_db, pytest.mark.once]
MOST_QUERIES = 12


@pytest.fixture
def programme(cast: Cast) -> Programme:
    return open_programme(
        actor=None, code="P", name="Prøven", starts_on=DAY, ends_on=None, targets=[(cast.here, 3)], on=DAY
    )


def client(name: str) -> Client:
    made = Client()
    made.force_login(User.objects.get(username=name))
    return made


def page(name: str = "finn", query: str = "") -> str:
    response = client(name).get(f"/netvaerk/{query}")
    assert response.status_code == 200
    return words(response.content)


def joined(cast: Cast, programme: Programme, name: str = "Lis", code: str = "0461", **more: Any) -> Ambassador:
    said: dict[str, Any] = {"organisation": "", "joined_on": DAY, "on": DAY, "municipality": code, **more}
    return join_network(actor=cast.finn, programme=programme, name=name, **said)


def announced(cast: Cast, programme: Programme, *, seats: int = 1, days: int = 9) -> CourseRun:
    starts_on = today() + timedelta(days=days)
    return open_run(
        actor=cast.finn, programme=programme, title="Kursus", seats=seats, opened_on=DAY, starts_on=starts_on, on=DAY
    )


def test_an_empty_network_says_what_will_be_here_and_who_may_begin(programme: Programme) -> None:
    assert "Ingen er med endnu" in page()
    assert "Tilføj en ambassadør" in page()
    assert "Tilføj en ambassadør" not in page("bo")


def test_where_no_programme_is(cast: Cast) -> None:
    assert "Ingen af dine kommuner deltager i et program endnu" in page()
    assert client("finn").get("/netvaerk/ny-ambassadoer/").status_code == 404


def test_the_page_of_a_day(cast: Cast, programme: Programme) -> None:
    joined(cast, programme)
    joined(cast, programme, "Bo", "", organisation="Sprogskolen")
    run = announced(cast, programme)
    record_newsletter(actor=cast.finn, programme=programme, title="Nr. 1", sent_on=DAY, subscribers=1200, on=DAY)
    take_seat(actor=cast.finn, run=run, ambassador=Ambassador.objects.get(name="Lis"), taken_on=DAY, on=DAY)
    told = page()
    assert "2 ambassadører i 1 kommune og hos 1 anden aktør" in told
    assert "gik til 1.200 abonnenter" in told
    assert "1 af 1 ingen Opret et ekstra hold" in told
    assert "Opret et ekstra hold" not in page("bo")
    assert told.index("Odense") < told.index("Sprogskolen")
    assert "Ingen er med endnu" in page(query=f"?on={DAY - timedelta(days=1)}")


def test_the_extra_run_is_marked(cast: Cast, programme: Programme) -> None:
    run = announced(cast, programme)
    take_seat(actor=cast.finn, run=run, ambassador=joined(cast, programme), taken_on=DAY, on=DAY)
    announced(cast, programme, days=20)
    told = page()
    assert "ekstra hold" in told
    assert "fik et ekstra hold" in told
    assert client("finn").get("/netvaerk/vaekst.svg?programme=P").headers["Content-Type"] == "image/svg+xml"


def test_the_list_as_a_file(cast: Cast, programme: Programme) -> None:
    joined(cast, programme, email="lis@odense.dk")
    response = client("bo").get("/netvaerk/hent/?programme=P")
    rows = list(csv.DictReader(io.StringIO(response.content.decode())))
    assert rows == [
        {
            "municipality_code": "0461",
            "organisation": "Odense",
            "name": "Lis",
            "email": "lis@odense.dk",
            "since": DAY.isoformat(),
        }
    ]
    joined(cast, programme, "=HYPERLINK(1)", "", organisation="@Sprogskolen")
    announced(cast, programme)
    told = client("bo").get("/netvaerk/hent/?programme=P").content.decode()
    assert ",'@Sprogskolen,'=HYPERLINK(1)," in told
    runs = client("bo").get("/netvaerk/hent/?programme=P&tabel=hold").content.decode()
    assert runs.startswith("course,announced_on,starts_on,place,seats,taken,extra\nKursus,")
    assert client("bo").get("/netvaerk/hent/?programme=P&format=xls").status_code == 404
    assert client("dorte").get("/netvaerk/hent/?programme=P").status_code == 404
    assert client("dorte").get("/netvaerk/?programme=P").status_code == 404


JOIN = {"name": "Lis", "municipality": "0461", "organisation": "", "email": "", "joined_on": "2026-03-02", "run": ""}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"organisation": "Sprogskolen"}, "ikke begge dele"),
        ({"municipality": ""}, "Vælg den kommune, hvor personen arbejder"),
        ({"email": "lis"}, "ikke en e-mailadresse"),
        ({"joined_on": "2999-01-01"}, "mellem 1990 og 2100"),
        ({"joined_on": "2099-01-01"}, "2099"),
        ({"name": ""}, "Dette felt"),
        ({"name": "x" * 121}, "120"),
        ({"municipality": "9999"}, "9999"),
        ({"name": "<script>\x00"}, ""),
    ],
)
def test_what_is_refused_keeps_what_was_typed(programme: Programme, changed: dict[str, str], said: str) -> None:
    response = client("finn").post("/netvaerk/ny-ambassadoer/", {**JOIN, **changed})
    assert response.status_code == 422
    assert said in words(response.content)
    typed, form = {**JOIN, **changed}, response.context["form"]
    assert {name: form[name].value() for name in typed} == typed
    assert not Ambassador.objects.exists()


def test_somebody_joins_with_a_seat_or_not_at_all(cast: Cast, programme: Programme) -> None:
    run = announced(cast, programme)
    response = client("finn").post("/netvaerk/ny-ambassadoer/", {**JOIN, "run": str(run.ref)}, follow=True)
    assert "Ambassadøren er tilføjet" in words(response.content)
    assert CourseSeat.objects.get().run == run
    response = client("finn").post("/netvaerk/ny-ambassadoer/", {**JOIN, "name": "Per", "run": str(run.ref)})
    assert response.status_code == 422
    assert Ambassador.objects.count() == 1


def test_everything_else_that_is_done(cast: Cast, programme: Programme) -> None:
    finn, day = client("finn"), today().isoformat()
    lis, run = joined(cast, programme), announced(cast, programme)
    acts = {
        reverse("take_seat", args=[run.ref]): ({"ambassador": str(lis.ref), "day": day}, "er tilmeldt"),
        reverse("give_up_seat", args=[run.ref]): ({"ambassador": str(lis.ref), "day": day}, "ledig igen"),
        reverse("call_off_run", args=[run.ref]): ({"called_off_on": day}, "Holdet er aflyst"),
        reverse("leave_network", args=[lis.ref]): ({"left_on": day}, "Lis er ikke længere ambassadør"),
        reverse("record_newsletter"): ({"title": "Nr. 2", "sent_on": day, "subscribers": "2.700"}, "er registreret"),
        reverse("open_run"): (
            {"title": "Kursus", "opened_on": day, "starts_on": day, "seats": "5", "place": ""},
            "Holdet er oprettet",
        ),
    }
    for address, (data, said) in acts.items():
        response = finn.post(address, data, follow=True)
        assert said in words(response.content), address
    assert "Holdet blev aflyst" in words(finn.get(reverse("course_run", args=[run.ref])).content)
    assert "indtil" in words(finn.get(reverse("ambassador", args=[lis.ref])).content)
    assert Newsletter.objects.get().subscribers == 2700


def test_a_page_of_a_past_day_offers_nothing_to_do(cast: Cast, programme: Programme) -> None:
    lis, run = joined(cast, programme), announced(cast, programme)
    for name, ref in (("ambassador", lis.ref), ("course_run", run.ref)):
        address = reverse(name, args=[ref])
        assert "Aflys holdet" in (told := words(client("finn").get(address).content)) or "Stopper" in told
        past = words(client("finn").get(f"{address}?on={DAY}").content)
        assert "Aflys holdet" not in past
        assert "Stopper" not in past


def filled(programme: Programme, run: CourseRun, count: int) -> None:
    """So many more ambassadors, each in an organisation of their own, and newsletters."""
    first = Ambassador.objects.count()
    for number in range(first, first + count):
        place = Organisation.objects.create(name=f"Sted {number}", sort_key=sort_key(f"Sted {number}"))
        person = Ambassador.objects.create(
            programme=programme, organisation=place, name=f"Nr {number}", sort_key=sort_key(f"Nr {number}")
        )
        Ambassadorship.objects.create(ambassador=person, starts_on=DAY)
        CourseSeat.objects.create(run=run, number=number + 1, ambassador=person, starts_on=DAY)
        Newsletter.objects.create(programme=programme, title=f"Nr {number}", sent_on=DAY, subscribers=number)


def measured(url: str) -> int:
    finn = client("finn")
    with CaptureQueriesContext(connection) as queries:
        response = finn.get(url)
    assert response.status_code == 200, url
    assert not response.headers["Content-Type"].startswith("text/html") or len(response.content) <= 60_000, url
    return len(queries)


def test_as_few_queries_for_many_as_for_two(cast: Cast, programme: Programme) -> None:
    run = announced(cast, programme, seats=300)
    filled(programme, run, 2)
    person = Ambassador.objects.order_by("pk")[0]
    urls = ["/netvaerk/", "/netvaerk/hent/", "/netvaerk/vaekst.svg", "/netvaerk/ny-ambassadoer/"]
    urls += [reverse("ambassador", args=[person.ref])]
    urls += [reverse(name, args=[run.ref]) for name in ("course_run", "take_seat", "give_up_seat")]
    few = {url: measured(url) for url in urls}
    filled(programme, run, 200)
    for number in range(30):
        announced(cast, programme, days=number)
    many = {url: measured(url) for url in urls}
    assert many == few
    assert max(few.values()) <= MOST_QUERIES


def test_a_year_before_a_leap_day() -> None:
    from jobpakke.web.network.pages import _a_year_before

    assert _a_year_before(date(2028, 2, 29)) == date(2027, 2, 28)
    assert _a_year_before(date(2027, 3, 1)) == date(2026, 3, 1)
