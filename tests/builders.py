"""Builders that walk through the services, as a face would."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from jobpakke.access.models import Municipality, Role, User
from jobpakke.access.services import add_user
from jobpakke.citizens.models import Citizen
from jobpakke.citizens.services import register_citizen
from jobpakke.companies.models import Company, Sector, Workplace
from jobpakke.companies.services import add_workplace, register_company
from jobpakke.method.lengths import most_steps
from jobpakke.method.rulebook import rulebook
from jobpakke.method.step_kinds import EvidenceKind, StepKind
from jobpakke.packages.answers import companies_in
from jobpakke.packages.facts import plan_of_version
from jobpakke.packages.models import GoalForm, JobPackage, Party, PlannedStep, PlanVersion, Programme, SubGoal
from jobpakke.packages.models.package import OnBehalfReason
from jobpakke.packages.services import add_sub_goal, approve_plan, draft_package, lay_step, propose_plan
from jobpakke.packages.services.plan.checks import StepFacts
from tests.relaying import built_once

SINCE = date(2020, 1, 1)
DAY = date(2026, 3, 2)
MOST_STEPS = most_steps(rulebook(), on=DAY)
PASSWORD = "et-godt-kodeord-7"


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of the tests. asta is bo's citizen, frode is erik's, gerda is dorte's (another municipality)."""

    here: Municipality
    there: Municipality
    bo: User
    erik: User
    dorte: User
    finn: User
    tove: User
    dan: User
    anna: User
    carla: User
    asta: User
    her: Citizen
    frode: Citizen
    gerda: Citizen


def user(name: str, role: Role, place: Municipality) -> User:
    """Somebody with one role since 2020."""
    return add_user(
        actor=None, username=name, full_name=name.title(), password=PASSWORD, role=role, municipality=place, on=SINCE
    )


@built_once
def citizen(caseworker: User, place: Municipality, name: str, cpr: str, *, protected: bool | None = False) -> Citizen:
    """A citizen whose name protection is known to be off, unless said otherwise."""
    return register_citizen(
        actor=caseworker,
        municipality=place,
        cpr=cpr,
        given_name=name,
        family_name="Testesen",
        on=SINCE,
        address_protected=protected,
    )


@built_once
def build_cast() -> Cast:
    """Everybody."""
    here = Municipality.objects.create(code="0751", name="Århus")
    there = Municipality.objects.create(code="0580", name="Aabenraa")
    bo, erik = user("bo", Role.CASEWORKER, here), user("erik", Role.CASEWORKER, here)
    dorte = user("dorte", Role.CASEWORKER, there)
    asta = User.objects.create(username="asta", full_name="Asta")
    carla = User.objects.create(username="carla", full_name="Carla")
    return Cast(
        here=here,
        there=there,
        bo=bo,
        erik=erik,
        dorte=dorte,
        finn=user("finn", Role.EVALUATOR, here),
        tove=user("tove", Role.TEAM_LEADER, here),
        dan=user("dan", Role.DPO, here),
        anna=user("anna", Role.ADMIN, here),
        carla=carla,
        asta=asta,
        her=citizen(bo, here, "Asta", "610170-1001"),
        frode=citizen(erik, here, "Frode", "620171-1002"),
        gerda=citizen(dorte, there, "Gerda", "630172-1003"),
    )


@built_once
def company(actor: User, place: Municipality, cvr: str = "99100028", name: str = "Hotel Prøven") -> Company:
    """A company of the register."""
    return register_company(actor=actor, municipality=place, cvr=cvr, name=name, on=SINCE)


@built_once
def workplace(actor: User, place: Municipality, cvr: str = "99100028", name: str = "Hotel Prøven") -> Workplace:
    """A workplace with a company of its own."""
    owner = company(actor, place, cvr, name)
    return add_workplace(
        actor=actor,
        company=owner,
        p_number="9900000001",
        name=name,
        sector=Sector.PRIVATE,
        ordinary_employees=50,
        contact_name="Else Rask",
        on=SINCE,
    )


@dataclass(frozen=True, slots=True)
class Stairs:
    """A package of two steps, the second needing the first, each with one sub-goal."""

    package: JobPackage
    version: PlanVersion
    first: PlannedStep
    second: PlannedStep
    goal: SubGoal
    second_goal: SubGoal


@built_once
def draft(actor: User, whom: Citizen, on: date = DAY, programme: Programme | None = None) -> Stairs:
    """Drafted, not agreed."""
    version = draft_package(
        actor=actor, citizen=whom, goal_title="Leder på hotel", form=GoalForm.ORDINARY, programme=programme, on=on
    )
    first, goal = _step(actor, version, "Afklaring", on, ())
    second, second_goal = _step(actor, version, "Vejledning", on + timedelta(days=60), [first])
    return Stairs(version.package, version, first, second, goal, second_goal)


@built_once
def agreed(actor: User, whom: Citizen, on: date = DAY, programme: Programme | None = None) -> Stairs:
    """In effect from the day."""
    stairs = draft(actor, whom, on, programme)
    approve(actor, stairs.version, on)
    return stairs


def approve(actor: User, version: PlanVersion, on: date) -> None:
    """Proposed, and all say yes."""
    propose_plan(actor=actor, version=version, on=on, reason="Ny aftale" if version.number > 1 else "")
    named = [ref for ref in companies_in(plan_of_version(version), on=on) if ref is not None]
    say_yes(actor, version, on, Party.CITIZEN)
    for each in Company.objects.filter(ref__in=named).order_by("pk") if named else (None,):
        say_yes(actor, version, on, Party.COMPANY, each)
    say_yes(actor, version, on, Party.MUNICIPALITY)


def say_yes(actor: User, version: PlanVersion, on: date, party: Party, company: Company | None = None) -> None:
    """The citizen and the companies on paper, the municipality for itself."""
    behalf = None if party == Party.MUNICIPALITY else OnBehalfReason.SIGNED_ON_PAPER
    approve_plan(
        actor=actor, version=version, party=party, company=company, given_on=on, on=on, on_behalf_reason=behalf
    )


def shared(actor: User, whom: Citizen, places: Iterable[Workplace], on: date = DAY) -> Stairs:
    """Drafted, with talks at each place that lie beside each other: the plan concerns all their companies."""
    stairs = draft(actor, whom, on)
    for place in places:
        facts = StepFacts(StepKind.GUIDANCE, f"Samtaler hos {place.name}", on, on + timedelta(days=60), workplace=place)
        lay_step(actor=actor, version=stairs.version, facts=facts, on=on)
    return stairs


def _step(
    actor: User, version: PlanVersion, title: str, starts_on: date, needs: Iterable[PlannedStep]
) -> tuple[PlannedStep, SubGoal]:
    needed = tuple(each.step for each in needs)
    facts = StepFacts(StepKind.CLARIFICATION, title, starts_on, starts_on + timedelta(days=60), needs=needed)
    planned = lay_step(actor=actor, version=version, facts=facts, on=version.package.drafted_on)
    goal = add_sub_goal(
        actor=actor,
        planned=planned,
        title=f"Delmål i {title.lower()}",
        evidence_kind=EvidenceKind.STATEMENT,
        on=version.package.drafted_on,
    )
    return planned, goal
