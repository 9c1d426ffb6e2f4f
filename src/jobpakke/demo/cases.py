"""The three published cases, from the first conversation to the outcome, made by the verbs alone.

Names of family, companies and colleagues are invented. All three stand in Århus: Wadeera and Fuat in an ordinary job,
Bukurije in a flex job on 1 September 2009.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jobpakke.access.models import User
from jobpakke.citizens.models import Citizen, LimitKind, Status, TargetGroupScheme
from jobpakke.citizens.services import (
    change_protection,
    record_limit,
    record_qualification,
    record_status,
    record_wish,
    register_citizen,
    set_target_group,
)
from jobpakke.citizens.services.status import StatusFacts
from jobpakke.companies.models import NeedReason, Sector, WorkFunction, Workplace
from jobpakke.companies.services import add_function, add_workplace, name_mentor, record_need, register_company
from jobpakke.demo import vip2
from jobpakke.demo.bulk import Ground
from jobpakke.demo.ground import invented_cvr
from jobpakke.demo.people import replacement_cpr
from jobpakke.method.step_kinds import EvidenceKind, StepKind
from jobpakke.packages.models import (
    ContactKind,
    GoalForm,
    Outcome,
    Party,
    PlannedStep,
    PlanVersion,
    SubGoal,
)
from jobpakke.packages.models.package import OnBehalfReason
from jobpakke.packages.services import (
    add_step,
    add_sub_goal,
    agree_aftercare,
    approve_plan,
    assign_mentor,
    draft_package,
    end_package,
    fulfil_step,
    make_commitment,
    record_contact,
    record_evidence,
    settle_commitment,
    start_step,
)

_CODE = "0751"


def tell(ground: Ground) -> int:
    """Makes the three cases; returns how many."""
    teller = _Teller(ground)
    _bukurije(teller)
    _wadeera(teller)
    _fuat(teller)
    return 3


@dataclass(slots=True)
class _Laid:
    """A planned step with its sub-goals."""

    planned: PlannedStep
    goals: list[SubGoal]


class _Teller:
    """Calls the verbs as the caseworker of the three."""

    def __init__(self, ground: Ground) -> None:
        self.bo: User = ground.users["bo"]
        self.municipality = ground.municipalities[_CODE]
        self.programme = ground.programmes[vip2.CODE]

    def citizen(self, given: str, family: str, cpr: str, on: date) -> Citizen:
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
        for wish in wishes:
            record_wish(actor=self.bo, citizen=citizen, text=wish, on=on)
        for kind, text in limits:
            record_limit(actor=self.bo, citizen=citizen, kind=kind, text=text, on=on)
        record_qualification(actor=self.bo, citizen=citizen, text=learned, on=on)

    def workplace(self, serial: int, name: str, sector: Sector, employees: int, contact: str, on: date) -> Workplace:
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
        return add_function(actor=self.bo, workplace=place, title=title, demands=demands, on=on)

    def draft(self, citizen: Citizen, goal: str, form: GoalForm, function: WorkFunction, on: date) -> PlanVersion:
        return draft_package(
            actor=self.bo,
            citizen=citizen,
            goal_title=goal,
            form=form,
            function=function,
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
        needs: Iterable[_Laid] = (),
        place: Workplace | None = None,
    ) -> _Laid:
        on = version.package.drafted_on
        planned = add_step(
            actor=self.bo,
            version=version,
            kind=kind,
            title=title,
            starts_on=days[0],
            ends_on=days[1],
            needs=[each.planned.step for each in needs],
            workplace=place,
            on=on,
        )
        laid = [
            add_sub_goal(actor=self.bo, planned=planned, title=text, evidence_kind=evidence, on=on)
            for text, evidence in goals
        ]
        return _Laid(planned, laid)

    def agree(self, version: PlanVersion, on: date) -> None:
        for party in (Party.CITIZEN, Party.COMPANY):
            approve_plan(
                actor=self.bo,
                version=version,
                party=party,
                given_on=on,
                on_behalf_reason=OnBehalfReason.SIGNED_ON_PAPER,
                on=on,
            )
        approve_plan(actor=self.bo, version=version, party=Party.MUNICIPALITY, given_on=on, on=on)

    def climb(self, laid: _Laid, start: date, met: Iterable[tuple[date, str]], end: date) -> None:
        step = laid.planned.step
        start_step(actor=self.bo, step=step, started_on=start, on=start)
        for goal, (day, remark) in zip(laid.goals, met, strict=True):
            goal.step = step
            record_evidence(actor=self.bo, sub_goal=goal, shown_on=day, meets=True, remark=remark, on=day)
        fulfil_step(actor=self.bo, step=step, fulfilled_on=end, on=end)

    def mentor(self, laid: _Laid, place: Workplace, name: str, start: date, end: date) -> None:
        mentor = name_mentor(actor=self.bo, workplace=place, name=name, on=start)
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
        row = make_commitment(actor=self.bo, package=version.package, party=party, text=text, due_on=due, on=made)
        settle_commitment(actor=self.bo, commitment=row, kept=True, settled_on=kept, on=kept)

    def contact(self, citizen: Citizen, day: date, party: Party, text: str) -> None:
        kind = ContactKind.VISIT if party == Party.COMPANY else ContactKind.TALK
        record_contact(actor=self.bo, citizen=citizen, kind=kind, party=party, held_on=day, text=text, on=day)

    def job(self, version: PlanVersion, status: Status, outcome: Outcome, start: date, hours: str) -> None:
        package = version.package
        facts = StatusFacts(status, start, weekly_hours=Decimal(hours))
        record_status(actor=self.bo, citizen=package.citizen, facts=facts, on=start)
        end_package(actor=self.bo, package=package, ended_on=start, outcome=outcome, on=start)


def _bukurije(teller: _Teller) -> None:
    met, opened = date(2008, 1, 14), date(2008, 3, 3)
    citizen = teller.citizen("Bukurije", "Lekaj", replacement_cpr(date(1974, 5, 9), 1), met)
    teller.facts(
        citizen,
        met,
        ["Fylde varer på hylderne i det lokale supermarked"],
        [
            (LimitKind.LIFTING, "Ingen tunge løft og skiftende arbejdsstillinger"),
            (LimitKind.TIME_OF_DAY, "Kun i dagtimerne"),
        ],
        "Ingen erhvervserfaring. Begynderdansk",
    )
    shop = teller.workplace(90, "Nærbutikken Egevej", Sector.PRIVATE, 18, "Jens Bro", met)
    function = teller.function(shop, "Butiksmedhjælper", "Dansk nok til at svare kunder. Lette løft", met)
    record_need(actor=teller.bo, function=function, reason=NeedReason.RETIREMENT, wanted_from=date(2009, 4, 1), on=met)
    teller.contact(citizen, met, Party.CITIZEN, "Første samtale. Vil gerne arbejde i butik og peger selv på én.")
    teller.contact(citizen, date(2008, 2, 4), Party.COMPANY, "Ingen ledig stilling, men en medhjælper går på pension.")
    version = teller.draft(citizen, "Butiksmedhjælper i nærbutikken", GoalForm.FLEX, function, date(2008, 2, 11))
    first = teller.step(
        version,
        StepKind.CLARIFICATION,
        "Samtaler og besøg i butikken",
        (opened, date(2008, 4, 1)),
        [("Aftale om arbejdstider i dagtimerne", EvidenceKind.STATEMENT)],
    )
    trial = teller.step(
        version,
        StepKind.WORK_TRIAL,
        "Arbejdsprøvning i alle butikkens funktioner",
        (date(2008, 4, 1), date(2009, 4, 1)),
        [("Taler med kunder og kolleger i alle funktioner", EvidenceKind.CARD_LEVEL)],
        [first],
        shop,
    )
    danish = teller.step(
        version,
        StepKind.DANISH_EDUCATION,
        "Dansk i dagtimerne ved siden af arbejdet",
        (date(2008, 4, 1), date(2009, 3, 1)),
        [("Består danskmodul 3", EvidenceKind.LANGUAGE_MODULE)],
        [first],
    )
    teller.agree(version, opened)
    teller.promise(
        version,
        Party.COMPANY,
        "Fast fleksjob, når dansk og kundekontakt er på plads",
        opened,
        date(2009, 4, 1),
        date(2009, 4, 1),
    )
    promised, kept = date(2008, 4, 1), date(2008, 3, 28)
    teller.promise(version, Party.MUNICIPALITY, "Danskhold om formiddagen", opened, promised, kept)
    teller.climb(first, opened, [(date(2008, 3, 27), "Mandag til torsdag kl. 9-13")], date(2008, 4, 1))
    start_step(actor=teller.bo, step=trial.planned.step, started_on=promised, on=promised)
    teller.mentor(trial, shop, "Lis Lund", promised, date(2009, 4, 1))
    teller.climb(danish, promised, [(date(2009, 2, 20), "Modulprøve bestået")], date(2009, 3, 1))
    teller.contact(citizen, date(2008, 9, 10), Party.COMPANY, "Mentor lærer fra sig i kassen og på lageret.")
    shown = date(2009, 3, 18)
    trial.goals[0].step = trial.planned.step
    record_evidence(
        actor=teller.bo,
        sub_goal=trial.goals[0],
        shown_on=shown,
        meets=True,
        remark="Svarer kunder på egen hånd",
        on=shown,
    )
    begun = date(2009, 4, 1)
    fulfil_step(actor=teller.bo, step=trial.planned.step, fulfilled_on=begun, on=begun)
    teller.job(version, Status.FLEX_JOB, Outcome.FLEX_JOB, begun, "18")
    teller.contact(citizen, date(2009, 8, 24), Party.CITIZEN, "Travlt, men glad: butikken har brug for hende.")


def _wadeera(teller: _Teller) -> None:
    met, opened = date(2007, 11, 12), date(2008, 1, 7)
    citizen = teller.citizen("Wadeera", "Al-Tai", replacement_cpr(date(1966, 8, 21), 2), met)
    teller.facts(
        citizen,
        met,
        ["Frugt og grønt", "Køkkenmedhjælper på et plejehjem", "Syning"],
        [(LimitKind.SUBSTANCE, "Ingen berøring med svinekød")],
        "Bachelor i geografi; flere års arbejde som lærer. To praktikker i skoler",
    )
    home = teller.workplace(91, "Plejehjemmet Bøgelunden", Sector.PUBLIC, 72, "Grete Friis", met)
    teller.function(home, "Køkkenmedhjælper", "Tilbereder alle slags kød", met)
    cleaning = teller.function(home, "Rengøringsassistent", "Hygiejnebevis", met)
    record_need(
        actor=teller.bo,
        function=cleaning,
        reason=NeedReason.SHORTAGE,
        wanted_from=date(2008, 1, 1),
        people=2,
        on=met,
    )
    teller.contact(citizen, date(2007, 11, 26), Party.COMPANY, "Køkkenet går ikke. Der mangler folk til rengøring.")
    teller.contact(citizen, date(2007, 12, 10), Party.CITIZEN, "Siger ja til rengøring: det er plejehjem, hun vil.")
    version = teller.draft(
        citizen, "Rengøringsassistent på plejehjemmet", GoalForm.ORDINARY, cleaning, date(2007, 12, 17)
    )
    practice = teller.step(
        version,
        StepKind.INTERNSHIP,
        "Praktik i rengøringen",
        (opened, date(2008, 4, 7)),
        [
            ("Møder stabilt: mindst 90 % fremmøde", EvidenceKind.ATTENDANCE),
            ("Gør rent efter plan på egen hånd", EvidenceKind.CARD_LEVEL),
        ],
        place=home,
    )
    course = teller.step(
        version,
        StepKind.UPSKILLING,
        "Hygiejnekursus",
        (date(2008, 4, 7), date(2008, 4, 21)),
        [("Hygiejnebevis", EvidenceKind.CERTIFICATE)],
        [practice],
    )
    subsidy = teller.step(
        version,
        StepKind.WAGE_SUBSIDY,
        "Løntilskudsjob i rengøringen",
        (date(2008, 4, 21), date(2009, 2, 2)),
        [("Klarer en afdeling alene", EvidenceKind.CARD_LEVEL)],
        [course],
        home,
    )
    holiday = teller.step(
        version,
        StepKind.PAID_HOURS,
        "Ferievikar med almindelig løn",
        (date(2008, 7, 1), date(2008, 8, 11)),
        [("Udtalelse fra afdelingen", EvidenceKind.STATEMENT)],
        [course],
        home,
    )
    cover = teller.step(
        version,
        StepKind.PAID_HOURS,
        "Tidsbegrænset vikariat",
        (date(2009, 2, 2), date(2009, 6, 1)),
        [("Afdelingen vil ansætte fast", EvidenceKind.STATEMENT)],
        [subsidy, holiday],
        home,
    )
    teller.agree(version, opened)
    teller.promise(version, Party.MUNICIPALITY, "Betaler hygiejnekurset", opened, date(2008, 4, 7), date(2008, 3, 31))
    teller.promise(
        version,
        Party.COMPANY,
        "Tilbyder en stilling, når delmålene er nået",
        opened,
        date(2009, 6, 1),
        date(2009, 5, 25),
    )
    teller.climb(
        practice,
        opened,
        [(date(2008, 3, 31), "96 % fremmøde"), (date(2008, 4, 2), "Niveau 3 af 4")],
        date(2008, 4, 7),
    )
    teller.climb(course, date(2008, 4, 7), [(date(2008, 4, 18), "")], date(2008, 4, 21))
    step = subsidy.planned.step
    start_step(actor=teller.bo, step=step, started_on=date(2008, 4, 21), on=date(2008, 4, 21))
    teller.mentor(subsidy, home, "Karen Vang", date(2008, 4, 21), date(2009, 2, 2))
    teller.climb(holiday, date(2008, 7, 1), [(date(2008, 8, 8), "")], date(2008, 8, 11))
    teller.contact(citizen, date(2008, 10, 6), Party.COMPANY, "En afdeling får brug for en vikar først på året.")
    subsidy.goals[0].step = step
    shown, ended = date(2009, 1, 20), date(2009, 2, 2)
    record_evidence(actor=teller.bo, sub_goal=subsidy.goals[0], shown_on=shown, meets=True, on=shown)
    fulfil_step(actor=teller.bo, step=step, fulfilled_on=ended, on=ended)
    begun = date(2009, 6, 1)
    teller.climb(cover, ended, [(date(2009, 5, 25), "")], begun)
    teller.job(version, Status.ORDINARY_JOB, Outcome.ORDINARY_JOB, begun, "37")
    agree_aftercare(actor=teller.bo, package=version.package, starts_on=begun, ends_on=date(2014, 6, 1), on=begun)


def _fuat(teller: _Teller) -> None:
    met, opened = date(2008, 1, 8), date(2008, 2, 4)
    citizen = teller.citizen("Fuat", "Ersoy", replacement_cpr(date(1968, 2, 17), 3), met)
    teller.facts(citizen, met, ["Et job, hvor han bruger sin økonomi"], [], "Mellemlang økonomisk uddannelse")
    hotel = teller.workplace(92, "Hotelkæden Fjordblik", Sector.PRIVATE, 40, "Palle Ravn", met)
    function = teller.function(hotel, "Leder", "Økonomi, planlægning og samarbejde", met)
    record_need(actor=teller.bo, function=function, reason=NeedReason.GROWTH, wanted_from=date(2009, 5, 1), on=met)
    teller.contact(citizen, met, Party.CITIZEN, "Har prøvet mange praktikker. Vil bruge sin uddannelse.")
    version = teller.draft(citizen, "Leder i hotelkæden", GoalForm.ORDINARY, function, date(2008, 1, 21))
    practice = teller.step(
        version,
        StepKind.INTERNSHIP,
        "Praktik i reception og drift",
        (opened, date(2008, 5, 5)),
        [
            ("Samarbejder med kolleger i alle vagter", EvidenceKind.CARD_LEVEL),
            ("Kommer med ét forslag, der kan bruges", EvidenceKind.STATEMENT),
        ],
        place=hotel,
    )
    talks = teller.step(
        version,
        StepKind.GUIDANCE,
        "Samtaler om samarbejde og fremtræden",
        (opened, date(2008, 11, 3)),
        [("Sætter selv ord på, hvad der virker", EvidenceKind.STATEMENT)],
    )
    subsidy = teller.step(
        version,
        StepKind.WAGE_SUBSIDY,
        "Løntilskudsjob i administrationen",
        (date(2008, 5, 5), date(2009, 2, 2)),
        [
            ("Fører budgettet for ét hotel", EvidenceKind.CARD_LEVEL),
            ("Leder ét møde om ugen med godt resultat", EvidenceKind.STATEMENT),
        ],
        [practice],
        hotel,
    )
    cover = teller.step(
        version,
        StepKind.PAID_HOURS,
        "Afløser for lederen nogle timer om ugen",
        (date(2009, 2, 2), date(2009, 5, 4)),
        [("Kæden vil have ham som leder", EvidenceKind.STATEMENT)],
        [subsidy, talks],
        hotel,
    )
    teller.agree(version, opened)
    teller.promise(
        version,
        Party.COMPANY,
        "Rigtige opgaver i økonomien, når første trin er opfyldt",
        opened,
        date(2008, 5, 5),
        date(2008, 5, 5),
    )
    teller.mentor(practice, hotel, "Ulla Krog", opened, date(2009, 2, 2))
    start_step(actor=teller.bo, step=talks.planned.step, started_on=opened, on=opened)
    teller.climb(
        practice,
        opened,
        [(date(2008, 4, 21), "Niveau 3 af 4"), (date(2008, 4, 28), "Nyt skema for vagter")],
        date(2008, 5, 5),
    )
    talks.goals[0].step = talks.planned.step
    shown, done = date(2008, 10, 20), date(2008, 11, 3)
    teller.contact(citizen, date(2008, 8, 18), Party.COMPANY, "Hans forslag til indkøb er taget i brug.")
    record_evidence(actor=teller.bo, sub_goal=talks.goals[0], shown_on=shown, meets=True, on=shown)
    fulfil_step(actor=teller.bo, step=talks.planned.step, fulfilled_on=done, on=done)
    teller.climb(
        subsidy,
        date(2008, 5, 5),
        [(date(2009, 1, 12), "Niveau 4 af 4"), (date(2009, 1, 26), "")],
        date(2009, 2, 2),
    )
    begun = date(2009, 5, 4)
    teller.climb(cover, date(2009, 2, 2), [(date(2009, 4, 27), "")], begun)
    teller.job(version, Status.ORDINARY_JOB, Outcome.ORDINARY_JOB, begun, "37")
