"""A story is worded, consented to, told in the note, and gone from it when the consent is taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import ON_DESK_AND_PHONE
from tests.e2e.hands import save
from tests.e2e.looks import faults

NOTE = "/opfoelgning/notat/?programme=VIP2&on={day}"


def told(visit: Callable[..., Page], day: str) -> str:
    page = visit("finn")
    page.goto(NOTE.format(day=day))
    return page.locator("main").inner_text()


@pytest.mark.parametrize(("width", "script"), ON_DESK_AND_PHONE)
def test_a_story_is_told_while_the_citizen_consents(visit: Callable[..., Page], width: int, *, script: bool) -> None:
    name, made_up = ("Wadeera", "Munira") if script else ("Bukurije", "Teuta")
    page = visit("bo", width, script=script)
    page.goto(f"/borgere/?q={name} {'Al-Tai' if script else 'Lekaj'}")
    page.locator("tbody a").first.click()
    page.get_by_role("link", name="Casefortælling").click()
    story = page.url
    page.get_by_role("link", name="Omskriv casefortællingen").click()
    page.get_by_label("Fortalt under navnet").fill(name)
    page.get_by_label("Fortællingen").fill("Hun fik et job.\n\nDet var i sommer.")
    page.locator("main form button[type=submit]").last.click()
    expect(page.get_by_role("alert")).to_contain_text("er borgerens eget navn")
    if script:
        assert faults(page) == []
    page.get_by_label("Fortalt under navnet").fill(made_up)
    save(page)
    expect(page).to_have_url(story)
    expect(page.get_by_text("Kladde: Borgeren er ikke spurgt")).to_be_visible()
    page.get_by_role("link", name="Skriv samtykket").click()
    page.get_by_label("Skrev under på papir").check()
    save(page)
    expect(page.get_by_text("Borgeren har givet samtykke", exact=True)).to_be_visible()
    assert made_up in told(visit, "2030-01-01"), "a note that is of the day on which it was written, or later"
    assert made_up not in told(visit, "2009-09-01"), "the words are newer than that note"
    page.get_by_role("link", name="Træk samtykket tilbage").click()
    page.get_by_label("I telefonen").check()
    save(page)
    expect(page.get_by_text("Samtykket er trukket tilbage", exact=True)).to_be_visible()
    if script:
        assert faults(page) == []
    assert made_up not in told(visit, "2030-01-01")
