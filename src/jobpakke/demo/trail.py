"""The events that the verbs would have recorded for a life."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from jobpakke.access.models import Role, User
from jobpakke.citizens.models import Citizen, StatusSpell
from jobpakke.citizens.services.status import StatusFacts
from jobpakke.companies.models import Workplace
from jobpakke.demo.check import asks_ties
from jobpakke.demo.lives import Life, MeasureLife, NoteLife, PackageLife, StepLife
from jobpakke.history import kinds
from jobpakke.history.services import Happening
from jobpakke.lib.refs import Ref
from jobpakke.method.ladder import Ending
from jobpakke.packages.models import (
    Aftercare,
    Evidence,
    JobPackage,
    JournalNote,
    NoteKind,
    Party,
    PlanVersion,
    ProgressMeasure,
    Step,
)
from jobpakke.packages.models.package import OnBehalfReason


def of_citizen(life: Life, citizen: Citizen, user: User) -> list[Happening]:
    """Registered, assigned, placed in a group."""
    since = life.known_from
    scheme, group = life.target_group
    found: list[kinds.EventKind] = [
        kinds.CitizenRegistered(life.municipality),
        kinds.CaseAssigned(user.ref),
        kinds.TargetGroupSet(scheme, group),
    ]
    return [Happening(kind, user.ref, citizen.ref, citizen.ref, since) for kind in found]


def of_spell(facts: StatusFacts, spell: StatusSpell, citizen: Citizen, user: User) -> list[Happening]:
    """A status recorded, and ended."""
    status = facts.status.value
    found = [Happening(kinds.StatusRecorded(status), user.ref, spell.ref, citizen.ref, facts.starts_on)]
    if facts.ends_on:
        found.append(Happening(kinds.StatusEnded(status), user.ref, spell.ref, citizen.ref, facts.ends_on))
    return found


def of_note(life: NoteLife, row: JournalNote, citizen: Citizen, user: User) -> list[Happening]:
    """Written, corrected the same day, and what it says of aftercare."""
    if life.kind == NoteKind.NOTE:
        found: list[tuple[Ref, kinds.EventKind]] = [(row.chain, kinds.NoteWritten())]
    else:
        found = [(row.chain, kinds.ContactRecorded(life.kind.value, life.parties.value))]
    if row.replaces is not None:
        found.append((row.ref, kinds.NoteCorrected(row.replaces.ref)))
    if row.aftercare is not None and life.use is not None:
        found.append((row.aftercare.ref, kinds.AftercareUsed(life.use[0].value, life.use[1].value)))
    return [Happening(kind, user.ref, subject, citizen.ref, life.held_on) for subject, kind in found]


def of_aftercare(row: Aftercare, citizen: Citizen, user: User) -> list[Happening]:
    """Agreed, and perhaps ended by wish."""
    found = [Happening(kinds.AftercareAgreed(row.ends_on), user.ref, row.ref, citizen.ref, row.starts_on)]
    if row.ended_on:
        found.append(Happening(kinds.AftercareEnded(), user.ref, row.ref, citizen.ref, row.ended_on))
    return found


def of_measure(life: MeasureLife, measure: ProgressMeasure, citizen: Citizen, user: User) -> Happening:
    """A measure of progress."""
    kind = kinds.ProgressMeasured(measure.by, measure.template, measure.version)
    return Happening(kind, user.ref, measure.ref, citizen.ref, life.answered_on)


def of_package(
    life: PackageLife,
    package: JobPackage,
    version: PlanVersion,
    steps: Sequence[tuple[Step, Sequence[Evidence]]],
    citizen: Citizen,
    user: User,
    place: Workplace,
) -> list[Happening]:
    """Everything from draft to end, in the order of the days; each step with its evidence."""
    found: list[tuple[date, Ref, kinds.EventKind]] = [
        (life.drafted_on, package.ref, kinds.PackageDrafted(life.form.value))
    ]
    found += [(life.drafted_on, step.ref, kinds.StepAdded(step.kind)) for step, _shown in steps]
    if asks_ties(life):
        found.append((life.drafted_on, package.ref, kinds.FamilyTiesDeclared(place.ref)))
    if life.proposed:
        found.append((life.drafted_on, version.ref, kinds.PlanProposed(1)))
    yes_on = life.opened_on or life.drafted_on
    behalf = OnBehalfReason.SIGNED_ON_PAPER.value
    said = ((Party.CITIZEN, None), (Party.COMPANY, place.company.ref)) if life.answered else ()
    found += [(yes_on, version.ref, kinds.PlanApproved(party.value, 1, behalf, company)) for party, company in said]
    if life.opened_on:
        found.append((life.opened_on, version.ref, kinds.PlanApproved(Party.MUNICIPALITY.value, 1, None)))
        found.append((life.opened_on, version.ref, kinds.PlanAgreed(1)))
    for (row, shown), step in zip(steps, life.steps, strict=True):
        found += _of_step(row, step, shown)
    if life.ended_on and life.outcome:
        found.append((life.ended_on, package.ref, kinds.PackageEnded(life.outcome.value)))
    return [
        Happening(kind, user.ref, subject, citizen.ref, day)
        for day, subject, kind in sorted(found, key=lambda each: each[0])
    ]


def _of_step(row: Step, life: StepLife, shown: Sequence[Evidence]) -> list[tuple[date, Ref, kinds.EventKind]]:
    found: list[tuple[date, Ref, kinds.EventKind]] = []
    if life.started_on:
        found.append((life.started_on, row.ref, kinds.StepStarted(row.kind)))
    found += [(each.shown_on, each.ref, kinds.EvidenceRecorded(row.ref, each.kind, each.meets)) for each in shown]
    if life.waived_on:
        found.append((life.waived_on, row.ref, kinds.GateWaived(Role.CASEWORKER.value)))
    if life.ended_on and life.ending is Ending.FULFILLED:
        found.append((life.ended_on, row.ref, kinds.StepFulfilled(row.kind)))
    elif life.ended_on and life.end_reason:
        found.append((life.ended_on, row.ref, kinds.StepEnded(row.kind, life.end_reason.value)))
    return found
