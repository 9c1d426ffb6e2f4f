"""Every address of the resolver, for every person of the cast, the wrong municipality and nobody.

An address without a row fails, and so does a row without an address. The stranger always has rights on another case.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from jobpakke.access.models import AccessLog, User
from jobpakke.citizens.models import CaseTransfer, HandOver, LimitKind, Status, TransferGround
from jobpakke.citizens.services import record_limit, record_qualification, record_status, record_wish
from jobpakke.citizens.services.status import StatusFacts
from jobpakke.companies.services import add_function
from jobpakke.followup.services import freeze_follow_up
from jobpakke.method.progress import Answerer
from jobpakke.method.proposals import Wanted
from jobpakke.packages.models import Aftercare, HowTold, Party
from jobpakke.packages.questionnaires import newest_shipped
from jobpakke.packages.services import (
    file_signed_copy,
    keep_staircase,
    make_commitment,
    open_programme,
    propose_change,
    record_measure,
    reopen_plan,
    transfer_case,
    write_note,
)
from jobpakke.packages.services.journal import NoteFacts
from jobpakke.packages.services.moving import Move
from jobpakke.packages.services.proposals import Wish
from jobpakke.web.labels import LISTS, PAGES
from tests.builders import DAY, Cast, Stairs, agreed, citizen, company, workplace
from tests.followup.counts import counted
from tests.packages.papers import scan

pytestmark = pytest.mark.django_db

PEOPLE = ("asta", "bo", "carla", "dorte", "erik", "finn", "tove", "dan", "anna", "nobody")


@dataclass(frozen=True, slots=True)
class Row:
    """What each person gets. ``rest`` holds for whoever is not named; nobody is sent to the sign-in."""

    method: str = "get"
    rest: int = 403
    on: str = ""
    """Which object's ref stands in the address."""
    allowed: tuple[tuple[str, int], ...] = ()


def own_case(**codes: int) -> tuple[tuple[str, int], ...]:
    """bo's own case: the strange caseworkers find nothing, the team leader sees."""
    return (("bo", 200), ("erik", 404), ("dorte", 404), ("tove", 200), *codes.items())


def cases(*people: str, code: int = 200) -> tuple[tuple[str, int], ...]:
    return tuple((person, code) for person in people)


WORKERS = ("bo", "erik", "dorte")
ACT_ON_COMPANY = (("bo", 200), ("erik", 200), ("dorte", 404), ("tove", 200))
OF_COMPANIES = ("company", "place", "function", "staircase")
"""What belongs to the municipality, and to no citizen."""
TOLD_TO_GO_ON = (("bo", 302), ("erik", 404), ("dorte", 404))
OF_LEADING = ("accept_transfer", "return_transfer")
OF_FIGURES = ("frozen",)
"""What holds figures only."""
OF_LEADERS = ("offer",)
"""What is answered by the team leader: nobody else has anything to do with it yet."""
ACT_ON_CASE = (("bo", 200), ("erik", 404), ("dorte", 404))

TABLE: dict[str, Row] = {
    "front": Row(allowed=cases(*WORKERS, "tove", "finn", "dan", "anna", code=302)),
    "choose_date": Row("post", 302),
    "language": Row("post", 302),
    "account_login": Row(rest=302),
    "account_logout": Row(rest=200),
    "today": Row(allowed=cases(*WORKERS, "tove")),
    "citizens": Row(allowed=cases(*WORKERS, "tove")),
    "citizens_search": Row("post", allowed=cases(*WORKERS, "tove", code=302)),
    "citizens_download": Row(allowed=cases(*WORKERS, "tove")),
    "register_citizen": Row(allowed=cases(*WORKERS)),
    "citizen": Row(on="citizen", allowed=own_case()),
    "journal": Row(on="citizen", allowed=own_case()),
    "search_journal": Row("post", on="citizen", allowed=(*TOLD_TO_GO_ON, ("tove", 302))),
    "write_note": Row(on="citizen", allowed=ACT_ON_CASE),
    "note": Row(on="note", allowed=own_case()),
    "correct_note": Row(on="note", allowed=ACT_ON_CASE),
    "aftercare": Row(on="aftercare", allowed=own_case()),
    "about": Row(on="citizen", allowed=own_case()),
    "history": Row(on="citizen", allowed=own_case()),
    "record_status": Row(on="citizen", allowed=ACT_ON_CASE),
    "correct_status": Row(on="spell", allowed=ACT_ON_CASE),
    "end_status": Row(on="spell", allowed=ACT_ON_CASE),
    "start_step": Row(on="step", allowed=ACT_ON_CASE),
    "correct_step": Row(on="step", allowed=ACT_ON_CASE),
    "undo_package_end": Row(on="package", allowed=ACT_ON_CASE),
    "fulfil_step": Row(on="step", allowed=ACT_ON_CASE),
    "end_step": Row(on="step", allowed=ACT_ON_CASE),
    "waive_gate": Row(on="step", allowed=ACT_ON_CASE),
    "record_evidence": Row(on="goal", allowed=ACT_ON_CASE),
    "new_package": Row(on="unplanned", allowed=ACT_ON_CASE),
    "plan": Row(on="version", allowed=own_case()),
    "versions": Row(on="package", allowed=own_case()),
    "reopen_plan": Row("post", on="package", allowed=TOLD_TO_GO_ON),
    "plan_goal": Row(on="draft", allowed=ACT_ON_CASE),
    "add_step": Row("post", on="draft", allowed=(("bo", 422), ("erik", 404), ("dorte", 404))),
    "edit_step": Row(on="planned", allowed=ACT_ON_CASE),
    "arrange_step": Row("post", on="planned", allowed=TOLD_TO_GO_ON),
    "add_sub_goal": Row("post", on="planned", allowed=(("bo", 422), ("erik", 404), ("dorte", 404))),
    "remove_sub_goal": Row("post", on="planned", allowed=TOLD_TO_GO_ON),
    "lay_staircase": Row("post", on="draft", allowed=(("bo", 422), ("erik", 404), ("dorte", 404))),
    "keep_staircase": Row(on="version", allowed=ACT_ON_CASE),
    "tell_paper": Row(on="draft", allowed=ACT_ON_CASE),
    "propose_plan": Row(on="draft", allowed=ACT_ON_CASE),
    "withdraw_plan": Row(on="draft", allowed=ACT_ON_CASE),
    "approve_plan": Row(on="draft", allowed=ACT_ON_CASE),
    "declare_ties": Row(on="draft", allowed=ACT_ON_CASE),
    "accept_warning": Row(on="planned", allowed=ACT_ON_CASE),
    "discard_draft": Row(on="draft", allowed=ACT_ON_CASE),
    "print_plan": Row(on="version", allowed=own_case()),
    "signed_copies": Row(on="version", allowed=own_case()),
    "signed_copy": Row(on="copy", allowed=own_case()),
    "withdraw_signed_copy": Row(on="copy", allowed=ACT_ON_CASE),
    "wipe_signed_copy": Row(on="copy", allowed=ACT_ON_CASE),
    "change_days": Row(on="step", allowed=ACT_ON_CASE),
    "own_staircases": Row(allowed=cases(*WORKERS, "tove")),
    "copy_staircase": Row(allowed=(*((who, 404) for who in ("bo", "erik", "dorte")),)),
    "own_staircase": Row(on="staircase", allowed=(("bo", 200), ("erik", 200), ("tove", 200), ("dorte", 404))),
    "name_staircase": Row(on="staircase", allowed=(("bo", 200), ("erik", 200), ("dorte", 404))),
    "add_ready_step": Row(on="staircase", allowed=(("bo", 200), ("erik", 200), ("dorte", 404))),
    "edit_ready_step": Row(on="staircase", allowed=(("bo", 200), ("erik", 200), ("dorte", 404))),
    "arrange_ready_step": Row("post", on="staircase", allowed=(("bo", 302), ("erik", 302), ("dorte", 404))),
    "retire_staircase": Row("post", on="staircase", allowed=(("bo", 302), ("erik", 302), ("dorte", 404))),
    **dict.fromkeys(
        ("record_wish", "record_limit", "record_qualification", "set_target_group", "change_protection"),
        Row(on="citizen", allowed=ACT_ON_CASE),
    ),
    "end_wish": Row(on="wish", allowed=ACT_ON_CASE),
    "end_limit": Row(on="limit", allowed=ACT_ON_CASE),
    "end_qualification": Row(on="qualification", allowed=ACT_ON_CASE),
    "lay_commitment": Row(on="draft", allowed=ACT_ON_CASE),
    "remove_commitment": Row(on="laid", allowed=ACT_ON_CASE),
    "make_commitment": Row(on="package", allowed=ACT_ON_CASE),
    **dict.fromkeys(("step_mentors", "assign_mentor"), Row(on="step", allowed=ACT_ON_CASE)),
    **dict.fromkeys(
        ("confirm_mentor", "replace_mentor", "end_mentor", "remove_mentor"), Row(on="mentorship", allowed=ACT_ON_CASE)
    ),
    "conclude_package": Row(on="package", allowed=ACT_ON_CASE),
    "agree_aftercare": Row(on="package", allowed=ACT_ON_CASE),
    "extend_aftercare": Row(on="aftercare", allowed=ACT_ON_CASE),
    "end_aftercare": Row(on="aftercare", allowed=ACT_ON_CASE),
    "hand_over": Row(allowed=(*cases(*WORKERS, "tove"),)),
    "received_case": Row(on="handover", allowed=own_case()),
    "transfer_case": Row(on="citizen", allowed=ACT_ON_CASE),
    "sent_case": Row(on="sent", allowed=own_case()),
    "offered_cases": Row(allowed=cases("tove")),
    "accept_transfer": Row(on="offer", allowed=cases("tove")),
    "return_transfer": Row(on="offer", allowed=cases("tove")),
    "settle_commitment": Row(on="promise", allowed=ACT_ON_CASE),
    "move_commitment": Row(on="promise", allowed=ACT_ON_CASE),
    "proposals": Row(on="package", allowed=own_case()),
    "propose_change": Row(on="package", allowed=ACT_ON_CASE),
    "record_told": Row(on="package", allowed=ACT_ON_CASE),
    "proposal": Row(on="proposal", allowed=own_case()),
    "companies": Row(allowed=cases(*WORKERS, "tove")),
    "register_company": Row(allowed=cases(*WORKERS, "tove")),
    "add_workplace": Row(on="company", allowed=ACT_ON_COMPANY),
    **dict.fromkeys(
        ("change_workplace", "close_workplace", "reopen_workplace", "add_function", "name_mentor"),
        Row(on="place", allowed=ACT_ON_COMPANY),
    ),
    "record_need": Row(on="function", allowed=ACT_ON_COMPANY),
    "company": Row(on="company", allowed=(*cases("bo", "erik", "tove"), ("dorte", 404))),
    "followup": Row(allowed=cases("finn", "tove")),
    "followup_note": Row(allowed=cases("finn", "tove")),
    "followup_chart": Row(allowed=cases("finn", "tove")),
    "followup_download": Row(allowed=cases("finn", "tove")),
    **dict.fromkeys(("frozen_follow_ups", "compare_follow_ups", "follow_up_known"), Row(allowed=cases("finn", "tove"))),
    "freeze_follow_up": Row(allowed=cases("finn")),
    **dict.fromkeys(("frozen_follow_up", "frozen_follow_up_download"), Row(on="frozen", allowed=cases("finn", "tove"))),
    "followup_context": Row(allowed=cases("finn", "tove")),
    "followup_context_chart": Row(allowed=cases("finn", "tove")),
    "followup_context_download": Row(allowed=cases("finn", "tove")),
    **dict.fromkeys(
        ("followup_courses", "followup_course_chart", "followup_course_download"), Row(allowed=cases("finn", "tove"))
    ),
    "access_log": Row(allowed=cases("dan")),
    "users": Row(allowed=cases("anna")),
    "add_user": Row(allowed=cases("anna")),
    "user": Row(on="colleague", allowed=cases("anna")),
    "give_role": Row(on="colleague", allowed=cases("anna")),
    "end_role": Row(on="colleague", allowed=cases("anna")),
    "replace_password": Row(on="colleague", allowed=cases("anna")),
    "rules": Row(allowed=cases(*WORKERS, "tove", "anna")),
    "override_rule": Row(allowed=cases("anna")),
    "progress": Row(on="citizen", allowed=own_case()),
    "progress_download": Row(on="citizen", allowed=own_case()),
    "progress_curve": Row(on="package", allowed=own_case()),
    "measure_progress": Row(on="citizen", allowed=ACT_ON_CASE),
    "measure": Row(on="measure", allowed=own_case()),
    "correct_measure": Row(on="measure", allowed=ACT_ON_CASE),
    "questionnaires": Row(allowed=cases("anna")),
    "revise_questionnaire": Row(allowed=cases("anna")),
}


def addresses(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            yield from addresses(each)
        else:
            yield each


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert {pattern.name for pattern in addresses()} == set(TABLE)


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
    counted(cast.finn, "Århus;Kontanthjælp;100;130", on=DAY)
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
        "version": stairs.version.ref,
        "copy": copy.ref,
        "draft": version.ref,
        "planned": version.planned_steps.get(step=stairs.second.step).ref,
        "staircase": keep_staircase(actor=cast.bo, version=version, name="Vores", on=DAY).ref,
        "unplanned": cast.her.ref,
        "citizen": cast.her.ref,
        "step": stairs.first.step.ref,
        "goal": stairs.goal.ref,
        "package": stairs.package.ref,
        "colleague": cast.erik.ref,
        "company": place.company.ref,
        "place": place.ref,
        "function": add_function(actor=cast.bo, workplace=place, title="Rengøring", on=DAY).ref,
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
        "aftercare": Aftercare.objects.create(package=stairs.package, starts_on=DAY, ends_on=date(2030, 1, 1)).ref,
    }


def signed_in(person: str) -> Client:
    client = Client()
    if person != "nobody":
        client.force_login(User.objects.get(username=person))
    return client


@pytest.mark.parametrize("person", PEOPLE)
def test_the_table(person: str, refs: dict[str, UUID]) -> None:
    for name, row in TABLE.items():
        client = signed_in(person)
        url = reverse(name, args=[refs[row.on]] if row.on else [])
        response = getattr(client, row.method)(url)
        if person == "nobody":
            check_nobody(name, response.status_code, response.headers.get("Location", ""))
            continue
        assert response.status_code == dict(row.allowed).get(person, row.rest), f"{person} at {name}"


def check_nobody(name: str, status: int, location: str) -> None:
    """Nobody sees the sign-in, may choose a language, and is sent to the sign-in from everywhere else."""
    if name == "account_login":
        assert status == 200
    else:
        assert status == 302, name
        assert name in ("language", "account_logout") or location.startswith("/konto/log-ind/"), name


@pytest.mark.parametrize("person", PEOPLE)
def test_what_does_not_exist_looks_like_what_one_may_not_see(person: str, refs: dict[str, UUID]) -> None:
    if person == "nobody":
        return
    for name, row in TABLE.items():
        if row.on:
            expected = dict(row.allowed).get(person, row.rest)
            response = getattr(signed_in(person), row.method)(reverse(name, args=[uuid4()]))
            assert response.status_code == (403 if expected == 403 else 404), f"{person} at {name}"


def test_a_strangers_post_changes_nothing(cast: Cast, refs: dict[str, UUID]) -> None:
    reading = {"citizen", "journal", "search_journal", "note", "aftercare", "about", "history", "company", "plan"}
    reading |= {"versions", "print_plan", "signed_copy", "progress", "measure", "progress_download", "progress_curve"}
    reading |= {"sent_case", "step_mentors", *OF_LEADING}
    reading |= {"proposals", "user", "frozen_follow_up", "frozen_follow_up_download", "own_staircase"}
    posts = [name for name, row in TABLE.items() if row.on and name not in reading]
    day = DAY.isoformat()
    data = {"day": day, "text": "x", "kind": "call", "party": "citizen", "reason": "absence", "meets": "yes"}
    more = {"status": "flex_job", "starts_on": day, "kept": "yes", "remark": ""}
    for person in (*PEOPLE[:-1], "nobody"):
        if person == "bo":
            continue
        for name in posts:
            if person in ("erik", "tove") and TABLE[name].on in OF_COMPANIES:
                continue  # no strangers to it: it is the municipality's
            if person == "anna" and TABLE[name].on == "colleague":
                continue  # her own colleague
            response = signed_in(person).post(reverse(name, args=[refs[TABLE[name].on]]), {**data, **more})
            assert response.status_code in (302, 403, 404), f"{person} at {name}"
            assert response.status_code != 302 or person == "nobody"


def test_the_forms_of_act_pages_refuse_other_methods(refs: dict[str, UUID]) -> None:
    for name, row in TABLE.items():
        if name in ("account_login", "account_logout", "language"):
            continue
        url = reverse(name, args=[refs[row.on]] if row.on else [])
        assert signed_in("bo").delete(url).status_code == 405, name


def test_each_look_up_of_a_citizen_is_logged(cast: Cast, refs: dict[str, UUID]) -> None:
    unseen = (*OF_COMPANIES, *OF_LEADERS, *OF_FIGURES, "colleague")
    of_somebody = {name: row for name, row in TABLE.items() if row.on and row.on not in unseen}
    for name, row in of_somebody.items():
        for person in ("bo", "erik"):
            getattr(signed_in(person), row.method)(reverse(name, args=[refs[row.on]]))
    signed_in("bo").get(reverse("citizens_download"))
    rows = AccessLog.objects.filter(user=cast.bo, citizen=cast.her.ref)
    assert sorted(rows.values_list("page", flat=True)) == sorted([*of_somebody, "citizens_download"])
    for name in ("accept_transfer", "return_transfer"):
        signed_in("tove").get(reverse(name, args=[refs["offer"]]))
    asked = AccessLog.objects.filter(user=cast.tove).values_list("page", flat=True)
    assert set(asked) == {"accept_transfer", "return_transfer"}
    assert set(rows.values_list("page", flat=True)) | set(asked) | set(LISTS) == set(PAGES)
    assert not AccessLog.objects.filter(user=cast.erik).exists()
