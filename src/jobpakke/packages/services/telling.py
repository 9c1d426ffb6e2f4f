"""Recording that a party was told of a change beside the plan, or acknowledged it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from django.db import IntegrityError, transaction

from jobpakke.access.models import User
from jobpakke.companies.models import Company
from jobpakke.history.kinds import PartyTold
from jobpakke.lib.refs import Ref
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.method.agreement import Voice
from jobpakke.packages.models import HowTold, JobPackage, Telling
from jobpakke.packages.services.writing import (
    note,
    require_not_ahead,
    require_open,
    require_package_work,
    require_running,
)
from jobpakke.packages.telling import untold


class TellingRefusal(StrEnum):
    """Why it was not recorded that somebody was told."""

    NOTHING_TO_TELL = "NOTHING_TO_TELL"


@transaction.atomic
def record_told(
    *,
    actor: User,
    package: JobPackage,
    told: Iterable[tuple[Ref, Voice]],
    how: HowTold,
    told_on: date,
    on: date,
) -> list[Telling]:
    """Records who was told of which changes (event, and party or company), all at once: in one talk, on one day.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, PACKAGE_NOT_RUNNING, PACKAGE_NOT_OPEN, DATE_AHEAD, NOTHING_TO_TELL
            (nothing was chosen, or it has been told already).
    """
    require_package_work(actor, package, on=on)
    require_running(package)
    require_not_ahead(told_on, on=on)
    require_open(package, at=told_on)
    left = {(each.event.ref, each.to_tell.voice): each.event for each in untold(package, on=on)}
    wanted = list(told)
    if not wanted or not left.keys() >= set(wanted):
        raise Refused(Refusal(TellingRefusal.NOTHING_TO_TELL, {}))
    named = Company.objects.in_bulk([voice.company for _event, voice in wanted if voice.company], field_name="ref")
    rows = [
        Telling(
            package=package,
            event=left[ref, voice],
            party=voice.side.value,
            company=named[voice.company] if voice.company else None,
            how=how.value,
            told_on=told_on,
            recorded_by=actor,
        )
        for ref, voice in wanted
    ]
    try:
        with transaction.atomic():
            Telling.objects.bulk_create(rows)
    except IntegrityError as error:
        raise Refused(Refusal(TellingRefusal.NOTHING_TO_TELL, {})) from error
    for row in rows:
        company = row.company.ref if row.company is not None else None
        note(actor, package, row.ref, PartyTold(row.party, row.event.ref, how.value, company), told_on)
    return rows
