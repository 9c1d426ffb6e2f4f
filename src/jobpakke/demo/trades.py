"""Staircases by trade that the invented lives climb: what the steps are called and what is to be reached in them."""

from __future__ import annotations

from dataclasses import dataclass

from jobpakke.method.step_kinds import EvidenceKind, StepKind
from jobpakke.packages.models import Trade as TradeCode

Goals = tuple[tuple[str, EvidenceKind], ...]
_MEETS = ("Møder stabilt: mindst 90 % fremmøde", EvidenceKind.ATTENDANCE)
_TALKED = ("Har valgt jobmål sammen med jobkonsulenten", EvidenceKind.STATEMENT)


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a trade's staircase; ``share`` of the whole time."""

    kind: StepKind
    title: str
    share: float
    goals: Goals


@dataclass(frozen=True, slots=True)
class Trade:
    """A goal, a kind of workplace, and the steps toward it."""

    goal: str
    counted_as: TradeCode
    workplace: str
    rungs: tuple[Rung, ...]


def _trade(goal: str, counted_as: TradeCode, workplace: str, course: str, skill: str) -> Trade:
    return Trade(
        goal,
        counted_as,
        workplace,
        (
            Rung(StepKind.CLARIFICATION, "Afklaring og besøg på arbejdspladsen", 0.15, (_TALKED,)),
            Rung(
                StepKind.INTERNSHIP,
                f"Praktik: {workplace.lower()}",
                0.3,
                (_MEETS, (skill, EvidenceKind.CARD_LEVEL)),
            ),
            Rung(StepKind.UPSKILLING, course, 0.1, ((f"Bevis: {course.lower()}", EvidenceKind.CERTIFICATE),)),
            Rung(
                StepKind.WAGE_SUBSIDY,
                f"Løntilskud: {workplace.lower()}",
                0.45,
                ((skill, EvidenceKind.CARD_LEVEL),),
            ),
        ),
    )


TRADES = (
    _trade(
        "Rengøringsassistent på plejehjem",
        TradeCode.CLEANING,
        "Plejehjem",
        "Hygiejnekursus",
        "Gør rent efter plan på egen hånd",
    ),
    _trade("Køkkenmedhjælper", TradeCode.KITCHEN, "Kantine", "Hygiejnekursus", "Klarer opvask og anretning"),
    _trade("Butiksmedhjælper", TradeCode.SHOP, "Supermarked", "Kasse og kundekontakt", "Fylder op og svarer kunder"),
    _trade("Lagermedarbejder", TradeCode.WAREHOUSE, "Lager", "Truckkursus", "Plukker ordrer uden fejl"),
    _trade(
        "Stuepige på hotel", TradeCode.HOTEL, "Hotel", "Rengøring og hygiejne", "Gør et værelse klar på 30 minutter"
    ),
    _trade("Omsorgshjælper", TradeCode.CARE, "Plejecenter", "Forflytningskursus", "Hjælper ved måltider"),
    _trade("Kontormedhjælper", TradeCode.OFFICE, "Kontor", "Tekst og regneark", "Klarer post og arkiv"),
    _trade("Chaufførmedhjælper", TradeCode.TRANSPORT, "Transport", "Truckkursus", "Læsser efter liste"),
)

COUNTED_AS = {trade.goal: trade.counted_as for trade in TRADES}
"""The trade of a goal, by its words."""
DANISH: Goals = (("Består næste danskmodul", EvidenceKind.LANGUAGE_MODULE),)
TRIAL = Rung(
    StepKind.WORK_TRIAL,
    "Arbejdsprøvning i arbejdspladsens funktioner",
    0.6,
    (_MEETS, ("Arbejdsevnen er beskrevet", EvidenceKind.STATEMENT)),
)
