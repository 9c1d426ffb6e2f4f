"""The phone is handed to the citizen: by keyboard, in two languages, without script; then what has moved is seen."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.conftest import PHONE
from tests.e2e.hands import row_of_today
from tests.e2e.looks import faults, listen


def open_due(page: Page) -> str:
    """The questions to the citizen who has waited longest, from I dag; gives their tab's address."""
    row = row_of_today(page, "Fremdrift skal måles", "Borgerens")
    row.get_by_role("link", name="Svar nu").click()
    return page.url.split("ny/")[0]


def test_the_citizen_answers_by_keyboard_and_in_another_language(visit: Callable[..., Page]) -> None:
    page = visit("bo", PHONE)
    complaints = listen(page)
    tab = open_due(page)
    expect(page.get_by_role("heading", name="Hvordan går det?")).to_be_visible()
    expect(page.get_by_role("navigation")).to_have_count(0)
    groups = page.get_by_role("group")
    expect(groups).to_have_count(10)
    groups.nth(0).get_by_role("radio").first.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(groups.nth(0).get_by_role("radio").nth(3)).to_be_checked()
    box = groups.nth(0).locator("label").first.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 48
    groups.nth(2).get_by_role("radio", name="1 Nej").check()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="How are you doing?")).to_be_visible()
    expect(groups.nth(0).get_by_role("radio").nth(3)).to_be_checked()
    expect(groups.nth(2).get_by_role("radio").nth(0)).to_be_checked()
    assert faults(page) == []
    page.get_by_role("button", name="I am done").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("link", name="For the job consultant: go on").click()
    assert page.url == tab
    expect(page.get_by_role("listitem").filter(has_text="Borgeren svarer næste gang senest")).to_be_visible()
    assert faults(page) == []
    assert complaints == []


def test_the_consultant_answers_without_script_and_corrects(visit: Callable[..., Page]) -> None:
    page = visit("erik", script=False)
    tab = open_due(page)
    page.goto(tab)
    page.get_by_role("link", name="Svar selv").click()
    page.get_by_role("button", name="Gem").click()
    expect(page.get_by_role("alert")).to_contain_text("Der er ikke svaret på noget")
    page.locator("fieldset").first.get_by_role("radio", name="5 Ja").check()
    page.get_by_role("button", name="Gem").click()
    expect(page.get_by_role("status")).to_contain_text("Svarene er gemt")
    page.locator(".liste a").filter(has_text="Jobkonsulenten").first.click()
    expect(page.get_by_role("row").filter(has_text="kommer i job")).to_contain_text("5: Ja")
    page.get_by_role("link", name="Ret målingen").click()
    page.locator("fieldset").first.get_by_role("radio", name="4 Mest ja").check()
    page.get_by_role("button", name="Gem").click()
    expect(page.get_by_role("status")).to_contain_text("kan stadig læses")
    expect(page.locator(".liste li").filter(has_text="en rettelse")).to_contain_text("4,0")
