"""By what the citizens of a follow-up are grouped, and in which group each of them is on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar

from django.db.models import F, QuerySet, TextChoices
from django.db.models.functions import Coalesce

from jobpakke.access.models import TeamMembership
from jobpakke.citizens.models import CaseAssignment, TargetGroupMembership, TargetGroupScheme
from jobpakke.companies.models import Sector
from jobpakke.followup import known
from jobpakke.history.models import PeriodQuerySet, PeriodRow
from jobpakke.lib.periods import Period
from jobpakke.packages.models import GoalForm, Trade

Row = TypeVar("Row", bound=PeriodRow)

UNKNOWN = ""
"""The group of those of whom nothing is recorded."""
_BETWEEN = ":"


class Grouping(StrEnum):
    """Municipality, in the programme's order; target group; form, trade, and sector of the workplace, of the job goal;
    the team of the citizen's job consultant."""

    MUNICIPALITY = "municipality"
    TARGET_GROUP = "target_group"
    GOAL = "goal"
    SECTOR = "sector"
    TRADE = "trade"
    TEAM = "team"


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


def groups_of(by: Grouping, packages: QuerySet[Any, Any], *, known_at: datetime | None = None) -> Groups:
    """The groups of the citizens of some packages, in one query, two by team; by municipality none is needed.
    ``known_at``: as known at a moment (``followup.known``)."""
    if by is Grouping.MUNICIPALITY:
        return Groups(by)
    found: dict[int, list[tuple[Period, str]]] = defaultdict(list)
    rows = {Grouping.TARGET_GROUP: _memberships, Grouping.TEAM: _teams}.get(by, partial(_goals, by))
    for citizen, period, code in rows(packages, known_at):
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
        listed: Mapping[Grouping, Iterable[TextChoices]] = {
            Grouping.GOAL: GoalForm,
            Grouping.SECTOR: Sector,
            Grouping.TRADE: Trade,
        }
        yield from (choice.value for choice in listed.get(by, ()))


def _known(rows: PeriodQuerySet[Row], known_at: datetime | None) -> PeriodQuerySet[Row]:
    return rows.current() if known_at is None else rows.known_at(known_at)


def _memberships(packages: QuerySet[Any, Any], known_at: datetime | None) -> Iterator[tuple[int, Period, str]]:
    """The classification one came into last counts; of one day the newest scheme."""
    citizens = packages.order_by().values("citizen")
    rows = _known(TargetGroupMembership.objects.all(), known_at).filter(citizen__in=citizens)
    place = [scheme.value for scheme in TargetGroupScheme]
    columns = rows.values_list("starts_on", "scheme", "group", "citizen", "ends_on")
    for start, scheme, group, citizen, end in sorted(columns, key=lambda row: (row[0], place.index(row[1]), row[2])):
        yield citizen, Period(start, end), _BETWEEN.join((scheme, group))


def _goals(by: Grouping, packages: QuerySet[Any, Any], known_at: datetime | None) -> Iterator[tuple[int, Period, str]]:
    """What the wording in effect says: of the package that began last, the newest."""
    rows = known.agreed(known_at).filter(package__in=packages.order_by().values("pk"))
    rows = rows.order_by("began_on", "package", "number")
    sector = Coalesce("goal__workplace__sector", "goal__function__workplace__sector")
    wanted = {Grouping.GOAL: F("goal__form"), Grouping.TRADE: F("goal__trade")}.get(by, sector)
    for citizen, start, code in rows.values_list("package__citizen", "agreed_on", wanted):
        yield citizen, Period(start), code or UNKNOWN


def _teams(packages: QuerySet[Any, Any], known_at: datetime | None) -> Iterator[tuple[int, Period, str]]:
    """The team in which the citizen's job consultant was, as municipality and name."""
    citizens = packages.order_by().values("citizen")
    cases = _known(CaseAssignment.objects.all(), known_at).filter(citizen__in=citizens).order_by("starts_on", "pk")
    held: dict[int, list[tuple[Period, str]]] = defaultdict(list)
    rows = _known(TeamMembership.objects.all(), known_at).select_related("team", "municipality")
    for row in rows.filter(user__in=cases.order_by().values("caseworker")).order_by("starts_on", "pk"):
        held[row.user_id].append((Period(row.starts_on, row.ends_on), f"{row.municipality.name}: {row.team.name}"))
    for citizen, caseworker, start, end in cases.values_list("citizen", "caseworker", "starts_on", "ends_on"):
        for period, name in held[caseworker]:
            both = period.intersect(Period(start, end))
            if both:
                yield citizen, both, name
