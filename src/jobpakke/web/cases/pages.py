"""What the page for handing cases over shows: who has how many, and what is pending in each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import Promise

from jobpakke.access.models import Membership, Role, User
from jobpakke.access.policies import Act
from jobpakke.citizens.models import CaseAssignment, Citizen, seen_by
from jobpakke.continuity.caseload import Case, caseload
from jobpakke.continuity.findings import Finding, FindingKind, findings
from jobpakke.web.http import Visitor
from jobpakke.web.labels import FINDING
from jobpakke.web.today.pages import mark_of, what

NOBODY = "ingen"
_NOT_PENDING = frozenset({FindingKind.NO_CASEWORKER, FindingKind.CASE_RECEIVED, FindingKind.CASE_RETURNED})


@dataclass(frozen=True, slots=True)
class Colleague:
    """A caseworker of the municipality, with how many cases, and how many of them are protected people's."""

    user: User
    cases: int
    protected: int

    @property
    def ref(self) -> UUID:
        """Whom an address or a form names."""
        return self.user.ref

    @property
    def name(self) -> str:
        """What they are called."""
        return self.user.full_name


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case that can be handed over, and what is pending in it: the words for it with their marks."""

    citizen: Citizen
    pending: tuple[tuple[Promise | str, str], ...]
    ticked: bool


@dataclass(frozen=True, slots=True)
class CasesOf:
    """The cases of one giver (None: nobody's). ``hidden``: protected people, whom the reader cannot see."""

    giver: User | None
    rows: tuple[CaseRow, ...]
    hidden: int


def colleagues(who: Visitor) -> tuple[Colleague, ...]:
    """The caseworkers of the visitor's municipalities today; one query."""
    on = who.viewing.today
    rows = Membership.objects.on(on).filter(
        role=Role.CASEWORKER, municipality__in=who.municipalities(Act.HAND_OVER), user__is_active=True
    )
    held = CaseAssignment.objects.on(on).filter(
        caseworker=OuterRef("user"), citizen__municipality=OuterRef("municipality")
    )
    open_name = Q(citizen__address_protected=False)
    found: dict[UUID, Colleague] = {}
    counted = rows.annotate(cases=_count(held), protected=_count(held.exclude(open_name))).select_related("user")
    for row in counted.order_by("user__full_name", "pk"):
        known = found.get(row.user.ref, Colleague(row.user, 0, 0))
        found[row.user.ref] = Colleague(row.user, known.cases + row.cases, known.protected + row.protected)
    return tuple(found.values())


def _count(rows: QuerySet[CaseAssignment]) -> Coalesce:
    counted = rows.order_by().annotate(one=F("caseworker")).values("one").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)


def held_by(giver: User | None, *, on: date) -> Q:
    """Citizens whose case the giver has (None: nobody who can work has it)."""
    held = CaseAssignment.objects.on(on) if giver else CaseAssignment.objects.working_on(on)
    mine = Exists(held.filter(citizen=OuterRef("pk"), **({"caseworker": giver} if giver else {})))
    return Q(mine) if giver else ~Q(mine)


def in_charge(who: Visitor, giver: User | None) -> QuerySet[Any]:
    """The giver's cases as far as they are the visitor's to hand over, each with ``seen``: by name, or only counted."""
    on = who.viewing.today
    rows = Citizen.objects.in_charge_of(who.user, on=on).filter(held_by(giver, on=on))
    return rows.annotate(seen=seen_by(who.user, on=on))


def cases_of(who: Visitor, giver: User | None, *, hidden: int, ticked: Collection[str]) -> CasesOf:
    """The giver's cases with what is pending; as many queries as a caseload. ``ticked``: refs that were chosen."""
    on = who.viewing.today
    cases = caseload(who.user, today=on, on=on, among=held_by(giver, on=on))
    cases = [case for case in cases if case.offered is None]
    rows = _rows([case for case in cases if not case.hidden], ticked, on=on)
    return CasesOf(giver, rows, hidden if giver else sum(case.hidden for case in cases))


def _rows(cases: list[Case], ticked: Collection[str], *, on: date) -> tuple[CaseRow, ...]:
    by_citizen: dict[int, list[tuple[Promise | str, str]]] = defaultdict(list)
    for finding in findings(cases, on=on):
        if finding.kind not in _NOT_PENDING:
            by_citizen[finding.citizen.pk].append((FINDING[finding.kind], mark_of(finding.kind)))
    return tuple(
        CaseRow(
            case.citizen,
            tuple(dict.fromkeys(by_citizen[case.citizen.pk])),
            str(case.citizen.ref) in ticked,
        )
        for case in cases
    )


def pending_on(who: Visitor, citizen: Citizen, on: date) -> tuple[tuple[Promise | str, str, str], ...]:
    """What was pending in one case on a day: label, mark, and what."""
    cases = caseload(who.user, today=who.viewing.today, on=on, among=Q(pk=citizen.pk))
    return tuple(_told(each, on=on) for each in _pending(findings(cases, on=on)))


def _pending(found: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in found if finding.kind not in _NOT_PENDING]


def _told(finding: Finding, *, on: date) -> tuple[Promise | str, str, str]:
    return FINDING[finding.kind], mark_of(finding.kind), what(finding, on=on)
