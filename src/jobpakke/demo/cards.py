"""Competence cards of today, told through the verbs: one that was filled in once before and has come in again, one that
nobody has answered, one whose link has run out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from jobpakke.access.models import User
from jobpakke.demo.bulk import Ground
from jobpakke.demo.ground import TODAY_CODE
from jobpakke.method.step_kinds import EvidenceKind
from jobpakke.packages.cards import LinkHolder, code_of, people_at, questions_of
from jobpakke.packages.facts import plan_of
from jobpakke.packages.models import CompetenceCard, PlannedStep, Step
from jobpakke.packages.services import answer_card, ask_for_card, hand_in_card, take_in_card

_BEFORE = {"turns_up": 4, "understands": 2, "does_tasks": 2, "pace": 2, "own_initiative": 1, "colleagues": 3}
_NOW = {"turns_up": 5, "understands": 3, "does_tasks": 3, "pace": 3, "own_initiative": 2, "colleagues": 4, "rules": 4}
_FIRST, _AGAIN = 3, 4
"""The levels of the sub-goals, on the first card and on the next."""


def tell(ground: Ground, today: date) -> None:
    """In three steps under way of each caseload."""
    for name in ("bo", "erik"):
        _of_caseload(ground.users[name], today)


def _of_caseload(whose: User, today: date) -> None:
    again, silent, lapsed = _steps(whose, today)
    first = _asked(whose, again, today - timedelta(days=30))
    _fill(first, _BEFORE, _FIRST, "Spørger, når noget er uklart. Vi øver at holde tempo om formiddagen.", 27, today)
    take_in_card(actor=whose, card=first, judged={}, on=today - timedelta(days=26))
    second = _asked(whose, again, today - timedelta(days=4))
    _fill(second, _NOW, _AGAIN, "Vi er glade for samarbejdet og giver gerne flere opgaver.", 1, today)
    waiting = _asked(whose, silent, today - timedelta(days=9))
    _answer(waiting, {"turns_up": 4, "understands": 3}, None, today - timedelta(days=6))
    _asked(whose, lapsed, today - timedelta(days=17))


def _steps(whose: User, today: date) -> list[PlannedStep]:
    """Steps with a level to reach that have gone on for long enough, each of another citizen."""
    begun = today - timedelta(days=35)
    rows = PlannedStep.objects.filter(
        step__in=Step.objects.visible_to(whose, on=today).under_way_on(today).filter(started_on__lte=begun),
        version__effective_on__lte=begun,
        step__sub_goals__evidence_kind=EvidenceKind.CARD_LEVEL,
        step__package__programme__code=TODAY_CODE,
        workplace__details__contact_name__gt="",
    )
    found: dict[int, PlannedStep] = {}
    for row in rows.select_related("step__package__citizen", "workplace").order_by("pk"):
        found.setdefault(row.step.package_id, row)
    return list(found.values())[:3]


def _asked(whose: User, row: PlannedStep, day: date) -> CompetenceCard:
    planned = next(each for each in plan_of(row.step.package, on=day).planned if each.step_id == row.step_id)
    return ask_for_card(actor=whose, step=row.step, asked_name=people_at(planned, on=day)[0], on=day)


def _answer(card: CompetenceCard, levels: Mapping[str, int], of_goals: int | None, day: date) -> LinkHolder:
    holder = LinkHolder(code_of(card))
    for asked in questions_of(card):
        level = of_goals if asked.goal is not None else levels.get(asked.code)
        if level is not None:
            answer_card(actor=holder, card=card, question=asked.code, level=level, on=day)
    return holder


def _fill(
    card: CompetenceCard, levels: Mapping[str, int], of_goals: int, remark: str, days_ago: int, today: date
) -> None:
    day = today - timedelta(days=days_ago)
    hand_in_card(actor=_answer(card, levels, of_goals, day), card=card, remark=remark, on=day)
