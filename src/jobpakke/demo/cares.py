"""Aftercare of today that was extended, and one that was taken up again, told through the verbs."""

from __future__ import annotations

from datetime import date, timedelta

from jobpakke.access.models import User
from jobpakke.citizens.models import CaseAssignment
from jobpakke.demo.bulk import Ground
from jobpakke.demo.ground import TODAY_CODE
from jobpakke.packages.models import Aftercare
from jobpakke.packages.models.aftercare import AftercareQuerySet
from jobpakke.packages.services import agree_aftercare, extend_aftercare


def tell(ground: Ground, today: date) -> None:
    """The same for both caseworkers of today."""
    for name in ("bo", "erik"):
        user = ground.users[name]
        _extended(user, today)
        _again(user, today)


def _extended(user: User, today: date) -> None:
    running = _of(user, today).running_on(today).filter(ended_on=None)
    row = running.order_by("starts_on", "pk").first()
    if row is not None:
        later, on = row.ends_on + timedelta(days=182), today - timedelta(days=21)
        reason = "Afdelingen flytter til sommer, og de nye vagter skal falde på plads."
        extend_aftercare(actor=user, aftercare=row, ends_on=later, reason=reason, on=on)


def _again(user: User, today: date) -> None:
    row = _of(user, today).filter(ended_on__lt=today).order_by("ended_on", "pk").first()
    if row is not None:
        begins = today - timedelta(days=12)
        until = begins + timedelta(days=365)
        agree_aftercare(actor=user, package=row.package, starts_on=begins, ends_on=until, every_weeks=4, on=begins)


def _of(user: User, today: date) -> AftercareQuerySet:
    mine = CaseAssignment.objects.on(today).filter(caseworker=user).values("citizen")
    rows = Aftercare.objects.filter(package__citizen__in=mine, package__programme__code=TODAY_CODE)
    return rows.select_related("package__citizen")
