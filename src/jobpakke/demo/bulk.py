"""Lives become rows in few statements, after the same checks as the verbs make."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.db import connection, models, transaction

from jobpakke.access.models import Municipality, Role, User
from jobpakke.citizens.cpr import encrypt, fingerprint, parse
from jobpakke.citizens.models import CaseAssignment, Citizen, Limit, StatusSpell, TargetGroupMembership, Wish
from jobpakke.citizens.services.status import check_status
from jobpakke.companies.models import Workplace
from jobpakke.demo import trail
from jobpakke.demo.check import asks_ties, check_package
from jobpakke.demo.lives import Life, MeasureLife, NoteLife, PackageLife, StepLife
from jobpakke.demo.trades import COUNTED_AS
from jobpakke.history.services import Happening, record_many
from jobpakke.lib.names import sort_key
from jobpakke.lib.periods import Period
from jobpakke.lib.refs import Ref, new_ref
from jobpakke.packages.models import (
    Aftercare,
    Approval,
    BreakReason,
    Commitment,
    Evidence,
    JobGoal,
    JobPackage,
    JournalNote,
    Party,
    PlannedStep,
    PlanVersion,
    Programme,
    ProgressAnswer,
    ProgressMeasure,
    Step,
    SubGoal,
    TiesDeclared,
    Visibility,
    Waiver,
)
from jobpakke.packages.models.journal import search_key
from jobpakke.packages.models.package import OnBehalfReason
from jobpakke.packages.questionnaires import newest_shipped
from jobpakke.packages.services.progress import check_points

_BATCH = 500
Row = TypeVar("Row", bound=models.Model)


@dataclass(slots=True)
class Ground:
    """What lives stand on: municipalities and users by code and username, programmes, workplaces by municipality."""

    municipalities: Mapping[str, Municipality]
    users: Mapping[str, User]
    programmes: Mapping[str, Programme]
    workplaces: Mapping[str, list[Workplace]]


@dataclass(slots=True)
class _Rows:
    """Rows in the order in which they can be inserted, and the events."""

    by_model: dict[type[models.Model], list[models.Model]] = field(default_factory=lambda: defaultdict(list))
    needs: list[tuple[PlannedStep, Step]] = field(default_factory=list)
    goals: list[tuple[PlannedStep, SubGoal]] = field(default_factory=list)
    evidence: dict[Ref, list[Evidence]] = field(default_factory=lambda: defaultdict(list))
    """By the ref of the step."""
    corrections: list[JournalNote] = field(default_factory=list)
    events: list[Happening] = field(default_factory=list)

    def add(self, row: Row) -> Row:
        """Keeps a row for its table."""
        self.by_model[type(row)].append(row)
        return row


@transaction.atomic
def load(lives: Iterable[Life], ground: Ground) -> int:
    """Writes lives; returns how many. Raises Refused with what any verb would have refused."""
    rows, count = _Rows(), 0
    for life in lives:
        _citizen(rows, life, ground)
        count += 1
    for model in _ORDER:
        model._default_manager.bulk_create(rows.by_model[model], batch_size=_BATCH)
    JournalNote.objects.bulk_create(rows.corrections, batch_size=_BATCH)
    _link(PlannedStep.needs.through, "step_id", rows.needs)
    _link(PlannedStep.sub_goals.through, "subgoal_id", rows.goals)
    record_many(rows.events)
    _take_stock()
    return count


def _take_stock() -> None:
    """PostgreSQL plans by statistics that say the tables are empty until it counts anew; a page then takes minutes."""
    if connection.vendor == "postgresql":
        tables = ", ".join(map(connection.ops.quote_name, connection.introspection.django_table_names()))
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {tables}")


def _link(through: Any, column: str, pairs: Iterable[tuple[PlannedStep, Step | SubGoal]]) -> None:
    links = [through(**{"plannedstep_id": planned.pk, column: other.pk}) for planned, other in pairs]
    through._default_manager.bulk_create(links, batch_size=_BATCH)


_ORDER: tuple[type[models.Model], ...] = (
    Citizen,
    CaseAssignment,
    TargetGroupMembership,
    Wish,
    Limit,
    StatusSpell,
    JobPackage,
    JobGoal,
    PlanVersion,
    TiesDeclared,
    Approval,
    Step,
    PlannedStep,
    SubGoal,
    Evidence,
    Waiver,
    Commitment,
    Aftercare,
    ProgressMeasure,
    ProgressAnswer,
    JournalNote,
)


def _citizen(rows: _Rows, life: Life, ground: Ground) -> None:
    number, born_on = parse(life.cpr, on=life.known_from)
    user = ground.users[life.caseworker]
    citizen = rows.add(
        Citizen(
            municipality=ground.municipalities[life.municipality],
            given_name=life.given_name,
            family_name=life.family_name,
            sort_key=sort_key(f"{life.family_name} {life.given_name}"),
            cpr_token=encrypt(number),
            cpr_fingerprint=fingerprint(number),
            born_on=born_on,
            address_protected=life.address_protected,
        )
    )
    since = life.known_from
    rows.add(CaseAssignment(citizen=citizen, caseworker=user, starts_on=since))
    scheme, group = life.target_group
    rows.add(TargetGroupMembership(citizen=citizen, scheme=scheme, group=group, starts_on=since))
    if life.wish:
        rows.add(Wish(citizen=citizen, text=life.wish, starts_on=since))
    for kind, text in life.limits:
        rows.add(Limit(citizen=citizen, kind=kind, text=text, starts_on=since))
    _spells(rows, life, citizen, user)
    rows.events += trail.of_citizen(life, citizen, user)
    packages, cares = [], []
    programme = ground.programmes.get(life.programme)
    for number_, package in enumerate(life.packages):
        place = _place(ground, life, number_)
        made, care = _package(rows, package, citizen, programme, user, place)
        packages.append(made)
        cares += [care] if care else []
    for each in life.measures:
        _measure(rows, each, citizen, packages, user)
    for note in life.notes:
        _note(rows, note, citizen, cares, user)


def _measure(rows: _Rows, life: MeasureLife, citizen: Citizen, packages: list[JobPackage], user: User) -> None:
    """Within the package that was open on the day."""
    asked, day = newest_shipped(life.by), life.answered_on
    check_points(asked, dict(life.points))
    held = [each for each in packages if each.opened_on and Period(each.opened_on, each.ended_on).contains(day)]
    measure = rows.add(
        ProgressMeasure(
            citizen=citizen,
            package=held[0] if held else None,
            template=asked.code,
            version=asked.version,
            by=life.by.value,
            answered_on=day,
            recorded_by=user,
        )
    )
    for code, point in life.points:
        rows.add(ProgressAnswer(measure=measure, question=code, point=point))
    rows.events.append(trail.of_measure(life, measure, citizen, user))


def _spells(rows: _Rows, life: Life, citizen: Citizen, user: User) -> None:
    for facts in life.spells:
        check_status(facts)
        spell = rows.add(
            StatusSpell(
                citizen=citizen,
                status=facts.status,
                starts_on=facts.starts_on,
                ends_on=facts.ends_on,
                reason=facts.reason or "",
                weekly_hours=facts.weekly_hours,
            )
        )
        rows.events += trail.of_spell(facts, spell, citizen, user)


def _note(rows: _Rows, life: NoteLife, citizen: Citizen, cares: list[Aftercare], user: User) -> None:
    """As it stands, and before it what it first said."""
    first = _note_row(life, life.first_text or life.text, citizen, cares, user)
    row = rows.add(first)
    if life.first_text:
        row = _note_row(life, life.text, citizen, cares, user)
        row.replaces, row.chain = first, first.ref
        rows.corrections.append(row)
    rows.events += trail.of_note(life, row, citizen, user)


def _note_row(life: NoteLife, text: str, citizen: Citizen, cares: list[Aftercare], user: User) -> JournalNote:
    ref = new_ref()
    return JournalNote(
        ref=ref,
        chain=ref,
        citizen=citizen,
        kind=life.kind,
        parties=life.parties,
        held_on=life.held_on,
        text=text,
        search_key=search_key(text),
        visibility=Visibility.INTERNAL if life.internal else Visibility.PARTIES,
        aftercare=next(care for care in cares if care.runs_on(life.held_on)) if life.use else None,
        called_by=life.use[0] if life.use else "",
        about=life.use[1] if life.use else "",
        recorded_by=user,
    )


def _place(ground: Ground, life: Life, number: int) -> Workplace:
    places = ground.workplaces[life.municipality]
    return places[(int(life.cpr[-4:]) + number) % len(places)]


def _package(
    rows: _Rows, life: PackageLife, citizen: Citizen, programme: Programme | None, user: User, place: Workplace
) -> tuple[JobPackage, Aftercare | None]:
    check_package(life)
    package = rows.add(
        JobPackage(
            citizen=citizen,
            municipality=citizen.municipality,
            programme=programme,
            drafted_on=life.drafted_on,
            opened_on=life.opened_on,
            ended_on=life.ended_on,
            outcome=life.outcome or "",
        )
    )
    trade = COUNTED_AS.get(life.goal_title, "")
    goal = rows.add(JobGoal(title=life.goal_title, form=life.form, workplace=place, trade=trade))
    version = rows.add(_version(life, package, goal))
    if asks_ties(life):
        declared_on = life.drafted_on
        rows.add(
            TiesDeclared(
                package=package, workplace=place, close_family=False, declared_by=user, declared_on=declared_on
            )
        )
    _approvals(rows, life, version, user, place)
    steps: list[Step] = []
    for position, each in enumerate(life.steps):
        steps.append(_step(rows, each, package, version, position, steps, user, place))
    for promise in life.commitments:
        rows.add(
            Commitment(
                package=package,
                party=promise.party,
                text=promise.text,
                made_on=promise.made_on,
                due_on=promise.due_on,
                kept_on=promise.kept_on,
                broken_on=promise.broken_on,
                broken_by=promise.party if promise.broken_on else "",
                broken_because=BreakReason.NOT_DONE if promise.broken_on else "",
            )
        )
    told = [(step, rows.evidence[step.ref]) for step in steps]
    rows.events += trail.of_package(life, package, version, told, citizen, user, place)
    return package, _aftercare(rows, life, package, user)


def _aftercare(rows: _Rows, life: PackageLife, package: JobPackage, user: User) -> Aftercare | None:
    if life.aftercare_until is None or life.ended_on is None:
        return None
    row = rows.add(
        Aftercare(
            package=package,
            starts_on=life.ended_on,
            ends_on=life.aftercare_until,
            ended_on=life.aftercare_ended_on,
            every_weeks=life.aftercare_weeks,
        )
    )
    rows.events += trail.of_aftercare(row, package.citizen, user)
    return row


def _version(life: PackageLife, package: JobPackage, goal: JobGoal) -> PlanVersion:
    """Proposed when it was drafted, agreed when the package opened."""
    return PlanVersion(
        package=package,
        number=1,
        goal=goal,
        drafted_on=life.drafted_on,
        touched_on=life.drafted_on,
        proposed_on=life.drafted_on if life.proposed else None,
        effective_on=life.opened_on,
    )


def _approvals(rows: _Rows, life: PackageLife, version: PlanVersion, user: User, place: Workplace) -> None:
    """The company is that of the only workplace."""
    if not life.answered:
        return
    given_on = life.opened_on or life.drafted_on
    for party in (Party.CITIZEN, Party.COMPANY):
        rows.add(
            Approval(
                version=version,
                party=party,
                company=place.company if party == Party.COMPANY else None,
                given_on=given_on,
                recorded_by=user,
                on_behalf_reason=OnBehalfReason.SIGNED_ON_PAPER,
            )
        )
    if life.opened_on:
        rows.add(Approval(version=version, party=Party.MUNICIPALITY, given_on=life.opened_on, recorded_by=user))


def _step(
    rows: _Rows,
    life: StepLife,
    package: JobPackage,
    version: PlanVersion,
    position: int,
    below: list[Step],
    user: User,
    place: Workplace,
) -> Step:
    step = rows.add(
        Step(
            package=package,
            kind=life.kind,
            started_on=life.started_on,
            ended_on=life.ended_on,
            ending=life.ending or "",
            end_reason=life.end_reason or "",
        )
    )
    planned = rows.add(
        PlannedStep(
            version=version,
            step=step,
            position=position,
            title=life.title,
            starts_on=life.starts_on,
            ends_on=life.ends_on,
            workplace=place if life.at_work else None,
        )
    )
    rows.needs += [(planned, below[need]) for need in life.needs]
    for number, goal in enumerate(life.sub_goals):
        row = rows.add(SubGoal(step=step, position=number, title=goal.title, evidence_kind=goal.evidence_kind))
        rows.goals.append((planned, row))
        if goal.met_on:
            _evidence(rows, row, goal.met_on, user)
    if life.waived_on:
        reason = "Delmålet vises i næste trin i stedet."
        rows.add(Waiver(step=step, given_on=life.waived_on, reason=reason, given_by=user, given_as=Role.CASEWORKER))
    return step


def _evidence(rows: _Rows, goal: SubGoal, met_on: date, user: User) -> None:
    row = Evidence(sub_goal=goal, kind=goal.evidence_kind, shown_on=met_on, meets=True, recorded_by=user)
    rows.evidence[goal.step.ref].append(rows.add(row))
