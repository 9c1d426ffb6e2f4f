"""Pages by the test client: what they say, refuse, keep and never show."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from jobpakke.access.models import User
from jobpakke.citizens.models import Citizen, StatusSpell
from jobpakke.companies.models import Company
from jobpakke.lib.clock import today
from jobpakke.packages.models import Evidence, JournalNote, Party, PlannedStep
from jobpakke.packages.services import move_step, open_programme, propose_plan, start_step
from jobpakke.web.http import WroteWhileReading, reading_only
from tests.builders import DAY, PASSWORD, Cast, agreed, approve, draft, say_yes

pytestmark = pytest.mark.django_db


def client(name: str) -> Client:
    found = Client()
    found.force_login(User.objects.get(username=name))
    return found


def text(response: Any) -> str:
    return str(response.content.decode())


def test_signing_in_and_out(cast: Cast) -> None:
    visitor = Client()
    wrong = visitor.post(reverse("account_login"), {"login": "bo", "password": "forkert"})
    assert wrong.status_code == 200
    assert 'role="alert"' in text(wrong)
    visitor.post(reverse("account_login"), {"login": "bo", "password": PASSWORD})
    assert "Bo" in text(visitor.get(reverse("today")))
    visitor.post(reverse("account_logout"))
    assert visitor.get(reverse("today")).status_code == 302


def test_guessing_passwords_is_slowed_down_in_danish(cast: Cast) -> None:
    visitor = Client()
    answers = [
        visitor.post(reverse("account_login"), {"login": "bo", "password": f"forkert{number}"}) for number in range(31)
    ]
    assert "for mange" in text(answers[6]).lower()
    assert answers[-1].status_code == 429
    assert "Vent et minut" in text(answers[-1])
    assert visitor.get(reverse("today")).status_code == 302


def test_danish_first_english_by_switch(cast: Cast) -> None:
    bo = client("bo")
    assert '<html lang="da">' in text(bo.get(reverse("today"), headers={"accept-language": "en"}))
    bo.post(reverse("language"), {"language": "en", "next": "/"})
    page = text(bo.get(reverse("today")))
    assert '<html lang="en">' in page
    assert "Nobody needs you" in page or "Needs somebody" in page


def test_the_gate_says_what_is_missing_and_the_act_page_refuses_with_the_same(cast: Cast) -> None:
    stairs, bo = agreed(cast.bo, cast.her), client("bo")
    page = text(bo.get(reverse("citizen", args=[cast.her.ref])))
    assert "Mangler før dette trin" in page
    assert "Delmål i afklaring" in page
    url = reverse("start_step", args=[stairs.second.step.ref])
    refused = bo.post(url, {"day": DAY.isoformat(), "late": "told_late"})
    assert refused.status_code == 422
    assert "“Delmål i afklaring” er ikke nået i “Afklaring”" in text(refused)
    assert f'value="{DAY.isoformat()}"' in text(refused)
    stairs.second.step.refresh_from_db()
    assert stairs.second.step.started_on is None


def test_climbing_through_the_pages(cast: Cast) -> None:
    stairs, bo = agreed(cast.bo, cast.her), client("bo")
    day = {"day": DAY.isoformat(), "late": "told_late"}
    back = reverse("citizen", args=[cast.her.ref])
    posts = (
        ("start_step", stairs.first.step.ref, day),
        ("record_evidence", stairs.goal.ref, {**day, "meets": "yes"}),
        ("fulfil_step", stairs.first.step.ref, day),
        ("start_step", stairs.second.step.ref, day),
        ("waive_gate", stairs.second.step.ref, {**day, "reason": "Vises senere"}),
        ("end_step", stairs.second.step.ref, {**day, "reason": "other_path"}),
    )
    for name, ref, data in posts:
        response = bo.post(reverse(name, args=[ref]), data)
        assert (response.status_code, response.headers["Location"]) == (302, back), name
    page = text(bo.get(back))
    assert "trin--fulfilled" in page
    assert "trin--waived" in page
    told = text(bo.get(reverse("history", args=[cast.her.ref])))
    assert "“Afklaring” blev opfyldt, registreret bagefter: vi fik det at vide sent." in told


def test_a_conversation_takes_one_field_and_hostile_text_stays_text(cast: Cast) -> None:
    bo, day = client("bo"), today().isoformat()
    hostile = "<script>alert('x')</script> & æøå"
    data = {"text": hostile, "kind": "talk", "parties": "citizen", "visibility": "parties", "day": day}
    assert bo.post(reverse("write_note", args=[cast.her.ref]), data).status_code == 302
    assert "&lt;script&gt;" in text(bo.get(reverse("citizen", args=[cast.her.ref])))
    assert JournalNote.objects.get().text == hostile
    refused = bo.post(reverse("write_note", args=[cast.her.ref]), {**data, "text": "", "day": "i går"})
    assert refused.status_code == 422
    assert "Skriv en dato" in text(refused)


def test_registering_refuses_a_wrong_number_keeps_what_was_typed_and_never_shows_the_number(cast: Cast) -> None:
    bo = client("bo")
    data = {"cpr": "310299-1234", "given_name": "Ny", "family_name": "Borger", "protection": "no", "phone": ""}
    refused = text(bo.post(reverse("register_citizen"), data))
    assert "CPR-nummeret er ikke gyldigt" in refused
    assert 'value="Borger"' in refused
    done = bo.post(reverse("register_citizen"), {**data, "cpr": "680177-1005"}, follow=True)
    assert done.status_code == 200
    assert "6801771005" not in text(done).replace("-", "")
    assert Citizen.objects.get(given_name="Ny").address_protected is False


def test_searching_by_number_never_puts_it_in_an_address(cast: Cast) -> None:
    bo = client("bo")
    hit = bo.post(reverse("citizens_search"), {"q": "610170-1001"})
    assert hit.headers["Location"] == reverse("citizen", args=[cast.her.ref])
    for words in ("620171-1002", "6201711002", "310299-1234", "1234"):
        miss = bo.post(reverse("citizens_search"), {"q": words})
        assert miss.status_code == 302
        assert not any(sign.isdigit() for sign in miss.headers["Location"])
    named = bo.post(reverse("citizens_search"), {"q": "asta", "state": "none"})
    assert named.headers["Location"] == f"{reverse('citizens')}?q=asta&state=none"
    assert "Testesen, Asta" in text(bo.get(named.headers["Location"]))
    assert "Testesen, Asta" not in text(bo.get(f"{reverse('citizens')}?q=zz"))


def test_lists_are_filtered_sorted_and_downloaded(cast: Cast) -> None:
    agreed(cast.bo, cast.her)
    bo = client("bo")
    for query, seen in (
        ("state=open", True),
        ("state=none", False),
        ("state=job", False),
        ("sort=spoken&side=x", True),
    ):
        assert ("Testesen, Asta" in text(bo.get(f"{reverse('citizens')}?{query}"))) == seen, query
    Citizen.objects.filter(pk=cast.her.pk).update(given_name="=1+1")
    file = text(bo.get(reverse("citizens_download")))
    assert "'=1+1" in file
    assert "610170" not in file


def test_a_new_wording_shows_in_the_list_when_it_takes_effect(cast: Cast) -> None:
    from jobpakke.packages.models import GoalForm
    from jobpakke.packages.services import change_goal, reopen_plan

    stairs, bo = agreed(cast.bo, cast.her), client("bo")
    version = reopen_plan(actor=cast.bo, package=stairs.package, on=DAY)
    change_goal(actor=cast.bo, version=version, title="Gartner", form=GoalForm.ORDINARY, on=DAY)
    assert "Gartner" not in text(bo.get(reverse("citizens")))
    approve(cast.bo, version, DAY)
    assert "Gartner" in text(bo.get(reverse("citizens")))


def test_a_promise_is_open_on_the_days_before_it_was_settled(cast: Cast) -> None:
    from jobpakke.packages.services import make_commitment, settle_commitment

    stairs, bo = agreed(cast.bo, cast.her), client("bo")
    page = reverse("citizen", args=[cast.her.ref])
    later = DAY + timedelta(days=9)
    promise = make_commitment(
        actor=cast.bo, package=stairs.package, party=Party.COMPANY, text="Kursus", due_on=later, on=DAY
    )
    settle_commitment(actor=cast.bo, commitment=promise, kept=True, settled_on=later, on=later)
    assert "Holdt" in text(bo.get(page, {"on": later.isoformat()}))
    before = text(bo.get(page, {"on": (later - timedelta(days=1)).isoformat()}))
    assert "Holdt" not in before
    assert "Forfalder snart" in before


def test_the_date_moves_what_is_shown_and_not_what_one_may(cast: Cast) -> None:
    stairs, bo = agreed(cast.bo, cast.her), client("bo")
    start_step(actor=cast.bo, step=stairs.first.step, started_on=DAY, on=DAY)
    url = reverse("citizen", args=[cast.her.ref])
    assert "trin--under_way" in text(bo.get(url))
    before = (DAY - timedelta(days=1)).isoformat()
    assert "trin--under_way" not in text(bo.get(f"{url}?on={before}"))
    bo.post(reverse("choose_date"), {"on": DAY.isoformat(), "next": url})
    assert "Du ser en anden dag" in text(bo.get(url))
    bo.post(reverse("choose_date"), {"on": "nonsens", "next": "https://example.org/"})
    assert "Du ser i dag" in text(bo.get(url))
    away = bo.post(reverse("choose_date"), {"next": "https://example.org/"})
    assert away.headers["Location"] == reverse("front")
    assert client("erik").get(f"{url}?on={before}").status_code == 404


def test_changing_a_spell_through_the_page_changes_the_table(cast: Cast) -> None:
    programme = open_programme(
        actor=None, code="P", name="P", starts_on=DAY, ends_on=None, targets=[(cast.here, 1)], on=DAY
    )
    agreed(cast.bo, cast.her, programme=programme)
    table = reverse("followup_download") + f"?programme=P&on={DAY}"
    assert "0751,Århus,0,0,0,1,0,0,1" in text(client("finn").get(table))
    bo = client("bo")
    data = {"status": "ordinary_job", "starts_on": DAY.isoformat(), "weekly_hours": "18,5"}
    assert bo.post(reverse("record_status", args=[cast.her.ref]), data).status_code == 302
    assert "0751,Århus,1,0,0,0,0,0,1" in text(client("finn").get(table))
    spell = StatusSpell.objects.current().get()
    overlapping = bo.post(reverse("record_status", args=[cast.her.ref]), data)
    assert "Ret eller afslut den, der er der" in text(overlapping)
    changed = {"status": "flex_job", "starts_on": DAY.isoformat()}
    assert bo.post(reverse("correct_status", args=[spell.ref]), changed).status_code == 302
    assert "0751,Århus,0,1,0,0,0,0,1" in text(client("finn").get(table))
    fresh = StatusSpell.objects.current().get()
    ended = {"day": (DAY + timedelta(days=1)).isoformat()}
    assert bo.post(reverse("end_status", args=[fresh.ref]), ended).status_code == 302
    later = reverse("followup_download") + f"?programme=P&on={DAY + timedelta(days=1)}"
    assert "0751,Århus,0,0,0,1,0,0,1" in text(client("finn").get(later))


def test_follow_up_in_other_shapes_and_what_it_does_not_know(cast: Cast) -> None:
    finn = client("finn")
    assert "Ingen af dine kommuner" in text(finn.get(reverse("followup")))
    assert finn.get(reverse("followup_chart")).status_code == 404
    open_programme(actor=None, code="P", name="P", starts_on=DAY, ends_on=None, targets=[(cast.here, 1)], on=DAY)
    assert finn.get(reverse("followup") + "?programme=Q").status_code == 404
    assert finn.get(reverse("followup_download") + "?format=exe").status_code == 404
    targets = finn.get(reverse("followup_download") + "?tabel=targets&format=json")
    assert targets.json()[-1] == {"municipality_code": "total", "municipality": "", "target": 1, "packages": 0}
    chart = finn.get(reverse("followup_chart"))
    assert chart.headers["Content-Type"] == "image/svg+xml"
    assert b"<script" not in chart.content


def test_an_evaluator_of_one_municipality_sees_its_row_alone(cast: Cast) -> None:
    targets = [(cast.here, 1), (cast.there, 2)]
    open_programme(actor=None, code="P", name="P", starts_on=DAY, ends_on=None, targets=targets, on=DAY)
    page = text(client("finn").get(reverse("followup")))
    assert "Århus" in page
    assert "Aabenraa" not in page


def test_entering_a_company_refuses_a_wrong_number(cast: Cast) -> None:
    bo = client("bo")
    assert "CVR-nummeret er ikke gyldigt" in text(
        bo.post(reverse("register_company"), {"name": "X", "cvr": "12345678"})
    )
    assert bo.post(reverse("register_company"), {"name": "X", "cvr": "99100028"}).status_code == 302
    assert "står i jeres register" in text(bo.post(reverse("register_company"), {"name": "Y", "cvr": "99100028"}))
    assert Company.objects.count() == 1


def test_adding_a_user(cast: Cast) -> None:
    anna = client("anna")
    data = {"full_name": "Ny Bruger", "username": "ny", "role": "caseworker", "password": "12345678901234"}
    assert "for let at gætte" in text(anna.post(reverse("add_user"), data))
    assert anna.post(reverse("add_user"), {**data, "password": "en-lang-adgangskode-9"}).status_code == 302
    assert "er optaget" in text(anna.post(reverse("add_user"), {**data, "password": "en-lang-adgangskode-9"}))
    assert User.objects.get(username="ny").memberships.get().municipality == cast.here


def test_a_page_that_only_shows_cannot_write(cast: Cast) -> None:
    with pytest.raises(WroteWhileReading), reading_only():
        PlannedStep.objects.update(title="x")


def test_who_has_no_role_is_told_so(cast: Cast) -> None:
    page = client("asta").get(reverse("front"))
    assert page.status_code == 403
    assert "Du har ikke adgang her" in text(page)


def test_every_page_carries_the_content_policy(cast: Cast) -> None:
    header = client("bo").get(reverse("today")).headers["Content-Security-Policy"]
    assert "script-src 'self'" in header
    assert "unsafe" not in header
    assert settings.SESSION_COOKIE_HTTPONLY


def test_an_error_page_says_nothing_of_the_fault(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_who: object) -> None:
        raise RuntimeError("610170-1001")

    monkeypatch.setattr("jobpakke.web.today.views.today_page", broken)
    bo = client("bo")
    bo.raise_request_exception = False
    page = bo.get(reverse("today"))
    assert page.status_code == 500
    assert "610170" not in text(page)
    assert "Der skete en fejl hos os" in text(page)


def test_a_plan_and_its_versions_are_shown_as_they_stood_on_the_day(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    days = [DAY + timedelta(days=number) for number in range(4)]
    first, end = DAY + timedelta(days=30), DAY + timedelta(days=60)
    move_step(actor=cast.bo, planned=stairs.first, starts_on=first, ends_on=end, seen=stairs.first.edits, on=DAY)
    propose_plan(actor=cast.bo, version=stairs.version, on=days[1])
    for party, day in zip((Party.CITIZEN, Party.COMPANY, Party.MUNICIPALITY), (days[2], days[3], days[3]), strict=True):
        say_yes(cast.bo, stairs.version, day, party)
    bo = client("bo")
    plan, versions = reverse("plan", args=[stairs.version.ref]), reverse("versions", args=[stairs.package.ref])

    def words(url: str, day: date) -> str:
        return text(bo.get(f"{url}?on={day}"))

    states = ["Kladde", "Foreslået", "Foreslået", "Aftalt"]
    for day, state in zip(days, states, strict=True):
        assert state in words(plan, day)
        assert state in words(versions, day)
    assert "Borgeren" not in words(plan, days[0])
    assert words(plan, days[1]).count("Sagde ja") + words(plan, days[1]).count("Skrev under") == 0
    assert "Version 1" not in words(versions, DAY - timedelta(days=1))
    assert "Kladde" in words(plan, DAY - timedelta(days=1))


def test_evidence_recorded_by_mistake_is_corrected_by_a_new_record(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    start_step(actor=cast.bo, step=stairs.first.step, started_on=DAY, on=DAY)
    bo, address = client("bo"), reverse("record_evidence", args=[stairs.goal.ref])
    case = reverse("citizen", args=[cast.her.ref])
    shown = {"day": DAY.isoformat(), "meets": "yes", "remark": "Kom hver dag"}
    assert bo.post(address, shown).status_code == 302
    assert f'href="{address}"' in text(bo.get(case))
    form = text(bo.get(address))
    assert "nået, „Kom hver dag“ (registreret af Bo)" in form
    first = Evidence.objects.get()
    assert f'value="{first.ref}" selected' in form
    mended = {"day": DAY.isoformat(), "meets": "no", "remark": "Det var en anden borger", "corrects": str(first.ref)}
    assert bo.post(address, mended).status_code == 302
    assert Evidence.objects.counting().get().replaces == first
    assert not stairs.goal.evidence.counting().filter(meets=True).exists()
    assert "ikke nået" in text(bo.get(case))
    again = bo.post(address, mended)
    assert again.status_code == 422
    assert Evidence.objects.count() == 2
