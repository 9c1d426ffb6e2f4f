"""The evaluator freezes a follow-up, takes its bytes along, and compares."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.looks import faults


def test_a_follow_up_is_frozen_taken_along_and_compared(visit: Callable[..., Page]) -> None:
    page = visit("finn")
    page.goto("/opfoelgning/?programme=VIP2&on=2008-06-01")
    page.get_by_role("link", name="Frosne opfølgninger").click()
    page.get_by_role("link", name="Frys en opfølgning").click()
    expect(page.get_by_label("Skæringsdato")).to_have_value("2008-06-01")
    page.get_by_label("Egen note").fill("Midtvejs")
    page.get_by_role("button", name="Frys", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Frosset opfølgning: VIP2, 1. juni 2008")
    expect(page.get_by_text("Midtvejs")).to_be_visible()
    assert faults(page) == []
    with page.expect_download() as coming:
        page.get_by_role("link", name="Hent den frosne fil").click()
    content = coming.value.path().read_bytes()
    expect(page.locator("code")).to_have_text(hashlib.sha256(content).hexdigest())
    page.get_by_role("link", name="Sammenlign med det, der er kendt nu").click()
    expect(page.get_by_text("Ingen forskel")).to_be_visible()
    page.get_by_label("Den anden").select_option(index=2)
    page.get_by_role("button", name="Sammenlign").click()
    expect(page.get_by_role("table", name="Borgere efter forsørgelsesstatus")).to_be_visible()
    assert faults(page) == []
