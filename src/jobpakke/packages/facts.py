"""From rows to the facts that the method judges: many packages in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from jobpakke.citizens.models import StatusSpell
from jobpakke.history.kinds import EventKind, StepAdded, SubGoalAdded
from jobpakke.history.models import Event
from jobpakke.lib.periods import Period
from jobpakke.lib.refs import Ref
from jobpakke.method.coverage import PackageFact
from jobpakke.method.ladder import Ending, Ladder, StepFact, SubGoalFact
from jobpakke.method.step_kinds import StepKind
from jobpakke.packages.drafted import Said, drafted, with_drafted
from jobpakke.packages.mentors import with_mentors
from jobpakke.packages.models import DraftWording, JobPackage, PlannedStep, PlanVersion, SubGoal
from jobpakke.packages.places import with_details
from jobpakke.packages.stood import End, end_stood, stand, stood_back, with_stood


@dataclass(frozen=True, slots=True)
class Plan:
    """One package with its plan on a date: the rows in order, and the same as facts for the method."""

    package: JobPackage
    version: PlanVersion | None
    planned: tuple[PlannedStep, ...]
    sub_goals: Mapping[int, tuple[SubGoal, ...]]
    """By primary key of the step; each sub-goal carries ``met_on``, the first day evidence meets it, or None."""
    steps: tuple[StepFact, ...]
    spells: tuple[StatusSpell, ...]
    end: End | None = None
    """How the package ended, where that stood otherwise on the day than it is known now."""
    corrected: bool = False
    """Whether days, dispensations or the end are those that stood on the day, and were corrected since."""

    laid: tuple[Said, ...] | None = None
    """Of a draft that is shown as it was worded on the day: the promises laid in it then (packages.drafted)."""

    @property
    def ladder(self) -> Ladder:
        """The steps as the method's staircase. Raises Refused when they do not form one."""
        return Ladder(self.steps)

    def changed_after(self, on: date) -> date | None:
        """When its words were last changed, where that was after a day on which they were no more than a draft and what
        they said on the day was not kept. None: they stand as they were."""
        version = self.version
        if version is None or version.touched_on <= on or self.laid is not None:
            return None
        return None if version.effective_on is not None and version.effective_on <= on else version.touched_on

    def package_fact(self, opened_on: date) -> PackageFact:
        """The package as the method's coverage sees it."""
        excused = tuple(Period(spell.starts_on, spell.ends_on) for spell in self.spells)
        return PackageFact(opened_on, self.package.ended_on, self.steps, excused)


def plans(packages: Iterable[JobPackage], *, on: date, known_on: date | None = None) -> dict[int, Plan]:
    """The plan in effect on the date of each package (before any was: its draft), by its key; four queries.

    ``known_on``: leaves out corrections that were recorded after that day (packages.stood; of evidence too), and what
    was laid in a draft after it (None: as known now).
    """
    by_pk = {package.pk: package for package in packages}
    return _assembled(by_pk, _laid_by(_in_effect(by_pk, on=on), known_on), known_on)


def plan_of_version(version: PlanVersion) -> Plan:
    """What one version says, whether it holds or not; without the citizen's statuses."""
    return plan_and_agreed(version, agreed=False)[0]


def plan_and_agreed(
    version: PlanVersion, *, agreed: bool = True, known_on: date | None = None
) -> tuple[Plan, Plan | None]:
    """What a version says, and what the newest agreed one before it says, if any; three queries. ``known_on`` as in
    ``plans``."""
    before = PlanVersion.objects.filter(
        package=version.package_id, number__lt=version.number, effective_on__isnull=False
    ).order_by("-number")
    wanted = Q(version=version) | (Q(version=Subquery(before.values("pk")[:1])) if agreed else Q(pk__in=()))
    rows = list(_laid_by(_wordings().filter(wanted), known_on))
    keys = [row.pk for row in rows]
    reached = _Reached(_among(rows, _needs(keys)), _sub_goals(keys, known_on), {}, _stand(rows))
    mine = [row for row in rows if row.version_id == version.pk]
    held = [row for row in rows if row.version_id != version.pk]
    plan = _plan(version.package, version, mine, reached)
    return plan, _plan(version.package, held[0].version, held, reached) if held else None


def _assembled(
    by_pk: Mapping[int, JobPackage], wordings: Iterable[PlannedStep], known_on: date | None
) -> dict[int, Plan]:
    planned, rows = defaultdict(list), list(wordings)
    corrected = _stand(rows)
    for row in rows:
        planned[row.version.package_id].append(row)
    keys = [row.pk for row in rows]
    citizens = {package.citizen_id for package in by_pk.values()}
    reached = _Reached(_among(rows, _needs(keys)), _sub_goals(keys, known_on), _spells(citizens), corrected)
    return {
        pk: _plan(package, planned[pk][0].version if planned[pk] else None, planned[pk], reached)
        for pk, package in by_pk.items()
    }


@dataclass(frozen=True, slots=True)
class _Reached:
    """What several plans share, read at once: needs and sub-goals by wording, spells by citizen; and the
    wordings whose steps stood otherwise than they are known now."""

    needs: Mapping[int, frozenset[Ref]]
    sub_goals: Mapping[int, tuple[SubGoal, ...]]
    spells: Mapping[int, tuple[StatusSpell, ...]]
    corrected: frozenset[int]


def _stand(rows: Iterable[PlannedStep]) -> frozenset[int]:
    """Puts every row back to what stood on the day it was read for; the keys of those that differ."""
    return frozenset(row.pk for row in rows if stand(row))


def _plan(package: JobPackage, version: PlanVersion | None, rows: Sequence[PlannedStep], reached: _Reached) -> Plan:
    end = end_stood(package, rows[0]) if rows else None
    kept = drafted(rows, reached.sub_goals)
    needs, sub_goals = (kept.needs, kept.sub_goals) if kept else (reached.needs, reached.sub_goals)
    if kept:
        rows = kept.rows
        if version is not None:
            version.goal = kept.goal
    return Plan(
        package=stood_back(package, end) if end else package,
        version=version,
        planned=tuple(rows),
        sub_goals={row.step_id: sub_goals.get(row.pk, ()) for row in rows},
        steps=tuple(_fact(row, needs, sub_goals) for row in rows),
        spells=reached.spells.get(package.citizen_id, ()),
        end=end,
        corrected=end is not None or any(row.pk in reached.corrected for row in rows),
        laid=kept.promises if kept else None,
    )


def plan_of(package: JobPackage, *, on: date) -> Plan:
    """The plan of one package on the date."""
    return plans([package], on=on)[package.pk]


def _in_effect(by_pk: Mapping[int, JobPackage], *, on: date) -> QuerySet[PlannedStep]:
    versions = PlanVersion.objects.filter(package=OuterRef("version__package"))
    in_effect = versions.in_effect_on(on).values("pk")[:1]
    standing = versions.filter(Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on))
    draft = standing.order_by("number").values("pk")[:1]
    return (
        _wordings()
        .filter(version__package__in=by_pk)
        .annotate(shown=Coalesce(Subquery(in_effect), Subquery(draft)))
        .filter(version_id=F("shown"))
    )


def _laid_by(rows: QuerySet[PlannedStep], known_on: date | None) -> QuerySet[PlannedStep]:
    """Of versions that were in effect on the day all, of others what had been laid by it, and of those whose words of
    the day were kept any row to read them from."""
    if known_on is None:
        return rows
    laid = Q(version__effective_on__lte=known_on) | ~_told_after(StepAdded, "step__ref", known_on)
    kept = DraftWording.objects.on(known_on).filter(version=OuterRef("version"))
    return with_drafted(with_stood(rows.filter(laid | Q(Exists(kept.order_by()))), known_on), known_on)


def _told_after(kind: type[EventKind], ref: str, known_on: date) -> Q:
    """Whether something was laid after a day. What no event tells of was there from the beginning."""
    told = Event.objects.filter(kind=kind.code(), subject=OuterRef(ref), effective_on__gt=known_on)
    return Q(Exists(told.order_by()))


def _among(rows: Iterable[PlannedStep], needs: Mapping[int, frozenset[Ref]]) -> dict[int, frozenset[Ref]]:
    """Only the needs that are rows themselves."""
    shown = frozenset(row.step.ref for row in rows)
    return {pk: refs & shown for pk, refs in needs.items()}


def _wordings() -> QuerySet[PlannedStep]:
    rows = PlannedStep.objects.select_related(
        "version__goal__workplace__company", "version__goal__function", "step__waiver", "workplace__company"
    )
    return with_details(with_mentors(rows)).order_by("version__package", "position", "pk")


def _needs(planned: Iterable[int]) -> dict[int, frozenset[Ref]]:
    found = defaultdict(set)
    links = PlannedStep.needs.through._default_manager.filter(plannedstep__in=list(planned))
    for planned_pk, ref in links.values_list("plannedstep_id", "step__ref"):
        found[planned_pk].add(ref)
    return {pk: frozenset(refs) for pk, refs in found.items()}


def _sub_goals(planned: Iterable[int], known_on: date | None = None) -> dict[int, tuple[SubGoal, ...]]:
    counting, known = Q(evidence__replaced_by__isnull=True), Q()
    if known_on is not None:
        later = Q(evidence__replaced_by__recorded_at__date__gt=known_on)
        counting |= later
        known = Q(evidence__replaces__isnull=True) | Q(evidence__recorded_at__date__lte=known_on)
    meeting = Q(evidence__meets=True) & counting & known
    laid = Q(wordings__in=list(planned))
    if known_on is not None:
        laid &= Q(wordings__version__effective_on__lte=known_on) | ~_told_after(SubGoalAdded, "ref", known_on)
    rows = SubGoal.objects.filter(laid).annotate(worded=F("wordings__pk"))
    rows = rows.annotate(met_on=Min("evidence__shown_on", filter=meeting))  # type: ignore[no-redef]  # said on the model
    found = defaultdict(list)
    for row in rows.order_by("position", "pk"):
        found[row.worded].append(row)
    return {pk: tuple(goals) for pk, goals in found.items()}


def _spells(citizens: Iterable[int]) -> dict[int, tuple[StatusSpell, ...]]:
    found = defaultdict(list)
    for spell in StatusSpell.objects.current().filter(citizen__in=list(citizens)).order_by("starts_on", "pk"):
        found[spell.citizen_id].append(spell)
    return {pk: tuple(spells) for pk, spells in found.items()}


def _fact(
    row: PlannedStep, needs: Mapping[int, frozenset[Ref]], sub_goals: Mapping[int, tuple[SubGoal, ...]]
) -> StepFact:
    step = row.step
    waiver = getattr(step, "waiver", None)
    return StepFact(
        ref=step.ref,
        kind=StepKind(step.kind),
        planned=Period(row.starts_on, row.ends_on),
        started_on=step.started_on,
        ended_on=step.ended_on,
        ending=Ending(step.ending) if step.ending else None,
        needs=needs.get(row.pk, frozenset()),
        sub_goals=tuple(SubGoalFact(goal.ref, goal.met_on) for goal in sub_goals.get(row.pk, ())),
        waived_on=waiver.given_on if waiver else None,
    )
