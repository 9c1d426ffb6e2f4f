"""Which company a promise is of, where a plan concerns several: it is named, and no other hears of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from jobpakke.companies.models import Workplace
from jobpakke.demo.ground import invented_cvr
from jobpakke.lib.refusal import Refused
from jobpakke.packages.models import BreakReason, Commitment, Party
from jobpakke.packages.services import lay_commitment, make_commitment, settle_commitment
from jobpakke.packages.services.commitments import Breach
from jobpakke.packages.telling import untold
from tests.builders import DAY, Cast, Stairs, approve, shared, workplace

pytestmark = pytest.mark.django_db


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


def test_a_promise_names_its_company_where_the_plan_has_several_and_is_told_to_no_other(
    cast: Cast, stairs: Stairs, hotel: Workplace, shop: Workplace
) -> None:
    stranger = workplace(cast.bo, cast.here, invented_cvr(940), "Fremmed")
    lay: dict[str, Any] = {"actor": cast.bo, "version": stairs.version, "due_on": day(9), "on": DAY}
    with pytest.raises(Refused, match="COMPANY_NOT_NAMED"):
        lay_commitment(party=Party.COMPANY, text="Lagt", **lay)
    assert lay_commitment(party=Party.COMPANY, text="Lagt", company=shop.company, **lay).company == shop.company
    approve(cast.bo, stairs.version, DAY)
    arguments: dict[str, Any] = {"actor": cast.bo, "package": stairs.package, "due_on": day(9), "on": day(1)}
    with pytest.raises(Refused, match="COMPANY_NOT_NAMED"):
        make_commitment(party=Party.COMPANY, text="Job", **arguments)
    with pytest.raises(Refused, match="COMPANY_NOT_IN_PLAN"):
        make_commitment(party=Party.COMPANY, text="Job", company=stranger.company, **arguments)
    row = make_commitment(party=Party.COMPANY, text="Job", company=hotel.company, **arguments)
    assert make_commitment(party=Party.CITIZEN, text="Møder", company=hotel.company, **arguments).company is None

    def heard(on: date) -> set[tuple[str, str]]:
        left = [each for each in untold(stairs.package, on=on) if each.about == "Job"]
        return {(each.event.kind, each.company or each.to_tell.party.value) for each in left}

    assert heard(day(1)) == {("commitment_made", "citizen")}, "the hotel knows what it promised; the shop need not"
    breach = Breach(Party.MUNICIPALITY, BreakReason.NEED_GONE)
    settle_commitment(actor=cast.bo, commitment=row, kept=False, breach=breach, settled_on=day(2), on=day(2))
    assert ("commitment_broken", "Hotel Prøven") in heard(day(2))
    assert ("commitment_broken", "Butik Syd") not in heard(day(2))


def test_a_promise_is_that_of_the_only_company(cast: Cast, hotel: Workplace) -> None:
    stairs = shared(cast.erik, cast.frode, [hotel], DAY)
    approve(cast.erik, stairs.version, DAY)
    arguments: dict[str, Any] = {"actor": cast.erik, "package": stairs.package, "due_on": day(9), "on": day(1)}
    assert make_commitment(party=Party.COMPANY, text="Job", **arguments).company == hotel.company
    for party in (Party.CITIZEN, Party.MUNICIPALITY):
        assert make_commitment(party=party, text="Job", **arguments).company is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Commitment.objects.filter(party=Party.CITIZEN).update(company=hotel.company)


def test_a_promise_of_a_company_that_nobody_named_is_told_to_each(
    cast: Cast, stairs: Stairs, hotel: Workplace, shop: Workplace
) -> None:
    """As it was before a promise named its company."""
    approve(cast.bo, stairs.version, DAY)
    arguments: dict[str, Any] = {"actor": cast.bo, "package": stairs.package, "due_on": day(9), "on": day(1)}
    make_commitment(party=Party.COMPANY, text="Job", company=hotel.company, **arguments)
    Commitment.objects.update(company=None)
    heard = {each.company or each.to_tell.party.value for each in untold(stairs.package, on=day(1))}
    assert heard == {"citizen", "Butik Syd", "Hotel Prøven"}
