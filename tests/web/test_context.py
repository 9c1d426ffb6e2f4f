"""Results in context: what the page says, and a file sent to it."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from jobpakke.access.models import User
from jobpakke.followup.context.models import BenefitCount
from jobpakke.followup.context.refusals import CountsRefusal, Problem, RowFault
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.packages.services import open_programme
from jobpakke.web.context.report import FAULTS, faults_told, spread
from tests.builders import DAY, SINCE, Cast, agreed
from tests.followup.counts import counted

pytestmark = pytest.mark.django_db
LONG = "OMRÅDE;YDELSESTYPE;TID;INDHOLD\n"


@pytest.fixture
def programme(cast: Cast) -> None:
    made = open_programme(
        actor=None,
        code="P",
        name="P",
        starts_on=SINCE,
        ends_on=None,
        targets=[(cast.here, 3), (cast.there, 2)],
        followed_up_on=DAY,
        on=DAY,
    )
    agreed(cast.bo, cast.her, programme=made)


def client(name: str) -> Client:
    made = Client()
    made.force_login(User.objects.get(username=name))
    return made


def words(content: bytes) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", content.decode())).replace("\xa0", " ").split())


def page(query: str = "", name: str = "finn") -> str:
    response = client(name).get(f"/opfoelgning/sammenhaeng/{query}")
    assert response.status_code == 200
    return words(response.content)


def sent(text: str, name: str = "finn", **fields: str) -> tuple[int, str]:
    file = SimpleUploadedFile("tal.csv", text.encode("utf-8-sig"))
    response = client(name).post("/opfoelgning/sammenhaeng/", {"file": file, "source": "AUK01", **fields}, follow=True)
    return response.status_code, words(response.content)


def test_nothing_taken_in_yet_says_what_will_be_here(programme: None) -> None:
    assert "Åbn statistikbanken.dk" in page()
    assert "En evaluator i jeres kommune indlæser dem" in page(name="tove")
    assert "Indlæs filen" not in page(name="tove")


def test_the_page_without_a_programme(cast: Cast) -> None:
    counted(cast.finn, "Århus;Kontanthjælp;200;267", on=DAY)
    assert "Ingen af jeres kommuner deltager i et projekt" in page()


def test_every_figure_comes_from_the_counts(programme: None, cast: Cast) -> None:
    counted(None, "Århus;Kontanthjælp;2000;2670", "Aabenraa;Kontanthjælp;10;9", on=DAY, source="Opdigtet <kilde>")
    seen = page()
    assert (
        "Fra januar 2026 til februar 2026 er antallet af modtagere af „Kontanthjælp“ steget med 34 % i Århus." in seen
    )
    assert "Århus 2.000 2.670 +34 % 0 % 1 1" in seen
    assert "Aabenraa" not in seen
    assert "Af projektets 1 borgere er 0 (0 %) selvforsørgende den 2. marts 2026; 1 er på kontanthjælp." in seen
    assert "Kilde: Opdigtet <kilde> (indlæst 2. marts 2026)" in seen
    assert "februar 2026 133,5" in seen
    assert "Tilsammen" not in seen


def test_what_fell_stood_still_and_is_not_known(programme: None, cast: Cast) -> None:
    from jobpakke.access.models import Role
    from jobpakke.access.services import give_role

    give_role(actor=None, user=cast.finn, role=Role.EVALUATOR, municipality=cast.there, on=SINCE)
    counted(None, "Århus;A;1000;966", "Aabenraa;A;1000;1004", "Aabenraa;B;..;7", "Århus;B;5;6", on=DAY)
    seen = page()
    assert "af „A“ faldet med 3 % i Århus; uændret i Aabenraa." in seen
    assert "Tilsammen: fra 2.000 til 1.970 personer, -2 %." in seen
    assert "Århus 1.000 966 -3 %" in seen
    assert "Aabenraa 1.000 1.004 0 %" in seen
    assert "Ikke kendt i begge ender og derfor ikke sammenlignet: Aabenraa." in page("?benefit=1:B")
    with override("en"):
        client_in_english = client("finn")
        client_in_english.post("/sprog/", {"language": "en"})
        english = words(client_in_english.get("/opfoelgning/sammenhaeng/").content)
    assert "recipients of “A” fell by 3 % in Århus; stayed the same in Aabenraa." in english


@pytest.mark.usefixtures("_drawings_by_the_rules")
def test_a_shorter_time_and_the_same_picture_and_file(programme: None, cast: Cast) -> None:
    header = "OMRÅDE;YDELSESTYPE;2025M11;2025M12;2026M01"
    counted(cast.finn, "Århus;A;100;110;121", on=DAY, header=header)
    query = "?fra=2025-12-24&til=2026-01-02"
    assert "Fra december 2025 til januar 2026 er antallet af modtagere af „A“ steget med 10 %" in page(query)
    svg = client("finn").get(f"/opfoelgning/sammenhaeng/diagram.svg{query}").content.decode()
    assert "Århus" in svg
    file = client("finn").get(f"/opfoelgning/sammenhaeng/hent/{query}").content.decode()
    assert file.splitlines() == [
        "municipality_code,municipality,benefit,from,months,persons,index",
        "0751,Århus,A,2025-12-01,1,110,100.0",
        "0751,Århus,A,2026-01-01,1,121,110.0",
    ]
    for wrong in ("?benefit=1:C", "?programme=Q"):
        assert client("finn").get(f"/opfoelgning/sammenhaeng/{wrong}").status_code == 404
    assert client("finn").get("/opfoelgning/sammenhaeng/hent/?format=exe").status_code == 404


def test_counts_outside_the_time_are_no_rise_or_fall(programme: None, cast: Cast) -> None:
    counted(None, "Århus;A;100;110", on=DAY, header="OMRÅDE;YDELSESTYPE;2009M11;2009M12")
    seen = page()
    assert "Mellem 1. januar 2020 og 2. marts 2026 er der ikke to tal for „A“" in seen
    assert "Tallene går fra november 2009 til december 2009" in seen
    assert "uændret" not in seen
    assert '<option value="1:A" selected' in client("finn").get("/opfoelgning/sammenhaeng/").content.decode()
    for address in ("diagram.svg", "hent/"):
        assert client("finn").get(f"/opfoelgning/sammenhaeng/{address}").status_code == 404
    seen = page("?fra=2009-11-01&til=2010-02-01")
    assert "Fra november 2009 til december 2009 er antallet" in seen
    assert "Tallene slutter med december 2009: der er ingen frem til 1. februar 2010." in seen
    assert "Tallene slutter" not in page("?fra=2009-11-01&til=2009-12-24")


def test_thirty_years_stay_a_small_page(programme: None, cast: Cast) -> None:
    months = [f"{year}M{month:02}" for year in range(1996, 2026) for month in range(1, 13)]
    header = f"OMRÅDE;YDELSESTYPE;{';'.join(months)}"
    counted(
        None, *(f"{place};A;{';'.join(['100'] * len(months))}" for place in ("Århus", "0580")), on=DAY, header=header
    )
    seen = page("?fra=1996-01-01&til=2026-01-01")
    assert "januar 1996 100,0" in seen
    assert "december 2025 100,0" in seen


def test_a_file_is_sent_and_told(programme: None, cast: Cast) -> None:
    text = f"{LONG}Hele landet;A;2009K1;5\nAarhus;A;2009K1;7\nAarhus;A;2009K2;..\nAarhus;A;2009K3;8\n"
    status, seen = sent(text)
    assert status == 200
    assert "Indlæst: 2 nye tal, 0 rettede; 0 stod her allerede." in seen
    assert "Udeladt: 1 række om andre områder (Hele landet). Ukendte i selve filen (..): 1." in seen
    assert "Tallene går fra 1. kvartal 2009 til 3. kvartal 2009" in seen
    assert "Kilde: AUK01" in page("?fra=2009-01-01&til=2009-09-30")


def test_wrong_rows_are_told_and_nothing_is_lost(programme: None, cast: Cast) -> None:
    rows = "".join(f"Århus;A;2009M{month:02};x\n" for month in range(1, 5))
    status, seen = sent(f"{LONG}{rows}Århus;A;2009;5\n", source="Min kilde")
    assert status == 422
    assert "Fejl i filen: 5. Intet er indlæst." in seen
    assert "Ikke et helt tal: kolonne 4, række 2-5." in seen
    assert "kolonne 3, række 6." in seen
    assert not BenefitCount.objects.exists()
    status, seen = sent("hej", source="Min kilde")
    assert (status, "Der er ingen overskrifter at finde" in seen) == (422, True)


def test_a_team_leader_sends_nothing(programme: None, cast: Cast) -> None:
    assert sent(f"{LONG}Århus;A;2009M01;5\n", "tove")[0] == 403
    assert not BenefitCount.objects.exists()


def test_a_thousand_scattered_faults_make_a_small_report() -> None:
    problems = tuple(Problem(2 * number, 4, RowFault.NO_COUNT) for number in range(1, 1001))
    with override("da"):
        told = faults_told(Refused(Refusal(CountsRefusal.COUNTS_ROWS_WRONG, {"count": 1, "problems": problems})))
    assert len(told) == 1
    assert len(told[0]) < 8_000


def test_rows_that_follow_each_other_are_one() -> None:
    assert spread([4, 2, 3, 9, 11, 12]) == "2-4, 9, 11-12"
    assert spread([]) == ""
    assert set(FAULTS) == set(RowFault)


def test_the_follow_up_leads_here(programme: None, cast: Cast) -> None:
    seen = client("finn").get(reverse("followup")).content.decode()
    assert f"{reverse('followup_context')}?programme=P" in seen
