"""A limit that a municipality has decided for itself, from a day to come."""

from __future__ import annotations

from datetime import date, timedelta

from jobpakke.demo.bulk import Ground
from jobpakke.method.rulebook import Limit, Severity
from jobpakke.packages.services import override_rule


def decide(ground: Ground, today: date) -> None:
    """Ended packages can be changed for seven years."""
    override_rule(
        actor=ground.users["anna"],
        municipality=ground.municipalities["0751"],
        limit=Limit.RETENTION,
        values={"years": 7},
        severity=Severity.STOP,
        starts_on=today + timedelta(days=60),
        reason="Byrådets beslutning: egne sager kan rettes i syv år",
        on=today,
    )
