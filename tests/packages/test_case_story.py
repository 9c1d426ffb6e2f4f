"""The case story: written, asked about, consented to, taken back; what is told of it, and what never."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobpakke.access.models import Municipality
from jobpakke.citizens.services import change_protection
from jobpakke.history.models import Event
from jobpakke.lib.refusal import Refused
from jobpakke.method.stories import told_in
from jobpakke.packages.models import CaseStory, HowTold, JobPackage, Programme, StoryAsking, StoryConsent
from jobpakke.packages.models.package import OnBehalfReason
from jobpakke.packages.services import (
    ask_about_story,
    consent_to_story,
    open_programme,
    withdraw_story_consent,
    write_story,
)
from jobpakke.packages.stories import paragraphs, told_stories
from tests.builders import DAY, Cast, agreed, draft

pytestmark = pytest.mark.django_db
LATER = DAY + timedelta(days=10)
PHONE = HowTold.ON_PHONE


@pytest.fixture
def programme(cast: Cast) -> Programme:
    targets = [(cast.here, 1), (cast.there, 1)]
    return open_programme(actor=None, code="P", name="P", starts_on=DAY, ends_on=None, targets=targets, on=DAY)


@pytest.fixture
def package(cast: Cast, programme: Programme) -> JobPackage:
    return agreed(cast.bo, cast.her, programme=programme).package


def write(cast: Cast, package: JobPackage, text: str = "Noor kom i job.", **more: Any) -> CaseStory:
    given = {"actor": cast.bo, "told_as": "Noor", "seen": 0, "on": DAY, **more}
    return write_story(package=package, text=text, **given)


def consent(cast: Cast, story: CaseStory, given_on: date = DAY, **more: Any) -> StoryConsent:
    given = {"actor": cast.bo, "on_behalf_reason": OnBehalfReason.SIGNED_ON_PAPER, "on": LATER, **more}
    return consent_to_story(story=story, given_on=given_on, **given)


def ask(cast: Cast, story: CaseStory, asked_on: date = DAY, **more: Any) -> None:
    ask_about_story(**{"actor": cast.bo, "story": story, "asked_on": asked_on, "how": PHONE, "on": LATER, **more})


def withdraw(cast: Cast, story: CaseStory, withdrawn_on: date = LATER, **more: Any) -> None:
    given = {"actor": cast.bo, "how": PHONE, "on": LATER, **more}
    withdraw_story_consent(story=story, withdrawn_on=withdrawn_on, **given)


def names(programme: Programme, of: date = LATER, made_on: date = LATER, **more: Any) -> list[str]:
    return [each.told_as for each in told_stories(programme, of=of, made_on=made_on, **more)]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"told_as": " "}, "TEXT_NEEDED"),
        ({"told_as": "N" * 41}, "TEXT_TOO_LONG"),
        ({"told_as": "asta"}, "STORY_NAME_IS_CITIZENS"),
        ({"told_as": "Fru Testesen"}, "STORY_NAME_IS_CITIZENS"),
        ({"told_as": "Noor 010170-1234"}, "STORY_HOLDS_NUMBER"),
        ({"text": ""}, "TEXT_NEEDED"),
        ({"text": "x" * 4001}, "TEXT_TOO_LONG"),
        ({"text": "lyd\x07"}, "TEXT_NOT_PLAIN"),
        ({"text": "Det var Astas egen idé."}, "STORY_TEXT_NAMES_CITIZEN"),
        ({"text": "Nummer 0101701234."}, "STORY_HOLDS_NUMBER"),
        ({"seen": 1}, "STORY_CHANGED_MEANWHILE"),
    ],
)
def test_what_is_not_written(cast: Cast, package: JobPackage, change: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused, match=f"^{code}$"):
        write(cast, package, **change)
    assert not CaseStory.objects.exists()
    assert not Event.objects.filter(kind="story_written").exists()


def test_only_the_own_caseworker_acts(cast: Cast, package: JobPackage) -> None:
    story = write(cast, package)
    consent(cast, story)
    people = ((cast.erik, "NOT_FOUND"), (cast.dorte, "NOT_FOUND"), (cast.tove, "ROLE_LACKS_ACT"))
    for actor, code in (*people, (cast.carla, "NOT_FOUND"), (cast.finn, "NOT_FOUND")):
        for act in (
            lambda actor: write(cast, package, "Andet.", actor=actor, seen=1),
            lambda actor: ask(cast, story, actor=actor),
            lambda actor: consent(cast, story, actor=actor),
            lambda actor: withdraw(cast, story, actor=actor),
        ):
            with pytest.raises(Refused, match=f"^{code}$"):
                act(actor)
    assert list(CaseStory.objects.visible_to(cast.erik, on=DAY)) == []
    assert list(CaseStory.objects.visible_to(cast.tove, on=DAY)) == [story]


def test_a_draft_package_has_no_story(cast: Cast) -> None:
    with pytest.raises(Refused, match="^STORY_PACKAGE_NOT_BEGUN$"):
        write(cast, draft(cast.bo, cast.her).package)


@pytest.mark.parametrize("protected", [True, None])
def test_a_protected_citizen_has_no_story_and_may_always_take_one_back(
    cast: Cast, programme: Programme, package: JobPackage, protected: bool | None
) -> None:
    story = write(cast, package)
    consent(cast, story)
    assert names(programme) == ["Noor"]
    change_protection(actor=cast.bo, citizen=cast.her, protected=protected, on=LATER)
    assert names(programme) == []
    for act in (lambda: write(cast, package, "Andet.", seen=1), lambda: ask(cast, story), lambda: consent(cast, story)):
        with pytest.raises(Refused, match="^STORY_OF_PROTECTED$"):
            act()
    withdraw(cast, story)
    change_protection(actor=cast.bo, citizen=cast.her, protected=False, on=LATER)
    assert names(programme) == []


def test_new_words_need_a_consent_of_their_own(cast: Cast, programme: Programme, package: JobPackage) -> None:
    first = write(cast, package)
    consent(cast, first)
    with pytest.raises(Refused, match="^STORY_UNCHANGED$"):
        write(cast, package, seen=1)
    with pytest.raises(Refused, match="^STORY_CHANGED_MEANWHILE$"):
        write(cast, package, "Andet.", seen=0)
    second = write(cast, package, "Noor fik et job.\r\n\r\nDet var maj.", seen=1, on=LATER)
    assert (second.number, second.text) == (2, "Noor fik et job.\n\nDet var maj.")
    assert names(programme) == []
    for act in (lambda: ask(cast, first), lambda: consent(cast, first)):
        with pytest.raises(Refused, match="^STORY_REPLACED$"):
            act()
    consent(cast, second, LATER)
    told = told_stories(programme, of=LATER, made_on=LATER)
    assert [each.paragraphs for each in told] == [("Noor fik et job.", "Det var maj.")]
    assert names(programme, of=LATER - timedelta(days=1)) == []
    withdraw(cast, first)
    assert names(programme) == ["Noor"]


def test_a_consent_taken_back_leaves_every_note_made_from_that_day(
    cast: Cast, programme: Programme, package: JobPackage
) -> None:
    story = write(cast, package)
    assert names(programme) == []
    ask(cast, story)
    assert names(programme) == []
    consent(cast, story)
    assert names(programme, of=DAY, made_on=DAY) == names(programme, of=DAY, made_on=LATER) == ["Noor"]
    withdraw(cast, story)
    assert names(programme, of=DAY, made_on=LATER) == names(programme, of=DAY, made_on=LATER + timedelta(99)) == []
    with pytest.raises(Refused, match="^STORY_NOT_CONSENTED$"):
        withdraw(cast, story)
    consent(cast, story, LATER)
    assert names(programme) == ["Noor"]
    assert [(each.given_on, each.withdrawn_on) for each in story.consents.all()] == [(DAY, LATER), (LATER, None)]
    kinds = Event.objects.filter(subject=story.ref).order_by("pk").values_list("kind", "effective_on")
    assert list(kinds) == [
        ("story_written", DAY),
        ("story_asked", DAY),
        ("story_consented", DAY),
        ("story_withdrawn", LATER),
        ("story_consented", LATER),
    ]
    said = Event.objects.filter(subject=story.ref).order_by("pk").values_list("data", flat=True)
    assert said[2] == {"number": 1, "on_behalf": "signed_on_paper"}
    assert "Noor" not in str(list(said))


@pytest.mark.parametrize("act", [ask, consent])
def test_what_is_not_recorded_of_an_answer(cast: Cast, package: JobPackage, act: Any) -> None:
    story = write(cast, package)
    early = {ask: "STORY_ASKED_BEFORE_WRITTEN", consent: "STORY_CONSENT_TOO_EARLY"}[act]
    for day, code in ((DAY - timedelta(days=1), early), (LATER + timedelta(days=1), "DATE_AHEAD")):
        with pytest.raises(Refused, match=f"^{code}$"):
            act(cast, story, day)
    act(cast, story)
    again = {ask: "STORY_ASKED_ALREADY", consent: "STORY_CONSENTED_ALREADY"}[act]
    with pytest.raises(Refused, match=f"^{again}$"):
        act(cast, story)


def test_a_consent_is_taken_back_on_a_day_of_its_own(cast: Cast, package: JobPackage) -> None:
    story = write(cast, package)
    with pytest.raises(Refused, match="^STORY_NOT_CONSENTED$"):
        withdraw(cast, story)
    consent(cast, story, LATER)
    for day, code in ((DAY, "STORY_WITHDRAWN_BEFORE_GIVEN"), (LATER + timedelta(days=1), "DATE_AHEAD")):
        with pytest.raises(Refused, match=f"^{code}$"):
            withdraw(cast, story, day)


def test_of_two_at_once_the_second_is_refused(cast: Cast, package: JobPackage, monkeypatch: pytest.MonkeyPatch) -> None:
    story = write(cast, package)
    ask(cast, story)
    consent(cast, story)
    nothing = "jobpakke.packages.services.stories.why_not_"
    for name in ("ask", "consent"):
        monkeypatch.setattr(f"{nothing}{name}", lambda _fact, _day: ())
    for act in (lambda: ask(cast, story), lambda: consent(cast, story)):
        with pytest.raises(Refused, match="^CHANGED_MEANWHILE_BY_ANOTHER$"):
            act()
    withdraw(cast, story)
    monkeypatch.setattr(f"{nothing}withdraw", lambda _fact, _day: ())
    with pytest.raises(Refused, match="^CHANGED_MEANWHILE_BY_ANOTHER$"):
        withdraw(cast, story)


def test_a_note_tells_the_stories_of_its_own_programme_and_municipalities(cast: Cast, programme: Programme) -> None:
    other = open_programme(
        actor=None, code="Q", name="Q", starts_on=DAY, ends_on=None, targets=[(cast.here, 1)], on=DAY
    )
    cases = ((cast.bo, cast.her, programme), (cast.dorte, cast.gerda, programme), (cast.erik, cast.frode, other))
    for number, (actor, whom, of) in enumerate(cases):
        story = write(cast, agreed(actor, whom, programme=of).package, told_as=f"Navn {'ABC'[number]}", actor=actor)
        consent(cast, story, actor=actor)
    assert names(programme) == ["Navn A", "Navn B"]
    assert names(other) == ["Navn C"]
    assert names(programme, among=Municipality.objects.filter(pk=cast.there.pk)) == ["Navn B"]


def test_the_database_keeps_words_and_answers(cast: Cast, package: JobPackage) -> None:
    story = write(cast, package)
    ask(cast, story)
    row = consent(cast, story)
    for rows in (CaseStory.objects.all(), StoryAsking.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(recorded_at=row.story.recorded_at)
    for change in (
        {"on_behalf_reason": ""},
        {"withdrawn_on": DAY},
        {"withdrawn_on": DAY - timedelta(days=1), "withdrawn_how": "on_phone", "withdrawn_by": cast.bo},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            StoryConsent.objects.filter(pk=row.pk).update(**change)
    for number, told_as in ((1, "Noor"), (0, "Noor"), (2, "")):
        with pytest.raises(IntegrityError), transaction.atomic():
            CaseStory.objects.create(
                package=package, number=number, told_as=told_as, text="x", written_by=cast.bo, written_on=DAY
            )


def test_paragraphs_are_what_empty_lines_set_apart() -> None:
    assert paragraphs("Et.\nTo.\n \n\nTre.\n\n") == ("Et.\nTo.", "Tre.")


days = st.integers(0, 8).map(lambda number: DAY + timedelta(days=number))
pairs = st.lists(st.tuples(days, st.none() | days), max_size=2)


@given(made=st.lists(st.tuples(days, pairs), max_size=3), of=days, made_on=days)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_told_in_sql_is_what_the_method_tells(
    cast: Cast, package: JobPackage, made: list[tuple[date, list[Any]]], of: date, made_on: date
) -> None:
    with transaction.atomic():
        for number, (written_on, consents) in enumerate(sorted(made, key=lambda each: each[0]), start=1):
            story = CaseStory.objects.create(
                package=package, number=number, told_as="N", text="x", written_by=cast.bo, written_on=written_on
            )
            taken = False
            for given_on, withdrawn_on in consents:
                if withdrawn_on is None and taken:
                    continue
                taken = taken or withdrawn_on is None
                StoryConsent.objects.create(
                    story=story,
                    given_on=given_on,
                    on_behalf_reason="signed_on_paper",
                    recorded_by=cast.bo,
                    withdrawn_on=max(given_on, withdrawn_on) if withdrawn_on else None,
                    withdrawn_how="on_phone" if withdrawn_on else "",
                    withdrawn_by=cast.bo if withdrawn_on else None,
                )
        rows = list(CaseStory.objects.select_related("asking").prefetch_related("consents"))
        expected = told_in([row.fact() for row in rows], of=of, made_on=made_on)
        found = list(CaseStory.objects.told_in(of=of, made_on=made_on).values_list("number", flat=True))
        transaction.set_rollback(True)
    assert found == ([expected.number] if expected else [])


def test_a_locked_package_gets_no_story_and_a_consent_to_one_can_still_be_taken_back(
    cast: Cast, programme: Programme, package: JobPackage
) -> None:
    story = write(cast, package)
    consent(cast, story)
    JobPackage.objects.filter(pk=package.pk).update(ended_on=DAY, outcome="other")
    long_after = DAY.replace(year=DAY.year + 30)
    package.refresh_from_db()
    story = CaseStory.objects.select_related("package__citizen").get(pk=story.pk)
    for act in (
        lambda: write(cast, package, "Andet.", seen=1, on=long_after),
        lambda: ask(cast, story, on=long_after),
        lambda: consent(cast, story, on=long_after),
    ):
        with pytest.raises(Refused, match="^PACKAGE_LOCKED$"):
            act()
    assert names(programme, made_on=long_after) == ["Noor"]
    withdraw(cast, story, long_after, on=long_after)
    assert names(programme, made_on=long_after) == []
