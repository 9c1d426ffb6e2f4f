"""The company proposes a longer step; it is accepted, all three approve it, and a promise is moved and broken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from jobpakke.lib.clock import today
from tests.e2e.conftest import ON_DESK_AND_PHONE
from tests.e2e.hands import promise, row_of_today, save
from tests.e2e.looks import faults, listen


@pytest.mark.parametrize(("width", "script"), ON_DESK_AND_PHONE)
def test_a_party_proposes_and_is_answered(visit: Callable[..., Page], width: int, *, script: bool) -> None:
    page = visit("erik" if script else "bo", width, script=script)
    row = row_of_today(page, "Ændringsforslag venter")
    row.locator("a").first.click()
    citizen = page.url
    expect(page.locator(".laage--forslag")).to_contain_text("foreslår")
    page.get_by_role("link", name="Skriv et ændringsforslag").click()
    page.get_by_label("En anden opgave").check()
    page.get_by_role("button", name="Videre").click()
    page.get_by_label("Hvem foreslår det").select_option(label="Borgeren")
    page.get_by_label("Opgaven").fill("Praktik i receptionen")
    page.get_by_label("Hvorfor").fill("Jeg vil gerne møde gæsterne")
    page.get_by_label("På et møde").check()
    save(page)
    line = page.locator(".laage--forslag li").filter(has_text="Praktik i receptionen")
    line.get_by_role("link", name="Svar").click()
    page.get_by_label("Afvis det").check()
    page.get_by_role("button", name="Skriv svaret").click()
    expect(page.get_by_role("alert")).to_contain_text("Skriv, hvorfor forslaget afvises")
    page.get_by_label("Acceptér det").check()
    page.get_by_role("button", name="Skriv svaret").click()
    expect(page.locator("main")).to_contain_text("Ændret her, fordi en part foreslog det")
    expect(page.locator("main")).to_contain_text("er nu")
    if script:
        assert faults(page) == []
    page.goto(citizen)
    expect(page.get_by_role("link", name="Gå videre med kladden")).to_be_visible()


def test_a_promise_gets_a_later_day_and_is_broken_by_another(visit: Callable[..., Page]) -> None:
    page = visit("bo")
    complaints = listen(page)
    row_of_today(page, "Tilsagn brudt").locator("a").first.click()
    citizen = page.url
    promise(page, citizen, "Virksomheden", "Plads i kantinen")
    line = page.locator("li").filter(has_text="Plads i kantinen")
    line.get_by_role("link", name="Flyt").click()
    page.get_by_label("Den senere dag").fill((today() + timedelta(days=40)).isoformat())
    page.get_by_label("Grund").fill("Ombygning")
    save(page)
    expect(line).to_contain_text("først aftalt")
    line.get_by_role("link", name="Gør op").click()
    page.get_by_label("Nej, det blev brudt").check()
    page.get_by_label("Brudt af").select_option(label="Borgeren")
    page.get_by_label("Hvorfor det blev brudt").select_option(label="Behovet faldt væk")
    save(page)
    expect(line).to_contain_text("Brudt")
    assert faults(page) == []
    assert complaints == []
