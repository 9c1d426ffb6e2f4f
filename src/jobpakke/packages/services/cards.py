"""Asking a company for a competence card by a link, answering it, and taking its levels in as evidence.

Nobody at a company signs in: who holds the link answers, until it is used, has run out or is taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F

from jobpakke.access.models import User
from jobpakke.history.kinds import CardAsked, CardHandedIn, CardLinkRenewed, CardRevoked, CardSetAside, CardTakenIn
from jobpakke.lib.clock import now
from jobpakke.lib.refs import Ref
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.lib.texts import holds_number, plain
from jobpakke.method.cards import CardRefusal, is_met, link_until, why_not_renew, why_not_take_in
from jobpakke.method.evidence import LEAST_LEVEL, MOST_LEVEL, EvidenceRefusal
from jobpakke.packages.card_templates import newest_template
from jobpakke.packages.cards import LinkHolder, goals_in, people_at, questions_of, require_opened, why_not_ask
from jobpakke.packages.facts import plan_of
from jobpakke.packages.models import AsideReason, CardAnswer, CompetenceCard, JobPackage, Step
from jobpakke.packages.rules import rules_of
from jobpakke.packages.services.climb import record_evidence
from jobpakke.packages.services.plan.checks import refuse
from jobpakke.packages.services.writing import note, require_package_work, swap


@transaction.atomic
def ask_for_card(*, actor: User, step: Step, asked_name: str, on: date) -> CompetenceCard:
    """Asks somebody at the workplace of a step under way for a card: the step's sub-goals that ask for a level, and
    what the newest template asks of everybody. The link opens for as long as the rulebook says (limit ``card_link``).

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, PACKAGE_LOCKED (since), what why_not_ask says, CARD_PERSON_NOT_THERE
            (people), CARD_WAITS_ALREADY (who).
    """
    require_package_work(actor, step.package, on=on)
    plan = plan_of(step.package, on=on)
    refuse(why_not_ask(plan, step, on=on))
    planned = next(row for row in plan.planned if row.step_id == step.pk and row.workplace is not None)
    people = people_at(planned, on=on)
    if asked_name not in people:
        raise Refused(Refusal(CardRefusal.CARD_PERSON_NOT_THERE, {"people": people}))
    template = newest_template()
    card = CompetenceCard(
        step=step,
        workplace=planned.workplace,
        asked_name=asked_name,
        template=template.code,
        version=template.version,
        asked_on=on,
        asked_by=actor,
        linked_on=on,
        link_until=_until(step.package, on=on),
    )
    try:
        with transaction.atomic():
            card.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(Refusal(CardRefusal.CARD_WAITS_ALREADY, {"who": asked_name})) from error
    card.sub_goals.set(goals_in(plan, step))
    note(actor, step.package, step.ref, CardAsked(card.ref, card.link_until - timedelta(days=1)), on)
    return card


@transaction.atomic
def renew_card_link(*, actor: User, card: CompetenceCard, on: date, seen: int | None = None) -> CompetenceCard:
    """Replaces the link to a card that has not been handed in; what has been answered stays. ``seen``: the number of
    the link that the actor had before them (None: it does not matter).

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, PACKAGE_LOCKED (since), what why_not_renew says,
            CHANGED_MEANWHILE_BY_ANOTHER.
    """
    package = card.step.package
    require_package_work(actor, package, on=on)
    refuse(why_not_renew(card.fact()))
    until = _until(package, on=on)
    before = card.links if seen is None else seen
    rows = CompetenceCard.objects.waiting().filter(pk=card.pk, links=before)
    swap(rows, links=before + 1, linked_on=on, link_until=until)
    card.links, card.linked_on, card.link_until = before + 1, on, until
    note(actor, package, card.step.ref, CardLinkRenewed(card.ref, until - timedelta(days=1)), on)
    return card


@transaction.atomic
def revoke_card(*, actor: User, card: CompetenceCard, on: date, seen: int | None = None) -> CompetenceCard:
    """Takes back a card that has not been handed in: its link opens nothing any more, and what was answered is deleted.
    ``seen`` as in renew_card_link.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, PACKAGE_LOCKED (since), what why_not_renew says,
            CHANGED_MEANWHILE_BY_ANOTHER.
    """
    require_package_work(actor, card.step.package, on=on)
    refuse(why_not_renew(card.fact()))
    rows = CompetenceCard.objects.waiting().filter(pk=card.pk, links=card.links if seen is None else seen)
    swap(rows, revoked_on=on, remark="")
    card.answers.all().delete()
    card.revoked_on = on
    note(actor, card.step.package, card.step.ref, CardRevoked(card.ref), on)
    return card


def revoke_waiting_cards(actor: User, steps: Iterable[Step], *, on: date) -> None:
    """With a package that ends, or a step that never began, the cards end that nobody has handed in."""
    rows = CompetenceCard.objects.waiting().filter(step__in=[step.pk for step in steps])
    for card in rows.select_related("step__package__citizen"):
        if CompetenceCard.objects.waiting().filter(pk=card.pk).update(revoked_on=on, remark=""):
            card.answers.all().delete()
            note(actor, card.step.package, card.step.ref, CardRevoked(card.ref), on)


def follow_plan(package: JobPackage, *, on: date) -> None:
    """Lets the cards that wait ask what the plan now asks of their steps."""
    cards = list(CompetenceCard.objects.waiting().filter(step__package=package).select_related("step"))
    if not cards:
        return
    plan = plan_of(package, on=on)
    for card in cards:
        card.sub_goals.set(goals_in(plan, card.step))


@transaction.atomic
def answer_card(*, actor: LinkHolder, card: CompetenceCard, question: str, level: int | None, on: date) -> None:
    """Saves the level of one question, or that it cannot be judged (None); it can be given anew until the card is
    handed in, which alone is recorded as having happened.

    Raises:
        Refused: what why_not_open says, CARD_QUESTION_UNKNOWN, LEVEL_OUT_OF_SCALE (least, most).
    """
    _take(card, actor, on=on)
    if question not in {each.code for each in questions_of(card)}:
        raise Refused(Refusal(CardRefusal.CARD_QUESTION_UNKNOWN, {}))
    if level is not None and not LEAST_LEVEL <= level <= MOST_LEVEL:
        raise Refused(Refusal(EvidenceRefusal.LEVEL_OUT_OF_SCALE, {"least": LEAST_LEVEL, "most": MOST_LEVEL}))
    CardAnswer.objects.update_or_create(card=card, question=question, defaults={"level": level, "given_at": now()})


@transaction.atomic
def keep_remark(*, actor: LinkHolder, card: CompetenceCard, remark: str, on: date) -> None:
    """Saves what was written beside the levels, before the card is handed in.

    Raises:
        Refused: what why_not_open says, CARD_REMARK_HOLDS_NUMBER, the codes of plain.
    """
    _take(card, actor, on=on)
    CompetenceCard.objects.filter(pk=card.pk).update(remark=_remark(remark))


def _remark(text: str) -> str:
    words = plain(text, CompetenceCard.remark.field, needed=False)
    if holds_number(words):
        raise Refused(Refusal(CardRefusal.CARD_REMARK_HOLDS_NUMBER, {}))
    return words


@transaction.atomic
def hand_in_card(
    *, actor: LinkHolder, card: CompetenceCard, remark: str, on: date, seen: int | None = None
) -> CompetenceCard:
    """The company is done: the link is used, and the levels wait for the caseworker. ``seen``: the ``edits`` of the
    card whose answers were looked through (None: it does not matter).

    Raises:
        Refused: what why_not_open says, CARD_ANSWERS_CHANGED, CARD_EMPTY, CARD_GOAL_UNANSWERED (goals),
            CARD_REMARK_HOLDS_NUMBER, the codes of plain.
    """
    _take(card, actor, on=on)
    if seen is not None and card.edits != seen + 1:
        raise Refused(Refusal(CardRefusal.CARD_ANSWERS_CHANGED, {}))
    questions = questions_of(card)
    missing = tuple(each.text.da for each in questions if each.goal is not None and not each.answered)
    if missing:
        raise Refused(Refusal(CardRefusal.CARD_GOAL_UNANSWERED, {"goals": missing}))
    if not any(each.answered for each in questions):
        raise Refused(Refusal(CardRefusal.CARD_EMPTY, {}))
    sent = {"handed_in_on": on, "handed_in_at": now(), "remark": _remark(remark), "sent_through": actor.through}
    swap(CompetenceCard.objects.waiting().filter(pk=card.pk), **sent)
    card.handed_in_on = on
    note(actor.through, card.step.package, card.step.ref, CardHandedIn(card.ref), on)
    return card


@transaction.atomic
def take_in_card(*, actor: User, card: CompetenceCard, judged: Mapping[Ref, bool], on: date) -> CompetenceCard:
    """Makes evidence of the levels that the company gave the step's sub-goals, of the day on which it gave them.

    ``judged``: whether a sub-goal that demands no level is met, by its ref; one that demands a level is met from it on.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, PACKAGE_LOCKED (since), what why_not_take_in says,
            CHANGED_MEANWHILE_BY_ANOTHER, as record_evidence.
    """
    require_package_work(actor, card.step.package, on=on)
    refuse(why_not_take_in(card.fact()))
    answered = [
        (each.goal, each.level) for each in questions_of(card) if each.goal is not None and each.level is not None
    ]
    swap(CompetenceCard.objects.unread().filter(pk=card.pk), taken_in_on=on, taken_in_by=actor)
    for goal, level in answered:
        record_evidence(
            actor=actor,
            sub_goal=goal,
            shown_on=card.handed_in_on or on,
            meets=is_met(least=goal.level, level=level, judged=judged.get(goal.ref, False)),
            shown=level,
            card=card,
            on=on,
        )
    card.taken_in_on = on
    note(actor, card.step.package, card.step.ref, CardTakenIn(card.ref, len(answered)), on)
    return card


@transaction.atomic
def set_card_aside(*, actor: User, card: CompetenceCard, because: AsideReason, on: date) -> CompetenceCard:
    """Says that what came in on a card does not count: nothing becomes evidence, and nobody is reminded of it.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, PACKAGE_LOCKED (since), what why_not_take_in says,
            CHANGED_MEANWHILE_BY_ANOTHER.
    """
    require_package_work(actor, card.step.package, on=on)
    refuse(why_not_take_in(card.fact()))
    swap(CompetenceCard.objects.unread().filter(pk=card.pk), set_aside_on=on, set_aside_because=because.value)
    card.set_aside_on = on
    note(actor, card.step.package, card.step.ref, CardSetAside(card.ref, because.value), on)
    return card


def _until(package: JobPackage, *, on: date) -> date:
    return link_until(rules_of(package.municipality_id, on=on), on=on)


def _take(card: CompetenceCard, holder: LinkHolder, *, on: date) -> None:
    """The card as it stands in the database, held until the transaction ends: who answers and who takes the card back
    at the same moment come one after the other."""
    CompetenceCard.objects.filter(pk=card.pk).update(edits=F("edits") + 1)
    card.refresh_from_db()
    require_opened(card, holder, on=on)
