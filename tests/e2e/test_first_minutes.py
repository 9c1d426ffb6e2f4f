"""A newcomer's first five minutes: whom does it concern, the act, the reflection; then the evaluator's tables."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.demo.test_vip2 import TABLE_1, TABLE_2
from tests.e2e.conftest import PHONE
from tests.e2e.hands import EVIDENCE, row_of_today

DATE = re.compile(r"\d{1,2}\. \w+ \d{4}")


def cells(table: Locator) -> list[list[str]]:
    """What a table shows, once the page that the last click leads to is whole."""
    table.page.wait_for_load_state()
    rows = table.locator("tbody tr, tfoot tr")
    texts: list[list[str]] = rows.evaluate_all("rows => rows.map(row => [...row.cells].map(cell => cell.innerText))")
    return texts


def published(text: str) -> list[list[str]]:
    """The table as the page writes it: the code left out, an unknown target as a dash, the total in Danish."""
    _header, *rows = csv.reader(io.StringIO(text))
    return [[row[1] or "I alt", *(cell or "–" for cell in row[2:])] for row in rows]


def test_a_step_that_can_start_is_started(visit: Callable[..., Page]) -> None:
    page = visit("bo")
    expect(page.get_by_role("heading", name="I dag", level=1)).to_be_visible()
    row = row_of_today(page, "Trin kan starte")
    name = row.locator("a").first.inner_text()
    step = row.locator("td").nth(2).inner_text().split(":")[0]
    row.get_by_role("link", name=name).first.click()
    tread = page.locator("article.trin").filter(has=page.get_by_role("heading", name=step, exact=True))
    expect(tread).to_contain_text("Klar")
    tread.get_by_role("link", name="Start").click()
    page.get_by_role("button", name="Start trinet").click()
    expect(page.get_by_role("status")).to_contain_text("Trinet er begyndt")
    expect(tread).to_contain_text("I gang")
    page.get_by_role("link", name="Historik").click()
    expect(page.locator("main")).to_contain_text("begyndte")
    page.get_by_role("link", name="I dag").click()
    page.wait_for_load_state()
    expect(page.locator("tbody tr").filter(has_text=name).filter(has_text="Trin kan starte")).to_have_count(0)


def test_sub_goals_are_met_and_the_step_is_fulfilled_on_a_phone(visit: Callable[..., Page]) -> None:
    page = visit("bo", PHONE)
    row = row_of_today(page, "Over sin planlagte slutdato")
    row.locator("a").first.click()
    name = page.get_by_role("heading", level=1).inner_text()
    tread = page.locator("article.trin--under_way").first
    step = tread.get_by_role("heading").inner_text()
    tread.get_by_role("link", name="Opfyld").click()
    page.get_by_role("button", name="Opfyld trinet").click()
    expect(page.get_by_role("alert")).to_contain_text("er ikke nået")
    page.get_by_role("link", name="Fortryd").click()
    page.wait_for_load_state()
    while tread.get_by_role("link", name=EVIDENCE).count():
        tread.get_by_role("link", name=EVIDENCE).first.click()
        page.get_by_label("Bemærkning").fill("Set på arbejdspladsen")
        page.locator("main form button[type=submit]").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
        page.wait_for_load_state()
    tread.get_by_role("link", name="Opfyld").click()
    page.get_by_role("button", name="Opfyld trinet").click()
    done = page.locator("article.trin--fulfilled").filter(has=page.get_by_role("heading", name=step, exact=True))
    expect(done).to_contain_text("Opfyldt")


def test_a_conversation_is_noted_in_one_field(visit: Callable[..., Page]) -> None:
    page = visit("bo")
    row = row_of_today(page, "Ingen samtale i 4 uger")
    name = row.locator("a").first.inner_text()
    row.locator("a").first.click()
    page.get_by_text("Skriv i journalen").click()
    page.get_by_label("Hvad blev der sagt").fill("Glad for <b>kollegerne</b>; mangler arbejdstøj")
    page.get_by_role("button", name="Gem som samtale med borgeren").click()
    expect(page.locator("main")).to_contain_text("Glad for <b>kollegerne</b>; mangler arbejdstøj")
    page.get_by_role("link", name="I dag").click()
    page.wait_for_load_state()
    expect(page.locator("tbody tr").filter(has_text=name).filter(has_text="Ingen samtale")).to_have_count(0)


def test_the_evaluator_reads_both_tables_and_takes_them_along(visit: Callable[..., Page], tmp_path: Path) -> None:
    page = visit("finn")
    expect(page).to_have_url(re.compile("/opfoelgning/"))
    page.get_by_label("Projekt").select_option("VIP2")
    page.get_by_role("button", name="Vis").last.click()
    status, targets = page.locator("table").first, page.locator("table").last
    *shown, total = cells(status)
    assert [row[:-1] for row in (*shown, total)] == published(TABLE_2)
    assert re.fullmatch(r"38\s%\s\(33\W43\)", total[-1])
    expect(page.locator("main")).to_contain_text("121 af 320")
    width = page.locator("img.diagram").evaluate("image => image.decode().then(() => image.naturalWidth)")
    assert width > 300
    with page.expect_download() as download:
        page.get_by_role("link", name="Hent statustabellen").click()
    download.value.save_as(tmp_path / "table2.csv")
    assert (tmp_path / "table2.csv").read_text(encoding="utf-8-sig") == TABLE_2
    page.locator("main").get_by_label("Dato").fill("2009-04-30")
    page.locator("main form").get_by_role("button", name="Vis").click()
    assert cells(targets) == published(TABLE_1)


def test_changing_one_spell_changes_the_table(visit: Callable[..., Page], program: Callable[..., str]) -> None:
    def counts() -> tuple[int, int, int]:
        rows = csv.DictReader(io.StringIO(program("followup", "VIP2", "--on", "2010-11-01", "--format", "csv")))
        aarhus = next(row for row in rows if row["municipality"] == "Århus")
        return int(aarhus["ordinary_job"]), int(aarhus["cash_benefit"]), int(aarhus["citizens"])

    job, benefit, citizens = counts()
    page = visit("bo")
    page.goto("/borgere/?q=Wadeera Al-Tai")
    page.locator("tbody a").first.click()
    page.get_by_role("link", name="Afslut", exact=True).click()
    page.get_by_label("Afsluttet pr.").fill("2010-10-01")
    page.locator("main form button[type=submit]").click()
    expect(page.get_by_role("status")).to_be_visible()
    assert counts() == (job - 1, benefit + 1, citizens)
    follow = visit("finn")
    follow.goto("/opfoelgning/?programme=VIP2&on=2010-11-01")
    aarhus = next(row for row in cells(follow.locator("table").first) if row[0] == "Århus")
    assert (int(aarhus[1]), int(aarhus[4])) == (job - 1, benefit + 1)


def test_english_by_one_click_and_back(visit: Callable[..., Page]) -> None:
    page = visit("bo")
    expect(page.locator("html")).to_have_attribute("lang", "da")
    page.get_by_role("button", name="English").or_(page.get_by_role("link", name="English")).click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")
    page.get_by_role("button", name="Dansk").or_(page.get_by_role("link", name="Dansk")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("I dag")


def test_signing_out_ends_it(visit: Callable[..., Page]) -> None:
    page = visit("bo")
    page.get_by_role("button", name="Log af").or_(page.get_by_role("link", name="Log af")).click()
    page.goto("/i-dag/")
    expect(page).to_have_url(re.compile("/konto/log-ind/"))
