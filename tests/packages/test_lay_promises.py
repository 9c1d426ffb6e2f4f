"""Promises as part of a plan that is still being made: they count only when it takes effect."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from jobpakke.history.models import Event
from jobpakke.lib.refusal import Refused
from jobpakke.packages.models import Commitment, Party, PlanVersion
from jobpakke.packages.services import (
    discard_draft,
    lay_commitment,
    propose_plan,
    remove_commitment,
    withdraw_proposal,
)
from jobpakke.packages.telling import untold
from tests.builders import DAY, Cast, approve, draft, say_yes

pytestmark = pytest.mark.django_db


def day(number: int) -> date:
    return DAY + timedelta(days=number)


DUE = day(9)


def laid(cast: Cast, version: PlanVersion, due_on: date = DUE) -> Commitment:
    return lay_commitment(
        actor=cast.bo, version=version, party=Party.COMPANY, text="Fast vagtplan", due_on=due_on, on=DAY
    )


def test_given_when_the_plan_takes_effect(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    row = laid(cast, stairs.version)
    assert not Commitment.objects.open_on(day(30)).exists()
    propose_plan(actor=cast.bo, version=stairs.version, on=DAY)
    for party in Party:
        say_yes(cast.bo, stairs.version, day(3), party)
    assert list(Commitment.objects.open_on(day(3))) == [row]
    assert not Commitment.objects.open_on(day(2)).exists()
    kinds = Event.objects.filter(subject=row.ref).order_by("pk").values_list("kind", "effective_on")
    assert list(kinds) == [("commitment_laid", DAY), ("commitment_made", day(3))]
    assert untold(stairs.package, on=day(9)) == ()


def test_taken_out_of_the_draft(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    row = laid(cast, stairs.version)
    for actor in (cast.erik, cast.dorte):
        with pytest.raises(Refused, match="NOT_FOUND|ROLE_LACKS_ACT"):
            remove_commitment(actor=actor, commitment=row, on=DAY)
    remove_commitment(actor=cast.bo, commitment=row, on=DAY)
    assert not Commitment.objects.exists()


def test_neither_laid_nor_taken_out_while_the_parties_answer_and_after(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    row = laid(cast, stairs.version)
    propose_plan(actor=cast.bo, version=stairs.version, on=DAY)
    for verb in (lambda: laid(cast, stairs.version), lambda: remove_commitment(actor=cast.bo, commitment=row, on=DAY)):
        with pytest.raises(Refused, match="PLAN_PROPOSED"):
            verb()


def test_not_due_before_today_nor_before_the_proposal(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    with pytest.raises(Refused, match="COMMITMENT_DUE_BEFORE_MADE"):
        laid(cast, stairs.version, day(-1))
    laid(cast, stairs.version, day(2))
    with pytest.raises(Refused, match="COMMITMENT_DAYS_PASSED"):
        propose_plan(actor=cast.bo, version=stairs.version, on=day(3))


def test_a_proposal_taken_back_leaves_them_in_both(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    row = laid(cast, stairs.version)
    propose_plan(actor=cast.bo, version=stairs.version, on=DAY)
    after = withdraw_proposal(actor=cast.bo, version=stairs.version, on=DAY)
    assert [each.laid_in for each in Commitment.objects.order_by("pk")] == [stairs.version, after]
    approve(cast.bo, after, DAY)
    row.refresh_from_db()
    assert row.made_on is None
    assert Commitment.objects.open_on(DAY).count() == 1


def test_thrown_away_with_the_draft(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    laid(cast, stairs.version)
    discard_draft(actor=cast.bo, version=stairs.version, on=DAY)
    assert not Commitment.objects.exists()


def test_what_was_not_made_is_not_kept(cast: Cast) -> None:
    row = laid(cast, draft(cast.bo, cast.her).version)
    with pytest.raises(IntegrityError):
        Commitment.objects.filter(pk=row.pk).update(kept_on=DAY)
