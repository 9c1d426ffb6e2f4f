"""The three published cases built again through the pages alone, from blank to outcome.

The days are today's: what the gates ask for is evidence, not time.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from jobpakke.lib.clock import today
from tests.e2e import hands
from tests.e2e.looks import faults

pytestmark = pytest.mark.once

CARD, STATEMENT, ATTENDANCE, CERTIFICATE, MODULE = (
    "Niveau på et kompetencekort",
    "Underskrevet udtalelse",
    "Fremmøde",
    "Bevis fra et kursus",
    "Danskmodul",
)


def check_outcome(page: Page, citizen: str, form: str) -> None:
    page.goto(citizen)
    goal = page.locator(".maal")
    expect(goal).to_contain_text("Målet er nået")
    expect(goal).to_contain_text(form)
    expect(page.locator("article.trin--planned, article.trin--ready, article.trin--under_way")).to_have_count(0)
    assert faults(page) == []
    page.get_by_role("link", name="Historik").click()
    expect(page.locator("main")).to_contain_text("Pakken")


def test_bukurije_through_all_functions_of_the_shop(visit: Callable[..., Page]) -> None:
    page = visit("bo")
    her = hands.register(page, "Bukurije", "Krasniqi", "670774-0501")
    hands.wish(page, her, "Fylde varer op i købmandsbutikken på torvet")
    hands.limit(page, her, "Løft", "Løft højst 8 kg")
    hands.limit(page, her, "Tid på dagen", "Kun i dagtimerne", ("08:00", "15:00"))
    shop = hands.company(page, "Købmanden på Torvet", 700, "Privat", 18)
    hands.function(page, shop, "Butiksassistent", "Lette varer, kundekontakt")
    hands.need(page, shop, "Butiksassistent", "En medarbejder går på pension")
    hands.mentor_at(page, shop, "Inger Dam")
    hands.begin(page, her, "Butiksassistent i dagtimerne", "Fleksjob", "Butiksassistent, Købmanden på Torvet")
    goals = [("Forstår beskeder på dansk", CARD), ("Taler med kunder og kolleger", CARD)]
    hands.lay(page, ("Arbejdsprøvning", "Gennem alle butikkens funktioner", 52), "Nederst", goals)
    hands.lay(page, ("Danskuddannelse", "Dansk om formiddagen", 52), "Ved siden af 1.", [("Modul 3 bestået", MODULE)])
    page.locator(".plan-trin tbody tr").first.get_by_role("link", name="Ret").click()
    page.get_by_label("Mandag").fill("16-19")
    page.get_by_role("button", name="Gem").click()
    expect(page.locator("main")).to_contain_text("uden for den del af dagen, borgeren kan arbejde")
    page.locator(".plan-trin tbody tr").first.get_by_role("link", name="Ret").click()
    page.get_by_label("Mandag").fill("9-12")
    page.get_by_role("button", name="Gem").click()
    expect(page.locator("main")).to_contain_text("kræver et særligt behov")
    hands.accept(page, "Hun har aldrig haft et arbejde og skal gennem alle butikkens funktioner")
    hands.agree(page)
    hands.start(page, her, "Gennem alle butikkens funktioner")
    hands.start(page, her, "Dansk om formiddagen")
    hands.tread(page, "Gennem alle butikkens funktioner").get_by_role("link", name="Mentor").click()
    page.get_by_role("link", name="Udpeg en mentor").click()
    page.get_by_label("En kollega").select_option(index=1)
    page.get_by_role("button", name="Gem").click()
    expect(page.get_by_role("alert")).to_contain_text("tavshedspligt")
    page.get_by_label("Bekræftede tavshedspligt").fill(today().isoformat())
    hands.save(page)
    hands.refused_fulfilment(page, her, "Gennem alle butikkens funktioner", "Forstår beskeder på dansk")
    hands.fulfil(page, her, "Gennem alle butikkens funktioner")
    hands.fulfil(page, her, "Dansk om formiddagen")
    hands.conclude(page, her, "Fleksjob", ("Butiksassistent", "15"))
    check_outcome(page, her, "Fleksjob")


def test_wadeera_from_the_kitchen_to_the_cleaning(visit: Callable[..., Page]) -> None:
    page = visit("bo")
    her = hands.register(page, "Wadeera", "Hassan", "810866-0502")
    hands.wish(page, her, "Køkkenmedhjælper på et plejehjem")
    hands.learned(page, her, "Bachelor i geografi; lærer i flere år")
    home = hands.company(page, "Plejehjemmet Lyngbo", 701, "Offentlig", 72)
    hands.function(page, home, "Køkkenmedhjælper", "Tilbereder alle slags kød")
    hands.function(page, home, "Rengøringsassistent", "Hygiejnebevis")
    hands.need(page, home, "Rengøringsassistent", "Mangel")
    hands.begin(page, her, "Køkkenmedhjælper på plejehjemmet", "Ordinært job", "Køkkenmedhjælper, Plejehjemmet Lyngbo")
    practice = [("Møder stabilt", ATTENDANCE)]
    hands.lay(page, ("Virksomhedspraktik", "Praktik på plejehjemmet", 13), "Nederst", practice)
    hands.lay(page, ("Løntilskudsjob", "Løntilskudsjob i køkkenet", 20), "Efter 1.", [("Klarer en vagt alene", CARD)])
    hands.agree(page)
    hands.start(page, her, "Praktik på plejehjemmet")
    hands.refused_start(page, her, "Løntilskudsjob i køkkenet", "Møder stabilt")
    hands.limit(page, her, "Stoffer og varer", "Ingen berøring med svinekød")
    page.goto(her)
    page.get_by_role("button", name="Ændr planen").click()
    page.get_by_role("link", name="Ret målet").click()
    page.get_by_label("Jobmål").fill("Rengøringsassistent på plejehjemmet")
    page.locator("input[name=function]").fill("Rengøringsassistent, Plejehjemmet Lyngbo")
    page.locator("input[name=workplace]").fill("")
    page.get_by_role("button", name="Gem").click()
    row = page.locator(".plan-trin tbody tr").filter(has_text="Løntilskudsjob i køkkenet")
    row.get_by_role("link", name="Ret").click()
    page.get_by_label("Titel").fill("Løntilskudsjob i rengøringen")
    page.get_by_role("button", name="Gem").click()
    hands.lay(page, ("Opkvalificering", "Hygiejnekursus", 2), "Efter 1.", [("Hygiejnebevis", CERTIFICATE)])
    expect(page.locator("main")).to_contain_text("i stedet for “Køkkenmedhjælper på plejehjemmet”")
    hands.agree(page, "Køkkenet kan ikke undgå svinekød; rengøringen mangler folk")
    hands.promise(page, her, "Kommunen", "Betaler hygiejnekurset")
    hands.fulfil(page, her, "Praktik på plejehjemmet")
    hands.start(page, her, "Hygiejnekursus")
    hands.fulfil(page, her, "Hygiejnekursus")
    hands.keep(page, her, "Betaler hygiejnekurset")
    hands.start(page, her, "Løntilskudsjob i rengøringen")
    hands.fulfil(page, her, "Løntilskudsjob i rengøringen")
    until = today() + timedelta(days=5 * 365)
    hands.conclude(page, her, "Ordinært job", ("Rengøringsassistent", "37"), until.isoformat())
    check_outcome(page, her, "Ordinært job")
    page.goto(her)
    expect(page.locator("main")).to_contain_text("Efterværn til")
    page.get_by_text("Skriv i journalen").click()
    page.get_by_label("Hvad blev der sagt").fill("Ringede om en ny leder; talt igennem")
    page.get_by_role("button", name="Gem som samtale med borgeren").click()
    page.goto(her)
    page.get_by_role("link", name="Planens versioner").click()
    page.get_by_role("link", name="Version 1", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Køkkenmedhjælper på plejehjemmet")


def test_fuat_gate_by_gate(visit: Callable[..., Page]) -> None:
    page = visit("bo")
    him = hands.register(page, "Fuat", "Demir", "730271-0503")
    hands.learned(page, him, "Mellemlang økonomisk uddannelse")
    hotel = hands.company(page, "Hotellerne ved Sundet", 702, "Privat", 60)
    hands.function(page, hotel, "Hotelleder", "Overblik og samarbejde")
    hands.begin(page, him, "Leder på et hotel", "Ordinært job", "Hotelleder, Hotellerne ved Sundet")
    first = [("Samarbejder i alle vagter", CARD), ("Kommer med ét forslag, der kan bruges", STATEMENT)]
    hands.lay(page, ("Virksomhedspraktik", "Praktik i alle afdelinger", 8), "Nederst", first)
    hands.lay(
        page, ("Vejledning", "Samtaler om roller på arbejdet", 26), "Ved siden af 1.", [("Talt igennem", STATEMENT)]
    )
    hands.lay(page, ("Løntilskudsjob", "Løntilskudsjob i administrationen", 24), "Efter 1.", [("Leder et møde", CARD)])
    hands.agree(page)
    hands.start(page, him, "Praktik i alle afdelinger")
    hands.start(page, him, "Samtaler om roller på arbejdet")
    for goal, _evidence in first:
        hands.refused_start(page, him, "Løntilskudsjob i administrationen", goal)
    hands.fulfil(page, him, "Praktik i alle afdelinger")
    hands.start(page, him, "Løntilskudsjob i administrationen")
    hands.fulfil(page, him, "Løntilskudsjob i administrationen")
    page.goto(him)
    page.get_by_role("link", name="Afslut pakken").click()
    page.get_by_label("Udfald").select_option(label="Ordinært job")
    page.get_by_role("button", name="Gem").click()
    expect(page.get_by_role("alert")).to_contain_text("stadig i gang")
    hands.fulfil(page, him, "Samtaler om roller på arbejdet")
    hands.conclude(page, him, "Ordinært job", ("Leder på et hotel", "37"))
    check_outcome(page, him, "Ordinært job")
