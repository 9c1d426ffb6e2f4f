"""Calls the verbs as the caseworker of the three cases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from jobpakke.access.models import User
from jobpakke.citizens.models import Citizen, LimitKind, TargetGroupScheme
from jobpakke.citizens.services import (
    change_protection,
    record_limit,
    record_qualification,
    record_wish,
    register_citizen,
    set_target_group,
)
from jobpakke.companies.models import Company, Mentor, Sector, WorkFunction, Workplace
from jobpakke.companies.services import add_function, add_workplace, name_mentor, register_company
from jobpakke.demo import vip2
from jobpakke.demo.bulk import Ground
from jobpakke.demo.ground import invented_cvr
from jobpakke.demo.papers import signed_paper
from jobpakke.method.progress import Answerer
from jobpakke.method.step_kinds import EvidenceKind, StepKind
from jobpakke.packages.answers import companies_in
from jobpakke.packages.facts import plan_of_version
from jobpakke.packages.models import (
    Aftercare,
    CareTopic,
    CorrectionReason,
    GoalForm,
    HowTold,
    Job,
    NoteKind,
    Outcome,
    Parties,
    Party,
    PlannedStep,
    PlanVersion,
    SubGoal,
    Trade,
)
from jobpakke.packages.models.package import OnBehalfReason
from jobpakke.packages.questionnaires import newest_shipped
from jobpakke.packages.rules import supported_places
from jobpakke.packages.services import (
    add_sub_goal,
    approve_plan,
    ask_about_story,
    assign_mentor,
    conclude_package,
    consent_to_story,
    correct_job,
    declare_ties,
    draft_package,
    fulfil_step,
    lay_step,
    make_commitment,
    propose_plan,
    record_evidence,
    record_measure,
    settle_commitment,
    start_step,
    write_note,
    write_story,
)
from jobpakke.packages.services.commitments import Condition
from jobpakke.packages.services.ending import Ending
from jobpakke.packages.services.job import JobFacts
from jobpakke.packages.services.journal import CareUse, NoteFacts
from jobpakke.packages.services.plan.checks import StepFacts

_CODE = "0751"


@dataclass(frozen=True, slots=True)
class Met:
    """Who and where, before there is a plan."""

    citizen: Citizen
    place: Workplace
    function: WorkFunction


@dataclass(slots=True)
class Laid:
    """A planned step with its sub-goals."""

    planned: PlannedStep
    goals: list[SubGoal]


class Teller:
    """Calls the verbs as the caseworker of the three."""

    def __init__(self, ground: Ground) -> None:
        self.bo: User = ground.users["bo"]
        self.municipality = ground.municipalities[_CODE]
        self.programme = ground.programmes[vip2.CODE]

    def citizen(self, given: str, family: str, cpr: str, on: date) -> Citizen:
        """Registered, without address protection, in match category 4, as VIP2's participants."""
        citizen = register_citizen(
            actor=self.bo,
            municipality=self.municipality,
            cpr=cpr,
            given_name=given,
            family_name=family,
            on=on,
        )
        change_protection(actor=self.bo, citizen=citizen, protected=False, on=on)
        set_target_group(actor=self.bo, citizen=citizen, scheme=TargetGroupScheme.MATCH_CATEGORY, group="4", on=on)
        return citizen

    def facts(
        self,
        citizen: Citizen,
        on: date,
        wishes: Iterable[str],
        limits: Iterable[tuple[LimitKind, str]],
        learned: str,
    ) -> None:
        """Wishes, limits and what was learned."""
        for wish in wishes:
            record_wish(actor=self.bo, citizen=citizen, text=wish, on=on)
        for kind, text in limits:
            record_limit(actor=self.bo, citizen=citizen, kind=kind, text=text, on=on)
        record_qualification(actor=self.bo, citizen=citizen, text=learned, on=on)

    def workplace(self, serial: int, name: str, sector: Sector, employees: int, contact: str, on: date) -> Workplace:
        """A company with one workplace and a contact person."""
        company = register_company(
            actor=self.bo, municipality=self.municipality, cvr=invented_cvr(serial), name=name, on=on
        )
        return add_workplace(
            actor=self.bo,
            company=company,
            p_number=f"99{serial:08d}",
            name=name,
            sector=sector,
            ordinary_employees=employees,
            contact_name=contact,
            contact_phone="00 00 00 00",
            on=on,
        )

    def function(self, place: Workplace, title: str, demands: str, on: date) -> WorkFunction:
        """Work done at the workplace."""
        return add_function(actor=self.bo, workplace=place, title=title, demands=demands, on=on)

    def draft(
        self, citizen: Citizen, goal: str, form: GoalForm, function: WorkFunction, on: date, *, trade: Trade
    ) -> PlanVersion:
        """A package with a goal."""
        return draft_package(
            actor=self.bo,
            citizen=citizen,
            goal_title=goal,
            form=form,
            function=function,
            trade=trade,
            workplace=function.workplace,
            programme=self.programme,
            on=on,
        )

    def step(
        self,
        version: PlanVersion,
        kind: StepKind,
        title: str,
        days: tuple[date, date],
        goals: Iterable[tuple[str, EvidenceKind]],
        needs: Iterable[Laid] = (),
        place: Workplace | None = None,
    ) -> Laid:
        """A step with its sub-goals, after others and perhaps at a place."""
        on = version.package.drafted_on
        needed = tuple(each.planned.step for each in needs)
        facts = StepFacts(kind, title, days[0], days[1], workplace=place, needs=needed)
        planned = lay_step(actor=self.bo, version=version, facts=facts, on=on)
        laid = [
            add_sub_goal(actor=self.bo, planned=planned, title=text, evidence_kind=evidence, on=on)
            for text, evidence in goals
        ]
        return Laid(planned, laid)

    def agree(self, version: PlanVersion, on: date) -> None:
        """Citizen and companies sign on paper, of which the citizen's is filed; the municipality comes last."""
        nobody = dict.fromkeys(supported_places(plan_of_version(version)), False)
        declare_ties(actor=self.bo, version=version, close_family=nobody, on=version.drafted_on)
        propose_plan(actor=self.bo, version=version, on=version.drafted_on)
        asked = Company.objects.filter(ref__in=filter(None, companies_in(plan_of_version(version), on=on)))
        for party, company in ((Party.CITIZEN, None), *((Party.COMPANY, each) for each in asked.order_by("pk"))):
            approve_plan(
                actor=self.bo,
                version=version,
                party=party,
                company=company,
                given_on=on,
                on_behalf_reason=OnBehalfReason.SIGNED_ON_PAPER,
                scan=signed_paper(version.goal.title) if party == Party.CITIZEN else None,
                on=on,
            )
        approve_plan(actor=self.bo, version=version, party=Party.MUNICIPALITY, given_on=on, on=on)

    def climb(self, laid: Laid, start: date, met: Iterable[tuple[date, str]], end: date) -> None:
        """A step from its start to its fulfilment."""
        self.begin(laid, start)
        self.finish(laid, met, end)

    def begin(self, laid: Laid, start: date) -> None:
        """A step that is fulfilled later."""
        start_step(actor=self.bo, step=laid.planned.step, started_on=start, on=start)

    def finish(self, laid: Laid, met: Iterable[tuple[date, str]], end: date) -> None:
        """Evidence for each sub-goal in order, and the fulfilment."""
        step = laid.planned.step
        for goal, (day, remark) in zip(laid.goals, met, strict=True):
            goal.step = step
            record_evidence(actor=self.bo, sub_goal=goal, shown_on=day, meets=True, remark=remark, on=day)
        fulfil_step(actor=self.bo, step=step, fulfilled_on=end, on=end)

    def mentor(self, laid: Laid, place: Workplace, name: str, start: date, end: date) -> None:
        """Follows the citizen through the step."""
        known = Mentor.objects.filter(workplace=place, name=name).first()
        mentor = known or name_mentor(actor=self.bo, workplace=place, name=name, on=start)
        assign_mentor(
            actor=self.bo,
            step=laid.planned.step,
            mentor=mentor,
            starts_on=start,
            ends_on=end,
            confidentiality_on=start,
            on=start,
        )

    def promise(self, version: PlanVersion, party: Party, text: str, made: date, due: date, kept: date) -> None:
        """Given and kept."""
        row = make_commitment(actor=self.bo, package=version.package, party=party, text=text, due_on=due, on=made)
        settle_commitment(actor=self.bo, commitment=row, kept=True, settled_on=kept, on=kept)

    def promise_after(self, version: PlanVersion, party: Party, text: str, made: date, laid: Laid) -> None:
        """Given for the day on which a step is fulfilled."""
        condition = Condition(laid.planned.step)
        make_commitment(actor=self.bo, package=version.package, party=party, text=text, condition=condition, on=made)

    def keep(self, version: PlanVersion, party: Party, kept: date) -> None:
        """What a party has promised and not settled yet is kept."""
        for row in version.package.commitments.open_on(kept).filter(party=party):
            settle_commitment(actor=self.bo, commitment=row, kept=True, settled_on=kept, on=kept)

    def contact(self, citizen: Citizen, day: date, parties: Parties, text: str) -> None:
        """A talk with the citizen or a visit to the company."""
        kind = NoteKind.TALK if parties == Parties.CITIZEN else NoteKind.VISIT
        facts = NoteFacts(text, day, kind, parties)
        write_note(actor=self.bo, citizen=citizen, facts=facts, on=day)

    def used(self, care: Aftercare, day: date, by: Party, about: CareTopic, text: str) -> None:
        """Somebody made use of the aftercare, by phone."""
        parties = Parties.COMPANY if by == Party.COMPANY else Parties.CITIZEN
        facts = NoteFacts(text, day, NoteKind.CALL, parties, use=CareUse(care, by, about))
        write_note(actor=self.bo, citizen=care.package.citizen, facts=facts, on=day)

    def measure(self, citizen: Citizen, day: date, mine: str, theirs: str) -> None:
        """Both parties' answers in the order of their questions, a digit each; "-" where there is none."""
        for by, digits in ((Answerer.CITIZEN, theirs), (Answerer.CASEWORKER, mine)):
            asked = newest_shipped(by)
            codes = (question.code for question in asked.questions)
            points = {code: int(digit) for code, digit in zip(codes, digits, strict=True) if digit != "-"}
            record_measure(actor=self.bo, citizen=citizen, questionnaire=asked, points=points, answered_on=day, on=day)

    def story(self, version: PlanVersion, told_as: str, text: str, written: date, given: date) -> None:
        """Written, shown to the citizen a few days later, and consented to on paper."""
        package, shown = version.package, written + timedelta(days=3)
        row = write_story(actor=self.bo, package=package, told_as=told_as, text=text, seen=0, on=written)
        ask_about_story(actor=self.bo, story=row, asked_on=shown, how=HowTold.AT_MEETING, on=shown)
        paper = OnBehalfReason.SIGNED_ON_PAPER
        consent_to_story(actor=self.bo, story=row, given_on=given, on_behalf_reason=paper, on=given)

    def job(self, version: PlanVersion, outcome: Outcome, start: date, hours: str) -> None:
        """The package ends with the job of its goal, which begins the same day."""
        goal = version.goal
        ending = Ending(start, outcome, job_title=goal.title, workplace=goal.workplace, weekly_hours=Decimal(hours))
        conclude_package(actor=self.bo, package=version.package, ending=ending, on=start)

    def right_hours(self, version: PlanVersion, hours: str, day: date) -> None:
        """The job has other hours than was written when it began."""
        package = version.package
        job = Job.objects.select_related("workplace__company").get(package=package)
        facts = JobFacts(job.title, Outcome(package.outcome), job.starts_on, job.workplace, weekly_hours=Decimal(hours))
        correct_job(actor=self.bo, package=package, facts=facts, because=CorrectionReason.MISTYPED, on=day)
