"""A competence card from asking to evidence: by whom, by which link, until when; and what is refused on the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from jobpakke.companies.models import Workplace
from jobpakke.companies.services import name_mentor
from jobpakke.history.models import Event
from jobpakke.lib.refusal import Refused
from jobpakke.method.ladder import unmet
from jobpakke.method.rulebook import Limit, Severity
from jobpakke.packages.cards import LinkHolder, cards_waiting, code_of, questions_of, with_cards
from jobpakke.packages.facts import plan_of
from jobpakke.packages.models import (
    CardAnswer,
    CompetenceCard,
    CorrectionReason,
    EndReason,
    Evidence,
    JobPackage,
    Outcome,
)
from jobpakke.packages.services import (
    answer_card,
    ask_for_card,
    end_package,
    end_step,
    hand_in_card,
    override_rule,
    renew_card_link,
    revoke_card,
    take_in_card,
    undo_start,
)
from tests.builders import DAY, Cast, agreed, workplace
from tests.packages.carded import WHO, AtWork, asked, at_work, codes, day, filled, holder, kinds, newest

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(cast: Cast) -> Workplace:
    return workplace(cast.bo, cast.here)


@pytest.fixture
def work(cast: Cast, place: Workplace) -> AtWork:
    return at_work(cast.bo, cast.her, place)


def test_a_card_that_is_filled_in_opens_the_gate_once_it_is_taken_in(cast: Cast, work: AtWork) -> None:
    card = filled(asked(cast.bo, work), 3, day(2), "Godt gået")
    step = plan_of(work.package, on=day(2)).ladder.steps[work.step.ref]
    assert unmet(step, on=day(2)), "what a link says is no evidence yet"
    take_in_card(actor=cast.bo, card=newest(card), judged={}, on=day(3))
    evidence = Evidence.objects.get()
    assert (evidence.card_id, evidence.shown, evidence.meets, evidence.shown_on) == (card.pk, 3, True, day(2))
    assert evidence.recorded_by == cast.bo
    step = plan_of(work.package, on=day(3)).ladder.steps[work.step.ref]
    assert not unmet(step, on=day(2)), "met on the day on which the company said so"
    assert kinds() == ["card_asked", "card_handed_in", "card_taken_in"]
    handed = Event.objects.get(kind="card_handed_in")
    assert (handed.actor, handed.subject, handed.about) == (None, work.step.ref, cast.her.ref)


def test_levels_below_what_is_demanded_and_what_cannot_be_judged_meet_nothing(cast: Cast, place: Workplace) -> None:
    work = at_work(cast.bo, cast.her, place, levels=(4, None, None, 2))
    card = asked(cast.bo, work)
    levels = [3, 5, 5, None]
    for goal, level in zip(work.goals, levels, strict=True):
        answer_card(actor=holder(card), card=card, question=str(goal.ref), level=level, on=DAY)
    hand_in_card(actor=holder(card), card=card, remark="", on=DAY)
    take_in_card(actor=cast.bo, card=newest(card), judged={work.goals[1].ref: True}, on=DAY)
    found = {row.sub_goal.title: (row.shown, row.meets) for row in Evidence.objects.select_related("sub_goal")}
    assert found == {"Delmål 1": (3, False), "Delmål 2": (5, True), "Delmål 3": (5, False)}


def test_it_asks_the_steps_own_sub_goals_first_then_what_is_asked_of_everybody(cast: Cast, work: AtWork) -> None:
    card = asked(cast.bo, work)
    questions = questions_of(card)
    assert [each.goal for each in questions[:2]] == [work.goals[0], None]
    assert questions[1].code == "turns_up"
    assert len({each.code for each in questions}) == len(questions) == 9


@pytest.mark.parametrize("link", ["", "x" * 22, "å", "../../etc"])
def test_who_was_not_asked_answers_nothing(cast: Cast, work: AtWork, link: str) -> None:
    card = asked(cast.bo, work)
    for verb in (
        lambda who: answer_card(actor=who, card=card, question="turns_up", level=5, on=DAY),
        lambda who: hand_in_card(actor=who, card=card, remark="", on=DAY),
    ):
        with pytest.raises(Refused) as refused:
            verb(LinkHolder(link))
        assert codes(refused) == ["CARD_NOT_ASKED"]
    assert not CardAnswer.objects.exists()


def test_the_link_of_one_card_does_not_open_another(cast: Cast, place: Workplace, work: AtWork) -> None:
    mine = asked(cast.bo, work)
    name_mentor(actor=cast.bo, workplace=place, name="Lis", on=DAY)
    other = ask_for_card(actor=cast.bo, step=work.step, asked_name="Lis", on=DAY)
    with pytest.raises(Refused) as refused:
        answer_card(actor=holder(mine), card=other, question="turns_up", level=5, on=DAY)
    assert codes(refused) == ["CARD_NOT_ASKED"]


def test_a_link_is_used_once(cast: Cast, work: AtWork) -> None:
    card = filled(asked(cast.bo, work))
    with pytest.raises(Refused) as refused:
        answer_card(actor=holder(card), card=card, question="turns_up", level=1, on=DAY)
    assert codes(refused) == ["CARD_LINK_USED"]
    with pytest.raises(Refused) as refused:
        hand_in_card(actor=holder(card), card=card, remark="", on=day(1))
    assert codes(refused) == ["CARD_LINK_USED"]
    assert CardAnswer.objects.get(question="turns_up").level == 4


def test_a_link_runs_out_and_is_renewed_with_what_was_answered(cast: Cast, work: AtWork) -> None:
    card = asked(cast.bo, work)
    old, number = holder(card), 15
    for open_on in (0, 13, 14):
        answer_card(actor=old, card=card, question="turns_up", level=2, on=day(open_on))
    with pytest.raises(Refused) as refused:
        answer_card(actor=old, card=card, question="pace", level=3, on=day(number))
    assert codes(refused) == ["CARD_LINK_EXPIRED"]
    renew_card_link(actor=cast.bo, card=newest(card), on=day(number))
    with pytest.raises(Refused) as refused:
        answer_card(actor=old, card=card, question="pace", level=3, on=day(number))
    assert codes(refused) == ["CARD_LINK_REPLACED"]
    answer_card(actor=holder(card), card=card, question="pace", level=3, on=day(number))
    given = {each.code: each.level for each in questions_of(newest(card)) if each.answered}
    assert given == {"turns_up": 2, "pace": 3}
    assert code_of(newest(card)) != old.code


def test_how_long_it_opens_is_the_municipalitys_own(cast: Cast, work: AtWork) -> None:
    override_rule(
        actor=cast.anna,
        municipality=cast.here,
        limit=Limit.CARD_LINK,
        values={"days": 0},
        severity=Severity.STOP,
        starts_on=DAY,
        reason="Kun på stedet",
        on=DAY,
    )
    card = asked(cast.bo, work)
    answer_card(actor=holder(card), card=card, question="pace", level=3, on=DAY)
    with pytest.raises(Refused) as refused:
        answer_card(actor=holder(card), card=card, question="pace", level=3, on=day(1))
    assert codes(refused) == ["CARD_LINK_EXPIRED"]


def test_a_card_that_is_taken_back_opens_to_nobody_and_can_be_asked_for_again(cast: Cast, work: AtWork) -> None:
    card = asked(cast.bo, work)
    answer_card(actor=holder(card), card=card, question="pace", level=3, on=DAY)
    revoke_card(actor=cast.bo, card=card, on=day(1))
    assert not CardAnswer.objects.exists(), "what is not used is not kept"
    with pytest.raises(Refused) as refused:
        answer_card(actor=holder(card), card=card, question="pace", level=3, on=day(1))
    assert codes(refused) == ["CARD_LINK_REVOKED"]
    for verb in (renew_card_link, revoke_card):
        with pytest.raises(Refused) as refused:
            verb(actor=cast.bo, card=newest(card), on=day(2))
        assert codes(refused) == ["CARD_REVOKED_ALREADY"]
    asked(cast.bo, work, day(2))


def test_what_has_been_handed_in_stands(cast: Cast, work: AtWork) -> None:
    card = newest(filled(asked(cast.bo, work)))
    for verb in (renew_card_link, revoke_card):
        with pytest.raises(Refused) as refused:
            verb(actor=cast.bo, card=card, on=day(1))
        assert codes(refused) == ["CARD_HANDED_IN_ALREADY"]
    take_in_card(actor=cast.bo, card=card, judged={}, on=day(1))
    with pytest.raises(Refused) as refused:
        take_in_card(actor=cast.bo, card=newest(card), judged={}, on=day(1))
    assert codes(refused) == ["CARD_TAKEN_IN_ALREADY"]
    assert Evidence.objects.count() == 1


def test_who_takes_in_what_another_has_taken_in_is_told(cast: Cast, work: AtWork) -> None:
    mine = newest(filled(asked(cast.bo, work)))
    take_in_card(actor=cast.bo, card=newest(mine), judged={}, on=DAY)
    with pytest.raises(Refused) as refused:
        take_in_card(actor=cast.bo, card=mine, judged={}, on=DAY)
    assert codes(refused) == ["CHANGED_MEANWHILE_BY_ANOTHER"]


def test_who_is_asked_is_somebody_there_once_at_a_time(cast: Cast, work: AtWork) -> None:
    with pytest.raises(Refused) as refused:
        ask_for_card(actor=cast.bo, step=work.step, asked_name="En fremmed", on=DAY)
    assert codes(refused) == ["CARD_PERSON_NOT_THERE"]
    assert refused.value.refusals[0].args == {"people": (WHO,)}
    asked(cast.bo, work)
    with pytest.raises(Refused) as refused:
        asked(cast.bo, work)
    assert codes(refused) == ["CARD_WAITS_ALREADY"]


def test_only_in_a_step_under_way_at_a_workplace(cast: Cast, work: AtWork) -> None:
    elsewhere = agreed(cast.erik, cast.frode)
    with pytest.raises(Refused) as refused:
        ask_for_card(actor=cast.erik, step=elsewhere.first.step, asked_name=WHO, on=DAY)
    assert codes(refused) == ["CARD_STEP_NOT_UNDER_WAY"]
    end_step(actor=cast.bo, step=work.step, ended_on=day(3), reason=EndReason.ABSENCE, on=day(3))
    with pytest.raises(Refused) as refused:
        asked(cast.bo, work, day(3))
    assert codes(refused) == ["CARD_STEP_NOT_UNDER_WAY"]


def test_not_where_there_is_no_workplace(cast: Cast, work: AtWork) -> None:
    work.step.wordings.update(workplace=None)
    with pytest.raises(Refused) as refused:
        asked(cast.bo, work)
    assert codes(refused) == ["CARD_WITHOUT_WORKPLACE"]


def test_what_is_handed_in_says_something(cast: Cast, work: AtWork) -> None:
    card = asked(cast.bo, work)

    def refused_codes(remark: str = "") -> list[str]:
        with pytest.raises(Refused) as refused:
            hand_in_card(actor=holder(card), card=card, remark=remark, on=DAY)
        return codes(refused)

    assert refused_codes() == ["CARD_GOAL_UNANSWERED"]
    card.sub_goals.clear()
    assert refused_codes() == ["CARD_EMPTY"]
    answer_card(actor=holder(card), card=card, question="pace", level=None, on=DAY)
    assert refused_codes("Ring på 010203-0405") == ["CARD_REMARK_HOLDS_NUMBER"]
    assert refused_codes("x" * 401) == ["TEXT_TOO_LONG"]
    assert newest(card).handed_in_on is None
    hand_in_card(actor=holder(card), card=card, remark="", on=DAY)


def test_levels_and_questions_are_those_of_the_card(cast: Cast, work: AtWork) -> None:
    card = asked(cast.bo, work)
    for level in (0, 6, -1):
        with pytest.raises(Refused) as refused:
            answer_card(actor=holder(card), card=card, question="pace", level=level, on=DAY)
        assert codes(refused) == ["LEVEL_OUT_OF_SCALE"]
    with pytest.raises(Refused) as refused:
        answer_card(actor=holder(card), card=card, question="shoe_size", level=5, on=DAY)
    assert codes(refused) == ["CARD_QUESTION_UNKNOWN"]


def test_nothing_is_taken_in_before_it_is_handed_in(cast: Cast, work: AtWork) -> None:
    with pytest.raises(Refused) as refused:
        take_in_card(actor=cast.bo, card=asked(cast.bo, work), judged={}, on=DAY)
    assert codes(refused) == ["CARD_NOT_HANDED_IN"]


def test_strangers_ask_and_take_in_nothing(cast: Cast, work: AtWork) -> None:
    card = newest(filled(asked(cast.bo, work)))
    for stranger, code in ((cast.erik, "NOT_FOUND"), (cast.dorte, "NOT_FOUND"), (cast.tove, "ROLE_LACKS_ACT")):
        tries: list[tuple[Callable[..., object], dict[str, object]]] = [
            (ask_for_card, {"step": work.step, "asked_name": WHO}),
            (take_in_card, {"card": card, "judged": {}}),
            (renew_card_link, {"card": card}),
            (revoke_card, {"card": card}),
        ]
        for verb, more in tries:
            with pytest.raises(Refused) as refused:
                verb(actor=stranger, on=DAY, **more)
            assert codes(refused) == [code]


def test_with_the_package_end_the_cards_that_nobody_has_handed_in(cast: Cast, work: AtWork) -> None:
    card = asked(cast.bo, work)
    end_step(actor=cast.bo, step=work.step, ended_on=day(3), reason=EndReason.ABSENCE, on=day(3))
    answer_card(actor=holder(card), card=card, question="pace", level=1, on=day(3))  # a step that is over can be judged
    end_package(actor=cast.bo, package=work.package, ended_on=day(4), outcome=Outcome.OTHER, on=day(4))
    assert newest(card).revoked_on == day(4)
    assert kinds()[-1] == "card_revoked"


def test_with_a_step_that_never_began_its_card_is_taken_back(cast: Cast, work: AtWork) -> None:
    card = asked(cast.bo, work)
    undo_start(actor=cast.bo, step=work.step, because=CorrectionReason.NEVER_HAPPENED, on=day(1))
    assert newest(card).revoked_on == day(1)


def test_the_cards_that_stand_are_read_with_their_package(cast: Cast, work: AtWork) -> None:
    def standing(on: date) -> list[tuple[str, date | None]]:
        (package,) = with_cards(JobPackage.objects.filter(pk=work.package.pk), on=on)
        return [(each.who, each.handed_in_on) for each in cards_waiting(package, on=on)]

    card = asked(cast.bo, work, day(1))
    filled(card, on=day(3))
    take_in_card(actor=cast.bo, card=newest(card), judged={}, on=day(5))
    found = {number: standing(day(number)) for number in range(7)}
    waits, done = [(WHO, None)], [(WHO, day(3))]
    assert found == {0: [], 1: waits, 2: waits, 3: done, 4: done, 5: [], 6: []}


def test_the_database_holds_it_too(cast: Cast, work: AtWork) -> None:
    card = asked(cast.bo, work)
    rows = CompetenceCard.objects.filter(pk=card.pk)
    for wrong in (
        {"link_until": DAY},
        {"linked_on": day(-1)},
        {"set_aside_on": DAY, "set_aside_because": "by_mistake"},
        {"handed_in_on": DAY},
        {"taken_in_on": DAY, "taken_in_by": cast.bo},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        CardAnswer.objects.create(card=card, question="pace", level=6)
