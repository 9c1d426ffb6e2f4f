"""Every address of the resolver, for every person of the cast, the wrong municipality and nobody.

An address without a row fails, and so does a row without an address. The stranger always has rights on another case.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from jobpakke.access.models import AccessLog, User
from jobpakke.citizens.models import CaseTransfer, HandOver, LimitKind, Status, TransferGround
from jobpakke.citizens.services import record_limit, record_qualification, record_status, record_wish
from jobpakke.citizens.services.status import StatusFacts
from jobpakke.companies.models import Workplace
from jobpakke.companies.services import add_function
from jobpakke.followup.services import freeze_follow_up
from jobpakke.lib.clock import today
from jobpakke.method.progress import Answerer
from jobpakke.method.proposals import Wanted
from jobpakke.method.rulebook import Limit, Severity
from jobpakke.network.services import join_network, open_run
from jobpakke.packages.card_templates import newest_template
from jobpakke.packages.cards import code_of
from jobpakke.packages.models import Aftercare, CardAnswer, CompetenceCard, HowTold, Job, Party, Programme, Step, Waiver
from jobpakke.packages.questionnaires import newest_shipped
from jobpakke.packages.services import (
    file_signed_copy,
    keep_staircase,
    make_commitment,
    open_programme,
    override_rule,
    propose_change,
    record_measure,
    reopen_plan,
    transfer_case,
    write_note,
    write_story,
)
from jobpakke.packages.services.journal import NoteFacts
from jobpakke.packages.services.moving import Move
from jobpakke.packages.services.proposals import Wish
from jobpakke.web.labels import LISTS, PAGES
from tests.access_rows import BY_LINK, OF_COMPANIES, OF_FIGURES, OF_LEADERS, OF_LEADING, OF_NETWORK, TABLE
from tests.builders import DAY, Cast, Stairs, agreed, citizen, company, workplace
from tests.followup.counts import counted
from tests.packages.papers import scan

pytestmark = pytest.mark.django_db

PEOPLE = ("asta", "bo", "carla", "dorte", "erik", "finn", "tove", "dan", "anna", "nobody")


def addresses(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            yield from addresses(each)
        else:
            yield each


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert {pattern.name for pattern in addresses()} == set(TABLE) | set(BY_LINK)


def test_every_view_of_ours_says_whom_it_opens_to() -> None:
    silent = [pattern.name for pattern in addresses() if not hasattr(pattern.callback, "opens_to")]
    assert sorted(str(name) for name in silent) == ["account_login", "account_logout", "language"]


@pytest.fixture
def refs(cast: Cast) -> dict[str, UUID]:
    """One of everything, all bo's."""
    stairs = agreed(cast.bo, cast.her)
    agreed(cast.erik, cast.frode)
    agreed(cast.dorte, cast.gerda)
    programme = open_programme(
        actor=None, code="P", name="P", starts_on=DAY, ends_on=None, targets=[(cast.here, 3)], on=DAY
    )
    months = "OMRÅDE;YDELSESTYPE;2026M03;2026M04"
    counted(cast.finn, "Århus;Kontanthjælp;100;130", on=DAY, header=months)
    company(cast.dorte, cast.there)
    place = workplace(cast.bo, cast.here)
    copy = file_signed_copy(
        actor=cast.bo, version=stairs.version, parties=["citizen"], scan=scan(), signed_on=DAY, on=DAY
    )
    version = reopen_plan(actor=cast.bo, package=stairs.package, on=DAY)
    return {
        **case_refs(cast),
        **about_her(cast),
        **around(cast, stairs),
        "frozen": freeze_follow_up(actor=cast.finn, programme=programme, cut_off_on=DAY, on=DAY).ref,
        **corrected(cast, stairs),
        **of_network(cast, programme),
        "version": stairs.version.ref,
        "copy": copy.ref,
        "draft": version.ref,
        "planned": version.planned_steps.get(step=stairs.second.step).ref,
        "staircase": keep_staircase(actor=cast.bo, version=version, name="Vores", on=DAY).ref,
        "unplanned": cast.her.ref,
        "own_rule": override_rule(
            actor=cast.anna,
            municipality=cast.here,
            limit=Limit.CONTACT_EVERY,
            values={"days": 14},
            severity=Severity.WARN,
            starts_on=DAY,
            reason="Tættere",
            on=DAY,
        ).ref,
        "citizen": cast.her.ref,
        "step": stairs.first.step.ref,
        "goal": stairs.goal.ref,
        "package": stairs.package.ref,
        "colleague": cast.erik.ref,
        "company": place.company.ref,
        "place": place.ref,
        "card": card_at(cast.bo, stairs.first.step, place).ref,
        "function": add_function(actor=cast.bo, workplace=place, title="Rengøring", on=DAY).ref,
    }


def card_at(asker: User, step: Step, place: Workplace) -> CompetenceCard:
    """A card that waits for an answer."""
    template = newest_template()
    known: dict[str, Any] = {"template": template.code, "version": template.version, "asked_by": asker}
    until = today() + timedelta(days=1)
    return CompetenceCard.objects.create(
        step=step, workplace=place, asked_name="Else", asked_on=DAY, linked_on=DAY, link_until=until, **known
    )


def of_network(cast: Cast, programme: Programme) -> dict[str, UUID]:
    """An ambassador and a run of a course."""
    joins: dict[str, Any] = {"actor": cast.finn, "programme": programme, "on": DAY}
    person = join_network(name="Lis", municipality="0461", organisation="", joined_on=DAY, **joins)
    run = open_run(title="Kursus", seats=2, opened_on=DAY, starts_on=today() + timedelta(days=9), **joins)
    return {"ambassador": person.ref, "run": run.ref}


def corrected(cast: Cast, stairs: Stairs) -> dict[str, UUID]:
    """What can be said to have been recorded by mistake."""
    step = stairs.second.step
    return {
        "job": Job.objects.create(package=stairs.package, title="Portør", starts_on=DAY).ref,
        "waiver": Waiver.objects.create(step=step, given_on=DAY, reason="Kan det", given_by=cast.bo).ref,
        "yes": stairs.version.approvals.get(party=Party.CITIZEN).ref,
    }


def case_refs(cast: Cast) -> dict[str, UUID]:
    """Cases that change hands: given, sent, offered."""
    sent = CaseTransfer.objects.create(
        citizen=cast.her,
        sender=cast.here,
        receiver=cast.there,
        moved_on=DAY,
        ground=TransferGround.ACT,
        sent_on=DAY,
        sent_by=cast.bo,
    )
    moved = citizen(cast.dorte, cast.there, "Hanne", "640173-1004")
    offer = transfer_case(actor=cast.dorte, citizen=moved, move=Move(cast.here, DAY, TransferGround.ACT), on=DAY)
    handed = HandOver.objects.create(
        citizen=cast.her, giver=cast.erik, receiver=cast.bo, starts_on=DAY, handed_by=cast.tove
    )
    return {"handover": handed.ref, "sent": sent.ref, "offer": offer.ref}


def about_her(cast: Cast) -> dict[str, UUID]:
    """Facts about the citizen."""
    common: dict[str, Any] = {"actor": cast.bo, "citizen": cast.her, "on": DAY}
    asked = newest_shipped(Answerer.CITIZEN)
    return {
        "spell": record_status(facts=StatusFacts(Status.FLEX_JOB, DAY), **common).ref,
        "wish": record_wish(text="Have", **common).ref,
        "limit": record_limit(kind=LimitKind.LIFTING, text="Let", **common).ref,
        "qualification": record_qualification(text="Kok", **common).ref,
        "measure": record_measure(questionnaire=asked, points={"turns_up": 3}, answered_on=DAY, **common).ref,
        "note": write_note(facts=NoteFacts("Hej", DAY), **common).ref,
    }


def around(cast: Cast, stairs: Stairs) -> dict[str, UUID]:
    """What stands beside the plan."""
    common: dict[str, Any] = {"actor": cast.bo, "package": stairs.package, "on": DAY}
    wish = Wish(Wanted.OTHER_TASK, "Vil gerne i butik", task="Butik")
    return {
        "promise": make_commitment(party=Party.COMPANY, text="Kursus", due_on=DAY + timedelta(days=3), **common).ref,
        "proposal": propose_change(party=Party.CITIZEN, wish=wish, made_on=DAY, how=HowTold.AT_MEETING, **common).ref,
        "laid": stairs.version.laid_commitments.create(
            package=stairs.package, party=Party.COMPANY, text="Kursus", due_on=DAY
        ).ref,
        "mentorship": stairs.second.step.mentorships.create(
            name="Lis", party=Party.COMPANY, named_on=DAY, starts_on=DAY
        ).ref,
        "story": write_story(told_as="Noor", text="En historie", seen=0, **common).ref,
        "aftercare": Aftercare.objects.create(package=stairs.package, starts_on=DAY, ends_on=date(2030, 1, 1)).ref,
    }


def signed_in(person: str) -> Client:
    client = Client()
    if person != "nobody":
        client.force_login(User.objects.get(username=person))
    return client


@contextmanager
def undone() -> Iterator[None]:
    """What is done inside is as if it had not been: the next person finds everything as the first did."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_the_table(refs: dict[str, UUID]) -> None:
    for person in PEOPLE:
        with undone():
            assert list(walk(person, refs)) == []


def walk(person: str, refs: dict[str, UUID]) -> Iterator[str]:
    """Every address at which the person does not get what the table says."""
    client = signed_in(person)
    for name, row in TABLE.items():
        url = reverse(name, args=[refs[row.on]] if row.on else [])
        response = getattr(client, row.method)(url)
        if name == "account_logout":
            client = signed_in(person)
        if person == "nobody":
            check_nobody(name, response.status_code, response.headers.get("Location", ""))
            continue
        if response.status_code != dict(row.allowed).get(person, row.rest):
            yield f"{person} at {name}: {response.status_code}"


def link_answers(client: Client, ref: UUID, code: str, method: str = "get") -> set[int]:
    """What the addresses behind a card's link answer."""
    return {
        getattr(client, method)(reverse(name, args=[ref, code, *more])).status_code for name, more in BY_LINK.items()
    }


def test_a_link_opens_to_whoever_holds_it_and_another_to_nobody(cast: Cast, refs: dict[str, UUID]) -> None:
    mine = CompetenceCard.objects.get(ref=refs["card"])
    step = Step.objects.filter(package__citizen=cast.gerda).first()
    assert step is not None
    theirs = card_at(cast.dorte, step, Workplace.objects.get(ref=refs["place"]))
    for person in PEOPLE:
        client = signed_in(person)
        assert link_answers(client, mine.ref, code_of(mine)) == {200}, person
        for ref, code in ((mine.ref, code_of(theirs)), (mine.ref, "x"), (uuid4(), code_of(mine))):
            assert link_answers(client, ref, code) == {404}, person
            assert link_answers(client, ref, code, "post") <= {404, 405}, person
    assert link_answers(signed_in("nobody"), mine.ref, code_of(mine), "delete") == {405}
    assert not CardAnswer.objects.exists()


def check_nobody(name: str, status: int, location: str) -> None:
    """Nobody sees the sign-in, may choose a language, and is sent to the sign-in from everywhere else."""
    if name == "account_login":
        assert status == 200
    else:
        assert status == 302, name
        asks = location.startswith("/konto/log-ind/")
        assert asks != (name == "language") or name == "account_logout", name


@pytest.mark.once
def test_what_does_not_exist_looks_like_what_one_may_not_see(refs: dict[str, UUID]) -> None:
    for person in PEOPLE[:-1]:
        client = signed_in(person)
        for name, row in TABLE.items():
            if row.on:
                expected = dict(row.allowed).get(person, row.rest)
                response = getattr(client, row.method)(reverse(name, args=[uuid4()]))
                assert response.status_code == (403 if expected == 403 else 404), f"{person} at {name}"


@pytest.mark.once
def test_a_strangers_post_changes_nothing(cast: Cast, refs: dict[str, UUID]) -> None:
    reading = {"citizen", "journal", "search_journal", "note", "aftercare", "about", "history", "company", "plan"}
    reading |= {"story", "versions", "print_plan", "signed_copy", "progress", "measure", "progress_download"}
    reading |= {"progress_curve", "citizen_cards", "card"}
    reading |= {"sent_case", "step_mentors", *OF_LEADING}
    reading |= {
        "proposals",
        "user",
        "frozen_follow_up",
        "frozen_follow_up_download",
        "own_staircase",
        "ambassador",
        "course_run",
    }
    posts = [name for name, row in TABLE.items() if row.on and name not in reading]
    day = DAY.isoformat()
    data = {"day": day, "text": "x", "kind": "call", "party": "citizen", "reason": "absence", "meets": "yes"}
    more = {"status": "flex_job", "starts_on": day, "kept": "yes", "remark": ""}
    for person in (*PEOPLE[:-1], "nobody"):
        if person == "bo":
            continue
        client = signed_in(person)
        for name in posts:
            if person in ("erik", "tove") and TABLE[name].on in OF_COMPANIES:
                continue  # no strangers to it: it is the municipality's
            if person in ("finn", "tove") and TABLE[name].on in OF_NETWORK:
                continue  # nor to this: they keep it
            if person == "anna" and TABLE[name].on in ("colleague", "own_rule"):
                continue  # her own colleague, and a rule of her municipality
            response = client.post(reverse(name, args=[refs[TABLE[name].on]]), {**data, **more})
            assert response.status_code in (302, 403, 404), f"{person} at {name}"
            assert response.status_code != 302 or person == "nobody"


@pytest.mark.once
def test_the_forms_of_act_pages_refuse_other_methods(refs: dict[str, UUID]) -> None:
    client = signed_in("bo")
    for name, row in TABLE.items():
        if name in ("account_login", "account_logout", "language"):
            continue
        url = reverse(name, args=[refs[row.on]] if row.on else [])
        assert client.delete(url).status_code == 405, name


@pytest.mark.once
def test_each_look_up_of_a_citizen_is_logged(cast: Cast, refs: dict[str, UUID]) -> None:
    unseen = (*OF_COMPANIES, *OF_LEADERS, *OF_FIGURES, *OF_NETWORK, "colleague")
    of_somebody = {name: row for name, row in TABLE.items() if row.on and row.on not in unseen}
    for client in (signed_in("bo"), signed_in("erik")):
        for name, row in of_somebody.items():
            getattr(client, row.method)(reverse(name, args=[refs[row.on]]))
    signed_in("bo").get(reverse("citizens_download"))
    rows = AccessLog.objects.filter(user=cast.bo, citizen=cast.her.ref)
    assert sorted(rows.values_list("page", flat=True)) == sorted([*of_somebody, "citizens_download"])
    for name in ("accept_transfer", "return_transfer"):
        signed_in("tove").get(reverse(name, args=[refs["offer"]]))
    asked = AccessLog.objects.filter(user=cast.tove).values_list("page", flat=True)
    assert set(asked) == {"accept_transfer", "return_transfer"}
    assert set(rows.values_list("page", flat=True)) | set(asked) | set(LISTS) == set(PAGES)
    assert not AccessLog.objects.filter(user=cast.erik).exists()
