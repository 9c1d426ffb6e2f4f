"""An evaluator builds a network: a run with one seat, an ambassador on it, an extra run, a newsletter; and somebody
who stops."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect

from jobpakke.lib.clock import today
from tests.e2e.conftest import PHONE
from tests.e2e.looks import faults, listen


def test_a_network_is_built(visit: Callable[..., Page]) -> None:
    page = visit("finn", PHONE)
    complaints = listen(page)
    page.get_by_role("link", name="Netværket", exact=True).click()
    expect(page.get_by_text("ambassadører i 38 kommuner")).to_be_visible()
    page.get_by_role("link", name="Netværket om DRIFT").click()
    expect(page.get_by_text("Ingen er med endnu")).to_be_visible()
    announce(page, "Opret et hold", "Metodedag", days=10)
    page.get_by_role("link", name="Tilføj en ambassadør").click()
    page.get_by_label("Navn").fill("Vigga Vestergaard")
    page.get_by_label("Kommune").select_option("Odense")
    page.get_by_label("Anden organisation").fill("Sprogskolen")
    page.get_by_label("Ambassadør fra").fill((today() - timedelta(days=1)).isoformat())
    page.get_by_label("Plads på").select_option(index=1)
    page.get_by_role("button", name="Tilføj").click()
    expect(page.get_by_role("alert")).to_contain_text("ikke begge dele")
    expect(page.get_by_label("Navn")).to_have_value("Vigga Vestergaard")
    assert faults(page) == []
    page.get_by_label("Anden organisation").fill("")
    page.get_by_role("button", name="Tilføj").click()
    expect(page.get_by_role("status")).to_contain_text("Ambassadøren er tilføjet")
    expect(page.get_by_text("1 ambassadør i 1 kommune")).to_be_visible()
    announce(page, "Opret et ekstra hold", "", days=20)
    expect(page.get_by_text("fik et ekstra hold")).to_be_visible()
    page.get_by_role("link", name="Registrér et nyhedsbrev").click()
    page.get_by_label("Titel").fill("Nr. 1")
    page.get_by_label("Abonnenter").fill("1.250")
    page.get_by_role("button", name="Gem").click()
    expect(page.get_by_text("gik til 1.250 abonnenter")).to_be_visible()
    assert faults(page) == []
    stop(page)
    assert not [each for each in complaints if "422" not in each]


def announce(page: Page, link: str, title: str, *, days: int) -> None:
    """A run with one seat."""
    page.get_by_role("link", name=link).click()
    if title:
        page.get_by_label("Kursus").fill(title)
    page.get_by_label("Begynder den").fill((today() + timedelta(days=days)).isoformat())
    page.get_by_label("Pladser").fill("1")
    page.get_by_role("button", name="Opret").click()
    expect(page.get_by_role("status")).to_contain_text("Holdet er oprettet")


def stop(page: Page) -> None:
    """Who stops leaves the seat to others."""
    page.get_by_role("link", name="Vigga Vestergaard").click()
    assert faults(page) == []
    page.get_by_role("link", name="Stopper som ambassadør").click()
    page.get_by_role("button", name="Gem").click()
    expect(page.get_by_role("status")).to_contain_text("ikke længere ambassadør")
    page.get_by_role("link", name="← Netværket").click()
    expect(page.get_by_text("er der ingen ambassadører")).to_be_visible()
    expect(page.get_by_text("0 af 1")).to_have_count(2)
