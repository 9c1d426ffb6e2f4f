"""What a caseworker does on the pages, one function an act; nothing here calls the program from behind."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from playwright.sync_api import Locator, Page, expect

from jobpakke.demo.ground import invented_cvr
from jobpakke.lib.clock import today

COMPANY = "Virksomheden"
"""A party that stands by its own name in a form of choices, where it is known."""
SAVED = "main form button[type=submit]"
EVIDENCE = re.compile("^Bevis")
"""The link of a sub-goal that is not met yet; one that is met has a link to correct it."""


def save(page: Page) -> None:
    """The act's own button; the page says that it was done."""
    page.locator(SAVED).last.click()
    expect(page.get_by_role("status")).to_be_visible()
    page.wait_for_load_state()


def register(page: Page, given: str, family: str, cpr: str) -> str:
    """A citizen whose protection is known to be off; gives the address of the page."""
    page.goto("/borgere/ny/")
    page.get_by_label("CPR-nummer").fill(cpr)
    page.get_by_label("Fornavn").fill(given)
    page.get_by_label("Efternavn").fill(family)
    page.get_by_label("Navne- og adressebeskyttelse").select_option(label="Nej")
    save(page)
    return page.url


def about(page: Page, citizen: str) -> None:
    page.goto(citizen)
    page.get_by_role("link", name="Om borgeren").or_(page.get_by_role("link", name="Om", exact=True)).click()


def wish(page: Page, citizen: str, text: str) -> None:
    about(page, citizen)
    page.get_by_role("link", name="Skriv et ønske").click()
    page.get_by_label("Hvad borgeren ønsker").fill(text)
    save(page)


def limit(page: Page, citizen: str, kind: str, text: str, window: tuple[str, str] | None = None) -> None:
    about(page, citizen)
    page.get_by_role("link", name="Skriv et hensyn").click()
    page.get_by_label("Hvad det handler om").select_option(label=kind)
    page.get_by_label("Hvad der ikke kan være").fill(text)
    if window:
        page.get_by_label("Ikke før").fill(window[0])
        page.get_by_label("Ikke efter").fill(window[1])
    save(page)


def learned(page: Page, citizen: str, text: str) -> None:
    about(page, citizen)
    page.get_by_role("link", name="Skriv en kvalifikation").click()
    page.get_by_label("Hvad borgeren har lært").fill(text)
    save(page)


def company(page: Page, name: str, serial: int, sector: str, employees: int) -> str:
    """A company with one workplace; gives the address of its page."""
    page.goto("/virksomheder/ny/")
    page.get_by_label("Navn").fill(name)
    page.get_by_label("CVR-nummer").fill(invented_cvr(serial))
    save(page)
    page.goto(f"/virksomheder/?q={name}")
    page.get_by_role("link", name=name, exact=True).click()
    address = page.url
    page.get_by_role("link", name="Tilføj en arbejdsplads").click()
    page.get_by_label("P-nummer").fill(f"99{serial:08d}")
    page.get_by_label("Sektor").select_option(label=sector)
    page.get_by_label("Ordinært ansatte").fill(str(employees))
    page.get_by_label("Kontaktperson").fill("Grete Friis")
    save(page)
    return address


def function(page: Page, company_page: str, title: str, demands: str) -> None:
    page.goto(company_page)
    page.get_by_role("link", name="Beskriv en funktion").click()
    page.get_by_label("Funktion", exact=True).fill(title)
    page.get_by_label("Hvad den kræver").fill(demands)
    save(page)


def need(page: Page, company_page: str, title: str, reason: str) -> None:
    page.goto(company_page)
    page.locator("li").filter(has_text=title).get_by_role("link", name="Skriv et behov").click()
    page.get_by_label("Hvorfor").select_option(label=reason)
    save(page)


def mentor_at(page: Page, company_page: str, name: str) -> None:
    page.goto(company_page)
    page.get_by_role("link", name="Udpeg en mentor").click()
    page.get_by_label("Navn").fill(name)
    save(page)


def begin(page: Page, citizen: str, goal: str, form: str, function_title: str) -> None:
    """A package toward a function, found by a part of its name."""
    page.goto(citizen)
    page.get_by_role("link", name="Begynd en jobpakke").click()
    page.get_by_label("Jobmål").fill(goal)
    page.get_by_label("Ansættelsesform").select_option(label=form)
    page.locator("input[name=function]").fill(function_title)
    page.get_by_role("button", name="Videre til trinnene").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(goal)


NUMBERS = {"Fremmøde": "Fremmøde i procent, mindst", "Niveau på et kompetencekort": "Niveau på kortet, mindst"}
Goal = tuple[str, str] | tuple[str, str, int]
"""A sub-goal, what shows it, and how much of it is asked for at least."""


def lay(page: Page, step: tuple[str, str, int], where: str | re.Pattern[str], goals: Iterable[Goal]) -> None:
    """A step (kind, title, weeks) with its sub-goals, at a place in the staircase that begins with the words."""
    kind, title, weeks = step
    page.get_by_label("Trinnets art").select_option(label=kind)
    page.get_by_label("Titel").fill(title)
    choice = page.get_by_label("Plads på trappen")
    words = choice.locator("option").filter(has_text=where).first.inner_text()
    choice.select_option(label=words)
    page.get_by_label("Uger").fill(str(weeks))
    page.get_by_role("button", name="Læg trinnet").click()
    row = page.locator(".plan-trin tbody tr").filter(has_text=title)
    expect(row).to_have_count(1)
    for text, evidence, *least in goals:
        row.get_by_role("link", name="Ret").click()
        page.get_by_label("Delmål", exact=True).fill(text)
        page.get_by_label("Vises ved").select_option(label=evidence)
        for number in least:
            page.get_by_label(NUMBERS[evidence]).fill(str(number))
        page.get_by_role("button", name="Tilføj delmålet").click()
        page.locator("main a").first.click()
        expect(row).to_contain_text(text)


def declare(page: Page) -> None:
    """Nobody is family at any workplace of the plan one is on, where that is asked."""
    page.wait_for_load_state()
    asked = page.locator(".regler").get_by_role("link", name="Erklær")
    if asked.count():
        asked.first.click()
        expect(page.get_by_role("button", name="Erklær")).to_be_visible()
        page.wait_for_load_state()
        for answer in page.get_by_label("Nej", exact=True).all():
            answer.check()
        save(page)


def accept(page: Page, reason: str) -> None:
    """Every warning of the plan one is on, with the same reason."""
    page.wait_for_load_state()
    while page.get_by_role("link", name="Acceptér med en begrundelse").count():
        page.get_by_role("link", name="Acceptér med en begrundelse").first.click()
        page.get_by_label("Begrundelse").or_(page.get_by_label("Grund")).fill(reason)
        page.get_by_role("button", name="Acceptér").click()
        expect(page.get_by_role("status")).to_contain_text("Advarslen er accepteret")
        page.wait_for_load_state()


def agree(page: Page, reason: str = "", *, early: bool = False) -> None:
    """Proposes the plan one is on, and all three say yes; ``early``: the municipality first, which is refused."""
    declare(page)
    page.get_by_role("link", name="Foreslå planen").click()
    if reason:
        page.get_by_label("Hvorfor planen ændres").fill(reason)
    page.get_by_role("button", name="Foreslå den").click()
    expect(page.get_by_role("status")).to_contain_text("foreslået")
    if early:
        plan = page.url
        first = page.locator("li").filter(has_text="Borgeren").get_by_role("link", name="Skriv ja")
        page.goto(str(first.get_attribute("href")).partition("?")[0])
        page.get_by_role("button", name="Godkend på kommunens vegne").click()
        expect(page.get_by_role("alert")).to_contain_text("Kommunen siger ja til sidst")
        page.goto(plan)
    for party in ("Borgeren", "Virksomheden"):
        page.locator("li").filter(has_text=party).get_by_role("link", name="Skriv ja").click()
        page.get_by_label("Sagde ja på et møde").check()
        page.locator(SAVED).click()
    page.locator("li").filter(has_text="Kommunen").get_by_role("link", name="Skriv ja").click()
    page.get_by_role("button", name="Godkend på kommunens vegne").click()
    expect(page.get_by_role("status")).to_contain_text("Planen er trådt i kraft")


def tread(page: Page, title: str) -> Locator:
    return page.locator("article.trin").filter(has=page.get_by_role("heading", name=title, exact=True))


def start(page: Page, citizen: str, title: str) -> None:
    page.goto(citizen)
    tread(page, title).get_by_role("link", name="Start").click()
    page.get_by_role("button", name="Start trinet").click()
    expect(tread(page, title)).to_contain_text("I gang")


def refused_start(page: Page, citizen: str, title: str, because: str) -> None:
    """The gate is shut: the page says why, and nothing has begun."""
    page.goto(citizen)
    expect(tread(page, title)).to_contain_text("Venter")
    tread(page, title).get_by_role("link", name="Start").click()
    page.get_by_role("button", name="Start trinet").click()
    expect(page.get_by_role("alert")).to_contain_text(because)
    page.get_by_role("link", name="Fortryd").click()
    expect(tread(page, title)).to_contain_text("Venter")


def refused_fulfilment(page: Page, citizen: str, title: str, because: str) -> None:
    page.goto(citizen)
    tread(page, title).get_by_role("link", name="Opfyld").click()
    page.get_by_role("button", name="Opfyld trinet").click()
    expect(page.get_by_role("alert")).to_contain_text(because)


def start_late(page: Page, citizen: str, title: str, day: date) -> None:
    """It began on a day that has passed: not without a reason."""
    page.goto(citizen)
    tread(page, title).get_by_role("link", name="Start").click()
    page.get_by_label("Første dag").fill(day.isoformat())
    page.get_by_role("button", name="Start trinet").click()
    expect(page.get_by_role("alert")).to_contain_text("Vælg, hvorfor det registreres sent")
    page.get_by_label("Hvorfor det registreres sent").select_option(label="Vi fik det at vide sent")
    page.get_by_role("button", name="Start trinet").click()
    expect(tread(page, title)).to_contain_text("I gang")


def show(page: Page, citizen: str, title: str, number: int, too_little: int | None = None) -> None:
    """The first sub-goal that is not met, by a level or a share; ``too_little`` is refused before."""
    page.goto(citizen)
    tread(page, title).get_by_role("link", name=EVIDENCE).first.click()
    field = page.get_by_label("Fremmøde i procent").or_(page.get_by_label("Niveau på kortet"))
    if too_little is not None:
        field.fill(str(too_little))
        page.locator(SAVED).last.click()
        expect(page.get_by_role("alert")).to_contain_text(f"{too_little}")
    field.fill(str(number))
    save(page)


def waive(page: Page, citizen: str, title: str, reason: str) -> None:
    page.goto(citizen)
    tread(page, title).get_by_role("link", name="Dispensation").click()
    page.get_by_label("Grund").fill(reason)
    save(page)
    expect(tread(page, title)).to_contain_text("ispensation")


def fulfil(page: Page, citizen: str, title: str) -> None:
    """Evidence for every sub-goal, then the step is fulfilled."""
    page.goto(citizen)
    while tread(page, title).get_by_role("link", name=EVIDENCE).count():
        tread(page, title).get_by_role("link", name=EVIDENCE).first.click()
        page.get_by_label("Bemærkning").fill("Set på arbejdspladsen")
        save(page)
    tread(page, title).get_by_role("link", name="Opfyld").click()
    page.get_by_role("button", name="Opfyld trinet").click()
    expect(tread(page, title)).to_contain_text("Opfyldt")


def promise(page: Page, citizen: str, party: str, text: str, due_on: date | None = None) -> None:
    page.goto(citizen)
    page.get_by_role("link", name="Skriv et tilsagn").click()
    chosen = page.get_by_label("Hvem lover")
    company = chosen.locator("option[value^=company]").first
    chosen.select_option(value=company.get_attribute("value")) if party == COMPANY else chosen.select_option(
        label=party
    )
    page.get_by_label("Hvad der loves").fill(text)
    page.get_by_label("Senest").fill((due_on or today()).isoformat())
    save(page)


def propose_task(page: Page, citizen: str, party: str, task: str, reason: str) -> None:
    """A party wants another task in the package."""
    page.goto(citizen)
    page.get_by_role("link", name="Skriv et ændringsforslag").click()
    page.get_by_label("En anden opgave").check()
    page.get_by_role("button", name="Videre").click()
    page.get_by_label("Hvem foreslår det").select_option(label=party)
    page.get_by_label("Opgaven").fill(task)
    page.get_by_label("Hvorfor").fill(reason)
    page.get_by_label("På et møde").check()
    save(page)


def reject(page: Page, citizen: str, task: str, reason: str) -> None:
    page.goto(citizen)
    page.locator(".laage--forslag li").filter(has_text=task).get_by_role("link", name="Svar").click()
    page.get_by_label("Afvis det").check()
    page.get_by_role("textbox", name="Grund").fill(reason)
    save(page)


def row_of_today(page: Page, *words: str) -> Locator:
    """The first row of *I dag* with the words; on whichever of its pages it stands, whoever else needs somebody."""
    for side in range(1, 9):
        page.goto(f"/i-dag/?side={side}")
        found = page.locator("tbody tr")
        for each in words:
            found = found.filter(has_text=each)
        if found.count():
            return found.first
    raise AssertionError(f"no row of {words}")


def keep(page: Page, citizen: str, text: str) -> None:
    page.goto(citizen)
    page.locator("li").filter(has_text=text).get_by_role("link").first.click()
    save(page)


def conclude(page: Page, citizen: str, outcome: str, job: tuple[str, str], aftercare: str = "") -> None:
    page.goto(citizen)
    page.get_by_role("link", name="Afslut pakken").click()
    page.get_by_label("Udfald").select_option(label=outcome)
    page.get_by_label("Jobbet", exact=False).first.fill(job[0])
    page.get_by_label("Timer om ugen").fill(job[1])
    if aftercare:
        page.get_by_label("Efterværn til").fill(aftercare)
    save(page)
