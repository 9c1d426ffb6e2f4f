"""The kinds of step, one registry entry each; forms, verbs and pages ask here and nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class StepKind(StrEnum):
    """What an activity can be."""

    CLARIFICATION = "clarification"
    WORK_TRIAL = "work_trial"
    INTERNSHIP = "internship"
    WAGE_SUBSIDY = "wage_subsidy"
    UPSKILLING = "upskilling"
    DANISH_EDUCATION = "danish_education"
    GUIDANCE = "guidance"
    MENTORING = "mentoring"
    PAID_HOURS = "paid_hours"
    OWN_WORDS = "own_words"


class EvidenceKind(StrEnum):
    """What can show that a sub-goal is met."""

    CARD_LEVEL = "card_level"
    CERTIFICATE = "certificate"
    ATTENDANCE = "attendance"
    LANGUAGE_MODULE = "language_module"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class StepKindRule:
    """What holds of one kind: whether it takes place at a workplace, which evidence its sub-goals may ask for, whether
    somebody in it counts as supported there, and whether it is unpaid work."""

    needs_workplace: bool
    evidence_kinds: frozenset[EvidenceKind]
    supported: bool = False
    unpaid: bool = False


_AT_WORK = frozenset({EvidenceKind.CARD_LEVEL, EvidenceKind.ATTENDANCE, EvidenceKind.STATEMENT})
_COURSE = frozenset({EvidenceKind.CERTIFICATE, EvidenceKind.ATTENDANCE, EvidenceKind.STATEMENT})
_TALK = frozenset({EvidenceKind.ATTENDANCE, EvidenceKind.STATEMENT})
_LANGUAGE = frozenset({EvidenceKind.LANGUAGE_MODULE, EvidenceKind.ATTENDANCE, EvidenceKind.STATEMENT})

_AS_INTERNSHIP = frozenset({StepKind.OWN_WORDS, StepKind.CLARIFICATION})

STEP_KINDS: Mapping[StepKind, StepKindRule] = {
    StepKind.CLARIFICATION: StepKindRule(needs_workplace=False, evidence_kinds=_TALK),
    StepKind.WORK_TRIAL: StepKindRule(needs_workplace=True, evidence_kinds=_AT_WORK, supported=True, unpaid=True),
    StepKind.INTERNSHIP: StepKindRule(needs_workplace=True, evidence_kinds=_AT_WORK, supported=True, unpaid=True),
    StepKind.WAGE_SUBSIDY: StepKindRule(needs_workplace=True, evidence_kinds=_AT_WORK, supported=True),
    StepKind.UPSKILLING: StepKindRule(needs_workplace=False, evidence_kinds=_COURSE),
    StepKind.DANISH_EDUCATION: StepKindRule(needs_workplace=False, evidence_kinds=_LANGUAGE),
    StepKind.GUIDANCE: StepKindRule(needs_workplace=False, evidence_kinds=_TALK),
    StepKind.MENTORING: StepKindRule(needs_workplace=False, evidence_kinds=_TALK),
    StepKind.PAID_HOURS: StepKindRule(needs_workplace=True, evidence_kinds=_AT_WORK),
    StepKind.OWN_WORDS: StepKindRule(needs_workplace=False, evidence_kinds=frozenset(EvidenceKind)),
}


def ruled_as(kind: StepKind, *, at_work: bool) -> StepKind:
    """The kind as which the rulebook takes a step: unpaid work at a workplace is an internship, whatever it is called.

    Otherwise a step in one's own words would go on for years beside every limit.
    """
    return StepKind.INTERNSHIP if at_work and kind in _AS_INTERNSHIP else kind
