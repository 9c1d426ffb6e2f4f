"""Opening a programme."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from django.db import transaction

from jobpakke.access.models import Municipality, User
from jobpakke.access.policies import AccessRefusal, Act, municipalities_for
from jobpakke.history.kinds import ProgrammeOpened
from jobpakke.history.services import Happening, record
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.lib.texts import plain
from jobpakke.packages.models import Programme, Target


class ProgrammeRefusal(StrEnum):
    """Why a programme was not opened."""

    PROGRAMME_KNOWN_ALREADY = "PROGRAMME_KNOWN_ALREADY"
    PROGRAMME_DATES_REVERSED = "PROGRAMME_DATES_REVERSED"
    PROGRAMME_WITHOUT_MUNICIPALITY = "PROGRAMME_WITHOUT_MUNICIPALITY"


@transaction.atomic
def open_programme(
    *,
    actor: User | None,
    code: str,
    name: str,
    starts_on: date,
    ends_on: date | None,
    targets: Sequence[tuple[Municipality, int | None]],
    on: date,
    counted_on: date | None = None,
    followed_up_on: date | None = None,
) -> Programme:
    """Opens a programme with its municipalities in order, each with its target number of packages or None.

    ``actor`` None is the operator at the command line.

    Raises:
        Refused: ROLE_LACKS_ACT, PROGRAMME_KNOWN_ALREADY, PROGRAMME_DATES_REVERSED, PROGRAMME_WITHOUT_MUNICIPALITY,
            the codes of plain.
    """
    _require_admin_everywhere(actor, targets, on=on)
    code, name = plain(code, Programme.code.field), plain(name, Programme.name.field)
    if not targets:
        raise Refused(Refusal(ProgrammeRefusal.PROGRAMME_WITHOUT_MUNICIPALITY, {}))
    if ends_on is not None and ends_on <= starts_on:
        raise Refused(Refusal(ProgrammeRefusal.PROGRAMME_DATES_REVERSED, {"start": starts_on, "end": ends_on}))
    if Programme.objects.filter(code=code).exists():
        raise Refused(Refusal(ProgrammeRefusal.PROGRAMME_KNOWN_ALREADY, {"programme": code}))
    programme = Programme.objects.create(
        code=code,
        name=name,
        starts_on=starts_on,
        ends_on=ends_on,
        counted_on=counted_on,
        followed_up_on=followed_up_on,
    )
    Target.objects.bulk_create(
        Target(programme=programme, municipality=municipality, position=position, packages=packages)
        for position, (municipality, packages) in enumerate(targets)
    )
    record(Happening(ProgrammeOpened(code), actor.ref if actor else None, programme.ref, programme.ref, starts_on))
    return programme


def _require_admin_everywhere(
    actor: User | None, targets: Sequence[tuple[Municipality, int | None]], *, on: date
) -> None:
    if actor is None:
        return
    managed = set(municipalities_for(actor, Act.MANAGE_USERS, on=on).values_list("pk", flat=True))
    if not {municipality.pk for municipality, _ in targets} <= managed:
        raise Refused(Refusal(AccessRefusal.ROLE_LACKS_ACT, {"act": Act.MANAGE_USERS.value}))
