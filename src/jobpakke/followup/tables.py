"""The tables of a follow-up, derived from events at the asked date in a fixed number of queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from django.db.models import Count, QuerySet

from jobpakke.access.models import Municipality
from jobpakke.followup import known
from jobpakke.followup.standings import Standings, standings
from jobpakke.method.status import SELF_SUPPORT, LabourMarketStatus
from jobpakke.packages.models import Programme, Target

COLUMNS = (
    LabourMarketStatus.ORDINARY_JOB,
    LabourMarketStatus.FLEX_JOB,
    LabourMarketStatus.IN_PACKAGE,
    LabourMarketStatus.CASH_BENEFIT,
    LabourMarketStatus.DISABILITY_PENSION,
    LabourMarketStatus.OTHER,
)
"""The columns of the status table, in the order of print."""


@dataclass(frozen=True, slots=True)
class StatusRow:
    """How many citizens of a municipality (or in total, without a municipality) have each status."""

    municipality: Municipality | None
    counts: Mapping[LabourMarketStatus, int]

    @property
    def citizens(self) -> int:
        """All of them."""
        return sum(self.counts.values())

    @property
    def cells(self) -> tuple[int, ...]:
        """The counts in the order of the columns."""
        return tuple(self.counts[status] for status in COLUMNS)

    @property
    def self_supporting(self) -> int:
        """In an ordinary or a flex job."""
        return sum(self.counts[status] for status in SELF_SUPPORT)

    @property
    def self_support_rate(self) -> Fraction | None:
        """(ordinary job + flex job) / citizens; None without citizens."""
        return Fraction(self.self_supporting, self.citizens) if self.citizens else None


@dataclass(frozen=True, slots=True)
class StatusTable:
    """The labour-market status on a date of everybody with a package of the programme started by then."""

    on: date
    rows: tuple[StatusRow, ...]
    total: StatusRow


@dataclass(frozen=True, slots=True)
class TargetRow:
    """Packages promised (None: no target was set) and started."""

    municipality: Municipality | None
    target: int | None
    packages: int


@dataclass(frozen=True, slots=True)
class TargetTable:
    """Packages started on or before a date against the targets."""

    on: date
    rows: tuple[TargetRow, ...]
    total: TargetRow


def targets_by(
    programme: Programme,
    *,
    on: date,
    among: QuerySet[Municipality] | None = None,
    known_at: datetime | None = None,
) -> TargetTable:
    """Table 1: packages started on or before the date, in the programme's order; ``among`` narrows them.

    ``known_at``: as had been recorded by that moment (followup.known says how); None is now.
    """
    started = known.started(programme, on=on, known_at=known_at).values_list("municipality__code")
    return _targets(dict(started.annotate(Count("pk")).order_by()), parts(programme, among), on)


def status_at(
    programme: Programme,
    *,
    on: date,
    among: QuerySet[Municipality] | None = None,
    known_at: datetime | None = None,
) -> StatusTable:
    """Table 2: one status for each citizen with a package started on or before the date.

    A citizen counts once, in the municipality of the package that began last. Whose case that municipality has given
    to another one counts as on the last day it had the case: what comes later is not its to tell.

    ``known_at``: as had been recorded by that moment (followup.known says how); None is now.
    """
    found = standings(programme, on=on, known_at=known_at)
    return status_from(found, parts(programme, among), on=on)


def status_from(found: Standings, among: Iterable[Target], *, on: date) -> StatusTable:
    """Table 2 of standings that have been read, for these municipalities."""
    counts = Counter(standing.cell for standing in found.citizens.values())
    return status_table(
        on,
        [
            StatusRow(part.municipality, {status: counts[part.municipality.code, status.value] for status in COLUMNS})
            for part in among
        ],
    )


def targets_from(found: Standings, among: Iterable[Target], *, on: date) -> TargetTable:
    """Table 1 of standings that have been read, for these municipalities."""
    return _targets(Counter(standing.cell[0] for standing in found.packages.values()), among, on)


def _targets(packages: Mapping[str, int], among: Iterable[Target], on: date) -> TargetTable:
    return target_table(
        on,
        [TargetRow(part.municipality, part.packages, packages.get(part.municipality.code, 0)) for part in among],
    )


def target_table(on: date, rows: Iterable[TargetRow]) -> TargetTable:
    """The rows with their total; the target in total is that of those who have one."""
    found = tuple(rows)
    promised = [row.target for row in found if row.target is not None]
    total = TargetRow(None, sum(promised) if promised else None, sum(row.packages for row in found))
    return TargetTable(on, found, total)


def status_table(on: date, rows: Iterable[StatusRow]) -> StatusTable:
    """The rows with their total."""
    found = tuple(rows)
    total = {status: sum(row.counts[status] for row in found) for status in COLUMNS}
    return StatusTable(on, found, StatusRow(None, total))


def parts(programme: Programme, among: QuerySet[Municipality] | None = None) -> QuerySet[Target]:
    """The municipalities of the programme in its order, with what each promised; ``among`` narrows them."""
    rows = Target.objects.filter(programme=programme).select_related("municipality").order_by("position")
    return rows if among is None else rows.filter(municipality__in=among)
