"""The tables of a follow-up, derived from events at the asked date in a fixed number of queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from django.db.models import Count, QuerySet

from jobpakke.access.models import Municipality
from jobpakke.citizens.models import CaseTransfer, StatusSpell
from jobpakke.lib.periods import Period
from jobpakke.method.status import SELF_SUPPORT, LabourMarketStatus, SpellFact, status_on
from jobpakke.packages.models import JobPackage, Programme, Step, Target

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


def targets_by(programme: Programme, *, on: date, among: QuerySet[Municipality] | None = None) -> TargetTable:
    """Table 1: packages started on or before the date, in the programme's order; ``among`` narrows them."""
    started = _packages(programme, on=on).values("municipality").annotate(packages=Count("pk"))
    by_municipality = dict(started.order_by().values_list("municipality", "packages"))
    rows = tuple(
        TargetRow(target.municipality, target.packages, by_municipality.get(target.municipality_id, 0))
        for target in _parts(programme, among)
    )
    known = [row.target for row in rows if row.target is not None]
    total = TargetRow(None, sum(known) if known else None, sum(row.packages for row in rows))
    return TargetTable(on, rows, total)


def status_at(programme: Programme, *, on: date, among: QuerySet[Municipality] | None = None) -> StatusTable:
    """Table 2: one status for each citizen with a package started on or before the date.

    A citizen counts once, in the municipality of the package that began last. Whose case that municipality has given
    to another one counts as on the last day it had the case: what comes later is not its to tell.
    """
    counts: dict[int, Counter[LabourMarketStatus]] = defaultdict(Counter)
    for municipality, status in places_and_statuses(programme, on=on).values():
        counts[municipality][status] += 1
    rows = tuple(
        StatusRow(part.municipality, _complete(counts[part.municipality_id])) for part in _parts(programme, among)
    )
    total: Counter[LabourMarketStatus] = Counter()
    for row in rows:
        total.update(row.counts)
    return StatusTable(on, rows, StatusRow(None, _complete(total)))


def places_and_statuses(programme: Programme, *, on: date) -> dict[int, tuple[int, LabourMarketStatus]]:
    """For each citizen of the status table the municipality and the status they count in."""
    where = _municipality_of_citizens(programme, on=on)
    statuses = _statuses(programme, _left(programme, where, on=on), on=on)
    return {citizen: (where[citizen], status) for citizen, status in statuses.items()}


def _complete(counts: Counter[LabourMarketStatus]) -> dict[LabourMarketStatus, int]:
    return {status: counts[status] for status in COLUMNS}


def _parts(programme: Programme, among: QuerySet[Municipality] | None) -> QuerySet[Target]:
    parts = Target.objects.filter(programme=programme).select_related("municipality").order_by("position")
    return parts if among is None else parts.filter(municipality__in=among)


def _packages(programme: Programme, *, on: date) -> QuerySet[JobPackage]:
    return JobPackage.objects.filter(programme=programme).started_by(on)


def _municipality_of_citizens(programme: Programme, *, on: date) -> dict[int, int]:
    rows = _packages(programme, on=on).order_by("opened_on", "pk")
    return dict(rows.values_list("citizen", "municipality"))


def _left(programme: Programme, where: Mapping[int, int], *, on: date) -> dict[int, date]:
    """The last day on which the municipality a citizen counts in had the case, of those that it gave away."""
    citizens = _packages(programme, on=on).order_by().values("citizen")
    rows = CaseTransfer.objects.filter(citizen__in=citizens, accepted_on__lte=on).order_by("accepted_on", "pk")
    found: dict[int, date] = {}
    for citizen, sender, receiver, moved_on, accepted_on in rows.values_list(
        "citizen", "sender", "receiver", "moved_on", "accepted_on"
    ):
        if sender == where[citizen] and accepted_on is not None:
            found[citizen] = max(moved_on, accepted_on - timedelta(days=1))
        elif receiver == where[citizen]:
            found.pop(citizen, None)
    return found


def _statuses(programme: Programme, left: Mapping[int, date], *, on: date) -> dict[int, LabourMarketStatus]:
    citizens = _packages(programme, on=on).order_by().values("citizen").distinct()
    spells: dict[int, list[SpellFact]] = defaultdict(list)
    rows = StatusSpell.objects.current().filter(citizen__in=citizens)
    for citizen, status, start, end in rows.values_list("citizen", "status", "starts_on", "ends_on"):
        spells[citizen].append(SpellFact(LabourMarketStatus(status), Period(start, end)))
    active = _active(citizens, on=on)
    return {
        citizen: status_on(
            spells[citizen], () if citizen in left else active.get(citizen, ()), on=left.get(citizen, on)
        )
        for citizen in citizens.values_list("citizen", flat=True)
    }


def _running(active: Mapping[int, tuple[Period, ...]], citizen: int, left: Mapping[int, date]) -> tuple[Period, ...]:
    """Nothing runs for whose case was given away: its package ended before."""
    return () if citizen in left else active.get(citizen, ())


def _active(citizens: QuerySet[JobPackage, Any], *, on: date) -> dict[int, tuple[Period, ...]]:
    """The days of the steps under way on the date in packages open that day, by citizen."""
    open_packages = JobPackage.objects.open_on(on).filter(citizen__in=citizens)
    steps = Step.objects.under_way_on(on).filter(package__in=open_packages.values("pk"))
    rows = steps.values_list("package__citizen", "started_on", "ended_on")
    found: dict[int, list[Period]] = defaultdict(list)
    for citizen, start, end in rows:
        if start is not None:  # a step under way has begun; the column is empty for others
            found[citizen].append(Period(start, end))
    return {citizen: tuple(periods) for citizen, periods in found.items()}
