"""The pages of a competence card: of who asks, who answers by the link, who takes it in; what a link never shows."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jobpakke.citizens.services import change_protection
from jobpakke.companies.services import name_mentor
from jobpakke.lib.clock import today
from jobpakke.lib.logs import WithoutCodes
from jobpakke.packages.cards import code_of, questions_of
from jobpakke.packages.models import CardAnswer, CompetenceCard, Evidence
from jobpakke.packages.services import ask_for_card, renew_card_link, revoke_card
from tests.builders import Cast, workplace
from tests.packages.carded import WHO, AtWork, asked, at_work, filled
from tests.web.test_pages import client, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(cast: Cast) -> AtWork:
    """Begun forty days ago; the level that is demanded is 3, and none."""
    place = workplace(cast.bo, cast.here)
    return at_work(cast.bo, cast.her, place, levels=(3, None), on=today() - timedelta(days=40))


def link(card: CompetenceCard, name: str = "card_link", *more: object) -> str:
    card.refresh_from_db()
    return reverse(name, args=[card.ref, code_of(card), *more])


def edits(page: str) -> str:
    """What the page carries of the answers that stood on it."""
    found = re.search(r'name="seen" value="(\d+)"', page)
    assert found is not None
    return found[1]


def page_of(card: CompetenceCard, who: str = "bo", more: str = "") -> str:
    return text(client(who).get(reverse("card", args=[card.ref]) + more))


def test_from_the_staircase_to_the_evidence(cast: Cast, work: AtWork) -> None:
    bo, company = client("bo"), Client()
    assert reverse("ask_card", args=[work.step.ref]) in text(bo.get(reverse("citizen", args=[cast.her.ref])))
    answer = bo.post(reverse("ask_card", args=[work.step.ref]), {"who": WHO})
    card = CompetenceCard.objects.get()
    assert answer.headers["Location"] == reverse("card", args=[card.ref])
    page = page_of(card)
    assert f"http://testserver{link(card)}" in page
    assert 'src="data:image/svg+xml' in page, "a phone reads it off the screen"
    for number, asked_for in enumerate(questions_of(card), start=1):
        at = link(card, "card_question", number)
        assert link(card, "card_question", number) in text(company.get(link(card))), "goes on where one left"
        assert company.get(at).status_code == 200
        then = company.post(at, {"level": "4" if number < 9 else "0"}).headers["Location"]
        assert then == (link(card, "card_question", number + 1) if number < 10 else link(card, "hand_in_card"))
        assert card.answers.get(question=asked_for.code).level == (4 if number < 9 else None)
    overview = text(company.get(link(card, "hand_in_card")))
    assert overview.count("4: Kan det alene") == 8
    back = company.post(link(card, "hand_in_card"), {"remark": "Godt gået", "ret": "2"})
    assert back.headers["Location"] == link(card, "card_question", 2)
    changed = company.post(link(card, "card_question", 2), {"level": "4"})
    assert changed.headers["Location"] == link(card, "hand_in_card"), "one question is changed, not all after it"
    overview = text(company.get(link(card, "hand_in_card")))
    assert "Godt gået" in overview
    sent = company.post(link(card, "hand_in_card"), {"remark": "Godt gået", "seen": edits(overview)}, follow=True)
    assert "Kortet er sendt" in text(sent)
    assert company.get(link(card)).status_code == 410
    assert "Kompetencekort udfyldt" in text(bo.get(reverse("today")))
    page = page_of(card)
    assert "Godt gået" in page
    assert "kræves: 3" in page
    url = reverse("take_in_card", args=[card.ref])
    assert bo.post(url, {}).status_code == 422, "of a goal without a level somebody says whether it is met"
    assert bo.post(url, {f"goal_{work.goals[1].ref}": "no"}).status_code == 302
    assert set(Evidence.objects.values_list("sub_goal", "meets")) == {
        (work.goals[0].pk, True),
        (work.goals[1].pk, False),
    }
    said = text(bo.get(reverse("record_evidence", args=[work.goals[0].ref])))
    assert f"efter kortet fra {WHO}" in said
    assert "Taget med i planen af Bo" in page_of(card)


def test_a_page_behind_the_link_shows_the_given_name_and_nothing_else_of_anybody(cast: Cast, work: AtWork) -> None:
    card = asked(cast.bo, work, today())
    for url in (link(card), link(card, "card_question", 1), link(card, "hand_in_card")):
        answer = Client().get(url)
        page = text(answer)
        assert cast.her.given_name in page or "card_question" in url
        assert cast.her.family_name not in page
        assert "610170" not in page
        assert str(cast.her.ref) not in page
        assert reverse("today") not in page
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert answer.headers["Referrer-Policy"] == "strict-origin", "no file is told the link"


@pytest.mark.parametrize("wrong", ["x", "å", "x" * 300, "<script>"])
def test_a_wrong_link_tells_nothing(cast: Cast, work: AtWork, wrong: str) -> None:
    card = asked(cast.bo, work, today())
    for name, more in (("card_link", ()), ("card_question", (1,)), ("hand_in_card", ())):
        answer = Client().get(reverse(name, args=[card.ref, wrong, *more]))
        assert answer.status_code == 404
        assert "Linket passer ikke til noget kort" in text(answer)
        assert cast.her.given_name not in text(answer)


def test_each_link_that_opens_nothing_says_why(cast: Cast, work: AtWork) -> None:
    card = asked(cast.bo, work, today())
    old = link(card)
    renew_card_link(actor=cast.bo, card=card, on=today())
    assert "nyere link" in text(Client().get(old))
    ago = today() - timedelta(days=30)
    CompetenceCard.objects.filter(pk=card.pk).update(asked_on=ago, linked_on=ago, link_until=today())
    gone = Client().get(link(card))
    assert gone.status_code == 410
    assert "Linket virkede til og med" in text(gone)
    assert "Linket er udløbet" in page_of(card)
    assert link(card) not in page_of(card)
    revoke_card(actor=cast.bo, card=CompetenceCard.objects.get(pk=card.pk), on=today())
    assert "trak kortet tilbage" in text(Client().get(link(card)))
    assert not CardAnswer.objects.exists()


def test_whoever_is_not_asked_is_told_whom_to_give_it_to(cast: Cast, work: AtWork) -> None:
    answer = Client().get(link(asked(cast.bo, work, today())) + "?anden=1")
    assert answer.status_code == 403
    assert f"Kun {WHO} er spurgt" in text(answer)


def test_what_no_button_sends_is_refused_and_saves_nothing(cast: Cast, work: AtWork) -> None:
    card = asked(cast.bo, work, today())
    for level in ("6", "", "9" * 400, "-1", "²", "x"):
        answer = Client().post(link(card, "card_question", 1), {"level": level})
        assert answer.status_code == 409
        assert "fra 1 til 5" in text(answer)
    for number in (0, 99):
        answer = Client().get(link(card, "card_question", number))
        assert answer.status_code == 409
        assert "ikke på kortet" in text(answer)
    assert not CardAnswer.objects.exists()


def test_a_refused_card_keeps_what_was_typed(cast: Cast, work: AtWork) -> None:
    card = asked(cast.bo, work, today())
    answer = Client().post(link(card, "hand_in_card"), {"remark": "Vi er\r\n" + "x" * 393, "seen": "0"})
    assert answer.status_code == 422
    assert "højst" not in text(answer), "a line break is one sign of the 400"
    assert "Vi er" in text(answer)
    assert "x" * 393 in text(answer)
    assert "Delmål 1, Delmål 2" in text(answer)


def test_another_page_cannot_answer_for_the_company(cast: Cast, work: AtWork) -> None:
    card = asked(cast.bo, work, today())
    answer = Client(enforce_csrf_checks=True).post(link(card, "card_question", 1), {"level": "5"})
    assert answer.status_code == 403
    assert not CardAnswer.objects.exists()


def test_no_code_of_a_link_is_logged(cast: Cast, work: AtWork) -> None:
    card = asked(cast.bo, work, today())
    url = link(card, "card_question", 1)
    record = logging.LogRecord("django.security.csrf", logging.WARNING, "", 0, "Forbidden (%s): %s", ("x", url), None)
    assert WithoutCodes().filter(record)
    assert code_of(card) not in record.getMessage()
    assert record.getMessage() == f"Forbidden (x): /virksomhed/kort/{card.ref}/…/1/"


def test_what_the_job_consultant_fills_in_is_not_told_as_the_companys(cast: Cast, work: AtWork) -> None:
    card, bo = asked(cast.bo, work, today()), client("bo")
    for number, _each in enumerate(questions_of(card), start=1):
        bo.post(link(card, "card_question", number), {"level": "5"})
    page = text(bo.get(link(card, "hand_in_card")))
    assert bo.post(link(card, "hand_in_card"), {"remark": "", "seen": edits(page)}).status_code == 302
    assert "Udfyldt på en skærm, hvor Bo var logget på" in page_of(card)


def test_a_card_that_does_not_count_stands_in_no_table(cast: Cast, work: AtWork) -> None:
    card, bo = filled(asked(cast.bo, work, today()), 5, on=today()), client("bo")
    url = reverse("set_card_aside", args=[card.ref])
    assert bo.post(url, {}).status_code == 422
    assert bo.post(url, {"because": "other_citizen"}).status_code == 302
    assert "det handler om en anden borger" in page_of(card)
    assert "Holder tempo" not in text(bo.get(reverse("citizen_cards", args=[cast.her.ref])))
    assert "Kompetencekort udfyldt" not in text(bo.get(reverse("today")))


def test_asking_twice_leads_to_the_card_that_waits(cast: Cast, work: AtWork) -> None:
    bo, url = client("bo"), reverse("ask_card", args=[work.step.ref])
    first, again = (bo.post(url, {"who": WHO}).headers["Location"] for _each in range(2))
    assert first == again == reverse("card", args=[CompetenceCard.objects.get().ref])


def test_the_place_of_a_protected_citizen_does_not_stand_behind_a_link(cast: Cast, work: AtWork) -> None:
    card = asked(cast.bo, work, today())
    assert card.workplace.name in text(Client().get(link(card)))
    change_protection(actor=cast.bo, citizen=cast.her, protected=True, on=today())
    assert card.workplace.name not in text(Client().get(link(card)))


def test_in_english(cast: Cast, work: AtWork) -> None:
    company, card = Client(), asked(cast.bo, work, today())
    turned = company.post(reverse("language"), {"language": "en", "next": link(card)})
    assert turned.headers["Location"] == link(card)
    assert "Can do it alone" in text(company.get(link(card, "card_question", 3)))


def test_the_team_leader_reads_and_gets_no_link(cast: Cast, work: AtWork) -> None:
    card = asked(cast.bo, work, today())
    page = page_of(card, "tove")
    assert "Venter på virksomheden" in page
    assert code_of(card) not in page
    assert reverse("revoke_card", args=[card.ref]) not in page


def test_a_day_that_has_passed_shows_the_card_as_it_was(cast: Cast, work: AtWork) -> None:
    day = today() - timedelta(days=20)
    card = filled(asked(cast.bo, work, day), on=day + timedelta(days=3), remark="Kan selv")
    before, after = page_of(card, more=f"?on={day}"), page_of(card, more=f"?on={day + timedelta(days=3)}")
    assert "Venter på virksomheden" in before
    assert "Kan selv" not in before
    assert code_of(card) not in before
    assert "Kan selv" in after
    assert reverse("take_in_card", args=[card.ref]) not in after
    tab = reverse("citizen_cards", args=[cast.her.ref])
    assert "Ingen kort endnu" in text(client("bo").get(f"{tab}?on={day - timedelta(days=1)}"))


def test_the_tab_sets_the_cards_beside_each_other(cast: Cast, work: AtWork) -> None:
    day = today() - timedelta(days=20)
    filled(asked(cast.bo, work, day), 2, on=day)
    later = filled(asked(cast.bo, work, day + timedelta(days=9)), 5, on=day + timedelta(days=9))
    page = text(client("bo").get(reverse("citizen_cards", args=[cast.her.ref])))
    row = re.search(r'<th scope="row">Holder tempo</th>(.*?)</tr>', page, re.DOTALL)
    assert row is not None
    assert re.findall(r">(\d)<", row[1]) == ["2", "5"]
    assert "på kortet før: 2" in page_of(later)


def test_a_card_that_nobody_answers_is_reminded_of(cast: Cast, work: AtWork) -> None:
    def told(**ago: int) -> bool:
        day = today() - timedelta(**ago)
        CompetenceCard.objects.all().update(asked_on=day, linked_on=day)
        return "Kompetencekort mangler" in text(client("bo").get(reverse("today")))

    asked(cast.bo, work, today())
    assert [told(days=number) for number in (6, 7, 8)] == [False, True, True]


@pytest.mark.once
def test_the_same_queries_for_one_card_and_for_many(cast: Cast, work: AtWork) -> None:
    def measured(url: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert bo.get(url).status_code == 200
        return len(queries)

    bo, tab = client("bo"), reverse("citizen_cards", args=[cast.her.ref])
    filled(asked(cast.bo, work, today()), on=today())
    card = filled(asked(cast.bo, work, today()), on=today())
    few = [measured(tab), measured(reverse("card", args=[card.ref]))]
    for number in range(9):
        name_mentor(actor=cast.bo, workplace=card.workplace, name=f"Nr {number}", on=today())
        more = ask_for_card(actor=cast.bo, step=work.step, asked_name=f"Nr {number}", on=today())
        filled(more, on=today())
    many = [measured(tab), measured(reverse("card", args=[more.ref]))]
    assert few == many
    assert max(many) <= 12


def test_asking_where_nobody_can_be_asked_says_so(cast: Cast, work: AtWork) -> None:
    work.step.wordings.update(workplace=None)
    bo: Any = client("bo")
    answer = bo.post(reverse("ask_card", args=[work.step.ref]), {"who": WHO})
    assert answer.status_code == 409
    assert "ingen at spørge" in text(answer)
    assert not CompetenceCard.objects.exists()


def test_before_a_package_ends_one_is_told_of_its_cards(cast: Cast, work: AtWork) -> None:
    def told() -> str:
        return text(client("bo").get(reverse("conclude_package", args=[work.package.ref])))

    card = asked(cast.bo, work, today())
    assert f"Kort, der ikke er udfyldt, trækkes tilbage: {WHO}" in told()
    filled(card, on=today())
    assert f"ikke taget med i planen: kortet fra {WHO}" in told()
