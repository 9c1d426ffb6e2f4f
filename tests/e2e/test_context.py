"""An evaluator sees the results in context, sends a wrong file, then a right one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.conftest import PHONE
from tests.e2e.looks import faults, listen


def test_counts_are_sent_and_seen(visit: Callable[..., Page], tmp_path: Path) -> None:
    page = visit("finn", PHONE)
    complaints = listen(page)
    page.get_by_role("link", name="Resultater i sammenhæng").click()
    expect(page.get_by_text("34 % i Slagelse")).to_be_visible()
    expect(page.get_by_text("Opdigtede tal").first).to_be_visible()
    page.wait_for_load_state()
    width = page.get_by_role("img").evaluate("image => image.naturalWidth")
    assert width > 0
    file = tmp_path / "tal.csv"
    file.write_text("OMRÅDE;YDELSESTYPE;TID;INDHOLD\nSlagelse;Dagpenge;2009;5\n", encoding="cp1252")
    page.get_by_label("Fil fra Statistikbanken").set_input_files(file)
    page.get_by_role("button", name="Indlæs filen").click()
    expect(page.get_by_text("kolonne 3, række 2.")).to_be_visible()
    assert faults(page) == []
    rows = "Slagelse;Dagpenge;2009M01;500\nSlagelse;Dagpenge;2009M09;650\n"
    file.write_text(f"OMRÅDE;YDELSESTYPE;TID;INDHOLD\n{rows}", encoding="cp1252")
    page.get_by_label("Fil fra Statistikbanken").set_input_files(file)
    page.get_by_role("button", name="Indlæs filen").click()
    expect(page.get_by_role("status")).to_contain_text("2 nye tal")
    expect(page.get_by_text("steget med 30 % i Slagelse")).to_be_visible()
    assert faults(page) == []
    assert not [each for each in complaints if "422" not in each]
