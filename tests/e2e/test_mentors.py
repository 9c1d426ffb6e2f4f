"""A mentor and a promise are written into a draft; the mentor confirms, and another takes the place."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from jobpakke.lib.clock import today
from tests.e2e.conftest import ON_DESK_AND_PHONE
from tests.e2e.hands import row_of_today, save
from tests.e2e.looks import faults


@pytest.mark.parametrize(("width", "script"), ON_DESK_AND_PHONE)
def test_a_mentor_of_a_draft(visit: Callable[..., Page], width: int, *, script: bool) -> None:
    page = visit("erik" if script else "bo", width, script=script)
    row_of_today(page, "kladde at gå videre med").locator("a").first.click()
    page.get_by_role("link", name="Gå videre med kladden").click()
    plan = page.url
    page.locator("#trin").get_by_role("link", name="Mentor").last.click()
    mentors = page.url
    page.get_by_role("link", name="Udpeg en mentor").click()
    page.get_by_label("Eller en anden: navn").fill("Ida Lind")
    page.locator("main form button[type=submit]").last.click()
    expect(page.get_by_role("alert")).to_contain_text("hvilken part")
    page.get_by_label("Hører til").select_option(value="municipality")
    save(page)
    expect(page).to_have_url(mentors)
    expect(page.locator("main li").filter(has_text="Ida Lind")).to_contain_text("tavshedspligt ikke bekræftet endnu")
    if script:
        assert faults(page) == []
    page.locator("main li").filter(has_text="Ida Lind").get_by_role("link", name="Tavshedspligt er bekræftet").click()
    page.get_by_label("Bekræftede tavshedspligt den").fill(today().isoformat())
    save(page)
    page.goto(plan)
    expect(page.locator(".trin").filter(has_text="Ida Lind")).to_be_visible()
    page.get_by_role("link", name="Læg et tilsagn").click()
    page.get_by_label("Hvad der loves").fill("Egen vagtplan")
    page.get_by_label("Senest").fill(today().isoformat())
    save(page)
    line = page.locator("#tilsagn li").filter(has_text="Egen vagtplan")
    expect(line).to_contain_text("gives, når planen træder i kraft")
    line.get_by_role("link", name="Fjern").click()
    save(page)
    expect(line).to_have_count(0)
