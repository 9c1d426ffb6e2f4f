"""Fuat: schooled in economics, tired of trials, and a leader in a chain of hotels in the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jobpakke.companies.models import NeedReason, Sector, Workplace
from jobpakke.companies.services import record_need
from jobpakke.demo.cases.teller import Laid, Met, Teller
from jobpakke.demo.people import replacement_cpr
from jobpakke.method.step_kinds import EvidenceKind, StepKind
from jobpakke.packages.models import GoalForm, Outcome, Parties, Party, PlanVersion, Trade


@dataclass(frozen=True, slots=True)
class _Staircase:
    version: PlanVersion
    practice: Laid
    talks: Laid
    subsidy: Laid
    cover: Laid


_OPENED = date(2008, 2, 4)
_JOB_FROM = date(2009, 5, 4)
_STORY = """\
Selim kan læse et regnskab som andre læser avis. Alligevel var han i praktik det ene sted efter det andet, og hver \
gang sluttede det skævt. Opgaverne var for små, mente han. Han talte ned til folk, mente de. Ingen sagde det til \
hinanden.

I jobpakken kom begge dele på bordet. Målet blev sat højt: at lede noget i en lille kæde af hoteller. Vejen derhen \
blev til gengæld hakket i stykker, og hvert stykke fik sine krav. Det første foregik i receptionen. Hver uge talte \
han med en vejleder om, hvordan man siger en god idé, så andre får lyst til den.

Den første idé, de brugte, var et nyt vagtskema. Siden kom indkøbene, så et helt budget, så et ugentligt møde. \
Ingen dør gik op, før den forrige var lukket ordentligt, og det skældte han ud over mere end én gang.

I maj blev han leder. Ventetiden, siger han nu, var det hele værd."""


def tell(teller: Teller) -> None:
    """The whole case."""
    met = _meet(teller, date(2008, 1, 8))
    stairs = _lay(teller, met)
    _agree(teller, stairs.version)
    _climb(teller, stairs, met)


def _meet(teller: Teller, met: date) -> Met:
    citizen = teller.citizen("Fuat", "Ersoy", replacement_cpr(date(1968, 2, 17), 3), met)
    teller.facts(citizen, met, ["Et job, hvor han bruger sin økonomi"], [], "Mellemlang økonomisk uddannelse")
    hotel = teller.workplace(92, "Hotelkæden Fjordblik", Sector.PRIVATE, 40, "Palle Ravn", met)
    function = teller.function(hotel, "Leder", "Økonomi, planlægning og samarbejde", met)
    record_need(actor=teller.bo, function=function, reason=NeedReason.GROWTH, wanted_from=date(2009, 5, 1), on=met)
    teller.contact(citizen, met, Parties.CITIZEN, "Har prøvet mange praktikker. Vil bruge sin uddannelse.")
    return Met(citizen, hotel, function)


def _lay(teller: Teller, met: Met) -> _Staircase:
    version = teller.draft(
        met.citizen, "Leder i hotelkæden", GoalForm.ORDINARY, met.function, date(2008, 1, 21), trade=Trade.HOTEL
    )
    practice, talks = _beginning(teller, version, met.place)
    subsidy, cover = _leading(teller, version, met.place, [practice, talks])
    return _Staircase(version, practice, talks, subsidy, cover)


def _beginning(teller: Teller, version: PlanVersion, place: Workplace) -> tuple[Laid, Laid]:
    practice = teller.step(
        version,
        StepKind.INTERNSHIP,
        "Praktik i reception og drift",
        (_OPENED, date(2008, 5, 5)),
        [
            ("Samarbejder med kolleger i alle vagter", EvidenceKind.CARD_LEVEL),
            ("Kommer med ét forslag, der kan bruges", EvidenceKind.STATEMENT),
        ],
        place=place,
    )
    talks = teller.step(
        version,
        StepKind.GUIDANCE,
        "Samtaler om samarbejde og fremtræden",
        (_OPENED, date(2008, 11, 3)),
        [("Sætter selv ord på, hvad der virker", EvidenceKind.STATEMENT)],
    )
    return practice, talks


def _leading(teller: Teller, version: PlanVersion, place: Workplace, before: list[Laid]) -> tuple[Laid, Laid]:
    practice, talks = before
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
        place,
    )
    cover = teller.step(
        version,
        StepKind.PAID_HOURS,
        "Afløser for lederen nogle timer om ugen",
        (date(2009, 2, 2), _JOB_FROM),
        [("Kæden vil have ham som leder", EvidenceKind.STATEMENT)],
        [subsidy, talks],
        place,
    )
    return subsidy, cover


def _agree(teller: Teller, version: PlanVersion) -> None:
    teller.agree(version, _OPENED)
    tasks, from_day = "Rigtige opgaver i økonomien, når første trin er opfyldt", date(2008, 5, 5)
    teller.promise(version, Party.COMPANY, tasks, _OPENED, from_day, from_day)


def _climb(teller: Teller, stairs: _Staircase, met: Met) -> None:
    second, third = date(2008, 5, 5), date(2009, 2, 2)
    teller.mentor(stairs.practice, met.place, "Ulla Krog", _OPENED, second)
    teller.begin(stairs.talks, _OPENED)
    shown = [(date(2008, 4, 21), "Niveau 3 af 4"), (date(2008, 4, 28), "Nyt skema for vagter")]
    teller.climb(stairs.practice, _OPENED, shown, second)
    teller.contact(met.citizen, date(2008, 8, 18), Parties.COMPANY, "Hans forslag til indkøb er taget i brug.")
    teller.finish(stairs.talks, [(date(2008, 10, 20), "")], date(2008, 11, 3))
    teller.mentor(stairs.subsidy, met.place, "Ulla Krog", second, third)
    teller.climb(stairs.subsidy, second, [(date(2009, 1, 12), "Niveau 4 af 4"), (date(2009, 1, 26), "")], third)
    teller.climb(stairs.cover, third, [(date(2009, 4, 27), "")], _JOB_FROM)
    _measure(teller, met)
    teller.job(stairs.version, Outcome.ORDINARY_JOB, _JOB_FROM, "32")
    teller.right_hours(stairs.version, "37", date(2009, 5, 25))
    teller.story(stairs.version, "Selim", _STORY, date(2009, 8, 19), date(2009, 8, 26))


def _measure(teller: Teller, met: Met) -> None:
    """He and the caseworker see working with others differently at first, and end up alike."""
    teller.measure(met.citizen, date(2008, 2, 11), mine="2441434533", theirs="4145445523")
    teller.measure(met.citizen, date(2008, 5, 13), mine="3442434533", theirs="4244445533")
    teller.measure(met.citizen, date(2008, 8, 11), mine="3452444533", theirs="4253445533")
    teller.measure(met.citizen, date(2008, 11, 10), mine="4453444544", theirs="5353445544")
    teller.measure(met.citizen, date(2009, 2, 9), mine="4554444544", theirs="5454445544")
