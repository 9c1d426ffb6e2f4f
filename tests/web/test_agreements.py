"""Pages of proposals, promises and telling: what they say, where they lead, what they ask of the database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jobpakke.access.models import User
from jobpakke.lib.clock import today
from jobpakke.method.proposals import Wanted
from jobpakke.packages.models import (
    Commitment,
    EndReason,
    HowTold,
    JobPackage,
    Mentorship,
    Party,
    PlannedStep,
    Proposal,
    Telling,
)
from jobpakke.packages.services import make_commitment, propose_change, start_step
from jobpakke.packages.services.proposals import Wish
from jobpakke.web.sentences import SENTENCES
from tests.builders import DAY, Cast, Stairs, agreed, workplace
from tests.web.test_pages import client, text

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture
def stairs(cast: Cast) -> Stairs:
    """In effect since a fortnight ago, the first step under way at a workplace."""
    since = today() - timedelta(days=14)
    found = agreed(cast.bo, cast.her, since)
    start_step(actor=cast.bo, step=found.first.step, started_on=since, on=since)
    return found


def proposed(cast: Cast, stairs: Stairs, wish: Wish, party: Party = Party.COMPANY) -> Proposal:
    on = today()
    return propose_change(
        actor=cast.bo, package=stairs.package, party=party, wish=wish, made_on=on, how=HowTold.ON_PHONE, on=on
    )


def test_a_proposal_is_recorded_answered_and_made_in_a_draft(cast: Cast, stairs: Stairs) -> None:
    bo, url = client("bo"), reverse("propose_change", args=[stairs.package.ref])
    assert "Hvad der foreslås" in text(bo.get(url))
    assert "Vælg det trin, det handler om." in text(bo.get(url, {"art": "extend_step", "trin": ""}))
    address = f"{url}?art=extend_step&trin={stairs.first.step.ref}"
    data = {"party": "company", "reason": "Vi vil gerne", "made_on": today().isoformat(), "how": "on_phone"}
    refused = bo.post(address, {**data, "last_day": today().isoformat()})
    assert refused.status_code == 422
    assert "allerede planlagt til at slutte før" in text(refused)
    assert "Vi vil gerne" in text(refused)
    last = today() + timedelta(days=100)
    assert bo.post(address, {**data, "last_day": last.isoformat()}).status_code == 302
    page = text(bo.get(reverse("citizen", args=[cast.her.ref])))
    assert "Foreslået af parterne" in page
    assert "Virksomheden foreslår" in text(bo.get(reverse("today")))
    row = Proposal.objects.get()
    answer = reverse("proposal", args=[row.ref])
    day = {"day": today().isoformat(), "reason": ""}
    assert "Parten får begrundelsen at vide" in text(bo.post(answer, {**day, "answer": "reject"}))
    assert "Vælg, om det flyttes med" in text(bo.post(answer, {**day, "answer": "accept"}))
    done = bo.post(answer, {**day, "answer": "accept", "along": "no"})
    row.refresh_from_db()
    assert row.led_to is not None
    assert done.headers["Location"] == reverse("plan", args=[row.led_to.ref])
    draft = text(bo.get(done.headers["Location"]))
    assert "Ændret her, fordi en part foreslog det" in draft
    assert "kræver et ja fra alle tre" in draft
    late = bo.post(answer, {**day, "answer": "accept"})
    assert late.status_code == 422
    assert "allerede besvaret" in text(late)
    assert "Lavet i version 2" in text(bo.get(reverse("proposals", args=[stairs.package.ref])))
    assert "Foreslået af parterne" not in text(bo.get(reverse("citizen", args=[cast.her.ref])))
    assert PlannedStep.objects.get(version=row.led_to, step=row.step).ends_on == last + timedelta(days=1)


def test_the_other_kinds_and_the_other_answers(cast: Cast, stairs: Stairs) -> None:
    bo, url = client("bo"), reverse("propose_change", args=[stairs.package.ref])
    data = {"party": "citizen", "reason": "Derfor", "made_on": today().isoformat(), "how": "in_writing"}
    step, day = stairs.first.step.ref, {"day": today().isoformat(), "reason": ""}
    posts = [
        (f"art=other_hours&trin={step}", {"hours": "20,5", "day_0": "8-12"}),
        ("art=other_task&trin=", {"task": "Butik"}),
        (f"art=stop_step&trin={step}", {"day": today().isoformat(), "end_reason": "citizen_withdrew"}),
    ]
    for query, more in posts:
        assert bo.post(f"{url}?{query}", {**data, **more}).status_code == 302, query
    page = text(bo.get(reverse("citizen", args=[cast.her.ref])))
    assert "20,5 timer om ugen; mandag 8-12" in page.replace("Mandag", "mandag")
    assert "en anden opgave: Butik" in page
    hours, task, stop = (
        Proposal.objects.get(wanted=each) for each in (Wanted.OTHER_HOURS, Wanted.OTHER_TASK, Wanted.STOP)
    )
    bo.post(reverse("proposal", args=[hours.ref]), {**day, "answer": "retract"})
    bo.post(reverse("proposal", args=[task.ref]), {**day, "answer": "reject", "reason": "Senere"})
    done = bo.post(reverse("proposal", args=[stop.ref]), {**day, "answer": "accept"})
    assert done.headers["Location"].startswith(reverse("end_step", args=[step]))
    form = text(bo.get(done.headers["Location"]))
    assert '<option value="citizen_withdrew" selected>' in form
    assert "Det er aftalt at stoppe" in text(bo.get(reverse("citizen", args=[cast.her.ref])))
    listed = text(bo.get(reverse("proposals", args=[stairs.package.ref])))
    assert all(words in listed for words in ("Afvist", "Senere", "Trukket tilbage af parten", "Accepteret"))
    assert client("tove").post(reverse("proposal", args=[hours.ref]), {**day, "answer": "accept"}).status_code == 403


def test_a_promise_is_made_moved_and_broken_on_pages(cast: Cast, stairs: Stairs) -> None:
    bo, back = client("bo"), reverse("citizen", args=[cast.her.ref])
    url = reverse("make_commitment", args=[stairs.package.ref])
    assert "De andre parter får det at vide" in text(bo.get(url))
    data = {"party": "company", "text": "Job", "due_on": "", "step": "", "days_after": ""}
    assert "Skriv en dag" in text(bo.post(url, data))
    assert bo.post(url, {**data, "step": stairs.first.step.ref, "days_after": "7"}).status_code == 302
    assert "Venter på sit trin" in text(bo.get(back))
    assert bo.post(url, {**data, "text": "Kursus", "due_on": today().isoformat()}).status_code == 302
    row = Commitment.objects.get(text="Kursus")
    later = (today() + timedelta(days=30)).isoformat()
    move = reverse("move_commitment", args=[row.ref])
    assert bo.post(move, {"day": later, "reason": "Ferie"}).status_code == 302
    assert "Ferie" in text(bo.get(move))
    assert "først aftalt" in text(bo.get(back))
    settle, day = reverse("settle_commitment", args=[row.ref]), {"day": today().isoformat(), "kept": "no"}
    refused = bo.post(settle, {**day, "broken_by": "", "because": "", "words": ""})
    assert "Vælg, hvem der brød tilsagnet" in text(refused)
    broken = {**day, "broken_by": "citizen", "because": "need_gone", "words": ""}
    assert bo.post(settle, broken).status_code == 302
    assert "af borgeren: behovet faldt væk" in text(bo.get(back))


def test_who_was_told_is_recorded_and_leaves_the_list(cast: Cast, stairs: Stairs) -> None:
    bo, on = client("bo"), today()
    make_commitment(actor=cast.bo, package=stairs.package, party=Party.MUNICIPALITY, text="Kursus", due_on=on, on=on)
    versions = reverse("versions", args=[stairs.package.ref])
    page = text(bo.get(versions))
    assert "Mangler at blive fortalt" in page
    address = page.split(reverse("record_told", args=[stairs.package.ref]))[1].split('"')[0]
    form = text(bo.get(reverse("record_told", args=[stairs.package.ref]) + address.replace("&amp;", "&")))
    assert form.count(" checked") == 1
    keys = [part.split('"')[0] for part in form.split('name="told"')[1:] for part in [part.split('value="')[1]]]
    data = {"told": keys, "how": "at_meeting", "day": on.isoformat()}
    assert bo.post(reverse("record_told", args=[stairs.package.ref]), data).status_code == 302
    assert Telling.objects.count() == 2
    assert "Mangler at blive fortalt" not in text(bo.get(versions))


def test_a_companys_page_shows_promises_of_citizens_one_may_see_with_acts_on_ones_own(cast: Cast) -> None:
    place = workplace(cast.bo, cast.here)
    for who, whom in ((cast.bo, cast.her), (cast.erik, cast.frode)):
        stairs = agreed(who, whom)
        stairs.version.goal.workplace = place
        stairs.version.goal.save()
        for party in (Party.COMPANY, Party.MUNICIPALITY):
            words = f"Løfte til {whom.given_name}"
            make_commitment(actor=who, package=stairs.package, party=party, text=words, due_on=DAY, on=DAY)
    url = reverse("company", args=[place.company.ref])
    seen = {name: text(client(name).get(url)) for name in ("bo", "erik", "tove")}
    assert ("Løfte til Asta" in seen["bo"], "Løfte til Frode" in seen["bo"]) == (True, False)
    assert ("Løfte til Asta" in seen["erik"], "Løfte til Frode" in seen["erik"]) == (False, True)
    assert ("Løfte til Asta" in seen["tove"], "Løfte til Frode" in seen["tove"]) == (True, True)
    assert "Gør op" in seen["bo"]
    assert "Gør op" not in seen["tove"]
    assert "Hvad de andre har lovet i pakker her" in seen["bo"]
    assert "Forsinket siden" in seen["bo"]
    before = text(client("bo").get(url, {"on": (DAY - timedelta(days=1)).isoformat()}))
    assert "Løfte" not in before


def test_the_pages_take_the_same_queries_for_few_and_many(cast: Cast, stairs: Stairs) -> None:
    place = workplace(cast.bo, cast.here)
    stairs.version.goal.workplace = place
    stairs.version.goal.save()
    waiting = proposed(cast, stairs, Wish(Wanted.OTHER_TASK, "Hej", task="Butik"))
    package = JobPackage.objects.get(pk=stairs.package.pk)
    make_commitment(actor=cast.bo, package=package, party=Party.COMPANY, text="Job", due_on=today(), on=today())
    pages = [
        ("proposals", package.ref),
        ("proposal", waiting.ref),
        ("propose_change", package.ref),
        ("record_told", package.ref),
        ("versions", package.ref),
        ("citizen", cast.her.ref),
        ("company", place.company.ref),
        ("today", None),
    ]
    few = [measured(name, ref) for name, ref in pages]
    Proposal.objects.bulk_create(
        Proposal(
            package=package,
            party=Party.CITIZEN,
            wanted=Wanted.STOP,
            day=today(),
            end_reason=EndReason.OTHER_PATH,
            reason="x",
            made_on=DAY,
            recorded_by=cast.bo,
            answer="rejected",
            answer_reason="x",
            answered_on=today(),
            answered_by=cast.bo,
        )
        for _ in range(40)
    )
    for number in range(20):
        words = f"Kursus {number}"
        make_commitment(actor=cast.bo, package=package, party=Party.COMPANY, text=words, due_on=today(), on=today())
    assert [measured(name, ref) for name, ref in pages] == few
    assert max(few) <= MOST_QUERIES


def measured(name: str, ref: object) -> int:
    visitor = Client()
    visitor.force_login(User.objects.get(username="bo"))
    with CaptureQueriesContext(connection) as queries:
        response = visitor.get(reverse(name, args=[ref] if ref else []))
    assert response.status_code == 200, name
    return len(queries)


@pytest.mark.parametrize("given", [{}, {"name": "Mette Mentor"}, {"party": "citizen"}])
def test_a_mentor_is_a_colleague_or_somebody_named_with_their_party(stairs: Stairs, given: dict[str, str]) -> None:
    data = {"mentor": "", "name": "", "party": "", "starts_on": today().isoformat(), **given}
    answer = client("bo").post(reverse("assign_mentor", args=[stairs.first.step.ref]), data)
    assert answer.status_code == 422
    assert str(SENTENCES["MENTOR_NOBODY"]) in text(answer)
    assert not Mentorship.objects.exists()
