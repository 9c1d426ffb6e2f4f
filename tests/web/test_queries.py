"""A page takes the same few queries for 2 rows and for 200, and stays small."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jobpakke.access.models import AccessLog, Municipality, User
from jobpakke.citizens.models import Citizen
from jobpakke.companies.models import Company, Mentor, Sector, WorkFunction, Workplace
from jobpakke.demo import bulk
from jobpakke.demo.lives import Life, NoteLife
from jobpakke.demo.people import replacement_cpr
from jobpakke.demo.scenes import SCENARIOS, Scene
from jobpakke.lib.clock import today
from jobpakke.lib.refs import new_ref
from jobpakke.method.progress import Answerer
from jobpakke.method.step_kinds import EvidenceKind, StepKind
from jobpakke.packages.models import (
    Aftercare,
    Commitment,
    HowTold,
    JobPackage,
    JournalNote,
    NoteKind,
    Parties,
    Party,
)
from jobpakke.packages.models.journal import search_key
from jobpakke.packages.models.package import OnBehalfReason
from jobpakke.packages.questionnaires import newest_shipped
from jobpakke.packages.services import (
    add_sub_goal,
    ask_about_story,
    consent_to_story,
    file_signed_copy,
    lay_step,
    make_commitment,
    open_programme,
    propose_plan,
    record_measure,
    reopen_plan,
    write_story,
)
from jobpakke.packages.services.plan.checks import StepFacts
from tests.builders import DAY, MOST_STEPS, SINCE, Cast, agreed, citizen, draft, say_yes, workplace
from tests.followup.counts import counted
from tests.packages.papers import scan

pytestmark = [pytest.mark.django_db, pytest.mark.once]
MOST_QUERIES = 12
FEW, MANY = 2, 200


@pytest.fixture(autouse=True)
def _asked_once(db: None) -> None:
    """Django asks SQLite once a process whether it knows JSON; that is no query of a page."""
    assert connection.features.supports_json_field


@pytest.fixture
def fill(cast: Cast) -> Callable[[int], None]:
    """Adds so many citizens with packages, contacts, promises; companies, users and look-ups."""
    programme = open_programme(
        actor=None, code="P", name="P", starts_on=DAY, ends_on=None, targets=[(cast.here, 3)], on=DAY
    )
    place = workplace(cast.bo, cast.here)
    ground = bulk.Ground(
        municipalities={"0751": cast.here},
        users={"bo": cast.bo},
        programmes={"P": programme},
        workplaces={"0751": [place]},
    )
    serial = iter(range(4000))

    def more(count: int) -> None:
        bulk.load([life(next(serial)) for _ in range(count)], ground)
        register(place, cast.here, [next(serial) for _ in range(count)])
        AccessLog.objects.bulk_create(
            AccessLog(user=cast.bo, municipality=cast.here, citizen=citizen.ref, page="citizen")
            for citizen in Citizen.objects.filter(municipality=cast.here)[:count]
        )

    return more


def register(place: Workplace, here: Municipality, numbers: list[int]) -> None:
    """For each number one more company, and at the first one more mentor, workplace and function."""
    Company.objects.bulk_create(
        Company(municipality=here, cvr=f"{number:08d}", name="F", sort_key="f") for number in numbers
    )
    Mentor.objects.bulk_create(Mentor(workplace=place, name="M") for _ in numbers)
    others = Workplace.objects.bulk_create(
        Workplace(company=place.company, p_number=f"{number:010d}", name="A", sector=Sector.PUBLIC)
        for number in numbers
    )
    WorkFunction.objects.bulk_create(WorkFunction(workplace=other, title="F") for other in others)


def life(number: int) -> Life:
    from random import Random

    scene: Scene = SCENARIOS[number % len(SCENARIOS)](Random(number), today())  # noqa: S311  # a repeatable scene
    since = min((package.drafted_on for package in scene.packages), default=today() - timedelta(days=60))
    return Life(
        given_name="Nr",
        family_name=f"Tal{number}",
        cpr=replacement_cpr(DAY.replace(year=1970), number),
        municipality="0751",
        caseworker="bo",
        known_from=since,
        programme="P",
        packages=scene.packages,
        spells=scene.spells,
        notes=(
            *scene.notes,
            NoteLife(since, NoteKind.CALL, Parties.CITIZEN, "x"),
        ),
    )


def measured(who: str, url: str) -> int:
    client = Client()
    client.force_login(User.objects.get(username=who))
    assert connection.features.supports_json_field  # Django asks SQLite once, when it is first needed
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    assert response.status_code == 200, url
    is_page = response.headers["Content-Type"].startswith("text/html")
    assert not is_page or len(response.content) <= 60_000, f"{url}: {len(response.content)} bytes"
    return len(queries)


PAGES = [
    ("bo", "today"),
    ("tove", "today"),
    ("bo", "hand_over"),
    ("tove", "hand_over"),
    ("tove", "offered_cases"),
    ("bo", "citizens"),
    ("bo", "companies"),
    ("finn", "followup"),
    ("finn", "followup_note"),
    ("finn", "follow_up_known"),
    ("finn", "followup_courses"),
    ("dan", "access_log"),
    ("anna", "users"),
    ("anna", "rules"),
    ("anna", "questionnaires"),
]


def grown(fill: Callable[[int], None], asked: Callable[[], dict[str, int]], many: int = MANY) -> None:
    """Each takes as many queries after the many as after the few, and not many."""
    fill(FEW)
    few = asked()
    fill(many)
    assert asked() == few
    assert {url: count for url, count in few.items() if count > MOST_QUERIES} == {}


def test_lists_take_the_same_queries_for_few_and_many(fill: Callable[[int], None]) -> None:
    grown(fill, lambda: {f"{who} at {name}": measured(who, reverse(name)) for who, name in PAGES})


def test_a_company_takes_the_same_queries_for_few_and_many(fill: Callable[[int], None]) -> None:
    def asked() -> dict[str, int]:
        url = reverse("company", args=[Company.objects.get(cvr="99100028").ref])
        return {who: measured(who, url) for who in ("bo", "tove")}

    grown(fill, asked, many=40)


def test_two_hundred_cases_are_handed_over_as_two(fill: Callable[[int], None], cast: Cast) -> None:
    def asked() -> dict[str, int]:
        found = {"bo": measured("tove", f"{reverse('hand_over')}?fra={cast.bo.ref}")}
        User.objects.filter(pk=cast.bo.pk).update(is_active=False)
        found["nobody"] = measured("tove", f"{reverse('hand_over')}?fra=ingen")
        User.objects.filter(pk=cast.bo.pk).update(is_active=True)
        return found

    grown(fill, asked)


def test_a_list_taken_along_writes_its_look_ups_in_batches(fill: Callable[[int], None]) -> None:
    fill(FEW)
    few = measured("bo", reverse("citizens_download"))
    fill(MANY)
    assert measured("bo", reverse("citizens_download")) <= few + 1 <= MOST_QUERIES


def test_a_citizens_pages_take_the_same_queries_for_short_and_long_lives(
    fill: Callable[[int], None], cast: Cast
) -> None:
    fill(len(SCENARIOS))
    package = JobPackage.objects.filter(opened_on__isnull=False, ended_on__isnull=True).order_by("pk")[0]
    names = ("citizen", "journal", "about", "history", "progress")

    def asked() -> dict[str, int]:
        return {name: measured("bo", reverse(name, args=[package.citizen.ref])) for name in names}

    grown(
        lambda count: measure(package, cast, range(MANY, MANY + 1)) if count == FEW else lengthen(package, cast), asked
    )


def written(about: Citizen, by: User, text: str = "Hej", replaces: JournalNote | None = None) -> JournalNote:
    """A note as a verb would have made it."""
    ref = new_ref()
    return JournalNote(
        ref=ref,
        chain=replaces.chain if replaces else ref,
        replaces=replaces,
        citizen=about,
        kind=NoteKind.CALL,
        parties=Parties.CITIZEN,
        held_on=DAY,
        text=text,
        search_key=search_key(text),
        recorded_by=by,
    )


def lengthen(package: JobPackage, cast: Cast) -> None:
    """Two hundred conversations, forty promises and measures, twenty wishes and limits."""
    from jobpakke.citizens.models import Limit, Wish

    JournalNote.objects.bulk_create(written(package.citizen, cast.bo) for _ in range(MANY))
    Commitment.objects.bulk_create(
        Commitment(package=package, party="company", text="Kursus", made_on=SINCE, due_on=DAY) for _ in range(40)
    )
    measure(package, cast, range(40))
    Wish.objects.bulk_create(Wish(citizen=package.citizen, text="Butik", starts_on=SINCE) for _ in range(20))
    Limit.objects.bulk_create(
        Limit(citizen=package.citizen, kind="lifting", text="Let", starts_on=SINCE) for _ in range(20)
    )


def measure(package: JobPackage, cast: Cast, ages: range) -> None:
    """Every question answered by the citizen, so many days ago."""
    asked = newest_shipped(Answerer.CITIZEN)
    package.citizen.assignments.update(starts_on=SINCE)
    for number in ages:
        record_measure(
            actor=cast.bo,
            citizen=package.citizen,
            questionnaire=asked,
            points=dict.fromkeys(asked.codes, 3),
            answered_on=today() - timedelta(days=number),
            on=today(),
        )


def test_a_plan_takes_the_same_queries_for_two_steps_and_for_the_most(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    version = reopen_plan(actor=cast.bo, package=stairs.package, on=DAY)
    planned = version.planned_steps.get(step=stairs.second.step)
    pages = [
        ("plan", version.ref),
        ("propose_plan", version.ref),
        ("edit_step", planned.ref),
        ("plan_goal", version.ref),
    ]
    urls = [reverse(name, args=[ref]) for name, ref in pages]
    few = [measured("bo", url) for url in urls]
    for number in range(MOST_STEPS - 2):
        facts = StepFacts(StepKind.GUIDANCE, f"Samtaler {number}", DAY, DAY + timedelta(days=30))
        laid = lay_step(actor=cast.bo, version=version, facts=facts, on=DAY)
        add_sub_goal(actor=cast.bo, planned=laid, title="Mål", evidence_kind=EvidenceKind.STATEMENT, on=DAY)
    assert [measured("bo", url) for url in urls] == few
    assert max(few) <= MOST_QUERIES


def test_a_print_and_a_proposal_take_the_same_queries_for_little_and_for_much(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    for number in range(MOST_STEPS - 4):
        facts = StepFacts(StepKind.GUIDANCE, f"Samtaler {number}", DAY, DAY + timedelta(days=30))
        lay_step(actor=cast.bo, version=stairs.version, facts=facts, on=DAY)
    propose_plan(actor=cast.bo, version=stairs.version, on=DAY)
    say_yes(cast.bo, stairs.version, DAY, Party.CITIZEN)
    arguments: dict[str, Any] = {"actor": cast.bo, "version": stairs.version, "signed_on": DAY, "on": DAY}
    urls = [reverse(name, args=[stairs.version.ref]) for name in ("print_plan", "plan", "signed_copies")]
    few = [measured("bo", url) for url in urls]
    for number in range(5):
        file_signed_copy(parties=["citizen"], scan=scan(width=500 + number), **arguments)
        promise = {"party": Party.COMPANY, "text": f"Kursus {number}", "due_on": DAY + timedelta(days=9)}
        make_commitment(actor=cast.bo, package=stairs.package, on=DAY, **promise)  # type: ignore[arg-type]
    assert [measured("bo", url) for url in urls] == few
    assert max(few) <= MOST_QUERIES, few


def test_results_in_context_take_the_same_queries_for_few_and_many(fill: Callable[[int], None], cast: Cast) -> None:
    names = ("followup_context", "followup_context_chart", "followup_context_download")
    query = "fra=1995-01-01&benefit=1:Kontanthj%C3%A6lp"

    def count(people: int) -> None:
        fill(people)
        if people == FEW:
            counted(cast.finn, "Århus;Kontanthjælp;100;130", on=DAY)
            return
        months = [f"{year}M{month:02}" for year in range(1996, 2026) for month in range(1, 13)]
        rows = [f"0751;{benefit};{'7;' * len(months)}" for benefit in ("Kontanthjælp", "B")]
        counted(cast.finn, *rows, on=DAY, header=f"OMRÅDE;YDELSESTYPE;{';'.join(months)}")

    grown(count, lambda: {name: measured("finn", f"{reverse(name)}?{query}") for name in names})


def test_a_story_takes_the_same_queries_for_few_and_many_wordings(cast: Cast) -> None:
    package = agreed(cast.bo, cast.her).package
    long = "Et <b>langt</b> afsnit med æøå. " * 125
    few = 0
    for number in range(30):
        row = write_story(
            actor=cast.bo, package=package, told_as=f"Noor {number}", text=long[: 3000 + number], seen=number, on=DAY
        )
        ask_about_story(actor=cast.bo, story=row, asked_on=DAY, how=HowTold.AT_MEETING, on=DAY)
        how = OnBehalfReason.SAID_AT_MEETING
        consent_to_story(actor=cast.bo, story=row, given_on=DAY, on_behalf_reason=how, on=DAY)
        few = few or measured("bo", reverse("story", args=[package.ref]))
    assert measured("bo", reverse("story", args=[package.ref])) == few <= MOST_QUERIES


def test_a_note_of_many_stories_stays_a_small_page(cast: Cast) -> None:
    programme = open_programme(
        actor=None, code="P", name="P", starts_on=SINCE, ends_on=None, targets=[(cast.here, 3)], on=SINCE
    )
    url, few, how = reverse("followup_note"), 0, OnBehalfReason.SAID_AT_MEETING
    for number in range(12):
        person = citizen(cast.bo, cast.here, "Person", replacement_cpr(DAY.replace(year=1970), number))
        package = agreed(cast.bo, person, programme=programme).package
        row = write_story(actor=cast.bo, package=package, told_as="Noor", text="æ<" * 1900, seen=0, on=DAY)
        consent_to_story(actor=cast.bo, story=row, given_on=DAY, on_behalf_reason=how, on=DAY)
        few = few or measured("finn", url)
    assert measured("finn", url) == few <= MOST_QUERIES


def test_acts_and_sign_in_are_light(fill: Callable[[int], None]) -> None:
    fill(len(SCENARIOS))
    package = JobPackage.objects.filter(opened_on__isnull=False, ended_on__isnull=True).order_by("pk")[0]
    step = package.steps.order_by("pk")[0]
    assert measured("bo", reverse("start_step", args=[step.ref])) <= MOST_QUERIES
    assert measured("bo", reverse("conclude_package", args=[package.ref])) <= MOST_QUERIES
    assert measured("bo", reverse("transfer_case", args=[package.citizen.ref])) <= MOST_QUERIES


def test_fifty_long_corrected_notes_stay_a_small_page_and_few_queries(cast: Cast) -> None:
    agreed(cast.bo, cast.her)
    url = reverse("journal", args=[cast.her.ref])
    JournalNote.objects.bulk_create(written(cast.her, cast.bo) for _ in range(FEW))
    few = measured("bo", url)
    long = "Et langt notat med <b>'anførsel'</b> og æøå. " * 88
    firsts = JournalNote.objects.bulk_create(written(cast.her, cast.bo, long) for _ in range(MANY))
    JournalNote.objects.bulk_create(written(cast.her, cast.bo, long + "!", first) for first in firsts)
    assert measured("bo", url) <= few + 1 <= MOST_QUERIES


def test_an_aftercare_takes_the_same_queries_for_few_and_many_calls(cast: Cast) -> None:
    package = agreed(cast.bo, cast.her).package
    care = Aftercare.objects.create(package=package, starts_on=SINCE, ends_on=DAY + timedelta(days=900), every_weeks=1)
    url = reverse("aftercare", args=[care.ref])
    few = measured("bo", url)
    JournalNote.objects.bulk_create(written(cast.her, cast.bo) for _ in range(MANY))
    assert measured("bo", url) == few <= MOST_QUERIES
