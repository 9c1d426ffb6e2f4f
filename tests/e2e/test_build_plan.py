"""A plan from blank to agreement: by keyboard alone, without script, and by two people at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Page, expect

from jobpakke.demo.people import replacement_cpr
from jobpakke.lib.clock import today
from tests.e2e import hands
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.hands import accept, declare, row_of_today
from tests.e2e.looks import faults, listen

SERIALS = count(600)


def begin(page: Page, goal: str) -> str:
    """A draft for somebody new, with a goal at a workplace of the register; gives its P number."""
    number = next(SERIALS)
    hands.register(page, "Prøve", f"Nummer {number}", replacement_cpr(date(1981, 5, 4), number))
    page.get_by_role("link", name="Begynd en jobpakke").click()
    page.get_by_label("Jobmål").fill(goal)
    place = str(page.locator("datalist option").first.get_attribute("value"))
    page.locator("input[name=workplace]").fill(place)
    page.get_by_role("button", name="Videre til trinnene").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(goal)
    return place.rpartition("(")[2].rstrip(")")


def discard(page: Page) -> None:
    page.get_by_role("link", name="Smid kladden ud").click()
    page.get_by_role("button", name="Smid den ud").click()
    expect(page.get_by_role("status")).to_contain_text("Kladden er væk")


class Keyboard:
    """What is pressed, counted: one key a character."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.pressed += len(text)

    def to(self, selector: str) -> None:
        """Tab after Tab, from wherever one is."""
        for _ in range(80):
            self.press("Tab")
            if self.page.evaluate("asked => document.activeElement.matches(asked)", selector):
                return
        raise AssertionError(f"no Tab leads to {selector}")


KEYS_A_MINUTE = 200
"""Forty words: somebody who types for a living writes half as much again."""
MINUTES = 5


def test_twelve_steps_are_laid_by_keyboard_alone_in_less_than_five_minutes(visit: Callable[..., Page]) -> None:
    """Each with its kind, title, sub-goal, hours and workplace; from the top of the page, without a mouse."""
    page = visit("bo")
    complaints = listen(page)
    place = begin(page, "Lagermedarbejder")
    page.goto(page.url)
    keys = Keyboard(page)
    keys.to("select[name=kind]")
    rows = page.locator(".plan-trin tbody tr")
    for number in range(1, 13):
        keys.write("Opk" if number % 2 else "Vir")
        keys.press("Tab")
        keys.write(f"Trin nummer {number}")
        keys.press("Tab")
        keys.write(f"Klarer opgave {number} alene")
        keys.press("Tab")  # its place in the staircase: after the step before it
        keys.press("Tab", "Tab")
        keys.write("15")
        keys.press("Tab", "Enter", "Tab")
        keys.write(place)
        keys.press("Enter")
        expect(rows).to_have_count(number)
        page.locator("select[name=kind]:focus").wait_for()
    expect(page.locator(".trappe article.trin")).to_have_count(12)
    for number in range(1, 13):
        expect(rows.nth(number - 1)).to_contain_text(f"Klarer opgave {number} alene")
        expect(rows.nth(number - 1)).to_contain_text("15")
    expect(rows.last).to_contain_text("11. Trin nummer 11")
    assert keys.pressed < MINUTES * KEYS_A_MINUTE, keys.pressed
    assert complaints == []
    assert faults(page) == []
    discard(page)


@pytest.mark.parametrize("width", [DESKTOP, pytest.param(PHONE, marks=pytest.mark.once)])
def test_a_plan_is_built_proposed_and_agreed_without_script(visit: Callable[..., Page], width: int) -> None:
    page = visit("bo", width, script=False)
    begin(page, "Rengøringsassistent")
    page.get_by_label("Færdig trappe").select_option(label="Plejehjem: rengøring")
    page.get_by_role("button", name="Læg den").click()
    rows = page.locator(".plan-trin tbody tr")
    expect(rows).to_have_count(5)
    rows.nth(1).get_by_role("button", name="Dublér").click()
    expect(rows).to_have_count(6)
    rows.nth(5).get_by_role("button", name="Op").click()
    rows.nth(0).get_by_role("button", name="Fjern").click()
    expect(page.get_by_role("alert")).to_contain_text("Disse trin kommer efter det")
    rows.nth(4).get_by_role("button", name="Fjern").click()
    expect(rows).to_have_count(5)
    rows.nth(0).get_by_role("link", name="Ret").click()
    page.get_by_label("Mandag").fill("8-")
    page.get_by_role("button", name="Gem").click()
    expect(page.get_by_text("Skriv timer som").first).to_be_visible()
    page.get_by_label("Mandag").fill("8.30-12, 13-15")
    page.get_by_role("button", name="Gem").click()
    expect(rows.nth(0)).to_contain_text("Mandag 8.30-12, 13-15")
    rows.nth(0).get_by_role("link", name="Ret").click()
    page.get_by_label("Delmål", exact=True).fill("Har set arbejdspladsen")
    page.get_by_role("button", name="Tilføj delmålet").click()
    page.get_by_role("link", name=re.compile("^← Planen")).click()
    expect(rows.nth(0)).to_contain_text("Har set arbejdspladsen")
    declare(page)
    page.get_by_role("link", name="Foreslå planen").click()
    page.get_by_role("button", name="Foreslå den").click()
    for party in ("Borgeren", "Virksomheden"):
        page.locator("li").filter(has_text=party).get_by_role("link", name="Skriv ja").click()
        page.get_by_label("Skrev under på papir").check()
        page.locator("main form button[type=submit]").click()
    page.locator("li").filter(has_text="Kommunen").get_by_role("link", name="Skriv ja").click()
    page.get_by_role("button", name="Godkend på kommunens vegne").click()
    expect(page.get_by_role("status")).to_contain_text("Planen er trådt i kraft")
    expect(page.locator("article.trin--ready")).to_have_count(1)


def test_two_people_on_one_step_see_both_texts_and_choose(visit: Callable[..., Page]) -> None:
    one, other = visit("bo"), visit("bo")
    begin(one, "Gartner")
    one.get_by_label("Titel").fill("Praktik i gartneriet")
    one.get_by_role("button", name="Læg trinnet").click()
    one.locator(".plan-trin tbody tr").first.get_by_role("link", name="Ret").click()
    other.goto(urlparse(one.url).path)
    one.get_by_label("Titel").fill("Praktik i drivhuset")
    one.get_by_role("button", name="Gem").click()
    other.get_by_label("Titel").fill("Praktik på friland")
    other.get_by_label("Timer om ugen").fill("20")
    other.get_by_role("button", name="Gem").click()
    expect(other.get_by_role("alert")).to_contain_text("En anden har ændret dette")
    both = other.locator("table")
    expect(both).to_contain_text("Praktik i drivhuset")
    expect(both).to_contain_text("Praktik på friland")
    assert faults(other) == []
    expect(other.get_by_label("Titel")).to_have_value("Praktik på friland")
    other.get_by_role("button", name="Gem").click()
    expect(other.locator(".plan-trin tbody tr").first).to_contain_text("Praktik på friland")
    discard(other)


def test_an_agreed_plan_changes_by_a_new_version_with_its_difference(visit: Callable[..., Page]) -> None:
    page = visit("bo")
    row_of_today(page, "Hul forude").locator("a").first.click()
    citizen = page.url
    page.locator("article.trin--under_way").first.get_by_role("link", name="Andre dage").click()
    page.get_by_label("Sidste dag").fill((today() - timedelta(days=2)).isoformat())
    page.get_by_role("button", name="Videre til planen").click()
    expect(page.get_by_role("alert")).to_contain_text("det er allerede sket")
    page.get_by_label("Sidste dag").fill("2027-12-31")
    page.get_by_role("button", name="Videre til planen").click()
    page.get_by_label("Lad dem beholde deres dage").check()
    page.get_by_role("button", name="Videre til planen").click()
    expect(page.locator("main")).to_contain_text("31. dec 2027 i stedet for")
    assert faults(page) == []
    page.get_by_role("link", name="Foreslå planen").click()
    expect(page.locator("main")).to_contain_text("31. dec 2027 i stedet for")
    page.get_by_role("button", name="Foreslå den").click()
    expect(page.get_by_role("alert")).to_contain_text("Hvorfor planen ændres")
    page.get_by_label("Hvorfor planen ændres").fill("Der er brug for længere tid")
    page.get_by_role("button", name="Foreslå den").click()
    expect(page.get_by_role("alert")).to_contain_text("Lov 548/2019")
    page.get_by_role("link", name="Fortryd").click()
    page.get_by_role("link", name="Acceptér med en begrundelse").first.click()
    assert faults(page) == []
    page.go_back()
    accept(page, "Konkret vurdering efter samtale")
    expect(page.locator("main")).to_contain_text("Konkret vurdering efter samtale")
    page.get_by_role("link", name="Foreslå planen").click()
    page.get_by_label("Hvorfor planen ændres").fill("Der er brug for længere tid")
    page.get_by_role("button", name="Foreslå den").click()
    expect(page.get_by_role("status")).to_contain_text("Planen er foreslået")
    assert faults(page) == []
    page.goto(citizen)
    expect(page.get_by_role("link", name="Se forslaget")).to_be_visible()
    page.get_by_role("link", name="Planens versioner").click()
    expect(page.locator("main")).to_contain_text("Version 2")
    expect(page.locator("main")).to_contain_text("gælder på den dag")
    assert faults(page) == []


def test_what_builds_on_a_step_moves_along_when_one_chooses_so(visit: Callable[..., Page]) -> None:
    """Two practices at one place, one run; the first is made longer, and the form asks before it saves."""
    page = visit("bo", width=PHONE)
    begin(page, "Hotelassistent")
    for title in ("Først", "Derefter"):
        page.get_by_label("Trinnets art").select_option("internship")
        page.locator("input[name=title]").fill(title)
        page.get_by_role("button", name="Læg trinnet").click()
        expect(page.locator(".plan-trin tbody tr").last).to_contain_text(title)
    expect(page.locator(".regler")).to_contain_text("26 uger i ét forløb")
    assert faults(page) == []
    page.locator("a.trin__hoved").first.click()
    last = page.get_by_label("Sidste dag")
    later = date.fromisoformat(last.input_value()) + timedelta(weeks=2)
    last.fill(later.isoformat())
    page.get_by_role("button", name="Gem").click()
    choice = page.get_by_role("group", name="De trin, der bygger på det")
    expect(choice).to_contain_text("“Derefter”")
    assert faults(page) == []
    choice.get_by_label("Flyt dem med").check()
    page.get_by_role("button", name="Gem").click()
    expect(page.get_by_role("status")).to_contain_text("Trinnet er rettet")
    assert faults(page) == []
    discard(page)
    page.goto(urlparse(page.url)._replace(path="/regler/", query="", fragment="").geturl())
    expect(page.get_by_role("heading", level=1)).to_have_text("Regler")
    assert faults(page) == []
