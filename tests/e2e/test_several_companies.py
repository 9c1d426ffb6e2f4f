"""A plan that two companies share waits for the second: found on I dag, answered on its own line, then agreed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import ON_DESK_AND_PHONE
from tests.e2e.hands import SAVED, row_of_today
from tests.e2e.looks import faults


@pytest.mark.parametrize(("width", "script"), ON_DESK_AND_PHONE)
def test_the_second_company_says_yes_and_the_plan_takes_effect(
    visit: Callable[..., Page], width: int, *, script: bool
) -> None:
    who, whose = ("bo", "Amela Shala") if script else ("erik", "Samir Jama")
    page = visit(who, width, script=script)
    waiting = row_of_today(page, whose, "Forslaget har ventet")
    waiting.get_by_role("link", name="Skriv svarene").click()
    lines = page.locator("li").filter(has_text="Virksomheden")
    expect(lines).to_have_count(2)
    expect(lines.filter(has_text="sagde ja")).to_have_count(1)
    expect(page.locator("li").filter(has_text="Kommunen")).to_contain_text("har ikke svaret")
    expect(page.get_by_role("link", name="Skriv ja")).to_have_count(1)
    page.get_by_role("link", name="Skriv ja").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("siger ja")
    if script:
        assert faults(page) == []
    page.get_by_label("Sagde ja på et møde").check()
    page.locator(SAVED).click()
    expect(lines.filter(has_text="sagde ja")).to_have_count(2)
    if script:
        assert faults(page) == []
    page.locator("li").filter(has_text="Kommunen").get_by_role("link", name="Skriv ja").click()
    page.get_by_role("button", name="Godkend på kommunens vegne").click()
    expect(page.get_by_role("status")).to_contain_text("Planen er trådt i kraft")
