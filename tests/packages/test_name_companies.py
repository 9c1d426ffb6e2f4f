"""The migration that names the company of each answer where only one can have given it, and back."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps

from jobpakke.companies.models import Workplace
from jobpakke.demo.ground import invented_cvr
from jobpakke.method.proposals import Wanted
from jobpakke.packages.models import Approval, HowTold, Party, Proposal, SignedCopy
from jobpakke.packages.services import propose_change, propose_plan
from jobpakke.packages.services.proposals import Wish
from tests.builders import DAY, Cast, agreed, approve, say_yes, shared, workplace

pytestmark = pytest.mark.django_db
MIGRATION = import_module("jobpakke.packages.migrations.0020_company_answers")


@pytest.fixture
def hotel(cast: Cast) -> Workplace:
    return workplace(cast.bo, cast.here)


def companies() -> set[int | None]:
    return set(Approval.objects.filter(party=Party.COMPANY).values_list("company", flat=True))


def test_the_only_company_is_named(cast: Cast, hotel: Workplace) -> None:
    stairs = shared(cast.bo, cast.her, [hotel])
    approve(cast.bo, stairs.version, DAY)
    copy = SignedCopy.objects.create(
        version=stairs.version,
        by_citizen=False,
        by_company=True,
        by_municipality=False,
        size=1,
        signed_on=DAY,
        filed_on=DAY,
        filed_by=cast.bo,
    )
    task = Wish(Wanted.OTHER_TASK, "Mangler hænder", task="Lager")
    propose_change(
        actor=cast.bo,
        package=stairs.package,
        party=Party.COMPANY,
        wish=task,
        made_on=DAY,
        how=HowTold.ON_PHONE,
        on=DAY,
    )
    other = agreed(cast.erik, cast.frode).version
    MIGRATION.forget_the_companies(apps, None)
    assert companies() == {None}
    MIGRATION.name_the_only_company(apps, None)
    assert Approval.objects.get(version=stairs.version, party=Party.COMPANY).company == hotel.company
    assert Approval.objects.get(version=other, party=Party.COMPANY).company is None
    assert Proposal.objects.get().company == hotel.company
    assert list(copy.companies.all()) == [hotel.company]


def test_of_several_nobody_can_say_which_and_back_there_is_one_yes_at_most(cast: Cast, hotel: Workplace) -> None:
    shop = workplace(cast.bo, cast.here, invented_cvr(903), "Butik Syd")
    stairs = shared(cast.bo, cast.her, [hotel, shop])
    approve(cast.bo, stairs.version, DAY)
    waits = shared(cast.erik, cast.frode, [hotel, shop]).version
    propose_plan(actor=cast.erik, version=waits, on=DAY)
    say_yes(cast.erik, waits, DAY, Party.COMPANY, shop.company)
    MIGRATION.forget_the_companies(apps, None)
    assert Approval.objects.filter(version=stairs.version, party=Party.COMPANY).count() == 1
    assert not waits.approvals.exists(), "the other company had not answered yet"
    MIGRATION.name_the_only_company(apps, None)
    assert companies() == {None}
