"""From rows to what the rulebook asks about, in a fixed number of queries; and what a plan breaks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value, When

from jobpakke.citizens.groups import in_a_group, near_the_labour_market
from jobpakke.citizens.models import Citizen, Limit, LimitKind
from jobpakke.companies.models import Workplace
from jobpakke.lib.periods import Period
from jobpakke.lib.refs import Ref
from jobpakke.method.rulebook import Entry, Group, Rulebook, Severity, Verified, rulebook
from jobpakke.method.rulebook import Limit as RuleLimit
from jobpakke.method.ruled import PersonFact, PlannedFact, RuledPlan, WorkplaceFact
from jobpakke.method.rules import (
    COLLISIONS,
    Breach,
    RuleRefusal,
    breaches,
    breaches_of_step,
)
from jobpakke.method.step_kinds import STEP_KINDS, StepKind, ruled_as
from jobpakke.packages.facts import Plan
from jobpakke.packages.models import (
    AcceptedWarning,
    JobPackage,
    PlannedStep,
    PlanVersion,
    RuleOverride,
    TiesDeclared,
)
from jobpakke.packages.places import details_of
from jobpakke.packages.wording import times_of

_COUNTING = tuple(kind.value for kind in StepKind if STEP_KINDS[ruled_as(kind, at_work=True)].supported)
"""The kinds that count for the support ratio when they are at a workplace."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a plan breaks; ``accepted``: the reason of each warning that was accepted, by what was passed."""

    breaches: tuple[Breach, ...]
    accepted: Mapping[tuple[Ref, str, str], str]

    def reason(self, breach: Breach) -> str | None:
        """Why a warning was accepted; None where it was not."""
        return self.accepted.get((breach.step, str(breach.refusal.code), breach.detail))

    @property
    def standing(self) -> tuple[Breach, ...]:
        """What stops, and the warnings that nobody accepted."""
        return tuple(each for each in self.breaches if each.severity is Severity.STOP or self.reason(each) is None)


def rules_of(municipality: int, *, on: date) -> Rulebook:
    """The rulebook of a municipality: its own entries, as known now, beside the common ones; one query."""
    return rulebooks([municipality])[municipality]


def rulebooks(municipalities: Iterable[int]) -> dict[int, Rulebook]:
    """The same of many municipalities, by key; one query. An entry of a limit that is no longer one stays unread."""
    own: dict[int, list[Entry]] = {key: [] for key in municipalities}
    for row in own_rules(own):
        own[row.municipality_id].append(entry_of(row))
    return {key: rulebook().with_own(entries) for key, entries in own.items()}


def own_rules(municipalities: Iterable[int]) -> QuerySet[RuleOverride]:
    """The limits of municipalities' own, as known now."""
    rows = RuleOverride.objects.current().filter(municipality__in=list(municipalities))
    return rows.filter(limit__in=[each.value for each in RuleLimit])


def entry_of(row: RuleOverride) -> Entry:
    """A municipality's own limit as an entry of the rulebook."""
    return Entry(
        limit=RuleLimit(row.limit),
        values=row.values,
        valid=Period(row.starts_on, row.ends_on),
        source=row.reason,
        verified=Verified.OWN,
        severity=Severity(row.severity),
        group=Group(row.group) if row.group else None,
        sector=row.sector or None,
        reason=row.reason,
    )


def check_plan(plan: Plan, *, on: date, starting: tuple[Ref, date] | None = None, today: date | None = None) -> Checked:
    """What a plan breaks on the day it is asked about, and what of it was accepted; four queries. ``starting``: as if
    the step began on the day. ``today``: the day it is asked, where that is later: what is under way lasts until then.
    """
    known = max(on, today or on)
    rules, facts, said = _gathered(plan, on=on, today=known)
    if starting is None:
        return Checked(breaches(rules, facts, on=on, today=known), said.accepted)
    found = breaches(rules, _with_begun(facts, *starting), on=on, today=known)
    as_planned = Checked(breaches_of_step(rules, facts, starting[0], on=on), said.accepted)
    return Checked(found, {**said.accepted, **_carried(as_planned, found, starting[0])})


def check_corrected(
    plan: Plan, step: Ref, *, started_on: date | None, ended_on: date | None, on: date, today: date
) -> Checked:
    """What a step with other days claims at once with what lies beside it, and as recorded did not; four queries."""
    rules, facts, said = _gathered(plan, on=on, today=today)
    as_recorded = breaches_of_step(rules, facts, step, on=on, today=today)
    corrected = _with_days(facts, step, started_on=started_on, ended_on=ended_on)
    known = {(each.refusal.code, each.detail) for each in as_recorded}
    found = breaches_of_step(rules, corrected, step, on=on, today=today)
    new = (each for each in found if (each.refusal.code, each.detail) not in known)
    return Checked(tuple(each for each in new if each.refusal.code in COLLISIONS), said.accepted)


def _gathered(plan: Plan, *, on: date, today: date) -> tuple[Rulebook, RuledPlan, _Said]:
    placements, said = _placements(plan, today=today), _said(plan.package)
    facts = RuledPlan(
        _person(plan, placements, on=on),
        tuple(_step(row) for row in plan.planned),
        _workplaces(plan, placements, said.family, on=on),
    )
    return rules_of(plan.package.municipality_id, on=on), facts, said


_OF_LENGTH = frozenset(
    {RuleRefusal.STEP_TOO_LONG, RuleRefusal.STEP_NEEDS_ASSESSMENT, RuleRefusal.STEP_NEEDS_SPECIAL_NEED}
)


def _with_begun(facts: RuledPlan, ref: Ref, day: date) -> RuledPlan:
    steps = (replace(step, started_on=day) if step.ref == ref else step for step in facts.steps)
    return replace(facts, steps=tuple(steps))


def _with_days(facts: RuledPlan, ref: Ref, *, started_on: date | None, ended_on: date | None) -> RuledPlan:
    steps = (
        replace(step, started_on=started_on, ended_on=ended_on) if step.ref == ref else step for step in facts.steps
    )
    return replace(facts, steps=tuple(steps))


def _carried(as_planned: Checked, found: Sequence[Breach], ref: Ref) -> dict[tuple[Ref, str, str], str]:
    """A length that was accepted as planned is accepted whenever the step starts: the last day without a reason moves
    with the start, and what takes another reason has another code."""
    reasons = {each.refusal.code: as_planned.reason(each) for each in as_planned.breaches}
    passed = [each for each in found if each.step == ref and each.refusal.code in _OF_LENGTH]
    return {
        (ref, str(each.refusal.code), each.detail): reason
        for each in passed
        if (reason := reasons.get(each.refusal.code)) is not None
    }


@dataclass(frozen=True, slots=True)
class _Said:
    """What somebody has said about a package: why a warning is passed, and at which workplaces there is family."""

    accepted: Mapping[tuple[Ref, str, str], str]
    family: Mapping[Ref, bool]


_FAMILY, _NO_FAMILY = "family", "no family"


def _said(package: JobPackage) -> _Said:
    """Accepted warnings and declared ties together in one query; of several about the same, the newest."""
    warnings = AcceptedWarning.objects.filter(package=package).values_list("step", "code", "detail", "reason", "pk")
    words = Case(When(close_family=True, then=Value(_FAMILY)), default=Value(_NO_FAMILY), output_field=CharField())
    nothing = Value("", output_field=CharField())
    ties = TiesDeclared.objects.filter(package=package).annotate(words=words, none=nothing, nor=nothing)
    declared = ties.values_list("workplace__ref", "words", "none", "nor", "pk")
    accepted: dict[tuple[Ref, str, str], str] = {}
    family: dict[Ref, bool] = {}
    rows = warnings.order_by().union(declared.order_by(), all=True)
    for ref, code, detail, reason, _pk in sorted(rows, key=lambda row: row[4]):
        if code in (_FAMILY, _NO_FAMILY):
            family[ref] = code == _FAMILY
        else:
            accepted[ref, code, detail] = reason
    return _Said(accepted, family)


def supported_places(plan: Plan) -> dict[Ref, Workplace]:
    """The workplaces at which the plan has somebody supported, each once: where ties are declared."""
    rows = (row for row in plan.planned if row.workplace and row.step.kind in _COUNTING)
    return {row.workplace.ref: row.workplace for row in rows if row.workplace}


def ties_of(package: JobPackage) -> Mapping[Ref, bool]:
    """Whether the citizen has close family at each workplace, where it is declared; one query."""
    return _said(package).family


def _step(row: PlannedStep) -> PlannedFact:
    return PlannedFact(
        ref=row.step.ref,
        kind=ruled_as(StepKind(row.step.kind), at_work=row.workplace is not None),
        planned=Period(row.starts_on, row.ends_on),
        weekly_hours=row.weekly_hours,
        times=times_of(row),
        workplace=row.workplace.ref if row.workplace else None,
        started_on=row.step.started_on,
        ended_on=row.step.ended_on,
    )


def _person(plan: Plan, placements: Iterable[Placement], *, on: date) -> PersonFact:
    """Group, limits and earlier placements of the citizen, in one query."""
    of_citizen = {"citizen": OuterRef("pk")}
    limits = Limit.objects.on(on).filter(**of_citizen).order_by()
    weekly = limits.filter(kind=LimitKind.HOURS, hours__isnull=False).order_by("hours").values("hours")
    windows = limits.filter(free_from__isnull=False)
    row = Citizen.objects.filter(pk=plan.package.citizen_id).annotate(
        grouped=in_a_group(on=on),
        near=near_the_labour_market(on=on),
        hours_limit=Subquery(weekly[:1]),
        first=Subquery(windows.order_by("-free_from").values("free_from")[:1]),
        last=Subquery(windows.order_by("free_to").values("free_to")[:1]),
    )
    found = row.values("pk", "born_on", "grouped", "near", "hours_limit", "first", "last").get()
    group = None if not found["grouped"] else Group.CLOSE if found["near"] else Group.FAR
    return PersonFact(
        born_on=found["born_on"],
        group=group,
        hours_limit=found["hours_limit"],
        window=(found["first"], found["last"]) if found["first"] else None,
        earlier=tuple(fact for whose, fact in placements if whose == found["pk"]),
    )


Placement = tuple[int, PlannedFact]
"""Whose (the key of the citizen), and the step."""


def _placements(plan: Plan, *, today: date) -> list[Placement]:
    """Steps of other packages that count for the ratio: at the plan's workplaces, or this citizen's anywhere."""
    places = {row.workplace_id for row in plan.planned if row.workplace_id}
    later = PlanVersion.objects.filter(
        package=OuterRef("version__package"), effective_on__isnull=False, number__gt=OuterRef("version__number")
    )
    rows = (
        PlannedStep.objects.filter(
            ~Exists(later),
            Q(workplace__in=places) | Q(workplace__isnull=False, version__package__citizen=plan.package.citizen_id),
            Q(step__started_on__isnull=False) | Q(version__package__ended_on__isnull=True),
            version__effective_on__isnull=False,
            step__kind__in=_COUNTING,
        )
        .exclude(version__package=plan.package)
        .select_related("step", "workplace", "version__package")
    )
    return [(row.version.package.citizen_id, _placed(row, today=today)) for row in rows]


def _placed(row: PlannedStep, *, today: date) -> PlannedFact:
    """A step of another package; what nobody ended there is over with its package."""
    fact = replace(_step(row), today=today)
    return fact if fact.ended_on or not fact.started_on else replace(fact, ended_on=row.version.package.ended_on)


def _workplaces(
    plan: Plan, placements: Iterable[Placement], family: Mapping[Ref, bool], *, on: date
) -> dict[Ref, WorkplaceFact]:
    supported: dict[Ref, list[Period]] = defaultdict(list)
    for whose, fact in placements:
        if whose != plan.package.citizen_id and fact.workplace is not None:
            supported[fact.workplace].append(fact.days)
    places = {row.workplace.ref: (row.workplace, details_of(row, on=on)) for row in plan.planned if row.workplace}
    return {
        ref: WorkplaceFact(
            sector=place.sector,
            ordinary_employees=details.ordinary_employees if details else None,
            supported=tuple(supported[ref]),
            has_contact=bool(details and details.contact_name),
            closed_on=place.closed_on,
            close_family=family.get(ref),
        )
        for ref, (place, details) in places.items()
    }
