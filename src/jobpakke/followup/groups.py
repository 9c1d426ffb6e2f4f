"""By what the citizens of a follow-up are grouped, and in which group each of them is on a day.

There is no grouping by trade: a goal names it in free words only. None by team of consultants: no team is recorded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from jobpakke.citizens.models import TargetGroupMembership, TargetGroupScheme
from jobpakke.companies.models import Sector
from jobpakke.lib.periods import Period
from jobpakke.packages.models import GoalForm, JobPackage, PlanVersion

UNKNOWN = ""
"""The group of those of whom nothing is recorded."""
_BETWEEN = ":"


class Grouping(StrEnum):
    """Municipality, in the programme's order; target group; form of the job goal; sector of the goal's workplace."""

    MUNICIPALITY = "municipality"
    TARGET_GROUP = "target_group"
    GOAL = "goal"
    SECTOR = "sector"


@dataclass(frozen=True, slots=True)
class Groups:
    """In which group each citizen is over which days; of several that hold, the last counts."""

    by: Grouping
    over_time: Mapping[int, Sequence[tuple[Period, str]]] = field(default_factory=dict)

    def on(self, citizen: int, on: date) -> str:
        """The code of the citizen's group on the day."""
        held = [code for period, code in self.over_time.get(citizen, ()) if period.contains(on)]
        return held[-1] if held else UNKNOWN

    def in_order(self, found: Iterable[str]) -> list[str]:
        """The codes that occur, in the order of their list; the unknown last."""
        known = list(_codes(self.by))
        return sorted(set(found), key=lambda code: (code == UNKNOWN, known.index(code) if code in known else -1, code))


def groups_of(by: Grouping, packages: QuerySet[JobPackage]) -> Groups:
    """The groups of the citizens of some packages, in one query; by municipality none is needed."""
    if by is Grouping.MUNICIPALITY:
        return Groups(by)
    found: dict[int, list[tuple[Period, str]]] = defaultdict(list)
    for citizen, period, code in _memberships(packages) if by is Grouping.TARGET_GROUP else _goals(by, packages):
        found[citizen].append((period, code))
    return Groups(by, dict(found))


def split(code: str) -> tuple[str, str]:
    """Scheme and group of the code of a target group."""
    scheme, _, group = code.partition(_BETWEEN)
    return scheme, group


def _codes(by: Grouping) -> Iterator[str]:
    if by is Grouping.TARGET_GROUP:
        for scheme in TargetGroupScheme:
            yield from (_BETWEEN.join((scheme, group)) for group in TargetGroupMembership.GROUPS[scheme])
    else:
        yield from (choice.value for choice in (GoalForm if by is Grouping.GOAL else Sector))


def _memberships(packages: QuerySet[JobPackage]) -> Iterator[tuple[int, Period, str]]:
    """The classification one came into last counts; of one day the newest scheme."""
    rows = TargetGroupMembership.objects.current().filter(citizen__in=packages.order_by().values("citizen"))
    place = [scheme.value for scheme in TargetGroupScheme]
    columns = rows.values_list("starts_on", "scheme", "group", "citizen", "ends_on")
    for start, scheme, group, citizen, end in sorted(columns, key=lambda row: (row[0], place.index(row[1]), row[2])):
        yield citizen, Period(start, end), _BETWEEN.join((scheme, group))


def _goals(by: Grouping, packages: QuerySet[JobPackage]) -> Iterator[tuple[int, Period, str]]:
    """What the wording in effect says: of the package that began last, the newest."""
    rows: QuerySet[PlanVersion, Any] = PlanVersion.objects.filter(package__in=packages.order_by().values("pk"))
    rows = rows.filter(effective_on__isnull=False).order_by("package__opened_on", "package", "number")
    sector = Coalesce("goal__workplace__sector", "goal__function__workplace__sector")
    wanted = "goal__form" if by is Grouping.GOAL else sector
    for citizen, start, code in rows.values_list("package__citizen", "effective_on", wanted):
        yield citizen, Period(start), code or UNKNOWN
