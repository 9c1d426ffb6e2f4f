"""The two counts of VIP2, frozen by its evaluator."""

from __future__ import annotations

from datetime import date

from jobpakke.demo import vip2
from jobpakke.demo.bulk import Ground
from jobpakke.followup.services import freeze_follow_up

_NOTES = (
    (vip2.COUNTED_ON, "Den afsluttende optælling af jobpakker mod måltallene."),
    (vip2.FOLLOWED_UP_ON, "Opfølgningen fire måneder efter projektets afslutning, til notatet."),
)


def keep(ground: Ground, today: date) -> None:
    """On both dates, as known when the demonstration is loaded."""
    for day, note in _NOTES:
        freeze_follow_up(
            actor=ground.users["finn"], programme=ground.programmes[vip2.CODE], cut_off_on=day, note=note, on=today
        )
