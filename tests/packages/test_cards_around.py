"""What happens around a competence card: it is set aside, changed by two at once, or its step and plan change."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from jobpakke.companies.models import Workplace
from jobpakke.lib.refusal import Refused
from jobpakke.method.evidence import Demand
from jobpakke.method.step_kinds import EvidenceKind
from jobpakke.packages.cards import cards_waiting, people_at, questions_of, with_cards
from jobpakke.packages.facts import plan_of
from jobpakke.packages.models import CorrectionReason, Evidence, JobPackage, Party
from jobpakke.packages.models.card import AsideReason
from jobpakke.packages.services import (
    add_sub_goal,
    answer_card,
    correct_start,
    hand_in_card,
    remove_sub_goal,
    renew_card_link,
    reopen_plan,
    revoke_card,
    set_card_aside,
    take_in_card,
    undo_start,
)
from tests.builders import DAY, Cast, approve, workplace
from tests.packages.carded import WHO, AtWork, asked, at_work, codes, day, filled, holder, kinds, newest

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(cast: Cast) -> Workplace:
    return workplace(cast.bo, cast.here)


@pytest.fixture
def work(cast: Cast, place: Workplace) -> AtWork:
    return at_work(cast.bo, cast.her, place)


def test_what_came_in_by_mistake_is_set_aside(cast: Cast, work: AtWork) -> None:
    card = newest(filled(asked(cast.bo, work)))
    set_card_aside(actor=cast.bo, card=card, because=AsideReason.OTHER_CITIZEN, on=day(1))
    assert kinds()[-1] == "card_set_aside"
    tries: list[tuple[Callable[..., object], dict[str, object]]] = [
        (take_in_card, {"judged": {}}),
        (set_card_aside, {"because": AsideReason.BY_MISTAKE}),
    ]
    for verb, more in tries:
        with pytest.raises(Refused) as refused:
            verb(actor=cast.bo, card=newest(card), on=day(1), **more)
        assert codes(refused) == ["CARD_SET_ASIDE_ALREADY"]
    assert not Evidence.objects.exists()
    (package,) = with_cards(JobPackage.objects.filter(pk=work.package.pk), on=day(1))
    assert cards_waiting(package, on=day(1)) == ()


def test_a_start_stays_on_which_a_company_has_judged_until_the_card_is_set_aside(cast: Cast, work: AtWork) -> None:
    card = newest(filled(asked(cast.bo, work), on=day(2)))
    because = CorrectionReason.MISTYPED
    with pytest.raises(Refused):
        undo_start(actor=cast.bo, step=work.step, because=because, on=day(4))
    with pytest.raises(Refused) as refused:
        correct_start(actor=cast.bo, step=work.step, started_on=day(3), because=because, on=day(4))
    assert codes(refused) == ["START_AFTER_EVIDENCE"]
    set_card_aside(actor=cast.bo, card=card, because=AsideReason.BY_MISTAKE, on=day(4))
    correct_start(actor=cast.bo, step=work.step, started_on=day(3), because=because, on=day(4))


def test_what_is_sent_is_what_was_looked_through(cast: Cast, work: AtWork) -> None:
    card = asked(cast.bo, work)
    answer_card(actor=holder(card), card=card, question=str(work.goals[0].ref), level=4, on=DAY)
    seen = newest(card).edits
    answer_card(actor=holder(card), card=card, question=str(work.goals[0].ref), level=1, on=DAY)
    with pytest.raises(Refused) as refused:
        hand_in_card(actor=holder(card), card=card, remark="", seen=seen, on=DAY)
    assert codes(refused) == ["CARD_ANSWERS_CHANGED"]
    hand_in_card(actor=holder(card), card=card, remark="", seen=newest(card).edits, on=DAY)


def test_who_renews_or_takes_back_a_link_that_was_renewed_meanwhile_is_told(cast: Cast, work: AtWork) -> None:
    card = asked(cast.bo, work)
    renew_card_link(actor=cast.bo, card=newest(card), seen=1, on=DAY)
    for verb in (renew_card_link, revoke_card):
        with pytest.raises(Refused) as refused:
            verb(actor=cast.bo, card=newest(card), seen=1, on=DAY)
        assert codes(refused) == ["CHANGED_MEANWHILE_BY_ANOTHER"]


def test_where_nobody_is_named_nobody_is_asked(cast: Cast, place: Workplace, work: AtWork) -> None:
    place.details.update(contact_name="")
    with pytest.raises(Refused) as refused:
        asked(cast.bo, work)
    assert codes(refused) == ["CARD_NOBODY_THERE"]


@pytest.mark.parametrize(
    ("facts", "there"),
    [
        ({"party": Party.COMPANY}, True),
        ({"party": Party.CITIZEN}, False),
        ({"party": Party.COMPANY, "confidentiality_on": None}, False),
        ({"party": Party.COMPANY, "starts_on": day(-9), "confidentiality_on": day(-9), "ends_on": DAY}, False),
        ({"party": Party.COMPANY, "starts_on": day(1)}, False),
    ],
)
def test_a_mentor_is_asked_who_is_one_there_now(
    cast: Cast, work: AtWork, facts: dict[str, object], there: bool
) -> None:
    known = {"name": "Lis", "named_on": DAY, "starts_on": DAY, "confidentiality_on": DAY, **facts}
    work.step.mentorships.create(**known)
    planned = next(row for row in plan_of(work.package, on=DAY).planned if row.step_id == work.step.pk)
    assert people_at(planned, on=DAY) == (("Lis", WHO) if there else (WHO,))


def test_a_card_that_waits_asks_what_the_plan_asks_now(cast: Cast, work: AtWork) -> None:
    card = asked(cast.bo, work)
    version = reopen_plan(actor=cast.bo, package=work.package, on=DAY)
    planned = version.planned_steps.get(step=work.step)
    remove_sub_goal(actor=cast.bo, planned=planned, goal=work.goals[0], on=DAY)
    kind, demand = EvidenceKind.CARD_LEVEL, Demand(level=4)
    goal = add_sub_goal(actor=cast.bo, planned=planned, title="Et andet", evidence_kind=kind, demand=demand, on=DAY)
    assert questions_of(newest(card))[0].goal == work.goals[0], "until the new version takes effect"
    approve(cast.bo, version, DAY)
    assert questions_of(newest(card))[0].goal == goal
