"""The tables of a follow-up, derived from events at the asked date in a fixed number of queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import QuerySet

from jobpakke.access.models import Municipality
from jobpakke.evaluation import wilson
from jobpakke.followup.groups import Grouping, Groups
from jobpakke.followup.lives import Lives, lives_of, packages_of
from jobpakke.followup.standings import Standings
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
CITIZENS = "citizens"


@dataclass(frozen=True, slots=True)
class StatusRow:
    """How many citizens of a municipality (or of another group, or in total, without a municipality) have each status.

    ``group``: its code where the table is not by municipality. ``hidden``: what must not be shown of it (``hiding``):
    statuses, and CITIZENS.
    """

    municipality: Municipality | None
    counts: Mapping[LabourMarketStatus, int]
    group: str = ""
    hidden: frozenset[str] = frozenset()

    @property
    def citizens(self) -> int:
        """All of them."""
        return sum(self.counts.values())

    @property
    def cells(self) -> tuple[int, ...]:
        """The counts in the order of the columns."""
        return tuple(self.counts[status] for status in COLUMNS)

    @property
    def shown(self) -> tuple[int | None, ...]:
        """The same, None where it must not be shown."""
        return tuple(None if status in self.hidden else self.counts[status] for status in COLUMNS)

    @property
    def shown_citizens(self) -> int | None:
        """All of them, None where that must not be shown."""
        return None if CITIZENS in self.hidden else self.citizens

    @property
    def hides_rate(self) -> bool:
        """Whether a number is hidden that the rate is made of."""
        return not self.hidden.isdisjoint({*SELF_SUPPORT, CITIZENS})

    @property
    def self_supporting(self) -> int:
        """In an ordinary or a flex job."""
        return sum(self.counts[status] for status in SELF_SUPPORT)

    @property
    def self_support_rate(self) -> Fraction | None:
        """(ordinary job + flex job) / citizens; None without citizens."""
        return Fraction(self.self_supporting, self.citizens) if self.citizens else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's 95 % interval of the rate: how far chance alone could have moved it."""
        return wilson.interval(self.self_supporting, self.citizens)


@dataclass(frozen=True, slots=True)
class StatusTable:
    """The labour-market status on a date of everybody with a package of the programme started by then."""

    on: date
    rows: tuple[StatusRow, ...]
    total: StatusRow
    by: Grouping = Grouping.MUNICIPALITY


@dataclass(frozen=True, slots=True)
class TargetRow:
    """Packages promised (None: no target was set) and started. ``is_hidden``: the number started must not be shown."""

    municipality: Municipality | None
    target: int | None
    packages: int
    is_hidden: bool = False

    @property
    def shown(self) -> int | None:
        """Packages started, None where that must not be shown."""
        return None if self.is_hidden else self.packages


@dataclass(frozen=True, slots=True)
class TargetTable:
    """Packages started on or before a date against the targets."""

    on: date
    rows: tuple[TargetRow, ...]
    total: TargetRow


def targets_by(programme: Programme, *, on: date, among: QuerySet[Municipality] | None = None) -> TargetTable:
    """Table 1: packages started on or before the date, in the programme's order; ``among`` narrows them."""
    return targets_in(packages_of(programme, until=on, among=among), on=on)


def targets_in(lives: Lives, *, on: date) -> TargetTable:
    """The same of what is read already."""
    begun = [package for life in lives.every for package in life.packages if package.on <= on]
    started = Counter(package.municipality for package in begun)
    return target_table(
        on, [TargetRow(part.municipality, part.packages, started[part.municipality_id]) for part in lives.parts]
    )


def targets_from(found: Standings, among: Iterable[Target], *, on: date) -> TargetTable:
    """The same of standings that have been read, for these municipalities."""
    packages = Counter(standing.cell[0] for standing in found.packages.values())
    return target_table(
        on, [TargetRow(part.municipality, part.packages, packages[part.municipality.code]) for part in among]
    )


def target_table(on: date, rows: Iterable[TargetRow]) -> TargetTable:
    """The rows with their total; the target in total is that of those who have one."""
    found = tuple(rows)
    promised = [row.target for row in found if row.target is not None]
    total = TargetRow(None, sum(promised) if promised else None, sum(row.packages for row in found))
    return TargetTable(on, found, total)


def status_at(
    programme: Programme,
    *,
    on: date,
    among: QuerySet[Municipality] | None = None,
    by: Grouping = Grouping.MUNICIPALITY,
) -> StatusTable:
    """Table 2: one status for each citizen with a package started on or before the date.

    A citizen counts once, in the municipality of the package that began last. Whose case that municipality has given
    to another one counts as on the last day it had the case: what comes later is not its to tell. By another grouping
    the citizens of the same municipalities count in their group of the date.
    """
    return status_in(lives_of(programme, until=on, among=among, by=by), on=on, by=by)


def status_in(lives: Lives, *, on: date, by: Grouping | None = None) -> StatusTable:
    """The same of what is read already: by its own grouping, or by municipality."""
    by = lives.groups.by if by is None else by
    counts: dict[int | str, Counter[LabourMarketStatus]] = defaultdict(Counter)
    for life, municipality in lives.counted_on(on):
        place = municipality if by is Grouping.MUNICIPALITY else lives.groups.on(life.citizen, on)
        counts[place][life.status_on(on)] += 1
    if by is Grouping.MUNICIPALITY:
        rows = [StatusRow(part.municipality, _complete(counts[part.municipality_id])) for part in lives.parts]
    else:
        codes = lives.groups.in_order(code for code in counts if isinstance(code, str))
        rows = [StatusRow(None, _complete(counts[code]), code) for code in codes]
    return status_table(on, rows, by)


def status_from(found: Standings, among: Iterable[Target], *, on: date) -> StatusTable:
    """The same of standings that have been read, for these municipalities."""
    counts = Counter(standing.cell for standing in found.citizens.values())
    return status_table(
        on,
        [
            StatusRow(part.municipality, {status: counts[part.municipality.code, status.value] for status in COLUMNS})
            for part in among
        ],
    )


def status_grouped(found: Standings, groups: Mapping[str, str], *, on: date, by: Grouping) -> StatusTable:
    """The same by another grouping; ``groups``: the code of each citizen's, by ref."""
    counts: dict[str, Counter[LabourMarketStatus]] = defaultdict(Counter)
    for ref, standing in found.citizens.items():
        counts[groups[ref]][LabourMarketStatus(standing.cell[1])] += 1
    codes = Groups(by).in_order(counts)
    return status_table(on, [StatusRow(None, _complete(counts[code]), code) for code in codes], by)


def status_table(on: date, rows: Iterable[StatusRow], by: Grouping = Grouping.MUNICIPALITY) -> StatusTable:
    """The rows with their total."""
    found = tuple(rows)
    total = {status: sum(row.counts[status] for row in found) for status in COLUMNS}
    return StatusTable(on, found, StatusRow(None, total), by)


def _complete(counts: Counter[LabourMarketStatus]) -> dict[LabourMarketStatus, int]:
    return {status: counts[status] for status in COLUMNS}


def parts(programme: Programme, among: QuerySet[Municipality] | None = None) -> QuerySet[Target]:
    """The municipalities of the programme in its order, with what each promised; ``among`` narrows them."""
    rows = Target.objects.filter(programme=programme).select_related("municipality").order_by("position")
    return rows if among is None else rows.filter(municipality__in=among)
