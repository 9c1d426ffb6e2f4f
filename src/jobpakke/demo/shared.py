"""Packages of today that two companies share, by the verbs: one that waits for the second company's yes for each
caseworker, and one that both have agreed to."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from jobpakke.access.models import User
from jobpakke.citizens.models import Citizen, TargetGroupScheme
from jobpakke.citizens.services import register_citizen, set_target_group
from jobpakke.companies.models import Workplace
from jobpakke.demo.bulk import Ground
from jobpakke.demo.ground import TODAY_CODE
from jobpakke.demo.people import Person, people
from jobpakke.method.agreement import Voice
from jobpakke.method.parties import Side
from jobpakke.method.step_kinds import EvidenceKind, StepKind
from jobpakke.packages.models import GoalForm, HowTold, JobPackage, NoteKind, Parties, Party, PlannedStep, PlanVersion
from jobpakke.packages.models.package import OnBehalfReason
from jobpakke.packages.services import (
    add_sub_goal,
    approve_plan,
    declare_ties,
    draft_package,
    lay_step,
    make_commitment,
    propose_plan,
    record_told,
    start_step,
    write_note,
)
from jobpakke.packages.services.journal import NoteFacts
from jobpakke.packages.services.plan.checks import StepFacts
from jobpakke.packages.telling import untold

_SEED = 2028
_HERE = "0751"
_WEEK = timedelta(weeks=1)


def tell(ground: Ground, today: date) -> int:
    """Returns how many citizens are new."""
    rng = Random(_SEED)  # noqa: S311  # invented lives, not secrets
    crowd = people(rng, first_serial=3900, oldest=1964)
    places = ground.workplaces[_HERE][::-1]
    _Shared(ground, "bo", places[0], places[1], today).waits(next(crowd))
    _Shared(ground, "erik", places[2], places[3], today).waits(next(crowd))
    _Shared(ground, "bo", places[4], places[5], today).runs(next(crowd))
    return 3


class _Shared:
    """Calls the verbs as one caseworker, about a way through two companies."""

    def __init__(self, ground: Ground, caseworker: str, first: Workplace, second: Workplace, today: date) -> None:
        self.user: User = ground.users[caseworker]
        self.municipality = ground.municipalities[_HERE]
        self.programme = ground.programmes[TODAY_CODE]
        self.first, self.second, self.today = first, second, today

    def waits(self, person: Person) -> None:
        """Proposed nine days ago; the citizen and the first company have said yes, the second thinks about it."""
        version = self._drafted(person, drafted=12, begins=-7)
        propose_plan(actor=self.user, version=version, on=self._ago(9))
        self._yes(version, Party.CITIZEN, None, 9)
        self._yes(version, Party.COMPANY, self.first, 7)

    def runs(self, person: Person) -> None:
        """Agreed by both; one of them has not been told yet of what was promised since."""
        version = self._drafted(person, drafted=50, begins=40)
        propose_plan(actor=self.user, version=version, on=self._ago(48))
        self._yes(version, Party.CITIZEN, None, 48)
        for place, days in ((self.first, 47), (self.second, 44)):
            self._yes(version, Party.COMPANY, place, days)
        agreed = self._ago(43)
        approve_plan(actor=self.user, version=version, party=Party.MUNICIPALITY, given_on=agreed, on=agreed)
        step = version.planned_steps.select_related("step__package__citizen").order_by("position")[0].step
        start_step(actor=self.user, step=step, started_on=self._ago(40), on=self._ago(40))
        package, promised = version.package, self._ago(11)
        text, due_on = "Arbejdstøj til begge steder", self.today + 2 * _WEEK
        make_commitment(
            actor=self.user, package=package, party=Party.MUNICIPALITY, text=text, due_on=due_on, on=promised
        )
        self._told(package, 6)

    def _told(self, package: JobPackage, days: int) -> None:
        """The citizen and the first company, at a meeting."""
        at, mine = self._ago(days), {Voice(Side.CITIZEN), Voice(Side.COMPANY, self.first.company.ref)}
        told = [(each.event.ref, each.to_tell.voice) for each in untold(package, on=at) if each.to_tell.voice in mine]
        record_told(actor=self.user, package=package, told=told, how=HowTold.AT_MEETING, told_on=at, on=at)

    def _drafted(self, person: Person, *, drafted: int, begins: int) -> PlanVersion:
        on, start = self._ago(drafted), self._ago(begins)
        version = draft_package(
            actor=self.user,
            citizen=self._citizen(person),
            goal_title="Medarbejder i service",
            form=GoalForm.ORDINARY,
            workplace=self.second,
            programme=self.programme,
            on=on,
        )
        tried = self._step(version, self.first, "Praktik: lærer arbejdsdagen at kende", start, ())
        self._step(version, self.second, "Praktik: prøver jobbet af", start + 10 * _WEEK, (tried,))
        family = {place.ref: False for place in (self.first, self.second)}
        declare_ties(actor=self.user, version=version, close_family=family, on=on)
        return version

    def _step(
        self, version: PlanVersion, place: Workplace, title: str, start: date, needs: tuple[PlannedStep, ...]
    ) -> PlannedStep:
        on = version.drafted_on
        needed = tuple(each.step for each in needs)
        facts = StepFacts(StepKind.INTERNSHIP, title, start, start + 10 * _WEEK, workplace=place, needs=needed)
        planned = lay_step(actor=self.user, version=version, facts=facts, on=on)
        goal = "Møder til aftalt tid i fire uger"
        add_sub_goal(actor=self.user, planned=planned, title=goal, evidence_kind=EvidenceKind.STATEMENT, on=on)
        return planned

    def _citizen(self, person: Person) -> Citizen:
        known = self._ago(90)
        citizen = register_citizen(
            actor=self.user,
            municipality=self.municipality,
            cpr=person.cpr,
            given_name=person.given_name,
            family_name=person.family_name,
            address_protected=False,
            on=known,
        )
        readiness = TargetGroupScheme.READINESS
        set_target_group(actor=self.user, citizen=citizen, scheme=readiness, group="activity_ready", on=known)
        text = "Vi talte om de to steder, og hvad borgeren gerne vil prøve af hvert sted."
        facts = NoteFacts(text, self._ago(8), NoteKind.TALK, Parties.CITIZEN)
        write_note(actor=self.user, citizen=citizen, facts=facts, on=self._ago(8))
        return citizen

    def _yes(self, version: PlanVersion, party: Party, place: Workplace | None, days: int) -> None:
        on, how = self._ago(days), OnBehalfReason.SAID_ON_PHONE if place else OnBehalfReason.SAID_AT_MEETING
        company = place.company if place else None
        approve_plan(
            actor=self.user, version=version, party=party, company=company, given_on=on, on_behalf_reason=how, on=on
        )

    def _ago(self, days: int) -> date:
        return self.today - timedelta(days=days)
