"""The journal by keyboard alone, without script, from any tab; a correction; and a use of aftercare."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.conftest import PHONE
from tests.e2e.hands import row_of_today
from tests.e2e.looks import faults


def test_a_note_by_keyboard_without_script_then_corrected(visit: Callable[..., Page]) -> None:
    page = visit("bo", script=False)
    page.locator("tbody tr a").first.click()
    page.get_by_role("link", name="Om borgeren").click()
    here = page.url
    page.locator("details.skriv > summary").focus()
    for key in ("Enter", "Tab"):
        page.keyboard.press(key)
    page.keyboard.type("Vil gerne have flere timer i uge 43")
    for key in ("Tab", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_role("status")).to_contain_text("Det står i journalen")
    assert page.url == here
    page.get_by_role("link", name="Journal", exact=True).click()
    page.get_by_label("Ord", exact=True).fill("timer uge")
    page.get_by_role("button", name="Søg").click()
    row = page.locator(".liste > li")
    expect(row).to_have_count(1)
    row.get_by_role("link", name="Ret").click()
    page.get_by_label("Hvad blev der sagt").fill("Vil gerne have færre timer i uge 43")
    page.get_by_role("button", name="Gem rettelsen").click()
    newest = page.locator(".liste > li").first
    expect(newest).to_contain_text("færre timer")
    newest.get_by_text("Rettet; før stod der").click()
    expect(newest.locator("del")).to_be_visible()
    page.locator("details.skriv #notat-text").focus()
    page.keyboard.type("Ringede om vagterne")
    for key in ("Tab", "Tab", "Enter"):
        page.keyboard.press(key)
    expect(page.locator(".liste > li").first).to_contain_text("samtale, borgeren")


def test_a_use_of_aftercare_on_a_phone(visit: Callable[..., Page]) -> None:
    page = visit("bo", PHONE)
    row = row_of_today(page, "Opfølgning efter job")
    name = row.locator("a").first.inner_text()
    row.get_by_role("link", name="Notér samtalen").click()
    page.get_by_label("Hvad blev der sagt").fill("Ringede selv om vagterne")
    page.get_by_label("Efterværn brugt af").select_option(label="borgeren")
    page.get_by_label("Hvad det handlede om").select_option(label="timer og vagter")
    page.get_by_role("button", name="Gem i journalen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("I dag")
    expect(page.locator("tbody tr").filter(has_text=name).filter(has_text="Opfølgning efter job")).to_have_count(0)
    page.get_by_role("link", name="Borgere", exact=True).click()
    page.get_by_label("Navn eller CPR-nummer").fill(name)
    page.get_by_role("button", name="Vis", exact=True).last.click()
    page.locator("tbody a").first.click()
    page.get_by_role("link", name="Efterværn til").click()
    expect(page.locator("main")).to_contain_text("Ringede selv om vagterne")
    assert faults(page) == []
