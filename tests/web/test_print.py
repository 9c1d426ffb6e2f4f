"""The printed plan says what the plan says, as it was on the day, in the language of the page."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from jobpakke.access.models import AccessLog
from jobpakke.citizens.models import Citizen
from jobpakke.companies.services import name_mentor
from jobpakke.method.step_kinds import EvidenceKind, StepKind
from jobpakke.packages.models import AcceptedWarning, Party, PlanVersion
from jobpakke.packages.services import (
    add_sub_goal,
    assign_mentor,
    lay_step,
    make_commitment,
    propose_plan,
    reopen_plan,
    start_step,
    withdraw_proposal,
)
from jobpakke.packages.services.plan.checks import StepFacts
from tests.builders import DAY, MOST_STEPS, Cast, agreed, approve, draft, say_yes, workplace
from tests.print.test_engine import squeezed

pytestmark = pytest.mark.django_db


def printed(cast: Cast, version: PlanVersion, on: date = DAY, language: str = "da") -> tuple[str, PdfReader]:
    client = Client()
    client.force_login(cast.bo)
    client.cookies["django_language"] = language
    response = client.get(reverse("print_plan", args=[version.ref]), {"on": on.isoformat()})
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/pdf"
    assert "no-store" in response.headers["Cache-Control"]
    reader = PdfReader(BytesIO(response.content))
    return squeezed(" ".join(page.extract_text() for page in reader.pages)), reader


def says(text: str, *wanted: str) -> None:
    for each in wanted:
        assert squeezed(each) in text, each


def test_everything_of_an_agreed_plan_is_on_it_in_danish(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    due_on = DAY + timedelta(days=9)
    make_commitment(actor=cast.bo, package=stairs.package, party=Party.COMPANY, text="Fast job", due_on=due_on, on=DAY)
    place = workplace(cast.bo, cast.here)
    mentor = name_mentor(actor=cast.bo, workplace=place, name="Lis Lund", on=DAY)
    assign_mentor(
        actor=cast.bo,
        step=stairs.first.step,
        mentor=mentor,
        starts_on=DAY,
        ends_on=None,
        confidentiality_on=DAY,
        on=DAY,
    )
    AcceptedWarning.objects.create(
        package=stairs.package,
        step=stairs.first.step.ref,
        code="START_IN_PAST",
        detail="x",
        reason="Papiret kom sent",
        accepted_by=cast.bo,
        accepted_on=DAY,
    )
    text, reader = printed(cast, stairs.version)
    says(text, "Jobpakke: Leder på hotel", "Asta Testesen", "Århus", "Ordinært job", "Aftalt 2. marts 2026")
    says(text, "1 Afklaring", "2 Vejledning", "2. marts 2026 –", "30. april 2026", "Delmål i afklaring (vises ved:")
    says(text, "Virksomheden: Fast job (senest 11. marts 2026)", "Lis Lund, Hotel Prøven: fra 2. marts 2026")
    says(text, "begyndt tilbage i tiden. Begrundelse: Papiret kom sent", "Skrev under på papir 2. marts 2026")
    says(text, "Sagde ja 2. marts 2026 ved Bo", "Side 1 af", "Hvad det betyder at skrive under")
    assert "KLADDE" not in text
    assert "FORESLÅET" not in text
    assert str(reader.root_object["/Lang"]) == "da"
    assert reader.metadata is not None
    assert reader.metadata.title == "Jobpakke for Asta Testesen, version 1"


def test_it_is_in_english_where_the_page_is(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    text, reader = printed(cast, stairs.version, language="en")
    says(text, "Job package: Leder på hotel", "Agreed", "What it means to sign", "Signed on paper on", "Page 1 of")
    assert "underskrift" not in text.lower()
    assert str(reader.root_object["/Lang"]) == "en"


def test_what_is_not_agreed_says_so_on_every_page_as_it_was_on_the_day(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    text, _reader = printed(cast, stairs.version)
    says(text, "KLADDE: kan stadig ændres og skal ikke underskrives", "En kladde skal ikke underskrives")
    assert "Navnmedblokbogstaver" not in text
    stairs.version.planned_steps.update(starts_on=DAY + timedelta(days=50))
    proposed_on, taken_on = DAY + timedelta(days=2), DAY + timedelta(days=5)
    propose_plan(actor=cast.bo, version=stairs.version, on=proposed_on)
    say_yes(cast.bo, stairs.version, proposed_on + timedelta(days=1), Party.CITIZEN)
    withdraw_proposal(actor=cast.bo, version=stairs.version, on=taken_on)
    assert "KLADDE" in printed(cast, stairs.version, DAY)[0]
    assert "KLADDE" in printed(cast, stairs.version, DAY - timedelta(days=400))[0]
    text, reader = printed(cast, stairs.version, proposed_on)
    assert text.count("FORESLÅET") == len(reader.pages)
    assert text.count("Navnmedblokbogstaver") == 3
    assert "Skrevunder" not in text
    assert "Skrevunder" in printed(cast, stairs.version, proposed_on + timedelta(days=1))[0]
    text, _reader = printed(cast, stairs.version, taken_on)
    says(text, "TRUKKET TILBAGE: dette forslag gælder ikke")
    assert "Navnmedblokbogstaver" not in text


def test_the_drawing_stands_on_the_day(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    start_step(actor=cast.bo, step=stairs.first.step, started_on=DAY + timedelta(days=3), on=DAY + timedelta(days=3))
    assert "Igang" not in printed(cast, stairs.version, DAY)[0]
    assert "Igang" in printed(cast, stairs.version, DAY + timedelta(days=3))[0]


def test_a_change_says_what_and_why(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    version = reopen_plan(actor=cast.bo, package=stairs.package, on=DAY)
    lay_step(
        actor=cast.bo,
        version=version,
        facts=StepFacts(StepKind.GUIDANCE, "Samtaler", DAY, DAY + timedelta(days=30)),
        on=DAY,
    )
    approve(cast.bo, version, DAY)
    text, _reader = printed(cast, version)
    says(text, "Hvorfor planen ændres", "Ny aftale", "Hvad der er ændret siden den aftalte version", "Nyt trin")


def test_sixteen_steps_with_everything_are_all_on_it(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    last = stairs.second
    for number in range(3, MOST_STEPS + 1):
        start = DAY + timedelta(days=30 * number)
        facts = StepFacts(
            StepKind.UPSKILLING, f"Kursus nummer {number}", start, start + timedelta(days=30), needs=(last.step,)
        )
        last = lay_step(actor=cast.bo, version=stairs.version, facts=facts, on=DAY)
        add_sub_goal(
            actor=cast.bo,
            planned=last,
            title=f"Bevis nummer {number}",
            evidence_kind=EvidenceKind.CERTIFICATE,
            on=DAY,
        )
    text, reader = printed(cast, stairs.version)
    for number in range(3, MOST_STEPS + 1):
        assert text.count(f"Kursusnummer{number}") >= 2, number
        says(text, f"Bevis nummer {number} (vises ved")
    assert len(reader.pages) <= 4


def test_nothing_on_it_names_the_citizen_by_number_and_its_file_by_name(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    client = Client()
    client.force_login(cast.bo)
    response = client.get(reverse("print_plan", args=[stairs.version.ref]))
    assert response.headers["Content-Disposition"] == 'inline; filename="jobpakke-version-1.pdf"'
    text, _reader = printed(cast, stairs.version)
    held = response.content + text.encode()
    for number in ("610170-1001", "6101701001", "010170-1001", "0101701001", "610170"):
        assert number.encode() not in held
    assert Citizen.objects.get(pk=cast.her.pk).cpr_fingerprint.encode() not in held


def test_each_print_is_written_down_and_strangers_find_nothing(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    url = reverse("print_plan", args=[stairs.version.ref])
    for person, status in ((cast.bo, 200), (cast.tove, 200), (cast.erik, 404), (cast.dorte, 404), (cast.finn, 403)):
        client = Client()
        client.force_login(person)
        assert client.get(url).status_code == status
    written = AccessLog.objects.filter(page="print_plan").values_list("user__username", flat=True)
    assert sorted(written) == ["bo", "tove"]
