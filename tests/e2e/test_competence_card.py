"""A company fills a competence card in on a phone, by the link that the caseworker sent; and the gate opens."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import DESKTOP, ON_DESK_AND_PHONE, PHONE
from tests.e2e.hands import row_of_today, save
from tests.e2e.looks import faults, listen


@pytest.mark.parametrize(("width", "script"), ON_DESK_AND_PHONE)
def test_a_card_goes_to_the_company_and_comes_back(
    visit: Callable[..., Page], browser: Browser, site: str, width: int, *, script: bool
) -> None:
    page = visit("bo", width, script=script)
    row_of_today(page, "Kompetencekort mangler").get_by_role("link", name="Mind virksomheden").click()
    page.wait_for_load_state()
    if page.get_by_text("Linket er udløbet", exact=True).count():
        page.get_by_role("link", name="Lav et nyt link").click()
        page.locator("main form button[type=submit]").last.click()
        expect(page.get_by_role("status")).to_contain_text("Linket er nyt")
    link = page.locator(".kort__adresse").inner_text().strip()
    assert not script or faults(page) == []
    card = page.url
    answered(browser, link, script=script)
    page.goto("/i-dag/")
    row_of_today(page, "Kompetencekort udfyldt", "har udfyldt kortet")
    page.goto(card)
    expect(page.get_by_text("Hun er god med gæsterne")).to_be_visible()
    assert not script or faults(page) == []
    for choice in page.get_by_label("Ja, det er nået").all():
        choice.check()
    save(page)
    expect(page.get_by_text("Udfyldt og taget med i planen")).to_be_visible()
    page.get_by_role("link", name="Trappen").click()
    expect(page.locator(".trappe")).to_contain_text("nået")


def answered(browser: Browser, link: str, *, script: bool) -> None:
    """The company's side, in a browser in which nobody is signed in: on a phone, by taps, with a pause in between."""
    context = browser.new_context(viewport={"width": PHONE, "height": 700}, java_script_enabled=script)
    phone = context.new_page()
    complaints = listen(phone)
    phone.goto(link)
    seen = [looked_at(phone, script=script)]
    phone.get_by_role("link", name=re.compile("begynd|Fortsæt")).click()
    seen.append(looked_at(phone, script=script))
    while phone.get_by_text(re.compile(r"^Spørgsmål \d+ af \d+$")).count():
        number = phone.url
        phone.get_by_role("button", name=re.compile("^4")).click()
        phone.wait_for_load_state()
        assert phone.url != number
        if "/2/" in phone.url:
            phone.goto(link)
            phone.get_by_role("link", name="Fortsæt").click()
            phone.wait_for_load_state()
    seen.append(looked_at(phone, script=script))
    phone.get_by_label("Er der mere at sige?").fill("Hun er god med gæsterne")
    phone.get_by_role("button", name=re.compile("^Send som")).click()
    expect(phone.get_by_role("heading", name="Tak")).to_be_visible()
    seen.append(looked_at(phone, script=script))
    assert complaints == []
    answer = phone.goto(link)
    assert answer is not None
    assert answer.status == 410
    seen.append(looked_at(phone, script=script))
    phone.goto(re.sub(r"/[^/]+/$", "/forkert/", link))
    expect(phone.get_by_text("Linket passer ikke til noget kort")).to_be_visible()
    seen.append(looked_at(phone, script=script))
    assert [each for each in seen if each] == []
    context.close()


def looked_at(page: Page, *, script: bool) -> list[str]:
    """What is wrong with the page on the phone and on a desk; axe is a script."""
    page.wait_for_load_state()
    if not script:
        return []
    found = faults(page)
    page.set_viewport_size({"width": DESKTOP, "height": 900})
    found += faults(page)
    page.set_viewport_size({"width": PHONE, "height": 700})
    return found
