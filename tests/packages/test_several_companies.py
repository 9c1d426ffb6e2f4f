"""A plan over several companies: each is asked for itself, and the plan is agreed when all have said yes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from jobpakke.companies.models import Company, Workplace
from jobpakke.companies.services import name_mentor
from jobpakke.continuity.caseload import caseload
from jobpakke.continuity.findings import FindingKind, findings
from jobpakke.demo.ground import invented_cvr
from jobpakke.history.models import Event
from jobpakke.lib.refusal import Refused
from jobpakke.method.proposals import Wanted
from jobpakke.packages.answers import answers_of, with_answers
from jobpakke.packages.models import (
    Approval,
    Correction,
    CorrectionReason,
    EndReason,
    GoalForm,
    HowTold,
    LateReason,
    Party,
    PlannedStep,
    PlanVersion,
    Proposal,
    SignedCopy,
    Telling,
)
from jobpakke.packages.models.package import OnBehalfReason
from jobpakke.packages.services import (
    approve_plan,
    assign_mentor,
    change_goal,
    end_step,
    file_signed_copy,
    make_commitment,
    propose_change,
    propose_plan,
    record_told,
    remove_step,
    reopen_plan,
    start_step,
    tell_paper,
    undo_approval,
    withdraw_proposal,
)
from jobpakke.packages.services.proposals import Wish
from jobpakke.packages.telling import untold
from tests.builders import DAY, Cast, Stairs, approve, draft, say_yes, shared, workplace
from tests.packages.papers import scan

pytestmark = pytest.mark.django_db
PAPER = OnBehalfReason.SIGNED_ON_PAPER


def day(number: int) -> date:
    return DAY + timedelta(days=number)


@pytest.fixture
def hotel(cast: Cast) -> Workplace:
    return workplace(cast.bo, cast.here)


@pytest.fixture
def shop(cast: Cast) -> Workplace:
    return workplace(cast.bo, cast.here, invented_cvr(903), "Butik Syd")


@pytest.fixture
def stairs(cast: Cast, hotel: Workplace, shop: Workplace) -> Stairs:
    """Drafted; both companies have a step to come."""
    return shared(cast.bo, cast.her, [hotel, shop])


def step_at(version: PlanVersion, place: Workplace) -> PlannedStep:
    return version.planned_steps.select_related("step__package").get(workplace=place)


def asked(version: PlanVersion, on: date = DAY) -> list[tuple[str, str, bool]]:
    read = with_answers(PlanVersion.objects.filter(pk=version.pk)).get()
    return [(each.voice.side.value, each.name, each.yes is not None) for each in answers_of(read, on=on)]


def test_each_company_says_yes_for_itself_and_the_municipality_last(
    cast: Cast, stairs: Stairs, hotel: Workplace, shop: Workplace
) -> None:
    version = stairs.version
    propose_plan(actor=cast.bo, version=version, on=DAY)
    say_yes(cast.bo, version, DAY, Party.CITIZEN)
    with pytest.raises(Refused, match="COMPANY_NOT_NAMED") as unnamed:
        say_yes(cast.bo, version, DAY, Party.COMPANY)
    assert unnamed.value.refusals[0].args["companies"] == ("Butik Syd", "Hotel Prøven")
    say_yes(cast.bo, version, DAY, Party.COMPANY, hotel.company)
    with pytest.raises(Refused, match="PARTY_SAID_YES_ALREADY") as twice:
        say_yes(cast.bo, version, DAY, Party.COMPANY, hotel.company)
    assert twice.value.refusals[0].args == {"party": "Hotel Prøven"}
    with pytest.raises(Refused, match="MUNICIPALITY_APPROVES_LAST") as early:
        say_yes(cast.bo, version, DAY, Party.MUNICIPALITY)
    assert early.value.refusals[0].args == {"parties": ("Butik Syd",)}
    assert asked(version) == [
        ("citizen", "", True),
        ("company", "Butik Syd", False),
        ("company", "Hotel Prøven", True),
        ("municipality", "", False),
    ]
    say_yes(cast.bo, version, day(2), Party.COMPANY, shop.company)
    say_yes(cast.bo, version, day(3), Party.MUNICIPALITY)
    version.refresh_from_db()
    assert version.effective_on == day(3)
    told = Event.objects.filter(kind="plan_approved").order_by("pk").values_list("data__party", "data__company")
    assert [(party, company) for party, company in told if party == "company"] == [
        ("company", str(hotel.company.ref)),
        ("company", str(shop.company.ref)),
    ]


def test_the_yes_of_one_company_is_taken_back_and_the_others_stands(
    cast: Cast, stairs: Stairs, hotel: Workplace, shop: Workplace
) -> None:
    propose_plan(actor=cast.bo, version=stairs.version, on=DAY)
    for place in (hotel, shop):
        say_yes(cast.bo, stairs.version, DAY, Party.COMPANY, place.company)
    rows = Approval.objects.select_related("version__package__citizen", "recorded_by", "company")
    undo_approval(actor=cast.bo, approval=rows.get(company=hotel.company), because=CorrectionReason.MISTYPED, on=day(1))
    assert [(name, said) for side, name, said in asked(stairs.version) if side == "company"] == [
        ("Butik Syd", True),
        ("Hotel Prøven", False),
    ]
    assert Correction.objects.get().was["company"] == str(hotel.company.ref)
    event = Event.objects.get(kind="plan_approval_undone")
    assert (event.data["party"], event.data["company"]) == ("company", str(hotel.company.ref))


def test_a_company_without_a_step_is_not_asked(cast: Cast, stairs: Stairs) -> None:
    other = workplace(cast.bo, cast.here, invented_cvr(904), "Lageret")
    propose_plan(actor=cast.bo, version=stairs.version, on=DAY)
    with pytest.raises(Refused, match="COMPANY_NOT_IN_PLAN") as refused:
        say_yes(cast.bo, stairs.version, DAY, Party.COMPANY, other.company)
    assert refused.value.refusals[0].args == {"company": "Lageret", "companies": ("Butik Syd", "Hotel Prøven")}
    assert not Approval.objects.exists()


def test_a_company_whose_step_is_over_is_not_asked_about_the_next_version(
    cast: Cast, stairs: Stairs, hotel: Workplace, shop: Workplace
) -> None:
    approve(cast.bo, stairs.version, DAY)
    ended = step_at(stairs.version, shop).step
    start_step(actor=cast.bo, step=ended, started_on=DAY, on=DAY)
    end_step(actor=cast.bo, step=ended, ended_on=DAY, reason=EndReason.COMPANY_WITHDREW, on=DAY)
    version = reopen_plan(actor=cast.bo, package=stairs.package, on=DAY)
    change_goal(actor=cast.bo, version=version, title="Gartner", form=GoalForm.ORDINARY, on=DAY)
    propose_plan(actor=cast.bo, version=version, on=DAY, reason="Et andet mål")
    assert [name for _side, name, _yes in asked(version, DAY)] == ["", "Hotel Prøven", ""]
    assert [name for _side, name, yes in asked(stairs.version, DAY) if yes] == ["", "Butik Syd", "Hotel Prøven", ""]
    with pytest.raises(Refused, match="COMPANY_NOT_IN_PLAN"):
        say_yes(cast.bo, version, DAY, Party.COMPANY, shop.company)
    say_yes(cast.bo, version, DAY, Party.CITIZEN)
    say_yes(cast.bo, version, DAY, Party.COMPANY)
    say_yes(cast.bo, version, DAY, Party.MUNICIPALITY)
    assert Approval.objects.get(version=version, party=Party.COMPANY).company == hotel.company


def test_a_company_whose_last_step_ends_while_it_is_asked_holds_nobody_up(
    cast: Cast, stairs: Stairs, hotel: Workplace, shop: Workplace
) -> None:
    """On the day on which the plan takes effect it is asked who still has a step: not before, not after."""
    approve(cast.bo, stairs.version, DAY)
    ended = step_at(stairs.version, shop).step
    start_step(actor=cast.bo, step=ended, started_on=DAY, on=DAY)
    version = reopen_plan(actor=cast.bo, package=stairs.package, on=DAY)
    change_goal(actor=cast.bo, version=version, title="Gartner", form=GoalForm.ORDINARY, on=DAY)
    propose_plan(actor=cast.bo, version=version, on=DAY, reason="Et andet mål")
    say_yes(cast.bo, version, DAY, Party.CITIZEN)
    say_yes(cast.bo, version, DAY, Party.COMPANY, hotel.company)
    end_step(actor=cast.bo, step=ended, ended_on=day(4), reason=EndReason.COMPANY_WITHDREW, on=day(4))
    arguments: dict[str, Any] = {"actor": cast.bo, "version": version, "party": Party.MUNICIPALITY, "on": day(5)}
    with pytest.raises(Refused, match="MUNICIPALITY_APPROVES_LAST"):
        approve_plan(given_on=day(3), **arguments)
    approve_plan(given_on=day(4), **arguments)
    assert PlanVersion.objects.get(pk=version.pk).effective_on == day(4)


def test_where_every_step_at_work_is_over_the_yes_that_was_given_stands(cast: Cast, hotel: Workplace) -> None:
    stairs = shared(cast.bo, cast.her, [hotel])
    approve(cast.bo, stairs.version, DAY)
    ended = step_at(stairs.version, hotel).step
    start_step(actor=cast.bo, step=ended, started_on=DAY, on=DAY)
    version = reopen_plan(actor=cast.bo, package=stairs.package, on=DAY)
    change_goal(actor=cast.bo, version=version, title="Gartner", form=GoalForm.ORDINARY, on=DAY)
    propose_plan(actor=cast.bo, version=version, on=DAY, reason="Et andet mål")
    say_yes(cast.bo, version, DAY, Party.CITIZEN)
    say_yes(cast.bo, version, DAY, Party.COMPANY)
    end_step(actor=cast.bo, step=ended, ended_on=day(4), reason=EndReason.OTHER_PATH, on=day(4))
    assert [name for _side, name, _yes in asked(version, day(4))] == ["", "Hotel Prøven", ""]
    say_yes(cast.bo, version, day(4), Party.MUNICIPALITY)


def test_without_a_step_at_work_it_is_the_goals_company_and_else_the_one_nobody_has_named(
    cast: Cast, hotel: Workplace
) -> None:
    stairs = draft(cast.bo, cast.her)
    assert asked(stairs.version)[1] == ("company", "", False)
    change_goal(actor=cast.bo, version=stairs.version, title="Leder", form=GoalForm.ORDINARY, workplace=hotel, on=DAY)
    assert asked(stairs.version)[1] == ("company", "Hotel Prøven", False)
    change_goal(actor=cast.bo, version=stairs.version, title="Leder", form=GoalForm.ORDINARY, on=DAY)
    propose_plan(actor=cast.bo, version=stairs.version, on=DAY)
    with pytest.raises(Refused, match="COMPANY_NOT_IN_PLAN") as refused:
        say_yes(cast.bo, stairs.version, DAY, Party.COMPANY, hotel.company)
    assert refused.value.refusals[0].args["companies"] == ("company",)
    for party in Party:
        say_yes(cast.bo, stairs.version, DAY, party)
    assert Approval.objects.get(party=Party.COMPANY).company is None


def test_the_database_holds_one_yes_a_company(cast: Cast, stairs: Stairs, hotel: Workplace) -> None:
    propose_plan(actor=cast.bo, version=stairs.version, on=DAY)
    say_yes(cast.bo, stairs.version, DAY, Party.COMPANY, hotel.company)
    row: dict[str, Any] = {
        "version": stairs.version,
        "given_on": DAY,
        "recorded_by": cast.bo,
        "on_behalf_reason": PAPER,
    }
    for company, party in ((hotel.company, Party.COMPANY), (hotel.company, Party.CITIZEN)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Approval.objects.create(party=party, company=company, **row)
    Approval.objects.create(party=Party.COMPANY, company=None, **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.create(party=Party.COMPANY, company=None, **row)


def test_taken_back_the_answers_stay_and_everybody_is_asked_again(cast: Cast, stairs: Stairs, hotel: Workplace) -> None:
    propose_plan(actor=cast.bo, version=stairs.version, on=DAY)
    say_yes(cast.bo, stairs.version, DAY, Party.COMPANY, hotel.company)
    draft_ = withdraw_proposal(actor=cast.bo, version=stairs.version, on=day(1))
    assert [yes for _side, _name, yes in asked(stairs.version, day(2))] == [False, False, True, False]
    assert [yes for _side, _name, yes in asked(draft_, day(2))] == [False] * 4


def test_on_paper_each_company_has_its_own_day(cast: Cast, stairs: Stairs, hotel: Workplace, shop: Workplace) -> None:
    version = stairs.version
    tell_paper(actor=cast.bo, version=version, paper_on=DAY, late_reason=LateReason.TOLD_LATE, on=day(20))
    propose_plan(actor=cast.bo, version=version, on=day(20))
    arguments: dict[str, Any] = {"actor": cast.bo, "version": version, "on": day(20)}
    said: list[tuple[Party, Company | None, date]] = [
        (Party.CITIZEN, None, DAY),
        (Party.COMPANY, hotel.company, day(1)),
        (Party.COMPANY, shop.company, day(4)),
    ]
    for party, company, on in said:
        approve_plan(party=party, company=company, given_on=on, on_behalf_reason=PAPER, **arguments)
    with pytest.raises(Refused, match="APPROVED_BEFORE_PROPOSED"):
        approve_plan(party=Party.MUNICIPALITY, given_on=day(3), **arguments)
    approve_plan(party=Party.MUNICIPALITY, given_on=day(4), **arguments)
    assert [on for _party, _company, on in said] == sorted(
        Approval.objects.exclude(party=Party.MUNICIPALITY).values_list("given_on", flat=True)
    )


def test_a_signed_copy_says_which_company_signed(cast: Cast, stairs: Stairs, hotel: Workplace, shop: Workplace) -> None:
    version = stairs.version
    propose_plan(actor=cast.bo, version=version, on=DAY)
    arguments: dict[str, Any] = {"actor": cast.bo, "version": version, "on": DAY}
    with pytest.raises(Refused, match="COMPANY_NOT_NAMED"):
        file_signed_copy(parties=["company"], scan=scan(width=510), signed_on=DAY, **arguments)
    for company, width in ((hotel.company, 511), (shop.company, None)):
        paper = scan(width=width) if width else None
        approve_plan(
            party=Party.COMPANY, company=company, given_on=DAY, on_behalf_reason=PAPER, scan=paper, **arguments
        )
    copy = SignedCopy.objects.get()
    assert list(copy.companies.all()) == [hotel.company]
    read = with_answers(PlanVersion.objects.filter(pk=version.pk)).get()
    copies = {each.name: each.yes.copy for each in answers_of(read, on=DAY) if each.yes}
    assert copies == {"Hotel Prøven": copy.ref, "Butik Syd": None}


def test_i_dag_says_whose_yes_is_missing(cast: Cast, stairs: Stairs, hotel: Workplace, shop: Workplace) -> None:
    def found(on: date) -> tuple[FindingKind, list[str]]:
        (case,) = caseload(cast.bo, today=on, on=on)
        (finding,) = findings([case], on=on)
        return finding.kind, [each.name or each.voice.side.value for each in finding.unanswered]

    propose_plan(actor=cast.bo, version=stairs.version, on=DAY)
    assert found(DAY) == (FindingKind.PLAN_UNANSWERED, ["citizen", "Butik Syd", "Hotel Prøven"])
    say_yes(cast.bo, stairs.version, DAY, Party.CITIZEN)
    say_yes(cast.bo, stairs.version, day(1), Party.COMPANY, hotel.company)
    assert found(DAY) == (FindingKind.PLAN_UNANSWERED, ["Butik Syd", "Hotel Prøven"])
    assert found(day(1)) == (FindingKind.PLAN_UNANSWERED, ["Butik Syd"])
    say_yes(cast.bo, stairs.version, day(1), Party.COMPANY, shop.company)
    assert found(day(1)) == (FindingKind.PLAN_WAITING, [])


def test_a_company_proposes_for_itself(cast: Cast, stairs: Stairs, hotel: Workplace, shop: Workplace) -> None:
    approve(cast.bo, stairs.version, DAY)
    arguments: dict[str, Any] = {"actor": cast.bo, "package": stairs.package, "made_on": DAY, "how": HowTold.ON_PHONE}
    task = Wish(Wanted.OTHER_TASK, "Mangler hænder", task="Lager")
    with pytest.raises(Refused, match="COMPANY_NOT_NAMED"):
        propose_change(party=Party.COMPANY, wish=task, on=DAY, **arguments)
    first = propose_change(party=Party.COMPANY, company=hotel.company, wish=task, on=DAY, **arguments)
    other = propose_change(party=Party.COMPANY, company=shop.company, wish=task, on=DAY, **arguments)
    again = propose_change(party=Party.COMPANY, company=hotel.company, wish=task, on=DAY, **arguments)
    assert set(Proposal.objects.filter(answered_on=None)) == {other, again}
    assert again.replaces == first
    step = step_at(stairs.version, shop).step
    longer = Wish(Wanted.EXTEND, "Mere tid", step, day=day(90))
    assert propose_change(party=Party.COMPANY, wish=longer, on=DAY, **arguments).company == shop.company
    of_hotel = propose_change(party=Party.COMPANY, company=hotel.company, wish=longer, on=DAY, **arguments)
    assert of_hotel.company == hotel.company
    row = Proposal.objects.get(pk=of_hotel.pk)
    row.pk, row.ref = None, stairs.package.ref
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_a_change_is_told_to_each_company_and_a_mentor_to_that_of_the_step_alone(
    cast: Cast, stairs: Stairs, hotel: Workplace, shop: Workplace
) -> None:
    approve(cast.bo, stairs.version, DAY)
    mentor = name_mentor(actor=cast.bo, workplace=hotel, name="Lis", on=DAY)
    step = step_at(stairs.version, hotel).step
    assign_mentor(actor=cast.bo, step=step, mentor=mentor, starts_on=day(1), confidentiality_on=DAY, on=day(1))
    make_commitment(
        actor=cast.bo, package=stairs.package, party=Party.MUNICIPALITY, text="Kursus", due_on=day(9), on=day(1)
    )

    def left() -> list[tuple[str, str]]:
        return [
            (each.event.kind, each.company or each.to_tell.party.value) for each in untold(stairs.package, on=day(2))
        ]

    both = [("commitment_made", "citizen"), ("commitment_made", "Butik Syd"), ("commitment_made", "Hotel Prøven")]
    assert sorted(left()) == sorted([("mentor_assigned", "citizen"), ("mentor_assigned", "Hotel Prøven"), *both])
    waiting = [(each.event.ref, each.to_tell.voice) for each in untold(stairs.package, on=day(2)) if each.company]
    arguments: dict[str, Any] = {"actor": cast.bo, "package": stairs.package, "how": HowTold.AT_MEETING, "on": day(2)}
    to_shop = [each for each in waiting if each[1].company == shop.company.ref]
    record_told(told=to_shop, told_on=day(2), **arguments)
    assert ("commitment_made", "Butik Syd") not in left()
    assert ("commitment_made", "Hotel Prøven") in left()
    with pytest.raises(Refused, match="NOTHING_TO_TELL"):
        record_told(told=to_shop, told_on=day(2), **arguments)
    assert Telling.objects.get().company == shop.company


def test_a_company_that_leaves_the_plan_is_not_asked_but_told(
    cast: Cast, stairs: Stairs, hotel: Workplace, shop: Workplace
) -> None:
    approve(cast.bo, stairs.version, DAY)
    version = reopen_plan(actor=cast.bo, package=stairs.package, on=DAY)
    remove_step(actor=cast.bo, planned=step_at(version, shop), on=DAY)
    propose_plan(actor=cast.bo, version=version, on=DAY, reason="Butikken har ikke plads")
    assert [name for _side, name, _yes in asked(version)] == ["", "Hotel Prøven", ""]
    assert untold(stairs.package, on=DAY) == ()
    for party in Party:
        say_yes(cast.bo, version, DAY, party)
    (left,) = untold(stairs.package, on=day(1))
    assert (left.event.kind, left.company, left.event.subject) == ("plan_agreed", "Butik Syd", version.ref)
    told = [(left.event.ref, left.to_tell.voice)]
    arguments: dict[str, Any] = {"package": stairs.package, "how": HowTold.ON_PHONE, "told_on": day(1)}
    record_told(actor=cast.bo, told=told, on=day(1), **arguments)
    assert untold(stairs.package, on=day(1)) == ()
