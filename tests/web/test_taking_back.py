"""The pages on which one says that something was recorded by mistake: linked where it stands, told in the history."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from jobpakke.lib.clock import today
from jobpakke.packages.models import (
    Aftercare,
    Approval,
    BreakReason,
    Commitment,
    GoalForm,
    Job,
    JobPackage,
    Mentorship,
    Outcome,
    Party,
    Waiver,
)
from jobpakke.packages.services import (
    assign_mentor,
    conclude_package,
    confirm_mentor,
    end_aftercare,
    make_commitment,
    propose_plan,
    settle_commitment,
    start_step,
    waive_gate,
)
from jobpakke.packages.services.commitments import Breach
from jobpakke.packages.services.ending import Ending
from jobpakke.packages.services.support import FreeMentor
from tests.builders import Cast, Stairs, agreed, draft, say_yes, workplace
from tests.web.test_pages import text

pytestmark = pytest.mark.django_db
WHY = {"because": "mistyped"}


@pytest.fixture
def bo(client: Client, cast: Cast) -> Client:
    client.force_login(cast.bo)
    return client


@pytest.fixture
def stairs(cast: Cast) -> Stairs:
    return agreed(cast.bo, cast.her, today() - timedelta(days=60))


def page(bo: Client, name: str, *refs: object, on: str = "") -> str:
    return text(bo.get(reverse(name, args=refs), {"on": on} if on else {}))


def told(bo: Client, cast: Cast) -> str:
    return page(bo, "history", cast.her.ref)


def concluded(cast: Cast, stairs: Stairs) -> JobPackage:
    ending = Ending(
        today() - timedelta(days=9),
        Outcome.ORDINARY_JOB,
        job_title="Receptionist",
        workplace=workplace(cast.bo, cast.here),
        weekly_hours=Decimal(30),
        aftercare_until=today() + timedelta(days=90),
    )
    return conclude_package(actor=cast.bo, package=stairs.package, ending=ending, on=today() - timedelta(days=9))


def test_the_job_is_corrected_from_the_top_of_the_staircase(bo: Client, cast: Cast, stairs: Stairs) -> None:
    concluded(cast, stairs)
    job = Job.objects.get()
    url, citizen = reverse("correct_job", args=[job.ref]), reverse("citizen", args=[cast.her.ref])
    assert url in text(bo.get(citizen))
    assert url not in text(bo.get(citizen, {"on": (today() - timedelta(days=1)).isoformat()}))
    shown = text(bo.get(url))
    for words in ("Receptionist", "Hotel Prøven (9900000001)", "30", "Fleksjob"):
        assert words in shown
    seen = bo.get(url).context["form"].initial["seen"]
    right = {
        "seen": seen,
        "title": "Portør",
        "form": "flex_job",
        "day": job.starts_on,
        "employer": "Klinik Nord",
        "hours": "12,5",
    }
    both = bo.post(url, {**right, **WHY, "workplace": "Hotel Prøven"})
    assert (both.status_code, "ikke begge" in text(both)) == (422, True)
    unchanged = {
        "seen": seen,
        "title": "Receptionist",
        "form": "ordinary_job",
        "day": job.starts_on,
        "workplace": "Hotel Prøven",
    }
    assert "Det er det, der allerede står" in text(bo.post(url, {**unchanged, **WHY, "hours": "30"}))
    assert bo.post(url, {**right, **WHY}).status_code == 302
    top = text(bo.get(citizen)).partition('<div class="maal')[2].partition("</div>")[0]
    for words in ("Portør", "Fleksjob", "Klinik Nord", "12,5 timer om ugen"):
        assert words in top
    history = told(bo, cast)
    assert "førte til et job: ordinært job, “Receptionist”, Hotel Prøven, 30 timer om ugen, fra" in history
    assert "blev rettet: fleksjob, “Portør”, Klinik Nord, 12,5 timer om ugen, fra" in history
    assert "før stod der ordinært job" in history


def test_two_who_correct_the_job_see_both_texts(bo: Client, cast: Cast, stairs: Stairs) -> None:
    concluded(cast, stairs)
    url = reverse("correct_job", args=[Job.objects.get().ref])
    first = {"title": "Portør", "form": "ordinary_job", "day": today(), "seen": "", **WHY}
    seen = bo.get(url).context["form"].initial["seen"]
    assert bo.post(url, {**first, "seen": seen}).status_code == 302
    second = bo.post(url, {**first, "title": "Tjener", "seen": seen})
    assert second.status_code == 422
    assert "Portør" in text(second)
    assert "Tjener" in text(second)
    assert second.context["form"].differs == [("Jobbet", "Portør", "Tjener")]


def test_a_promise(bo: Client, cast: Cast, stairs: Stairs) -> None:
    row = make_commitment(
        actor=cast.bo, package=stairs.package, party=Party.COMPANY, text="Et kursus", due_on=today(), on=today()
    )
    url = reverse("undo_settlement", args=[row.ref])
    assert url not in page(bo, "citizen", cast.her.ref)
    breach = Breach(Party.COMPANY, BreakReason.NO_ROOM, "Holdet blev aflyst")
    settle_commitment(actor=cast.bo, commitment=row, kept=False, breach=breach, settled_on=today(), on=today())
    assert url in page(bo, "citizen", cast.her.ref)
    assert "Holdet blev aflyst" in text(bo.get(url))
    assert bo.post(url, WHY).status_code == 302
    assert Commitment.objects.get().broken_on is None
    refused = bo.post(url, WHY)
    assert (refused.status_code, "står åbent" in text(refused)) == (422, True)
    history = told(bo, cast)
    assert "“Holdet blev aflyst”" in history
    assert "står åbent igen: “Et kursus” var ikke brudt, som der stod" in history


def test_a_dispensation(bo: Client, cast: Cast, stairs: Stairs) -> None:
    waive_gate(actor=cast.bo, step=stairs.first.step, given_on=today(), reason="Lærte det hjemme.", on=today())
    url = reverse("undo_waiver", args=[Waiver.objects.get().ref])
    assert url in page(bo, "citizen", cast.her.ref)
    assert url not in page(bo, "citizen", cast.her.ref, on=(today() - timedelta(days=1)).isoformat())
    assert "Lærte det hjemme" in text(bo.get(url))
    start_step(actor=cast.bo, step=stairs.second.step, started_on=today(), on=today())
    refused = bo.post(url, WHY)
    assert refused.status_code == 422
    assert f"“{stairs.second.title}” begyndte den" in text(refused)
    stairs.second.step.refresh_from_db()
    no_start = {"what": "no_start", "because": "never_happened"}
    assert bo.post(reverse("correct_step", args=[stairs.second.step.ref]), no_start).status_code == 302
    assert bo.post(url, WHY).status_code == 302
    assert not Waiver.objects.exists()
    history = told(bo, cast)
    assert "dispensation for “Afklaring”, af: jobkonsulent: “Lærte det hjemme”." in history
    assert "Der var ikke givet dispensation for “Afklaring”, som der stod" in history


def test_a_yes(bo: Client, cast: Cast) -> None:
    version = draft(cast.bo, cast.her, today()).version
    propose_plan(actor=cast.bo, version=version, on=today())
    say_yes(cast.bo, version, today(), Party.CITIZEN)
    url = reverse("undo_approval", args=[Approval.objects.get().ref])
    assert url in page(bo, "plan", version.ref)
    assert "underskrev" in text(bo.get(url))
    assert bo.post(url, WHY).status_code == 302
    assert not Approval.objects.exists()
    assert "Borgeren havde ikke sagt ja til version 1 af planen, som der stod" in told(bo, cast)
    for party in Party:
        say_yes(cast.bo, version, today(), party)
    assert "undo_approval" not in page(bo, "plan", version.ref)
    assert not [row for row in Approval.objects.all() if str(row.ref) in page(bo, "plan", version.ref)]


def test_a_mentors_confirmation(bo: Client, cast: Cast, stairs: Stairs) -> None:
    row = assign_mentor(
        actor=cast.bo,
        step=stairs.first.step,
        mentor=FreeMentor("Lis Lund", Party.COMPANY),
        starts_on=stairs.first.starts_on,
        confidentiality_on=None,
        on=stairs.first.starts_on,
    )
    url = reverse("undo_confirmation", args=[row.ref])
    assert url not in page(bo, "step_mentors", stairs.first.step.ref)
    confirm_mentor(actor=cast.bo, mentorship=row, confirmed_on=today(), on=today())
    assert url in page(bo, "step_mentors", stairs.first.step.ref)
    assert "Lis Lund" in text(bo.get(url))
    assert bo.post(url, WHY).status_code == 302
    assert Mentorship.objects.get().confidentiality_on is None
    assert "Lis Lund, mentor i “Afklaring”, havde ikke bekræftet tavshedspligten" in told(bo, cast)
    confirm_mentor(actor=cast.bo, mentorship=Mentorship.objects.get(), confirmed_on=today(), on=today())
    start_step(actor=cast.bo, step=stairs.first.step, started_on=today(), on=today())
    assert url not in page(bo, "step_mentors", stairs.first.step.ref)


def test_the_end_of_aftercare(bo: Client, cast: Cast, stairs: Stairs) -> None:
    concluded(cast, stairs)
    care = Aftercare.objects.select_related("package__citizen").get()
    url = reverse("undo_aftercare_end", args=[care.ref])
    end_aftercare(actor=cast.bo, aftercare=care, ended_on=today(), on=today())
    assert url in page(bo, "aftercare", care.ref)
    assert bo.post(url, WHY).status_code == 302
    assert Aftercare.objects.get().ended_on is None
    assert url not in page(bo, "aftercare", care.ref)
    assert "Efterværnet var ikke slut efter ønske, som der stod" in told(bo, cast)


def test_a_job_that_went_with_the_end_of_its_package_is_still_told(bo: Client, cast: Cast, stairs: Stairs) -> None:
    assert stairs.version.goal.form == GoalForm.ORDINARY
    package = concluded(cast, stairs)
    assert bo.post(reverse("undo_package_end", args=[package.ref]), WHY).status_code == 302
    assert "førte til et job: ordinært job, “Receptionist”, Hotel Prøven" in told(bo, cast)
