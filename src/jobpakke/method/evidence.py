"""What a sub-goal asks for beyond its kind of evidence, and whether what is shown is enough."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from jobpakke.lib.refusal import Refusal
from jobpakke.method.step_kinds import EvidenceKind

LEAST_LEVEL, MOST_LEVEL = 1, 5
"""The levels of a skill on a competence card."""
WHOLE = 100


class EvidenceRefusal(StrEnum):
    """Why a sub-goal cannot ask for that, or evidence does not say enough."""

    DEMAND_OF_ANOTHER_KIND = "DEMAND_OF_ANOTHER_KIND"
    SHARE_OUT_OF_RANGE = "SHARE_OUT_OF_RANGE"
    LEVEL_OUT_OF_SCALE = "LEVEL_OUT_OF_SCALE"
    SHOWN_NUMBER_MISSING = "SHOWN_NUMBER_MISSING"
    SHOWN_NUMBER_NOT_ASKED = "SHOWN_NUMBER_NOT_ASKED"
    SHOWN_TOO_LITTLE = "SHOWN_TOO_LITTLE"


@dataclass(frozen=True, slots=True)
class Demand:
    """Of attendance the least share in percent, of a competence card the least level; in words ``which`` module,
    certificate or skill, or who signs."""

    share: int | None = None
    level: int | None = None
    which: str = ""

    @property
    def least(self) -> int | None:
        """The number that must be reached, if any."""
        return self.share if self.share is not None else self.level


NO_DEMAND = Demand()


def why_not_ask(kind: EvidenceKind, demand: Demand) -> tuple[Refusal, ...]:
    """Why a sub-goal of the kind cannot ask for it."""
    if (demand.share is not None and kind is not EvidenceKind.ATTENDANCE) or (
        demand.level is not None and kind is not EvidenceKind.CARD_LEVEL
    ):
        return (Refusal(EvidenceRefusal.DEMAND_OF_ANOTHER_KIND, {}),)
    if demand.share is not None and not 1 <= demand.share <= WHOLE:
        return (Refusal(EvidenceRefusal.SHARE_OUT_OF_RANGE, {"most": WHOLE}),)
    if demand.level is not None and not LEAST_LEVEL <= demand.level <= MOST_LEVEL:
        return (Refusal(EvidenceRefusal.LEVEL_OUT_OF_SCALE, {"least": LEAST_LEVEL, "most": MOST_LEVEL}),)
    return ()


def why_not_show(kind: EvidenceKind, demand: Demand, shown: int | None, *, meets: bool) -> tuple[Refusal, ...]:
    """Why evidence with the number, or without one, is not taken as said to meet the sub-goal, or not yet."""
    if shown is None:
        if meets and demand.least is not None:
            return (Refusal(EvidenceRefusal.SHOWN_NUMBER_MISSING, {"least": demand.least}),)
        return ()
    if kind is EvidenceKind.ATTENDANCE and not 0 <= shown <= WHOLE:
        return (Refusal(EvidenceRefusal.SHARE_OUT_OF_RANGE, {"most": WHOLE}),)
    if kind is EvidenceKind.CARD_LEVEL and not LEAST_LEVEL <= shown <= MOST_LEVEL:
        return (Refusal(EvidenceRefusal.LEVEL_OUT_OF_SCALE, {"least": LEAST_LEVEL, "most": MOST_LEVEL}),)
    if kind not in (EvidenceKind.ATTENDANCE, EvidenceKind.CARD_LEVEL):
        return (Refusal(EvidenceRefusal.SHOWN_NUMBER_NOT_ASKED, {}),)
    if meets and demand.least is not None and shown < demand.least:
        return (Refusal(EvidenceRefusal.SHOWN_TOO_LITTLE, {"shown": shown, "least": demand.least}),)
    return ()
