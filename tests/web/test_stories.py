"""The page of a case story: its states, its acts, a day that has passed, and two who word it at once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from jobpakke.citizens.services import change_protection
from jobpakke.lib.clock import today
from jobpakke.packages.models import CaseStory, JobPackage, StoryAsking, StoryConsent
from jobpakke.packages.services import open_programme
from tests.builders import DAY, Cast, agreed, draft
from tests.web.test_both_texts import Race
from tests.web.test_pages import client, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def package(cast: Cast) -> JobPackage:
    programme = open_programme(
        actor=None, code="P", name="P", starts_on=DAY, ends_on=None, targets=[(cast.here, 1)], on=DAY
    )
    return agreed(cast.bo, cast.her, programme=programme).package


def written(package: JobPackage, words: str = "Noor kom i job.") -> CaseStory:
    bo = client("bo")
    seen = package.stories.count()
    answer = bo.post(reverse("write_story", args=[package.ref]), {"told_as": "Noor", "text": words, "seen": seen})
    assert answer.status_code == 302, text(answer)
    return CaseStory.objects.get(package=package, number=seen + 1)


def page_of(package: JobPackage, who: str = "bo", more: str = "") -> str:
    return text(client(who).get(reverse("story", args=[package.ref]) + more))


def test_a_story_goes_from_words_to_consent_and_back(package: JobPackage) -> None:
    assert "Der er ikke skrevet nogen fortælling" in page_of(package)
    story = written(package)
    bo, day = client("bo"), today().isoformat()
    acts = [
        ("Kladde: Borgeren er ikke spurgt", "ask_about_story", {"day": day, "how": "at_meeting"}),
        ("Venter på borgerens samtykke", "consent_to_story", {"day": day, "how": "said_on_phone"}),
        ("Borgeren har givet samtykke", "withdraw_story_consent", {"day": day, "how": "in_writing"}),
    ]
    for state, name, data in acts:
        page = page_of(package)
        assert state in page
        url = reverse(name, args=[story.ref])
        assert url in page
        form = text(bo.get(url))
        assert "Noor kom i job." in form, "the very words stand above the form"
        assert bo.post(url, {"day": day}).status_code == 422
        assert bo.post(url, data).status_code == 302
    page = page_of(package)
    assert "Samtykket er trukket tilbage" in page
    assert "Borgeren gav samtykke (sagde ja i telefonen)" in page
    assert StoryAsking.objects.count() == StoryConsent.objects.count() == 1


def test_the_page_says_which_notes_tell_it(cast: Cast, package: JobPackage) -> None:
    story = written(package)
    assert "Intet opfølgningsnotat fortæller den" in page_of(package)
    day = today().isoformat()
    client("bo").post(reverse("consent_to_story", args=[story.ref]), {"day": day, "how": "said_on_phone"})
    assert "Opfølgningsnotater om P fra og med" in page_of(package)
    alone = agreed(cast.erik, cast.frode).package
    client("erik").post(reverse("write_story", args=[alone.ref]), {"told_as": "Idris", "text": "Et job.", "seen": 0})
    assert "Pakken hører ikke til noget projekt" in page_of(alone, "erik")


def test_a_name_that_tells_who_it_is_is_explained_and_nothing_typed_is_lost(package: JobPackage) -> None:
    url = reverse("write_story", args=[package.ref])
    answer = client("bo").post(url, {"told_as": "Asta", "text": "Et langt arbejde.\r\n\r\nTo.", "seen": 0})
    assert answer.status_code == 422
    assert "er borgerens eget navn" in text(answer)
    assert "Et langt arbejde." in text(answer)
    full = ("x" * 99 + "\r\n") * 40
    assert client("bo").post(url, {"told_as": "Noor", "text": full, "seen": 0}).status_code == 302


def test_who_words_it_second_sees_both_texts(package: JobPackage) -> None:
    written(package)
    url = reverse("write_story", args=[package.ref])
    first, second = {"told_as": "Noor", "text": "Den første."}, {"told_as": "Noor", "text": "Den anden."}
    Race(url, first, second).run(client("bo"), ("Den første.", "Den anden."))


def test_a_day_that_has_passed_shows_what_was_then_and_offers_nothing(cast: Cast, package: JobPackage) -> None:
    story = written(package, "De første ord.")
    later = today() + timedelta(days=2)
    CaseStory.objects.create(
        package=package, number=2, told_as="Noor", text="De næste ord.", written_by=cast.bo, written_on=later
    )
    StoryConsent.objects.create(story=story, given_on=later, on_behalf_reason="signed_on_paper", recorded_by=cast.bo)
    before = page_of(package, more=f"?on={DAY}")
    assert "Der er ikke skrevet nogen fortælling" in before
    assert reverse("write_story", args=[package.ref]) not in before
    then = page_of(package, more=f"?on={today()}")
    assert "De første ord." in then
    assert "Kladde: Borgeren er ikke spurgt" in then
    assert "De næste ord." not in then
    after = page_of(package, more=f"?on={later}")
    assert "De næste ord." in after
    assert re.search(rf'href="[^"]*udgave=1&amp;on={later}"', after)
    old = page_of(package, more=f"?udgave=1&on={later}")
    assert "De første ord." in old
    assert "Omskrevet siden" in old
    assert reverse("consent_to_story", args=[story.ref]) not in old


def test_the_team_leader_reads_and_acts_on_nothing(package: JobPackage) -> None:
    story = written(package)
    page = page_of(package, "tove")
    assert "Noor kom i job." in page
    for name, ref in (("write_story", package.ref), ("ask_about_story", story.ref), ("consent_to_story", story.ref)):
        assert reverse(name, args=[ref]) not in page


def test_a_protected_citizen_is_offered_no_story_but_may_take_one_back(cast: Cast, package: JobPackage) -> None:
    change_protection(actor=cast.bo, citizen=cast.her, protected=None, on=today())
    page = page_of(package)
    assert "navne- og adressebeskyttelse" in page
    assert reverse("write_story", args=[package.ref]) not in page
    change_protection(actor=cast.bo, citizen=cast.her, protected=False, on=today())
    story = written(package)
    data = {"day": today().isoformat(), "how": "said_on_phone"}
    client("bo").post(reverse("consent_to_story", args=[story.ref]), data)
    change_protection(actor=cast.bo, citizen=cast.her, protected=True, on=today())
    page = page_of(package)
    assert "fortælles der ikke nogen" in page
    assert reverse("withdraw_story_consent", args=[story.ref]) in page
    assert reverse("write_story", args=[package.ref]) not in page
    assert "Opfølgningsnotater om" not in page


def test_a_draft_has_no_link_to_a_story_and_its_page_says_why(cast: Cast) -> None:
    package = draft(cast.erik, cast.frode).package
    address = reverse("story", args=[package.ref])
    assert address not in text(client("erik").get(reverse("citizen", args=[cast.frode.ref])))
    assert "Pakken er ikke begyndt" in page_of(package, "erik")


def test_of_a_locked_package_a_consent_can_be_taken_back_and_nothing_else(package: JobPackage) -> None:
    story = written(package)
    data = {"day": today().isoformat(), "how": "said_on_phone"}
    client("bo").post(reverse("consent_to_story", args=[story.ref]), data)
    long_ago = DAY.replace(year=DAY.year - 30)
    JobPackage.objects.filter(pk=package.pk).update(opened_on=long_ago, ended_on=long_ago, outcome="other")
    page = page_of(package)
    assert "låst" in page
    assert "Opfølgningsnotater om P fra og med" in page
    assert reverse("withdraw_story_consent", args=[story.ref]) in page
    assert reverse("write_story", args=[package.ref]) not in page
