"""A step under way at a workplace, and a card that somebody there is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from jobpakke.access.models import User
from jobpakke.citizens.models import Citizen
from jobpakke.companies.models import Workplace
from jobpakke.history.models import Event
from jobpakke.lib.refusal import Refused
from jobpakke.method.evidence import Demand
from jobpakke.method.step_kinds import EvidenceKind, StepKind
from jobpakke.packages.cards import LinkHolder, code_of, questions_of
from jobpakke.packages.models import CompetenceCard, JobPackage, Step, SubGoal
from jobpakke.packages.services import add_sub_goal, answer_card, ask_for_card, hand_in_card, lay_step, start_step
from jobpakke.packages.services.plan.checks import StepFacts
from tests.builders import DAY, approve, draft

WHO = "Else Rask"
"""The contact person of the builders' workplace."""


@dataclass(frozen=True, slots=True)
class AtWork:
    """The step, its sub-goals in order, and the package."""

    package: JobPackage
    step: Step
    goals: tuple[SubGoal, ...]


def at_work(
    actor: User, whom: Citizen, place: Workplace, levels: Iterable[int | None] = (3,), on: date = DAY
) -> AtWork:
    """Paid hours there, begun on the day, with a sub-goal for each level that is demanded (None: a card, no level)."""
    stairs = draft(actor, whom, on)
    facts = StepFacts(StepKind.PAID_HOURS, "Timer i køkkenet", on, on + timedelta(days=60), workplace=place)
    planned = lay_step(actor=actor, version=stairs.version, facts=facts, on=on)
    goals = tuple(
        add_sub_goal(
            actor=actor,
            planned=planned,
            title=f"Delmål {number}",
            evidence_kind=EvidenceKind.CARD_LEVEL,
            demand=Demand(level=level),
            on=on,
        )
        for number, level in enumerate(levels, start=1)
    )
    approve(actor, stairs.version, on)
    start_step(actor=actor, step=planned.step, started_on=on, on=on)
    return AtWork(stairs.package, planned.step, goals)


def asked(actor: User, work: AtWork, on: date = DAY) -> CompetenceCard:
    return ask_for_card(actor=actor, step=work.step, asked_name=WHO, on=on)


def holder(card: CompetenceCard) -> LinkHolder:
    """Of the card's newest link."""
    return LinkHolder(code_of(CompetenceCard.objects.get(pk=card.pk)))


def filled(card: CompetenceCard, level: int | None = 4, on: date = DAY, remark: str = "") -> CompetenceCard:
    """Every question answered by the same level, and handed in."""
    for each in questions_of(card):
        answer_card(actor=holder(card), card=card, question=each.code, level=level, on=on)
    return hand_in_card(actor=holder(card), card=card, remark=remark, on=on)


def newest(card: CompetenceCard) -> CompetenceCard:
    """As it stands in the database."""
    return CompetenceCard.objects.get(pk=card.pk)


def day(number: int) -> date:
    return DAY + timedelta(days=number)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [str(each.code) for each in refused.value.refusals]


def kinds() -> list[str]:
    """The events of cards, the oldest first."""
    return [kind for kind in Event.objects.order_by("pk").values_list("kind", flat=True) if kind.startswith("card_")]
