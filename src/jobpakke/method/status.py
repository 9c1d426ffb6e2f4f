"""The one labour-market status of a citizen on a date, and over time, by a fixed order of precedence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jobpakke.lib.periods import Period, clip, subtract


class LabourMarketStatus(StrEnum):
    """Everybody has exactly one of these on any date."""

    DISABILITY_PENSION = "disability_pension"
    ORDINARY_JOB = "ordinary_job"
    FLEX_JOB = "flex_job"
    IN_PACKAGE = "in_package"
    OTHER = "other"
    CASH_BENEFIT = "cash_benefit"


PRECEDENCE = (
    LabourMarketStatus.DISABILITY_PENSION,
    LabourMarketStatus.ORDINARY_JOB,
    LabourMarketStatus.FLEX_JOB,
    LabourMarketStatus.IN_PACKAGE,
    LabourMarketStatus.OTHER,
    LabourMarketStatus.CASH_BENEFIT,
)
"""First that holds. IN_PACKAGE holds while a step of an open package is under way; CASH_BENEFIT when nothing does."""

SELF_SUPPORT = frozenset({LabourMarketStatus.ORDINARY_JOB, LabourMarketStatus.FLEX_JOB})
_RANK = {status: rank for rank, status in enumerate(PRECEDENCE)}


@dataclass(frozen=True, slots=True)
class SpellFact:
    """A recorded status over an interval."""

    status: LabourMarketStatus
    period: Period


def status_on(spells: Iterable[SpellFact], activities: Iterable[Period], *, on: date) -> LabourMarketStatus:
    """The status on a date. ``activities``: days with a step of an open package under way."""
    holding = [spell.status for spell in spells if spell.period.contains(on)]
    if any(period.contains(on) for period in activities):
        holding.append(LabourMarketStatus.IN_PACKAGE)
    return min(holding, key=_RANK.__getitem__, default=LabourMarketStatus.CASH_BENEFIT)


def status_line(
    spells: Iterable[SpellFact], activities: Iterable[Period], *, within: Period
) -> list[tuple[Period, LabourMarketStatus]]:
    """The status over an interval as periods in order that do not overlap, fill it, and differ from the next."""
    days: dict[LabourMarketStatus, list[Period]] = {status: [] for status in PRECEDENCE}
    days[LabourMarketStatus.IN_PACKAGE] = list(activities)
    for spell in spells:
        days[spell.status].append(spell.period)
    days[LabourMarketStatus.CASH_BENEFIT] = [within]
    free, found = [within], []
    for status in PRECEDENCE:
        taken = [part for hole in free for part in clip(days[status], hole)]
        found += [(part, status) for part in taken]
        free = [rest for hole in free for rest in subtract(hole, taken)]
    return sorted((each for each in found if not each[0].is_empty), key=lambda each: each[0].start)
