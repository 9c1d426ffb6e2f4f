"""The three published cases built again through the pages alone, from blank to outcome, and over their days.

They are told on a server of their own whose clock stands where they say, one after another (tests/e2e/dated.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import hands
from tests.e2e.conftest import Calendar
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


def test_bukurije_through_all_functions_of_the_shop(visit: Callable[..., Page], calendar: Calendar) -> None:
    page = visit("bo", at=calendar.address)
    her = hands.register(page, "Bukurije", "Krasniqi", "670774-0501")
    hands.wish(page, her, "Fylde varer op i købmandsbutikken på torvet")
    hands.limit(page, her, "Løft", "Løft højst 8 kg")
    hands.limit(page, her, "Tid på dagen", "Kun i dagtimerne", ("08:00", "15:00"))
    shop = hands.company(page, "Købmanden på Torvet", 700, "Privat", 18)
    hands.function(page, shop, "Butiksassistent", "Lette varer, kundekontakt")
    hands.need(page, shop, "Butiksassistent", "En medarbejder går på pension")
    hands.mentor_at(page, shop, "Inger Dam")
    hands.begin(page, her, "Butiksassistent i dagtimerne", "Fleksjob", "Butiksassistent, Købmanden på Torvet")
    shop_floor, lessons = "Gennem alle butikkens funktioner", "Dansk om formiddagen"
    goals: list[hands.Goal] = [("Forstår beskeder på dansk", CARD, 3), ("Taler med kunder og kolleger", CARD, 3)]
    hands.lay(page, ("Arbejdsprøvning", shop_floor, 52), "Nederst", goals)
    hands.lay(page, ("Danskuddannelse", lessons, 52), "Ved siden af 1.", [("Modul 3 bestået", MODULE)])
    for title, hours, told in (
        (shop_floor, "16-19", "uden for den del af dagen, borgeren kan arbejde"),
        (shop_floor, "9-12", "kræver et særligt behov"),
        (lessons, "10-12", "samme timer"),
        (lessons, "12-14", "kræver et særligt behov"),
    ):
        page.locator(".plan-trin tbody tr").filter(has_text=title).first.get_by_role("link", name="Ret").click()
        page.get_by_label("Mandag").fill(hours)
        page.get_by_role("button", name="Gem").click()
        expect(page.locator("main")).to_contain_text(told)
    hands.accept(page, "Hun har aldrig haft et arbejde og skal gennem alle butikkens funktioner")
    plan = page.url
    page.locator("#trin").get_by_role("link", name="Mentor").first.click()
    page.get_by_role("link", name="Udpeg en mentor").click()
    page.get_by_label("En kollega").select_option(index=1)
    hands.save(page)
    page.goto(plan)
    hands.agree(page)
    hands.promise(page, her, "Virksomheden", "Tilbyder fleksjobbet", calendar.day + timedelta(weeks=54))
    began = calendar.day
    page.goto(her)
    hands.tread(page, shop_floor).get_by_role("link", name="Start").click()
    page.get_by_role("button", name="Start trinet").click()
    expect(page.get_by_role("alert")).to_contain_text("tavshedspligt")
    page.goto(her)
    hands.tread(page, shop_floor).get_by_role("link", name="Mentor").click()
    page.get_by_role("link", name="Tavshedspligt er bekræftet").click()
    page.get_by_label("Bekræftede tavshedspligt den").fill(began.isoformat())
    hands.save(page)
    hands.start(page, her, shop_floor)
    calendar.pass_by(days=4)
    hands.start_late(page, her, lessons, began + timedelta(days=1))
    calendar.pass_by(weeks=40)
    hands.show(page, her, shop_floor, 3, too_little=2)
    hands.refused_fulfilment(page, her, shop_floor, "Taler med kunder og kolleger")
    calendar.pass_by(weeks=11)
    hands.show(page, her, shop_floor, 4)
    hands.fulfil(page, her, shop_floor)
    hands.fulfil(page, her, lessons)
    hands.keep(page, her, "Tilbyder fleksjobbet")
    hands.conclude(page, her, "Fleksjob", ("Butiksassistent", "15"))
    check_outcome(page, her, "Fleksjob")


def test_wadeera_from_the_kitchen_to_the_cleaning(visit: Callable[..., Page], calendar: Calendar) -> None:
    page = visit("bo", at=calendar.address)
    her = hands.register(page, "Wadeera", "Hassan", "810866-0502")
    hands.wish(page, her, "Køkkenmedhjælper på et plejehjem")
    hands.learned(page, her, "Bachelor i geografi; lærer i flere år")
    home = hands.company(page, "Plejehjemmet Lyngbo", 701, "Offentlig", 72)
    hands.function(page, home, "Køkkenmedhjælper", "Tilbereder alle slags kød")
    hands.function(page, home, "Rengøringsassistent", "Hygiejnebevis")
    hands.need(page, home, "Rengøringsassistent", "Mangel")
    hands.begin(page, her, "Køkkenmedhjælper på plejehjemmet", "Ordinært job", "Køkkenmedhjælper, Plejehjemmet Lyngbo")
    practice: list[hands.Goal] = [("Møder stabilt", ATTENDANCE, 90)]
    hands.lay(page, ("Virksomhedspraktik", "Praktik på plejehjemmet", 13), "Nederst", practice)
    hands.lay(page, ("Løntilskudsjob", "Løntilskudsjob i køkkenet", 20), "Efter 1.", [("Klarer en vagt alene", CARD)])
    hands.agree(page, early=True)
    hands.start(page, her, "Praktik på plejehjemmet")
    calendar.pass_by(weeks=6)
    hands.refused_start(page, her, "Løntilskudsjob i køkkenet", "Møder stabilt")
    the_kitchen_becomes_the_cleaning(page, calendar, her)
    from_practice_to_a_cover_post(page, calendar, her)
    until = calendar.day + timedelta(days=5 * 365)
    hands.conclude(page, her, "Ordinært job", ("Rengøringsassistent", "37"), until.isoformat())
    check_outcome(page, her, "Ordinært job")
    the_aftercare_is_used_and_ends(page, calendar, her)
    page.get_by_role("link", name="Planens versioner").click()
    page.get_by_role("link", name="Version 1", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Køkkenmedhjælper på plejehjemmet")


HOLIDAY, COVER, SUBSIDY = "Ferievikar med løn", "Tidsbegrænset vikariat", "Løntilskudsjob i rengøringen"


def the_kitchen_becomes_the_cleaning(page: Page, calendar: Calendar, her: str) -> None:
    """By another version of the plan."""
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
    beside, after = re.compile(f"^Ved siden af .*{SUBSIDY}"), re.compile(f"^Efter .*{HOLIDAY}")
    hands.lay(page, ("Lønnede timer", HOLIDAY, 6), beside, [("Udtalelse fra afdelingen", STATEMENT)])
    hands.lay(page, ("Lønnede timer", COVER, 17), after, [("Afdelingen vil ansætte fast", STATEMENT)])
    expect(page.locator("main")).to_contain_text("i stedet for “Køkkenmedhjælper på plejehjemmet”")
    hands.agree(page, "Køkkenet kan ikke undgå svinekød; rengøringen mangler folk")
    hands.promise(page, her, "Kommunen", "Betaler hygiejnekurset", calendar.day + timedelta(weeks=10))


def from_practice_to_a_cover_post(page: Page, calendar: Calendar, her: str) -> None:
    """A share that is too small, holiday cover under way, and a gate that is passed by dispensation."""
    calendar.pass_by(weeks=7)
    hands.show(page, her, "Praktik på plejehjemmet", 95, too_little=85)
    hands.fulfil(page, her, "Praktik på plejehjemmet")
    hands.start(page, her, "Hygiejnekursus")
    calendar.pass_by(weeks=2)
    hands.fulfil(page, her, "Hygiejnekursus")
    hands.keep(page, her, "Betaler hygiejnekurset")
    hands.start(page, her, SUBSIDY)
    calendar.pass_by(weeks=8)
    hands.start(page, her, HOLIDAY)
    hands.refused_start(page, her, COVER, "Udtalelse fra afdelingen")
    calendar.pass_by(weeks=6)
    page.goto(her)
    hands.tread(page, HOLIDAY).get_by_role("link", name="Afslut").click()
    page.get_by_label("Grund").select_option(index=4)
    hands.save(page)
    hands.waive(page, her, HOLIDAY, "Ferien er holdt; udtalelsen kommer ikke, før lederen er tilbage")
    calendar.pass_by(weeks=6)
    hands.fulfil(page, her, SUBSIDY)
    hands.start(page, her, COVER)
    calendar.pass_by(weeks=17)
    hands.fulfil(page, her, COVER)


def the_aftercare_is_used_and_ends(page: Page, calendar: Calendar, her: str) -> None:
    """By a call that is told of on *I dag*, by a check-in that holds it, and by wish."""
    calendar.pass_by(weeks=2)
    hands.row_of_today(page, "Wadeera", "Opfølgning efter job").get_by_role("link", name="Notér samtalen").click()
    page.get_by_label("Hvad blev der sagt").fill("Ringede om en ny leder; talt igennem")
    page.get_by_label("Efterværn brugt af").select_option(label="borgeren")
    page.get_by_label("Hvad det handlede om").select_option(label="kolleger og ledelse")
    page.get_by_role("button", name="Gem i journalen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("I dag")
    calendar.pass_by(weeks=12)
    hands.row_of_today(page, "Wadeera", "Opfølgning efter job")
    page.goto(her)
    page.get_by_text("Skriv i journalen").click()
    page.get_by_label("Hvad blev der sagt").fill("Det går godt; ingen brug for mere")
    page.get_by_role("button", name="Gem som samtale med borgeren").click()
    page.goto(her)
    page.get_by_role("link", name="Efterværn til").click()
    expect(page.locator("main")).to_contain_text("Brugt 1 gang")
    expect(page.locator("main")).to_contain_text("Ringede om en ny leder")
    page.get_by_role("link", name="Afslut efterværnet").click()
    hands.save(page)
    page.goto(her)
    expect(page.locator("main")).to_contain_text("Efterværn afsluttet")


def test_fuat_gate_by_gate(visit: Callable[..., Page], calendar: Calendar) -> None:
    page = visit("bo", at=calendar.address)
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
    calendar.pass_by(weeks=3)
    task = "Regnskabet i stedet for rengøringen"
    hands.propose_task(page, him, "Borgeren", task, "Arbejdet er under min uddannelse")
    hands.row_of_today(page, "Fuat", "Ændringsforslag venter")
    hands.reject(page, him, task, "Alle ledere her har prøvet alle afdelinger")
    calendar.pass_by(weeks=5)
    for goal, _evidence in first:
        hands.refused_start(page, him, "Løntilskudsjob i administrationen", goal)
    hands.fulfil(page, him, "Praktik i alle afdelinger")
    hands.start(page, him, "Løntilskudsjob i administrationen")
    calendar.pass_by(weeks=24)
    hands.fulfil(page, him, "Løntilskudsjob i administrationen")
    page.goto(him)
    page.get_by_role("link", name="Afslut pakken").click()
    page.get_by_label("Udfald").select_option(label="Ordinært job")
    page.get_by_role("button", name="Gem").click()
    expect(page.get_by_role("alert")).to_contain_text("stadig i gang")
    hands.fulfil(page, him, "Samtaler om roller på arbejdet")
    hands.conclude(page, him, "Ordinært job", ("Leder på et hotel", "37"))
    check_outcome(page, him, "Ordinært job")
