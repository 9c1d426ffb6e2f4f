"""The pages of the progress measure: what is answered, what is lost on a refusal (nothing), what is shown and taken."""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta
from io import StringIO
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.urls import reverse

from jobpakke.citizens.models import Citizen
from jobpakke.lib.clock import today
from jobpakke.method.progress import Answerer
from jobpakke.packages.models import JobPackage, OwnQuestionnaire, ProgressMeasure
from jobpakke.packages.progress import in_force
from jobpakke.packages.services import record_measure
from jobpakke.web.progress.pages import DRAWN
from tests.builders import DAY, Cast, agreed

pytestmark = pytest.mark.django_db
SKEMA = "citizen:1"


def client_of(person: object) -> Client:
    client = Client()
    client.force_login(person)  # type: ignore[arg-type]  # a user of the cast
    return client


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined, no-any-return]  # a response


def answered(cast: Cast, day: date, by: Answerer = Answerer.CITIZEN, **points: int) -> ProgressMeasure:
    asked = in_force(cast.here.pk, by, on=day)
    return record_measure(
        actor=cast.bo, citizen=cast.her, questionnaire=asked, points=points, answered_on=day, on=max(day, DAY)
    )


def new(citizen: Citizen, query: str = "?hvem=borger") -> str:
    return reverse("measure_progress", args=[citizen.ref]) + query


def test_the_handed_page_shows_the_questions_and_nobody(cast: Cast) -> None:
    shown = text(client_of(cast.bo).get(new(cast.her)))
    assert "Jeg tror på, at jeg får et job." in shown
    for name in ("Asta", "Testesen", "Bo", "/i-dag/", "/borgere/soeg/"):
        assert name not in re.sub(r'href="[^"]*"|name="csrfmiddlewaretoken"[^>]*', "", shown), name
    assert shown.count('type="radio"') == 10 * 6
    assert " checked" not in shown


def test_answering_thanks_and_records_for_the_viewed_day(cast: Cast) -> None:
    client = client_of(cast.bo)
    data = {"skema": SKEMA, "sprog": "da", "q_turns_up": "4", "q_seeks_work": ""}
    response = client.post(new(cast.her) + f"&on={DAY}", data)
    assert response.status_code == 302
    assert "tak=1" in response.headers["Location"]
    assert "Giv nu telefonen tilbage" in text(client.get(response.headers["Location"] + f"&on={DAY}"))
    again = text(client.get(new(cast.her) + f"&on={DAY}"))
    assert "Borgeren har allerede svaret i dag" in again
    assert 'type="radio"' not in again
    assert 'type="radio"' in text(client.get(new(cast.her)))
    row = ProgressMeasure.objects.get()
    assert (row.by, row.answered_on, row.recorded_by) == ("citizen", DAY, cast.bo)
    assert list(row.answers.values_list("question", "point")) == [("turns_up", 4)]


def test_another_language_records_nothing_and_loses_nothing(cast: Cast) -> None:
    client = client_of(cast.bo)
    shown = text(client.post(new(cast.her), {"skema": SKEMA, "sprog": "da", "skift": "en", "q_turns_up": "4"}))
    assert '<html lang="en">' in shown
    assert "I can come every time" in shown
    assert re.search(r'name="q_turns_up"\s+value="4" checked', shown)
    assert 'name="sprog" value="en"' in shown
    assert not ProgressMeasure.objects.exists()
    again = text(client.get(new(cast.her)))
    assert '<html lang="da">' in again


def test_a_refusal_keeps_every_answer(cast: Cast) -> None:
    answered(cast, today(), turns_up=1)
    client = client_of(cast.bo)
    response = client.post(new(cast.her), {"skema": SKEMA, "sprog": "en", "q_turns_up": "4", "q_seeks_work": "2"})
    assert response.status_code == 422
    assert "The same party has answered" in text(response)
    assert len(re.findall(" checked", text(response))) == 2
    paper = {"skema": SKEMA, "answered_on": "", "q_turns_up": "4"}
    response = client.post(new(cast.her, "?hvem=borger&papir=1"), paper)
    assert response.status_code == 422
    assert len(re.findall(" checked", text(response))) == 1


def test_without_saying_who_it_is_whoever_is_due_longest(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her, today() - timedelta(days=60))
    client = client_of(cast.bo)
    assert "Jeg ved, hvilket arbejde jeg vil have." in text(client.get(new(cast.her, "")))
    answered(cast, today() - timedelta(days=10), turns_up=1)
    assert "Borgeren kan selv søge et arbejde." in text(client.get(new(cast.her, "")))
    page = reverse("progress", args=[cast.her.ref])
    data = {"skema": "caseworker:1", "answered_on": str(today()), "q_turns_up": "5"}
    response = client.post(new(cast.her, "?hvem=konsulent"), data, follow=True)
    assert response.redirect_chain == [(page, 302)]
    assert "skal svare nu" not in text(response)
    assert ProgressMeasure.objects.filter(package=stairs.package).count() == 2


def test_a_page_opened_before_new_questions_keeps_its_own(cast: Cast) -> None:
    data = own_questions(client_of(cast.anna), "turns_up", "Kom du i dag?")
    assert OwnQuestionnaire.objects.get().questions[2]["text"][0] == "Kom du i dag?"
    assert data["text_da_2"] == "Kom du i dag?"
    client = client_of(cast.bo)
    assert "Kom du i dag?" in text(client.get(new(cast.her)))
    response = client.post(new(cast.her), {"skema": SKEMA, "sprog": "da", "q_turns_up": "4"})
    assert response.status_code == 422
    assert "gjaldt ikke" in text(response)
    assert "Jeg kan komme hver gang" in text(response)
    response = client.post(new(cast.her), {"skema": "0751-citizen:1", "sprog": "da", "q_turns_up": "4"})
    assert response.status_code == 302
    for broken in ("0751-citizen:9", "0580-citizen:1", ":", "citizen:x", "caseworker:1"):
        shown = text(client.post(new(cast.her), {"skema": broken, "skift": "da", "q_turns_up": "4"}))
        assert "Kom du i dag?" in shown, broken


def own_questions(client: Client, code: str, wording: str) -> dict[str, str]:
    """What the administrator's page would send with one question worded anew; sends it."""
    url = reverse("revise_questionnaire") + "?hvem=borger"
    form = client.get(url).context["form"]
    data = {bound.html_name: str(bound.value() or "") for bound in form}
    number = next(name.removeprefix("code_") for name, value in data.items() if value == code and "code" in name)
    data[f"text_da_{number}"] = wording
    assert client.post(url, data).status_code == 302
    return data


def test_an_administrator_adds_and_takes_away_questions(cast: Cast) -> None:
    client = client_of(cast.anna)
    url = reverse("revise_questionnaire") + "?hvem=borger"
    form = client.get(url).context["form"]
    data = {bound.html_name: str(bound.value() or "") for bound in form}
    for part in ("text_da", "text_en", "short_da", "short_en"):
        data[f"{part}_0"] = ""
        data[f"{part}_10"] = f"Ny {part}"
    half = client.post(url, {**data, "short_en_10": ""})
    assert half.status_code == 422
    assert "tøm hele rækken" in text(half)
    assert "Ny text_da" in text(half)
    late = client.post(url, {**data, "starts_on": "2020-01-01"})
    assert late.status_code == 422
    assert "som er forbi" in text(late)
    assert client.post(url, data).status_code == 302
    codes = [question["code"] for question in OwnQuestionnaire.objects.get().questions]
    assert codes[0] == "believes_in_job"
    assert codes[-1] == "own_1"
    again = client.get(url).context["form"]
    assert again["code_10"].value() == "own_2"
    assert text(client.get(reverse("questionnaires"))).count("metodens egne") >= 2


def test_the_tab_says_what_moved_and_draws_as_many_as_it_can(cast: Cast) -> None:
    agreed(cast.bo, cast.her)
    client = client_of(cast.bo)
    empty = text(client.get(reverse("progress", args=[cast.her.ref])))
    assert "Der er ikke målt noget endnu" in empty
    for number in range(DRAWN + 3):
        answered(cast, DAY + timedelta(days=number), turns_up=2 + number % 2)
    answered(cast, DAY, Answerer.CASEWORKER, turns_up=5)
    answered(cast, DAY + timedelta(days=9), Answerer.CASEWORKER, turns_up=4)
    shown = text(client.get(reverse("progress", args=[cast.her.ref])))
    assert "uændret på 2" in shown
    assert "fra 5 til 4, ned" in shown
    assert shown.count('class="lille__punkt lille__punkt--citizen"') == DRAWN + 1
    assert "De nyeste er tegnet" in shown
    back = text(client.get(reverse("progress", args=[cast.her.ref]) + f"?on={DAY}"))
    assert "fra 5 til 4" not in back


def test_a_correction_is_shown_with_what_it_said_before(cast: Cast) -> None:
    row = answered(cast, DAY, turns_up=2)
    client = client_of(cast.bo)
    url = reverse("correct_measure", args=[row.ref])
    assert re.search(r'value="2" checked', text(client.get(url)))
    unchanged = client.post(url, {"answered_on": str(DAY), "q_turns_up": "2"})
    assert unchanged.status_code == 422
    assert client.post(url, {"answered_on": str(DAY), "q_turns_up": "5"}).status_code == 302
    assert "tæller ikke længere" in text(client.get(reverse("measure", args=[row.ref])))
    newest = ProgressMeasure.objects.get(corrects=row)
    assert "retter en tidligere" in text(client.get(reverse("measure", args=[newest.ref])))
    assert client.post(url, {"answered_on": str(DAY), "q_turns_up": "3"}).status_code == 422


def test_the_file_has_a_row_for_every_question(cast: Cast) -> None:
    answered(cast, DAY, turns_up=2)
    response = client_of(cast.bo).get(reverse("progress_download", args=[cast.her.ref]))
    rows = list(csv.reader(StringIO(text(response).lstrip("\ufeff")), delimiter=";"))
    assert len(rows) == 11
    assert [row[:5] for row in rows[1:] if row[4]] == [[str(DAY), "Borgeren", "turns_up", "Møder stabilt", "2"]]
    assert "Asta" not in text(response)


def test_no_cell_of_the_file_is_a_formula(cast: Cast) -> None:
    client = client_of(cast.anna)
    url = reverse("revise_questionnaire") + "?hvem=borger"
    data = {bound.html_name: str(bound.value() or "") for bound in client.get(url).context["form"]}
    assert client.post(url, {**data, "short_da_0": "=SUM(A1)"}).status_code == 302
    answered(cast, today(), turns_up=2)
    response = client_of(cast.bo).get(reverse("progress_download", args=[cast.her.ref]))
    assert "'=SUM(A1)" in text(response)


def test_the_curve_stands_under_the_staircase_where_there_is_one(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    client = client_of(cast.bo)
    page, curve = reverse("citizen", args=[cast.her.ref]), reverse("progress_curve", args=[stairs.package.ref])
    assert curve not in text(client.get(page))
    answered(cast, DAY, turns_up=2, seeks_work=3)
    answered(cast, DAY + timedelta(days=90), turns_up=4)
    shown = text(client.get(page))
    assert curve in shown
    assert "Borgeren: gennemsnit fra 2,5 den 2. marts 2026 til 4,0 den 31. maj 2026." in shown
    assert curve not in text(client.get(f"{page}?on={DAY - timedelta(days=1)}"))
    drawn = client.get(curve)
    assert drawn.headers["Content-Type"] == "image/svg+xml"
    tree = ET.fromstring(drawn.content)  # noqa: S314  # our own
    assert len(tree.findall("{http://www.w3.org/2000/svg}polyline")) == 1


def test_an_ended_package_keeps_its_measures_apart(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    answered(cast, DAY, turns_up=2)
    JobPackage.objects.filter(pk=stairs.package.pk).update(ended_on=DAY + timedelta(days=9), outcome="no_job")
    assert answered(cast, DAY + timedelta(days=9), turns_up=3).package is None
