"""A plan that was agreed on paper, and what was recorded wrongly in it: corrected page by page, told in the history."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from playwright.sync_api import Locator, Page, expect

from jobpakke.lib.clock import today
from tests.e2e import hands
from tests.e2e.hands import save, tread
from tests.e2e.looks import faults

FIRST, SECOND, GOAL = "Afklaring af mål", "Vejledning bagefter", "Har valgt et mål"
WHY = "Hvorfor det var forkert"


def named(what: str) -> re.Pattern[str]:
    """The name of the link that corrects something."""
    return re.compile(rf"^Ret\s*: {re.escape(what)}")


def mend(there: Locator, what: str) -> Locator:
    """The link that corrects something of a step that is over: all such links stand behind one."""
    there.locator("summary").click()
    return there.get_by_role("link", name=what)


def ago(days: int) -> date:
    return today() - timedelta(days=days)


def by_paper(page: Page) -> str:
    """Two steps, agreed three weeks ago on paper; gives the citizen's address."""
    her = hands.register(page, "Rikke", "Retter", "700774-0509")
    hands.begin(page, her, "Gartner", "Ordinært job", "")
    hands.lay(page, ("Afklaring", FIRST, 4), "Nederst", [(GOAL, "Underskrevet udtalelse")])
    hands.lay(page, ("Vejledning", SECOND, 4), "Efter 1.", [])
    page.get_by_role("link", name="Allerede aftalt på papir").click()
    page.get_by_label("På papir siden").fill(ago(21).isoformat())
    page.locator(hands.SAVED).click()
    expect(page.get_by_role("alert")).to_contain_text("Vælg, hvorfor")
    assert faults(page) == []
    page.get_by_label("Hvorfor det registreres sent").select_option(value="no_system")
    save(page)
    expect(page.locator("main")).to_contain_text("På papir siden")
    hands.agree(page)
    expect(page.locator(".undertitel").filter(has_text="I kraft fra")).to_contain_text(f"{ago(21).year}")
    return her


def told_late(page: Page, link: Locator, label: str, day: date) -> None:
    """An act on a step that happened on an earlier day."""
    link.click()
    page.get_by_label(label).fill(day.isoformat())
    page.get_by_label("Hvorfor det registreres sent").select_option(value="forgotten")
    save(page)


def correct(page: Page, link: Locator, **said: str) -> None:
    """Opens a page of corrections, says what was wrong, and why."""
    link.click()
    expect(page.get_by_label(WHY)).to_be_visible()
    assert faults(page) == []
    if "what" in said:
        page.get_by_label(said["what"]).check()
    if "day" in said:
        page.get_by_label("Den rigtige dag").fill(said["day"])
    page.get_by_label(WHY).select_option(value="mistyped")
    page.locator(hands.SAVED).last.click()


def days_and_evidence(page: Page) -> None:
    """The first step's days, and its evidence when it was fulfilled."""
    first = tread(page, FIRST)
    told_late(page, first.get_by_role("link", name="Start"), "Første dag", ago(20))
    days = first.get_by_role("link", name=named(FIRST))
    correct(page, days, what="Den første dag er en anden", day=ago(19).isoformat())
    expect(page.get_by_role("status")).to_contain_text("Trinet er rettet")

    first.get_by_role("link", name="Bevis").click()
    page.get_by_label("Vist den").fill(ago(10).isoformat())
    save(page)
    told_late(page, first.get_by_role("link", name="Opfyld"), "Opfyldt pr.", ago(5))
    expect(days).to_have_count(0)
    correct(page, mend(first, "Dagene"), what="Det blev opfyldt på en anden dag", day=ago(6).isoformat())
    expect(page.get_by_role("status")).to_contain_text("Trinet er rettet")
    mend(first, f"Bevis: {GOAL}").click()
    expect(page.locator("main")).to_contain_text("Beviset kan rettes, så længe delmålet var nået")
    page.get_by_label("Ikke endnu").check()
    page.locator(hands.SAVED).click()
    expect(page.get_by_role("alert")).to_contain_text("er opfyldt fra")
    assert faults(page) == []
    page.get_by_label("Ja, det er nået").check()
    page.get_by_label("Vist den").fill(ago(8).isoformat())
    save(page)


def what_stands_on_it(page: Page, her: str) -> None:
    """A step that began because of another, and a dispensation at the wrong one."""
    second = tread(page, SECOND)
    hands.start(page, her, SECOND)
    correct(page, mend(tread(page, FIRST), "Dagene"), what="Det er ikke opfyldt")
    expect(page.get_by_role("alert")).to_contain_text(f"“{SECOND}” begyndte")
    page.goto(her)
    second.get_by_role("link", name="Dispensation").click()
    page.get_by_label("Grund").fill("Skrevet ved det forkerte trin")
    save(page)
    correct(page, second.get_by_role("link", name=named("dispensationen, " + SECOND)))
    expect(page.get_by_role("status")).to_contain_text("Dispensationen er taget tilbage")
    hands.fulfil(page, her, SECOND)


def job_and_end(page: Page, her: str) -> None:
    """The job alone, then the end of the package."""
    hands.conclude(page, her, "Ordinært job", ("Gartner", "32"))
    top = page.locator(".maal")
    assert faults(page) == []
    top.get_by_role("link", name="Ret").click()
    page.get_by_label("Jobbet", exact=True).fill("Gartnerassistent")
    page.get_by_label("Timer om ugen").fill("37")
    page.get_by_label(WHY).select_option(value="told_wrong")
    assert faults(page) == []
    save(page)
    for words in ("Gartnerassistent", "37 timer om ugen"):
        expect(top).to_contain_text(words)
    correct(page, page.get_by_role("link", name=named("jobpakkens slutning")))
    expect(page.get_by_role("status")).to_contain_text("åben igen")


def test_what_was_agreed_on_paper_and_recorded_wrongly_is_corrected(visit: Callable[..., Page]) -> None:
    page = visit("bo")
    her = by_paper(page)
    days_and_evidence(page)
    what_stands_on_it(page, her)
    job_and_end(page, her)
    page.get_by_role("link", name="Historik").click()
    for words in (
        f"Første dag i “{FIRST}” blev rettet",
        "“Skrevet ved det forkerte trin”",
        f"Der var ikke givet dispensation for “{SECOND}”",
        "“Gartner”, 32 timer om ugen",
        "“Gartnerassistent”, 37 timer om ugen",
        "var ikke slut, som der stod",
    ):
        expect(page.locator("main")).to_contain_text(words)
    assert faults(page) == []
