"""The published cases, read on their pages from first step to outcome; their gates hold."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

CASES = {
    "Bukurije": {
        "2008-03-10": ("Samtaler og besøg i butikken", "under_way"),
        "2008-06-02": ("Arbejdsprøvning i alle butikkens funktioner", "under_way"),
        "2009-04-15": ("Arbejdsprøvning i alle butikkens funktioner", "fulfilled"),
    },
    "Wadeera": {
        "2008-02-01": ("Praktik i rengøringen", "under_way"),
        "2008-04-10": ("Hygiejnekursus", "under_way"),
        "2008-07-15": ("Ferievikar med almindelig løn", "under_way"),
        "2009-06-02": ("Tidsbegrænset vikariat", "fulfilled"),
    },
    "Fuat": {
        "2008-02-11": ("Praktik i reception og drift", "under_way"),
        "2008-06-02": ("Løntilskudsjob i administrationen", "under_way"),
        "2009-05-05": ("Afløser for lederen nogle timer om ugen", "fulfilled"),
    },
}
OUTCOMES = {"Bukurije": "Fleksjob", "Wadeera": "Ordinært job", "Fuat": "Ordinært job"}
FAMILY = {"Bukurije": "Lekaj", "Wadeera": "Al-Tai", "Fuat": "Ersoy"}
"""Other tests register people with the same given names."""


def go_to(page: Page, name: str, day: str) -> None:
    """Chooses the day as a user does, and opens the citizen."""
    page.get_by_text("Vælg en anden dato").click()
    page.locator("#id-on").fill(day)
    page.locator(".dato").get_by_role("button", name="Vis").click()
    page.goto(f"/borgere/?q={name} {FAMILY[name]}")
    page.locator("tbody a").first.click()


@pytest.mark.once
@pytest.mark.parametrize("name", CASES)
def test_a_case_is_read_day_by_day(visit: Callable[..., Page], name: str) -> None:
    page = visit("bo")
    for day, (title, state) in CASES[name].items():
        go_to(page, name, day)
        tread = page.locator("article.trin").filter(has=page.get_by_role("heading", name=title, exact=True))
        assert f"trin--{state}" in str(tread.get_attribute("class")).split(), (day, title)
    go_to(page, name, "2009-09-01")
    goal = page.locator(".maal")
    expect(goal).to_contain_text("Målet er nået")
    expect(goal).to_contain_text(OUTCOMES[name])
    page.wait_for_load_state()
    expect(page.locator(".trin").filter(has_text="Opfyldt")).to_have_count(page.locator(".trin").count())
    expect(page.get_by_text("Status på dagen:")).to_contain_text("job")


def test_nothing_of_what_came_later_shows_on_an_earlier_day(visit: Callable[..., Page]) -> None:
    page = visit("bo")
    go_to(page, "Fuat", "2008-03-03")
    expect(page.locator("main")).not_to_contain_text("Hans forslag til indkøb er taget i brug")
    expect(page.locator(".maal")).not_to_contain_text("nået")
    expect(page.locator("article.trin--fulfilled")).to_have_count(0)


def test_fuats_second_step_does_not_start_before_the_goals_of_the_first_are_met(visit: Callable[..., Page]) -> None:
    page = visit("bo")
    go_to(page, "Fuat", "2008-03-03")
    goals = ("Samarbejder med kolleger i alle vagter", "Kommer med ét forslag, der kan bruges")
    gate = page.locator(".laage--lukket").first
    for goal in goals:
        expect(gate).to_contain_text(goal)
    second = page.locator("article.trin").filter(
        has=page.get_by_role("heading", name="Løntilskudsjob i administrationen", exact=True)
    )
    expect(second).to_contain_text("Venter")
    expect(second.get_by_role("link", name="Start")).to_have_count(0)  # a day that has passed offers no acts
