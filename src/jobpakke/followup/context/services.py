"""Taking counts of benefit recipients in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from jobpakke.access.models import Municipality, User
from jobpakke.access.policies import AccessRefusal, Act
from jobpakke.followup.context.layouts import Span
from jobpakke.followup.context.models import BenefitCount, BenefitImport, importable
from jobpakke.followup.context.reading import CountFile, CountKey
from jobpakke.followup.context.refusals import CountsRefusal
from jobpakke.history.kinds import BenefitCountsImported
from jobpakke.history.services import Happening, record
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.lib.texts import plain

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: counts that were not known, that were known otherwise, that were known just so."""

    row: BenefitImport
    new: int
    changed: int
    same: int


@transaction.atomic
def import_benefit_counts(*, actor: User | None, file: CountFile, source: str, on: date) -> Imported:
    """Takes a file (``reading.read_counts``) in: what says otherwise than before replaces it, and the old stays
    readable as what was known then. ``actor`` None is the operator at the command line.

    Raises:
        Refused: ROLE_LACKS_ACT, the codes of plain, COUNTS_KNOWN_ALREADY, COUNTS_CHANGED_MEANWHILE.
    """
    places = {place.code: place for place in importable(actor, on=on)}
    if not {key.municipality for key in file.counts} <= set(places):
        raise Refused(Refusal(AccessRefusal.ROLE_LACKS_ACT, {"act": Act.IMPORT_COUNTS.value}))
    source = plain(source, BenefitImport.source.field)
    known = _known(file, places)
    otherwise = [known[key][0] for key, persons in file.counts.items() if key in known and known[key][1] != persons]
    fresh = {key: persons for key, persons in file.counts.items() if key not in known or known[key][1] != persons}
    if not fresh:
        raise Refused(Refusal(CountsRefusal.COUNTS_KNOWN_ALREADY, {}))
    row = BenefitImport.objects.create(source=source, sha256=file.sha256, imported_by=actor, imported_on=on)
    _close(otherwise, row)
    _insert(fresh, row, places)
    new = len(fresh) - len(otherwise)
    event = BenefitCountsImported(new, len(otherwise))
    record(Happening(event, actor.ref if actor else None, row.ref, row.ref, on))
    return Imported(row, new, len(otherwise), len(file.counts) - len(fresh))


def _known(file: CountFile, places: Mapping[str, Municipality]) -> dict[CountKey, tuple[int, int]]:
    """The counts known now of what the file counts: key and persons."""
    starts = [key.span.start for key in file.counts]
    rows = BenefitCount.objects.current().filter(
        municipality__in={places[key.municipality].pk for key in file.counts},
        month__range=(min(starts), max(starts)),
    )
    return {
        CountKey(code, benefit, Span(month, months)): (pk, persons)
        for code, benefit, month, months, pk, persons in rows.values_list(
            "municipality__code", "benefit", "month", "months", "pk", "persons"
        )
    }


def _close(rows: list[int], by: BenefitImport) -> None:
    for first in range(0, len(rows), _BATCH):
        some = rows[first : first + _BATCH]
        closed = BenefitCount.objects.current().filter(pk__in=some).update(superseded_at=by.recorded_at)
        if closed != len(some):
            raise Refused(Refusal(CountsRefusal.COUNTS_CHANGED_MEANWHILE, {}))


def _insert(counts: Mapping[CountKey, int], by: BenefitImport, places: Mapping[str, Municipality]) -> None:
    rows = (
        BenefitCount(
            imported=by,
            municipality=places[key.municipality],
            benefit=key.benefit,
            month=key.span.start,
            months=key.span.months,
            persons=persons,
        )
        for key, persons in counts.items()
    )
    try:
        with transaction.atomic():
            BenefitCount.objects.bulk_create(rows, batch_size=_BATCH)
    except IntegrityError as error:  # somebody took the same month in first
        raise Refused(Refusal(CountsRefusal.COUNTS_CHANGED_MEANWHILE, {})) from error
