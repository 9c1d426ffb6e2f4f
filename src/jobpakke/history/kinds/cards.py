"""Events about competence cards; each is about the step in which the card was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from jobpakke.history.kinds.base import EventKind


@dataclass(frozen=True, slots=True)
class CardAsked(EventKind):
    """Somebody at the workplace was asked for a card, by a link that opens until and including a day."""

    card: UUID
    until: date


@dataclass(frozen=True, slots=True)
class CardLinkRenewed(EventKind):
    """The link to a card was replaced by a new one, which opens until and including a day."""

    card: UUID
    until: date


@dataclass(frozen=True, slots=True)
class CardRevoked(EventKind):
    """A card that had not been handed in was taken back."""

    card: UUID


@dataclass(frozen=True, slots=True)
class CardHandedIn(EventKind):
    """The company handed a card in. The actor is who was signed in on the machine, if anybody was."""

    card: UUID


@dataclass(frozen=True, slots=True)
class CardSetAside(EventKind):
    """What came in on a card does not count, for a reason of a closed list."""

    card: UUID
    because: str


@dataclass(frozen=True, slots=True)
class CardTakenIn(EventKind):
    """The levels of a card became evidence of the step's sub-goals: of so many."""

    card: UUID
    sub_goals: int
