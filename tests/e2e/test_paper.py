"""From a proposal to paper and back: printed, said yes to on paper with its scan, opened again; without script too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.e2e.conftest import ON_DESK_AND_PHONE
from tests.e2e.hands import row_of_today
from tests.e2e.looks import faults, listen
from tests.packages.papers import pdf, with_script


@pytest.mark.parametrize(("width", "script"), ON_DESK_AND_PHONE)
def test_a_plan_is_printed_signed_and_filed(
    visit: Callable[..., Page], tmp_path: Path, width: int, script: bool
) -> None:
    page = visit("bo", width, script=script)
    complaints = listen(page)
    row_of_today(page, "på et ja fra: borgeren").locator("a").last.click()
    expect(page.get_by_role("link", name="Skriv ud (PDF)")).to_be_visible()
    plan = page.url
    printed = page.request.get(str(page.get_by_role("link", name="Skriv ud (PDF)").get_attribute("href")))
    (tmp_path / "plan.pdf").write_bytes(printed.body())
    assert "FORESLÅET" in PdfReader(tmp_path / "plan.pdf").pages[0].extract_text()
    page.locator("li").filter(has_text="Borgeren").get_by_role("link", name="Skriv ja").click()
    paper = page.get_by_label("Det underskrevne papir som fil")
    paper.set_input_files({"name": "plan.pdf", "mimeType": "application/pdf", "buffer": with_script()})
    page.get_by_label("Skrev under på papir").check()
    page.get_by_role("button", name="Skriv ja").click()
    expect(page.get_by_role("alert")).to_contain_text("rummer et program")
    if script:  # axe is one
        assert faults(page) == []
    expect(page.get_by_label("Skrev under på papir")).to_be_checked()
    paper.set_input_files({"name": "plan.pdf", "mimeType": "application/pdf", "buffer": pdf()})
    page.get_by_role("button", name="Skriv ja").click()
    link = page.locator("li").filter(has_text="Borgeren").get_by_role("link", name="underskrevet kopi på sagen")
    with page.expect_download() as taken:
        link.click()
    assert taken.value.suggested_filename == "underskrevet-version-1.pdf"
    assert Path(taken.value.path()).read_bytes() == pdf()
    page.goto(plan)
    page.get_by_role("link", name="Underskrevne kopier").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Underskrevne kopier")
    page.get_by_role("link", name="Fjern filen").click()
    page.get_by_label("Grund").fill("En andens papir")
    page.get_by_role("button", name="Fjern filen for altid").click()
    expect(page.get_by_text("En andens papir")).to_be_visible()
    expect(page.get_by_role("link", name="plan.pdf")).to_have_count(0)
    assert [text for text in complaints if "422" not in text] == []
