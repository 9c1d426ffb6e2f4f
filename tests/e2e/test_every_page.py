"""Every page of every role, at both widths: reached by its links, accessible, within the window, without complaints."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from urllib.parse import urlparse

import pytest
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.looks import faults, listen, too_wide

pytestmark = pytest.mark.once

START = {"bo": "/i-dag/", "tove": "/i-dag/", "finn": "/opfoelgning/", "dan": "/opslag/", "anna": "/brugere/"}
NO_PAGES = {
    *(
        "choose_date",
        "citizens_search",
        "search_journal",
        "language",
        "account_logout",
    ),  # only posted to; signing out is tried elsewhere
    *(
        "reopen_plan",
        "add_step",
        "arrange_step",
        "add_sub_goal",
        "remove_sub_goal",
        "lay_staircase",
        "retire_staircase",
        "arrange_ready_step",
    ),
    *("citizens_download", "followup_download", "followup_chart", "print_plan", "signed_copy"),  # files
    *("progress_download", "progress_curve", "frozen_follow_up_download"),
    *("card_link", "card_question", "hand_in_card"),  # of who holds the link: looked at in test_competence_card.py
    *("network_chart", "network_download"),
    "take_in_card",  # its form stands on the card's page
    *("followup_context_chart", "followup_context_download"),
    *("followup_course_chart", "followup_course_download"),
    "front",  # leads on to the first page of the role
    "account_login",  # for nobody signed in
}
OF_OTHERS = {
    *("followup", "followup_context", "followup_note", "followup_courses", "access_log", "rules"),
    *("override_rule", "end_rule"),
    *("users", "add_user", "user", "give_role", "end_role", "put_in_team", "replace_password"),
    *("offered_cases", "accept_transfer", "return_transfer"),
    *("questionnaires", "revise_questionnaire"),
    *("frozen_follow_ups", "frozen_follow_up", "freeze_follow_up", "compare_follow_ups", "follow_up_known"),
    *("join_network", "leave_network", "open_run", "take_seat", "give_up_seat", "call_off_run", "record_newsletter"),
}
"""Pages that a caseworker has no role for, or comes to on some days only."""
OF_ROLE = {
    "tove": {
        *("today", "citizens", "citizen", "journal", "about", "history", "progress", "measure", "plan"),
        *("versions", "companies", "company", "followup", "followup_note", "frozen_follow_ups"),
        *("compare_follow_ups", "follow_up_known", "followup_context", "followup_courses", "hand_over"),
        *("offered_cases", "accept_transfer", "return_transfer", "network", "course_run", "ambassador"),
        *("join_network", "open_run", "record_newsletter", "leave_network"),
    },
    "finn": {
        *("followup", "followup_context", "followup_note", "followup_courses", "frozen_follow_ups"),
        *("frozen_follow_up", "freeze_follow_up", "compare_follow_ups", "follow_up_known"),
        *("network", "course_run", "ambassador", "join_network", "open_run", "record_newsletter", "leave_network"),
    },
    "dan": {
        "access_log",
    },
    "anna": {
        *("users", "add_user", "user", "give_role", "end_role", "put_in_team", "replace_password"),
        *("rules", "override_rule", "end_rule", "questionnaires", "revise_questionnaire"),
    },
}
"""Pages that others come to by links; bo, the caseworker, comes to all that are not OF_OTHERS."""
SAMPLES = {"tove": 2}
"""How many pages of one name are looked at beside those one starts with: the data differ, the template does not. The
first citizen whom the team leader comes to has no plan."""


def name_of(address: str) -> str:
    try:
        return resolve(urlparse(address).path).view_name
    except Resolver404:
        return ""


def names(resolver: URLResolver) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from names(entry)
        elif isinstance(entry, URLPattern):
            yield str(entry.name)


def one_of_each_finding(page: Page) -> list[str]:
    """The first citizen with each finding of I dag and the act that mends it; Fuat, of whom most is known, Bukurije,
    who has limits."""
    page.goto("/i-dag/")
    rows = page.locator("tbody tr").evaluate_all(
        "rows => rows.map(row => [row.cells[1].innerText,"
        " [...row.querySelectorAll('a')].map(link => link.getAttribute('href'))])"
    )
    fuat, bukurije = (found(page, name) for name in ("Fuat Ersoy", "Bukurije Lekaj"))
    closed = with_a_closed_workplace(page)
    acts = (link for links in dict(reversed(rows)).values() for link in links)
    about = [fuat, f"{fuat}om/", f"{bukurije}om/", f"{fuat}fremdrift/", signed_copies_of(page, fuat)]
    about += [mentors_of(page, "Lejla Aydin", "Torben Skov"), mentors_of(page, "Amina Polat", "Jens Toft")]
    about += [story_of(page, fuat), story_of(page, found(page, "Nga Hussein"))]
    about += [found(page, "Bashir Haddad"), proposal_of(page), mentors_of(page, "Aisha Krasniqi", "Bodil Holm")]
    about += [aftercare_of(page, "Mai Saleh"), aftercare_of(page, "Nga Hussein")]
    return list(dict.fromkeys([*acts, *about, closed]))


def story_of(page: Page, citizen: str) -> str:
    """Where the case story of a citizen's package is."""
    page.goto(citizen)
    return str(page.get_by_role("link", name="Casefortælling").first.get_attribute("href"))


def proposal_of(page: Page) -> str:
    """A plan to which citizen and company have said yes."""
    page.goto("/i-dag/")
    page.locator("tbody tr").filter(has_text="har sagt ja").first.locator("a").first.click()
    return str(page.get_by_role("link", name="Se forslaget").get_attribute("href"))


def aftercare_of(page: Page, name: str) -> str:
    """The aftercare of somebody: one has ended by wish, the other runs."""
    page.goto(found(page, name))
    return str(page.get_by_role("link", name=re.compile("^Efterværn")).first.get_attribute("href"))


def found(page: Page, name: str) -> str:
    """The address of somebody's page."""
    page.goto(f"/borgere/?q={name}")
    return str(page.locator("tbody a").first.get_attribute("href"))


def with_a_closed_workplace(page: Page) -> str:
    """The address of the company of which one workplace has closed."""
    page.goto("/virksomheder/?q=Købmandsgården")
    return str(page.get_by_role("link", name="Købmandsgården Århus", exact=True).get_attribute("href"))


def mentors_of(page: Page, citizen: str, mentor: str) -> str:
    """The mentors of the step that somebody is mentor of, in an agreed plan or in a draft."""
    page.goto(found(page, citizen))
    draft = page.get_by_role("link", name="Gå videre med kladden")
    if draft.count():
        draft.click()
        return str(page.locator("#trin tr", has_text=mentor).get_by_role("link", name="Mentor").get_attribute("href"))
    return str(page.locator(".trin", has_text=mentor).get_by_role("link", name="Mentor").get_attribute("href"))


def signed_copies_of(page: Page, citizen: str) -> str:
    """Where the signed copies of a citizen's agreed plan are, by the links that lead there."""
    page.goto(citizen)
    page.get_by_role("link", name="Planens versioner").first.click()
    page.get_by_role("link", name="Version 1", exact=True).click()
    return str(page.get_by_role("link", name="Underskrevne kopier").get_attribute("href"))


def crawl(page: Page, starts: list[str], samples: int) -> Counter[str]:
    """Follows links from page to page; fails on the first page with a fault."""
    seen: Counter[str] = Counter()
    waiting, known = list(starts), set(starts)
    while waiting:
        address = waiting.pop(0)
        name = name_of(address)
        if seen[name] >= samples and address not in starts:
            continue
        response = page.goto(address)
        assert response is not None
        assert response.status == 200, address
        seen[name] += 1
        assert looks_of(page) == [], address
        links = page.eval_on_selector_all("main a[href], nav a[href]", "all => all.map(a => a.getAttribute('href'))")
        for link in links:
            target = urlparse(link)
            if not target.path or target.netloc or name_of(target.path) in NO_PAGES or target.path in known:
                continue
            known.add(target.path)
            waiting.append(link)
    return seen


def looks_of(page: Page) -> list[str]:
    """What is wrong with a page on a desk or on a phone; axe looks at the phone's, where most is stacked."""
    found = []
    for width in (PHONE, DESKTOP):
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{width} px: {fault}" for fault in (faults(page) if width == PHONE else too_wide(page))]
    return found


@pytest.mark.parametrize("person", START)
def test_pages_of(look: Callable[..., Page], person: str) -> None:
    page = look(person)
    complaints = listen(page)
    seen = crawl(page, [START[person], *(one_of_each_finding(page) if person == "bo" else ())], SAMPLES.get(person, 1))
    assert complaints == []
    expected = OF_ROLE.get(person) or set(names(get_resolver())) - NO_PAGES - OF_OTHERS
    assert expected <= set(seen), expected - set(seen)
    assert "" not in seen


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_pages_of_nobody(look: Callable[..., Page], width: int) -> None:
    page = look(None, width)
    page.goto("/borgere/")
    assert "/konto/log-ind/" in page.url
    assert faults(page) == []
    page.get_by_role("button", name="Log ind").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert faults(page) == []


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_pages_that_say_no(look: Callable[..., Page], width: int) -> None:
    page = look("finn", width)
    for address, status in (("/i-dag/", 403), ("/findes-ikke/", 404)):
        response = page.goto(address)
        assert response is not None
        assert response.status == status
        assert faults(page) == []
