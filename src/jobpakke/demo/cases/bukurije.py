"""Bukurije: a local shop, no heavy lifting and only by day, and a flex job behind the counter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jobpakke.citizens.models import LimitKind
from jobpakke.companies.models import NeedReason, Sector
from jobpakke.companies.services import record_need
from jobpakke.demo.cases.teller import Laid, Met, Teller
from jobpakke.demo.people import replacement_cpr
from jobpakke.method.step_kinds import EvidenceKind, StepKind
from jobpakke.packages.models import GoalForm, Outcome, Parties, Party, PlanVersion, Trade


@dataclass(frozen=True, slots=True)
class _Staircase:
    version: PlanVersion
    first: Laid
    trial: Laid
    danish: Laid


_OPENED = date(2008, 3, 3)
_JOB_FROM = date(2009, 4, 1)
_STORY = """\
Da Vjosa første gang sad hos jobkonsulenten, vidste hun godt, hvad hun ville: være i den lille butik henne om \
hjørnet. Hun havde aldrig haft et job. Hun kan ikke løfte tungt, og hun kan kun være væk hjemmefra om dagen.

Butikken søgte ingen. Men en af de ældste i personalet ville holde op året efter, og så begyndte de to at regne. Et \
helt år blev det til, hvor Vjosa lærte varemodtagelsen, hylderne, brødet og kassen at kende, og hele vejen fulgtes \
hun med den, der skulle stoppe.

To ting skulle kunne lade sig gøre, før nogen ville tale om løn: dansk og kunder. Holdet lå om formiddagen, så det \
og butikken kunne være i samme uge. I februar bestod hun sit modul. I marts svarede hun kunderne på egen hånd.

Siden april har hun haft fleksjob 18 timer om ugen. Hun har travlt, siger hun, og hun vil ikke undvære det."""


def tell(teller: Teller) -> None:
    """The whole case."""
    met = _meet(teller, date(2008, 1, 14))
    stairs = _lay(teller, met)
    _agree(teller, stairs)
    _climb(teller, stairs, met)


def _meet(teller: Teller, met: date) -> Met:
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
    teller.contact(citizen, met, Parties.CITIZEN, "Første samtale. Vil gerne arbejde i butik og peger selv på én.")
    teller.contact(
        citizen, date(2008, 2, 4), Parties.COMPANY, "Ingen ledig stilling, men en medhjælper går på pension."
    )
    return Met(citizen, shop, function)


def _lay(teller: Teller, met: Met) -> _Staircase:
    version = teller.draft(
        met.citizen, "Butiksmedhjælper i nærbutikken", GoalForm.FLEX, met.function, date(2008, 2, 11), trade=Trade.SHOP
    )
    first = teller.step(
        version,
        StepKind.CLARIFICATION,
        "Samtaler og besøg i butikken",
        (_OPENED, date(2008, 4, 1)),
        [("Aftale om arbejdstider i dagtimerne", EvidenceKind.STATEMENT)],
    )
    trial = teller.step(
        version,
        StepKind.WORK_TRIAL,
        "Arbejdsprøvning i alle butikkens funktioner",
        (date(2008, 4, 1), _JOB_FROM),
        [("Taler med kunder og kolleger i alle funktioner", EvidenceKind.CARD_LEVEL)],
        [first],
        met.place,
    )
    danish = teller.step(
        version,
        StepKind.DANISH_EDUCATION,
        "Dansk i dagtimerne ved siden af arbejdet",
        (date(2008, 4, 1), date(2009, 3, 1)),
        [("Består danskmodul 3", EvidenceKind.LANGUAGE_MODULE)],
        [first],
    )
    return _Staircase(version, first, trial, danish)


def _agree(teller: Teller, stairs: _Staircase) -> None:
    teller.agree(stairs.version, _OPENED)
    job = "Fast fleksjob, når dansk og kundekontakt er på plads"
    teller.promise_after(stairs.version, Party.COMPANY, job, _OPENED, stairs.trial)
    teller.promise(
        stairs.version, Party.MUNICIPALITY, "Danskhold om formiddagen", _OPENED, date(2008, 4, 1), date(2008, 3, 28)
    )


def _climb(teller: Teller, stairs: _Staircase, met: Met) -> None:
    second = date(2008, 4, 1)
    teller.climb(stairs.first, _OPENED, [(date(2008, 3, 27), "Mandag til torsdag kl. 9-13")], second)
    teller.begin(stairs.trial, second)
    teller.mentor(stairs.trial, met.place, "Lis Lund", second, _JOB_FROM)
    teller.climb(stairs.danish, second, [(date(2009, 2, 20), "Modulprøve bestået")], date(2009, 3, 1))
    teller.contact(met.citizen, date(2008, 9, 10), Parties.COMPANY, "Mentor lærer fra sig i kassen og på lageret.")
    teller.finish(stairs.trial, [(date(2009, 3, 18), "Svarer kunder på egen hånd")], _JOB_FROM)
    _measure(teller, met)
    teller.keep(stairs.version, Party.COMPANY, _JOB_FROM)
    teller.job(stairs.version, Outcome.FLEX_JOB, _JOB_FROM, "18")
    teller.contact(met.citizen, date(2009, 8, 24), Parties.CITIZEN, "Travlt, men glad: butikken har brug for hende.")
    teller.story(stairs.version, "Vjosa", _STORY, date(2009, 8, 17), date(2009, 8, 24))


def _measure(teller: Teller, met: Met) -> None:
    """Sure of the work from the first day; language and trust in the job grow."""
    teller.measure(met.citizen, date(2008, 3, 10), mine="2423422221", theirs="4242413331")
    teller.measure(met.citizen, date(2008, 6, 9), mine="2434432231", theirs="4343423331")
    teller.measure(met.citizen, date(2008, 9, 8), mine="3434332232", theirs="43433-3341")
    teller.measure(met.citizen, date(2008, 12, 8), mine="3544433342", theirs="5444434342")
    teller.measure(met.citizen, date(2009, 3, 9), mine="5555444443", theirs="5555444453")
